"""What changed against an earlier run: whose score, in which question, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from autograder.outcome.records import Record
from autograder.report.table import number, spreadsheet_text
from autograder.report.view import points
from autograder.safe_files import printable, write_atomically

MAX_ROWS = 40
WHOLE = "all"
UNEXPLAINED = "none of these: look at it by hand (a time limit, perhaps)"
WORDS = {"tests": "its tests", "settings": "settings", "grader": "the kit or what it computes with"}


@dataclass(frozen=True)
class Change:
    """A score that is not what it was."""

    student: str
    question: str
    before: float | None
    """Points; `None` where there was no such submission or question."""
    after: float | None
    why: str
    """What changed: the submission, the tests, settings, the kit."""


def changes(old: Mapping[str, Record], new: Mapping[str, Record]) -> list[Change]:
    """Compare two runs, both by the submission's name."""
    found: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            found.append(
                Change(name, WHOLE, old[name].result.score, None, "not handed in any more")
            )
        elif name not in old:
            found.append(Change(name, WHOLE, None, new[name].result.score, "new"))
        else:
            found += _between(name, old[name], new[name])
    return found


def write_changes_csv(found: Sequence[Change], path: Path) -> None:
    """Write one row for each change.

    Raises:
        KitError: it cannot be written.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["student", "question", "before", "after", "why"])
    for change in found:
        scores = ["" if s is None else number(s) for s in (change.before, change.after)]
        writer.writerow([spreadsheet_text(change.student), change.question, *scores, change.why])
    write_atomically(path, table.getvalue())


def changes_table(found: Sequence[Change]) -> Table:
    """Return the changes as they are printed."""
    table = Table(title=f"{len(found)} scores changed", box=box.SIMPLE_HEAD)
    for column in ("submission", "question", "before", "after", "why"):
        table.add_column(column, overflow="fold")
    for change in found[:MAX_ROWS]:
        before, after = ("-" if s is None else points(s) for s in (change.before, change.after))
        cells = (printable(change.student), change.question, before, after, change.why)
        table.add_row(*map(Text, cells))
    if len(found) > MAX_ROWS:
        table.caption = Text(f"{len(found) - MAX_ROWS} more in changes.csv")
    return table


def _between(name: str, old: Record, new: Record) -> Iterator[Change]:
    before = {question.name: question for question in old.result.questions}
    after = {question.name: question for question in new.result.questions}
    for question in {**after, **before}:
        was, now = (part[question].score if question in part else None for part in (before, after))
        if was != now:
            yield Change(name, question, was, now, _why(question, old, new))


def _why(question: str, old: Record, new: Record) -> str:
    reasons = [] if old.submission == new.submission else ["the submission"]
    mine, theirs = new.graded_by.get(question), old.graded_by.get(question)
    if mine is not None and theirs is not None:
        reasons += [WORDS[what] for what in mine.differs_in(theirs)]
    elif mine != theirs:
        reasons.append("a new question" if mine else "a question that is gone")
    return ", ".join(reasons) or UNEXPLAINED

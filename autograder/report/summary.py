"""The table at the end of a run in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from autograder.manifest import Manifest
from autograder.report.stats import class_stats
from autograder.report.view import TONES, Tone, points
from autograder.results import Outcome, QuestionResult, SubmissionResult
from autograder.safe_files import printable

MAX_ROWS = 60
STYLES = {
    Tone.GOOD: "green",
    Tone.PART: "yellow",
    Tone.BAD: "red",
    Tone.IDLE: "dim",
    Tone.OURS: "bold magenta",
}


def summary_table(results: Sequence[SubmissionResult], manifest: Manifest) -> Table:
    """Return one line per submission: its total, and one mark per question."""
    table = Table(title=f"{manifest.title} ({len(results)} submissions)", box=box.SIMPLE_HEAD)
    table.add_column("submission", overflow="fold", ratio=2)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("%", justify="right", no_wrap=True)
    table.add_column("questions", overflow="fold", ratio=3)
    # What needs a look must not scroll away: it stands last, just above the prompt.
    ordered = sorted(results, key=lambda result: (result.problem is not None, result.file))
    for result in ordered[-MAX_ROWS:]:
        table.add_row(*_row(result))
    table.caption = _caption(results, manifest)
    return table


def _row(result: SubmissionResult) -> Iterable[Text]:
    yield Text(printable(result.name))
    if result.problem is not None:
        why = ". ".join(filter(None, [result.note.capitalize(), result.problem]))
        yield from (Text("-"), Text("-"), Text(printable(why), style="red"))
        return
    yield Text(points(result.score))
    yield Text(f"{result.percent:.0%}")
    marks = Text(" ").join(_mark(question) for question in result.questions)
    yield marks.append(f"  {printable(result.note)}", style="dim") if result.note else marks


def _mark(question: QuestionResult) -> Text:
    tone = TONES.get(question.outcome, Tone.PART if question.score else Tone.BAD)
    return Text(tone.mark, style=STYLES[tone])


def _caption(results: Sequence[SubmissionResult], manifest: Manifest) -> Text:
    stats = class_stats(results, manifest)
    parts = (
        [Text(f"{len(results) - MAX_ROWS} more in the report")] if len(results) > MAX_ROWS else []
    )
    if stats.graded:
        parts.append(Text(f"mean {points(stats.mean)} of {points(stats.possible)}"))
    if stats.problems:
        parts.append(Text(f"{stats.problems} not graded", style="red"))
    hit = sum(
        any(question.outcome is Outcome.GRADER_ERROR for question in result.questions)
        for result in results
    )
    if hit:
        parts.append(Text(f"grader errors in {hit}, see the report", style="bold magenta"))
    return Text(" · ").join(parts)

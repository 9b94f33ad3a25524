"""The table at the end of a run in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from autograder.outcome.results import Outcome, QuestionResult, SubmissionResult
from autograder.report.book import Book
from autograder.report.stats import class_stats
from autograder.report.tally import Marks
from autograder.report.view import TONES, Tone, points
from autograder.safe_files import printable

MAX_ROWS = 60
STYLES = {
    Tone.GOOD: "green",
    Tone.PART: "yellow",
    Tone.BAD: "red",
    Tone.IDLE: "dim",
    Tone.OURS: "bold magenta",
}


def summary_table(book: Book) -> Table:
    """Return one line per submission: its total, and one mark per question."""
    results = book.results
    title = f"{book.manifest.title} ({len(results)} submissions)"
    table = Table(title=title, box=box.SIMPLE_HEAD)
    table.add_column("submission", overflow="fold", ratio=2)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("%", justify="right", no_wrap=True)
    table.add_column("questions", overflow="fold", ratio=3)
    # What needs a look must not scroll away: it stands last, just above the prompt.
    ordered = sorted(results, key=lambda result: (result.problem is not None, result.file))
    for result in ordered[-MAX_ROWS:]:
        table.add_row(*_row(result, book.marks(result)))
    table.caption = _caption(book)
    return table


def _row(result: SubmissionResult, marks: Marks) -> Iterable[Text]:
    yield Text(printable(result.name))
    if result.problem is not None:
        why = ". ".join(filter(None, [result.note.capitalize(), result.problem]))
        yield from (Text("-"), Text("-"), Text(printable(why), style="red"))
        return
    yield Text("-" if marks.total is None else points(marks.total))
    yield Text("-" if marks.percent is None else f"{marks.percent:.0%}")
    signs = Text(" ").join(_mark(question) for question in result.questions)
    yield signs.append(f"  {printable(result.note)}", style="dim") if result.note else signs


def _mark(question: QuestionResult) -> Text:
    tone = TONES.get(question.outcome, Tone.PART if question.score else Tone.BAD)
    return Text(tone.mark, style=STYLES[tone])


def _caption(book: Book) -> Text:
    stats, results = class_stats(book), book.results
    parts = (
        [Text(f"{len(results) - MAX_ROWS} more in the report")] if len(results) > MAX_ROWS else []
    )
    if stats.graded:
        parts.append(Text(f"mean {points(stats.mean)} of {points(stats.possible)}"))
    if stats.problems:
        parts.append(Text(f"{stats.problems} not graded", style="red"))
    if stats.absent:
        parts.append(Text(f"{stats.absent} not handed in", style="red"))
    hit = sum(
        any(question.outcome is Outcome.GRADER_ERROR for question in result.questions)
        for result in results
    )
    if hit:
        parts.append(Text(f"grader errors in {hit}, see the report", style="bold magenta"))
    return Text(" · ").join(parts)

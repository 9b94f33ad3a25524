"""What `autograder check` prints: one line per question, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.markup import escape

from autograder.results import CellError, Outcome, QuestionResult


def check_lines(
    questions: Sequence[QuestionResult], errors: Sequence[CellError] = ()
) -> Iterator[str]:
    """Yield lines of rich markup for a self-check."""
    for error in errors:
        place = f"cell {error.cell}" + (f", line {error.line}" if error.line else "")
        yield f"[yellow]![/] {place}: {escape(error.message)}"
    for question in questions:
        if question.outcome is Outcome.PASSED:
            yield f"[green]✓[/] {question.name}: public checks passed"
            continue
        mark = "[dim]·[/]" if question.outcome is Outcome.NOT_ATTEMPTED else "[red]✗[/]"
        messages = [question.message] if question.message else []
        messages += [
            f"{case.title}: {case.message}"
            for case in question.cases
            if case.outcome is not Outcome.PASSED and case.message
        ]
        yield f"{mark} {question.name}: {question.outcome.value}"
        # A lost process is the same story for every case; once is enough.
        yield from (f"    {escape(message)}" for message in dict.fromkeys(messages))

"""What `autograder check` prints: one line per question, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.markup import escape

from autograder.outcome.results import CaseResult, CellError, Outcome, QuestionResult
from autograder.report.view import PUBLIC_PASSED, WORDS, broken_rule, plain, readable, withheld

OURS = "the check itself went wrong, not your answer; tell your teacher"
SHOWN = "hint"
"""What a self-check tells of its tests, all of them public: everything."""
UNTOUCHED = "Not attempted: "
"""How the message of a question begins that was not judged at all."""


def check_lines(
    questions: Sequence[QuestionResult], errors: Sequence[CellError] = ()
) -> Iterator[str]:
    """Yield lines of rich markup for a self-check."""
    for error in errors:
        place = f"cell {error.cell}" + (f", line {error.line}" if error.line else "")
        yield f"[yellow]![/] {place}: {_text(error.message)}"
    for question in questions:
        yield from _question_lines(question)
    passed = sum(question.outcome is Outcome.PASSED for question in questions)
    yield f"{passed} of {len(questions)} pass their public checks; hidden tests look at more."


def _question_lines(question: QuestionResult) -> Iterator[str]:
    match question.outcome:
        case Outcome.PASSED:
            yield f"[green]✓[/] {question.name}: {PUBLIC_PASSED}"
            return
        case Outcome.NOT_ATTEMPTED:
            why = _text(question.message.removeprefix(UNTOUCHED).rstrip("."))
            yield f"[dim]·[/] {question.name}: not attempted" + (f" ({why})" if why else "")
            return
        case Outcome.GRADER_ERROR:
            yield f"[magenta]![/] {question.name}: {OURS}"
            return
    yield f"[red]✗[/] {question.name}: {WORDS[question.outcome]}"
    if question.message:
        yield f"    {_text(question.message)}"
    if rule := broken_rule(question, SHOWN):
        yield f"    {_text(rule)}"
    yield from _case_lines(question.name, question.cases)


def _case_lines(question: str, cases: Sequence[CaseResult]) -> Iterator[str]:
    """Yield what each lost case says; what stopped several of them is told once."""
    told: set[str] = set()
    for case in cases:
        if why := withheld(case, question, SHOWN):
            yield f"    {_text(readable(case.title, question))}: {_text(why)}"
        if case.outcome is Outcome.PASSED or not case.words:
            continue
        said = "as above" if case.words in told else _text(case.words)
        yield f"    {_text(readable(case.title, question))}: {said}"
        told.add(case.words)


def _text(message: str) -> str:
    """Return what a notebook may have put into a message as harmless markup, indented."""
    return escape(plain(message).replace("\n", "\n      "))

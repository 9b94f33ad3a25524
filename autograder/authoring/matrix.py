"""Which wrong answer fails which test, and how long each test takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from autograder.authoring.master import Question
from autograder.authoring.trials import Trial
from autograder.authoring.variants import Kind
from autograder.judge.question import in_words
from autograder.results import CaseResult, Graded, Outcome

SLOW_SECONDS = 1.0
LOST = {Outcome.FAILED: "✗", Outcome.PASSED: "·"}
RAISED = "!"


@dataclass(frozen=True)
class TestSeen:
    """One test, over all that it was tried on."""

    name: str
    hidden: bool
    seconds: float
    """Of the quickest time that it passed; 0 if it never did."""
    failed_by: Mapping[str, Outcome]
    """The wrong answers that do not pass, and how each ended."""

    @property
    def slow(self) -> bool:
        """Whether it takes longer than a student likes to wait."""
        return self.seconds > SLOW_SECONDS


@dataclass(frozen=True)
class Matrix:
    """One question's wrong answers and tests."""

    question: str
    wrong: tuple[str, ...]
    tests: tuple[TestSeen, ...]


def matrix(
    question: Question, trials: Sequence[Trial], graded: Mapping[str, Graded | None]
) -> Matrix:
    """Return the matrix of `question` from what the trials earned."""
    cases = [
        (trial, case)
        for trial in trials
        for result in (graded[trial.name] or Graded((), (), ())).questions
        if result.name == question.name
        for case in result.cases
    ]
    wrong = [trial for trial in trials if trial.of(question.name, Kind.WRONG)]
    tests = tuple(
        _seen(test.name, test.hidden, [(t, c) for t, c in cases if c.title == in_words(test.name)])
        for test in question.tests
    )
    return Matrix(question.name, tuple(t.variant.name for t in wrong if t.variant), tests)


def _seen(name: str, hidden: bool, cases: Sequence[tuple[Trial, CaseResult]]) -> TestSeen:
    passed = [case.seconds for _, case in cases if case.outcome is Outcome.PASSED]
    failed = {
        trial.variant.name: case.outcome
        for trial, case in cases
        if trial.variant is not None
        and trial.variant.kind is Kind.WRONG
        and case.outcome is not Outcome.PASSED
    }
    return TestSeen(name, hidden, min(passed, default=0.0), failed)


def matrix_tables(matrix: Matrix) -> Iterator[Table]:
    """Yield the tests with their numbers, then wrong answers × tests."""
    tests = Table(title=f"{matrix.question}: tests", title_justify="left")
    for heading in ("", "test", "seconds", "wrong answers that fail it"):
        tests.add_column(heading, justify="right" if heading == "seconds" else "left")
    for number, test in enumerate(matrix.tests, 1):
        tests.add_row(
            str(number),
            test.name + (" (hidden)" if test.hidden else ""),
            f"{test.seconds:.2f}" + (" [yellow]![/]" if test.slow else ""),
            str(len(test.failed_by)) if test.failed_by else "[yellow]! none[/]",
        )
    yield tests
    answers = Table(title=f"{matrix.question}: ✗ fails, ! raises, · passes", title_justify="left")
    answers.add_column("wrong answer")
    for number in range(1, len(matrix.tests) + 1):
        answers.add_column(str(number), justify="center")
    for name in matrix.wrong:
        ended = [test.failed_by.get(name, Outcome.PASSED) for test in matrix.tests]
        answers.add_row(name, *(LOST.get(outcome, RAISED) for outcome in ended))
    yield answers

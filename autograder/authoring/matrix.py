"""What became of every answer in every test of a question, and how long each test takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from autograder.authoring.chance import stated
from autograder.authoring.master import Question
from autograder.authoring.naming import hints_read, is_named
from autograder.authoring.test_cells import TestCell
from autograder.authoring.trials import REFERENCE, STARTER, Trial
from autograder.authoring.variants import Kind
from autograder.judge.question import in_words
from autograder.outcome.results import Graded, Outcome, QuestionResult, Role

SLOW_SECONDS = 1.0
LOST = {Outcome.FAILED: "✗", Outcome.PASSED: "·"}
RAISED = "!"


@dataclass(frozen=True)
class TestSeen:
    """One test, over all that it was tried on."""

    name: str
    hidden: bool
    role: Role
    seconds: float
    """Of the quickest time that it passed; 0 if it never did."""
    false_alarms: tuple[float, ...]
    """How often it turns a right answer away by chance, as its author states it."""
    failed_by: Mapping[str, Outcome]
    """The wrong answers that do not pass, and how each ended."""

    @property
    def slow(self) -> bool:
        """Whether it takes longer than a student likes to wait."""
        return self.seconds > SLOW_SECONDS


@dataclass(frozen=True)
class AnswerSeen:
    """One answer, over all tests of its question."""

    kind: str
    """What it is meant to be: `reference`, `starter`, `wrong`, `right`, or `stock`, which must not earn a point."""
    name: str
    place: str
    """Where its author wrote it; empty if nobody did."""
    kept: float
    """Its share of the question's points."""
    ended: Mapping[str, Outcome]
    """By test."""
    named: bool
    """Whether it reads its own hint, and no other."""
    reads: tuple[str, ...]
    """The mistakes by whose names it is called."""
    unseen: str
    """Why no public check catches it; empty where one does."""

    @property
    def full(self) -> bool:
        """Whether it passes every test."""
        return set(self.ended.values()) <= {Outcome.PASSED}


@dataclass(frozen=True)
class Matrix:
    """One question's answers and tests."""

    question: str
    answers: tuple[AnswerSeen, ...]
    tests: tuple[TestSeen, ...]

    def of(self, kind: str) -> list[AnswerSeen]:
        """Return the answers of one kind."""
        return [answer for answer in self.answers if answer.kind == kind]


def matrix(
    question: Question, trials: Sequence[Trial], graded: Mapping[str, Graded | None]
) -> Matrix:
    """Return the matrix of `question` from what the trials earned."""
    tried = [
        (trial, result)
        for trial in trials
        for result in (graded[trial.name] or Graded((), (), ())).questions
        if result.name == question.name
    ]
    return Matrix(
        question.name,
        tuple(_answer(question, trial, result) for trial, result in tried),
        tuple(_test(test, tried) for test in question.tests),
    )


def _answer(question: Question, trial: Trial, result: QuestionResult) -> AnswerSeen:
    variant = trial.variant
    titles = {in_words(test.name): test.name for test in question.tests}
    kind = trial.name if trial.name in (REFERENCE, STARTER) else "stock"
    return AnswerSeen(
        kind=variant.kind.value if variant else kind,
        name=variant.name if variant else trial.name,
        place=str(variant.place) if variant else "",
        kept=result.score / result.possible if result.possible else 0.0,
        ended={titles[case.title]: case.outcome for case in result.cases if case.title in titles},
        named=variant is not None and variant.kind is Kind.WRONG and is_named(variant, result),
        reads=hints_read(result),
        unseen=variant.unseen if variant else "",
    )


def _test(test: TestCell, tried: Sequence[tuple[Trial, QuestionResult]]) -> TestSeen:
    cases = [
        (trial, case)
        for trial, result in tried
        for case in result.cases
        if case.title == in_words(test.name)
    ]
    passed = [case.seconds for _, case in cases if case.outcome is Outcome.PASSED]
    failed = {
        trial.variant.name: case.outcome
        for trial, case in cases
        if trial.variant is not None
        and trial.variant.kind is Kind.WRONG
        and case.outcome is not Outcome.PASSED
    }
    alarms = tuple(rate for chance in stated(test) for rate in chance.rates)
    return TestSeen(
        test.name, test.hidden, test.role, min(passed, default=0.0), alarms, failed_by=failed
    )


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
    for answer in matrix.of(Kind.WRONG.value):
        ended = [answer.ended.get(test.name, Outcome.PASSED) for test in matrix.tests]
        answers.add_row(answer.name, *(LOST.get(outcome, RAISED) for outcome in ended))
    yield answers

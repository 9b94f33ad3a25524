"""What grading yields: one record per test case, per question and per submission."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

DIGITS = 5
"""Otter rounds points to as many."""


class Outcome(str, Enum):
    """How a test case, or a whole question, ended."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    NOT_ATTEMPTED = "not attempted"
    GRADER_ERROR = "grader error"


UNTOUCHED = "Not attempted: the stub is as you were given it."
UNDEFINED = "Not attempted: no cell of your notebook defines"
"""How the sentences begin that say of a question that there is nothing."""


class Role(str, Enum):
    """What a test case is for."""

    CORE = "core"
    """The behaviour that the question is about: nothing of the question earns unless all of these pass."""
    DETAIL = "detail"
    """A layout, a dtype, an edge, a gradient: earns its share."""
    RULE = "rule"
    """What the question forbids: earns nothing, and broken it takes the question to 0."""


@dataclass(frozen=True)
class CaseResult:
    """One test case of a question."""

    name: str
    """Otter's name of the case, such as `relu - 2`."""
    title: str
    """What it expects, in words: the test function's name without `test_`."""
    hidden: bool
    possible: float
    outcome: Outcome
    message: str = ""
    """What the student reads. Holds nothing of a hidden test's source, inputs or expected values."""
    staff_message: str = ""
    """What staff read besides: the full assertion, the line of the test."""
    role: Role = Role.DETAIL
    withheld_by: CaseResult | None = None
    """The case because of which this one earns nothing although it passed: a core test, or a rule."""
    mistake: str = ""
    """The name of the course's wrong answer that behaves the same; empty where none does, or several do."""
    hint: str = ""
    """What who makes this mistake should read."""
    rivals: tuple[str, ...] = ()
    """Wrong answers of different kinds that all behave the same here, so that none is named."""
    seconds: float = field(default=0.0, compare=False)

    @property
    def words(self) -> str:
        """What the student reads: of a hidden test the hint alone, for it says more than what went wrong."""
        lines = [self.hint] if self.hidden and self.hint else [self.hint, self.message]
        return "\n".join(line for line in lines if line)

    @property
    def score(self) -> float:
        earns = self.outcome is Outcome.PASSED and self.withheld_by is None
        return self.possible if earns else 0.0


UNWATCHED = "The result is wrong here, so this was not looked at."
"""Said of a rule that is still open: its test compares what the watched call returned, before anything else."""

NO_FAULT = {Outcome.PASSED, Outcome.GRADER_ERROR}
"""How a case ends that takes nothing from others; a fault of ours does not."""


def obstacle(cases: Iterable[CaseResult]) -> CaseResult | None:
    """Return the case because of which the others earn nothing, if there is one.

    A core test that did not pass comes before a broken rule: a test of a rule compares what the watched call
    returned, so that it does not pass for a wrong answer either, and that is no broken rule.
    """
    lost = [case for case in cases if case.outcome not in NO_FAULT]
    ordered = (case for role in (Role.CORE, Role.RULE) for case in lost if case.role is role)
    return next(ordered, None)


@dataclass(frozen=True)
class QuestionResult:
    """One question, with its test cases in the order of the test file."""

    name: str
    cases: tuple[CaseResult, ...]
    outcome: Outcome
    message: str = ""
    """What concerns the question as a whole: not attempted, or judged with a stand-in."""
    seconds: float = 0.0
    source: str = ""
    """The cells that answer it, as the student wrote them; empty where none does."""
    by_hand: float = 0.0
    """Points that only a person gives, and nobody has given yet."""

    @property
    def possible(self) -> float:
        return round(sum(case.possible for case in self.cases) + self.by_hand, DIGITS)

    @property
    def score(self) -> float:
        return round(sum(case.score for case in self.cases), DIGITS)


@dataclass(frozen=True)
class CellError:
    """An exception (or a limit) that stopped one cell of the notebook while it was run."""

    cell: int
    """The cell's number among the code cells, from 1."""
    line: int | None
    message: str
    """Such as `NameError: name 'trch' is not defined`."""


@dataclass(frozen=True)
class Graded:
    """What grading one notebook found, or has found so far."""

    questions: tuple[QuestionResult, ...]
    cell_errors: tuple[CellError, ...]
    leaderboard: tuple[tuple[str, float], ...]


Tell = Callable[[Graded], None]
"""Told what is known after every question."""


@dataclass(frozen=True)
class SubmissionResult:
    """One submission, with its questions in the order of `grading.yml`."""

    name: str
    """A name for the submission's files, unique in the batch: mostly the notebook's stem."""
    file: str
    """The file as the instructor knows it."""
    questions: tuple[QuestionResult, ...]
    problem: str | None = None
    """Why nothing could be graded, in one sentence; `None` if grading ran."""
    cell_errors: tuple[CellError, ...] = field(default=())
    seconds: float = 0.0
    leaderboard: tuple[tuple[str, float], ...] = ()
    finished: bool = True
    """Whether this is all; if not, questions that were not judged yet are missing."""
    seed: int = 0
    """The random state that the tests began with."""
    digest: str = ""
    """SHA-256 of the file that was graded; empty if it could not be read."""
    note: str = ""
    """What the instructor should know of the file: that it is late, which of several attempts it is."""

    @property
    def possible(self) -> float:
        return sum(question.possible for question in self.questions)

    @property
    def score(self) -> float:
        return sum(question.score for question in self.questions)

    @property
    def percent(self) -> float:
        """The share of points earned, from 0 to 1, rounded as Otter rounds it."""
        return round(self.score / self.possible, 4) if self.possible else 0.0

"""What a class's results say of each question and of the whole assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from autograder.manifest import Manifest
from autograder.report.view import plain, readable, total_points
from autograder.results import Outcome, QuestionResult, SubmissionResult

MAX_MESSAGES = 4
MAX_STAFF_MESSAGES = 6
BINS = 10


@dataclass(frozen=True)
class Counted:
    """Something that happened to several students."""

    text: str
    where: str
    count: int


@dataclass(frozen=True)
class Mistake:
    """One of the course's wrong answers, and who gave it."""

    name: str
    hint: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class QuestionStats:
    """One question over all submissions that could be graded."""

    name: str
    possible: float
    mean: float
    full: int
    outcomes: tuple[tuple[Outcome, int], ...]
    """How many students ended how, in the order of `Outcome`."""
    mistakes: tuple[Mistake, ...]
    """Those that were recognised, the commonest first."""
    messages: tuple[Counted, ...]
    """The commonest, and the test case that said so."""
    staff_messages: tuple[Counted, ...]

    @property
    def share(self) -> float:
        return self.mean / self.possible if self.possible else 1.0


@dataclass(frozen=True)
class ClassStats:
    """The whole class."""

    graded: int
    problems: int
    possible: float
    mean: float
    median: float
    best: float
    full: int
    bins: tuple[int, ...]
    """How many totals lie in each tenth of the points; the last tenth includes full marks."""
    questions: tuple[QuestionStats, ...]


@dataclass(frozen=True)
class GraderError:
    """A fault of ours, and whom it hit."""

    question: str
    case: str
    message: str
    submissions: tuple[str, ...]


def class_stats(results: Sequence[SubmissionResult], manifest: Manifest) -> ClassStats:
    """Count over the submissions that could be graded."""
    graded = [result for result in results if result.problem is None]
    totals = [result.score for result in graded]
    possible = total_points(manifest)
    places = (min(int(BINS * total / possible), BINS - 1) if possible else 0 for total in totals)
    bins = Counter(places)
    return ClassStats(
        graded=len(graded),
        problems=len(results) - len(graded),
        possible=possible,
        mean=mean(totals) if totals else 0.0,
        median=median(totals) if totals else 0.0,
        best=max(totals, default=0.0),
        full=sum(total >= possible for total in totals),
        bins=tuple(bins[place] for place in range(BINS)),
        questions=tuple(
            _question_stats(known.name, known.points, graded) for known in manifest.questions
        ),
    )


def grader_errors(results: Iterable[SubmissionResult]) -> list[GraderError]:
    """Return the faults of ours, those that hit most submissions first."""
    hit: dict[tuple[str, str, str], list[str]] = {}
    for result in results:
        if result.problem is not None:
            continue
        for question in result.questions:
            for case in question.cases:
                if case.outcome is Outcome.GRADER_ERROR:
                    told = plain(case.staff_message or case.message)
                    key = (question.name, readable(case.title, question.name), told)
                    hit.setdefault(key, []).append(result.name)
    errors = [GraderError(*key, tuple(names)) for key, names in hit.items()]
    return sorted(errors, key=lambda error: -len(error.submissions))


def _question_stats(
    name: str, possible: float, graded: Sequence[SubmissionResult]
) -> QuestionStats:
    answers = [
        question for result in graded for question in result.questions if question.name == name
    ]
    outcomes = Counter(answer.outcome for answer in answers)
    return QuestionStats(
        name=name,
        possible=possible,
        mean=mean(answer.score for answer in answers) if answers else 0.0,
        full=sum(answer.score >= answer.possible for answer in answers),
        outcomes=tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes[outcome]),
        mistakes=_mistakes(name, graded),
        messages=_commonest((_messages(answer) for answer in answers), MAX_MESSAGES),
        staff_messages=_commonest(
            (_staff_messages(answer) for answer in answers), MAX_STAFF_MESSAGES
        ),
    )


def _mistakes(name: str, graded: Sequence[SubmissionResult]) -> tuple[Mistake, ...]:
    """Return the recognised mistakes of a question; those of one hint are one mistake."""
    names: dict[str, str] = {}
    students: dict[str, list[str]] = {}
    for result in graded:
        for question in result.questions:
            found = {case.hint: case.mistake for case in question.cases if case.hint}
            for hint, mistake in found.items() if question.name == name else ():
                names.setdefault(hint, mistake)
                students.setdefault(hint, []).append(result.name)
    made = [
        Mistake(names[hint].replace("_", " "), hint, tuple(who)) for hint, who in students.items()
    ]
    return tuple(sorted(made, key=lambda mistake: (-len(mistake.students), mistake.name)))


def _messages(answer: QuestionResult) -> dict[str, str]:
    """Return what one student was told, each text once, with the first case that said it."""
    if answer.outcome is Outcome.NOT_ATTEMPTED:
        return {}
    lost = [case for case in answer.cases if case.outcome is not Outcome.PASSED]
    told = {
        plain(case.hint or case.message): readable(case.title, answer.name)
        for case in reversed(lost)
        if case.words
    }
    if lost and not told and answer.message:
        told[plain(answer.message)] = "the whole question"
    return told


def _staff_messages(answer: QuestionResult) -> dict[str, str]:
    if answer.outcome is Outcome.NOT_ATTEMPTED:
        return {}
    cases = (case for case in reversed(answer.cases) if case.staff_message)
    return {plain(case.staff_message): readable(case.title, answer.name) for case in cases}


def _commonest(told: Iterable[dict[str, str]], limit: int) -> tuple[Counted, ...]:
    counts: Counter[str] = Counter()
    where: dict[str, str] = {}
    for texts in told:
        counts.update(texts.keys())
        where |= texts
    return tuple(Counted(text, where[text], count) for text, count in counts.most_common(limit))

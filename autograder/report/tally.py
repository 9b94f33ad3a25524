"""Points after what a teacher adds: what tables, pages and imports show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.course.manifest import Manifest, QuestionManifest
from autograder.outcome.results import DIGITS, Outcome, SubmissionResult
from autograder.report.adjustments import ALL, EVERYBODY, Adjustment, Adjustments


@dataclass(frozen=True)
class Mark:
    """One question's points."""

    name: str
    found: float
    """What the tests found."""
    score: float | None
    """What it earns; `None` where it does not count, or nobody has read it yet."""
    possible: float
    """What it adds to the points that can be had."""
    unread: bool = False
    """Whether a person is still to give its points."""


@dataclass(frozen=True)
class Marks:
    """One submission's points."""

    questions: tuple[Mark, ...]
    found: float
    """What the tests found."""
    total: float | None
    """What counts; `None` for who is excused, or whose file nobody could grade for a reason of ours."""
    possible: float
    adjustments: tuple[Adjustment, ...] = ()
    """All that was done to the points, and notes that do nothing to them."""

    @property
    def percent(self) -> float | None:
        """The share of points from 0 to 1, rounded as Otter rounds it; `None` where there are no points."""
        if self.total is None or not self.possible:
            return None
        return round(self.total / self.possible, 4)

    @property
    def unread(self) -> tuple[str, ...]:
        """The questions that a person is still to read."""
        return tuple(mark.name for mark in self.questions if mark.unread)

    @property
    def reasons(self) -> str:
        """All that was done, on one line."""
        return "; ".join(each.words for each in self.adjustments)


def marks_of(
    result: SubmissionResult,
    manifest: Manifest,
    adjustments: Adjustments = Adjustments(),
    *names: str,
) -> Marks:
    """Return the points of a submission.

    In a question, points are added first, then factors multiply; what concerns `all` of the notebook does the
    same with the sum. The order of the file's lines makes no difference. Nothing falls below 0.

    Args:
        names: what its student may be called in the file, besides the submission's name and file.
    """
    rows = adjustments.of(result.name, result.file, *names)
    graded = {question.name: question.score for question in result.questions}
    lost = _lost(result)
    marks = tuple(
        _mark(
            known, graded.get(known.name, 0.0), lost, [r for r in rows if r.question == known.name]
        )
        for known in manifest.questions
    )
    whole = [row for row in rows if row.question == ALL]
    counted = [mark.score for mark in marks if mark.score is not None]
    total = _adjusted(sum(counted), whole)
    excused = any(row.points == "excused" for row in whole)
    by_hand = any(isinstance(row.points, float) for row in rows if row.student != EVERYBODY)
    return Marks(
        questions=marks,
        found=result.score,
        total=None if excused or (lost and not by_hand) else total,
        possible=sum(mark.possible for mark in marks),
        adjustments=rows,
    )


def possible_points(manifest: Manifest, adjustments: Adjustments) -> float:
    """Return what who has no adjustment of their own can earn."""
    everybody = [row for row in adjustments.rows if row.student == EVERYBODY]
    return sum(
        _mark(known, 0.0, False, [r for r in everybody if r.question == known.name]).possible
        for known in manifest.questions
    )


def _lost(result: SubmissionResult) -> bool:
    """Whether there is nothing to give points for: nothing came in, or the grader itself failed over it."""
    outcomes = {question.outcome for question in result.questions}
    return result.problem is not None and outcomes <= {Outcome.GRADER_ERROR}


def _mark(known: QuestionManifest, found: float, lost: bool, rows: Sequence[Adjustment]) -> Mark:
    words = {row.points for row in rows}
    if words & {"dropped", "excused"}:
        return Mark(known.name, found, None, 0.0)
    given = any(isinstance(row.points, float) for row in rows)
    unread = known.manual and not given
    score = None if (lost or known.manual) and not given else _adjusted(found, rows)
    return Mark(known.name, found, score, 0.0 if "bonus" in words else known.points, unread)


def _adjusted(score: float, rows: Iterable[Adjustment]) -> float:
    rows = list(rows)
    score += sum(row.points for row in rows if isinstance(row.points, float))
    for row in rows:
        score *= 1.0 if row.factor is None else row.factor
    return round(max(score, 0.0), DIGITS)

"""Grading submissions, one or a class of them."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from autograder.border.wire import WireError
from autograder.course.manifest import Manifest
from autograder.errors import KitError
from autograder.grading.ledger import Ledger, Task
from autograder.grading.pool import run_in_pool
from autograder.intake.notebook import read_notebook
from autograder.intake.submissions import Submission
from autograder.judge.answered import sources_of
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection, without_tests
from autograder.judge.warm_parents import WarmParents
from autograder.outcome.results import Graded, Outcome, QuestionResult, SubmissionResult

ROOM_BYTES = 16 * 1024**2
"""So much a notebook may well write."""


def grade_submission(
    grader: Grader,
    submission: Submission,
    selection: Selection = Selection(),
    tell: Callable[[SubmissionResult], None] = lambda result: None,
    only: frozenset[str] | None = None,
    known: SubmissionResult | None = None,
) -> SubmissionResult:
    """Grade one submission; `tell` what is known after every question.

    Whatever is wrong with the submission ends in its result, not in an exception.

    Args:
        only: the questions to grade; `None` for all.
        known: what was found of the others.
    """
    started = time.monotonic()
    if submission.problem is not None or submission.notebook is None:
        return ungraded(submission, grader.bundle, submission.problem or "There is no notebook.")
    try:
        notebook = read_notebook(submission.notebook)
    except KitError as error:
        return ungraded(submission, grader.bundle, str(error))
    manifest = grader.bundle.manifest
    wanted = manifest.assignment
    if notebook.assignment not in (None, wanted):
        problem = f"This is a notebook of {notebook.assignment}, not of {wanted}."
        return ungraded(submission, grader.bundle, problem)

    sources = sources_of(notebook, manifest)

    def result(graded: Graded, finished: bool = False) -> SubmissionResult:
        now = SubmissionResult(
            submission.name,
            submission.file,
            tuple(counted(each, manifest, sources) for each in graded.questions),
            cell_errors=graded.cell_errors,
            seconds=time.monotonic() - started,
            leaderboard=graded.leaderboard,
            finished=finished,
            seed=selection.seed,
            digest=notebook.digest,
            note=submission.note,
        )
        return now if known is None else _joined(known, now)

    others = [q for q in known.questions if q.name not in (only or ())] if known else ()
    try:
        graded = grader.grade(notebook, selection, only, lambda g: tell(result(g)), others)
    except WireError as error:
        problem = f"The grader lost its own process ({type(error).__name__}); grade this one again."
        return ungraded(submission, grader.bundle, problem, Outcome.GRADER_ERROR)
    return result(graded, finished=True)


def ungraded(
    submission: Submission, bundle: Bundle, problem: str, outcome: Outcome = Outcome.NOT_ATTEMPTED
) -> SubmissionResult:
    """Return the result of a submission of which nothing could be graded."""
    questions = tuple(
        counted(without_tests(tests, outcome, ""), bundle.manifest, {})
        for tests in bundle.tests.values()
    )
    return SubmissionResult(
        submission.name, submission.file, questions, problem=problem, note=submission.note
    )


def counted(
    question: QuestionResult, manifest: Manifest, sources: Mapping[str, str]
) -> QuestionResult:
    """Return a question with the student's answer; where a person reads it, its tests earn nothing."""
    question = replace(question, source=sources.get(question.name, ""))
    (known,) = (each for each in manifest.questions if each.name == question.name)
    if not known.manual:
        return question
    cases = tuple(replace(case, possible=0.0, withheld_by=None) for case in question.cases)
    return replace(question, cases=cases, by_hand=known.points)


def _joined(known: SubmissionResult, now: SubmissionResult) -> SubmissionResult:
    """Return what is known of a submission some questions of which were graded again."""
    board = dict(known.leaderboard) | dict(now.leaderboard)
    return replace(
        now,
        cell_errors=known.cell_errors,
        seconds=known.seconds,
        leaderboard=tuple(sorted(board.items())),
    )


@dataclass(frozen=True)
class Done:
    """A task of a class, and what came of it."""

    task: Task
    result: SubmissionResult
    kept: bool = False
    """Whether it is on disk already."""


def grade_many(
    bundle: Bundle,
    ledger: Ledger,
    tasks: Sequence[Task],
    jobs: int = 1,
    selection: Selection = Selection(),
    warm_parents: WarmParents | None = None,
) -> Iterator[Done]:
    """Grade submissions in `jobs` processes; yield each result as it is ready.

    A judge puts each result on disk before it takes up the next one, so that whatever ends this run, what
    was graded is not graded again. Results over which a judge died, and those that found no room, are not
    there yet.
    """
    work = partial(_grade, ledger=ledger, selection=selection)
    for task, done in run_in_pool(bundle, work, tasks, jobs, warm_parents):
        yield done or Done(task, lost_over(task, bundle))


def lost_over(task: Task, bundle: Bundle) -> SubmissionResult:
    """Return the result of a submission over which judges died."""
    problem = "The grader itself died over this submission, twice; grade it by hand."
    return ungraded(task.submission, bundle, problem, Outcome.GRADER_ERROR)


def _grade(grader: Grader, task: Task, *, ledger: Ledger, selection: Selection) -> Done:
    known = task.known.result if task.known is not None else None
    result = grade_whatever_happens(grader, task.submission, selection, task.only, known)
    return Done(task, result, kept=ledger.keep(task, result))


def grade_whatever_happens(
    grader: Grader,
    submission: Submission,
    selection: Selection = Selection(),
    only: frozenset[str] | None = None,
    known: SubmissionResult | None = None,
) -> SubmissionResult:
    """Grade one submission of a class: a fault of ours may not cost the others theirs, and no disk points."""
    fault: str | None = None
    try:
        result = grade_submission(grader, submission, selection, only=only, known=known)
    except Exception as error:  # noqa: BLE001
        grader.warm_parent.abandon()
        fault = (
            f"The grader met a fault of its own ({type(error).__name__}: {error}); grade by hand."
        )
    else:
        if result.problem is not None:
            return result
    if is_short_of_room():
        fault = (
            "The disk of the temporary folder was full; make room there and grade this one again."
        )
    if fault is not None:
        return ungraded(submission, grader.bundle, fault, Outcome.GRADER_ERROR)
    return result


def is_short_of_room() -> bool:
    """Whether code that writes files may have met a full disk, which is no fault of its own."""
    disk = shutil.disk_usage(tempfile.gettempdir())
    return disk.free < min(ROOM_BYTES, disk.total // 4)

"""Grading submissions, one or a class of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from autograder.border.wire import WireError
from autograder.errors import KitError
from autograder.intake.notebook import read_notebook
from autograder.intake.submissions import Submission
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection, without_tests
from autograder.judge.warm_parents import WarmParents
from autograder.pool import run_in_pool
from autograder.results import Graded, Outcome, SubmissionResult


def grade_submission(
    grader: Grader,
    submission: Submission,
    selection: Selection = Selection(),
    tell: Callable[[SubmissionResult], None] = lambda result: None,
) -> SubmissionResult:
    """Grade one submission; `tell` what is known after every question.

    Whatever is wrong with the submission ends in its result, not in an exception.
    """
    started = time.monotonic()
    if submission.problem is not None or submission.notebook is None:
        return ungraded(submission, grader.bundle, submission.problem or "There is no notebook.")
    try:
        notebook = read_notebook(submission.notebook)
    except KitError as error:
        return ungraded(submission, grader.bundle, str(error))
    wanted = grader.bundle.manifest.assignment
    if notebook.assignment not in (None, wanted):
        problem = f"This is a notebook of {notebook.assignment}, not of {wanted}."
        return ungraded(submission, grader.bundle, problem)

    def result(graded: Graded, finished: bool = False) -> SubmissionResult:
        return SubmissionResult(
            submission.name,
            submission.file,
            graded.questions,
            cell_errors=graded.cell_errors,
            seconds=time.monotonic() - started,
            leaderboard=graded.leaderboard,
            finished=finished,
            seed=selection.seed,
            digest=notebook.digest,
            note=submission.note,
        )

    try:
        graded = grader.grade(notebook, selection, tell=lambda so_far: tell(result(so_far)))
    except WireError as error:
        problem = f"The grader lost its own process ({type(error).__name__}); grade this one again."
        return ungraded(submission, grader.bundle, problem, Outcome.GRADER_ERROR)
    return result(graded, finished=True)


def ungraded(
    submission: Submission, bundle: Bundle, problem: str, outcome: Outcome = Outcome.NOT_ATTEMPTED
) -> SubmissionResult:
    """Return the result of a submission of which nothing could be graded."""
    questions = tuple(without_tests(tests, outcome, "") for tests in bundle.tests.values())
    return SubmissionResult(
        submission.name, submission.file, questions, problem=problem, note=submission.note
    )


def grade_many(
    bundle: Bundle,
    submissions: Sequence[Submission],
    jobs: int = 1,
    selection: Selection = Selection(),
    warm_parents: WarmParents | None = None,
) -> Iterator[SubmissionResult]:
    """Grade submissions in `jobs` processes; yield each result as it is ready."""
    task = partial(_grade, selection=selection)
    for submission, result in run_in_pool(bundle, task, submissions, jobs, warm_parents):
        problem = "The grader itself died over this submission, twice; grade it by hand."
        yield result or ungraded(submission, bundle, problem, Outcome.GRADER_ERROR)


def _grade(grader: Grader, submission: Submission, *, selection: Selection) -> SubmissionResult:
    try:
        return grade_submission(grader, submission, selection)
    except Exception as error:  # noqa: BLE001 - a fault of ours may not cost the others of the class theirs
        grader.warm_parent.abandon()
        problem = (
            f"The grader met a fault of its own ({type(error).__name__}: {error}); grade by hand."
        )
        return ungraded(submission, grader.bundle, problem, Outcome.GRADER_ERROR)

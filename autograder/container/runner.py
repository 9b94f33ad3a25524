"""Grading the one submission of a container, and writing what its harness reads."""

from __future__ import annotations

import json
import os
import sys
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

from autograder.container.otter_results import tell, write_pickle
from autograder.container.places import Places
from autograder.container.upload import uploaded, what_to_upload
from autograder.course.manifest import CONFIG, Manifest
from autograder.errors import KitError
from autograder.grading.batch import grade_submission
from autograder.grading.deadline import SPARE_SECONDS, deadline
from autograder.intake.submissions import Submission
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParent, require_layers
from autograder.outcome.results import SubmissionResult
from autograder.report.gradescope import write_gradescope_json
from autograder.report.view import graders_fault
from autograder.safe_files import write_atomically


def run(places: Places, warm_parent: WarmParent, told: Path | None = None) -> bool:
    """Grade the submission and write its results; whether there are any.

    Raises:
        KitError: the harness, the bundle or the system is not as it must be.
    """
    results = places.results / "results.json"
    results.unlink(missing_ok=True)  # of an earlier run, perhaps of another submission
    manifest = _manifest(places.source)
    require_layers(manifest.confinement)
    bundle = Bundle(manifest, places.source)
    submission = uploaded(places.submission, manifest.assignment)
    with watchdog(manifest.limits.submission_seconds + SPARE_SECONDS, results):
        result = _grade(bundle, warm_parent, submission, results)
    if graders_fault(result):
        print(f"error: {result.problem} No results were written.", file=sys.stderr)
        return False
    if result.problem is not None:
        result = replace(result, problem=f"{result.problem} {what_to_upload(manifest.assignment)}")
    write_pickle(result, places.results / "results.pkl")
    if told is not None:
        write_atomically(told, json.dumps(tell(result)))
    write_gradescope_json(result, manifest, results)
    return True


def _manifest(source: Path) -> Manifest:
    try:
        return Manifest.from_config((source / CONFIG).read_bytes())
    except FileNotFoundError:
        raise KitError(
            f"There is no {CONFIG} in {source}; unpack the autograder zip there."
        ) from None


def _grade(
    bundle: Bundle, warm_parent: WarmParent, submission: Submission, results: Path
) -> SubmissionResult:
    """Grade it; where the grader loses its own process, once more with another warm parent."""

    def note(so_far: SubmissionResult) -> None:
        write_gradescope_json(so_far, bundle.manifest, results)

    with (
        closing(warm_parent.clone()) as mine,
        closing(Grader(bundle, mine, warm_parent.clone)) as grader,
    ):
        result = grade_submission(grader, submission, tell=note)
    if graders_fault(result):
        with closing(WarmParent(bundle.manifest.preload)) as other:
            result = grade_submission(Grader(bundle, other), submission, tell=note)
    return result


def watchdog(seconds: float, results: Path) -> AbstractContextManager[None]:
    """End this process after so many seconds, well before its harness does and takes all points with it.

    What was graded until then stands in `results`; with that the harness is served.
    """

    def end() -> None:
        print(f"error: grading was not done after {seconds:g} seconds.", file=sys.stderr)
        os._exit(0 if results.exists() else 1)

    return deadline(seconds, end)

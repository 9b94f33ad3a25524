"""What runs on each worker of a cluster: a judge with a warm parent, for as long as the worker lives."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from autograder.errors import KitError
from autograder.grading.deadline import SPARE_SECONDS, deadline
from autograder.grading.fingerprint import grader_digest
from autograder.intake.submissions import Submission
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.folder import folder_of_folders, sweep_dead
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import SubmissionResult
from autograder.safe_files import safe_name

RESULT = TypeAdapter(SubmissionResult)


@dataclass(frozen=True)
class Job:
    """One submission as it is sent."""

    name: str
    file: str
    note: str
    problem: str | None
    suffix: str
    content: bytes | None
    """Of the notebook, if there is one."""
    only: frozenset[str] | None = None
    """The questions to grade; `None` for all."""
    known: str | None = None
    """What was found of the others, as JSON."""
    seed: int = 0


class Judge:
    """The judge of one worker process, for one autograder zip."""

    def __init__(self, archive: bytes) -> None:
        """Unpack the zip and start a warm parent.

        Raises:
            KitError: this machine lacks what the settings ask for.
        """
        from autograder.judge.grading import Grader
        from autograder.worker.warm_parent import prepare_torch

        self._stack = ExitStack()
        with self._stack:
            sweep_dead()
            self.folder = self._stack.enter_context(folder_of_folders())
            path = self.folder / "autograder.zip"
            path.touch(mode=0o600)
            path.write_bytes(archive)
            self.bundle: Bundle = self._stack.enter_context(OpenBundle(path))
            first = WarmParent(self.bundle.manifest.preload)
            self._stack.callback(first.close)
            prepare_torch()
            tempfile.tempdir = str(self.folder)
            self._spare = first.clone
            self.grader = Grader(self.bundle, first.clone(), first.clone)
            self._stack = self._stack.pop_all()

    def grade(self, job: Job) -> SubmissionResult:
        from autograder.grading.batch import grade_whatever_happens
        from autograder.judge.question import Selection

        if not self.grader.warm_parent.alive:
            self.grader.warm_parent.close()
            self.grader.warm_parent = self._spare()
        known = None if job.known is None else from_json(job.known)
        with (
            tempfile.TemporaryDirectory(dir=self.folder) as folder,
            # If a library hangs over what a student sent, the cluster grades it elsewhere, or gives up.
            deadline(
                SPARE_SECONDS + 2 * self.bundle.manifest.limits.submission_seconds,
                lambda: os._exit(1),
            ),
        ):
            notebook = None
            if job.content is not None:
                notebook = Path(folder) / f"{safe_name(job.name)}{job.suffix}"
                notebook.write_bytes(job.content)
            submission = Submission(job.name, job.file, notebook, job.problem, job.note)
            selection = Selection(seed=job.seed)
            return grade_whatever_happens(self.grader, submission, selection, job.only, known)

    def close(self) -> None:
        self.grader.close()
        self.grader.warm_parent.close()
        self._stack.close()


_lock = threading.Lock()
"""A judge takes one submission at a time, however many threads the worker has."""
_judges: dict[str, Judge] = {}


def _judge(archive: bytes) -> Judge:
    """Return this process's judge; another zip than before gets another one."""
    digest = hashlib.sha256(archive).hexdigest()
    if digest not in _judges:
        for old in [_judges.pop(each) for each in list(_judges)]:
            old.close()
        _judges[digest] = Judge(archive)
    return _judges[digest]


def examine(archive: bytes) -> tuple[str, str]:
    """Return by which kit and versions this worker grades, and what it lacks for it."""
    with _lock:
        try:
            _judge(archive)
        except KitError as error:
            return grader_digest(), str(error)
    return grader_digest(), ""


def grade_there(archive: bytes, job: Job) -> str:
    """Grade one submission; return its result as JSON."""
    with _lock:
        return to_json(_judge(archive).grade(job))


def to_json(result: SubmissionResult) -> str:
    return json.dumps(RESULT.dump_python(result, mode="json"))


def from_json(text: str) -> SubmissionResult:
    """Read what `to_json` said.

    Raises:
        ValueError: it is no result.
    """
    return RESULT.validate_python(json.loads(text))

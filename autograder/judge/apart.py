"""A confined process in which nothing of a submission ever ran: what it measures is no student's word."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from autograder.border.requests import Call
from autograder.course.manifest import QuestionManifest
from autograder.course.settings import Limits
from autograder.judge.exceptions import WorkerGone
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import Worker
from autograder.outcome.results import Outcome

SEED = 1
PATIENCE = 10
"""How many times as long it may take by the clock as by the processor, which others use too."""


def within(measure: Callable[..., Any], args: tuple[Any, ...], seconds: int) -> Any:
    """Return `measure(*args)`, in a process that ends after so many seconds of processor time."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    return measure(*args)


class Apart:
    """Runs a test's own functions on data that a submission made, beside the submission.

    The process is forked from the warm parent, lives in an empty folder and has a worker's limits: what
    the data makes it do harms nobody. It runs no line of the student's, so its word can be taken.
    """

    def __init__(self, warm_parent: WarmParent, limits: Limits, deadline: float) -> None:
        self.warm_parent, self.limits, self.deadline = warm_parent, limits, deadline

    def run(self, measure: Callable[..., Any], args: tuple[Any, ...], seconds: int) -> Any:
        """Return `measure(*args)`, which is data and may take `seconds` of processor time.

        Raises:
            StudentError: it raised.
            WorkerGone: it was not done in time, or died.
        """
        clock = PATIENCE * seconds
        place = QuestionManifest(
            name="apart", points=0, defines=[], stub="", seconds=clock, in_place=True
        )
        with (
            closing(self.warm_parent.clone()) as other,
            closing(Worker(other, self.limits)) as worker,
        ):
            session = worker.snapshot(place, max(self.deadline, time.monotonic() + clock))
            if session is None:
                raise WorkerGone(Outcome.GRADER_ERROR, "A process of the grader's did not start.")
            with closing(session):
                session.begin(SEED)
                return session.ask(Call(within, (measure, args, seconds), {}))

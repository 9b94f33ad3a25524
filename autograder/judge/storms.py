"""Cells that leave so much running that nothing can be started after them: they are left out, and named.

A cell of its own can start threads until no more may be. Then no snapshot can be taken for the next question, or
the watch (`worker/watch`) ends the whole submission while a later cell is at work. Once either happened, the cells
are run again in a fresh worker, and counted: which of them it was is the warm parent's word, not the student's.
"""

from __future__ import annotations

from collections.abc import Callable

from autograder.judge.worker import CellEnd, Lost, Ran, WasDead, Worker
from autograder.outcome.results import Outcome

CROWD = Lost(
    Outcome.CRASHED,
    "The cell left more threads or processes running than a notebook may, and was left out.",
)


class Storms:
    """Looks out for them in one submission. Counting costs a little, so it begins when there is a reason."""

    def __init__(self, processes: int) -> None:
        self.most = processes // 2
        """Threads in all processes: a snapshot, and what its tests start, need the other half."""
        self.counting = False

    def suspected(self) -> bool:
        """Take down that nothing could be started; return whether running the cells again may tell why."""
        found, self.counting = not self.counting, True
        return found

    def over(self, worker: Worker, run: Callable[[], CellEnd]) -> CellEnd:
        """Return how a cell ended, which `run` runs in `worker`."""
        end = run()
        if isinstance(end, Lost) and worker.crowded and self.suspected():
            return WasDead()  # perhaps for what an earlier cell had started
        if self.counting and isinstance(end, Ran) and worker.count() > self.most:
            worker.close()
            return CROWD
        return end

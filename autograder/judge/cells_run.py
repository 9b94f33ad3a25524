"""The cells of one notebook on their way through the worker."""

from __future__ import annotations

import time

from autograder.intake.notebook import Cell
from autograder.judge.bundle import Bundle
from autograder.judge.cells_told import Spent, errors_of
from autograder.judge.exceptions import StudentError
from autograder.judge.plan import Plan
from autograder.judge.second_run import Hearsay
from autograder.judge.set_up import SetUp
from autograder.judge.storms import Storms
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import ENDED, CellEnd, Lost, Ran, WasDead, Worker
from autograder.outcome.results import CellError, Outcome

MAX_RETRIES = 3
"""How often a cell is begun again in a fresh worker where the last one was gone before it began."""
OUT_OF_TIME = "The time for the whole notebook was used up"


class CellsRun:
    """Runs the cells of a plan, one after another.

    If the worker is lost to a cell (it hung, ended the process, or left too much running), another is forked, the
    cells before are run again, and that cell is left out: it costs its own question and no other.
    """

    def __init__(self, bundle: Bundle, warm_parent: WarmParent, plan: Plan) -> None:
        self.bundle, self.warm_parent, self.plan = bundle, warm_parent, plan
        self.limits = bundle.manifest.limits
        self.deadline = time.monotonic() + self.limits.submission_seconds
        self.hearsay = Hearsay()
        self.errors: list[CellError] = []
        self.lost: dict[int, Lost] = {}
        """Cells that took the worker with them."""
        self.stopped: dict[int, StudentError | None] = {}
        """What the cells raised."""
        self.set_up = SetUp(bundle.manifest.set_up)
        self.supplied: set[str] = set()
        """Names that cells lacked, taken from the notebook as it was handed out."""
        self.spent = Spent()
        self.storms = Storms(self.limits.processes)
        self.worker: Worker | None = None
        self.position = 0
        """How many cells of the plan the worker has behind it."""

    def leave(self) -> None:
        """End the worker: whatever comes next runs in another one."""
        if self.worker is not None:
            self.worker.close()
            self.worker = None

    @property
    def behind(self) -> int:
        """How many cells of the plan the present worker has behind it."""
        return self.position if self.worker is not None and self.worker.alive else 0

    def reach(self, index: int, cell: Cell) -> None:
        """Have a worker that has run the cells up to `index`, and take down what that cell raised."""
        end: CellEnd = WasDead()
        for _ in range(MAX_RETRIES):
            self.catch_up(index)
            end = self._run(cell)
            if not isinstance(end, WasDead):
                break
        self.position = index + 1
        self._note(cell, end)

    def catch_up(self, index: int) -> None:
        """Run again what a fresh worker has not run yet, without the cells that took a worker along."""
        while not all(self._runs_again(cell) for cell in self.plan.cells[self.behind : index]):
            pass

    def _runs_again(self, cell: Cell) -> bool:
        """Run a cell again, or leave it out; return whether the worker is still there."""
        if cell.number in self.lost:
            return True
        counting = self.storms.counting
        end = self._run(cell)
        if isinstance(end, WasDead) and counting is self.storms.counting:
            end = self.lost[cell.number] = ENDED
        if isinstance(end, Lost) and end.outcome is Outcome.CRASHED:
            self._note(cell, end)
        return isinstance(end, Ran)

    def _run(self, cell: Cell) -> CellEnd:
        """Run one cell; where it lacks what the notebook sets up, again with that."""
        asked: set[str] = set()
        while True:
            end = self._run_once(cell)
            lacking = self.set_up.lacking(end) - asked if isinstance(end, Ran) else set()
            if not lacking:
                return end
            asked |= lacking
            self.supplied |= lacking
            self._run_once(self.set_up.cell_for(lacking))

    def _run_once(self, cell: Cell) -> CellEnd:
        """Run one cell in the worker, a fresh one if need be."""
        if cell.number in self.lost:
            return self.lost[cell.number]
        if time.monotonic() >= self.deadline:
            end: CellEnd = Lost(Outcome.TIMEOUT, f"{OUT_OF_TIME}{self.spent}.")
        else:
            if self.worker is None or not self.worker.alive:
                manifest = self.bundle.manifest
                self.worker = Worker(
                    self.warm_parent, self.limits, self.bundle.files, manifest.hidden_files
                )
            keep = self.plan.kept.get(cell.number, [])
            names = sorted(self.plan.names)
            worker = self.worker
            with self.spent.on(cell.number):
                end = self.storms.over(
                    worker,
                    lambda: worker.run(cell.number, cell.source, self.deadline, names, keep),
                )
        if isinstance(end, Lost):
            self.lost[cell.number] = end
        return end

    def _note(self, cell: Cell, end: CellEnd) -> None:
        if cell.number in self.lost:
            self.errors.append(CellError(cell.number, None, self.lost[cell.number].words))
        elif isinstance(end, Ran):
            self.stopped[cell.number] = end.error or next(reversed(end.skipped), None)
            if errors := errors_of(cell, end):
                self.hearsay.note_cell()
                self.errors += errors

"""A notebook that is checked, and checked again whenever it changed."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from autograder.errors import KitError, did_you_mean
from autograder.kit.board import Board
from autograder.kit.engine import Engine
from autograder.kit.limits import CRASHED, GRACE, LIMIT, TOO_LONG, seconds_for
from autograder.kit.reveal import note_try
from autograder.kit.saved import saved_at
from autograder.kit.sheet import Sheet, read_sheet
from autograder.kit.telling import Began, Done, Event, Lost, Ready, Request, Stopped, Verdict
from autograder.outcome.results import Outcome

START = 300.0
"""Seconds in which torch must be there, on a slow machine with a cold disk."""


class Checking:
    """One notebook, and the process that runs it."""

    def __init__(self, path: Path, only: Collection[str], fork: bool) -> None:
        """Begin to check the notebook at `path`.

        Raises:
            KitError: it cannot be read, or lacks a question of `only`.
        """
        self._path, self._only, self.name = path, only, path.name
        self._saved = saved_at(path)
        sheet = read_sheet(path)
        for question in only:
            if question not in sheet.tests:
                hint = did_you_mean(question, sheet.tests)
                known = ", ".join(sheet.tests)
                raise KitError(f"{path} has no question {question!r}{hint}; it has {known}.")
        self.board = Board(sheet, self._asked(sheet))
        self._engine = Engine(path.resolve().parent, fork)
        self._number = 0
        self._known: dict[str, str] = {}
        """What each verdict is of, by question."""
        self._left_out: dict[str, str] = {}
        """Cells that took their process with them, by source, and what is said of each."""
        self._ended: set[int] = set()
        """Process groups that were ended because nobody wants their work any more."""
        self._late: int | None = None
        """The process group that was ended because its work takes too long."""
        self._changed()

    @property
    def working(self) -> bool:
        """Whether there is more to come."""
        return self._deadline is not None

    def close(self) -> None:
        """End the process, and what it is at."""
        self._end_work()
        self._engine.close()

    def look(self) -> bool:
        """Read the notebook again if it was saved; return whether there is anything new."""
        saved = saved_at(self._path)
        if saved == self._saved:
            return False
        self._saved = saved
        try:
            sheet = read_sheet(self._path)
        except KitError as error:
            self.board.problem = str(error)
            return True
        self.board.problem = ""
        self.board.sheet, self.board.asked = sheet, self._asked(sheet)
        self._changed()
        return True

    def listen(self, seconds: float) -> bool:
        """Wait for what the process tells, and return whether there is anything new.

        Raises:
            KitError: the process cannot work.
        """
        told = self._engine.event(seconds)
        if told is None:
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._too_late()
            return False
        number, event = told
        if isinstance(event, Ready):
            self._ready(event)
        elif number == self._number:
            self._heed(event)
        elif isinstance(event, Began):
            self._end(event.group)
        return True

    def _asked(self, sheet: Sheet) -> tuple[str, ...]:
        return tuple(q for q in sheet.tests if not self._only or q in self._only)

    def _changed(self) -> None:
        """Try what may have changed with the notebook."""
        self._began = time.monotonic()
        self.board.fresh, self.board.seconds = set(), None
        gone = set(self.board.verdicts) - set(self.board.asked)
        for question in gone:
            del self.board.verdicts[question]
        self._ask()

    def _ask(self) -> None:
        board = self.board
        self._end_work()
        self._keys = board.sheet.keys()
        wanted = [q for q in board.asked if self._known.get(q) != self._keys[q]]
        self._number += 1
        steps = tuple(
            replace(step, source="") if step.source in self._left_out else step
            for step in board.sheet.steps
        )
        tests = {question: board.sheet.tests[question] for question in wanted}
        request = Request(self._number, steps, tests)
        run = board.sheet.steps[: request.length]
        for step in run:
            board.stopped.pop(step.number, None)
            if step.source in self._left_out:
                text = self._left_out[step.source]
                board.stopped[step.number] = Stopped(step.number, None, text)
        self._deadline = time.monotonic() + START if wanted else None
        if wanted:
            self._engine.ask(request)

    def _end_work(self) -> None:
        if self.board.at_work is not None:
            self._end(self.board.at_work.group)
            self.board.at_work = None

    def _end(self, group: int) -> None:
        """End a process group whose work nobody wants any more."""
        self._ended.add(group)
        self._engine.stop(group)

    def _ready(self, ready: Ready) -> None:
        if ready.problem:
            self.close()
            raise KitError(
                f"This Python cannot run the notebook ({ready.problem}). Install what requirements.txt "
                "names, in the environment that `kit` stands in."
            )

    def _heed(self, event: Event) -> None:
        board, now = self.board, time.monotonic()
        match event:
            case Began(question=question):
                self._in_time()
                board.at_work = event
                within = seconds_for(board.sheet.tests[question]) if question else LIMIT
                self._deadline = now + within + 2 * GRACE
            case Stopped():
                board.stopped[event.cell] = event
            case Verdict():
                self._settle(event)
            case Lost():
                self._lost(event)
            case Done():
                self._in_time()
                board.at_work = self._deadline = None
                board.seconds = now - self._began

    def _settle(self, verdict: Verdict) -> None:
        self.board.verdicts[verdict.question] = verdict
        self.board.fresh.add(verdict.question)
        if verdict.outcome is not Outcome.NOT_ATTEMPTED:
            note_try(self._path, self.board.sheet, verdict.question)
        self._known[verdict.question] = self._keys[verdict.question]

    def _too_late(self) -> None:
        if self.board.at_work is None:
            self.close()
            raise KitError("The process that runs the notebook does not answer; try again.")
        self._late, self._deadline = self.board.at_work.group, time.monotonic() + GRACE
        self._engine.stop(self._late)

    def _in_time(self) -> None:
        """Blame nothing for the end of a process that came to the end of its work just before."""
        if self._late is not None:
            self._ended.add(self._late)
            self._late = None

    def _lost(self, lost: Lost) -> None:
        """Go on without what took its process with it."""
        at_work = self.board.at_work
        if not self.working:
            return  # what is asked for next makes it anew
        if lost.group in self._ended:
            self._ended.discard(lost.group)
        elif at_work is not None and (lost.group == at_work.group or not lost.cell):
            self._blame(at_work, TOO_LONG if self._late == at_work.group else CRASHED)
        elif lost.cell:
            self._leave_out(lost.cell, CRASHED)
        else:
            self.close()
            raise KitError(
                "The process that runs the notebook ended at once. Rename what lies beside the notebook under "
                "the name of a module, as random.py or torch.py, and try again."
            )
        self._late = None
        self._ask()

    def _blame(self, at_work: Began, why: str) -> None:
        """Say of what was at work that it ended the process."""
        self.board.at_work = None
        if not at_work.question:
            self._leave_out(at_work.cell, why)
            return
        outcome = Outcome.TIMEOUT if why == TOO_LONG else Outcome.CRASHED
        self._settle(Verdict(at_work.question, outcome, text=f"{at_work.question}: {why}"))

    def _leave_out(self, cell: int, why: str) -> None:
        self._left_out |= {s.source: why for s in self.board.sheet.steps if s.number == cell}

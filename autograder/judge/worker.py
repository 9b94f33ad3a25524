"""A worker as the judge has it: cells are run in it, snapshots taken of it, and one day it is lost."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from autograder.border.crossing import to_json
from autograder.border.replies import CELL_RAN, FORKED
from autograder.border.requests import RunCell, TakeSnapshot
from autograder.border.wire import Body, Channel, Closed, Malformed, TimedOut, WireError
from autograder.course.manifest import QuestionManifest
from autograder.course.settings import Limits
from autograder.judge.exceptions import StudentError, student_error
from autograder.judge.folder import Contents, contents, submission_folder
from autograder.judge.queueing import Queueing
from autograder.judge.session import Session
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import Outcome

MAX_SKIPPED = 20
SNAPSHOT_SECONDS = 10.0
"""A fork takes milliseconds; where processes are short, the worker itself tries for 4 seconds."""
QUEUEING = 4
"""So many times what a question may take it may wait for a processor, besides: who makes it busy gains no more."""


@dataclass(frozen=True)
class Ran:
    """The cell was run to its end, or to what it raised."""

    error: StudentError | None = None
    skipped: tuple[StudentError, ...] = ()
    """Why statements in it were left out."""


@dataclass(frozen=True)
class Lost:
    """The cell took the worker with it."""

    outcome: Outcome
    words: str


@dataclass(frozen=True)
class WasDead:
    """The worker was gone before the cell began: not this cell's doing."""


CellEnd: TypeAlias = Ran | Lost | WasDead
ENDED = Lost(Outcome.CRASHED, "The cell ended its Python process.")
BROKE = Lost(Outcome.CRASHED, "The cell broke the line to the grader.")


class Worker:
    """The process in which one notebook runs, in a fresh folder of its own."""

    def __init__(
        self,
        warm_parent: WarmParent,
        limits: Limits,
        files: Path | None = None,
        hidden: Sequence[str] = (),
    ) -> None:
        """Fork one.

        Args:
            warm_parent: what it is forked from; it has one worker at a time.
            limits: of the submission.
            files: the assignment's data, which it finds in its folder.
            hidden: what of the data it does not get.

        Raises:
            LostWorker: it could not be confined.
        """
        self.warm_parent, self.limits = warm_parent, limits
        self.alive = True
        self.crowded = False
        """Whether it was ended for the number of its threads and processes."""
        self._snapshot_pid = 0
        self._lines: dict[int, int] = {}
        """How many lines the cells have that were run, by number."""
        # A fresh one for every worker: the last one's may be full of what brought it down.
        self._folders = contextlib.ExitStack()
        try:
            self.folder = self._folders.enter_context(submission_folder(files, hidden))
            self._channel = warm_parent.start(limits, self.folder)
        except BaseException:
            self._leave_nothing()
            raise

    def run(
        self,
        number: int,
        source: str,
        deadline: float,
        answers: Sequence[str] = (),
        keep: Sequence[str] = (),
    ) -> CellEnd:
        """Run one cell; unless it ran, the worker is gone afterwards.

        Args:
            number: of the cell.
            source: of the cell.
            deadline: by the clock of `time.monotonic`.
            answers: names of which the worker keeps what the cell defines with `def` or `class`.
            keep: names that it keeps as they stand after the cell.
        """
        # What is left open at its end, Python reports in the line after it.
        self._lines[number] = max(self._lines.get(number, 0), source.count("\n") + 2)
        request = RunCell(number, source, list(answers), list(keep))
        end = self._run(to_json(request), deadline)
        if not isinstance(end, Ran):
            self.close()
        return end

    def _run(self, message: Body, deadline: float) -> CellEnd:
        limit = min(time.monotonic() + self.limits.cell_seconds, deadline)
        try:
            self._channel.send(message, deadline=limit)
        except Closed:
            return WasDead()
        except TimedOut:
            return self._too_long()
        try:
            reply, _ = self._channel.receive(limit)
            ran = CELL_RAN.read(reply)
        except TimedOut:
            return self._too_long()
        except Closed:
            return ENDED
        except Malformed:
            return BROKE
        return Ran(
            None if ran.error is None else student_error(ran.error, self._lines),
            tuple(student_error(report, self._lines) for report in ran.skipped[:MAX_SKIPPED]),
        )

    def _too_long(self) -> Lost:
        seconds = self.limits.cell_seconds
        return Lost(Outcome.TIMEOUT, f"The cell was not done after {seconds:g} seconds.")

    def snapshot(
        self, question: QuestionManifest, deadline: float, called: Sequence[str] = ()
    ) -> Session | None:
        """Fork the worker as it stands and return the line to the copy, which serves one question.

        In it the question's own names, and those of the answers `called`, stand for what was given as
        answers. `None` if the cells left too many processes to fork, or if the worker is gone.
        """
        ours, theirs = socket.socketpair()
        request = TakeSnapshot(question.defines, list(called))
        until = time.monotonic() + SNAPSHOT_SECONDS
        try:
            with theirs:
                self._channel.send_descriptor(to_json(request), theirs.fileno(), until)
            reply, _ = self._channel.receive(until)
            pid = FORKED.read(reply).pid
        except WireError:
            ours.close()
            self.close()
            return None
        if pid is None:
            ours.close()
            return None
        # As claimed; the warm parent kills no process but a descendant of its own.
        self._snapshot_pid = pid
        limit = self.time_for(question, deadline)
        channel = Channel(ours)
        spare = min(QUEUEING * (limit - time.monotonic()), deadline - limit)
        channel.spare = Queueing(pid, spare).seconds
        return Session(channel, limit, question.in_place, question.trains, self._lines)

    def time_for(self, question: QuestionManifest, deadline: float) -> float:
        """Return until when a question that is begun now may go on."""
        seconds = question.seconds or self.limits.question_seconds
        return min(time.monotonic() + seconds, deadline)

    def dismiss(self, session: Session) -> None:
        """End the snapshot that was taken last."""
        session.close()
        with contextlib.suppress(WireError):
            self.crowded |= self.warm_parent.kill(self._snapshot_pid)

    def count(self) -> int:
        """Return how many threads it has, with all that it started."""
        try:
            return self.warm_parent.count()
        except WireError:
            return 0

    def clear(self) -> None:
        """Kill what its cells started and left running."""
        with contextlib.suppress(WireError):
            self.warm_parent.clear()

    def contents(self) -> Contents | None:
        """Return what is in its folder (see `folder.contents`)."""
        return contents(self.folder)

    def close(self) -> None:
        """End it, with all that it started and its folder."""
        if self.alive:
            self.alive = False
            self._channel.close()
            self._leave_nothing()

    def _leave_nothing(self) -> None:
        with contextlib.suppress(WireError):
            self.crowded |= self.warm_parent.end_submission()
        self._folders.close()

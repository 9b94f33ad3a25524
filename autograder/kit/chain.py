"""A chain of processes, one after each cell: after an edit a notebook goes on from the last cell that is the same.

Each is a fork of the one before it and holds the notebook's names as they stand after its cell. A request is
handed from one to the next as long as the cells are those that were run. The first that differs makes the rest of
the chain anew. Checks run in a fork of their own, so that nobody sees what they change. When the process that
asks ends, the first pipe closes, and the chain ends link by link.

Two pipes join a link to the one before it. One takes requests to it. Of the other it holds the only end that
writes, and writes nothing: when that closes it is gone, however it ended. So whatever else is forked, by a check or
by a student's own code, lets go of both at once: a process that outlives its link would keep requests which nobody
reads.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.kit.lab import Lab
from autograder.kit.limits import CRASHED, GRACE, TOO_LONG, seconds_for
from autograder.kit.sheet import Step
from autograder.kit.telling import Began, Done, Lost, Request, Stopped, Teller, Verdict
from autograder.kit.trying import try_question
from autograder.outcome.results import Outcome

TOLD = 77
"""How a process ends that told its verdict; what `exit()` in an answer gives is something else."""
PAUSE = 0.003
"""Seconds between two looks whether a check is done."""
MOUTHFUL = 1 << 16
"""Bytes that are read at once."""


@dataclass
class Link:
    """The next process of the chain."""

    step: Step
    pid: int
    requests: int
    """Where requests to it are written."""
    life: int
    """Ends when it does."""

    def send(self, line: bytes) -> bool:
        """Hand a request on; return whether there was somebody to take it."""
        try:
            while line:
                line = line[os.write(self.requests, line) :]
        except BrokenPipeError:
            return False
        return True

    def end(self) -> None:
        """End it, whatever it does, and what it left in its group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


class Chain:
    """This process's part in it: after which cell it stands, and who comes next."""

    def __init__(self, lab: Lab, teller: Teller) -> None:
        self._lab, self._teller = lab, teller
        self._parent = os.getppid()
        self._place = self._number = 0
        self._stopped: Stopped | None = None
        self._next: Link | None = None
        self._held: set[int] = set()
        """Ends of pipes that are this process's alone."""
        os.register_at_fork(after_in_child=self._let_go)

    def serve(self, requests: int) -> None:
        """Do what is asked for until nobody is there to ask."""
        self._held.add(requests)
        rest = b""
        while True:
            life = [] if self._next is None else [self._next.life]
            ready, _, _ = select.select([requests, *life], [], [])
            if self._next is not None and self._next.life in ready:
                self._lose(self._next)
            if requests not in ready:
                continue
            data = os.read(requests, MOUTHFUL)
            if not data:
                break
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._hand_on(line + b"\n")
        if self._next is not None:
            self._drop(self._next)

    def _hand_on(self, line: bytes) -> None:
        request = Request.of(line)
        self._number = request.number
        if self._stopped is not None:
            self._teller.tell(request.number, self._stopped)
        if self._place:
            for question in request.wanted(request.steps[self._place - 1]):
                self._try(request, question)
        if os.getppid() != self._parent:
            os._exit(0)
        if self._place >= request.length:
            self._teller.tell(request.number, Done())
            return
        step = request.steps[self._place]
        if self._next is not None:
            was = self._next.step
            if (was.source, was.number) == (step.source, step.number) and self._next.send(line):
                return
            self._drop(self._next)
        self._go_on(step, line)

    def _go_on(self, step: Step, line: bytes) -> None:
        """Run the next cell in a fork, which then takes up the request."""
        reading, requests = os.pipe()
        life, living = os.pipe()
        pid = os.fork()
        if not pid:
            with _a_process_of_its_own():
                os.close(requests)
                os.close(life)
                self._held = {reading, living}
                self._take_up(step, line, reading)
        os.close(reading)
        os.close(living)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(pid, pid)  # here and there: whoever comes first
        self._next = Link(step, pid, requests, life)
        self._held |= {requests, life}

    def _take_up(self, step: Step, line: bytes, requests: int) -> None:
        """Be the next process."""
        os.setpgid(0, 0)
        self._next, self._parent, self._place = None, os.getppid(), self._place + 1
        self._teller.tell(self._number, Began(step.number, "", os.getpid()))
        self._stopped = self._lab.run(step)
        self._hand_on(line)
        self.serve(requests)

    def _lose(self, link: Link) -> None:
        """Tell that the next process is gone, which nobody but its parent learns."""
        self._drop(link)
        self._teller.tell(self._number, Lost(link.step.number, link.pid))

    def _drop(self, link: Link) -> None:
        """Have no next process any more."""
        self._next = None
        for end in (link.requests, link.life):
            self._held.discard(end)
            os.close(end)
        link.end()

    def _let_go(self) -> None:
        """Close, in what is forked from here, the pipes that are not its own."""
        for end in self._held:
            with contextlib.suppress(OSError):  # a student's code may close what it does not know
                os.close(end)
        self._held = set()

    def _try(self, request: Request, question: str) -> None:
        """Try a question in a fork."""
        text = request.tests[question]
        cell = request.steps[self._place - 1].number
        self._teller.tell(request.number, Began(cell, question, os.getpid()))
        pid = os.fork()
        if not pid:
            with _a_process_of_its_own(TOLD):
                self._teller.tell(request.number, try_question(question, text, self._lab.env))
        deadline = time.monotonic() + seconds_for(text) + GRACE
        while (ended := os.waitpid(pid, os.WNOHANG)) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                late = Verdict(question, Outcome.TIMEOUT, text=f"{question}: {TOO_LONG}")
                self._teller.tell(request.number, late)
                return
            time.sleep(PAUSE)
        if os.waitstatus_to_exitcode(ended[1]) != TOLD:
            lost = Verdict(question, Outcome.CRASHED, text=f"{question}: {CRASHED}")
            self._teller.tell(request.number, lost)


@contextlib.contextmanager
def _a_process_of_its_own(well: int = 0) -> Iterator[None]:
    """End this process after what is inside, with the status `well` if all went well."""
    try:
        yield
        os._exit(well)
    finally:
        os._exit(1)

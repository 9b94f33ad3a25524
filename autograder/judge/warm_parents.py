"""Starting warm parents and workers, from the judge's side."""

from __future__ import annotations

import contextlib
import multiprocessing
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from autograder.border.crossing import to_json
from autograder.border.replies import (
    FROM_WARM_PARENT,
    LISTENING,
    Counted,
    Done,
    Ended,
    FromWarmParent,
    Killed,
    Ready,
)
from autograder.border.requests import Clear, Clone, Count, EndSubmission, Kill, Start, ToWarmParent
from autograder.border.wire import Channel, Malformed, WireError
from autograder.course.manifest import CONFIG, Manifest
from autograder.course.settings import Limits
from autograder.errors import KitError
from autograder.worker.confine import hide_memory
from autograder.worker.fresh import FOLDER, fresh_command, fresh_environment
from autograder.worker.layers import available

START_SECONDS = 120.0
CONTROL_SECONDS = 15.0


Expected = TypeVar("Expected", Ready, Done, Killed, Counted, Ended)


class LostWorker(WireError):
    """A worker could not be started as it should be: no fault of the submission."""


class WarmParent:
    """A warm parent, from which every submission is forked."""

    def __init__(self, modules: Sequence[str] = (), *, line: socket.socket | None = None) -> None:
        """Start one.

        Args:
            modules: what to import before the first submission.
            line: the socket of one that was started otherwise (see `WarmParents`).
        """
        # Where Landlock is missing, a worker of the same user could read what we hold.
        hide_memory()
        self._process: subprocess.Popen[bytes] | None = None
        if line is None:
            line, theirs = socket.socketpair()
            with theirs:
                self._process = _spawn(theirs, list(modules))
        self.channel = Channel(line)
        self._ready = False
        self.layers = usable_layers()
        """What confines its workers: all that this system has."""
        self.alive = True
        """Whether it still answers. If not, another one is needed."""

    def _request(
        self, request: ToWarmParent, expected: type[Expected], fd: int | None = None
    ) -> Expected:
        message = to_json(request)
        try:
            if not self._ready:
                first, _ = self.channel.receive(time.monotonic() + START_SECONDS)
                _only(Ready, FROM_WARM_PARENT.read(first))
                self._ready = True
            deadline = time.monotonic() + CONTROL_SECONDS
            if fd is None:
                self.channel.send(message, deadline=deadline)
            else:
                self.channel.send_descriptor(message, fd, deadline)
            reply, _ = self.channel.receive(deadline)
            return _only(expected, FROM_WARM_PARENT.read(reply))
        except WireError as error:
            # What it says from now on may be the answer to an earlier question.
            self.abandon()
            raise LostWorker(f"the warm parent is lost ({type(error).__name__})") from None

    def start(self, limits: Limits, folder: Path) -> Channel:
        """Fork a worker that lives in `folder`; return the line to it.

        Raises:
            LostWorker: it could not be confined.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            start = Start(
                str(folder), self.layers, limits.memory_mb, limits.output_kb, limits.processes
            )
            self._request(start, Done, theirs.fileno())
        channel = Channel(ours)
        try:
            first, _ = channel.receive(time.monotonic() + CONTROL_SECONDS)
            unconfined = LISTENING.read(first).unconfined
        except WireError as error:
            raise LostWorker(f"a worker did not start ({type(error).__name__})") from None
        if unconfined is not None:
            raise LostWorker(f"a worker could not be confined: {unconfined}")
        return channel

    def kill(self, pid: int) -> bool:
        """Kill one process of the submission at hand; return whether all were ended for being too many."""
        return self._request(Kill(pid), Killed).crowded

    def clear(self) -> None:
        """Kill what the submission's cells started and left running."""
        self._request(Clear(), Done)

    def count(self) -> int:
        """Return how many threads the processes of the submission at hand have."""
        return self._request(Count(), Counted).threads

    def end_submission(self) -> bool:
        """Leave nothing of the submission running; return whether it was ended before for being too many."""
        ended = self._request(EndSubmission(), Ended)
        if ended.left:
            self.abandon()
        return ended.crowded

    def clone(self, for_many: bool = False) -> WarmParent:
        """Return another one, a copy of this. It goes at the latest with a submission that this one has.

        Raises:
            LostWorker: it does not answer.
        """
        ours, theirs = socket.socketpair()
        deadline = time.monotonic() + START_SECONDS
        with theirs:
            try:
                # It answers on the new line.
                self.channel.send_descriptor(to_json(Clone(for_many)), theirs.fileno(), deadline)
            except WireError as error:
                ours.close()
                raise LostWorker(f"the warm parent is lost ({type(error).__name__})") from None
        return WarmParent(line=ours)

    def abandon(self) -> None:
        """Use it no more: when its line is closed it ends what descends from it, and itself."""
        self.alive = False
        self.channel.close()

    def close(self) -> None:
        """End the warm parent; it kills what descends from it."""
        self.abandon()
        if self._process is not None:
            try:
                self._process.wait(CONTROL_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


class WarmParents:
    """One warm parent for a pool of judges: each judge gets a copy of it, which is made at once."""

    def __init__(self, modules: Sequence[str]) -> None:
        """Start it; `modules` are imported before the first submission."""
        self.modules = modules
        self.for_many = True
        """Whether so many submissions come that it pays to put the memory in order first."""
        self._lock = multiprocessing.get_context("fork").Lock()
        self._first = WarmParent(modules)

    def clone(self) -> WarmParent:
        """Return a warm parent that is the caller's alone."""
        if not self._lock.acquire(timeout=CONTROL_SECONDS):
            return WarmParent(self.modules)  # who held it was ended while it asked
        try:
            return self._first.clone(for_many=self.for_many)
        except LostWorker:
            return WarmParent(self.modules)
        finally:
            self._lock.release()

    def close(self) -> None:
        self._first.close()


@contextlib.contextmanager
def started_early(autograder_zip: Path) -> Iterator[WarmParents | None]:
    """Start the warm parents of an autograder zip, so that they import torch while this process does.

    `None` if it cannot be read: whoever opens it says why.
    """
    try:
        with zipfile.ZipFile(autograder_zip) as archive:
            modules = Manifest.from_config(archive.read(CONFIG)).preload
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, KitError):
        yield None
        return
    warm_parents = WarmParents(modules)
    try:
        yield warm_parents
    finally:
        warm_parents.close()


@lru_cache(maxsize=1)
def usable_layers() -> list[str]:
    """Return the layers of confinement that this system has."""
    return [layer for layer, missing in available().items() if not missing]


def require_layers(required: Sequence[str]) -> None:
    """Refuse to grade without a layer that `grading.yml` asks for.

    Raises:
        KitError: naming the layer and what stands in its way.
    """
    for layer in required:
        missing = available()[layer]
        if missing:
            raise KitError(
                f"grading.yml asks for the confinement `{layer}`, and {missing}. "
                "Grade in Docker or on another system, or take it out of `confinement`."
            )


def _only(expected: type[Expected], reply: FromWarmParent) -> Expected:
    if isinstance(reply, expected):
        return reply
    raise Malformed("the answer to another question")


def _spawn(sock: socket.socket, modules: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        fresh_command("autograder.worker", str(sock.fileno()), *modules),
        pass_fds=[sock.fileno()],
        env=fresh_environment(),
        cwd=FOLDER,
        stdin=subprocess.DEVNULL,
    )

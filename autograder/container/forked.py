"""A warm parent that is a fork of this process, made before this process knows anything."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from autograder.border.wire import Channel
from autograder.worker.confine import close_inherited
from autograder.worker.warm_parent import preload, run_warm_parent

if TYPE_CHECKING:
    from autograder.judge.warm_parents import WarmParent

END_SECONDS = 15.0
PAUSE_SECONDS = 0.001


class ForkedWarmParent:
    """Imports torch and `modules` once, for this process and for the warm parent that it forks."""

    def __init__(self, modules: Sequence[str]) -> None:
        preload(list(modules))
        self._line, theirs = socket.socketpair()
        self._pid = os.fork()
        if self._pid == 0:
            _serve(theirs)
        theirs.close()

    def __enter__(self) -> ForkedWarmParent:
        return self

    def connect(self) -> WarmParent:
        """Return the judge's side of it; from here on this process is the judge."""
        from autograder.judge.warm_parents import WarmParent

        return WarmParent(line=self._line)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """End it; when its line is closed it kills what descends from it."""
        self._line.close()
        deadline = time.monotonic() + END_SECONDS
        while not os.waitpid(self._pid, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(self._pid, signal.SIGKILL)
            time.sleep(PAUSE_SECONDS)


def _serve(line: socket.socket) -> None:
    """Be the warm parent; never returns."""
    status = 1
    try:
        sys.dont_write_bytecode = True
        run_warm_parent(Channel(socket.socket(fileno=close_inherited(line.detach()))), [])
        status = 0
    finally:
        os._exit(status)

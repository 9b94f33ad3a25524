"""The other end of the process that runs notebooks: started, asked, listened to, ended."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from autograder.kit.telling import Done, Event, Lost, Request, heard

CAN_FORK = hasattr(os, "fork")
SERVER = f"{__name__.rpartition('.')[0]}.server"
SURROUNDINGS = {
    # One thread each: a fork of a process with more may hang.
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"),
        "1",
    ),
    "MPLBACKEND": "Agg",
    "CUDA_VISIBLE_DEVICES": "",  # as in grading; and a GPU that is in use cannot be forked
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # macOS
    "PYTHONDONTWRITEBYTECODE": "1",
}
LAST_WORDS = 2.0
"""Seconds in which what a process told before it was gone is read."""


class Engine:
    """A process that runs one notebook's cells and checks, in the notebook's folder."""

    def __init__(self, folder: Path, fork: bool) -> None:
        self._folder, self._way = folder, "fork" if fork else "once"
        self._process: subprocess.Popen[bytes] | None = None
        self._heard: queue.Queue[tuple[int, Event]] = queue.Queue()
        self._asked = self._done = 0

    def ask(self, request: Request) -> None:
        """Have the steps of a notebook run and questions tried; `event` tells what comes of it."""
        self._asked = request.number
        if self._way == "once" or self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError, OSError):  # that it is gone, `event` will tell
            self._process.stdin.write(request.line())
            self._process.stdin.flush()

    def event(self, seconds: float) -> tuple[int, Event] | None:
        """Return the next event and the request that it belongs to, if one comes in time.

        That the process is gone is seen by itself: its pipe may be held open by what a student's code started.
        """
        with contextlib.suppress(queue.Empty):
            return self._noted(self._heard.get(timeout=seconds))
        if self._done == self._asked or self._process is None or self._process.poll() is None:
            return None
        self._listener.join(LAST_WORDS)
        with contextlib.suppress(queue.Empty):
            return self._noted(self._heard.get_nowait())
        self._done = self._asked
        return self._asked, Lost(0, self._process.pid)

    def stop(self, group: int) -> None:
        """End what a process group does."""
        if self._way == "fork":
            _kill_group(group)
        elif self._process is not None and self._process.pid == group:
            _kill(self._process)

    def close(self) -> None:
        """End the process and all of its chain."""
        if self._process is not None:
            _kill(self._process)
            self._process.wait()
            self._process = None

    def _noted(self, told: tuple[int, Event]) -> tuple[int, Event]:
        if isinstance(told[1], Done):
            self._done = told[0]
        return told

    def _start(self) -> None:
        self.close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", SERVER, self._way],
            cwd=self._folder,
            env={**os.environ, **SURROUNDINGS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the one who watches
        )
        self._listener = threading.Thread(
            target=self._listen, args=[self._process.stdout], daemon=True
        )
        self._listener.start()

    def _listen(self, lines: IO[bytes]) -> None:
        """Put down what one process tells."""
        for line in lines:
            if told := heard(line):
                self._heard.put(told)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group, unless it is gone, and its number perhaps another's."""
    if process.poll() is None:
        _kill_group(process.pid)
        process.kill()


def _kill_group(group: int) -> None:
    """End the processes of a group, where the system has groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)

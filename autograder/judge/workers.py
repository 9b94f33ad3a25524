"""Starting warm parents and workers, from the judge's side."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.errors import KitError
from autograder.settings import Limits
from autograder.worker.confine import available
from autograder.worker.wire import Channel, WireError
from autograder.worker.zygote import run_zygote

START_SECONDS = 120.0
CONTROL_SECONDS = 15.0
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class Zygote:
    """A warm parent, from which every submission is forked."""

    def __init__(self, modules: Sequence[str] = (), *, fork: bool = False) -> None:
        """Start one.

        Args:
            modules: what to import before the first submission.
            fork: fork this process instead of starting a new interpreter. Faster, and right only in a
                process that has not run an operation of torch and holds nothing secret yet.
        """
        ours, theirs = socket.socketpair()
        self.modules = list(modules)
        self._process: subprocess.Popen[bytes] | None = None
        self._pid = 0
        if fork:
            self._pid = os.fork()
            if self._pid == 0:
                ours.close()
                _become_zygote(theirs, self.modules)
        else:
            self._process = _spawn(theirs, self.modules)
            self._pid = self._process.pid
        theirs.close()
        self.channel = Channel(ours)
        self._ready = False

    def _request(self, message: dict[str, Any], fd: int | None = None) -> dict[str, Any]:
        if not self._ready:
            self.channel.receive(time.monotonic() + START_SECONDS)
            self._ready = True
        deadline = time.monotonic() + CONTROL_SECONDS
        if fd is None:
            self.channel.send(message, deadline=deadline)
        else:
            self.channel.send_descriptor(message, fd, deadline)
        reply, _ = self.channel.receive(deadline)
        return reply

    def start(self, limits: Limits, folder: Path) -> Channel:
        """Fork a worker that lives in `folder`; return the line to it."""
        ours, theirs = socket.socketpair()
        with theirs:
            bounds = {
                "memory_mb": limits.memory_mb,
                "output_kb": limits.output_kb,
                "processes": limits.processes,
            }
            layers = usable_layers()
            message = {"op": "start", "bounds": bounds, "folder": str(folder), "layers": layers}
            self._request(message, theirs.fileno())
        return Channel(ours)

    def kill(self, pid: int) -> None:
        """Kill one process of the submission at hand."""
        self._request({"op": "kill", "pid": pid})

    def finish(self) -> None:
        """Leave nothing of the submission running."""
        self._request({"op": "finish"})

    def close(self) -> None:
        """End the warm parent; it kills what descends from it."""
        self.channel.close()
        with contextlib.suppress(ChildProcessError, subprocess.TimeoutExpired):
            if self._process is not None:
                self._process.wait(CONTROL_SECONDS)
            else:
                os.waitpid(self._pid, 0)

    @property
    def alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        try:
            return os.waitpid(self._pid, os.WNOHANG)[0] == 0
        except ChildProcessError:
            return False


@lru_cache(maxsize=1)
def usable_layers() -> list[str]:
    """Return the layers of confinement that this system has: all of them are used."""
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


def _become_zygote(sock: socket.socket, modules: list[str]) -> None:
    status = 1
    try:
        os.environ.update(clean_environment())
        run_zygote(Channel(sock), modules)
        status = 0
    except WireError:
        status = 0
    finally:
        os._exit(status)


def _spawn(sock: socket.socket, modules: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "autograder.worker", str(sock.fileno()), *modules]
    environment = clean_environment()
    # `-m` would put the working directory on the path, and that may be a submission's.
    environment.update(PYTHONPATH=str(PACKAGE_ROOT), PYTHONSAFEPATH="1", PYTHONDONTWRITEBYTECODE="1")
    return subprocess.Popen(
        command, pass_fds=[sock.fileno()], env=environment, cwd="/", stdin=subprocess.DEVNULL
    )


def clean_environment() -> dict[str, str]:
    """Return the few variables that a worker may see: no tokens, no names."""
    return {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}


@contextlib.contextmanager
def submission_folder(files: Path | None) -> Iterator[Path]:
    """A folder for one submission, with the assignment's data in it, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="submission-"))
    try:
        if files is not None and files.is_dir():
            shutil.copytree(files, folder, dirs_exist_ok=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

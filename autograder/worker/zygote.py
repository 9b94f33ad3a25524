"""The warm parent of the workers: torch is imported once, every submission is a fork.

It runs no student code. The judge asks it over a socket to start a submission, to kill one of its
snapshots, and to finish: to leave nothing of it running.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.worker.confine import PR_SET_CHILD_SUBREAPER, Bounds, confine
from autograder.worker.wire import Channel, Closed

PRELOADED = (
    "torch",
    "torch.optim",
    "torch._dynamo",
    "torch.utils.data",
    "autograder.worker.serve",
)
FINISH_SECONDS = 5.0


def preload(modules: list[str]) -> None:
    """Import what notebooks import, before the fork. A module that is missing is the notebook's matter."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    os.environ["MPLBACKEND"] = "Agg"
    import torch

    # A parent that ran an operation on two threads makes its forked children hang.
    torch.set_num_threads(1)
    for name in (*PRELOADED, *modules):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def run_zygote(channel: Channel, modules: list[str]) -> None:
    """Serve the judge until it hangs up."""
    preload(modules)
    from autograder.worker.cells import make_shell, replace_otter

    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="autograder-") as profile:
        shell = make_shell(Path(profile))
        replace_otter()
        channel.send({"ready": True})
        while True:
            try:
                message, _ = channel.receive()
            except Closed:
                kill_all()
                return
            if message["op"] == "start":
                fd = channel.receive_descriptor()
                pid = os.fork()
                if pid == 0:
                    channel.close()
                    work(fd, message, shell)
                os.close(fd)
                channel.send({"pid": pid})
            elif message["op"] == "kill":
                kill_one(message["pid"])
                channel.send({})
            elif message["op"] == "finish":
                channel.send({"left": kill_all()})


def work(fd: int, message: dict[str, Any], shell: Any) -> None:
    """Become the worker of one submission; never returns."""
    status = 1
    try:
        silence()
        confine(Bounds(**message["bounds"]), message["folder"])
        from autograder.worker.submission import run_submission

        run_submission(Channel(socket.socket(fileno=fd)), shell)
        status = 0
    finally:
        os._exit(status)


def silence() -> None:
    """Nothing of what a submission prints is kept, so it can fill no disk and no pipe."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
    sys.stdin = open(0, closefd=False)  # noqa: SIM115


def children(pid: int) -> list[int]:
    """Return the process ids of the children of `pid`."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                found.extend(map(int, file.read().split()))
    return found


def descendants(pid: int) -> list[int]:
    found, queue = [], children(pid)
    while queue:
        child = queue.pop()
        found.append(child)
        queue.extend(children(child))
    return found


def kill_one(pid: int) -> None:
    """Kill a process and what it started, if it is one of ours: the number comes from the worker."""
    if pid in descendants(os.getpid()):
        for victim in [pid, *descendants(pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)


def kill_all() -> int:
    """Kill everything that descends from this process; return how many processes withstood.

    Orphans come back to this process (it is their subreaper), so that a double fork hides nothing.
    """
    deadline = time.monotonic() + FINISH_SECONDS
    while True:
        alive = descendants(os.getpid())
        # First stop them all, so that none forks away while the others are killed.
        for stop in (signal.SIGSTOP, signal.SIGKILL):
            for pid in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, stop)
        reap()
        if not alive or time.monotonic() > deadline:
            return len(descendants(os.getpid()))
        time.sleep(0.0005)


def reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass

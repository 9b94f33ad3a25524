"""The processes that descend from this one, and how to be rid of them."""

from __future__ import annotations

import contextlib
import os
import signal
import time

FINISH_SECONDS = 5.0


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


def kill_all(user: int = 0) -> int:
    """Kill everything that descends from this process; return how many processes withstood.

    Orphans come back to this process (it is their subreaper), so that a double fork hides nothing. If
    the submission had a user of its own, the kernel kills all of that user's at one stroke.
    """
    if user:
        kill_user(user)
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


def kill_user(user: int) -> None:
    """Kill every process of `user`: as that user, whom the kernel lets signal nobody else."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setresuid(user, user, user)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass

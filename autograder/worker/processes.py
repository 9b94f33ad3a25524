"""The processes that descend from this one, and how to be rid of them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator

from autograder.worker.users import killer_of

FINISH_SECONDS = 5.0
OTHERS_SECONDS = 1.0
PAUSE_SECONDS = 0.0005


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


def kill_orphans(keep: int) -> None:
    """Kill what came back to us because its parent is gone, and what descends from it."""
    for orphan in children(os.getpid()):
        if orphan != keep:
            kill_one(orphan)
    reap_orphans(keep)


def kill_others(keep: int) -> None:
    """Kill all that descends from us but one process, as far as a list of them reaches."""
    for _ in until(OTHERS_SECONDS):
        others = [pid for pid in descendants(os.getpid()) if pid != keep]
        for pid in others:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        reap_orphans(keep)
        if not others:
            break


def reap_orphans(keep: int) -> None:
    """Wait for children that are gone, one excepted: they count against the submission's limit."""
    for pid in children(os.getpid()):
        if pid != keep:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def kill_all(group: int = 0, user: int = 0) -> int:
    """Kill everything that descends from this process; return how many processes withstood.

    A chain of forks, each process gone before it can be named, outruns any list. So first the kernel kills
    at one stroke the `group` of processes that the submission began with and cannot leave, and all
    processes of its `user`, if it had one of its own. Orphans come back to this process (it is their
    subreaper), so that a double fork hides nothing from the list either.
    """
    if group and is_our_child(group):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    if user:
        kill_user(user)
    for _ in until(FINISH_SECONDS):
        alive = descendants(os.getpid())
        # First stop them all, so that none forks away while the others are killed.
        for stop in (signal.SIGSTOP, signal.SIGKILL):
            for pid in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, stop)
        reap()
        if not alive:
            break
    return len(descendants(os.getpid()))


def is_our_child(pid: int) -> bool:
    """Whether `pid` is a child of ours, alive or not yet waited for: then the number is still its own."""
    try:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def kill_user(user: int) -> None:
    """Kill every process of `user`: as that user, whom the kernel lets signal nobody else."""
    pid = os.fork()
    if pid == 0:
        try:
            # Only the effective user is theirs: a process whose real or saved user is another's is one
            # that they cannot stop or kill in turn.
            other = killer_of(user)
            os.setresuid(other, user, other)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    with contextlib.suppress(ChildProcessError):
        for _ in until(FINISH_SECONDS):
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
        os.kill(pid, signal.SIGKILL)


def until(seconds: float) -> Iterator[None]:
    """Yield again and again, with short pauses, until so many seconds have passed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        yield
        time.sleep(PAUSE_SECONDS)


def reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass

"""Time, processors' time and memory of a command with all that it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.worker.processes import descendants

TIMEOUT = 3600.0
LOOK_SECONDS = 0.02
MEMORY_SECONDS = 0.5
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of all processors, its own and those of what it started and waited for."""
    first: float | None = None
    """Seconds until its first result was there."""
    memory: int | None = None
    """The most bytes that all its processes had at a time: each page once, shared or not (PSS)."""

    def __rmul__(self, times: float) -> Cost:
        return Cost(times * self.wall, times * self.cpu)


def run(
    command: Sequence[str],
    cwd: Path,
    first: Callable[[], bool] = lambda: False,
    *,
    memory: bool = False,
    accepted: Sequence[int] = (0,),
) -> Cost:
    """Run `command` and return what it took.

    Args:
        command: what to run.
        cwd: where.
        first: whether its first result is there.
        memory: whether its memory is looked at, which takes time from it.
        accepted: how it may end.
    """
    before, started = _cpu(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    look = Look(process.pid, started, first, memory)
    thread = threading.Thread(target=look.until_told)
    thread.start()
    try:
        _, said = process.communicate(timeout=TIMEOUT)
    finally:
        process.kill()
        look.over.set()
        thread.join()
    wall = time.perf_counter() - started
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(command[:5])} … ended with {process.returncode}: {said}")
    return Cost(wall, _cpu() - before, look.seconds, look.most or None)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Look:
    """Looks at a run from outside."""

    def __init__(self, pid: int, started: float, first: Callable[[], bool], memory: bool) -> None:
        self.pid, self.started, self.first = pid, started, first
        self.pause = MEMORY_SECONDS if memory else LOOK_SECONDS
        self.memory = memory
        self.over = threading.Event()
        self.seconds: float | None = None
        self.most = 0

    def until_told(self) -> None:
        while not self.over.wait(self.pause):
            if self.seconds is None and self.first():
                self.seconds = time.perf_counter() - self.started
            if self.memory:
                processes = [self.pid, *descendants(self.pid)]
                self.most = max(self.most, sum(map(proportional_memory, processes)))
            elif self.seconds is not None:
                return


def proportional_memory(pid: int) -> int:
    """Return a process's share of the memory that it is in, 0 where that is not to be seen."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) << 10 for line in file if line.startswith("Pss:"))
    except OSError:
        return 0


def machine() -> str:
    """Return what a reader needs to know of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GB of memory"

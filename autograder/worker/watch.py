"""An eye on what a submission uses as a whole: limits of the kernel bound one process or one file."""

from __future__ import annotations

import os
import select
import socket
import stat
from collections.abc import Sequence

from autograder.border.requests import Start
from autograder.worker.confine import LARGEST_FILE, threads_of
from autograder.worker.descriptors import held_by
from autograder.worker.processes import descendants, kill_all, reap_orphans
from autograder.worker.users import user_for

INTERVAL_MS = 200
MAX_ENTRIES = 2_000
MAX_LEVELS = 40
MAX_DISK = 4 * LARGEST_FILE
LOW_DISK = 512 << 20
"""Free space under which a submission that made it so is ended: a file that was deleted while it was open
is in no folder."""
SPARE_PROCESSES = 8


class Watch:
    """Looks after the submission at hand while its parent waits for the judge."""

    def __init__(self) -> None:
        self.pid = 0
        self.user = 0
        self.memory = 0
        self.processes = 0
        self.folder = ""
        self.free_disk = 0
        self.at_work = False
        self.crowded = False
        """Whether the submission was ended for the number of its threads and processes."""

    def begin(self, pid: int, start: Start) -> None:
        self.at_work, self.crowded = True, False
        self.pid = pid
        self.user = user_for(pid) if "user" in start.layers else 0
        self.memory = 2 * start.memory_mb << 20
        self.processes = start.processes + SPARE_PROCESSES
        self.folder = start.folder
        self.free_disk = free_disk(self.folder)

    def end(self) -> int:
        """Leave nothing of the submission running; return how many processes withstood."""
        self.at_work = False
        return kill_all(self.pid, self.user)

    def until_readable(self, sock: socket.socket) -> None:
        """Wait for the judge; meanwhile end a submission that takes more than its share."""
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        while not poller.poll(INTERVAL_MS if self.at_work else None):
            reap_orphans(self.pid)
            if self.too_much():
                self.end()

    def count(self) -> int:
        """Return how many threads the submission has."""
        return sum(map(threads_of, descendants(os.getpid())))

    def too_much(self) -> bool:
        pids = descendants(os.getpid())
        if sum(map(threads_of, pids)) > self.processes:
            self.crowded = True
            return True
        held = held_by(pids)
        return (
            memory_of(pids, self.memory - held.memory) > self.memory - held.memory
            or folder_full(self.folder, held.disk)
            or self.free_disk - MAX_DISK > free_disk(self.folder) < LOW_DISK
        )


def memory_of(pids: Sequence[int], enough: int) -> int:
    """Return the bytes that processes hold; exactly only if a first guess is above `enough`."""
    guess = [private_memory(pid) for pid in pids]
    if sum(guess) <= enough:
        return sum(guess)
    inherited = private_memory(os.getpid())
    return sum(
        exact if (exact := proportional_memory(pid)) is not None else max(0, high - inherited)
        for pid, high in zip(pids, guess, strict=True)
    )


def private_memory(pid: int) -> int:
    """Return the bytes that a process holds and no file does; what a fork shares counts in full."""
    return _sum_of(f"/proc/{pid}/status", ("RssAnon:", "RssShmem:")) or 0


def proportional_memory(pid: int) -> int | None:
    """Return a process's share in the memory that it holds.

    `None` if that cannot be seen: then it is a mere fork of ours that nobody may look into, and holds what
    we hold and more. (A program that it started can be looked into, and holds nothing of ours.)
    """
    return _sum_of(f"/proc/{pid}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:"))


def _sum_of(path: str, keys: tuple[str, ...]) -> int | None:
    try:
        with open(path) as file:
            return sum(int(line.split()[1]) << 10 for line in file if line.startswith(keys))
    except OSError:
        return None


def free_disk(folder: str) -> int:
    try:
        status = os.statvfs(folder)
    except OSError:
        return 0
    return status.f_bavail * status.f_frsize


def folder_full(folder: str, deleted: int = 0) -> bool:
    """Whether the submission's folder holds too many files or too many bytes, or hides some.

    Args:
        folder: of the submission.
        deleted: bytes of files that were deleted from it and are still open.
    """
    entries, size = 0, deleted
    waiting = [(folder, 0)]
    while waiting:
        path, level = waiting.pop()
        try:
            found = list(os.scandir(path))
            entries += len(found)
            for entry in found:
                status = entry.stat(follow_symlinks=False)
                size += status.st_blocks * 512
                if stat.S_ISDIR(status.st_mode):
                    if status.st_mode & stat.S_IRUSR == 0:  # root could read it, but no one else
                        return True
                    waiting.append((entry.path, level + 1))
        except FileNotFoundError:
            continue
        except OSError:  # a folder that may not be read, or too deep to be named
            return True
        if level > MAX_LEVELS or entries > MAX_ENTRIES:
            return True
    return size > MAX_DISK

"""An eye on what a submission uses as a whole: limits of the kernel bound one process or one file."""

from __future__ import annotations

import os
import select
import socket
from typing import Any

from autograder.worker.confine import LARGEST_FILE, user_for
from autograder.worker.processes import descendants, kill_all

INTERVAL_MS = 200
PAGE = os.sysconf("SC_PAGE_SIZE")
MAX_ENTRIES = 2_000
MAX_DISK = 4 * LARGEST_FILE


class Watch:
    """Looks after the submission at hand while its parent waits for the judge."""

    def __init__(self) -> None:
        self.user = 0
        self.memory = 0
        self.folder = ""
        self.at_work = False

    def begin(self, pid: int, message: dict[str, Any]) -> None:
        self.at_work = True
        self.user = user_for(pid) if "user" in message["layers"] else 0
        self.memory = 2 * message["bounds"]["memory_mb"] << 20
        self.folder = message["folder"]

    def end(self) -> int:
        """Stop watching; return the submission's user (0 if it had none of its own)."""
        self.at_work = False
        return self.user

    def until_readable(self, sock: socket.socket) -> None:
        """Wait for the judge; meanwhile end a submission that takes more than its share."""
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        while not poller.poll(INTERVAL_MS if self.at_work else None):
            if self.too_much():
                self.at_work = False
                kill_all(self.user)

    def too_much(self) -> bool:
        return sum(map(private_memory, descendants(os.getpid()))) > self.memory or disk_full(self.folder)


def private_memory(pid: int) -> int:
    """Return the bytes that a process holds and does not share."""
    try:
        with open(f"/proc/{pid}/statm") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except (OSError, ValueError):
        return 0
    own = private_pages()
    return max(0, (resident - shared) * PAGE - own)


def private_pages() -> int:
    """Return the private bytes of this process, which its forks inherit."""
    with open("/proc/self/statm") as file:
        _, resident, shared, *_ = map(int, file.read().split())
    return (resident - shared) * PAGE


def disk_full(folder: str) -> bool:
    """Whether the submission's folder holds too many files or too many bytes."""
    entries, size = 0, 0
    for root, folders, files in os.walk(folder):
        for name in (*folders, *files):
            entries += 1
            if entries > MAX_ENTRIES:
                return True
            try:
                size += os.lstat(os.path.join(root, name)).st_blocks * 512
            except OSError:
                continue
    return size > MAX_DISK

"""What a submission holds by open descriptors alone: deleted files, and what lies in sockets and pipes.

No folder shows such a file, and no limit on a process's memory counts a socket's buffer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass

LARGEST_BUFFER = "/proc/sys/net/core/wmem_max"
SOCKET_BYTES = 416 << 10
"""What a socket may hold where that file does not say it: in and out, with the kernel's own share."""
MOST_SOCKET_BYTES = 8 << 20
"""What one socket is counted for at most: on a host tuned for far networks an honest few would be too many."""
PIPE_BYTES = 1 << 20
"""The largest pipe that an ordinary user can ask for."""


@dataclass(frozen=True)
class Held:
    """Bytes that processes hold by descriptors."""

    disk: int
    """In files that are in no folder any more."""
    memory: int
    """At most, in sockets and pipes."""


def held_by(pids: Iterable[int]) -> Held:
    """Return what processes hold, each file and socket once; nothing of those that may not be looked into."""
    disk: dict[tuple[int, int], int] = {}
    memory: dict[tuple[int, int], int] = {}
    largest = _socket_bytes()
    for pid in pids:
        try:
            names = os.listdir(f"/proc/{pid}/fd")
        except OSError:  # gone, or another user's where we are not root
            continue
        for name in names:
            try:
                status = os.stat(f"/proc/{pid}/fd/{name}")
            except OSError:
                continue
            key = status.st_dev, status.st_ino
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                disk[key] = status.st_blocks * 512
            elif stat.S_ISSOCK(status.st_mode):
                memory[key] = largest
            elif stat.S_ISFIFO(status.st_mode):
                memory[key] = PIPE_BYTES
    return Held(sum(disk.values()), sum(memory.values()))


def _socket_bytes() -> int:
    """Return what a socket may hold if its owner asks for the largest buffer; the kernel doubles that."""
    try:
        with open(LARGEST_BUFFER) as file:
            return min(max(SOCKET_BYTES, 2 * int(file.read())), MOST_SOCKET_BYTES)
    except (OSError, ValueError):
        return SOCKET_BYTES

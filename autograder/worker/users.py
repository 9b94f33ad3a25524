"""A user for each worker: numbers that nobody else on this machine has."""

from __future__ import annotations

from pathlib import Path

FIRST_USER = 0x6000_0000
"""Users of workers are numbered from here, by process, so that no two workers share one."""
LAST_USER = FIRST_USER + (1 << 22)


def user_for(pid: int) -> int:
    return FIRST_USER + pid


def killer_of(user: int) -> int:
    """Return the user that no process belongs to but the one that ends `user`'s; see `processes`."""
    return user - 0x1000_0000


def users_to_spare() -> bool:
    """Whether the numbers that workers get are users here: a rootless container maps only a few."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [tuple(map(int, line.split())) for line in lines]
    return any(
        first <= killer_of(FIRST_USER) and first + count >= LAST_USER for first, _, count in ranges
    )

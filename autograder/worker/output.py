"""What a submission prints: counted, so that a `print` without end is named as such, and kept nowhere."""

from __future__ import annotations

import io
import os
import sys

_left = _allowed = 0
"""Characters that may still be printed, and how many each cell and each test case begins with."""


class OutputLimit(RuntimeError):
    """More was printed than the limit allows."""


class CountedOutput(io.TextIOWrapper):
    """A text stream to the null device that raises `OutputLimit` when too much is written."""

    def write(self, text: str) -> int:
        global _left
        _left -= len(text)
        if _left < 0:
            raise OutputLimit(
                f"more than {_allowed >> 10} KB were printed. Is there a `print` in a loop that never ends?"
            )
        return super().write(text)


def silence(output_kb: int) -> None:
    """Nothing of what a submission prints is kept, so it can fill no disk and no pipe."""
    global _allowed
    _allowed = output_kb << 10
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    if null > 2:
        os.close(null)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (
        CountedOutput(open(fd, "wb", closefd=False), write_through=True)  # noqa: SIM115
        for fd in (1, 2)
    )
    count_anew()


def count_anew() -> None:
    """Begin with nothing printed."""
    global _left
    _left = _allowed

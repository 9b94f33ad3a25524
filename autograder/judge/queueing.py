"""How long a question's processes waited for a processor: time that is no fault of the answer.

On a busy machine, or in a container with half a processor, ten seconds by the clock may be two for an answer.
"""

from __future__ import annotations

from pathlib import Path

NANOSECONDS = 1e9


class Queueing:
    """The time that this thread, from now on, and another process, from its beginning, waited in the kernel's queue."""

    def __init__(self, pid: int, at_most: float) -> None:
        """Look at process `pid`, whoever that is, for no more than `at_most` seconds."""
        self._pid, self._at_most = pid, at_most
        self._before = _waited("thread-self")

    def seconds(self) -> float:
        """Return how long that is until now; 0 on a system that does not count it."""
        waited = _waited("thread-self") - self._before + _waited(str(self._pid))
        return min(max(waited, 0.0), self._at_most)


def _waited(process: str) -> float:
    """Return the second number of `/proc/…/schedstat` (Linux, Documentation/scheduler/sched-stats), in seconds."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / NANOSECONDS
    except (OSError, ValueError, IndexError):
        return 0.0

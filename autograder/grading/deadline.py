"""A clock outside of what it watches: a library that hangs over a submission can stop everything else in its process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SPARE_SECONDS = 60.0
"""Beyond `limits.submission_seconds`, in case a library hangs over what a student sent."""


@contextmanager
def deadline(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """Call `end`, in a thread of its own, if what is done meanwhile takes longer."""
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

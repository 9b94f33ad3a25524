"""Python's search for garbage, which rests while modules are imported.

What they make stays for good, some 500,000 objects with torch: to look through them again and again takes a fifth of the
time of importing them, and later on as long for a submission as thirty requests.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def resting() -> Iterator[None]:
    """Search for no garbage meanwhile."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def keep() -> None:
    """Take it that what is here now stays: later searches, also in forks of this process, leave it alone."""
    gc.freeze()

"""How long things may take, and what is said of what took longer."""

from __future__ import annotations

LIMIT = 20.0
"""Seconds that a cell may take, and a test: as in the notebook."""
GRACE = 10.0
"""Seconds more, before a process is ended from outside."""
CRASHED = "your code ended Python: exit(), a crash inside a library, or more memory than there is"
TOO_LONG = "stopped: it took too long. Is there a loop that never ends?"


def seconds_for(tests: str) -> float:
    """Return how many seconds the tests of a file may take at most."""
    return LIMIT * max(1, tests.count("@test_case("))

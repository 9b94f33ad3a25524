"""The worker's end of the mirror: holds what it has until the judge forgets it."""

from __future__ import annotations

from autograder.border.mirror import Mirror


class WorkerMirror(Mirror):
    """Keeps every twin alive: only the judge knows what its test still holds."""

    mine, theirs = "w", "j"

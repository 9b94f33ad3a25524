"""When a file was saved last."""

from __future__ import annotations

from pathlib import Path


def saved_at(path: Path) -> int | None:
    """Return a number that changes whenever the file at `path` is saved; `None` while it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None

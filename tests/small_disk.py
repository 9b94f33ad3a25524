"""A disk of a few hundred kilobytes, for what happens when there is no more room."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PAGE = 4096
"""Bytes by which room is taken there."""


@contextmanager
def small_disk_at(path: Path, size: int) -> Iterator[Path]:
    """Mount a disk of `size` bytes at `path`, a new folder; skip the test where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "tmpfs", str(path)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)


def make_room(disk: Path) -> None:
    """Make it a disk of 64 MB, with all that it holds."""
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room at all on a disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(PAGE))
    return filler


def room_for(files: list[Path]) -> int:
    """Return how many bytes of a small disk files take."""
    return sum(-(-path.stat().st_size // PAGE) * PAGE for path in files)

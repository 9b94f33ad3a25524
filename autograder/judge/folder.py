"""The folder that a submission lives in: made, seen whether it was written to, and removed, however it is built."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from autograder.judge.owned import owned_folder, sweep
from autograder.judge.removal import remove_folder
from autograder.judge.warm_parents import usable_layers
from autograder.worker.openable import reachable

MAX_ENTRIES = 5_000
"""More than a submission may have (see `worker/watch`); looking at them is our own time."""
SHARED_PLACES = ("/tmp", "/var/tmp")

Contents = frozenset[tuple[str, int, int]]


def _place() -> str | None:
    """Return where submissions live: the temporary folder, if a worker's own user can get there."""
    if "user" not in usable_layers() or reachable(Path(tempfile.gettempdir()).resolve()):
        return None
    return next((place for place in SHARED_PLACES if reachable(Path(place))), None)


def folder_of_folders() -> AbstractContextManager[Path]:
    """A folder for the folders of submissions, removed with all that is left of them."""
    # Others may pass, to a folder whose name they know.
    return owned_folder("class-", _place(), mode=0o711)


def sweep_dead() -> int:
    """Remove what runs that were killed left in temporary folders; return how many folders that were."""
    places = (tempfile.gettempdir(), _place() or tempfile.gettempdir())
    return sweep(tuple(Path(place) for place in places))


@contextmanager
def submission_folder(files: Path | None, hidden: Sequence[str] = ()) -> Iterator[Path]:
    """A folder for one submission, with the assignment's data in it, removed afterwards.

    Args:
        files: where the data lies.
        hidden: what of it a submission does not get.
    """
    folder = Path(tempfile.mkdtemp(prefix="submission-", dir=_place()))
    try:
        if files is not None and files.is_dir():
            shutil.copytree(
                files,
                folder,
                dirs_exist_ok=True,
                ignore=lambda below, names: hidden if Path(below) == files else (),
            )
        yield folder
    finally:
        remove_folder(folder)


def contents(folder: Path) -> Contents | None:
    """Return what is in `folder`, in a form that differs once anything in it was written, made or removed.

    The kernel sets the time that is looked at, and lets nobody else set it. `None`: it cannot be seen.
    """
    found: set[tuple[str, int, int]] = set()
    waiting = [os.fspath(folder)]
    try:
        while waiting and len(found) <= MAX_ENTRIES:
            for entry in os.scandir(waiting.pop()):
                status = entry.stat(follow_symlinks=False)
                found.add((entry.path, status.st_ino, status.st_ctime_ns))
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(entry.path)
    except OSError:
        return None
    return None if waiting else frozenset(found)

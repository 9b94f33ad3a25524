"""Temporary folders that say whose they are, so that those of a run that was killed can be swept away."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.judge.removal import OPEN_FOLDER, remove_folder

MARK = ".of-this-kit"
"""Lies in each of our folders. Whoever made one holds a lock on it as long as they live."""
PREFIXES = ("judge-", "class-", "submissions-")


@contextmanager
def owned_folder(prefix: str, place: str | None = None, mode: int = 0o700) -> Iterator[Path]:
    """A folder of this process, removed at the end; where the process is killed, by a later `sweep`.

    Args:
        prefix: one of `PREFIXES`.
        place: the folder that it lies in; `None` for the system's temporary one.
        mode: who else may pass.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    lock = os.open(folder, OPEN_FOLDER)
    try:
        with suppress(OSError):  # a file system without locks: then nothing is marked, or swept
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Only what is locked is marked: a folder in the making is nobody's prey.
            (folder / MARK).touch(mode=0o600)
        folder.chmod(mode)
        yield folder
    finally:
        remove_folder(folder)
        os.close(lock)


def sweep(places: Iterable[Path]) -> int:
    """Remove the folders in `places` that this user's dead processes left; return how many there were.

    The kernel gives up a lock with the last process that holds it, so a number that was given to another
    process since misleads nobody. What has no mark of ours is left alone.
    """
    swept = 0
    for place in set(places):
        for prefix in PREFIXES:
            swept += sum(_swept(folder) for folder in place.glob(f"{prefix}*"))
    return swept


def _swept(folder: Path) -> bool:
    try:
        lock = os.open(folder, OPEN_FOLDER)  # no link is followed
    except OSError:
        return False
    try:
        if os.fstat(lock).st_uid != os.geteuid():
            return False
        os.stat(MARK, dir_fd=lock, follow_symlinks=False)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove_folder(folder)
    except OSError:
        return False
    finally:
        os.close(lock)
    return not folder.exists()

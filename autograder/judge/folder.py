"""The folder that a submission lives in: made, seen whether it was written to, and removed, however it is built."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.judge.warm_parents import usable_layers
from autograder.worker.openable import reachable

MAX_ENTRIES = 5_000
"""More than a submission may have (see `worker/watch`); looking at them is our own time."""
SHARED_PLACES = ("/tmp", "/var/tmp")
OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)

Contents = frozenset[tuple[str, int, int]]


def _place() -> str | None:
    """Return where submissions live: the temporary folder, if a worker's own user can get there."""
    if "user" not in usable_layers() or reachable(Path(tempfile.gettempdir()).resolve()):
        return None
    return next((place for place in SHARED_PLACES if reachable(Path(place))), None)


@contextmanager
def folder_of_folders() -> Iterator[Path]:
    """A folder for the folders of submissions, removed with all that is left of them."""
    folder = Path(tempfile.mkdtemp(prefix="class-", dir=_place()))
    try:
        folder.chmod(0o711)  # others may pass, to a folder whose name they know
        yield folder
    finally:
        remove_folder(folder)


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


def remove_folder(folder: Path) -> None:
    """Remove `folder` and all in it: also folders too deep to be named, or that may not be read.

    Every folder inside is first moved to the top, so that no path is ever long and nothing recurses.
    Nothing of the submission runs any more.
    """
    try:
        top = os.open(folder, OPEN_FOLDER)
    except OSError:
        return
    try:
        while names := os.listdir(top):
            if not sum([_remove_entry(top, name) for name in names]):
                break  # nothing gives way
    finally:
        os.close(top)
    with suppress(OSError):
        folder.rmdir()


def _remove_entry(top: int, name: str) -> bool:
    """Remove a file, or empty a folder into `top` and remove it; say whether it is gone."""
    try:
        if not stat.S_ISDIR(os.lstat(name, dir_fd=top).st_mode):
            os.unlink(name, dir_fd=top)
            return True
        _open_up(top, name)
        inner = os.open(name, OPEN_FOLDER, dir_fd=top)
        try:
            for child in os.listdir(inner):
                _move_up(inner, child, top)
        finally:
            os.close(inner)
        os.rmdir(name, dir_fd=top)
    except OSError:
        return False
    return True


def _move_up(inner: int, child: str, top: int) -> None:
    if stat.S_ISDIR(os.lstat(child, dir_fd=inner).st_mode):
        _open_up(inner, child)  # a folder that moves is written to: its `..` changes
        os.rename(child, secrets.token_hex(8), src_dir_fd=inner, dst_dir_fd=top)
    else:
        os.unlink(child, dir_fd=inner)


def _open_up(parent: int, name: str) -> None:
    """Give ourselves all rights on a folder (which is no link: that was seen)."""
    with suppress(OSError):
        os.chmod(name, stat.S_IRWXU, dir_fd=parent)

"""Removing a folder in which a stranger's code wrote, however it is built."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


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

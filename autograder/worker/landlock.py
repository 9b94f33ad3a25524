"""Landlock: which files a process may read and write, and whom it may signal.

Linux 5.13 and later, for every user, also inside a default container. The system calls and the bits are
those of `linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from enum import Flag, auto
from functools import cache
from pathlib import Path
from typing import NamedTuple

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
GET_VERSION = 1
PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38


class Place(Flag):
    """Where a worker has a right."""

    NOWHERE = 0
    OWN = auto()
    """In its own folder."""
    READABLE = auto()
    """In the folders of the system and of Python, and on single files there."""
    DEVICES = auto()


NOWHERE, OWN, READABLE, DEVICES = Place.NOWHERE, Place.OWN, Place.READABLE, Place.DEVICES
EVERYWHERE = OWN | READABLE | DEVICES


class Right(NamedTuple):
    """Something that can be done with a file or a folder."""

    name: str
    """As in `linux/landlock.h`, without its beginning."""
    where: Place
    why: str
    of_files: bool = False
    """Whether a single file can have it: the kernel refuses the others."""
    since: int = 1
    """The version of Landlock that brought it; an older one does not ask."""


RIGHTS = (
    Right("EXECUTE", OWN | READABLE, "libraries are loaded, and notebooks run programs", True),
    Right("WRITE_FILE", OWN | DEVICES, "notebooks write their own files only", True),
    Right("READ_FILE", EVERYWHERE, "packages, data and /dev/null are read", True),
    Right("READ_DIR", OWN | READABLE, "imports list folders"),
    Right("REMOVE_DIR", OWN, "temporary folders go again"),
    Right("REMOVE_FILE", OWN, "temporary files go again"),
    Right("MAKE_CHAR", NOWHERE, "a device reaches past all that guards files"),
    Right("MAKE_DIR", OWN, "notebooks make folders for what they save"),
    Right("MAKE_REG", OWN, "notebooks save files"),
    Right("MAKE_SOCK", NOWHERE, "nobody is to be talked to"),
    Right("MAKE_FIFO", OWN, "harmless, and worker processes of libraries may use one"),
    Right("MAKE_BLOCK", NOWHERE, "a device reaches past all that guards files"),
    Right("MAKE_SYM", OWN, "libraries link the newest of several files"),
    Right("REFER", OWN, "files are moved from one of its folders to another", since=2),
    Right("TRUNCATE", OWN | DEVICES, "a file is written anew", True, since=3),
    Right("IOCTL_DEV", NOWHERE, "no device needs to be steered", True, since=5),
)
"""Every right that Landlock knows, in the order of its bits: what stands here is asked for, and what a place
does not name is refused there."""


class Scope(NamedTuple):
    """A kind of other processes' things that a worker does not reach."""

    name: str
    """As in `linux/landlock.h`, without its beginning."""
    why: str


SCOPES = (
    Scope("ABSTRACT_UNIX_SOCKET", "services of the machine listen there, outside all folders"),
    Scope("SIGNAL", "no process outside is to be stopped or ended"),
)
"""In the order of their bits."""
SCOPES_SINCE = 6
"""The version that brought them."""


@cache
def bits(place: Place, offered: int, *, of_file: bool = False) -> int:
    """Return the rights at a place, as far as a version of Landlock knows them."""
    return sum(
        1 << bit
        for bit, right in enumerate(RIGHTS)
        if place & right.where and right.since <= offered and (right.of_files or not of_file)
    )


def asked(offered: int) -> int:
    """Return all rights that a version of Landlock knows: what is not allowed of them is refused."""
    return sum(1 << bit for bit, right in enumerate(RIGHTS) if right.since <= offered)


class RulesetAttributes(ctypes.Structure):
    _fields_ = [
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


class Paths(NamedTuple):
    """The only files that a worker can open."""

    own: Path
    """The folder that it lives in."""
    readable: tuple[Path, ...]
    devices: tuple[Path, ...]


def _syscall(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return int(libc.syscall(ctypes.c_long(number), *arguments))


def version() -> int:
    """Return the version of Landlock that the kernel offers, 0 if none."""
    if sys.platform != "linux":
        return 0
    return max(0, _syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(GET_VERSION)))


def restrict(paths: Paths | None) -> None:
    """Confine this process and its children to `paths` (`None`: files as before), for good.

    They also can no longer signal a process outside, where the kernel knows how to forbid it.

    Raises:
        OSError: the kernel refused, or there is no way to its own folder.
    """
    offered = version()
    rights = 0 if paths is None else asked(offered)
    scoped = (1 << len(SCOPES)) - 1 if offered >= SCOPES_SINCE else 0
    if not rights and not scoped:
        return
    attributes = RulesetAttributes(rights, 0, scoped)
    size = ctypes.sizeof(attributes) if scoped else 8
    ruleset = _checked(
        _syscall(
            CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0)
        )
    )
    try:
        if paths is not None:
            os.close(os.open(paths.own, os.O_PATH | os.O_CLOEXEC))
            _allow(ruleset, (paths.own,), OWN, offered)
            _allow(ruleset, paths.readable, READABLE, offered)
            _allow(ruleset, paths.devices, DEVICES, offered)
        ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _checked(_syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, paths: Iterable[Path], place: Place, offered: int) -> None:
    for path in paths:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what is not there need not be allowed
        try:
            rule = PathBeneath(bits(place, offered, of_file=not path.is_dir()), fd)
            _checked(
                _syscall(
                    ADD_RULE,
                    ctypes.c_int(ruleset),
                    ctypes.c_int(PATH_BENEATH),
                    ctypes.byref(rule),
                    ctypes.c_uint32(0),
                )
            )
        finally:
            os.close(fd)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"landlock: {os.strerror(code)}")
    return result

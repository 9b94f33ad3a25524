"""Landlock: which files a process may read and write, and whom it may signal.

Linux 5.13 and later, for every user, also inside a default container. The system calls and the bits are
those of `linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
GET_VERSION = 1
PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << n for n in range(4))
REMOVE, MAKE = (1 << 4 | 1 << 5), sum(1 << n for n in range(6, 13))
REFER, TRUNCATE, IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
SCOPE_ABSTRACT_SOCKETS, SCOPE_SIGNALS = 1, 2
READ = EXECUTE | READ_FILE | READ_DIR
SINCE = ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEVICE))
"""Rights that came with later versions."""
SCOPES_SINCE = 6


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


@dataclass(frozen=True)
class Paths:
    """The only files that a worker can open."""

    own: Path
    """The folder that it lives in."""
    readable: tuple[Path, ...]
    writable: tuple[Path, ...]


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
    rights = 0
    if paths is not None:
        rights = READ | WRITE_FILE | REMOVE | MAKE
        rights |= sum(right for since, right in SINCE if offered >= since)
    scoped = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS if offered >= SCOPES_SINCE else 0
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
            _allow(ruleset, [paths.own], rights)
            _allow(ruleset, paths.readable, READ)
            _allow(ruleset, paths.writable, rights)
        ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _checked(_syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, paths: Iterable[Path], rights: int) -> None:
    for path in paths:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what is not there need not be allowed
        try:
            # Rights on folders are refused for a file.
            allowed = (
                rights if path.is_dir() else rights & (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE)
            )
            rule = PathBeneath(allowed, fd)
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

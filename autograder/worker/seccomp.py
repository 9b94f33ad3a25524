"""A seccomp filter: system calls that a submission has no use for.

No sockets (so no network and no service of the machine; pairs of connected sockets remain), no look into
other processes, no namespaces, no kernel objects that outlive it, nothing that administers the machine.
A forbidden call fails with EPERM. The program is classic BPF over `struct seccomp_data`; see
`linux/seccomp.h` and `linux/filter.h`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

from autograder.worker.syscalls import (
    ABSENT,
    CLONE,
    CLONE3,
    FORBIDDEN,
    PRCTL,
    PRETENDED,
    PRLIMIT,
    SIGNALS,
)

PR_SET_SECCOMP, SECCOMP_MODE_FILTER, PR_SET_NO_NEW_PRIVS = 22, 2, 38
PR_SET_DUMPABLE = 4
LOAD_WORD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_IF_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
ALLOW, FAIL, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NEW_NAMESPACES = 0x7E020000
"""Flags of `clone` that make namespaces."""

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000
"""From here on, x86-64 numbers mean the x32 interface, which would step around the list."""


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def available() -> bool:
    return sys.platform == "linux" and platform.machine() in ARCHITECTURES


def forbid(*, signals: bool) -> None:
    """Put the filter on this process and its children, for good; also against `signals` of any kind.

    Raises:
        OSError: the kernel refused.
    """
    code = assemble(platform.machine(), signals=signals)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def assemble(machine: str, *, signals: bool) -> bytes:
    """Return the filter for a machine as bytes of `struct sock_filter`."""
    refused = FAIL | errno.EPERM
    lines = [
        (LOAD_WORD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD_WORD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        lines += [(JUMP_AT_LEAST, 0, 1, X32), (RETURN, 0, 0, refused)]
    forbidden = (*FORBIDDEN, *(SIGNALS if signals else ()))
    for calls, answer in ((forbidden, refused), (PRETENDED, FAIL)):
        for call in calls:
            if call.number(machine) != ABSENT:
                lines += [(JUMP_EQUAL, 0, 1, call.number(machine)), (RETURN, 0, 0, answer)]
    # clone3 takes its flags in memory, where a filter cannot look; libc falls back to clone.
    lines += [(JUMP_EQUAL, 0, 1, CLONE3.number(machine)), (RETURN, 0, 0, FAIL | errno.ENOSYS)]
    lines += _when(CLONE.number(machine), (JUMP_IF_SET, 0, 1, NEW_NAMESPACES), refused)
    # Another process's limits: 0 means one's own.
    lines += _when(PRLIMIT.number(machine), (JUMP_EQUAL, 1, 0, 0), refused)
    # A process that cannot be looked into has not left the program it was forked from: see `watch`.
    lines += _when(PRCTL.number(machine), (JUMP_EQUAL, 0, 1, PR_SET_DUMPABLE), refused)
    lines += [(RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


def _when(
    number: int, test: tuple[int, int, int, int], answer: int
) -> list[tuple[int, int, int, int]]:
    """Return the lines that give `answer` to call `number` if `test` of its first argument leads on."""
    return [
        (JUMP_EQUAL, 0, 4, number),
        (LOAD_WORD, 0, 0, FIRST_ARGUMENT),
        test,
        (RETURN, 0, 0, answer),
        (RETURN, 0, 0, ALLOW),
    ]

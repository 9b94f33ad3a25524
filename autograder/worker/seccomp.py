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
ABSENT = -1

# Numbers on x86-64 and on aarch64.
Calls = dict[str, tuple[int, int]]
FORBIDDEN: Calls = {
    "socket": (41, 198),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "sethostname": (170, 161),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "personality": (135, 92),
    # Landlock does not cover the watching of files.
    "fanotify_init": (300, 262),
    "inotify_add_watch": (254, 27),
    # Memory that no limit counts, and objects that stay when their maker is gone.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
}

# Landlock does not cover these on files that cannot be opened, nor anything these do to other processes of
# the same user; `setsid` and `setpgid` would lead out of the group that is killed in the end. What honest
# code wants of them does not matter here, so they do nothing and say that all went well.
PRETENDED: Calls = {
    "chmod": (90, ABSENT),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, ABSENT),
    "lchown": (94, ABSENT),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, ABSENT),
    "utimes": (235, ABSENT),
    "futimesat": (261, ABSENT),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "setsid": (112, 157),
    "setpgid": (109, 154),
}

SIGNALS: Calls = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}
"""Forbidden only where nothing better keeps signals from other processes."""

CLONE, CLONE3 = (56, 220), (435, 435)
PRLIMIT, PRCTL = (302, 261), (157, 167)


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
    column = list(ARCHITECTURES).index(machine)
    refused = FAIL | errno.EPERM
    lines = [
        (LOAD_WORD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD_WORD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        lines += [(JUMP_AT_LEAST, 0, 1, X32), (RETURN, 0, 0, refused)]
    forbidden = {**FORBIDDEN, **(SIGNALS if signals else {})}
    for calls, answer in ((forbidden, refused), (PRETENDED, FAIL)):
        for numbers in calls.values():
            if numbers[column] != ABSENT:
                lines += [(JUMP_EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, answer)]
    # clone3 takes its flags in memory, where a filter cannot look; libc falls back to clone.
    lines += [(JUMP_EQUAL, 0, 1, CLONE3[column]), (RETURN, 0, 0, FAIL | errno.ENOSYS)]
    lines += _when(CLONE[column], (JUMP_IF_SET, 0, 1, NEW_NAMESPACES), refused)
    # Another process's limits: 0 means one's own.
    lines += _when(PRLIMIT[column], (JUMP_EQUAL, 1, 0, 0), refused)
    # A process that cannot be looked into has not left the program it was forked from: see `watch`.
    lines += _when(PRCTL[column], (JUMP_EQUAL, 0, 1, PR_SET_DUMPABLE), refused)
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

"""What a submission's process may not do. The one place where it is said.

Called in the child after the fork and before the first line of the student's code.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from dataclasses import dataclass

MEBIBYTE = 1 << 20
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Bounds:
    """The limits of one submission, as the judge sends them."""

    memory_mb: int
    output_kb: int
    processes: int


def confine(bounds: Bounds, folder: str) -> None:
    """Confine this process to its limits and to its own folder."""
    os.setsid()
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, max(bounds.output_kb << 10, 16 * MEBIBYTE))
    limit(resource.RLIMIT_AS, address_space() + bounds.memory_mb * MEBIBYTE)
    os.chdir(folder)
    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "TORCH_HOME"):
        os.environ[name] = folder


def limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def address_space() -> int:
    """Return the size of this process's address space in bytes (0 where /proc is missing)."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0

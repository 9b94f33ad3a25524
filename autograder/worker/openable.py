"""The files that a worker can open besides its own folder, each with the reason why."""

from __future__ import annotations

import site
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

from autograder.worker.landlock import Paths


class Openable(NamedTuple):
    """A file, or a folder with all that is in it."""

    path: str
    why: str


READABLE = (
    Openable("/usr", "programs and shared libraries"),
    Openable("/lib", "shared libraries"),
    Openable("/lib64", "the loader of shared libraries"),
    Openable("/bin", "programs that libraries start"),
    Openable("/sys/devices/system", "how many processors and caches there are: torch asks"),
    Openable("/proc/sys", "what the kernel is set to: Python and the C library ask"),
    # Of /proc only what says nothing of other processes: their command lines may hold names and tokens.
    Openable("/proc/cpuinfo", "which instructions the processor knows: torch asks"),
    Openable("/proc/meminfo", "how much memory there is"),
    Openable("/proc/stat", "how many processors are at work"),
    Openable("/proc/version", "which kernel this is"),
    Openable("/proc/filesystems", "which file systems there are"),
    Openable("/proc/self", "what the process may know of itself"),
    # Of /etc neither passwd nor group: who else uses this machine is nobody's business.
    Openable("/etc/ld.so.cache", "where the shared libraries are"),
    Openable("/etc/localtime", "what time it is here"),
    Openable("/etc/nsswitch.conf", "where the C library looks names up"),
    Openable("/etc/alternatives", "which of several libraries is meant, such as a BLAS"),
    Openable("/etc/fonts", "plots have letters"),
)
"""These can be read, and programs in them run. So can the folders of Python and its packages."""

DEVICES = (
    Openable("/dev/null", "takes whatever is not wanted"),
    Openable("/dev/zero", "gives zeros"),
    Openable("/dev/full", "takes nothing, for whoever tries that"),
    Openable("/dev/random", "gives random bytes"),
    Openable("/dev/urandom", "gives random bytes"),
)
"""These can be read and written."""


def allowed_paths(own: Path) -> Paths:
    """Return all that a worker can open whose own folder is `own`."""
    readable = (*(Path(one.path) for one in READABLE), *needed_folders())
    return Paths(own, readable, tuple(Path(one.path) for one in DEVICES))


def needed_folders() -> list[Path]:
    """Return the folders without which Python and its packages do not work."""
    paths = {sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *site.getsitepackages()}
    paths.add(str(Path(__file__).resolve().parents[1]))
    return sorted({Path(path).resolve() for path in paths if Path(path).exists()})


def reachable(path: Path) -> bool:
    """Whether a user without rights could enter `path`: every folder on the way lets others pass."""
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])

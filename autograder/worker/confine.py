"""Confining a submission's process: the layers (see `layers`) in their order, and what goes with them.

Called in the child after the fork and before the first line of the student's code.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

from autograder.border.requests import Start
from autograder.worker import capabilities, landlock, seccomp
from autograder.worker.openable import allowed_paths
from autograder.worker.users import user_for

MEBIBYTE = 1 << 20
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 47, 4
LAST_CAPABILITY = 63
OWN_SOCKET = 3
"""The only descriptor that a worker has besides the standard ones."""
LARGEST_FILE = 64 * MEBIBYTE
OPEN_FILES = 256
ANYBODY = "student"
"""The name of the worker's user and, where it can be changed, of its machine."""
CLONE_NEWUTS = 0x0400_0000


def confine(start: Start) -> None:
    """Confine this process to its limits and to its own folder, in all the layers named.

    Raises:
        OSError: a layer that this system seemed to have was refused.
    """
    folder, layers = start.folder, start.layers
    os.setsid()
    os.umask(0o077)
    os.chdir(folder)
    _clean_environment(folder)
    _be_first_to_go()
    _limit(start, alone="user" in layers)
    if os.geteuid() == 0:
        user = user_for(os.getpid()) if "user" in layers else 0
        if user:
            os.chown(folder, user, user)
            for root, folders, files in os.walk(folder):
                for name in (*folders, *files):
                    os.chown(os.path.join(root, name), user, user, follow_symlinks=False)
        _rename_machine()
        drop_privileges(user)
    hide_memory()
    # After the change of user, which clears it.
    die_with_parent()
    if "files" in layers:
        landlock.restrict(allowed_paths(Path(folder)))
    elif "signals" in layers:
        landlock.restrict(None)
    if "network" in layers:
        scoped = landlock.version() >= landlock.SCOPES_SINCE
        seccomp.forbid(signals="signals" in layers and not scoped and "user" not in layers)


def _rename_machine() -> None:
    """Have this process see another name of the machine, where the system lets root do so."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if libc.unshare(CLONE_NEWUTS) == 0:
            libc.sethostname(ANYBODY.encode(), ctypes.c_size_t(len(ANYBODY)))


def close_inherited(fd: int) -> int:
    """Close every descriptor but the standard ones and `fd`; return the number that `fd` has now."""
    if fd != OWN_SOCKET:
        os.dup2(fd, OWN_SOCKET, inheritable=False)
    os.closerange(OWN_SOCKET + 1, os.sysconf("SC_OPEN_MAX"))
    return OWN_SOCKET


def hide_memory() -> None:
    """Let no other process of the same user look into this one."""
    _prctl(PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def become_subreaper() -> None:
    """Have orphans among this process's descendants come back to it; let no one look into it."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    hide_memory()


def confine_snapshot(layers: list[str]) -> None:
    """Keep the process of one question from signalling the one it was forked from."""
    die_with_parent()
    if "signals" in layers:
        landlock.restrict(None)


def drop_privileges(user: int) -> None:
    """Become `user` (0: stay root in name only) without groups and without capabilities."""
    if capabilities.SETGID not in capabilities.lacking():
        os.setgroups([])
    for capability in range(LAST_CAPABILITY + 1):
        _prctl(PR_CAPBSET_DROP, capability)
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    if user:
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
        ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)())


def _clean_environment(folder: str) -> None:
    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "TORCH_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = folder
    # There is no /etc/passwd that would know the user.
    os.environ.update(dict.fromkeys(("USER", "LOGNAME"), ANYBODY))
    # Where temporary files go was decided before the fork.
    tempfile.tempdir = folder


def _be_first_to_go() -> None:
    """If the machine runs out of memory, have the kernel end this process before the judge."""
    _prctl(PR_SET_DUMPABLE, 1)  # else the file is root's; `hide_memory` follows
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _limit(start: Start, *, alone: bool) -> None:
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    limit(resource.RLIMIT_AS, address_space() + start.memory_mb * MEBIBYTE)
    # The limit counts all processes of a user: those of others too, if the user is not the worker's own. It
    # then leaves room, so that the watch, who counts one submission's, ends a storm before all others wait.
    if hasattr(resource, "RLIMIT_NPROC"):
        threads = start.processes if alone else threads_of_user() + 2 * start.processes
        limit(resource.RLIMIT_NPROC, threads)


def limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def threads_of_user() -> int:
    """Return how many threads this process's user has."""
    count = 0
    for name in os.listdir("/proc") if Path("/proc").is_dir() else ():
        if name.isdigit():
            with contextlib.suppress(OSError):
                if os.stat(f"/proc/{name}").st_uid == os.getuid():
                    count += threads_of(int(name))
    return count


def threads_of(pid: int) -> int:
    """Return how many threads a process has, 0 if it is gone: the kernel's limit counts each."""
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0


def address_space() -> int:
    """Return the size of this process's address space in bytes (0 where /proc is missing)."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _prctl(option: int, argument: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, argument, 0, 0, 0)

"""A Python that has nothing which only Unix has, as far as students' kit can see."""

from __future__ import annotations

from autograder.authoring.wheel import NAME

LIKE_WINDOWS = f"""
import builtins, os, signal

for module, names in (
    (os, "fork forkpty killpg setsid setpgid getppid"),
    (signal, "SIGALRM SIGCHLD setitimer ITIMER_REAL pthread_sigmask set_wakeup_fd"),
):
    for name in names.split():
        delattr(module, name)
ABSENT = "fcntl grp pty pwd resource syslog termios tty".split()
real = builtins.__import__


def as_on_windows(name, globals=None, *rest, **named):
    if name in ABSENT and (globals or {{}}).get("__name__", "").startswith("{NAME}"):
        raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
    return real(name, globals, *rest, **named)


builtins.__import__ = as_on_windows
"""
"""What keeps from the kit all that only Unix has; what it stands on may go on using it."""

"""The layers that confine a worker: what each is for, what it is made of, and whether this system has it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from autograder.worker import capabilities, landlock, seccomp
from autograder.worker.openable import needed_folders, reachable
from autograder.worker.users import users_to_spare


class Layer(NamedTuple):
    """One thing that confines a worker."""

    name: str
    """As `grading.yml` names it under `confinement`."""
    keeps_from: str
    """What a submission cannot do where this layer is."""
    by: str
    """What of the kernel it is made of."""
    lacking: Callable[[], str]
    """Says why this system does not have it; an empty text if it does."""


def no_user() -> str:
    if os.geteuid() != 0:
        return "only root can change users"
    if missing := capabilities.lacking():
        return f"root has no {', '.join(missing)} here"
    if not users_to_spare():
        return "this container has no user numbers to spare"
    closed = next((path for path in needed_folders() if not reachable(path)), None)
    return f"other users cannot reach {closed}" if closed else ""


def no_files() -> str:
    return "" if landlock.version() else "the kernel has no Landlock"


def no_signals() -> str:
    scoped = landlock.version() >= landlock.SCOPES_SINCE
    return "" if scoped or seccomp.available() else "the kernel is older than 6.12"


def no_network() -> str:
    return "" if seccomp.available() else "no seccomp on this system"


def no_limits() -> str:
    return "" if sys.platform == "linux" else "memory cannot be bounded on this system"


LAYERS = (
    Layer(
        "user",
        "files and processes of all others",
        "a user id per worker, without groups and capabilities",
        no_user,
    ),
    Layer(
        "files",
        "opening anything but the interpreter, the packages and its own folder",
        "Landlock of Linux 5.13",
        no_files,
    ),
    Layer(
        "signals",
        "signalling a process outside",
        "Landlock of Linux 6.12, before that seccomp",
        no_signals,
    ),
    Layer(
        "network",
        "sockets, looking into other processes, namespaces, what outlives it, administration",
        "seccomp",
        no_network,
    ),
    Layer(
        "limits",
        "memory, disk, processes and time beyond the limits of grading.yml",
        "rlimits, and a watch over the whole submission",
        no_limits,
    ),
)
"""In the order in which they are put on."""


def available() -> dict[str, str]:
    """Return, for each layer, why this system does not have it; an empty string if it does."""
    return {layer.name: layer.lacking() for layer in LAYERS}

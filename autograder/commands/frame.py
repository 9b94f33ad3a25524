"""What all commands have in common: how they open the course's folder and how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from autograder.commands.console import tell
from autograder.course.settings import FILE, Settings, find_kit_root, load_settings
from autograder.errors import KitError

WRONG = 1
BAD_USAGE = 2
STOPPED = 130
"""What a shell expects of a command that Ctrl-C ended."""
JOBS = click.IntRange(1)


def told_in_one_sentence(command: Callable[..., None]) -> Callable[..., None]:
    """End a command that meets a `KitError` with its sentence and exit status 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KitError as error:
            tell(Console(stderr=True, highlight=False, soft_wrap=True), error)
            sys.exit(BAD_USAGE)

    return wrapped


def open_kit() -> tuple[Path, Settings]:
    root = find_kit_root(Path.cwd())
    return root, load_settings(root / FILE)

"""What all commands have in common: how they open the course's folder and how they end."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

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
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def told_in_one_sentence(command: Callable[..., None]) -> Callable[..., None]:
    """End a command that meets a `KitError`, or a full disk, with a sentence and exit status 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KitError as error:
            _end(error)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            _end(_no_room(error))

    return wrapped


def _no_room(error: OSError) -> KitError:
    """Return what to say of a disk that is full: of the temporary folder, say, or where the output goes."""
    what = error.filename or "Something, perhaps what is printed here,"
    return KitError(
        f"{what} cannot be written ({error.strerror}); make room for it and in the temporary folder "
        f"({tempfile.gettempdir()}), then the same command goes on."
    )


def _end(error: KitError) -> NoReturn:
    with suppress(OSError):  # told where there is no room either
        tell(Console(stderr=True, highlight=False, soft_wrap=True), error)
    try:
        sys.stdout.flush()
    except OSError:  # what is left of it would be told of as a traceback at the very end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(BAD_USAGE)


def open_kit() -> tuple[Path, Settings]:
    root = find_kit_root(Path.cwd())
    return root, load_settings(root / FILE)

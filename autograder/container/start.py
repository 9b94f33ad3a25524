"""The order of things: a clean interpreter, torch, a fork for students' code, and only then anything secret.

Torch is imported once. The process that imports it forks the warm parent, from which workers come, and then
becomes the judge. What a fork has, students' code may find in its memory; so up to the fork this process has
read nothing but its command line, and its environment is the one that warm parents get everywhere.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.border.collector import resting
from autograder.container.command import grading_command
from autograder.worker.fresh import FOLDER, fresh_environment

ROOT = Path("/autograder")
FAILED = 1
BAD_SETTINGS = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Grade one submission; return 0 if its results are written, however good or bad they are."""
    arguments = _parser().parse_args(argv)
    if not arguments.clean:
        _begin_anew(arguments)
    from autograder.container.forked import ForkedWarmParent  # this imports torch
    from autograder.worker.confine import die_with_parent

    die_with_parent()
    forked = ForkedWarmParent(arguments.modules)
    # Not before: what these import is the judge's, and what they read is secret.
    with resting():
        from autograder.container.places import Places
        from autograder.container.runner import run
        from autograder.errors import KitError

    places = Places(arguments.source, arguments.submission, arguments.results)
    try:
        with places.closed(), forked:
            return 0 if run(places, forked.connect(), arguments.told) else FAILED
    except KitError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_SETTINGS
    except OSError as error:
        print(f"error: the system refuses what grading needs: {error}", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m autograder.container", description=main.__doc__)
    parser.add_argument(
        "modules",
        nargs="*",
        metavar="MODULE",
        help="what the notebook imports, to be imported once for judge and students' code",
    )
    for name, what in (
        ("source", "the unpacked autograder zip"),
        ("submission", "the folder of what was handed in"),
        ("results", "where results.json and results.pkl go"),
    ):
        parser.add_argument(f"--{name}", type=Path, default=ROOT / name, help=what)
    parser.add_argument("--told", type=Path, help="a file for what Otter is told, as JSON")
    parser.add_argument("--clean", action="store_true", help=argparse.SUPPRESS)
    return parser


def _begin_anew(arguments: argparse.Namespace) -> None:
    """Become a fresh interpreter: a variable that is only deleted still stands in a process's memory."""
    command = grading_command(
        arguments.source, arguments.submission, arguments.results, arguments.told, arguments.modules
    )
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(FOLDER)
    os.execve(command[0], command, fresh_environment())

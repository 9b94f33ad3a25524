"""`kit`: what students type."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.live import Live
from rich.syntax import Syntax
from rich.text import Text

from autograder.errors import KitError
from autograder.kit.checking import Checking
from autograder.kit.engine import CAN_FORK
from autograder.kit.keyboard import keyboard
from autograder.kit.reveal import reference
from autograder.kit.screen import dashboard, show
from autograder.kit.sheet import read_sheet

WRONG, BAD_USAGE, STOPPED = 1, 2, 130
LISTEN = 0.05
"""Seconds between two looks at the file and the keys."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check your notebook as often as you like, before you hand it in."""


@main.command()
@click.argument("notebook", required=False, type=click.Path(path_type=Path))
@click.option("-q", "--question", "questions", multiple=True, help="Check only this question.")
@click.option("--watch", is_flag=True, help="Check again whenever the notebook is saved.")
@click.option("--fresh", is_flag=True, help="Start Python anew for every check, as on Windows.")
def check(notebook: Path | None, questions: tuple[str, ...], watch: bool, fresh: bool) -> None:
    """Run the public checks of NOTEBOOK, or of the one in this folder.

    The cells run from top to bottom, without the demonstrations: as they will in grading.
    """
    console = Console(highlight=False)
    fork = CAN_FORK and not fresh
    with _told_in_one_sentence():
        checking = Checking(notebook or the_notebook(Path()), questions, fork)
        try:
            if watch and console.is_terminal:
                _watch(checking, console, slow=not fork)
            else:
                _check(checking, console, again=watch)
        finally:
            checking.close()
    sys.exit(0 if checking.board.passed else WRONG)


@main.command()
@click.argument("question")
@click.argument("notebook", required=False, type=click.Path(path_type=Path))
def reveal(question: str, notebook: Path | None) -> None:
    """Show an answer to QUESTION, once you tried it, in a notebook for self-study."""
    with _told_in_one_sentence():
        path = notebook or the_notebook(Path())
        answer = reference(path, read_sheet(path), question)
        Console().print(Syntax(answer, "python", background_color="default"))


@contextlib.contextmanager
def _told_in_one_sentence() -> Iterator[None]:
    try:
        yield
    except KitError as error:
        Console(stderr=True, highlight=False).print(Text.assemble(("error: ", "red"), str(error)))
        sys.exit(BAD_USAGE)
    except KeyboardInterrupt:
        sys.exit(STOPPED)


def the_notebook(folder: Path) -> Path:
    """Return the one notebook in a folder.

    Raises:
        KitError: there is none, or more than one.
    """
    found = sorted(folder.glob("*.ipynb"))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(path.name for path in found)
        raise KitError(f"There are several notebooks here; say which: {names}.")
    raise KitError("There is no notebook here; change to its folder, or say where it is.")


def _check(checking: Checking, console: Console, again: bool) -> None:
    """Check once, or, where there is no screen to draw on, after every save."""
    while True:
        while checking.working:
            checking.listen(LISTEN)
        show(console, checking.board)
        if not again:
            return
        while not checking.look():
            checking.listen(LISTEN)


def _watch(checking: Checking, console: Console, slow: bool) -> None:
    """Show the dashboard until `q` is pressed."""
    board, size = checking.board, None
    with (
        keyboard() as pressed,
        Live(console=console, screen=True, auto_refresh=False) as live,
    ):
        while pressed().lower() != "q":
            new = checking.look()
            new = checking.listen(LISTEN) or new
            if new or console.size != size:
                size = console.size
                live.update(dashboard(board, checking.name, size, slow), refresh=True)
    show(console, board)


if __name__ == "__main__":
    main(prog_name="kit")

"""Running a notebook's cells, one after another, as IPython would."""

from __future__ import annotations

import sys
import traceback
import types
from pathlib import Path
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.border.wire import Body
from autograder.worker.output import count_anew

MAX_MESSAGE = 1000


class CellCompiler(CachingCompiler):
    """Gives the code of each cell the name `<cell N>`, which tracebacks then carry."""

    number = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {self.number}>"


class CellShell(InteractiveShell):
    """IPython without what a notebook does beside running: no history, no display, no subshells."""

    def system(self, cmd: str) -> None:
        """Ignore `!pip install …`: grading installs nothing."""

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> list[str]:
        return []

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Leave the error to whoever ran the cell."""

    showsyntaxerror = showtraceback


def make_shell(profile: Path) -> CellShell:
    """Return the shell in which the cells of one submission will run.

    It is made once, before the fork: making it takes longer than grading a question.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.ast_node_interactivity = "none"
    config.InteractiveShell.ipython_dir = str(profile)
    config.InteractiveShell.colors = "nocolor"
    shell = CellShell.instance(config=config)
    shell.compile = CellCompiler()
    shell.db = {}  # where `%cd` and others keep what they remember; it was in the teacher's home
    return shell


class NoGrader(types.ModuleType):
    """Stands in for otter in the worker: `grader.check(…)` in a notebook does nothing there."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent


class Silent:
    """Takes any call and returns nothing of interest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Accept whatever `otter.Notebook` accepts."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def replace_otter() -> None:
    for name in [name for name in sys.modules if name == "otter" or name.startswith("otter.")]:
        del sys.modules[name]
    sys.modules["otter"] = NoGrader("otter")


def run_cell(shell: CellShell, number: int, source: str) -> Body | None:
    """Run one cell; return what went wrong, or nothing."""
    count_anew()
    shell.compile.number = number  # type: ignore[attr-defined]
    result = shell.run_cell(source, store_history=False)
    error = result.error_before_exec or result.error_in_exec
    return None if error is None else said_of(error)


def said_of(error: BaseException) -> Body:
    """Say what was raised, and in which line of which cell: data only."""
    classes = [c.__qualname__[:100] for c in type(error).__mro__[:20] if c.__module__ == "builtins"]
    place: tuple[int, int] | None = None
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        place = (cell_number(str(error.filename)), error.lineno or 0)
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith("<cell "):
                place = (cell_number(frame.filename), frame.lineno or 0)
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return {
        "classes": classes,
        "message": str(message)[:MAX_MESSAGE],
        "place": place,
    }


def cell_number(filename: str) -> int:
    digits = filename.removeprefix("<cell ").removesuffix(">")
    return int(digits) if digits.isdigit() else 0

"""Running a notebook's cells, one after another, as IPython would."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import traceback
import types
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets.config import Config

from autograder.border.replies import CellRan, ErrorReport
from autograder.border.requests import RunCell
from autograder.worker.output import count_anew
from autograder.worker.plain import is_plain
from autograder.worker.tame import tame_matplotlib
from autograder.worker.wants import bound, defined, separate, wants_environment, without_annotations

MAX_MESSAGE = 1000
MAX_SKIPPED = 20
IGNORED_MAGICS = {
    "line": "pip conda mamba micromamba uv sx system clear autosave",
    "cell": "bash sh script system sx cmd shell perl ruby pypy python python2 python3",
}
"""Magics that install something, or run another program."""
CELL_MAGIC = re.compile(r"\s*%%(\w+).*\n")
KEPT_OUTPUT = re.compile(r"--(?:out|err)[\s=]+([^\W\d]\w*)")


class CellCompiler(CachingCompiler):
    """Gives the code of each cell the name `<cell N>`, which tracebacks then carry."""

    number = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {self.number}>"


class QuietDisplay(DisplayHook):
    """Keeps what a cell's last expression gives as `_` and in `Out`, and shows it to nobody."""

    def __call__(self, result: object = None) -> None:
        if result is not None:
            self.update_user_ns(result)


class CellShell(InteractiveShell):
    """IPython without what a notebook does beside running: no history, no display, no subshells."""

    displayhook_class = QuietDisplay
    skipped: list[ErrorReport]
    """Why statements of the cell at work were left out."""
    missing: set[str]
    """What statements that were left out would have bound."""
    watched: frozenset[str]
    answers: dict[str, object]
    """What the student gave as answers, whatever the names stand for by now."""

    own_transforms: list[object]
    """What makes Python of a cell, before a student's code added to it."""

    def transforms(self) -> list[object]:
        manager = self.input_transformer_manager
        steps = (manager.cleanup_transforms, manager.line_transforms, manager.token_transformers)
        return [step for part in (*steps, self.input_transformers_post) for step in part]

    def transform_cell(self, raw_cell: str) -> str:
        if is_plain(raw_cell) and self.transforms() == self.own_transforms:
            return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        transformed: str = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
        return self._without_missing_magic(raw_cell) or transformed

    def _without_missing_magic(self, raw_cell: str) -> str:
        """Return the Python below a cell magic of an extension that is not here; nothing otherwise."""
        magic = CELL_MAGIC.match(raw_cell)
        if magic is None or self.find_cell_magic(magic[1]) is not None:
            return ""
        below = self.transform_cell(raw_cell[magic.end() :])
        try:
            self.compile.ast_parse(below)
        except Exception:  # noqa: BLE001 - another language, which the magic is for
            return ""
        report = report_of(UsageError(f"Cell magic `%%{magic[1]}` not found."))
        number: int = self.compile.number  # type: ignore[attr-defined]
        self.skipped.append(replace(report, cell=number, line=1))
        return "pass\n" * magic[0].count("\n") + below  # lines keep their numbers

    def should_run_async(self, raw_cell: str, **kwargs: object) -> bool:
        if is_plain(raw_cell) and kwargs.get("transformed_cell") in (raw_cell, raw_cell + "\n"):
            return False
        return bool(super().should_run_async(raw_cell, **kwargs))

    async def run_ast_nodes(
        self,
        nodelist: list[ast.stmt],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: Any = None,
    ) -> bool:
        """Run statement after statement, also below one that fails for want of what is not here."""
        statements = [part for node in nodelist for part in separate(node)]
        for statement in statements:
            last = statement is statements[-1] and isinstance(statement, ast.Expr)
            how = "last" if last else "none"
            for part in (statement, *without_annotations(statement)):
                if not await super().run_ast_nodes([part], cell_name, how, compiler, result):
                    break
                error = result.error_in_exec if result is not None else None
                if error is None or not wants_environment(error, part, self.missing):
                    return True
                self.skipped.append(report_of(error))
                result.error_in_exec = None
            else:
                self.missing.update(bound(statement))
            for name in self.watched.intersection(defined(statement)) & self.user_ns.keys():
                self.answers[name] = self.user_ns[name]
            tame_matplotlib()
        return False

    def give_back(self, own: list[str], called: list[str]) -> None:
        """Put answers back in their places, for a question that is judged."""
        for name in own:
            if name in self.answers:
                self.user_ns[name] = self.answers[name]
        for name in called:
            if name in self.answers and not callable(self.user_ns.get(name)):
                self.user_ns[name] = self.answers[name]

    def system(self, cmd: str) -> None:
        """Ignore `!pip install …`: grading installs nothing."""

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList:
        return SList()

    def enable_gui(self, gui: str | None = None) -> None:
        """Ignore which windows a notebook would like: there is no screen."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str | None, str]:
        """Ignore `%matplotlib …`: what is drawn goes nowhere."""
        return gui, "agg"

    def ask_exit(self) -> None:
        """End what is being run, as `exit()` and `quit()` say."""
        raise SystemExit

    def showtraceback(self, *args: object, **kwargs: object) -> None:
        """Leave the error to whoever ran the cell."""

    showsyntaxerror = showtraceback


def make_shell(profile: Path) -> CellShell:
    """Return the shell in which the cells of one submission will run.

    It is made once, before the fork: making it takes longer than grading a question.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.ipython_dir = str(profile)
    config.InteractiveShell.colors = "nocolor"
    shell = CellShell.instance(config=config)
    shell.compile = CellCompiler()
    shell.skipped, shell.missing = [], set()
    shell.watched, shell.answers = frozenset(), {}
    shell.own_transforms = shell.transforms()
    for kind, names in IGNORED_MAGICS.items():
        ignore = _ignore_line if kind == "line" else partial(_ignore_cell, shell)
        for name in names.split():
            shell.register_magic_function(ignore, kind, name)  # type: ignore[arg-type]
    shell.db = {}  # where `%cd` and others keep what they remember; it was in the teacher's home
    return shell


def _ignore_line(line: str) -> None:
    """Do nothing, instead of installing something."""


def _ignore_cell(shell: CellShell, line: str, cell: str) -> None:
    """Run no other program; where its output was to have a name, it printed nothing."""
    shell.user_ns.update(dict.fromkeys(KEPT_OUTPUT.findall(line), ""))


class NoGrader(types.ModuleType):
    """Stands in for otter in the worker: `grader.check(…)` in a notebook does nothing there."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent


class Silent:
    """Takes any call and returns nothing of interest."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Accept whatever `otter.Notebook` accepts."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def replace_otter() -> None:
    for name in [name for name in sys.modules if name == "otter" or name.startswith("otter.")]:
        del sys.modules[name]
    sys.modules["otter"] = NoGrader("otter")


def run_cell(shell: CellShell, cell: RunCell) -> CellRan:
    """Run one cell; return what stopped it, if anything, and which of its statements were left out.

    The judge names the answers whose definitions are kept (`answers`), and names that are kept as they
    stand after the cell (`keep`).
    """
    count_anew()
    if "%%" in cell.source:
        importlib.invalidate_caches()  # it may write a module that the next cell imports
    shell.compile.number = cell.number  # type: ignore[attr-defined]
    shell.skipped, shell.watched = [], frozenset(cell.answers)
    shell.execution_count = cell.number
    result = shell.run_cell(cell.source, store_history=True)
    for name in cell.keep:
        if name in shell.user_ns:
            shell.answers[name] = shell.user_ns[name]
    error = result.error_before_exec or result.error_in_exec
    return CellRan(None if error is None else report_of(error), shell.skipped[:MAX_SKIPPED])


def report_of(error: BaseException) -> ErrorReport:
    """Say what was raised, and in which line of which cell."""
    classes = [c.__qualname__[:100] for c in type(error).__mro__[:20] if c.__module__ == "builtins"]
    cell = line = 0
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        cell, line = cell_number(str(error.filename)), error.lineno or 0
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith("<cell "):
                cell, line = cell_number(frame.filename), frame.lineno or 0
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return ErrorReport(classes, str(message)[:MAX_MESSAGE], cell, line)


def cell_number(filename: str) -> int:
    digits = filename.removeprefix("<cell ").removesuffix(">")
    return int(digits) if digits.isdigit() else 0

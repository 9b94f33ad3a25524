"""What a hidden test can ask of the parameter `judge`."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from autograder.border.requests import Call, Spy
from autograder.errors import did_you_mean
from autograder.intake.reading import read_cell
from autograder.judge.apart import Apart
from autograder.judge.elsewhere import where_it_lies
from autograder.judge.exceptions import BorderMisuse, UnreadableValue
from autograder.judge.session import Session

LOOPS = (
    ast.For,
    ast.While,
    ast.AsyncFor,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


class Watched(NamedTuple):
    """A call that was watched. All of it is what the student's process says."""

    value: Any
    """Its result. A call that gave another one was not the one to be watched."""
    calls: set[str]
    """The names of the torch functions that it called, under whatever name they were imported."""
    steps: int
    """How many calls of torch and lines of cells ran: without a loop, as many for a large input as for a small."""


class JudgeTools:
    """Measure there, judge here."""

    def __init__(
        self, session: Session, sources: dict[str, str], files: Path, apart: Apart | None = None
    ) -> None:
        self._session = session
        self._sources = sources
        self._files = files
        self._apart = apart
        self._kept: dict[str, Any] = {}
        self.records: dict[str, float] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        tools = [tool for tool in vars(JudgeTools) if not tool.startswith("_")]
        raise BorderMisuse(f"judge has no {name}{did_you_mean(name, tools)}")

    def probe(self, measure: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a test's function beside the student's code, with the real objects; return its data."""
        return self._session.ask(Call(measure, args, kwargs))

    def apart(self, measure: Callable[..., Any], *args: Any, seconds: int = 60) -> Any:
        """Run a test's function on data, in a confined process in which no line of the student's ever ran.

        It may take `seconds` of processor time, and costs the question none of its own.
        """
        if self._apart is None:
            raise BorderMisuse("there is no process apart here")
        started = time.monotonic()
        try:
            return self._apart.run(measure, args, seconds)
        finally:
            self._session.deadline += time.monotonic() - started

    def watch(self, function: Any, *args: Any, **kwargs: Any) -> Watched:
        """Call `function(*args)`, and return its result with what it did. Compare the result with the right one."""
        seen = self._session.ask(Spy(function, args, kwargs))
        match seen:
            case (value, set(calls), int(steps)) if all(isinstance(name, str) for name in calls):
                return Watched(value, calls, steps)
        raise UnreadableValue("It could not be seen which functions your code calls.")

    def keeps_device(self, function: Any, *args: Any) -> bool:
        """Whether the result of `function(*args)` lies where the tensors in args lie, if that is not the CPU.

        The student's word, and yes where it cannot be told. Compare the answer's numbers beside it.
        """
        return self.probe(where_it_lies, function, args) not in ("cpu", "torn")

    def loops(self, name: str) -> bool:
        """Whether the student's definition of `name` holds a Python loop or comprehension."""
        tree = read_cell(self._sources.get(name, "")).tree
        if tree is None:
            raise UnreadableValue("The cell with your answer cannot be read.")
        for node in ast.walk(tree):
            if getattr(node, "name", None) == name or _assigns(node, name):
                return any(isinstance(inner, LOOPS) for inner in ast.walk(node))
        return False

    def data(self, path: str) -> bytes:
        """Return the contents of one of the assignment's data files, read in the trusted process."""
        file = (self._files / path).resolve()
        if not file.is_relative_to(self._files.resolve()) or not file.is_file():
            raise BorderMisuse(f"the assignment has no data file {path}")
        return file.read_bytes()

    def once(self, key: str, measure: Callable[[], Any]) -> Any:
        """Return `measure()`, taken once per question: later test cases get the first one's result."""
        if key not in self._kept:
            self._kept[key] = measure()
        return self._kept[key]

    def leaderboard(self, name: str, value: float) -> None:
        """Record a figure for the leaderboard."""
        self.records[name] = float(value)


def _assigns(node: ast.AST, name: str) -> bool:
    if not isinstance(node, (ast.Assign, ast.AnnAssign)):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)

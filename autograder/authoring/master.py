"""Reading a master: its cells, its questions, and the line where each of them stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
import yaml

from autograder.errors import KitError

CELL = re.compile(r"# %%+(?:\s|$)")
MARK = re.compile(r"#\s+(BEGIN|END)\s+(QUESTION|SOLUTION|TESTS)\s*$")
HIDDEN = "# HIDDEN"


@dataclass(frozen=True)
class Cell:
    """One cell of the master."""

    kind: str
    source: str
    line: int
    """The line of the script where its source begins."""
    tags: frozenset[str]


@dataclass(frozen=True)
class TestCell:
    """One test case."""

    name: str
    hidden: bool
    function: ast.FunctionDef
    cell: Cell

    @property
    def source(self) -> str:
        """The function as it is written, without what stands above it."""
        lines = self.cell.source.split("\n")
        return "\n".join(lines[self.function.lineno - 1 :]).rstrip()

    def line(self, node: ast.stmt | ast.expr) -> int:
        """Return the line of the script where `node` of the function stands."""
        return self.cell.line + node.lineno - 1


@dataclass(frozen=True)
class Question:
    """One question."""

    name: str
    line: int
    solution: Cell
    tests: tuple[TestCell, ...]

    @property
    def is_quiz(self) -> bool:
        """Whether the answer is a value, not a function or a class."""
        body = ast.parse(self.solution.source).body
        return not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body)


@dataclass(frozen=True)
class Master:
    """A master, as a notebook and in parts."""

    path: Path
    notebook: nbformat.NotebookNode
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]
    ordinary: tuple[Cell, ...]
    """Code and prose outside answers and tests: what students see as it is."""

    def refusal(self, line: int, text: str) -> KitError:
        """Return the error that says what is wrong in `line`."""
        return refusal(self.path, line, text)


def refusal(path: Path, line: int, text: str) -> KitError:
    """Return the error that says what is wrong in `line` of the master at `path`."""
    return KitError(f"{'/'.join(path.parts[-3:])}, line {line}: {text}.")


def read_master(path: Path) -> Master:
    """Read the master at `path` and take it apart.

    Raises:
        KitError: it is missing or not in the format of docs/writing-questions.md; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KitError(
            f"The master {'/'.join(path.parts[-3:])} is missing; write it, or take the assignment "
            "out of grading.yml."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{path} cannot be read: {error}.") from None
    notebook = jupytext.reads(text, fmt="py:percent")
    cells = tuple(_cells(path, text, notebook))
    questions, ordinary = _Blocks(path).read(cells)
    return Master(path, notebook, cells, tuple(questions), tuple(ordinary))


def _cells(path: Path, text: str, notebook: nbformat.NotebookNode) -> Iterator[Cell]:
    lines = text.splitlines()
    marks = [number for number, line in enumerate(lines, 1) if CELL.match(line)]
    if len(marks) != len(notebook.cells):
        first = next((n for n, line in enumerate(lines, 1) if line.strip()), 1)
        text = "cells begin with '# %%', which must not stand in a string or after the first code"
        raise refusal(path, marks[0] if marks else first, text)
    for mark, cell in zip(marks, notebook.cells, strict=True):
        start = mark
        while start < len(lines) and not lines[start].strip():
            start += 1
        tags = cell.metadata.get("tags", [])
        yield Cell(cell.cell_type, cell.source, start + 1, frozenset(tags))


class _Blocks:
    """Takes the cells of a master apart along its BEGIN and END marks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open: list[tuple[str, int]] = []
        self.questions: list[Question] = []
        self.ordinary: list[Cell] = []
        self.name = ""
        self.solutions: list[Cell] = []
        self.tests: list[TestCell] = []

    def read(self, cells: Sequence[Cell]) -> tuple[list[Question], list[Cell]]:
        for cell in cells:
            if cell.kind == "raw":
                self._mark(cell)
            elif self._inside("TESTS"):
                self.tests.append(_test(self.path, cell))
            elif self._inside("SOLUTION"):
                self._solution(cell)
            else:
                self.ordinary.append(cell)
        if self.open:
            what, line = self.open[-1]
            raise refusal(self.path, line, f"this BEGIN {what} has no END {what}")
        return self.questions, self.ordinary

    def _inside(self, what: str) -> bool:
        return bool(self.open) and self.open[-1][0] == what

    def _mark(self, cell: Cell) -> None:
        first = cell.source.split("\n", 1)[0]
        match = MARK.match(first)
        if not match:
            text = f"a raw cell marks a QUESTION, SOLUTION or TESTS block; this one says {first!r}"
            raise refusal(self.path, cell.line, text)
        edge, what = match.groups()
        if edge == "END":
            if not self._inside(what):
                where = f"inside the {self.open[-1][0]} block" if self.open else "without a BEGIN"
                raise refusal(self.path, cell.line, f"this END {what} stands {where}")
            _, line = self.open.pop()
            if what == "QUESTION":
                self._finish(line)
            return
        around = [block for block, _ in self.open]
        if around != ([] if what == "QUESTION" else ["QUESTION"]):
            where = f"inside the {around[-1]} block" if around else "outside a question"
            raise refusal(self.path, cell.line, f"this BEGIN {what} stands {where}")
        self.open.append((what, cell.line))
        if what == "QUESTION":
            self.name = _question_name(self.path, cell)
            self.solutions, self.tests = [], []

    def _solution(self, cell: Cell) -> None:
        if cell.kind != "code":
            raise refusal(self.path, cell.line, "a SOLUTION block holds one code cell and no prose")
        if self.solutions:
            text = f"the question {self.name} has a second solution cell; join it with the first"
            raise refusal(self.path, cell.line, text)
        self.solutions.append(cell)

    def _finish(self, line: int) -> None:
        if not self.solutions:
            raise refusal(self.path, line, f"the question {self.name} has no solution cell")
        if all(test.hidden for test in self.tests):
            text = f"the question {self.name} has no public test; students need one to check with"
            raise refusal(self.path, line, text)
        self.questions.append(Question(self.name, line, self.solutions[0], tuple(self.tests)))


def _question_name(path: Path, cell: Cell) -> str:
    try:
        config = yaml.safe_load(cell.source)
    except yaml.YAMLError:
        config = None
    if not isinstance(config, dict) or set(config) != {"name"}:
        text = "a question begins with its name alone, as `name: relu`; points stand in grading.yml"
        raise refusal(path, cell.line, text)
    return str(config["name"])


def _test(path: Path, cell: Cell) -> TestCell:
    if cell.kind != "code":
        raise refusal(path, cell.line, "a TESTS block holds test cells and no prose")
    first = cell.source.split("\n", 1)[0]
    hidden = first == HIDDEN
    if not hidden and first.lstrip().startswith("#") and re.search(r"\bhidden\b", first, re.I):
        # Otter hides a test whose first comment holds the word anywhere.
        raise refusal(path, cell.line, f"a hidden test begins with the line {HIDDEN!r} alone")
    tree = parse(path, cell)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    if len(tree.body) != 1 or len(functions) != 1:
        raise refusal(path, cell.line, "a test cell holds one function and nothing else")
    (function,) = functions
    if not function.name.startswith("test_"):
        text = f"the name of a test begins with test_; this one is {function.name!r}"
        raise refusal(path, cell.line + function.lineno - 1, text)
    return TestCell(function.name, hidden, function, cell)


def parse(path: Path, cell: Cell) -> ast.Module:
    """Parse the source of a code cell.

    Raises:
        KitError: it is not Python; names the line of the script.
    """
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        line = cell.line + (error.lineno or 1) - 1
        raise refusal(path, line, f"this is not Python ({error.msg})") from None

"""Percent scripts, cell by cell. Each cell knows its file and its line, for errors to name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext
import nbformat

from autograder.errors import KitError

CELL = re.compile(r"# %%+(?:\s|$)")


@dataclass(frozen=True)
class Place:
    """A line of a file that an author wrote."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{shown(self.path)}, line {self.line}"

    def below(self, lines: int) -> Place:
        """Return the place so many lines further down."""
        return Place(self.path, self.line + lines)

    def refusal(self, text: str) -> KitError:
        """Return the error that says what is wrong here."""
        return KitError(f"{self}: {text}.")


def shown(path: Path) -> str:
    """Return the path as authors know it: from `solutions/` on."""
    parts = path.parts
    start = len(parts) - parts[::-1].index("solutions") - 1 if "solutions" in parts else -3
    return "/".join(parts[start:])


@dataclass(frozen=True)
class Cell:
    """One cell of a script."""

    node: nbformat.NotebookNode
    place: Place
    """Where its source begins."""

    @property
    def kind(self) -> str:
        """`code`, `markdown` or `raw`."""
        return str(self.node.cell_type)

    @property
    def source(self) -> str:
        return str(self.node.source)

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(self.node.metadata.get("tags", []))

    @cached_property
    def tree(self) -> ast.Module:
        """The source of a code cell, parsed.

        Raises:
            KitError: it is not Python; names the line.
        """
        try:
            return ast.parse(self.source)
        except SyntaxError as error:
            place = self.place.below((error.lineno or 1) - 1)
            raise place.refusal(f"this is not Python ({error.msg})") from None

    def at(self, node: ast.stmt | ast.expr | ast.arg) -> Place:
        """Return where `node` of the cell's tree stands."""
        return self.place.below(node.lineno - 1)


def read_script(path: Path) -> list[Cell]:
    """Return the cells of the percent script at `path`.

    Raises:
        KitError: it cannot be read, or what looks like a cell is none; names the line.
        FileNotFoundError: there is none.
    """
    text = read_source(path)
    return list(_cells(path, text.splitlines(), jupytext.reads(text, fmt="py:percent")))


def read_source(path: Path) -> str:
    """Return the text of the file at `path`.

    Raises:
        KitError: it cannot be read.
        FileNotFoundError: there is none.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{shown(path)} cannot be read: {error}.") from None


def read_python(path: Path) -> tuple[str, ast.Module]:
    """Return the text of the file at `path`, and what it says.

    Raises:
        KitError: it cannot be read or is not Python; names the line.
        FileNotFoundError: there is none.
    """
    text = read_source(path)
    try:
        return text, ast.parse(text)
    except SyntaxError as error:
        place = Place(path, error.lineno or 1)
        raise place.refusal(f"this is not Python ({error.msg})") from None


def _cells(path: Path, lines: list[str], notebook: nbformat.NotebookNode) -> Iterator[Cell]:
    marks = [number for number, line in enumerate(lines, 1) if CELL.match(line)]
    if len(marks) != len(notebook.cells):
        first = next((n for n, line in enumerate(lines, 1) if line.strip()), 1)
        text = "cells begin with '# %%', which must not stand in a string or after the first code"
        raise Place(path, marks[0] if marks else first).refusal(text)
    for mark, node in zip(marks, notebook.cells, strict=True):
        start = mark
        while start < len(lines) and not lines[start].strip():
            start += 1
        yield Cell(node, Place(path, start + 1))

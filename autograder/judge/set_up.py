"""What the notebook as it was handed out sets up, supplied where a student's notebook lacks it."""

from __future__ import annotations

import ast
import contextlib
import re
import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable

from autograder.border.requests import Define, Lacking, Lookup
from autograder.course.manifest import DEMO_TAG
from autograder.intake.notebook import Cell
from autograder.intake.reading import bindings, read_cell, used
from autograder.judge.session import Session
from autograder.judge.worker import Ran

OTTER = "otter"
NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
SUPPLY = 0
"""The number of the cell that sets up what is missing; the student's are counted from 1."""


class SetUp:
    """The statements of the set-up cells, by the names that they bind."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._statements: dict[str, list[ast.stmt]] = defaultdict(list)
        for source in sources:
            tree = read_cell(source).tree
            for statement in tree.body if tree else ():
                for name in bindings(statement):
                    self._statements[name].append(_alone(statement, name))
        self.names = frozenset(self._statements)

    def lacking(self, end: Ran) -> set[str]:
        """Return the names set up by the notebook that a cell did not find."""
        matches = [NOT_DEFINED.match(error.text) for error in (*end.skipped, end.error) if error]
        return {match[1] for match in matches if match} & self.names

    def cell_for(self, names: Iterable[str]) -> Cell:
        """Return a cell that binds `names`, and what they need, where nothing else has."""
        parts = []
        for name in self._in_order(names):
            parts.append(
                f"if {name!r} not in globals():\n{textwrap.indent(self._source(name), '    ')}"
            )
        return Cell(SUPPLY, "\n".join(parts))

    def supply(self, session: Session, wanted: Iterable[str]) -> list[str]:
        """Bind those of the names `wanted` that a snapshot lacks; return them."""
        supplied: list[str] = []
        names = self._in_order(self.names.intersection(wanted))
        lacking: set[object] = set()
        with contextlib.suppress(Exception):
            lacking.update(session.ask(Lacking(names)) if names else ())
        for name in [name for name in names if name in lacking]:
            with contextlib.suppress(Exception):
                try:
                    session.ask(Lookup(name))
                except KeyError:
                    session.ask(Define(self._source(name)))
                    supplied.append(name)
        return supplied

    def _source(self, name: str) -> str:
        return "\n".join(ast.unparse(statement) for statement in self._statements[name])

    def _in_order(self, names: Iterable[str]) -> list[str]:
        """Return `names` and what they need, each after what it needs itself."""
        ordered: dict[str, None] = {}
        begun: set[str] = set()

        def add(name: str) -> None:
            if name in begun:
                return
            begun.add(name)
            for statement in self._statements[name]:
                for needed in sorted(used(statement) & self.names):
                    add(needed)
            ordered[name] = None

        for name in sorted(names):
            add(name)
        return list(ordered)


def set_up_cells(cells: Iterable[Cell], stubs: Iterable[str]) -> list[str]:
    """Return the sources of a released notebook's cells that set something up for the questions."""
    answers = set(stubs)
    return [
        cell.source
        for cell in cells
        if cell.source not in answers
        and DEMO_TAG not in cell.tags
        and read_cell(cell.source).names
        and OTTER not in read_cell(cell.source).modules
    ]


def told(names: Collection[str]) -> str:
    """Return the sentence that says what was supplied."""
    if not names:
        return ""
    listed = [f"`{name}`" for name in sorted(names)]
    some = " and ".join(filter(None, [", ".join(listed[:-1]), listed[-1]]))
    return (
        f"Your notebook does not define {some} here; what you were handed out does, and was used."
    )


def _alone(statement: ast.stmt, name: str) -> ast.stmt:
    """Return the statement, of an import only the part that binds `name`."""
    if not isinstance(statement, (ast.Import, ast.ImportFrom)):
        return statement
    bound = {alias: bindings(ast.Import([alias])) for alias in statement.names}
    names = [alias for alias in statement.names if name in bound[alias]]
    if isinstance(statement, ast.Import):
        return ast.Import(names)
    return ast.ImportFrom(statement.module, names, statement.level)

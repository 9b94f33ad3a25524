"""Reading a test cell: whether it is hidden, what it is for, and the one function in it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from autograder.authoring.script import Cell
from autograder.errors import did_you_mean
from autograder.outcome.results import Role

HIDDEN = "# HIDDEN"
ROLES = {"# CORE": Role.CORE, "# RULE": Role.RULE}
"""The comment lines that say what a test is for. Without one it is a detail."""
SHOUTED = re.compile(r"#\s*[A-Z]{3,}\s*")
"""A comment of one word in capitals: above a test, a mark and nothing else."""


@dataclass(frozen=True)
class TestCell:
    """One test case."""

    name: str
    hidden: bool
    role: Role
    function: ast.FunctionDef
    cell: Cell

    @property
    def source(self) -> str:
        """The function as it is written, without what stands above it."""
        lines = self.cell.source.split("\n")
        return "\n".join(lines[self.function.lineno - 1 :]).rstrip()


def read_test(cell: Cell) -> TestCell:
    """Return the test case in a cell of a TESTS block.

    Raises:
        KitError: it is not written as docs/writing-questions.md says; names the line.
    """
    if cell.kind != "code":
        raise cell.place.refusal("a TESTS block holds test cells and no prose")
    first = cell.source.split("\n", 1)[0]
    hidden = first == HIDDEN
    if not hidden and first.lstrip().startswith("#") and re.search(r"\bhidden\b", first, re.I):
        # Otter hides a test whose first comment holds the word anywhere.
        raise cell.place.refusal(f"a hidden test begins with the line {HIDDEN!r} alone")
    functions = [node for node in cell.tree.body if isinstance(node, ast.FunctionDef)]
    if len(cell.tree.body) != 1 or len(functions) != 1:
        raise cell.place.refusal("a test cell holds one function and nothing else")
    (function,) = functions
    if not function.name.startswith("test_"):
        text = f"the name of a test begins with test_; this one is {function.name!r}"
        raise cell.at(function).refusal(text)
    above = function.lineno - 1
    no_test_marks(cell, from_line=above)
    return TestCell(function.name, hidden, _role(cell, above), function, cell)


def no_test_marks(cell: Cell, from_line: int = 0) -> None:
    """Refuse marks of a test from `from_line` of the cell on: there they say nothing.

    Raises:
        KitError: there is one; names its line.
    """
    if cell.kind != "code":
        return
    for offset, line in enumerate(cell.source.split("\n")):
        if offset >= from_line and line.strip() in {HIDDEN, *ROLES}:
            text = f"{line.strip()!r} stands above the function of a test, and nowhere else"
            raise cell.place.below(offset).refusal(text)


def _role(cell: Cell, above: int) -> Role:
    """Return the role in the lines above a test's function."""
    marks: list[Role] = []
    for offset, line in enumerate(cell.source.split("\n")[:above]):
        place, known = cell.place.below(offset), {HIDDEN, *ROLES}
        if line == HIDDEN and offset:
            raise place.refusal(
                f"{HIDDEN!r} is the first line of a test cell; a role comes after it"
            )
        if line in ROLES:
            marks.append(ROLES[line])
        elif line not in known and (
            SHOUTED.fullmatch(line.strip()) or line.strip().upper() in ROLES
        ):
            hint = did_you_mean(line.strip().upper(), known)
            raise place.refusal(f"{line.strip()!r} is no mark of a test{hint}")
        if len(marks) > 1:
            raise place.refusal("a test has one role; this is the second")
    return marks[0] if marks else Role.DETAIL

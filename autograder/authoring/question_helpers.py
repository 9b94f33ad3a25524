"""What several tests of a question share: `helpers.py`, which stands above them in Otter's test file.

There each helper is a global name. So a test may call it, and a probe that calls it takes it along to the
worker. Like a test, a helper imports what it needs inside itself. Students get the helpers that a public
test needs, and no other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.names import defined
from autograder.authoring.script import Place, read_python
from autograder.intake.reading import used

OF_OTTER = {"test_case", "OK_FORMAT", "name", "points"}
"""Names that a test file of Otter's has already."""


@dataclass(frozen=True)
class Helper:
    """One statement of a `helpers.py`: a function or a constant."""

    node: ast.stmt
    source: str
    """As its author wrote it."""
    place: Place
    """Where `node` stands."""

    @property
    def names(self) -> set[str]:
        """The names that it binds."""
        return set(defined(ast.Module([self.node], [])))

    def at(self, node: ast.stmt | ast.expr) -> Place:
        """Return where `node`, a part of this one, stands."""
        return Place(self.place.path, node.lineno)


def read_helpers(path: Path) -> tuple[Helper, ...]:
    """Return what stands in the `helpers.py` at `path`; nothing, if there is none.

    Raises:
        KitError: it cannot be read, is not Python, or holds what is no helper; names the line.
    """
    try:
        text, tree = read_python(path)
    except FileNotFoundError:
        return ()
    statements = [node for node in tree.body if not _is_docstring(node)]
    helpers = tuple(_helper(path, text.split("\n"), node) for node in statements)
    for helper in helpers:
        _check(helper)
    return helpers


def needed(helpers: Sequence[Helper], tests: Iterable[ast.AST]) -> list[Helper]:
    """Return the helpers that `tests` use, directly or by way of others, in their order."""
    names = {name for test in tests for name in used(test)}
    found: set[int] = set()
    while new := {n for n, helper in enumerate(helpers) if helper.names & names} - found:
        found |= new
        names |= {name for n in new for name in used(helpers[n].node)}
    return [helpers[n] for n in sorted(found)]


def source_of(helpers: Iterable[Helper]) -> str:
    """Return the helpers as they stand above the tests."""
    return "".join(f"{helper.source}\n\n" for helper in helpers)


def _helper(path: Path, lines: list[str], node: ast.stmt) -> Helper:
    decorators = getattr(node, "decorator_list", [])
    start = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    while start > 1 and lines[start - 2].startswith("#"):
        start -= 1  # comments directly above belong to it
    return Helper(node, "\n".join(lines[start - 1 : node.end_lineno]), Place(path, node.lineno))


def _check(helper: Helper) -> None:
    if isinstance(helper.node, ast.Import | ast.ImportFrom):
        raise helper.place.refusal("a helper imports what it needs inside itself, as a test does")
    if not isinstance(helper.node, ast.FunctionDef | ast.Assign | ast.AnnAssign):
        raise helper.place.refusal("a helpers.py holds functions and constants only")
    for name in sorted(helper.names):
        if name in OF_OTTER or name.startswith("test_"):
            raise helper.place.refusal(f"a helper cannot be called {name}; give it another name")


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)

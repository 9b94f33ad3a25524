"""Which names a piece of Python binds at its top level."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.intake.reading import Binding, bindings


def defined(tree: ast.Module) -> list[str]:
    """Return the names that functions, classes and assignments bind, in order, each once."""
    return [name for name, how in bindings(tree).items() if how is not Binding.IMPORTED]


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the module and the bound name of each import anywhere in `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.module, alias.asname or alias.name

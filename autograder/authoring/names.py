"""Which names a piece of Python binds at its top level."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def defined(tree: ast.Module) -> list[str]:
    """Return the names that functions, classes and assignments bind, in order, each once."""
    return list(dict.fromkeys(name for node in tree.body for name in _bound(node)))


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the module and the bound name of each import anywhere in `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.module, alias.asname or alias.name


def used(node: ast.AST) -> set[str]:
    """Return the names that `node` reads."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Lambda() | ast.comprehension() | ast.AnnAssign(value=None):
            return
        case ast.Name(ctx=ast.Store()):
            yield node.id
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _bound(child)

"""What a cell fails for that the student's own machine has: a package, a folder, a device.

The statements below are still run, as they were on that machine. Any other error ends its cell, as in Jupyter.
"""

from __future__ import annotations

import ast
import copy
import locale
import re
import subprocess
import traceback
from collections.abc import Collection, Iterator

DEVICE = re.compile(r"cuda|\bgpus?\b|\bmps\b|nvidia|\bxpu\b|\btpus?\b|accelerator", re.IGNORECASE)
DOWNLOAD = re.compile(r"dataset not found|error downloading|download=true", re.IGNORECASE)
MAGICS = ("run_line_magic", "run_cell_magic")
RUNS_CODE = frozenset(
    {"time", "timeit", "prun", "capture", "run", "debug", "memit", "mprun", "lprun"}
)
"""Magics that run the student's code, whose errors are the student's."""


def wants_environment(error: BaseException, statement: ast.stmt, missing: Collection[str]) -> bool:
    """Whether `statement` failed for something that is not here, and was on the student's machine.

    Args:
        missing: the names that statements which failed so would have bound.
    """
    match error:
        # A package; a file, a folder, the network; `input()`; `pip` in a process; the system's languages.
        case ImportError() | OSError() | EOFError() | subprocess.SubprocessError() | locale.Error():
            return True
        case NameError(name=str(name)) if name in missing:
            return True
        case KeyError():  # `os.environ["KAGGLE_KEY"]`
            frames = traceback.extract_tb(error.__traceback__)
            return (
                bool(frames)
                and re.fullmatch(r"<frozen os>|.*[/\\]os\.py", frames[-1].filename) is not None
            )
        case Exception() | SystemExit():
            return _is_magic(statement) or _names_a_device(error, statement)
    return False


def _names_a_device(error: BaseException, statement: ast.stmt) -> bool:
    text = str(error)
    if isinstance(statement, ast.Assert) or (isinstance(error, AssertionError) and not text):
        text += ast.unparse(statement)
    return DEVICE.search(text) is not None or DOWNLOAD.search(text) is not None


def _is_magic(statement: ast.stmt) -> bool:
    """Whether a line of IPython's own fails, and no code of the student's in it."""
    match statement:
        case (
            ast.Expr(value=ast.Call(func=ast.Attribute(attr=attribute), args=[first, *_]))
            | ast.Assign(value=ast.Call(func=ast.Attribute(attr=attribute), args=[first, *_]))
        ) if attribute in MAGICS:
            return isinstance(first, ast.Constant) and first.value not in RUNS_CODE
    return False


def separate(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield one statement for each name that an import binds: one that is missing costs no other."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)) and len(statement.names) > 1:
        for alias in statement.names:
            fields = {**dict(ast.iter_fields(statement)), "names": [alias]}
            yield ast.copy_location(type(statement)(**fields), statement)
    else:
        yield statement


def without_annotations(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the definition of a function or class without annotations, if it has any.

    They are looked up where it stands, and a package that only they need must not cost the function.
    """
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        plain = copy.deepcopy(statement)
        found = False
        for node in ast.walk(plain):
            if isinstance(node, ast.arg) and node.annotation is not None:
                node.annotation, found = None, True
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns:
                node.returns, found = None, True
        if found:
            yield plain


def bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that `statement` would have bound."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        match waiting.pop():
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                yield name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
            case ast.Lambda() | ast.comprehension():
                pass
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case node:
                waiting += ast.iter_child_nodes(node)


def defined(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the functions and classes that `statement` defines in the notebook's scope."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        match waiting.pop():
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                yield name
            case ast.expr():
                pass
            case node:
                waiting += ast.iter_child_nodes(node)

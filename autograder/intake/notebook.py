"""Reading a notebook that nobody vouches for: bounded, never executed, told in one sentence."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.intake.document import UnreadableNotebook as UnreadableNotebook
from autograder.intake.document import read_document

MAX_CELLS = 5_000
MAX_CODE = 2_000_000
"""Characters of all code cells together."""
MAX_CELL_CHARS = 200_000
"""Longer cells are not searched for names."""

MAX_PARTS = 500
"""Dots in a line that imports something."""
IMPORT = re.compile(r"\b(import|from)\b")
NAMED_MAGIC = re.compile(r"%%(time|capture|prun)\b.*")
"""Cell magics whose body runs as Python among the notebook's own names."""
TARGETS = re.compile(r"[\w.,*\[\] \t]+")


@dataclass(frozen=True)
class Cell:
    """One code cell."""

    number: int
    """Counted from 1 among the code cells."""
    source: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Notebook:
    """The code cells of a notebook, in order."""

    assignment: str | None
    """The assignment that Otter's metadata names."""
    cells: tuple[Cell, ...]
    digest: str = ""
    """SHA-256 of what was read of the file."""


def read_notebook(path: Path) -> Notebook:
    """Read the notebook at `path`, of any version since IPython 0.13.

    Raises:
        UnreadableNotebook: it is not one, or is beyond the bounds of this module.
    """
    document, digest = read_document(path)
    metadata = _dict(document.get("metadata"))
    assignment = _dict(metadata.get("otter")).get("assignment_name")
    cells = tuple(_code_cells(document))
    if not isinstance(assignment, str):
        _require_python(metadata, cells)
    return Notebook(
        assignment=_valid(assignment) if isinstance(assignment, str) else None,
        cells=cells,
        digest=digest,
    )


def _require_python(metadata: dict[str, Any], cells: Sequence[Cell]) -> None:
    """Refuse a notebook in another language.

    What its metadata says of the kernel is not enough: it names the kernel that was chosen last, and
    Python runs under many a name (SageMath, PySpark, plain text). So there must be no Python either.
    """
    language = _dict(metadata.get("kernelspec")).get("language")
    language = language or _dict(metadata.get("language_info")).get("name")
    if not isinstance(language, str) or re.match(r"i?python", language, re.IGNORECASE):
        return
    if any(_is_surely_python(cell.source) for cell in cells):
        return
    raise UnreadableNotebook(
        f"The notebook is written for {_valid(language)[:40]}, not for Python; choose a Python kernel."
    )


def _is_surely_python(source: str) -> bool:
    """Whether a cell holds what no other language of notebooks writes in this way."""
    tree = parse_cell(source)
    sure = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ImportFrom)
    return tree is not None and any(isinstance(node, sure) for node in tree.body)


def _code_cells(document: dict[str, Any]) -> Iterator[Cell]:
    cells: Any = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):  # before version 4
        sheets = (_dict(sheet).get("cells") for sheet in document["worksheets"])
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise UnreadableNotebook("The file is JSON but not a notebook: it has no cells.")
    if len(cells) > MAX_CELLS:
        raise UnreadableNotebook(f"The notebook has {len(cells)} cells; {MAX_CELLS} are allowed.")
    if cells and not any(isinstance(cell, dict) for cell in cells):
        raise UnreadableNotebook("The file is JSON but not a notebook: its cells are none.")
    number = chars = 0
    for cell in map(_dict, cells):
        if cell.get("cell_type") != "code":
            continue
        number += 1
        source = _source(cell.get("source", cell.get("input")))
        chars += len(source)
        if chars > MAX_CODE:
            raise UnreadableNotebook(
                f"The notebook holds more than {MAX_CODE:,} characters of code; load large data "
                "from a file instead."
            )
        tags = _dict(cell.get("metadata")).get("tags")
        tags = tags if isinstance(tags, list) else []
        yield Cell(number, _valid(source), frozenset(tag for tag in tags if isinstance(tag, str)))


def _source(value: Any) -> str:
    """Return a cell's text; what tools write for none (`null`, a list with gaps) is no text."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _valid(text: str) -> str:
    """Replace lone surrogates, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def defined_names(source: str) -> frozenset[str]:
    """Return the names that a cell binds at its top level; none if it is not Python."""
    tree = parse_cell(source)
    return frozenset(_bound_names(tree)) if tree else frozenset()


def parse_cell(source: str) -> ast.Module | None:
    """Return a cell's syntax tree; `None` if it is not Python, or takes unreasonably long to read.

    Magics and shell lines are replaced here, line by line: IPython's own transformer takes time
    that grows with the square of their number, which a stranger's notebook can choose.
    """
    if len(source) > MAX_CELL_CHARS:
        return None
    return _tree(source) or _tree(_without_magics(source))


def _tree(source: str) -> ast.Module | None:
    # Python takes time that grows with the square of an imported name's parts.
    for line in source.replace("\\\n", " ").splitlines():
        if line.count(".") > MAX_PARTS and IMPORT.search(line):
            return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an invalid escape: not ours to print
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_magics(source: str) -> str:
    lines = source.strip("\n").splitlines()
    while lines and (not lines[0].strip() or NAMED_MAGIC.match(lines[0])):
        del lines[0]
    if not lines or lines[0].startswith("%%"):
        return ""
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    plain: list[str] = []
    continued = False
    for line in lines:
        python = "" if continued else _python_line(line.removeprefix(indent))
        continued = python != line.removeprefix(indent) and line.endswith("\\")
        plain.append(python)
    return "\n".join(plain)


def _python_line(line: str) -> str:
    """Return `line` with a magic, a shell command or a question for help replaced."""
    text = line.lstrip()
    start = line[: len(line) - len(text)]
    if text.startswith("%time "):  # runs the rest of the line among the notebook's own names
        return start + text.removeprefix("%time ").lstrip()
    if re.match(r"[!?]|%[\w%]", text) or (text.rstrip().endswith("?") and "#" not in text):
        return start + "pass"
    targets, equals, value = line.partition("=")
    if equals and value.lstrip().startswith(("!", "%")) and TARGETS.fullmatch(targets):
        return f"{targets}= None"
    return line


def _bound_names(tree: ast.Module) -> Iterator[str]:
    """Walk `tree` without recursion and without entering scopes of their own."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
                continue
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    name = alias.asname or alias.name.partition(".")[0]
                    if name != "*":
                        yield name
                continue
            case ast.Lambda() | ast.AnnAssign(value=None):
                continue
            case ast.comprehension():  # its targets are its own, what it walks over is not
                waiting += [node.iter, *node.ifs]
                continue
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name
        waiting += ast.iter_child_nodes(node)

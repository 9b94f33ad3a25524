"""Reading a notebook that nobody vouches for: bounded, never executed, told in one sentence."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import stat
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import KitError

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 100
"""Levels of nesting; what Jupyter itself writes stays under twenty."""
MAX_VALUES = 2_000_000
"""Values in the file: a bound on the memory that parsing takes."""
MAX_CELLS = 5_000
MAX_CODE = 2_000_000
"""Characters of all code cells together."""
MAX_CELL_CHARS = 200_000
"""Longer cells are not searched for names."""

LOOKALIKES = (
    (b"version https://git-lfs", "is a Git LFS pointer, not a notebook; run `git lfs pull` first"),
    (b"<<<<<<< ", "holds marks of a Git merge conflict; resolve it first"),
    (b"<", "is a web page, not a notebook; download the raw .ipynb file"),
    (b"PK\x03\x04", "is a zip file by content; rename it to .zip or unpack it"),
    (b"%PDF", "is a PDF by content; upload the .ipynb file"),
)
"""How files begin that are mistaken for notebooks."""
TOO_MUCH = "The notebook holds too much data; clear its outputs, save it and hand it in again."

MAX_PARTS = 500
"""Dots in a line that imports something."""
IMPORT = re.compile(r"\b(import|from)\b")
NAMED_MAGIC = re.compile(r"%%(time|capture|prun)\b.*")
"""Cell magics whose body runs as Python among the notebook's own names."""
TARGETS = re.compile(r"[\w.,*\[\] \t]+")


class UnreadableNotebook(KitError):
    """A file that cannot be read as a Python notebook, and why."""


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
    """SHA-256 of the file."""


def read_notebook(path: Path) -> Notebook:
    """Read the notebook at `path`, of any version since IPython 0.13.

    Raises:
        UnreadableNotebook: it is not one, or is beyond the bounds of this module.
    """
    data = _read(path)
    document = _parse(_text(data))
    if not isinstance(document, dict):
        raise UnreadableNotebook("The file is JSON but not a notebook.")
    metadata = _dict(document.get("metadata"))
    _require_python(metadata)
    otter = _dict(metadata.get("otter"))
    assignment = otter.get("assignment_name")
    return Notebook(
        assignment=_valid(assignment) if isinstance(assignment, str) else None,
        cells=tuple(_code_cells(document)),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block, a device never end
            raise UnreadableNotebook("This is not an ordinary file.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableNotebook(f"The file cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise UnreadableNotebook(too_large())
    return data


def too_large() -> str:
    """Return the sentence for a notebook of more than `MAX_BYTES`."""
    return (
        f"The notebook is larger than {MAX_BYTES // 1024**2} MB; clear its outputs, save it and "
        "hand it in again."
    )


def _text(data: bytes) -> str:
    start = data.lstrip()
    if not start.strip(b"\0"):
        raise UnreadableNotebook("The file is empty; save the notebook and hand it in again.")
    for beginning, what in LOOKALIKES:
        if start.startswith(beginning):
            raise UnreadableNotebook(f"The file {what}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableNotebook(
            "The file is not UTF-8 text, so it is damaged or no notebook."
        ) from None


def _parse(text: str) -> Any:
    _bound(text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip()):
            why = "is cut off in the middle; save and hand it in again"
        elif "\n<<<<<<< " in text:
            why = "holds marks of a Git merge conflict; resolve it first"
        elif not text.lstrip().startswith("{"):
            why = "is not a notebook; hand in the .ipynb file"
        else:
            why = f"is damaged: its line {error.lineno} is not valid JSON"
        raise UnreadableNotebook(f"The file {why}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or nesting
        raise UnreadableNotebook("The file is JSON that no notebook needs.") from None


def _bound(text: str) -> None:
    """Refuse what would take the parser too deep or too much memory, in linear time."""
    unescaped = text.replace("\\\\", "").replace('\\"', "")
    if unescaped.count('"') > 4 * MAX_VALUES:
        raise UnreadableNotebook(TOO_MUCH)
    outside = "".join(unescaped.split('"')[::2])  # every second part lies outside strings
    marks = re.sub(r"[^][{},]+", "", outside)
    if len(marks) > 2 * MAX_VALUES:
        raise UnreadableNotebook(TOO_MUCH)
    depth = 0
    for mark in marks:
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise UnreadableNotebook("The file is nested deeper than any notebook.")


def _require_python(metadata: dict[str, Any]) -> None:
    language = _dict(metadata.get("kernelspec")).get("language")
    language = language or _dict(metadata.get("language_info")).get("name")
    if isinstance(language, str) and not re.match(r"i?python", language, re.IGNORECASE):
        raise UnreadableNotebook(
            f"The notebook is written for {_valid(language)[:40]}, not for Python; choose a Python "
            "kernel."
        )


def _code_cells(document: dict[str, Any]) -> Iterator[Cell]:
    cells: Any = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):  # before version 4
        sheets = (_dict(sheet).get("cells") for sheet in document["worksheets"])
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise UnreadableNotebook("The file is JSON but not a notebook: it has no cells.")
    if len(cells) > MAX_CELLS:
        raise UnreadableNotebook(f"The notebook has {len(cells)} cells; {MAX_CELLS} are allowed.")
    number = chars = 0
    for place, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            raise UnreadableNotebook(f"The notebook is damaged: its cell {place} is no cell.")
        if cell.get("cell_type") != "code":
            continue
        number += 1
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str):
            raise UnreadableNotebook(f"The notebook is damaged: its cell {place} has no text.")
        chars += len(source)
        if chars > MAX_CODE:
            raise UnreadableNotebook(
                f"The notebook holds more than {MAX_CODE:,} characters of code; load large data "
                "from a file instead."
            )
        tags = _dict(cell.get("metadata")).get("tags")
        tags = tags if isinstance(tags, list) else []
        yield Cell(number, _valid(source), frozenset(tag for tag in tags if isinstance(tag, str)))


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

"""Reading a notebook that nobody vouches for: bounded, never executed, told in one sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.intake.document import UnreadableNotebook as UnreadableNotebook
from autograder.intake.document import read_document
from autograder.intake.reading import pieces, read_cell

MAX_CELLS = 5_000
MAX_CODE = 2_000_000
MAX_PIECES = 400_000
"""Characters, and words and signs, of all code cells together."""
MAX_TEXT = 20_000
MAX_TEXTS = 400_000
"""Characters of a cell that is no code, and of all of them together; what goes beyond is not looked at."""


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
    texts: tuple[str, ...] = ()
    """What stands in its other cells."""


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
        texts=tuple(_texts(document)),
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
    tree = read_cell(source).tree
    sure = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ImportFrom)
    return tree is not None and any(isinstance(node, sure) for node in tree.body)


def _cells(document: dict[str, Any]) -> Any:
    cells: Any = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):  # before version 4
        sheets = (_dict(sheet).get("cells") for sheet in document["worksheets"])
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    return cells


def _texts(document: dict[str, Any]) -> Iterator[str]:
    """Yield the sources of the cells that are no code, as far as they are of a size that people write."""
    left = MAX_TEXTS
    for cell in map(_dict, _cells(document)):
        text = _source(cell.get("source"))
        if cell.get("cell_type") != "code" and len(text) <= min(MAX_TEXT, left):
            left -= len(text)
            yield _valid(text)


def _code_cells(document: dict[str, Any]) -> Iterator[Cell]:
    cells = _cells(document)
    if not isinstance(cells, list):
        raise UnreadableNotebook("The file is JSON but not a notebook: it has no cells.")
    if len(cells) > MAX_CELLS:
        raise UnreadableNotebook(f"The notebook has {len(cells)} cells; {MAX_CELLS} are allowed.")
    if cells and not any(isinstance(cell, dict) for cell in cells):
        raise UnreadableNotebook("The file is JSON but not a notebook: its cells are none.")
    number = chars = words = 0
    for cell in map(_dict, cells):
        if cell.get("cell_type") != "code":
            continue
        number += 1
        source = _source(cell.get("source", cell.get("input")))
        chars += len(source)
        words += pieces(source) if chars <= MAX_CODE else 0
        if chars > MAX_CODE or words > MAX_PIECES:
            most = (
                f"{MAX_PIECES:,} words and signs"
                if chars <= MAX_CODE
                else f"{MAX_CODE:,} characters"
            )
            raise UnreadableNotebook(
                f"The notebook holds more than {most} of code; load large data from a file instead."
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

"""Notebooks as students really hand them in: one small file of `tests/notebooks` for each kind.

A file says what is special in it, as edits of the solved notebook (or of the starter, where `base` says
so), and what must come of it:

    lost     the questions that earn less, with how many points less (`ALL`: every question earns nothing)
    check    the questions that `autograder check` does not pass
    kernel   those whose inline check does not pass when a real ipykernel runs the notebook from top to
             bottom (`ALL`: none does; `FUNCTIONS`: no function does, and every quiz; `SKIP`: it is not run there)
    why      why kernel and grader disagree, where they do
    says     what stands in the feedback to a question
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.example_class import (
    ASSIGNMENT,
    ROOT,
    Document,
    answer_index,
    code_cell,
    load,
    source_of,
    starter,
)

FOLDER = Path(__file__).with_name("notebooks")


@dataclass(frozen=True)
class Kind:
    """One file of the corpus."""

    name: str
    what: str
    edits: list[dict[str, Any]]
    lost: dict[str, float] | str = field(default_factory=dict)
    check: list[str] | str = field(default_factory=list)
    kernel: list[str] | str = field(default_factory=list)
    why: str = ""
    says: dict[str, str] = field(default_factory=dict)
    base: str = "solved"
    assignment: str = ASSIGNMENT

    def notebook(self) -> Document:
        """Return the notebook, as Jupyter's JSON."""
        if self.base == "starter":
            document = starter(self.assignment)
        else:
            document = load(ROOT / "dist" / f"{self.assignment}-solved.ipynb")
        # The last edit first: each finds its cell as it stands in the notebook of the assignment.
        for number, edit in enumerate(reversed(self.edits)):
            _edit(document["cells"], edit, number)
        # As a student's: what the checks run stands in the metadata, and hidden tests do not.
        document["metadata"] = starter(self.assignment)["metadata"]
        return document


def kinds() -> list[Kind]:
    """Return the corpus."""
    return [
        Kind(path.stem, **yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yml"))
    ]


def _edit(cells: list[Document], edit: dict[str, Any], number: int) -> None:
    (how,) = edit.keys() - {"text"}
    text: str = edit.get("text", "")
    if how == "at_end":
        cells.append(code_cell(text, number))
        return
    place = _place(cells, edit[how])
    cell = cells[place]
    match how:
        case "on_top_of":
            cell["source"] = f"{text}\n{source_of(cell)}"
        case "append_to":
            cell["source"] = f"{source_of(cell)}\n{text}"
        case "replace":
            cell["source"] = text
        case "after":
            cells.insert(place + 1, code_cell(text, number))
        case "delete":
            del cells[place]
        case "to_text" | "to_raw":
            cell["cell_type"] = "markdown" if how == "to_text" else "raw"
            del cell["outputs"], cell["execution_count"]
        case _:
            raise LookupError(how)


def _place(cells: list[Document], name: str) -> int:
    """Return where the imports, the answer `name` or `check name` stands."""
    if name == "imports":
        wanted = "import torch"
    elif name.startswith("check "):
        wanted = f'grader.check("{name.removeprefix("check ")}")'
    else:
        return answer_index({"cells": cells}, name)
    return next(
        place
        for place, cell in enumerate(cells)
        if cell["cell_type"] == "code" and wanted in source_of(cell)
    )

"""Reading a notebook before it is run: which cell answers which question, and which cells to skip."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache

from autograder.intake.notebook import Cell, Notebook, defined_names, parse_cell
from autograder.manifest import Manifest, QuestionManifest


@dataclass(frozen=True)
class Plan:
    """The cells to run, in order, and the questions to judge after them."""

    cells: tuple[Cell, ...]
    judged_after: dict[int, list[QuestionManifest]]
    """Questions by the number of the cell after which they are judged."""
    missing: dict[str, str]
    """Why a question is not judged at all."""
    sources: dict[str, str] = field(default_factory=dict)
    """The student's source by the name that it defines."""


def make_plan(notebook: Notebook, manifest: Manifest, only: frozenset[str] | None = None) -> Plan:
    """Decide what to run. A question is judged right after the last cell that defines its names.

    A cell that still is the stub defines nothing, so that a copy of the stub further down does not
    take an answer away. Where cells were dragged about, a question waits for the answers that it calls.
    """
    names = {cell.number: defined_names(cell.source) for cell in notebook.cells}
    stubs = {cell.number for cell in notebook.cells if _is_stub(cell.source, manifest)}
    wanted_questions: list[QuestionManifest] = []
    missing: dict[str, str] = {}
    answered: set[str] = set()
    place: dict[str, int] = {}
    for question in manifest.questions:
        defines = set(question.defines)
        defining = [cell.number for cell in notebook.cells if names[cell.number] & defines]
        answers = [number for number in defining if number not in stubs]
        # A cell that is not Python defines nothing, but its author should read why.
        answers = answers or [
            cell.number
            for cell in notebook.cells
            if _seems_to_define(cell.source, question.defines)
        ]
        if answers:
            answered |= defines
            place.update(dict.fromkeys(question.defines, answers[-1]))
        if only is not None and question.name not in only:
            continue
        if answers:
            wanted_questions.append(question)
        elif defining:
            missing[question.name] = "Not attempted: the stub is as you were given it."
        else:
            wanted = " or ".join(f"`{name}`" for name in question.defines)
            missing[question.name] = f"Not attempted: no cell of your notebook defines {wanted}."
    uses = {cell.number: _used_names(cell.source) for cell in notebook.cells}
    judged_after: dict[int, list[QuestionManifest]] = {}
    for question in wanted_questions:
        after = _settled_at(
            {place[name] for name in question.defines if name in place}, uses, place
        )
        judged_after.setdefault(after, []).append(question)
    last = max(judged_after, default=0)
    cells = tuple(
        cell
        for cell in notebook.cells
        if cell.number <= last
        and not _is_skipped(cell, manifest, names[cell.number])
        and not (cell.number in stubs and names[cell.number] <= answered)
    )
    sources = {
        name: cell.source
        for cell in notebook.cells
        if cell.number not in stubs
        for name in names[cell.number]
    }
    return Plan(cells, judged_after, missing, sources)


def _seems_to_define(source: str, names: list[str]) -> bool:
    """Whether a cell that cannot be parsed looks as if it should define one of `names`."""
    if _shape(source) is not None:
        return False
    wanted = "|".join(map(re.escape, names))
    return (
        re.search(rf"^(?:(?:def|class)\s+(?:{wanted})\b|(?:{wanted})\s*=)", source, re.M)
        is not None
    )


def _settled_at(cells: set[int], uses: dict[int, frozenset[str]], place: dict[str, int]) -> int:
    """Return the last of `cells` and of the cells that define the answers they use, directly or not."""
    reached, waiting = set(cells), list(cells)
    while waiting:
        for name in uses[waiting.pop()] & place.keys():
            if place[name] not in reached:
                reached.add(place[name])
                waiting.append(place[name])
    return max(reached)


def _used_names(source: str) -> frozenset[str]:
    tree = parse_cell(source)
    if tree is None:
        return frozenset()
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _is_skipped(cell: Cell, manifest: Manifest, names: frozenset[str]) -> bool:
    """Whether a cell is a demonstration: tagged as one, or known to be one. An answer never is."""
    if any(names & set(question.defines) for question in manifest.questions):
        return False
    return manifest.is_demo(cell.source, cell.tags)


def _is_stub(source: str, manifest: Manifest) -> bool:
    shape = _shape(source)
    return shape is not None and shape in {_shape(question.stub) for question in manifest.questions}


@lru_cache(maxsize=4096)
def _shape(source: str) -> str | None:
    """Return what the source says without comments, docstrings and layout."""
    tree = parse_cell(source)
    if tree is None:
        return None
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    try:
        return ast.dump(tree)
    except RecursionError:  # a sum of thousands of terms; no stub is that
        return source

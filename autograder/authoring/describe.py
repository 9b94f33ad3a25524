"""The manifest: what the zip tells the judge about its assignment."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import nbformat

from autograder.authoring.master import STAND_IN, Master
from autograder.authoring.names import defined
from autograder.authoring.script import Place, read_python
from autograder.authoring.student import answer_cells, demo_cells
from autograder.course.manifest import Manifest, QuestionManifest, imported_by
from autograder.course.settings import Settings
from autograder.course.sources import source_digest
from autograder.intake.notebook import Cell
from autograder.intake.reading import used
from autograder.judge.set_up import set_up_cells


def describe(master: Master, settings: Settings, student: nbformat.NotebookNode) -> Manifest:
    """Return the manifest of `master`, whose finished student notebook is `student`.

    Raises:
        KitError: a stand-in stands in for nothing, or needs what it does not have.
    """
    name = master.name
    questions = [
        QuestionManifest.of_released(
            question.name,
            settings.assignments[name],
            stub=cell.source,
            defines=_defines(question.solution.tree, ast.parse(cell.source)),
        )
        for question, cell in zip(master.questions, answer_cells(student), strict=True)
    ]
    demos = [cell.source for cell in demo_cells(student)]
    manifest = Manifest.of_released(name, settings, questions, demos)
    for question, described in zip(master.questions, questions, strict=True):
        manifest.stand_ins |= _stand_ins(question.folder / STAND_IN, described.defines)
    manifest.preload = _preload(student)
    manifest.source_digest = source_digest(master.folder, settings)
    cells = [
        Cell(number, cell.source, frozenset(cell.metadata.get("tags", [])))
        for number, cell in enumerate(student.cells, 1)
        if cell.cell_type == "code"
    ]
    manifest.set_up = set_up_cells(cells, [question.stub for question in questions])
    return manifest


def _preload(student: nbformat.NotebookNode) -> list[str]:
    """Return the modules that every submission imports, since the cells handed out do."""
    cells = [c for c in student.cells if c.cell_type == "code" and c not in demo_cells(student)]
    return imported_by(cell.source for cell in cells)


def _defines(answer: ast.Module, stub: ast.Module) -> list[str]:
    """Return what the student is to define: a helper that only the answer has is nobody's business."""
    names, shown = defined(answer), defined(stub)
    return [name for name in names if name in shown] or names


def _stand_ins(path: Path, answers: Sequence[str]) -> dict[str, str]:
    """Return for each stand-in a source that stands alone: imports, helpers and the definition."""
    try:
        _, tree = read_python(path)
    except FileNotFoundError:
        return {}
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    rest = [node for node in tree.body if node not in imports]
    sources: dict[str, str] = {}
    for node in rest:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if node.name not in answers:
            raise Place(path, node.lineno).refusal(
                f"the question {path.parent.name} defines no {node.name}; a helper's name begins with "
                "an underscore"
            )
        needed = _with_helpers(node, rest)
        sources[node.name] = "\n\n".join(ast.unparse(part) for part in [*imports, *needed])
    return sources


def _with_helpers(node: ast.stmt, others: list[ast.stmt]) -> list[ast.stmt]:
    """Return `node` and the definitions among `others` that it uses, directly or not, in order."""
    needed = [node]
    for user in needed:
        names = used(user)
        for other in others:
            if other not in needed and names & set(defined(ast.Module([other], []))):
                needed.append(other)
    return sorted(needed, key=lambda statement: statement.lineno)

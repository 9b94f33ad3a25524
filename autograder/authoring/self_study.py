"""The zip for who learns alone: hidden tests run too, and each question's reference opens after an honest try.

Tests that need the judge, which compares and measures in a process of its own, stay out.
"""

from __future__ import annotations

import ast
import base64
import json
import zlib
from collections.abc import Mapping
from copy import deepcopy

import nbformat

from autograder.authoring.handout import README
from autograder.authoring.master import Master
from autograder.authoring.package import make_zip
from autograder.authoring.student import answer_cells, write
from autograder.course.settings import FILE, AssignmentSettings
from autograder.errors import KitError
from autograder.voice.spoken import hints_in, with_voice

JUDGE = "judge"
HIDDEN, SHOWN = "hidden=True", "hidden=False"
LISTS = ("points", "roles")
"""Names of a test file that are bound to one entry for each test."""
ALONE = """
## Learning alone

This zip is for self-study: nothing is handed in. The checks are most of those that grade elsewhere, the hidden ones
among them, and a quiz says whether you are right. When `kit check` has seen a try of yours,
`kit reveal QUESTION` shows an answer. Read it, close it, and write your own.
"""


def refuse_if_graded(name: str, assignment: AssignmentSettings) -> None:
    """Keep the answers of a graded assignment from going out.

    Raises:
        KitError: `grading.yml` does not allow self-study.
    """
    if not assignment.self_study:
        raise KitError(
            f"A self-study zip of {name} holds hidden tests and answers, and {FILE} does not allow it; "
            f"where no course grades {name}, write `self_study: true` below it."
        )


def self_study_zip(
    master: Master,
    student: nbformat.NotebookNode,
    solved: nbformat.NotebookNode,
    student_files: Mapping[str, bytes],
) -> bytes:
    """Return the zip.

    Args:
        master: of the assignment.
        student: its finished student notebook.
        solved: the notebook with the answers.
        student_files: what students get otherwise, by name.
    """
    notebook = deepcopy(student)
    everything = solved.metadata["otter"]["tests"]
    shown = notebook.metadata["otter"]["tests"]
    for question in shown:
        # A hint that is locked with the first test that fails opens here, too.
        hints = hints_in(shown[question])
        shown[question] = with_voice(without_judge(everything[question]), False, hints)
    answers = zip(master.questions, answer_cells(solved), strict=True)
    notebook.metadata["references"] = {q.name: folded(cell.source) for q, cell in answers}
    files = {**student_files, f"{master.name}.ipynb": write(notebook)}
    files[README] = files.get(README, b"") + ALONE.encode()
    return make_zip({f"{master.name}/{file}": content for file, content in files.items()})


def without_judge(tests: str) -> str:
    """Return a test file without the tests that need the judge, and with no test hidden."""
    tree = ast.parse(tests)
    cases = [node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_case(node)]
    kept = [JUDGE not in {arg.arg for arg in case.args.args} for case in cases]
    lines = tests.splitlines(keepends=True)
    for case, stays in zip(cases, kept, strict=True):
        first = case.decorator_list[0].lineno - 1
        if stays:
            lines[first] = lines[first].replace(HIDDEN, SHOWN)
        else:
            lines[first : case.end_lineno] = [""] * (case.end_lineno - first)  # type: ignore[operator]
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in LISTS:
            entries = ast.literal_eval(node.value)
            if isinstance(entries, list):
                left = json.dumps([entry for entry, stays in zip(entries, kept) if stays])
                lines[node.lineno - 1] = f"{ast.unparse(node.targets[0])} = {left}\n"
    return "".join(lines)


def _is_case(node: ast.FunctionDef) -> bool:
    return any("test_case" in ast.unparse(decorator) for decorator in node.decorator_list)


def folded(text: str) -> str:
    """Return a text as nobody reads it by accident; `kit reveal` unfolds it."""
    return base64.b64encode(zlib.compress(text.encode())).decode()

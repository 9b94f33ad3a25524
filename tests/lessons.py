"""Lessons by themselves: an assignment's master run from the top, answers included, and what it has found then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from autograder.authoring.master import Master, read_master
from autograder.course.settings import load_settings
from autograder.course.sources import solutions_folder
from tests.example_class import ROOT

SETTINGS = load_settings(ROOT / "grading.yml")
SECONDS = 300
RUN = """
import json, sys

cells, wanted = json.load(sys.stdin)
lesson = {"__name__": "__main__"}
for place, source in cells:
    exec(compile(source, place, "exec"), lesson)
found = [eval(expression, lesson) for expression in wanted]
print("\\n" + json.dumps(found, default=lambda value: value.tolist()))
"""


@cache
def master_of(assignment: str) -> Master:
    """Return an assignment's master; its files are read once."""
    return read_master(solutions_folder(ROOT, assignment), SETTINGS.assignments[assignment])


def cells_of(
    assignment: str, through: str | None = None, demonstrations: bool = True
) -> list[tuple[str, str]]:
    """Return place and source of the code cells, answers included and tests left out, through one question's end."""
    settings, master = SETTINGS.assignments[assignment], master_of(assignment)
    tests = {id(test.cell) for question in master.questions for test in question.tests}
    last = list(settings.questions).index(through) if through else len(master.questions)
    later = {question.folder for question in master.questions[last + 1 :]}
    return [
        (str(cell.place), cell.source)
        for cell in master.cells
        if cell.kind == "code" and id(cell) not in tests and cell.place.path.parent not in later
        if demonstrations or "otter_ignore" not in cell.tags
    ]


def public_tests(assignment: str) -> list[str]:
    """Return the sources of the tests that students get."""
    questions = master_of(assignment).questions
    return [test.source for each in questions for test in each.tests if not test.hidden]


def prose_of(assignment: str) -> str:
    """Return what a student reads between the cells."""
    texts = [cell.source for cell in master_of(assignment).cells if cell.kind == "markdown"]
    return "\n\n".join(texts)


def found_by(assignment: str, *expressions: str, through: str | None = None) -> list[Any]:
    """Run the lesson in a process of its own, through one question's end, and return what the expressions are then."""
    return run_cells(assignment, cells_of(assignment, through), *expressions)


def run_cells(assignment: str, cells: list[tuple[str, str]], *expressions: str) -> list[Any]:
    """Run cells in a process of their own, beside the assignment's data, and return what the expressions are then."""
    given = json.dumps([cells, expressions])
    with tempfile.TemporaryDirectory() as folder:
        for name in SETTINGS.assignments[assignment].files:
            Path(folder, name).symlink_to(solutions_folder(ROOT, assignment) / name)
        done = subprocess.run(
            [sys.executable, "-c", RUN],
            input=given,
            cwd=folder,
            env={**os.environ, "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    assert done.returncode == 0, done.stderr
    values: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return values

"""Lessons by themselves: an assignment's master run from the top, answers included, and what it has found then."""

from __future__ import annotations

import inspect
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

cells, wanted, at = json.load(sys.stdin)
lesson = {"__name__": "__main__"}
for number, (place, source) in enumerate(cells):
    exec(compile(source, place, "exec"), lesson)
    if number == at:
        found = [eval(expression, lesson) for expression in wanted]
        found = json.dumps(found, default=lambda value: value.tolist())
print("\\n" + found)
print(json.dumps(lesson.get("by_colour_alone")))
"""
_by_colour_alone: dict[str, list[str]] = {}
"""What was wrong with the pictures of the lessons that were run."""


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
    """Run the lesson in a process of its own, and return what the expressions are at the end, or one question's end.

    The first time, it runs to its end in either case, and its pictures are looked at: see `by_colour_alone`.
    """
    asked_for = cells_of(assignment, through)
    if assignment in _by_colour_alone:
        return run_cells(assignment, asked_for, *expressions)
    watch = f"{inspect.getsource(watch_figures)}\nby_colour_alone = watch_figures()"
    cells = [("the watch", watch), *cells_of(assignment)]
    found, _by_colour_alone[assignment] = _run(assignment, cells, expressions, len(asked_for))
    return found


def by_colour_alone(assignment: str) -> list[str]:
    """Return what is told apart by colour alone in the pictures of a lesson, which is run if no test has done it yet."""
    if assignment not in _by_colour_alone:
        found_by(assignment)
    return _by_colour_alone[assignment]


def run_cells(assignment: str, cells: list[tuple[str, str]], *expressions: str) -> list[Any]:
    """Run cells in a process of their own, beside the assignment's data, and return what the expressions are then."""
    return _run(assignment, cells, expressions, len(cells) - 1)[0]


def _run(
    assignment: str, cells: list[tuple[str, str]], expressions: tuple[str, ...], at: int
) -> tuple[list[Any], Any]:
    """Run cells; return what the expressions are below the one at place `at`, and `by_colour_alone` at the end."""
    given = json.dumps([cells, expressions, at])
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
    values, faults = map(json.loads, done.stdout.splitlines()[-2:])
    return values, faults


def watch_figures() -> list[str]:
    """Have every figure that is shown looked at, and return the list that takes up what is wrong with it.

    Lines, and marks of a scatter plot, must differ in more than their colour. Numbers or words beside them will do, and
    grey lies behind.
    """
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgb

    faults: list[str] = []

    def show() -> None:
        for axes in plt.gcf().axes:
            colours: dict[object, set[tuple[float, ...]]] = {}
            for line in axes.get_lines():
                style = line.get_linestyle(), line.get_marker(), line.get_fillstyle()
                colours.setdefault(style, set()).add(to_rgb(line.get_color()))
            for marks in axes.collections:
                if isinstance(marks, PathCollection):
                    shape = np.asarray(marks.get_paths()[0].vertices).tobytes()
                    faces = np.asarray(marks.get_facecolor()).reshape(-1, 4)
                    colours.setdefault(shape, set()).update(tuple(face[:3]) for face in faces)
            loud = [{one for one in each if len(set(one)) > 1} for each in colours.values()]
            alike = [sorted(each) for each in loud if len(each) > 1]
            if alike and len(axes.texts) < sum(map(len, alike)):
                faults.append(f"{axes.get_title()!r}: {alike}")
        plt.close("all")

    vars(plt)["show"] = show
    return faults

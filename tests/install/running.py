"""A notebook run from top to bottom in a student's environment, and what its checks say."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import nbformat

from autograder.authoring import Built
from autograder.authoring.student import ANSWER_TAG
from autograder.kit.sheet import CHECK
from tests.install.machine import Machine

PATIENCE = 1800.0
KERNEL = ["-m", "nbconvert", "--to", "notebook", "--execute", "--output", "run"]
"""Stops at the first cell with an error that the notebook itself does not expect."""
PASSES = re.compile(r"^[✓?] (\w+)", re.MULTILINE)


class RunError(Exception):
    """A notebook does not run to its end."""


def answer(built: Built, path: Path, questions: list[str] | None = None) -> None:
    """Paste references into the notebook at `path`: of all questions, or of some."""
    solved = {cell.id: cell.source for cell in nbformat.read(built.solved, as_version=4).cells}
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if ANSWER_TAG in cell.metadata.get("tags", [])]
    for question, cell in zip(built.manifest.questions, cells, strict=True):
        if questions is None or question.name in questions:
            cell.source = solved[cell.id]
    nbformat.write(notebook, path)


def in_jupyter(machine: Machine, path: Path) -> dict[str, bool]:
    """Return whether each question's check passes when all cells are run in a kernel.

    Raises:
        RunError: a cell stops the run.
    """
    _said(machine, path.parent, *KERNEL, path.name, status={0})
    outcomes = {}
    for cell in nbformat.read(path.with_name("run.ipynb"), as_version=4).cells:
        for question in CHECK.findall(cell.source) if cell.cell_type == "code" else []:
            text = str([output.get("data", output) for output in cell.outputs])
            outcomes[question] = " passed!" in text or ": noted: " in text
    path.with_name("run.ipynb").unlink()
    return outcomes


def in_terminal(machine: Machine, path: Path) -> set[str]:
    """Return the questions that `kit check` says are right.

    Raises:
        RunError: it says anything but verdicts.
    """
    said = _said(machine, path.parent, "-m", "exercise_kit", "check", path.name, status={0, 1})
    return set(PASSES.findall(said))


def _said(machine: Machine, folder: Path, *words: str, status: set[int]) -> str:
    environment = {
        "PATH": f"{machine.python.parent}:/usr/bin:/bin",
        "HOME": str(folder.parent),
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
        "NO_COLOR": "1",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        [str(machine.python), *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    if done.returncode not in status:
        raise RunError(f"{words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout

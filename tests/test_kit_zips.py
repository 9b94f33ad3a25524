"""Every assignment as students unpack it: `kit check` says of their notebook what the notebook itself says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.authoring import Built, build_assignment
from autograder.authoring.student import ANSWER_TAG
from autograder.authoring.wheel import wheel_name
from autograder.course.settings import load_settings
from tests.conftest import build_lock
from tests.example_class import ROOT
from tests.no_engine import without_engine
from tests.test_kit import kit_check

SETTINGS = load_settings(ROOT / "grading.yml")


def unpacked(built: Built, folder: Path) -> tuple[Path, dict[str, str]]:
    """Return what a student has of the zip alone, and an environment with its wheel and without the engine."""
    with zipfile.ZipFile(built.student_zip) as archive:
        archive.extractall(folder)
    home, site = folder / built.name, folder / "site"
    with zipfile.ZipFile(home / wheel_name()) as archive:
        archive.extractall(site)
    return home, {"PATH": "/usr/bin:/bin", "NO_COLOR": "1", **without_engine(site)}


def answered(built: Built, path: Path) -> None:
    """Paste the references into the notebook at `path`."""
    solved = {cell.id: cell.source for cell in nbformat.read(built.solved, as_version=4).cells}
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if ANSWER_TAG in cell.metadata.get("tags", []):
            cell.source = solved[cell.id]
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def hw4() -> Built:
    with build_lock(ROOT):
        return build_assignment(ROOT, "hw4_mlp", SETTINGS, ROOT / "dist")


def test_the_untouched_notebook_passes_nothing(hw4: Built, tmp_path: Path) -> None:
    """That no check of any assignment is content with a stub, `test_masters` asks of the same checks in a kernel."""
    home, environment = unpacked(hw4, tmp_path)
    status, said = kit_check(environment, home)
    assert status == 1 and "\n0 of " in said, said
    count = len(SETTINGS.assignment(hw4.name).questions)
    assert len(re.findall(r"^[·✗] ", said, re.MULTILINE)) == count, said


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS.assignments)
def test_references_pass(name: str, tmp_path: Path) -> None:
    with build_lock(ROOT):
        built = build_assignment(ROOT, name, SETTINGS, ROOT / "dist")
    home, environment = unpacked(built, tmp_path)
    count = len(SETTINGS.assignment(name).questions)
    answered(built, home / f"{name}.ipynb")
    status, said = kit_check(environment, home)
    assert status == 0 and len(re.findall(r"^[✓?] ", said, re.MULTILINE)) == count, said


@pytest.mark.slow
def test_a_wrong_answer_reads_the_same_in_the_notebook_and_in_the_terminal(
    hw4: Built, tmp_path: Path
) -> None:
    home, environment = unpacked(hw4, tmp_path)
    path = home / "hw4_mlp.ipynb"
    notebook = nbformat.read(path, as_version=4)
    check = next(
        n for n, cell in enumerate(notebook.cells) if cell.source == 'grader.check("relu")'
    )
    notebook.cells[check - 1].source = "def relu(X):\n    return X.abs()"
    nbformat.write(notebook, path)
    _, said = kit_check(environment, home, "-q", "relu")
    imports = next(cell for cell in notebook.cells if "import torch\n" in cell.source)
    notebook.cells = [notebook.cells[0], imports, *notebook.cells[check - 1 : check + 1]]
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(home)}}).execute()
    (output,) = notebook.cells[-1].outputs
    shown = output["data"]["text/plain"].strip().splitlines()
    told = [line.strip() for line in said.splitlines()]
    assert len(shown) > 4 and [line.strip() for line in shown] == told[1 : 1 + len(shown)]

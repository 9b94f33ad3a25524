"""Real students' notebooks keep their points: every file of `tests/notebooks`, through every way in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from _pytest.mark import ParameterSet
from nbclient import NotebookClient

from autograder.authoring import build_assignment
from autograder.commands.check import Checker
from autograder.course.manifest import DEMO_TAG
from autograder.course.settings import load_settings
from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import Graded, Outcome
from tests.conftest import build_lock
from tests.corpus import Kind, kinds
from tests.example_class import ROOT, code_cell, functions

SETTINGS = load_settings(ROOT / "grading.yml")
KINDS = [pytest.param(kind, id=kind.name) for kind in kinds()]
ASSIGNMENTS = sorted({kind.assignment for kind in kinds()})
IN_OTTER = ["imports_deleted", "result_under_the_answers_name"]
"""Otter's own kernel gets an empty notebook, whatever the student's is: see `test_ways_in`."""
IN_KERNEL = ["matplotlib_inline", "helper_below_the_check"]
IN_CHECK = ["matplotlib_inline", "helper_below_the_check", "imports_deleted", "table_not_read"]
"""Kinds of which `autograder check` passes all. It is the judge of `autograder grade`, which tries every kind, with
fewer test cases; beside these few only the kinds of which it does not pass all are tried here."""
IN_CHECK += [kind.name for kind in kinds() if kind.check]
CHECKED = (
    "import json\n"
    "checks = [value for value in Out.values() if hasattr(value, 'passed_all_public')]\n"
    "print(json.dumps({check.name: check.passed_all_public for check in checks}))"
)
SECONDS = 300


def a_few(names: list[str]) -> list[ParameterSet]:
    """Return the corpus, of which all but a few are left to `make test-corpus`."""
    return [
        param
        if param.id in names
        else pytest.param(*param.values, id=param.id, marks=pytest.mark.corpus)
        for param in KINDS
    ]


@pytest.fixture(scope="module")
def built() -> None:
    with build_lock(ROOT):
        for name in ASSIGNMENTS:
            build_assignment(ROOT, name, SETTINGS, ROOT / "dist")


@pytest.fixture
def notebook(kind: Kind, built: None, tmp_path: Path) -> Path:
    path = tmp_path / f"{kind.assignment}.ipynb"
    path.write_text(json.dumps(kind.notebook()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(ROOT, SETTINGS) as checker:
        yield checker


def points_lost(scores: dict[str, float], assignment: str) -> dict[str, float] | str:
    questions = SETTINGS.assignments[assignment].questions
    lost = {
        name: round(question.points - scores.get(name, 0.0), 2)
        for name, question in questions.items()
        if scores.get(name, 0.0) < question.points - 1e-3
    }
    return lost if any(scores.values()) else "ALL"


@pytest.mark.parametrize("kind", KINDS)
def test_autograder_grade_gives_the_points_that_are_due(
    kind: Kind, notebook: Path, warm_parent: WarmParent
) -> None:
    with OpenBundle(ROOT / "dist" / f"{kind.assignment}-autograder.zip") as bundle:
        graded: Graded = Grader(bundle, warm_parent).grade(read_notebook(notebook))
    scores = {question.name: question.score for question in graded.questions}
    assert points_lost(scores, kind.assignment) == kind.lost
    said = {
        question.name: " ".join([question.message, *(case.message for case in question.cases)])
        for question in graded.questions
    }
    for name, words in kind.says.items():
        assert words in said[name]
    assert "autograder." not in " ".join(said.values())
    assert "Proxy" not in " ".join(said.values())


@pytest.mark.parametrize("kind", a_few(IN_CHECK))
def test_autograder_check_passes_what_is_right(
    kind: Kind, notebook: Path, checker: Checker
) -> None:
    graded = checker.check(notebook)
    failed = [q.name for q in graded.questions if q.outcome is not Outcome.PASSED]
    if kind.check == "ALL":
        assert len(failed) == len(graded.questions)
    else:
        assert sorted(failed) == sorted(kind.check)


@pytest.mark.parametrize("kind", a_few(IN_OTTER))
def test_otter_run_gives_the_same_points(kind: Kind, notebook: Path, tmp_path: Path) -> None:
    archive = ROOT / "dist" / f"{kind.assignment}-autograder.zip"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "otter",
            "run",
            "-a",
            str(archive),
            "-o",
            str(tmp_path),
            str(notebook),
        ],
        env={**os.environ, "PATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    scores = {test["name"]: test["score"] for test in results["tests"] if "score" in test}
    assert points_lost(scores, kind.assignment) == kind.lost, done.stderr[-2000:]


def checked_in_a_kernel(notebook: Path, folder: Path) -> dict[str, bool]:
    """Run a notebook from top to bottom in an ipykernel, and return which of its checks pass."""
    document = json.loads(notebook.read_text(encoding="utf-8"))
    # Demonstrations draw and train for minutes, and no answer needs them.
    cells = [cell for cell in document["cells"] if DEMO_TAG not in cell["metadata"].get("tags", [])]
    document["cells"] = [*cells, code_cell(CHECKED, len(cells))]
    run = nbformat.reads(json.dumps(document), as_version=4)
    NotebookClient(
        run,
        allow_errors=True,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": folder}},
    ).execute()
    passed: dict[str, bool] = json.loads(run.cells[-1].outputs[0].text)
    return passed


@pytest.mark.parametrize("kind", a_few(IN_KERNEL))
def test_a_real_kernel_passes_the_checks_that_the_file_names(
    kind: Kind, notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind.kernel == "SKIP":
        pytest.skip(kind.why)
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # `!pip install` would change what the kit runs with
    folder = tmp_path / "handed_out"
    shutil.copytree(ROOT / "assignments" / kind.assignment, folder)
    shutil.copy(notebook, folder / f"{kind.assignment}.ipynb")
    passed = checked_in_a_kernel(notebook, folder)
    failed = [name for name, passes in passed.items() if not passes]
    assert passed
    expected = functions() if kind.kernel == "FUNCTIONS" else kind.kernel
    assert ("ALL" if len(failed) == len(passed) else sorted(failed)) == (
        expected if expected == "ALL" else sorted(expected)
    )

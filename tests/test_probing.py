"""Answers that have something else measured than they give earn nothing by it: see `tests/attacks/probing`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring import build_assignment
from autograder.course.settings import load_settings
from autograder.intake.notebook import read_notebook
from autograder.intake.reading import read_cell
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParent
from tests.attacks.probing import PROBING, Probing
from tests.example_class import ROOT

pytestmark = pytest.mark.attack

SETTINGS = load_settings(ROOT / "grading.yml")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the zips and solved notebooks of the assignments that are attacked."""
    folder = tmp_path_factory.mktemp("dist")
    for name in sorted({attack.assignment for attack in PROBING.values()}):
        build_assignment(ROOT, name, SETTINGS, folder)
    return folder


@pytest.mark.parametrize("name", PROBING)
def test_what_a_probe_says_earns_nothing_alone(
    dist: Path, warm_parent: WarmParent, name: str
) -> None:
    attack = PROBING[name]
    assert earned(attack, dist, warm_parent) <= attack.earns


def earned(attack: Probing, dist: Path, warm_parent: WarmParent) -> float:
    """Return the points of the solved notebook's question with its answer exchanged."""
    with OpenBundle(dist / f"{attack.assignment}-autograder.zip") as bundle:
        question = next(q for q in bundle.manifest.questions if q.name == attack.question)
        solved = read_notebook(dist / f"{attack.assignment}-solved.ipynb")
        cells = tuple(
            replace(cell, source=attack.source)
            if read_cell(cell.source).names & set(question.defines)
            else cell
            for cell in solved.cells
        )
        graded = Grader(bundle, warm_parent).grade(
            replace(solved, cells=cells), only=frozenset([attack.question])
        )
    return sum(result.score for result in graded.questions)

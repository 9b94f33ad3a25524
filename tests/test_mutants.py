"""Slips made in the reference by itself: what survives is a hole in the tests, or stands in a list with its reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.authoring import build_assignment
from autograder.authoring.mutants import EQUIVALENTS, equivalents, mutants
from autograder.authoring.survivors import Survival, survival
from autograder.commands.cli import main
from autograder.course.settings import load_settings
from autograder.errors import KitError
from tests.test_build import ROOT, TINY, change

ANSWER = """\
def mean(X, p=0.5):
    \"\"\"Return 1 + 1.\"\"\"
    # BEGIN SOLUTION
    total = X.sum(dim=1, keepdim=True)
    return torch.where(X > 0, -X, total) / 2
    # END SOLUTION
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    return root


def tried(root: Path) -> Survival:
    build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")
    return survival(root, "tiny", root / "dist", only=["double"])


@pytest.mark.parametrize(
    "line",
    [
        "def mean(X, p=1.5):",
        "total = X.mean(dim=1, keepdim=True)",
        "total = X.sum(keepdim=True)",
        "total = X.sum(dim=0, keepdim=True)",
        "total = X.sum(dim=1)",
        "total = X.sum(dim=1, keepdim=False)",
        "return torch.where(X >= 0, -X, total) / 2",
        "return torch.where(X > 0, X, total) / 2",
        "return torch.where(-X, X > 0, total) / 2",
        "return torch.where(X > 0, -X, total)",
        "return torch.where(X > 0, -X, total) * 2",
        "return torch.where(X > 0, -X, total) / 3",
        "return (torch.where(X > 0, -X, total) / 2).detach()",
    ],
)
def test_a_slip_of_every_kind_is_made(line: str) -> None:
    assert line in [mutant.after for mutant in mutants(ANSWER)]


def test_words_and_what_is_given_are_left_alone() -> None:
    assert not [m for m in mutants(ANSWER) if "Return" in m.after or "BEGIN" in m.after]


def test_every_mutant_is_another_program() -> None:
    sources = [mutant.source for mutant in mutants(ANSWER)]
    assert len(set(sources)) == len(sources)


def test_tests_that_look_leave_no_survivor(kit: Path) -> None:
    survived = tried(kit)
    assert survived.tried >= 2 and not survived.survivors


def test_a_slip_that_no_test_sees_survives_until_its_reason_is_written_down(kit: Path) -> None:
    change(kit, "double/question.py", "return x + x", "return x + x + 0")
    survived = tried(kit)
    assert {m.after for _, m in survived.survivors} == {"return x + x - 0"}
    (kit / EQUIVALENTS).write_text("tiny: {double: {return x + x - 0: Nothing is taken away.}}\n")
    survived = tried(kit)
    assert not survived.survivors and survived.sound
    ((question, mutant, reason),) = survived.equivalents
    assert (question, mutant.after) == ("double", "return x + x - 0")
    assert reason == "Nothing is taken away."


def test_a_reason_for_what_does_not_survive_is_told(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kit / EQUIVALENTS).write_text("tiny: {double: {return x - x: Why not.}}\n")
    tried(kit)
    monkeypatch.chdir(kit)
    done = CliRunner().invoke(main, ["validate", "tiny", "-q", "double", "--mutants"])
    assert done.exit_code == 1 and "no survivor: double: return x - x" in done.output


def test_a_list_in_another_form_is_refused_with_the_form(kit: Path) -> None:
    (kit / EQUIVALENTS).write_text("tiny: [double]\n")
    with pytest.raises(KitError, match="line: reason"):
        tried(kit)


def test_the_kits_own_list_names_questions_that_there_are() -> None:
    for name, assignment in load_settings(ROOT / "grading.yml").assignments.items():
        assert set(equivalents(ROOT, name)) <= set(assignment.questions)


def test_an_unknown_question_is_refused(kit: Path) -> None:
    tried(kit)
    with pytest.raises(KitError, match=r"no question 'duble' .*did you mean 'double'"):
        survival(kit, "tiny", kit / "dist", only=["duble"])

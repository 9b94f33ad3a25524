"""The zip for who learns alone: hidden tests run, answers open after a try, and no course's answers go out."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.authoring import build_assignment
from autograder.authoring.self_study import without_judge
from autograder.course.settings import load_settings
from autograder.errors import KitError
from tests.example_class import ROOT
from tests.test_kit import RIGHT, installed, kit_check, write

__all__ = ["installed"]
TESTS = """\
name = "f"
points = [1.0, 2, 3]
roles = ["core", "detail", "rule"]

@test_case(points=None, hidden=False)
def test_f(f):
    assert f

@test_case(points=None, hidden=True)
def test_f_with_the_judge(f, judge):
    assert judge

@test_case(points=None, hidden=True)
def test_f_elsewhere(f):
    assert f
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "kits" / "tiny", tmp_path / "kit")
    question = tmp_path / "kit" / "solutions" / "tiny" / "double" / "question.py"
    question.write_text(question.read_text().replace("(double, judge)", "(double)"))
    return tmp_path / "kit"


def build(root: Path) -> Path:
    settings = load_settings(root / "grading.yml")
    build_assignment(root, "tiny", settings, root / "dist", self_study=True)
    return root / "dist" / "tiny-self-study.zip"


@pytest.fixture
def alone(kit: Path, tmp_path: Path) -> Path:
    """The notebook of a self-study zip, unpacked."""
    settings = kit / "grading.yml"
    settings.write_text(settings.read_text().replace("    title: Tiny\n", "    self_study: true\n"))
    with zipfile.ZipFile(build(kit)) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "tiny" / "tiny.ipynb"


def test_it_is_refused_unless_the_settings_allow_it(kit: Path) -> None:
    with pytest.raises(KitError, match="self_study: true"):
        build(kit)
    assert not (kit / "dist").exists()


def test_hidden_tests_run_and_answers_open_after_a_try(
    alone: Path, installed: dict[str, str]
) -> None:
    status, said = kit_check(installed, alone.parent, "double", command="reveal")
    assert status == 2 and "Try double first" in said
    slip = "def double(x):\n    return abs(2 * x)"  # right where the public test looks
    write(alone, **RIGHT | {"double": slip, "many": "many = 3"})
    _, said = kit_check(installed, alone.parent)
    assert "✗ double" in said and "Twice as much is expected." in said
    assert "✗ many" in said and "Count again." in said
    _, said = kit_check(installed, alone.parent, "double", command="reveal")
    assert "return x + x" in said
    write(alone, **RIGHT)
    assert kit_check(installed, alone.parent)[0] == 0


def test_an_untouched_stub_is_no_try(alone: Path, installed: dict[str, str]) -> None:
    kit_check(installed, alone.parent)
    status, said = kit_check(installed, alone.parent, "double", command="reveal")
    assert status == 2 and "Try double first" in said


def test_what_needs_the_judge_stays_out_with_its_points() -> None:
    text = without_judge(TESTS)
    assert "judge" not in text and "hidden=True" not in text and "test_f_elsewhere" in text
    assert "points = [1.0, 3]" in text and 'roles = ["core", "rule"]' in text

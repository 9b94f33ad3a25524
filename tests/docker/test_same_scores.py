"""`autograder grade`, `otter run`, `otter grade` and Gradescope's recipe give the same points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.settings import load_settings
from tests.docker.classes import BROKEN, HW4, HW9, MISTAKEN, class_of_hw9, part_of_example_class
from tests.docker.containers import Graded, Image, grade_all
from tests.docker.engine import Engine
from tests.docker.ways import Scores, by_autograder_grade, by_otter_grade, by_otter_run
from tests.example_class import ROOT

SETTINGS = load_settings(ROOT / "grading.yml")
NOT_A_NOTEBOOK = "not_a_notebook"
"""A file that Otter itself cannot read."""
HW4_BOUNDS, HW9_BOUNDS = (6, 500), (15, 768)
"""Seconds of processor time on a quiet machine, and MiB."""
LONGER = {"infinite_loop_in_relu"}
"""What uses up the time that a question may take."""


def differences(one: Scores, other: Scores) -> list[str]:
    assert one.keys() == other.keys()
    return [
        f"{name}, {question}: {points} and {other[name].get(question)}"
        for name, row in one.items()
        for question, points in row.items()
        if other[name].get(question, -1.0) != pytest.approx(points, abs=1e-9)
    ]


def show(
    figure: Callable[[str], None], what: str, graded: dict[str, Graded], bounds: tuple[int, int]
) -> None:
    """Note the figures, of which only those that a busy machine does not change may fail a test."""
    ordinary = [one for name, one in graded.items() if name not in LONGER]
    seconds = max(one.cpu_seconds for one in ordinary)
    figure(
        f"{what}, each of {len(graded)} submissions: at most {seconds:.1f} s of processor time "
        f"(bound {bounds[0]}), {max(one.peak_mib for one in ordinary):.0f} MiB (bound {bounds[1]}), "
        f"{max(one.seconds for one in ordinary):.0f} s with docker run at half a processor"
    )


def too_big(graded: dict[str, Graded], bounds: tuple[int, int]) -> list[str]:
    return [
        f"{name}: {one.peak_mib:.0f} MiB"
        for name, one in graded.items()
        if one.peak_mib > bounds[1]
    ]


@pytest.fixture(scope="module", params=[BROKEN, pytest.param(MISTAKEN, marks=pytest.mark.slow)])
def hw4_class(
    tmp_path_factory: pytest.TempPathFactory, hw4_image: Image, request: pytest.FixtureRequest
) -> Path:
    """The two halves of the example class."""
    return part_of_example_class(tmp_path_factory.mktemp("hw4") / request.param, request.param)


@pytest.fixture(scope="module")
def hw4_expected(hw4_class: Path) -> Scores:
    return by_autograder_grade(HW4, hw4_class)


def test_gradescope_gives_the_example_class_the_same(
    docker: Engine,
    hw4_image: Image,
    hw4_class: Path,
    hw4_expected: Scores,
    figure: Callable[[str], None],
) -> None:
    graded = grade_all(docker, hw4_image.name, hw4_class)
    found = differences(hw4_expected, {name: one.scores for name, one in graded.items()})
    show(figure, f"hw4, {hw4_class.name}, by Gradescope's recipe", graded, HW4_BOUNDS)
    figure(
        f"hw4, {hw4_class.name}, autograder grade and Gradescope's recipe: {len(found)} differences"
    )
    assert not found
    assert all(one.status == 0 for one in graded.values())
    assert not too_big(graded, HW4_BOUNDS)


def test_otter_grade_gives_the_example_class_the_same(
    docker: Engine,
    base: str,
    hw4_class: Path,
    hw4_expected: Scores,
    figure: Callable[[str], None],
) -> None:
    graded, status = by_otter_grade(docker, base, HW4, hw4_class)
    found = differences(hw4_expected, graded)
    figure(f"hw4, {hw4_class.name}, autograder grade and otter grade: {len(found)} differences")
    assert not found
    assert "notebook" in status.pop(NOT_A_NOTEBOOK, "a notebook")
    assert set(status.values()) == {"Completed"}


@pytest.mark.slow
def test_otter_run_gives_the_example_class_the_same(
    hw4_class: Path, hw4_expected: Scores, figure: Callable[[str], None]
) -> None:
    (hw4_class / f"{NOT_A_NOTEBOOK}.ipynb").unlink(missing_ok=True)
    graded = by_otter_run(HW4, hw4_class)
    expected = {name: row for name, row in hw4_expected.items() if name in graded}
    found = differences(expected, graded)
    figure(f"hw4, {hw4_class.name}, autograder grade and otter run: {len(found)} differences")
    assert not found


@pytest.mark.slow
def test_right_and_wrong_answers_of_hw9_get_the_same_every_way(
    docker: Engine,
    base: str,
    hw9_image: str,
    figure: Callable[[str], None],
    tmp_path: Path,
) -> None:
    folder = class_of_hw9(tmp_path / "class")
    expected = by_autograder_grade(HW9, folder)
    totals = {name: sum(row.values()) for name, row in expected.items()}
    whole = sum(question.points for question in SETTINGS.assignments[HW9].questions.values())
    assert totals["right"] == totals["also_right"] == whole and totals["untouched"] == 0
    assert max(totals["wrong"], totals["also_wrong"]) < whole
    containers = grade_all(docker, hw9_image, folder)
    others = {
        "Gradescope's recipe": {name: one.scores for name, one in containers.items()},
        "otter grade": by_otter_grade(docker, base, HW9, folder)[0],
        "otter run": by_otter_run(HW9, folder),
    }
    found = {way: differences(expected, graded) for way, graded in others.items()}
    show(figure, "hw9 by Gradescope's recipe", containers, HW9_BOUNDS)
    for way, lines in found.items():
        figure(
            f"hw9, {len(expected)} submissions, autograder grade and {way}: {len(lines)} differences"
        )
    assert not any(found.values())
    assert not too_big(containers, HW9_BOUNDS)

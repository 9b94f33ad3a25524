"""`autograder grade`, `otter run`, `otter grade` and Gradescope's recipe give the same points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docker.classes import HW4, HW9, class_of_hw9, example_class, large_class_of_hw9
from tests.docker.containers import Graded, Image, grade_all
from tests.docker.engine import Engine
from tests.docker.ways import Scores, by_autograder_grade, by_otter_grade, by_otter_run

NOT_A_NOTEBOOK = "not_a_notebook"
"""A file that Otter itself cannot read."""
HW4_LIMITS, HW9_LIMITS = (6.0, 500.0), (15.0, 768.0)
"""Seconds of processor time, and MiB."""
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


def show(figure: Callable[[str], None], what: str, graded: dict[str, Graded]) -> None:
    ordinary = [one for name, one in graded.items() if name not in LONGER]
    figure(
        f"{what}, each of {len(graded)} submissions: at most "
        f"{max(one.cpu_seconds for one in ordinary):.1f} s of processor time, "
        f"{max(one.peak_mib for one in ordinary):.0f} MiB, "
        f"{max(one.seconds for one in ordinary):.0f} s with docker run at half a processor"
    )


def within(limits: tuple[float, float], graded: dict[str, Graded]) -> list[str]:
    """Return what went beyond."""
    return [
        f"{name}: {one.cpu_seconds:.1f} s, {one.peak_mib:.0f} MiB"
        for name, one in graded.items()
        if one.cpu_seconds > limits[0] + 10 * (name in LONGER) or one.peak_mib > limits[1]
    ]


@pytest.fixture(scope="module")
def hw4_class(tmp_path_factory: pytest.TempPathFactory, hw4_image: Image) -> Path:
    return example_class(tmp_path_factory.mktemp("hw4") / "class")


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
    show(figure, "hw4 by Gradescope's recipe", graded)
    figure(f"hw4, autograder grade and Gradescope's recipe: {len(found)} differences")
    assert not found
    assert all(one.status == 0 for one in graded.values())
    assert not within(HW4_LIMITS, graded)


def test_otter_grade_gives_the_example_class_the_same(
    docker: Engine,
    base: str,
    hw4_class: Path,
    hw4_expected: Scores,
    figure: Callable[[str], None],
) -> None:
    graded, status = by_otter_grade(docker, base, HW4, hw4_class)
    found = differences(hw4_expected, graded)
    figure(f"hw4, autograder grade and otter grade: {len(found)} differences")
    assert not found
    assert "notebook" in status.pop(NOT_A_NOTEBOOK)
    assert set(status.values()) == {"Completed"}


@pytest.mark.slow
def test_otter_run_gives_the_example_class_the_same(
    hw4_class: Path, hw4_expected: Scores, figure: Callable[[str], None]
) -> None:
    (hw4_class / f"{NOT_A_NOTEBOOK}.ipynb").unlink()
    graded = by_otter_run(HW4, hw4_class)
    expected = {name: row for name, row in hw4_expected.items() if name in graded}
    found = differences(expected, graded)
    figure(f"hw4, autograder grade and otter run: {len(found)} differences")
    assert not found


@pytest.mark.parametrize(
    "make", [class_of_hw9, pytest.param(large_class_of_hw9, marks=pytest.mark.slow)]
)
def test_right_and_wrong_answers_of_hw9_get_the_same_every_way(
    make: Callable[[Path], Path],
    docker: Engine,
    base: str,
    hw9_image: str,
    figure: Callable[[str], None],
    tmp_path: Path,
) -> None:
    folder = make(tmp_path / "class")
    expected = by_autograder_grade(HW9, folder)
    assert sum(expected["right"].values()) == 40 > sum(expected["wrong"].values())
    containers = grade_all(docker, hw9_image, folder)
    others = {
        "Gradescope's recipe": {name: one.scores for name, one in containers.items()},
        "otter grade": by_otter_grade(docker, base, HW9, folder)[0],
        "otter run": by_otter_run(HW9, folder),
    }
    found = {way: differences(expected, graded) for way, graded in others.items()}
    show(figure, "hw9 by Gradescope's recipe", containers)
    for way, lines in found.items():
        figure(
            f"hw9, {len(expected)} submissions, autograder grade and {way}: {len(lines)} differences"
        )
    assert not any(found.values())
    assert not within(HW9_LIMITS, containers)

"""`otter run`, a container and `autograder grade` give every question of every submission the same score."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.example_class import (
    ASSIGNMENT,
    MAKERS,
    MISTAKES,
    ROOT,
    calls_exit,
    cell_ends_the_process,
    cells_in_reverse_order,
    combined,
    deleted_answer_cell,
    duplicated_answer_cell,
    ends_the_process,
    exception_in_a_cell,
    infinite_loop_in_relu,
    stub_copied_to_the_end,
    syntax_error,
    without_tags,
    write_class,
    wrong_quiz_answers,
)

COMBINATIONS = {
    "a_mistake_in_most_questions": (
        *(infinite_loop_in_relu, calls_exit, exception_in_a_cell, ends_the_process),
        *(deleted_answer_cell, wrong_quiz_answers, without_tags),
    ),
    "cells_copied_and_one_that_ends_the_process": (
        *(duplicated_answer_cell, stub_copied_to_the_end, cell_ends_the_process),
    ),
    "a_syntax_error_among_cells_in_reverse_order": (syntax_error, cells_in_reverse_order),
}
"""Every mistake, in as few notebooks as hold them beside each other: each `otter run` starts a kernel."""
NAMES = ["half_done", *COMBINATIONS, "not_a_notebook"]
"""What Otter runs. Right answers and untouched stubs are in the first of them, beside each other."""
EXPECTED_LOSSES = {
    "perfect": [],
    "exception_in_a_cell": [],
    "infinite_loop_in_relu": ["relu"],
    "calls_exit": ["sigmoid"],
    "ends_the_process": ["prelu"],
    "cell_ends_the_process": ["prelu"],
    "deleted_answer_cell": ["mlp_forward"],
    "duplicated_answer_cell": [],
    "stub_copied_to_the_end": [],
    "cells_in_reverse_order": [],
    "syntax_error": ["relu"],
    "wrong_quiz_answers": ["weight_count", "parameter_count"],
    "without_tags": [],
}
"""The questions on which each submission earns nothing; it earns all points of all others."""
EXPECTED_LOSSES |= {
    name: [question for mistake in mistakes for question in EXPECTED_LOSSES[mistake.__name__]]
    for name, mistakes in COMBINATIONS.items()
}
AUTOGRADER = ROOT / "dist" / f"{ASSIGNMENT}-autograder.zip"
COLUMNS = {"file", "total_points_earned", "percent_correct", "grading_status"}


def environment() -> dict[str, str]:
    """The kernel that Otter starts is this interpreter's."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path}


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory, built_hw4: Path) -> Path:
    folder = tmp_path_factory.mktemp("class")
    write_class(folder)
    for name, mistakes in COMBINATIONS.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(combined(*mistakes)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graded(
    submissions: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """The rows of grades.csv by submission."""
    out = tmp_path_factory.mktemp("grades")
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, str(submissions)]
    subprocess.run([*command, "--out", str(out), "--jobs", "2"], check=True, cwd=ROOT, timeout=600)
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {Path(row["file"]).stem: row for row in csv.DictReader(file)}


def scores(row: dict[str, str]) -> dict[str, float]:
    return {name: float(value) for name, value in row.items() if name not in COLUMNS}


@pytest.mark.parametrize("name", NAMES)
def test_otter_run_gives_the_same_score_for_every_question(
    name: str, submissions: Path, graded: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "otter", "run", "-a", str(AUTOGRADER), "-o", str(tmp_path)]
    done = subprocess.run(
        [*command, str(submissions / f"{name}.ipynb")],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    ours = scores(graded[name])
    if name == "not_a_notebook":
        assert done.returncode != 0 and not any(ours.values())
        return
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    theirs = {test["name"]: test["score"] for test in results["tests"] if "score" in test}
    assert theirs == ours, done.stderr[-2000:]


@pytest.fixture(scope="module")
def contained(submissions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders that one container per submission leaves."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("contained")
    with zipfile.ZipFile(AUTOGRADER) as archive:
        archive.extractall(source)
    command = [sys.executable, "-m", "tests.as_container", str(source), str(submissions), str(out)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=600)
    return out


@pytest.mark.parametrize("name", [*NAMES, *(name for name in MAKERS if name not in NAMES)])
def test_a_container_gives_the_same_score_for_every_question(
    name: str, contained: Path, graded: dict[str, dict[str, str]]
) -> None:
    results = json.loads((contained / name / "results.json").read_text(encoding="utf-8"))
    theirs = {test["name"]: test["score"] for test in results["tests"]}
    assert theirs == scores(graded[name])


def test_every_mistake_is_in_a_notebook_that_otter_runs() -> None:
    assert {mistake for mistakes in COMBINATIONS.values() for mistake in mistakes} == set(MISTAKES)


@pytest.mark.parametrize("name", EXPECTED_LOSSES)
def test_a_mistake_costs_its_own_question(name: str, graded: dict[str, dict[str, str]]) -> None:
    possible, earned = scores(graded["points-per-question"]), scores(graded[name])
    lost = [question for question in possible if earned[question] != possible[question]]
    assert sorted(lost) == sorted(EXPECTED_LOSSES[name])
    assert not any(earned[question] for question in lost)


def test_an_untouched_notebook_earns_nothing(graded: dict[str, dict[str, str]]) -> None:
    assert not any(scores(graded["untouched"]).values())


def test_a_file_that_cannot_be_read_has_a_row_that_says_why(
    graded: dict[str, dict[str, str]],
) -> None:
    assert "not a notebook" in graded["not_a_notebook"]["grading_status"]
    assert graded["perfect"]["grading_status"] == "Completed"

"""The command line tells a mistake in one sentence, and says what it did in lines that can be read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from autograder.commands.check import saves
from autograder.commands.cli import main
from autograder.commands.console import warn_if_stale
from autograder.commands.doctor import diagnosis
from autograder.course.settings import load_settings
from autograder.outcome.results import CaseResult, CellError, Outcome, QuestionResult
from autograder.report.terminal import check_lines
from autograder.worker.layers import LAYERS
from tests.example_class import (
    ASSIGNMENT,
    ROOT,
    Document,
    infinite_loop_in_relu,
    solved,
    starter,
    with_answer,
)

SETTINGS = load_settings(ROOT / "grading.yml")
QUESTIONS = list(SETTINGS.assignments[ASSIGNMENT].questions)
GRADE = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]
WRONG_RELU = "def relu(X):\n    return X + None\n"

Graded = tuple[Path, "subprocess.CompletedProcess[str]"]


def run(*arguments: object) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def told(result: Result) -> str:
    """Return the one sentence that a command ended with."""
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ") and line.endswith(".")
    return line


def write(path: Path, document: Document) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def left_in(folder: Path) -> list[str]:
    """Return what lies in a temporary folder, but for the empty one that torch makes and keeps."""
    return [path.name for path in folder.iterdir() if not path.name.startswith("torchinductor_")]


@pytest.fixture(autouse=True)
def in_the_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit of which nothing is built, as the working directory."""
    folder = tmp_path / "kit"
    folder.mkdir()
    shutil.copy(ROOT / "grading.yml", folder)
    monkeypatch.chdir(folder)
    return folder


# Mistakes


@pytest.mark.parametrize(
    "command",
    [("build", "hw4_mpl"), ("validate", "hw4_mpl"), ("grade", "hw4_mpl", ".", "--out", "x")],
)
def test_an_unknown_assignment_is_told_with_the_nearest_and_all_known(
    command: tuple[str, ...],
) -> None:
    line = told(run(*command))
    assert "'hw4_mpl'" in line and "did you mean 'hw4_mlp'?" in line
    assert all(name in line for name in SETTINGS.assignments)


def test_a_path_that_is_not_there_is_told(built_hw4: Path, tmp_path: Path) -> None:
    missing = tmp_path / "no_such_folder"
    line = told(run("grade", ASSIGNMENT, missing, "--out", tmp_path / "out"))
    assert str(missing) in line and "check the path" in line


def test_a_folder_without_submissions_is_told(built_hw4: Path, tmp_path: Path) -> None:
    (tmp_path / "essay.docx").write_text("Dear teacher", encoding="utf-8")
    line = told(run("grade", ASSIGNMENT, tmp_path, "--out", tmp_path / "out"))
    assert "no submissions" in line and str(tmp_path) in line


@pytest.mark.parametrize("command", ["grade", "validate"])
def test_a_zip_that_is_not_built_is_told_with_the_command_that_builds_it(
    kit: Path, command: str
) -> None:
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, kit / "solutions" / ASSIGNMENT)
    write(kit / "mine.ipynb", {})
    arguments = ["mine.ipynb", "--out", "out"] if command == "grade" else []
    line = told(run(command, ASSIGNMENT, *arguments))
    assert f"{ASSIGNMENT}-autograder.zip" in line and "`autograder build`" in line


def test_a_zip_that_is_none_is_told(kit: Path) -> None:
    (kit / "dist").mkdir()
    (kit / "dist" / f"{ASSIGNMENT}-autograder.zip").write_text("no zip", encoding="utf-8")
    write(kit / "mine.ipynb", {})
    assert "`autograder build`" in told(run("grade", ASSIGNMENT, "mine.ipynb", "--out", "out"))


def test_an_output_folder_that_cannot_be_written_is_told_before_anything_is_graded(
    built_hw4: Path, tmp_path: Path
) -> None:
    mine = write(tmp_path / "mine.ipynb", starter())
    for out in (mine, mine / "below"):
        line = told(run("grade", ASSIGNMENT, mine, "--out", out))
        assert str(mine) in line and "cannot be written" in line
    assert json.loads(mine.read_text(encoding="utf-8")) == starter()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_output_folder_is_told(built_hw4: Path, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine.ipynb", starter())
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert str(closed) in told(run("grade", ASSIGNMENT, mine, "--out", closed))


@pytest.mark.parametrize("command", [("build",), ("check", "x.ipynb"), ("validate",), ("doctor",)])
def test_a_wrong_key_in_the_settings_is_told_with_its_line(
    kit: Path, command: tuple[str, ...]
) -> None:
    text = (kit / "grading.yml").read_text(encoding="utf-8")
    before, _, _ = text.partition("cell_seconds")
    (kit / "grading.yml").write_text(text.replace("cell_seconds", "cell_second"), encoding="utf-8")
    line = told(run(*command))
    assert f"grading.yml, line {before.count(chr(10)) + 1}:" in line
    assert "limits.cell_second " in line and "did you mean 'cell_seconds'?" in line


def test_brackets_in_a_message_are_shown(kit: Path) -> None:
    text = (
        (kit / "grading.yml").read_text(encoding="utf-8").replace("files: [data]", "files: data", 1)
    )
    (kit / "grading.yml").write_text(text, encoding="utf-8")
    assert "such as [data]" in told(run("doctor"))


def test_no_master_at_all_is_told(kit: Path) -> None:
    assert "There is no master" in told(run("build"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grade", ASSIGNMENT), "Missing argument"),
        (("grade", ASSIGNMENT, "x"), "Missing option"),
        (("grade", ASSIGNMENT, "x", "--out", "y", "--jobs", "0"), "--jobs"),
        (("gradde",), "No such command"),
        (("check",), "Missing argument"),
    ],
)
def test_bad_usage_is_status_2(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 and said in result.stderr


# check


def test_check_says_which_questions_pass(built_hw4: Path, tmp_path: Path) -> None:
    result = run("check", write(tmp_path / "mine.ipynb", solved()))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        *(f"✓ {question}: public checks passed" for question in QUESTIONS),
        f"{len(QUESTIONS)} of {len(QUESTIONS)} pass their public checks; hidden tests look at more.",
    ]


def test_check_says_what_is_wrong_and_what_is_not_attempted(
    built_hw4: Path, tmp_path: Path
) -> None:
    mine = write(tmp_path / "mine.ipynb", with_answer(starter(), "relu", WRONG_RELU))
    result = run("check", mine)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "✗ relu: stopped with an error"
    assert lines[1].startswith(
        "    keeps positive and zeroes negative: Your code raised TypeError: "
    )
    assert lines[1].endswith(", line 2)") and lines[2].endswith(": as above")
    rest = [line for line in lines if line.startswith("·")]
    stub = "not attempted (the stub is as you were given it)"
    assert rest == [f"· {question}: {stub}" for question in QUESTIONS[1:]]


def test_check_takes_single_questions(built_hw4: Path, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine.ipynb", with_answer(solved(), "relu", WRONG_RELU))
    result = run("check", mine, "-q", "sigmoid")
    assert result.exit_code == 0 and result.stdout.startswith("✓ sigmoid: ")
    assert "relu" not in result.stdout
    line = told(run("check", mine, "-q", "sigmod"))
    assert "did you mean 'sigmoid'?" in line and "parameter_count" in line


def test_check_knows_a_notebook_without_metadata_by_its_name(
    built_hw4: Path, tmp_path: Path
) -> None:
    bare = {**solved(), "metadata": {}}
    assert run("check", write(tmp_path / "hw4_mlp.ipynb", bare), "-q", "relu").exit_code == 0
    line = told(run("check", write(tmp_path / "mine.ipynb", bare)))
    assert "not a notebook of this course" in line and ASSIGNMENT in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no notebook"),
        ('{"cells": [{"cell_type": "code", "source": ["x =', "cut off in the middle"),
        ('{"cells": [}', "damaged: its line 1 is not valid JSON"),
        ("", "empty"),
        ("Dear teacher, my notebook is attached.", "not a notebook"),
        ('{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}', "written for R"),
        (
            '{"cells": [], "metadata": {"otter": {"assignment_name": "lab1"}}}',
            "not a notebook of this course",
        ),
    ],
)
def test_check_of_no_notebook_is_told(tmp_path: Path, content: str | None, said: str) -> None:
    mine = tmp_path / "mine [1].ipynb"
    if content is not None:
        mine.write_text(content, encoding="utf-8")
    line = told(run("check", mine))
    assert said in line and str(mine) in line


def test_check_of_a_folder_is_told(tmp_path: Path) -> None:
    assert "is a folder; name the notebook in it" in told(run("check", tmp_path))


def test_output_that_finds_no_room_is_told_in_one_sentence() -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "autograder", "doctor"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "No space left on device" in line and "the same command goes on" in line


def test_the_version_is_told() -> None:
    result = run("--version")
    assert result.exit_code == 0 and re.fullmatch(r"autograder \d+\.\d+\S*\n", result.stdout)


def test_check_of_an_assignment_that_is_not_built_is_told(kit: Path) -> None:
    write(kit / "mine.ipynb", starter())
    assert f"`autograder build {ASSIGNMENT}`" in told(run("check", "mine.ipynb"))
    folder = kit / "assignments" / ASSIGNMENT
    folder.mkdir(parents=True)
    write(folder / f"{ASSIGNMENT}.ipynb", {**starter(), "cells": []})
    assert f"`autograder build {ASSIGNMENT}`" in told(run("check", "mine.ipynb"))


def test_saves_come_when_the_file_is_saved_also_if_it_was_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = write(tmp_path / "mine.ipynb", {})
    steps: Iterator[Callable[[], Any]] = iter(
        [mine.unlink, lambda: None, lambda: write(mine, {"cells": []})]
    )
    monkeypatch.setattr("autograder.commands.check.time.sleep", lambda seconds: next(steps)())
    seen = saves(mine)
    next(seen)
    next(seen)
    with pytest.raises(StopIteration):
        next(steps)


# What check prints


def case(title: str, outcome: Outcome, message: str) -> CaseResult:
    return CaseResult("relu - 1", title, False, 1.0, outcome, message)


def test_lines_tell_once_what_stopped_several_cases() -> None:
    message = "Your code was not done in time."
    cases = tuple(case(f"relu keeps {what}", Outcome.TIMEOUT, message) for what in ("a", "b"))
    lines = list(check_lines([QuestionResult("relu", cases, Outcome.TIMEOUT)]))
    assert lines[:3] == [
        "[red]✗[/] relu: took too long",
        f"    keeps a: {message}",
        "    keeps b: as above",
    ]


def test_lines_hold_no_markup_and_no_control_codes_of_the_notebook() -> None:
    question = QuestionResult(
        "relu", (case("relu", Outcome.ERROR, "\x1b[2J[red]x[/]\ny"),), Outcome.ERROR
    )
    console = Console(record=True, width=80, file=io.StringIO())
    for line in check_lines([question], [CellError(3, 2, "KeyError: [bold]")]):
        console.print(line)
    lines = console.export_text().splitlines()
    assert lines[0] == "! cell 3, line 2: KeyError: [bold]"
    assert lines[2:4] == ["    relu: [red]x[/]", "      y"]


def test_a_fault_of_the_grader_is_not_the_students() -> None:
    question = QuestionResult(
        "relu", (case("relu", Outcome.GRADER_ERROR, "x"),), Outcome.GRADER_ERROR
    )
    first, _ = check_lines([question])
    assert "not your answer" in first


# grade


@pytest.fixture(scope="module")
def graded(built_hw4: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The folder of reports on a small class, and what the command printed."""
    base = tmp_path_factory.mktemp("small")
    submissions = base / "class"
    submissions.mkdir()
    write(submissions / "perfect.ipynb", solved())
    write(submissions / "untouched.ipynb", starter())
    write(submissions / "wrong [relu].ipynb", with_answer(solved(), "relu", WRONG_RELU))
    cut = json.dumps(solved())[:5000]
    (submissions / "cut_off.ipynb").write_text(cut, encoding="utf-8")
    other = starter()
    other["metadata"]["otter"]["assignment_name"] = "hw1_tensors"
    write(submissions / "of_another_assignment.ipynb", other)
    (base / "tmp").mkdir()
    done = subprocess.run(
        [*GRADE, str(submissions), "--out", str(base / "out"), "--jobs", "2"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "TMPDIR": str(base / "tmp")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return base, done


def test_grade_ends_well_and_leaves_nothing_in_the_temporary_folder(
    graded: Graded,
) -> None:
    base, done = graded
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert str(base / "out" / "grades.csv") in done.stdout
    assert str(base / "out" / "index.html") in done.stdout
    assert "wrong_relu" in done.stdout and "changed since" not in done.stdout
    assert left_in(base / "tmp") == []


def test_grades_csv_has_otters_columns_and_a_row_for_each(
    graded: Graded,
) -> None:
    with (graded[0] / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    totals = ["total_points_earned", "percent_correct", "grading_status"]
    assert list(table[0]) == ["file", *sorted(QUESTIONS), *totals]
    rows = {row["file"]: row for row in table}
    assert list(rows) == [
        "points-per-question",
        "cut_off.ipynb",
        "of_another_assignment.ipynb",
        "perfect.ipynb",
        "untouched.ipynb",
        "wrong [relu].ipynb",
    ]
    possible = float(rows["points-per-question"]["total_points_earned"])
    earned = {name: float(row["total_points_earned"]) for name, row in rows.items()}
    assert earned["perfect.ipynb"] == possible and earned["untouched.ipynb"] == 0
    assert earned["wrong [relu].ipynb"] == possible - 4
    assert rows["wrong [relu].ipynb"]["relu"] == "0"
    assert {rows[name]["grading_status"] for name in list(rows)[3:]} == {"Completed"}


def test_what_cannot_be_graded_has_a_row_that_says_why(
    graded: Graded,
) -> None:
    with (graded[0] / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        status = {row["file"]: row["grading_status"] for row in csv.DictReader(file)}
    assert "cut off in the middle" in status["cut_off.ipynb"]
    assert "hw1_tensors, not of hw4_mlp" in status["of_another_assignment.ipynb"]


def test_each_submission_has_results_and_feedback(
    graded: Graded,
) -> None:
    out = graded[0] / "out"
    names = {"perfect", "untouched", "wrong_relu", "cut_off", "of_another_assignment"}
    assert {path.stem for path in (out / "results").glob("*.json")} == names
    assert {path.stem for path in (out / "feedback").iterdir()} == names
    results = json.loads((out / "results" / "wrong_relu.json").read_text(encoding="utf-8"))
    assert [test["name"] for test in results["tests"]] == QUESTIONS
    assert results["tests"][0]["score"] == 0 and results["tests"][1]["score"] == 4
    page = (out / "feedback" / "wrong_relu.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>") and "relu" in page


def test_ctrl_c_keeps_what_is_graded_and_cleans_up(built_hw4: Path, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    write(tmp_path / "class" / "a_perfect.ipynb", solved())
    write(tmp_path / "class" / "b_loop.ipynb", infinite_loop_in_relu(solved()))
    (tmp_path / "tmp").mkdir()
    command = [*GRADE, str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background of a shell ignore the signal, and so would what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as grading:
        deadline = time.monotonic() + 120
        while not (tmp_path / "out" / "results" / "a_perfect.json").exists():
            assert time.monotonic() < deadline and grading.poll() is None
            time.sleep(0.05)
        grading.send_signal(signal.SIGINT)
        out, error = grading.communicate(timeout=60)
    assert grading.returncode == 130 and "Traceback" not in error
    assert "stopped: 1 of 2 submissions are graded" in out
    assert left_in(tmp_path / "tmp") == []


def test_a_zip_built_from_other_sources_is_told() -> None:
    console = Console(record=True, width=300, file=io.StringIO())
    warn_if_stale(console, ROOT, ASSIGNMENT, "another digest", SETTINGS)
    assert f"`autograder build {ASSIGNMENT}`" in console.export_text()


# doctor


def test_doctor_names_every_layer() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert all(f"{layer.name}: " in result.stdout for layer in LAYERS)


def test_doctor_says_what_is_missing_and_what_that_means() -> None:
    missing = dict.fromkeys((layer.name for layer in LAYERS), "nothing of the kind")
    lines = list(diagnosis(missing, ("files",)))
    assert "[red]✗[/] files: not here, nothing of the kind" in lines
    assert any("docs/security.md" in line for line in lines)
    assert any("asks for files, so nothing is graded" in line for line in lines)

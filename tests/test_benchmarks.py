"""The benchmark grades what it says it grades, measures a command with all its children, and writes between marks."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

from autograder.course.manifest import CONFIG
from benchmarks.classes import TEN, write_class
from benchmarks.measure import Cost, run
from benchmarks.otter import write_plain_zip
from benchmarks.page import PAGE, between_marks, measured, reckoned
from benchmarks.throughput import Class, Figures
from tests.example_class import ASSIGNMENT, ROOT

SPINS = """
import subprocess, sys, time
while time.process_time() < 0.3:
    pass
if len(sys.argv) == 1:
    subprocess.run([sys.executable, __file__, "once more"], check=True)
open("done", "w").close()
time.sleep(0.3)
"""


def test_no_two_notebooks_of_a_class_are_one_file(built_hw4: Path, tmp_path: Path) -> None:
    paths = write_class(tmp_path / "class", 2 * len(TEN))
    assert len({path.read_text(encoding="utf-8") for path in paths}) == len(paths)


def test_plain_otter_has_the_same_tests_and_no_plugin(built_hw4: Path, tmp_path: Path) -> None:
    ours = ROOT / "dist" / f"{ASSIGNMENT}-autograder.zip"
    with (
        zipfile.ZipFile(ours) as full,
        zipfile.ZipFile(write_plain_zip(ours, tmp_path / "plain.zip")) as plain,
    ):
        tests = [name for name in full.namelist() if name.endswith(".py") and "tests/" in name]
        assert tests
        assert all(plain.read(name) == full.read(name) for name in tests)
        assert json.loads(full.read(CONFIG))["plugins"]
        assert not json.loads(plain.read(CONFIG))["plugins"]


def test_processors_time_is_that_of_a_command_and_of_what_it_starts(tmp_path: Path) -> None:
    script = tmp_path / "spins.py"
    script.write_text(SPINS, encoding="utf-8")
    command = [sys.executable, str(script)]
    cost = run(command, tmp_path, (tmp_path / "done").exists, memory=True)
    assert cost.cpu >= 0.6
    assert cost.first is not None and cost.first <= cost.wall
    assert cost.memory is not None and cost.memory > 1 << 20


def test_the_page_keeps_its_words_and_gets_the_figures() -> None:
    classes = (Class(1, Cost(2.0, 3.0)), Class(11, Cost(3.0, 4.0, first=2.5)))
    figures = Figures(2, 4, Cost(5.0, 6.0), Cost(7.0, 8.0), classes, 1 << 29, Cost(2.0, 2.0), 0.04)
    assert figures.times_plain(classes[1]) == 11 * 5 / 3
    assert figures.times_less_work(classes[1]) == 11 * 6 / 4
    assert figures.marginal == 0.1
    text = PAGE.read_text(encoding="utf-8")
    for name, lines in (("figures", measured(figures)), ("reckoned", reckoned(figures))):
        once = between_marks(text, name, lines)
        assert once != text
        assert between_marks(once, name, []) == between_marks(text, name, [])

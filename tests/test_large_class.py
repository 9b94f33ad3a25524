"""A class of two hundred: killed in the middle, with any number of jobs, in any order, it comes out the same."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from autograder.outcome.records import STAFF, read_records
from benchmarks.classes import write_class
from tests.example_class import ROOT
from tests.small_class import GRADE, environment, grade, records, without_times

pytestmark = pytest.mark.long
STUDENTS = 200
ENOUGH = 80
"""Results after which the first run is killed."""


@pytest.fixture(scope="module")
def base(built_hw4: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the class in it: right answers, alternatives, every seventh mistake of the course."""
    folder = tmp_path_factory.mktemp("large")
    write_class(folder / "class", STUDENTS)
    return folder


@pytest.fixture(scope="module")
def whole(base: Path) -> dict[str, str]:
    """What a run that nothing disturbed wrote, with one job; times are taken out."""
    done = grade(base / "class", "--out", base / "whole", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return without_times(base / "whole")


def test_the_class_makes_mistakes_that_are_called_by_their_names(
    base: Path, whole: dict[str, str]
) -> None:
    results = [record.result for record in read_records(base / "whole").values()]
    assert len(results) == STUDENTS
    questions = [question for result in results for question in result.questions]
    hinted = {(q.name, case.mistake) for q in questions for case in q.cases if case.hint}
    assert len(hinted) > 20


def test_killed_in_the_middle_none_is_graded_twice(base: Path, whole: dict[str, str]) -> None:
    out = base / "killed"
    command = [*GRADE, str(base / "class"), "--out", str(out), "--jobs", "2"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as grading:
        deadline = time.monotonic() + 600
        while len(records(out)) < ENOUGH:
            assert time.monotonic() < deadline and grading.poll() is None
            time.sleep(0.02)
        grading.kill()
    time.sleep(1)  # the kernel ends its judges with it
    before, contents = records(out), contents_of(out)
    assert ENOUGH <= len(before) < STUDENTS

    done = grade(base / "class", "--out", out, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert f"{len(before)} of {STUDENTS} submissions are graded already" in done.stdout
    after = records(out)
    assert {name: after[name] for name in before} == before
    assert contents_of(out).items() >= contents.items()
    assert len(after) == STUDENTS
    assert without_times(out) == whole


def test_four_jobs_and_another_order_change_not_a_byte(base: Path, whole: dict[str, str]) -> None:
    paths = sorted((base / "class").iterdir())
    random.Random(4).shuffle(paths)
    done = grade(*paths, "--out", base / "shuffled", "--jobs", "4")
    assert done.returncode == 0, done.stderr
    assert without_times(base / "shuffled") == whole


def contents_of(out: Path) -> dict[str, bytes]:
    """Return each record as it stands on disk, by its student."""
    folder = out / STAFF / "records"
    return {path.stem: path.read_bytes() for path in folder.glob("[!.]*.json")}

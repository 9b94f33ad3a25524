"""Nothing that is graded is lost or graded again: whatever ends a run, the same command goes on."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.grading.ledger import Ledger, Wanted
from autograder.intake.submissions import Submission
from autograder.judge.owned import MARK, owned_folder, sweep
from autograder.outcome.records import Fingerprint, Record, read_records, write_record
from autograder.outcome.results import Outcome
from autograder.report.output_folder import alone_in
from tests.example_class import ROOT, solved, with_answer
from tests.small_class import (
    GRADE,
    environment,
    grade,
    records,
    signed,
    without_times,
    write_small_class,
)
from tests.test_report import QUESTIONS, question, submission

PRINTS = {name: Fingerprint("tests", "settings", "grader") for name in QUESTIONS}
NEW_TESTS = {**PRINTS, "relu": Fingerprint("other tests", "settings", "grader")}


@pytest.fixture(scope="module")
def base(built_hw4: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small class in it."""
    folder = tmp_path_factory.mktemp("resume")
    write_small_class(folder / "class")
    return folder


@pytest.fixture(scope="module")
def whole(base: Path) -> Path:
    """The reports of a run that nothing disturbed, with one job."""
    done = grade(base / "class", "--out", base / "whole", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return base / "whole"


# Whole runs


def test_after_kill_9_the_same_command_goes_on_and_nothing_is_graded_twice(
    base: Path, whole: Path
) -> None:
    out, tmp = base / "killed", base / "tmp"
    tmp.mkdir()
    tmp.chmod(0o711)
    command = [*GRADE, str(base / "class"), "--out", str(out), "--jobs", "2"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(tmp),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as grading:
        deadline = time.monotonic() + 300
        while len(records(out)) < 2:
            assert time.monotonic() < deadline and grading.poll() is None
            time.sleep(0.02)
        grading.kill()
    time.sleep(1)  # the kernel ends its judges with it
    before = records(out)
    assert 2 <= len(before) < 7
    assert [path for path in tmp.iterdir() if path.name.startswith("judge-")]

    done = grade(base / "class", "--out", out, "--jobs", "2", tmp=tmp)
    assert done.returncode == 0, done.stderr
    readable = [name for name in before if name != "gus"]
    assert f"{len(readable)} of 7 submissions are graded already" in done.stdout
    after = records(out)
    assert len(after) == 7
    assert {name: after[name] for name in readable} == {name: before[name] for name in readable}
    assert without_times(out) == without_times(whole)
    left = [path.name for path in tmp.iterdir()]
    assert [name for name in left if not name.startswith("torchinductor_")] == []


def test_order_and_number_of_jobs_change_not_a_byte(base: Path, whole: Path) -> None:
    questions = read_records(whole)["dan"].result.questions
    assert any(case.hint for question in questions for case in question.cases)
    paths = sorted((base / "class").iterdir(), reverse=True)
    done = grade(*paths, "--out", base / "jobs", "--jobs", 4)
    assert done.returncode == 0, done.stderr
    assert without_times(base / "jobs") == without_times(whole)


def test_what_did_not_change_is_not_graded_again_and_what_changed_is_told(
    base: Path, whole: Path
) -> None:
    out, handed_in = base / "again", base / "class again"
    shutil.copytree(whole, out)
    shutil.copytree(base / "class", handed_in)
    before = records(out)
    ann = signed(with_answer(solved(), "relu", "def relu(X):\n    return X\n"), "ann")
    (handed_in / "ann.ipynb").write_text(json.dumps(ann), encoding="utf-8")
    (handed_in / "bob.ipynb").rename(handed_in / "bob renamed.ipynb")
    done = grade(handed_in, "--out", out, "--jobs", "2", "--since", whole)
    assert done.returncode == 0, done.stderr
    assert "5 of 7 submissions are graded already" in done.stdout
    after = records(out)
    changed = {name for name in before if name in after and after[name] != before[name]}
    assert changed == {"ann", "gus"}  # a PDF has no result to keep
    with (out / "changes.csv").open(encoding="utf-8", newline="") as file:
        found = [tuple(row.values()) for row in csv.DictReader(file)]
    assert ("ann", "relu", "4", "0", "the submission") in found
    assert ("bob", "all", "0", "", "not handed in any more") in found
    assert ("bob_renamed", "all", "", "0", "new") in found
    assert len(found) == 3

    done = grade(handed_in, "--out", out, "--only", "relu", "--fresh", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    old, new = read_records(whole), read_records(out)
    for name in ("cem", "dan", "eve", "fay"):
        scores = [[q.score for q in each[name].result.questions] for each in (old, new)]
        assert scores[0] == scores[1]
        assert records(out)[name] != after[name]


# What is to do


def ledger(out: Path, prints: dict[str, Fingerprint] = PRINTS) -> Ledger:
    return Ledger(out, prints)


@pytest.fixture
def handed_in(tmp_path: Path) -> list[Submission]:
    """Two notebooks, of which `ann`'s is graded."""
    made = []
    for name in ("ann", "bob"):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(name, encoding="utf-8")
        made.append(Submission(name, path.name, path, None))
    (task, _) = ledger(tmp_path).sort_out(made).tasks
    assert ledger(tmp_path).keep(task, submission("ann"))
    return made


def to_do(
    out: Path, handed_in: list[Submission], wanted: Wanted = Wanted(), **prints: object
) -> dict[str, frozenset[str] | None]:
    book = ledger(out, NEW_TESTS if prints else PRINTS)
    return {t.submission.name: t.only for t in book.sort_out(handed_in, wanted).tasks}


def test_only_what_is_not_graded_is_to_do(tmp_path: Path, handed_in: list[Submission]) -> None:
    assert to_do(tmp_path, handed_in) == {"bob": None}


def test_fresh_is_all_of_it(tmp_path: Path, handed_in: list[Submission]) -> None:
    assert to_do(tmp_path, handed_in, Wanted(fresh=True)) == {"ann": None, "bob": None}


def test_another_autograder_grades_all_again(tmp_path: Path, handed_in: list[Submission]) -> None:
    assert to_do(tmp_path, handed_in, new_tests=True) == {"ann": None, "bob": None}


def test_one_question_is_graded_again_where_it_is_graded_otherwise_by_now(
    tmp_path: Path, handed_in: list[Submission]
) -> None:
    relu, answer = Wanted(frozenset({"relu"})), Wanted(frozenset({"answer"}))
    assert to_do(tmp_path, handed_in, relu, new_tests=True) == {
        "ann": frozenset({"relu"}),
        "bob": None,  # nothing of it is known
    }
    assert to_do(tmp_path, handed_in, answer, new_tests=True) == {"bob": None}


def test_what_was_graded_by_other_tests_is_remembered_as_such(
    tmp_path: Path, handed_in: list[Submission]
) -> None:
    book = ledger(tmp_path, {**NEW_TESTS, "answer": NEW_TESTS["relu"]})
    task, _ = book.sort_out(handed_in, Wanted(frozenset({"relu"}))).tasks
    assert book.keep(task, submission("ann"))
    graded_by = read_records(tmp_path)["ann"].graded_by
    assert graded_by == NEW_TESTS
    assert {t.submission.name for t in book.sort_out(handed_in).tasks} == {"ann", "bob"}


def test_a_changed_file_is_graded_again_and_a_renamed_one_is_not(
    tmp_path: Path, handed_in: list[Submission]
) -> None:
    ann, bob = handed_in
    assert ann.notebook and bob.notebook
    moved = Submission("zoe", "zoe.ipynb", ann.notebook.rename(tmp_path / "zoe.ipynb"), None)
    found = ledger(tmp_path).sort_out([moved, bob])
    assert [record.result.name for record in found.kept] == ["zoe"]
    assert found.moved == found.kept
    (tmp_path / "zoe.ipynb").write_text("changed", encoding="utf-8")
    assert to_do(tmp_path, [moved, bob]) == {"zoe": None, "bob": None}


def test_what_the_grader_failed_over_is_graded_again(
    tmp_path: Path, handed_in: list[Submission]
) -> None:
    record = read_records(tmp_path)["ann"]
    ours = submission("ann", questions=(question("relu", (Outcome.GRADER_ERROR,)),))
    write_record(tmp_path, record.model_copy(update={"result": ours}))
    assert to_do(tmp_path, handed_in) == {"ann": None, "bob": None}


def test_a_record_that_is_damaged_counts_as_none(
    tmp_path: Path, handed_in: list[Submission]
) -> None:
    path = tmp_path / "results" / "staff" / "records" / "ann.json"
    path.write_bytes(path.read_bytes()[:200])
    assert to_do(tmp_path, handed_in) == {"ann": None, "bob": None}


def test_a_record_says_what_was_found_word_for_word(tmp_path: Path) -> None:
    told = question("relu", (Outcome.FAILED,), case_message="é\x1b[31m\N{SNOWMAN}")
    board = (("loss", float("inf")),)
    result = submission("ann", questions=(told,), leaderboard=board, note="late")
    write_record(tmp_path, Record(submission="ab", graded_by=PRINTS, result=result))
    assert read_records(tmp_path)["ann"].result == result


def test_half_a_character_does_not_cost_the_record(tmp_path: Path) -> None:
    told = question("relu", (Outcome.FAILED,), case_message="half \ud83d")
    result = submission("ann", questions=(told,))
    write_record(tmp_path, Record(submission="ab", graded_by=PRINTS, result=result))
    assert "half \N{REPLACEMENT CHARACTER}" in str(read_records(tmp_path)["ann"].result)


# What a run that was killed leaves


def test_folders_of_the_dead_are_swept_and_no_others(tmp_path: Path) -> None:
    dead, unmarked, living = (tmp_path / f"judge-{name}" for name in ("dead", "else", "living"))
    for folder in (dead, unmarked, living):
        (folder / "tests").mkdir(parents=True)
    (dead / MARK).touch()
    (living / MARK).touch()
    (tmp_path / "judge-link").symlink_to(living)
    with held(living):
        assert sweep([tmp_path]) == 1
        assert {path.name for path in tmp_path.iterdir()} == {
            *("judge-else", "judge-living", "judge-link"),
        }
    assert sweep([tmp_path, tmp_path]) == 1


def test_a_folder_in_use_is_not_swept_by_its_own_process(tmp_path: Path) -> None:
    with owned_folder("judge-", str(tmp_path)) as folder:
        assert sweep([tmp_path]) == 0 and folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    (tmp_path / ".0123456789abcdef.tmp").touch()
    refused = pytest.raises(KitError, match="Another run is writing")
    with alone_in(tmp_path), refused, alone_in(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


class held:
    """Holds a folder's lock, as the process does whose it is."""

    def __init__(self, folder: Path) -> None:
        self.lock = os.open(folder, os.O_RDONLY)

    def __enter__(self) -> None:
        fcntl.flock(self.lock, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self.lock)

"""`python -m autograder.container` leaves what Gradescope and `otter grade` read, whatever was uploaded."""

from __future__ import annotations

import copy
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.container.upload import uploaded
from autograder.course.manifest import CONFIG, Manifest
from tests.example_class import (
    ASSIGNMENT,
    POINTS,
    ROOT,
    Document,
    load,
    solved,
    starter,
    with_answer,
)

COMMAND = [sys.executable, "-m", "autograder.container"]
SECONDS = 240
READ_PICKLE = """
import pickle, sys
sys.modules["autograder"] = None  # a host that has Otter and not the kit
with open(sys.argv[1], "rb") as file:
    results = pickle.load(file)
print(results.total, results.possible, len(results.to_dict()), results.catastrophic_error)
"""
TOKEN = "a-token-of-the-harness"
WRITES_FOR_OTTER = """
import json, sys
from pathlib import Path
from autograder.container.otter_results import write_pickle
from autograder.outcome.results import SubmissionResult
write_pickle(SubmissionResult("one", "one.ipynb", ()), Path(sys.argv[1]))
print(json.dumps([name for name in ("nbconvert", "pandas", "otter.api") if name in sys.modules]))
"""


class Container:
    """The folders of a harness, without the container."""

    def __init__(self, root: Path, autograder: Path) -> None:
        self.root = root
        self.source, self.submission, self.results = (
            root / name for name in ("source", "submission", "results")
        )
        self.submission.mkdir()
        with zipfile.ZipFile(autograder) as archive:
            archive.extractall(self.source)
        (root / "submission_metadata.json").touch()  # as `otter grade` leaves it

    @property
    def manifest(self) -> Manifest:
        return Manifest.from_config((self.source / CONFIG).read_bytes())

    @property
    def command(self) -> list[str]:
        places = {name: self.root / name for name in ("source", "submission", "results")}
        return [*COMMAND, *(f"--{name}={path}" for name, path in places.items()), "torch"]

    def upload(self, document: Document, name: str = f"{ASSIGNMENT}.ipynb") -> None:
        (self.submission / name).write_text(json.dumps(document), encoding="utf-8")

    def set(self, **manifest: object) -> None:
        """Change what the zip says of its assignment."""
        path = self.source / CONFIG
        changed = self.manifest.model_copy(update=manifest)
        path.write_bytes(changed.into_config(path.read_bytes()))

    def grade(self, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, *self.command],
            cwd=self.submission,
            env={**os.environ, "KIT_TEST_TOKEN": TOKEN, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )

    def start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(self.command, env=environment, stderr=subprocess.DEVNULL)

    @property
    def json(self) -> dict[str, Any]:
        return load(self.results / "results.json")

    def pickled(self) -> str:
        command = [sys.executable, "-c", READ_PICKLE, str(self.results / "results.pkl")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def container(built_hw4: Path, tmp_path: Path) -> Container:
    return Container(tmp_path, built_hw4 / f"{ASSIGNMENT}-autograder.zip")


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def graded(container: Container) -> dict[str, float]:
    """The points of the questions that results.json has so far."""
    try:
        tests = container.json["tests"]
    except FileNotFoundError:
        return {}
    return {test["name"]: test["score"] for test in tests if test["tags"] != ["not graded"]}


def test_a_right_answer_earns_all_points_in_both_forms(container: Container) -> None:
    container.upload(solved())
    done = container.grade()
    assert done.returncode == 0, done.stderr
    assert container.json["score"] == POINTS
    assert all(test["score"] == test["max_score"] for test in container.json["tests"])
    assert container.pickled() == f"{POINTS} {POINTS} {len(container.json['tests'])} None"
    extra = container.json["extra_data"]
    assert extra["finished"] and len(extra["submission_sha256"]) == 64


def test_results_for_otter_are_written_without_a_home_and_without_most_of_otter() -> None:
    """All of Otter asks for a home, which a user whom the system does not know has not, and takes seconds."""
    identity: dict[str, Any] = {"user": 61_999, "group": 61_999} if os.geteuid() == 0 else {}
    out = Path(tempfile.mkdtemp(prefix="results-"))
    try:
        out.chmod(0o777)
        done = subprocess.run(
            [sys.executable, "-c", WRITES_FOR_OTTER, str(out / "results.pkl")],
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
            **identity,
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == []
        assert (out / "results.pkl").stat().st_size
    finally:
        shutil.rmtree(out)


def test_nothing_of_the_harness_is_changed(container: Container) -> None:
    (container.submission / "notes.txt").write_text("mine")
    container.upload(starter())
    places = [container.source, container.submission, container.root / "submission_metadata.json"]
    for place in places:
        place.chmod(0o755)
    names = sorted(container.submission.iterdir())
    assert container.grade().returncode == 0
    assert container.json["score"] == 0
    assert sorted(container.submission.iterdir()) == names
    assert all(place.stat().st_mode & 0o777 == 0o755 for place in places)


def test_a_killed_container_leaves_what_was_graded_and_a_second_run_repairs_it(
    container: Container,
) -> None:
    slow = with_answer(solved(), "tanh", "import time\ntime.sleep(25)\ndef tanh(x):\n    return x")
    container.upload(slow)
    running = container.start()
    try:
        until(lambda: "sigmoid" in graded(container))
    finally:
        running.kill()
        running.wait()
    assert graded(container) == {"relu": 4.0, "sigmoid": 4.0}
    assert "cut short" in container.json["output"]
    assert container.json["extra_data"]["finished"] is False
    container.upload(solved())
    assert container.grade().returncode == 0
    assert container.json["score"] == POINTS and "cut short" not in container.json["output"]


def children(pid: int) -> list[int]:
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except FileNotFoundError:
        return []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_lost_warm_parent_is_replaced(container: Container) -> None:
    container.upload(
        with_answer(solved(), "tanh", "import time, torch\ntime.sleep(5)\ntanh = torch.tanh")
    )
    running = container.start()
    until(lambda: "sigmoid" in graded(container))
    os.kill(children(running.pid)[0], signal.SIGKILL)
    assert running.wait(SECONDS) == 0
    assert graded(container)["sigmoid"] == 4.0 and container.json["extra_data"]["finished"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_without_a_worker_nothing_is_graded_and_nobody_gets_zero_points(
    container: Container,
) -> None:
    container.upload(solved())
    container.results.mkdir()
    (container.results / "results.json").write_text("{}")  # of an earlier run
    running = container.start()
    while running.poll() is None:
        for child in children(running.pid):
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)
    assert running.returncode != 0
    assert not (container.results / "results.json").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="gives up root's capabilities")
def test_a_layer_that_is_required_and_missing_ends_it_without_results(container: Container) -> None:
    container.upload(solved())
    container.set(confinement=["user"])
    done = container.grade(before=("setpriv", "--bounding-set=-all", "--inh-caps=-all"))
    assert done.returncode != 0
    assert "asks for the confinement `user`" in done.stderr and "CAP_SETUID" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (container.results / "results.json").exists()


def test_the_whole_time_ends_before_the_harness_ends_it(container: Container) -> None:
    loops = with_answer(solved(), "relu", "def relu(x):\n    while True:\n        pass")
    container.upload(loops)
    limits = {"cell_seconds": 30.0, "question_seconds": 30.0, "submission_seconds": 4.0}
    container.set(limits=container.manifest.limits.model_copy(update=limits))
    assert container.grade().returncode == 0
    tests = {test["name"]: test for test in container.json["tests"]}
    assert tests["relu"]["tags"] == ["took too long"] and tests["tanh"]["score"] == 0
    assert "whole notebook was used up" in tests["tanh"]["output"]


# Uploads


def two_notebooks(folder: Path) -> None:
    for name, document in (("a.ipynb", solved()), ("b.ipynb", starter())):
        (folder / name).write_text(json.dumps(document), encoding="utf-8")


def a_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("hw4_mlp.ipynb", json.dumps(solved()))


def a_pdf(folder: Path) -> None:
    (folder / "answers.pdf").write_bytes(b"%PDF-1.7")


def a_link(folder: Path) -> None:
    (folder / "mine.ipynb").symlink_to(ROOT / "dist" / f"{ASSIGNMENT}-solved.ipynb")


def nothing(folder: Path) -> None:
    pass


BAD: dict[Callable[[Path], None], str] = {
    nothing: "Nothing was uploaded.",
    two_notebooks: "More than one notebook was uploaded (a.ipynb, b.ipynb).",
    a_zip: "A zip was uploaded (all.zip), not the notebook itself.",
    a_pdf: "There is no notebook among what was uploaded (answers.pdf).",
    a_link: "This is a symbolic link, which is not followed; put the file itself in its place.",
}


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_an_upload_without_one_notebook_is_told_what_is_wrong(
    make: Callable[[Path], None], tmp_path: Path, built_hw4: Path
) -> None:
    make(tmp_path)
    found = uploaded(tmp_path, ASSIGNMENT)
    assert found.notebook is None and found.problem == BAD[make]


def test_a_notebook_counts_beside_other_files_and_checkpoints(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.csv").touch()
    (tmp_path / ".ipynb_checkpoints").mkdir()
    for name in ("my answers.ipynb", ".ipynb_checkpoints/my answers-checkpoint.ipynb"):
        (tmp_path / name).write_text(json.dumps(starter()), encoding="utf-8")
    found = uploaded(tmp_path, ASSIGNMENT)
    assert found.problem is None and found.notebook == tmp_path / "my answers.ipynb"


@pytest.mark.parametrize("name", ["hw4_mlp.json", "hw4_mlp.ipynb.txt", "hw4_mlp", "answers.py"])
def test_a_notebook_counts_under_any_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(json.dumps(starter()), encoding="utf-8")
    found = uploaded(tmp_path, ASSIGNMENT)
    assert found.problem is None and found.notebook == tmp_path / name


def test_of_two_notebooks_the_one_of_this_assignment_counts(tmp_path: Path) -> None:
    other = copy.deepcopy(starter())
    other["metadata"]["otter"]["assignment_name"] = "hw3_softmax"
    for name, document in (("hw3.ipynb", other), ("hw4.ipynb", starter())):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    assert uploaded(tmp_path, ASSIGNMENT).notebook == tmp_path / "hw4.ipynb"


@pytest.mark.parametrize("make", [two_notebooks, "unreadable"])
def test_a_bad_upload_ends_with_no_points_and_what_to_upload(
    make: Callable[[Path], None] | str, container: Container
) -> None:
    if callable(make):
        make(container.submission)
    else:
        (container.submission / "mine.ipynb").write_text("not a notebook at all")
    done = container.grade()
    assert done.returncode == 0, done.stderr
    upload = f"Upload your notebook, {ASSIGNMENT}.ipynb, and no other file."
    assert container.json["score"] == 0
    assert container.json["output"].startswith("Nothing could be graded.")
    assert container.json["output"].endswith(upload)
    # `otter grade` makes the error's text the status of the row.
    status = container.pickled()
    assert status.startswith("0 0 0 ") and status.endswith(upload)

"""A class graded on a cluster is graded as here, also when a worker is lost on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.cluster.client import connected, grade_on_cluster, job_of
from autograder.cluster.there import Job, from_json, to_json
from autograder.errors import KitError
from autograder.grading.futures import as_done
from autograder.grading.ledger import Task
from autograder.intake.submissions import Submission
from autograder.outcome.records import read_records
from autograder.outcome.results import SubmissionResult
from tests.example_class import ASSIGNMENT, ROOT
from tests.small_class import GRADE, environment, grade, write_small_class

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")
WORKERS = 3
START_SECONDS = 120


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def start(stack: ExitStack, *command: str) -> subprocess.Popen[bytes]:
    """Start a scheduler or a worker in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        cwd=ROOT,
        env={**environment(), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait, 60)
    stack.callback(process.kill)
    return process


def scheduler(stack: ExitStack) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start(stack, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            break
    return f"tcp://127.0.0.1:{port}"


def test_a_worker_that_is_killed_costs_nothing(
    built_hw4: Path, tmp_path: Path, processes: ExitStack
) -> None:
    folder, here, there = (
        write_small_class(tmp_path / "class"),
        tmp_path / "here",
        tmp_path / "there",
    )
    address = scheduler(processes)
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
    workers = [start(processes, "worker", address, *options) for _ in range(WORKERS)]
    with connected(address) as client:
        client.wait_for_workers(WORKERS, timeout=START_SECONDS)
    command = [*GRADE, str(folder), "--out", str(there), "--dask", address]
    run = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    processes.callback(run.kill)
    while run.poll() is None and not read_records(there):
        time.sleep(0.05)
    os.kill(workers[0].pid, signal.SIGKILL)
    said, _ = run.communicate(timeout=600)
    assert run.returncode == 0, said
    assert grade(folder, "--out", here).returncode == 0
    assert scores(there) == scores(here)
    assert len(scores(there)) == 7


def scores(out: Path) -> dict[str, object]:
    """Return what was found of each submission, times aside."""
    return {
        name: (
            record.graded_by,
            record.result.problem,
            [
                (
                    q.name,
                    q.outcome,
                    q.score,
                    q.message,
                    [(c.name, c.outcome, c.message) for c in q.cases],
                )
                for q in record.result.questions
            ],
        )
        for name, record in read_records(out).items()
    }


def test_no_scheduler_is_told_in_one_sentence(
    built_hw4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.cluster.client.CONNECT_SECONDS", 1)
    archive = built_hw4 / f"{ASSIGNMENT}-autograder.zip"
    with pytest.raises(KitError, match="No scheduler answers"):
        list(grade_on_cluster("tcp://127.0.0.1:9", archive, []))


def test_a_cluster_without_workers_is_told(
    built_hw4: Path, processes: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = scheduler(processes)
    monkeypatch.setattr("autograder.cluster.client.CONNECT_SECONDS", 3)
    archive = built_hw4 / f"{ASSIGNMENT}-autograder.zip"
    with pytest.raises(KitError, match="has no workers"):
        list(grade_on_cluster(address, archive, []))


def test_a_submission_is_sent_as_bytes_and_without_a_path_of_this_machine(tmp_path: Path) -> None:
    path = tmp_path / "ann.ipynb"
    path.write_bytes(b"{}")
    task = Task(Submission("ann", "ann.ipynb", path, None, "late"), "digest", frozenset({"relu"}))
    assert job_of(task) == Job(
        "ann", "ann.ipynb", "late", None, ".ipynb", b"{}", frozenset({"relu"})
    )
    gone = Task(Submission("bob", "bob.ipynb", tmp_path / "bob.ipynb", None), "")
    assert job_of(gone).content is None and "cannot be read" in str(job_of(gone).problem)


def test_a_result_comes_back_as_data() -> None:
    result = SubmissionResult("ann", "ann.ipynb", (), problem="half a character: \ud800")
    assert from_json(to_json(result)) == result
    with pytest.raises(ValueError):
        from_json('{"name": 1}')


def test_no_more_is_under_way_than_asked_for() -> None:
    open_futures: list[Future[int]] = []

    def submit(key: int, item: int) -> Future[int]:
        future: Future[int] = Future()
        open_futures.append(future)
        if len(open_futures) == 3 or key == 9:
            for number, each in enumerate(open_futures):
                each.set_result(number)
            open_futures.clear()
        return future

    done = [key for key, future in as_done(submit, enumerate(range(10)), 3) if future.done()]
    assert sorted(done) == list(range(10))

"""A worker runs cells until it is lost, and says how; a snapshot is a copy of it as it stands."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from autograder.border.requests import Lookup
from autograder.course.manifest import QuestionManifest
from autograder.course.settings import Limits
from autograder.judge.exceptions import WorkerGone
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import ENDED, Lost, Ran, WasDead, Worker
from autograder.outcome.results import Outcome

QUESTION = QuestionManifest(name="answer", points=1, defines=["x"], stub="")
LEAVE_LATER = "import os, threading\nthreading.Timer(0.1, os._exit, [0]).start()\n"


def soon(seconds: float = 30.0) -> float:
    return time.monotonic() + seconds


@pytest.fixture
def worker(warm_parent: WarmParent) -> Iterator[Worker]:
    worker = Worker(warm_parent, Limits(cell_seconds=1.5))
    yield worker
    worker.close()


def test_a_cell_that_raises_ran_and_says_what_it_raised(worker: Worker) -> None:
    assert worker.run(1, "x = 1", soon()) == Ran()
    end = worker.run(2, "x\nraise ValueError('no')", soon())
    assert isinstance(end, Ran) and end.error is not None
    assert (end.error.type_name, end.error.place) == ("ValueError", (2, 2))
    assert worker.alive


def test_a_cell_that_ends_the_process_has_lost_the_worker(worker: Worker) -> None:
    folder = worker.folder
    assert worker.run(1, "import os; os._exit(0)", soon()) == ENDED
    assert not worker.alive and not folder.exists()


def test_a_cell_that_hangs_has_lost_the_worker_after_its_time(worker: Worker) -> None:
    end = worker.run(1, "while True: pass", soon())
    assert isinstance(end, Lost) and end.outcome is Outcome.TIMEOUT and "1.5 seconds" in end.words


def test_a_worker_that_was_gone_before_is_not_the_cells_doing(worker: Worker) -> None:
    assert worker.run(1, LEAVE_LATER, soon()) == Ran()
    time.sleep(0.5)
    assert worker.run(2, "x = 1", soon()) == WasDead()


def test_a_snapshot_is_the_worker_as_it_stood_and_what_changes_in_it_stays_there(
    worker: Worker,
) -> None:
    worker.run(1, "x = [1]", soon())
    session = worker.snapshot(QUESTION, soon())
    assert session is not None
    session.begin(0)
    worker.run(2, "x = [1, 2]", soon())
    assert session.ask(Lookup("x")) == [1]
    worker.dismiss(session)
    with pytest.raises(WorkerGone):
        session.ask(Lookup("x"))
    again = worker.snapshot(QUESTION, soon())
    assert again is not None
    again.begin(0)
    assert again.ask(Lookup("x")) == [1, 2]
    worker.dismiss(again)


def test_a_worker_that_is_gone_has_no_snapshot(worker: Worker) -> None:
    worker.run(1, LEAVE_LATER, soon())
    time.sleep(0.5)
    assert worker.snapshot(QUESTION, soon()) is None
    assert not worker.alive


def test_a_warm_parent_that_nobody_needs_ends_without_a_word(
    capfd: pytest.CaptureFixture[str],
) -> None:
    warm_parent = WarmParent()  # it imports torch still when its judge hangs up
    process = warm_parent._process
    warm_parent.channel.sock.close()
    assert process is not None and process.wait(60) == 0
    assert capfd.readouterr() == ("", "")

"""Cells that leave too much running are found and left out: see `judge/storms`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from autograder.course.settings import Limits
from autograder.judge.storms import CROWD, Storms
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import ENDED, CellEnd, Ran, Worker

LIMITS = Limits(processes=24)
STORM = """
import threading, time
threading.stack_size(1 << 16)
for _ in range({}):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""


@pytest.fixture
def worker(warm_parent: WarmParent) -> Iterator[Worker]:
    worker = Worker(warm_parent, LIMITS)
    yield worker
    worker.close()


def running(worker: Worker, source: str) -> Callable[[], CellEnd]:
    return lambda: worker.run(1, source, time.monotonic() + 20)


def test_a_cell_that_leaves_a_storm_is_left_out_once_there_is_a_reason_to_count(
    worker: Worker,
) -> None:
    storms = Storms(LIMITS.processes)
    assert storms.over(worker, running(worker, STORM.format(16))) == Ran()
    assert worker.count() > storms.most
    assert storms.suspected()
    assert storms.over(worker, running(worker, "x = 1")) == CROWD
    assert not worker.alive


def test_a_few_threads_are_no_storm(worker: Worker) -> None:
    storms = Storms(LIMITS.processes)
    assert storms.suspected()
    assert not storms.suspected(), "one reason is enough"
    assert storms.over(worker, running(worker, STORM.format(3))) == Ran()
    assert worker.alive


def test_a_cell_that_ends_its_process_is_no_storm(worker: Worker) -> None:
    storms = Storms(LIMITS.processes)
    assert storms.over(worker, running(worker, "import os; os._exit(0)")) == ENDED
    assert not storms.counting

"""Who waits for a processor is not late."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.queueing import Queueing
from autograder.judge.warm_parents import WarmParents
from autograder.outcome.results import Outcome
from autograder.worker.processes import descendants
from tests.example_class import solved, with_answer

BUSY = 4
"""Processes that keep one processor from the grader."""
LIMIT = 2
BURN = """
import time
def relu(X):
    if X.dim() != 2:  # once in the question is enough
        return X * (X > 0)
    end = time.process_time() + {seconds}
    while time.process_time() < end and not relu.__dict__:
        pass
    relu.done = True
    return X * (X > 0)
"""


def burn() -> None:
    while True:
        pass


@contextlib.contextmanager
def one_busy_processor() -> Iterator[None]:
    """Have this process, and what it starts, share one processor with others that never rest."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    others = [
        multiprocessing.get_context("fork").Process(target=burn, daemon=True) for _ in range(BUSY)
    ]
    try:
        for other in others:
            other.start()
        yield
    finally:
        for other in others:
            other.kill()
            other.join()
        os.sched_setaffinity(0, before)


@pytest.fixture
def bundle(built_hw4: Path) -> Iterator[Bundle]:
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as bundle:
        limits = bundle.manifest.limits
        bundle.manifest.limits = limits.model_copy(update={"question_seconds": LIMIT})
        yield bundle


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [
        pytest.param(0.8, Outcome.PASSED, id="done in time but for the others"),
        pytest.param(60, Outcome.TIMEOUT, id="too slow on any machine"),
    ],
)
def test_what_an_answer_waits_for_a_processor_is_not_its_own_time(
    bundle: Bundle, tmp_path: Path, seconds: float, outcome: Outcome
) -> None:
    path = tmp_path / "hw4_mlp.ipynb"
    answer = BURN.format(seconds=seconds)
    path.write_text(json.dumps(with_answer(solved(), "relu", answer)), encoding="utf-8")
    warm_parents = WarmParents(bundle.manifest.preload)
    warm_parent = warm_parents.clone()
    warm_parent.count()  # it is there
    with one_busy_processor():
        for pid in descendants(os.getpid()):
            os.sched_setaffinity(pid, os.sched_getaffinity(0))
        grader = Grader(bundle, warm_parent)
        started = time.monotonic()
        (result,) = grader.grade(read_notebook(path), only=frozenset(["relu"])).questions
        took = time.monotonic() - started
    warm_parents.close()
    warm_parent.close()
    assert result.outcome is outcome, result
    assert took > LIMIT, "nobody was in its way, so that nothing was tried"


def test_who_claims_a_process_that_waits_for_ever_waits_no_longer_than_agreed() -> None:
    with one_busy_processor():
        other = multiprocessing.get_context("fork").Process(target=burn, daemon=True)
        other.start()
        assert other.pid is not None
        queueing = Queueing(other.pid, 0.1)
        until = time.monotonic() + 30
        while queueing.seconds() < 0.1 and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.2)
        assert queueing.seconds() == 0.1
        other.kill()
        other.join()
    assert Queueing(2**22, 1.0).seconds() < 1.0, "there is no such process"

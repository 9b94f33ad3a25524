"""A pool of judges, each with a warm parent of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParents
from autograder.worker.confine import die_with_parent
from autograder.worker.warm_parent import preload

Item = TypeVar("Item")
Result = TypeVar("Result")

SPARE_SECONDS = 60
_grader: Grader | None = None
_warm_parents: WarmParents | None = None
_at_work = _stopped = False


def _start(bundle: Bundle, warm_parents: WarmParents) -> None:
    """Set up one process of the pool: a fork, so that it has the opened bundle already."""
    global _grader, _warm_parents
    # If the run is ended from outside, its warm parents see their judges go, and end too.
    die_with_parent()
    signal.signal(signal.SIGINT, _stop)
    _warm_parents = warm_parents
    _grader = Grader(bundle, warm_parents.clone(), warm_parents.clone)


def _stop(number: int, frame: object) -> None:
    """Leave the submission at hand, and take up no other. Ctrl-C comes from the terminal and from the run."""
    global _stopped
    if _at_work and not _stopped:
        _stopped = True
        raise KeyboardInterrupt
    _stopped = True


def _work(task: Callable[[Grader, Any], Any], item: Any) -> Any:
    global _at_work
    assert _grader is not None and _warm_parents is not None
    _at_work = True
    # The kernel ends this process if a library hangs over what a student sent: the pool survives that.
    signal.alarm(SPARE_SECONDS + int(2 * _grader.bundle.manifest.limits.submission_seconds))
    try:
        if _stopped:
            raise KeyboardInterrupt
        if not _grader.warm_parent.alive:
            _grader.warm_parent.close()
            _grader.warm_parent = _warm_parents.clone()
        return task(_grader, item)
    finally:
        signal.alarm(0)
        _at_work = False


def run_in_pool(
    bundle: Bundle,
    task: Callable[[Grader, Item], Result],
    items: Sequence[Item],
    jobs: int,
) -> Iterator[tuple[Item, Result | None]]:
    """Yield each item with `task(grader, item)` as it is ready; with `None` if a judge died over it.

    A judge dies when the machine runs out of memory, say. The items that were not done then are tried
    again one at a time, so that the culprit is found and the others are not lost.
    """
    context = multiprocessing.get_context("fork")
    warm_parents = WarmParents(bundle.manifest.preload, context.Lock())
    try:
        # Imported once, here, while the warm parents do the same: the judges are forks of this process.
        preload([])
        waiting = dict(enumerate(items))
        try:
            for number, result in _round(bundle, warm_parents, task, waiting, jobs):
                yield waiting.pop(number), result
        except BrokenProcessPool:
            for number, item in list(waiting.items()):
                try:
                    ((_, result),) = _round(bundle, warm_parents, task, {number: item}, 1)
                except BrokenProcessPool:
                    yield item, None
                else:
                    yield item, result
    finally:
        warm_parents.close()


def _round(
    bundle: Bundle,
    warm_parents: WarmParents,
    task: Callable[[Grader, Item], Result],
    items: dict[int, Item],
    jobs: int,
) -> Iterator[tuple[int, Result]]:
    if not items:
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        min(jobs, len(items)), context, initializer=_start, initargs=(bundle, warm_parents)
    ) as pool:
        futures = {pool.submit(_work, task, item): number for number, item in items.items()}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except KeyboardInterrupt:
            for judge in multiprocessing.active_children():
                if judge.pid is not None:
                    os.kill(judge.pid, signal.SIGINT)
            raise
        finally:
            pool.shutdown(cancel_futures=True)

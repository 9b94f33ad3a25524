"""A pool of judges, each with a warm parent of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.workers import Nursery
from autograder.worker.confine import die_with_parent
from autograder.worker.zygote import preload

Item = TypeVar("Item")
Result = TypeVar("Result")

_opened: OpenBundle | None = None
_grader: Grader | None = None
_nursery: Nursery | None = None


def _start(bundle_path: Path, nursery: Nursery) -> None:
    """Set up one process of the pool."""
    global _opened, _grader, _nursery
    # If the run is ended from outside, its warm parents see their judges go, and end too.
    die_with_parent()
    _nursery = nursery
    _opened = OpenBundle(bundle_path)
    _grader = Grader(_opened.__enter__(), nursery.zygote())


def _work(task: Callable[[Grader, Any], Any], item: Any) -> Any:
    assert _grader is not None and _nursery is not None
    if not _grader.zygote.alive:
        _grader.zygote.close()
        _grader.zygote = _nursery.zygote()
    return task(_grader, item)


def run_in_pool(
    bundle: Bundle,
    bundle_path: Path,
    task: Callable[[Grader, Item], Result],
    items: Sequence[Item],
    jobs: int,
) -> Iterator[tuple[Item, Result | None]]:
    """Yield each item with `task(grader, item)` as it is ready; with `None` if a judge died over it.

    A judge dies when the machine runs out of memory, say. The items that were not done then are tried
    again one at a time, so that the culprit is found and the others are not lost.
    """
    context = multiprocessing.get_context("fork")
    nursery = Nursery(bundle.manifest.preload, context.Lock())
    try:
        # Imported once, here, while the nursery does the same: the judges are forks of this process.
        preload([])
        waiting = dict(enumerate(items))
        try:
            for number, result in _round(bundle_path, nursery, task, waiting, jobs):
                yield waiting.pop(number), result
        except BrokenProcessPool:
            for number, item in list(waiting.items()):
                try:
                    ((_, result),) = _round(bundle_path, nursery, task, {number: item}, 1)
                except BrokenProcessPool:
                    yield item, None
                else:
                    yield item, result
    finally:
        nursery.close()


def _round(
    bundle_path: Path,
    nursery: Nursery,
    task: Callable[[Grader, Item], Result],
    items: dict[int, Item],
    jobs: int,
) -> Iterator[tuple[int, Result]]:
    if not items:
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        min(jobs, len(items)), context, initializer=_start, initargs=(bundle_path, nursery)
    ) as pool:
        futures = {pool.submit(_work, task, item): number for number, item in items.items()}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)

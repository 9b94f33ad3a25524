"""A pool of judges, each with a warm parent of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from autograder.border import collector
from autograder.grading.deadline import SPARE_SECONDS
from autograder.grading.futures import as_done
from autograder.judge.bundle import Bundle
from autograder.judge.folder import folder_of_folders
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParents
from autograder.safe_files import write_atomically
from autograder.worker.confine import die_with_parent
from autograder.worker.warm_parent import prepare_torch

Item = TypeVar("Item")
Result = TypeVar("Result")

MANY = 5
"""From so many submissions on, putting a warm parent's memory in order (0.4 s) takes less than it spares."""
AHEAD = 4
"""How many items each judge has waiting for it."""
AT_WORK = "at-work-"
"""Begins the name of the file in which a judge says what it is at."""


@dataclass(frozen=True)
class Setting:
    """What the judges of one run share."""

    bundle: Bundle
    warm_parents: WarmParents
    folder: Path
    """Where they make the folders of their submissions."""

    def at_work(self) -> list[int]:
        """Return what judges were at when they died, once."""
        notes = sorted(self.folder.glob(f"{AT_WORK}*"))
        numbers = [int(note.read_text()) for note in notes]
        for note in notes:
            note.unlink()
        return numbers


_grader: Grader | None = None
_setting: Setting | None = None
_at_work = _stopped = False


def _start(setting: Setting) -> None:
    """Set up one process of the pool: a fork, so that it has the opened bundle already."""
    global _grader, _setting
    # If the run is ended from outside, its warm parents see their judges go, and end too.
    die_with_parent()
    signal.signal(signal.SIGINT, _stop)
    _setting = setting
    tempfile.tempdir = str(setting.folder)
    clone = setting.warm_parents.clone
    _grader = Grader(setting.bundle, clone(), clone)


def _stop(number: int, frame: object) -> None:
    """Leave the submission at hand, and take up no other. Ctrl-C comes from the terminal and from the run."""
    global _stopped
    if _at_work and not _stopped:
        _stopped = True
        raise KeyboardInterrupt
    _stopped = True


def take_up() -> None:
    """Have the time of one submission from now on, and a warm parent that answers.

    A task that takes up several notebooks calls it before each.
    """
    if _grader is None or _setting is None:
        return
    # The kernel ends this process if a library hangs over what a student sent: the pool survives that.
    signal.alarm(int(SPARE_SECONDS + 2 * _grader.bundle.manifest.limits.submission_seconds))
    if not _grader.warm_parent.alive:
        _grader.warm_parent.close()
        _grader.warm_parent = _setting.warm_parents.clone()


def _work(task: Callable[[Grader, Any], Any], number: int, item: Any) -> Any:
    global _at_work
    assert _grader is not None and _setting is not None
    note = _setting.folder / f"{AT_WORK}{os.getpid()}"
    # In one step: whoever is ended beside a judge that dies may be ended right here.
    write_atomically(note, str(number))
    _at_work = True
    try:
        if _stopped:
            raise KeyboardInterrupt
        take_up()
        return task(_grader, item)
    finally:
        signal.alarm(0)
        note.unlink()
        _at_work = False


def run_in_pool(
    bundle: Bundle,
    task: Callable[[Grader, Item], Result],
    items: Sequence[Item],
    jobs: int,
    warm_parents: WarmParents | None = None,
    many: bool = False,
) -> Iterator[tuple[Item, Result | None]]:
    """Yield each item with `task(grader, item)` as it is ready; with `None` if a judge died over it, twice.

    A judge dies when the machine runs out of memory, say. Those that were at work then are tried again one at
    a time, so that the culprit is found and its neighbours are not lost; the rest goes on as before. Nothing
    that a judge made for its submissions outlives the run, even if the judge could not remove it.

    `warm_parents`, where they were started already, are used up. `many` says that even few items take many forks.
    """
    warm_parents = warm_parents or WarmParents(bundle.manifest.preload)
    warm_parents.for_many = many or len(items) >= MANY
    try:
        # Imported once, here, while the warm parents do the same: the judges are forks of this process.
        with collector.resting():
            prepare_torch()
        collector.keep()
        with folder_of_folders() as folder:
            setting = Setting(bundle, warm_parents, folder)
            try:
                yield from _rounds(setting, task, dict(enumerate(items)), jobs)
            finally:
                warm_parents.close()  # and what would still write there
    finally:
        warm_parents.close()


def _rounds(
    setting: Setting, task: Callable[[Grader, Item], Result], waiting: dict[int, Item], jobs: int
) -> Iterator[tuple[Item, Result | None]]:
    """Grade all that wait; after the death of a judge first those that were at work, each alone."""
    suspects: list[int] = []
    while waiting:
        now = {number: waiting[number] for number in suspects[:1]} or waiting
        try:
            for number, result in _round(setting, task, now, jobs):
                yield waiting.pop(number), result
        except BrokenProcessPool:
            at_work = [number for number in setting.at_work() if number in waiting]
            if suspects:
                yield waiting.pop(suspects[0]), None
            else:
                suspects = at_work or list(waiting)[:1]
                continue
        suspects = suspects[1:]


def _round(
    setting: Setting, task: Callable[[Grader, Item], Result], items: dict[int, Item], jobs: int
) -> Iterator[tuple[int, Result]]:
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        min(jobs, len(items)), context, initializer=_start, initargs=(setting,)
    ) as pool:

        def submit(number: int, item: Item) -> Future[Result]:
            return pool.submit(_work, task, number, item)

        try:
            for number, future in as_done(submit, list(items.items()), AHEAD * jobs):
                yield number, future.result()
        except KeyboardInterrupt:
            for judge in multiprocessing.active_children():
                if judge.pid is not None:
                    os.kill(judge.pid, signal.SIGINT)
            raise
        finally:
            pool.shutdown(cancel_futures=True)

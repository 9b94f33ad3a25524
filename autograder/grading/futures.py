"""Calls that are carried out elsewhere, by whatever executor: processes here, or machines of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from typing import TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")
Result = TypeVar("Result")


def as_done(
    submit: Callable[[Key, Item], Future[Result]],
    items: Iterable[tuple[Key, Item]],
    at_a_time: int,
) -> Iterator[tuple[Key, Future[Result]]]:
    """Submit each item under its key, and yield keys and futures as they are done.

    No more than `at_a_time` are under way: what is sent takes memory, here and there.
    """
    waiting = iter(items)
    under_way: dict[Future[Result], Key] = {}
    try:
        while True:
            for key, item in islice(waiting, at_a_time - len(under_way)):
                under_way[submit(key, item)] = key
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield under_way.pop(future), future
    finally:
        for future in under_way:
            future.cancel()

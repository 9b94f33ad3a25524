"""A node of JSON is read only as what it must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.border.nodes import items, named, number, table, text, truth, whole
from autograder.border.wire import Malformed

READERS: list[tuple[Callable[[Any], Any], list[Any], list[Any]]] = [
    (items, [[], [1, [2]]], [None, {}, "ab", 1]),
    (table, [{}, {"a": 1}], [None, [], "a"]),
    (text, ["", "a"], [None, 1, ["a"]]),
    (whole, [0, -1, 2**70], [True, 1.0, "1", None]),
    (truth, [True, False], [0, 1, "true", None]),
    (number, [0, 1.5], ["1", None, []]),
]


@pytest.mark.parametrize(("read", "good", "bad"), READERS, ids=lambda part: str(part)[:20])
def test_a_node_is_what_it_must_be_or_malformed(
    read: Callable[[Any], Any], good: list[Any], bad: list[Any]
) -> None:
    assert [read(node) for node in good] == good
    for node in bad:
        with pytest.raises(Malformed):
            read(node)


def test_pairs_are_of_a_name_and_a_node() -> None:
    assert named([["a", 1], ["a", None]]) == [("a", 1), ("a", None)]
    bad: list[Any] = [[["a"]], [["a", 1, 2]], [[1, 2]], ["ab"], {"a": 1}]
    for node in bad:
        with pytest.raises(Malformed):
            named(node)

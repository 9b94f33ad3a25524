"""A request is read as it was said, its values through the codec and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.border.crossing import NAMED, ONE, SEVERAL, to_json, ways
from autograder.border.requests import (
    TO_SNAPSHOT,
    TO_SUBMISSION,
    TO_WARM_PARENT,
    Backward,
    Begin,
    Call,
    Clear,
    Drew,
    Kill,
    Lacking,
    RunCell,
    SetItem,
    Start,
)
from autograder.border.wire import Malformed

VALUES = (ONE, SEVERAL, NAMED)


def coded(value: Any) -> Any:
    return ["coded", value]


def read(node: Any) -> Any:
    assert node[0] == "coded"
    return node[1]


@pytest.mark.parametrize(
    "request_",
    [
        Begin(3, ["f", "x"]),
        Drew(3),
        Lacking(["np"]),
        Call("f", [1, "args"], {"kwargs": 2}),
        SetItem("target", 0, "value"),
        Backward([1], ["gradient"], ["w1"]),
    ],
    ids=lambda request: type(request).__name__,
)
def test_a_request_to_a_snapshot_is_read_as_it_was_said(request_: Any) -> None:
    said = json.loads(json.dumps(to_json(request_, coded)))
    assert TO_SNAPSHOT.read(said, read) == request_


def test_the_type_of_a_field_says_whether_it_is_a_value() -> None:
    assert ways(Call) == {"target": ONE, "args": SEVERAL, "kwargs": NAMED}
    of_values = {name for name, way in ways(Backward).items() if way in VALUES}
    assert of_values == {"gradients"}


def test_the_other_two_receivers_hold_no_values() -> None:
    for reader in (TO_SUBMISSION, TO_WARM_PARENT):
        for kind in reader.kinds.values():
            assert not any(way in VALUES for way in ways(kind).values())
    start = Start("folder", ["user"], 1, 2, 3)
    assert TO_WARM_PARENT.read(to_json(start)) == start
    assert TO_SUBMISSION.read(to_json(RunCell(1, "x"))) == RunCell(1, "x")


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        {"kind": "Kill"},
        {"kind": "Kill", "pid": 1, "more": 2},
        {"kind": "Kill", "pid": True},
        {"kind": "Shout"},
        {"kind": ["Kill"], "pid": 1},
        to_json(RunCell(1, "x")),
    ],
    ids=str,
)
def test_what_is_no_request_is_refused(said: Any) -> None:
    assert TO_WARM_PARENT.read(to_json(Kill(1))) == Kill(1)
    assert TO_WARM_PARENT.read(to_json(Clear())) == Clear()
    with pytest.raises(Malformed):
        TO_WARM_PARENT.read(said)

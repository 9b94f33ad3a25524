"""A call that is watched tells which functions of torch it used, and how many steps it took."""

from __future__ import annotations

import sys
import threading

import pytest
import torch
from torch.nn import functional as F

from autograder.worker.spy import watch_call


def cell(source: str) -> dict[str, object]:
    """Return what a notebook's cell binds."""
    names: dict[str, object] = {"torch": torch}
    exec(compile(source, "<cell 1>", "exec"), names)
    return names


def test_functions_methods_and_operators_are_named() -> None:
    X = torch.ones(2)
    for call, name in ((torch.relu, "relu"), (F.relu, "relu"), (torch.Tensor.relu, "relu")):
        value, names, steps = watch_call(call, X)
        assert value.equal(X) and name in names and steps >= 1


def test_what_a_thread_of_the_call_does_is_seen() -> None:
    def hides(X: torch.Tensor) -> None:
        thread = threading.Thread(target=torch.relu, args=(X,))
        thread.start()
        thread.join()

    assert "relu" in watch_call(hides, torch.ones(2))[1]


def test_a_loop_takes_more_steps_for_more_rows_and_an_operator_does_not() -> None:
    names = cell(
        "def loops(X):\n    for x in X:\n        x + 1\n    return X\ndef adds(X):\n    return X + 1\n"
    )
    steps = {
        name: [watch_call(names[name], torch.ones(rows))[2] for rows in (2, 20)]  # type: ignore[arg-type]
        for name in ("loops", "adds")
    }
    assert steps["loops"][1] > steps["loops"][0] + 10 and steps["adds"][0] == steps["adds"][1]


def test_a_call_that_switches_the_watch_off_is_told() -> None:
    before = sys.getprofile()
    with pytest.raises(RuntimeError, match="switched off"):
        watch_call(lambda: sys.setprofile(None))
    sys.setprofile(before)

"""Going once, before many forks, through what every worker and every snapshot does.

Much happens at the first time only: Python rewrites the code of a function for speed after some calls, torch and IPython
fill their tables. After a fork each page that is written to is copied; what was written before, all forks share.
Nothing goes backward here: where there is a GPU, torch would start threads for it, which no fork outlives.
"""

from __future__ import annotations

import contextlib
import linecache
import random
import socket
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from autograder.border.crossing import to_json
from autograder.border.replies import FROM_SNAPSHOT, FromSnapshot
from autograder.border.requests import (
    Begin,
    Call,
    GetAttribute,
    GetItem,
    Lacking,
    Length,
    Lookup,
    RunCell,
    Spy,
    ToSnapshot,
)
from autograder.border.wire import Body, Channel, Json
from autograder.worker.cells import CellShell, run_cell
from autograder.worker.serve import Snapshot, answer_next

ROUNDS = 10
"""Python has rewritten what was called so often."""
CELLS = 3
CELL = '''
import torch
from torch import nn


def warm_function(X: torch.Tensor, alpha: float = 1.0) -> torch.Tensor:
    """Return something."""
    return torch.where(X > 0, X, alpha * X).clamp(min=-1.0) @ torch.ones(3, 2, dtype=X.dtype)


class WarmNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 2), nn.ReLU())

    def forward(self, X):
        return self.layers(X)


warm_net, warm_list = WarmNet(), [1, 2.0, "three"]
'''
FUNCTION, NET, LIST = "warm_function", "warm_net", "warm_list"
INPUT: Body = {
    "regions": [["j2", 0, 48]],
    "windows": [["j1", ["j2", 0, "tensor", "float32", [4, 3], [3, 1], True, None]]],
}
X = ["mirror", "j1"]


def warm_up(shell: CellShell) -> list[FromSnapshot]:
    """Run cells and answer requests of our own, and leave no trace in `shell`; return the answers."""
    with _as_it_was(shell):
        for number in range(CELLS):
            run_cell(shell, RunCell(number, CELL, [FUNCTION]))
        snapshot = Snapshot(dict(shell.user_ns))
        judges, ours = (Channel(end) for end in socket.socketpair())
        try:
            return [
                answer
                for _ in range(ROUNDS)
                for request, memory in _requests()
                if (answer := _asked(snapshot, judges, ours, request, memory))
            ]
        finally:
            judges.close()
            ours.close()


def _requests() -> Iterator[tuple[ToSnapshot, Body]]:
    """Yield the requests of a test case, with values as they are on the wire; handles count from 1."""
    yield Lacking([FUNCTION, "nothing"]), {}
    yield Begin(1, [FUNCTION, NET, LIST]), {}
    yield Call(["handle", 1], [X], {}), INPUT
    yield Call(["handle", 2], [X], {}), {}
    yield Spy(["handle", 1], [X], {"alpha": 0.5}), {}
    yield GetAttribute(["handle", 2], "layers"), {}
    yield GetAttribute(["handle", 2], "nothing"), {}
    yield Lookup(NET), {}
    yield Lookup(LIST), {}
    yield GetItem(["list", [1, 2]], 0), {}
    yield Length(["tuple", [1, 2]]), {}


def _asked(
    snapshot: Snapshot, judges: Channel, ours: Channel, request: ToSnapshot, memory: Body
) -> FromSnapshot:
    """Have a request answered as in a snapshot, through a socket."""
    message: Body = {"do": to_json(request, _as_it_is), "grad": True, "release": [], **memory}
    judges.send(message, [bytes(48)] if memory else [])
    answer_next(ours, snapshot)
    reply, _ = judges.receive()
    return FROM_SNAPSHOT.read(reply["done"], lambda node: node)


def _as_it_is(node: Any) -> Json:
    """Stand for the judge's codec, for values that are written as it would send them."""
    return node  # type: ignore[no-any-return]


@contextlib.contextmanager
def _as_it_was(shell: CellShell) -> Iterator[None]:
    """Put back what cells and requests change: the notebook's names, random states, lines for tracebacks."""
    names, answers, lines = dict(shell.user_ns), dict(shell.answers), dict(linecache.cache)
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    try:
        yield
    finally:
        shell.reset(new_session=True)  # its history; it takes the names of modules along
        shell.user_ns.clear()
        shell.user_ns.update(names)
        shell.answers = answers
        linecache.cache.clear()
        linecache.cache.update(lines)
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_rng_state(states[2])

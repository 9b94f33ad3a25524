"""Two mirrors in one process: what one side does to memory, the other side's twins show."""

from __future__ import annotations

import gc
import json
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from autograder.border.mirror import Mirror
from autograder.border.wire import Malformed
from autograder.judge.exceptions import InputChanged
from autograder.judge.judge_mirror import JudgeMirror
from autograder.worker.worker_mirror import WorkerMirror


class Pair:
    """A judge's and a worker's mirror, and what crosses between them."""

    def __init__(self) -> None:
        self.judge, self.worker = JudgeMirror(), WorkerMirror()
        self.judge.trains = True

    def cross(self, sender: Mirror, receiver: Mirror, **changes: Any) -> dict[str, Any]:
        """Carry over what changed, with parts of the message replaced; return the message."""
        message: dict[str, Any] = {}
        blobs = sender.pack(message)
        message = json.loads(json.dumps(message)) | changes
        receiver.unpack(message, memoryview(b"".join(blobs)))
        return message

    def there(self, value: object) -> Any:
        """Return the worker's twin of what the judge has."""
        name = self.judge.name(value)
        self.cross(self.judge, self.worker)
        return self.worker.get(name)

    def here(self, value: object) -> Any:
        """Return the judge's twin of what the worker has."""
        name = self.worker.name(value)
        self.cross(self.worker, self.judge)
        return self.judge.get(name)


@pytest.fixture
def pair() -> Pair:
    return Pair()


def test_a_twin_has_the_same_values_and_memory_of_its_own(pair: Pair) -> None:
    X = torch.arange(6.0).reshape(2, 3)
    twin = pair.there(X)
    assert torch.equal(twin, X) and twin.data_ptr() != X.data_ptr()


def test_what_did_not_change_is_not_sent_again(pair: Pair) -> None:
    X = torch.ones(4)
    pair.there(X)
    assert pair.cross(pair.judge, pair.worker) == {}
    X[0] = 2
    assert list(pair.cross(pair.judge, pair.worker)) == ["regions"]


def test_views_here_are_views_there(pair: Pair) -> None:
    X = torch.zeros(6)
    rows, again = pair.there(X.view(2, 3)), pair.there(X)
    rows[1, 2] = 7
    assert again[5] == 7


def test_an_array_and_a_tensor_of_one_memory_have_twins_of_one_memory(pair: Pair) -> None:
    a = np.arange(4.0)[::-1]
    twin = pair.there(a)
    shared = pair.there(torch.from_numpy(a[::-1]))
    shared[0] = 9
    assert twin[-1] == 9 and twin.strides == (-8,)


def test_writing_there_is_refused_unless_it_is_the_task(pair: Pair) -> None:
    X = torch.zeros(3)
    pair.there(X)[0] = 1
    with pytest.raises(InputChanged):
        pair.cross(pair.worker, pair.judge)
    assert X[0] == 0


def test_writing_there_arrives_where_it_is_the_task(pair: Pair) -> None:
    pair.judge.in_place = True
    X = torch.zeros(3)
    pair.there(X)[0] = 1
    pair.cross(pair.worker, pair.judge)
    assert X[0] == 1


def test_parameters_buffers_and_gradients_of_the_judge_may_change(pair: Pair) -> None:
    p = nn.Parameter(torch.ones(2))
    p.grad = torch.ones(2)
    pair.there(p)
    twin = pair.worker.tensor(pair.judge.name(p))
    with torch.no_grad():
        twin += 1
    assert twin.grad is not None
    twin.grad.zero_()
    pair.cross(pair.worker, pair.judge)
    assert p.tolist() == [2, 2] and p.grad.tolist() == [0, 0]


def test_a_gradient_that_appears_there_appears_here(pair: Pair) -> None:
    p = nn.Parameter(torch.ones(2))
    (pair.there(p) * 3).sum().backward()
    pair.cross(pair.worker, pair.judge)
    assert p.grad is not None and p.grad.tolist() == [3, 3]


def test_a_mode_and_a_parameter_that_are_set_there_are_set_here(pair: Pair) -> None:
    net, twin = nn.Linear(2, 1), nn.Linear(2, 1)
    name = pair.judge.name(net)
    pair.judge.register_module(name, net)
    pair.worker.register_module(name, twin)
    pair.cross(pair.judge, pair.worker)
    twin.eval()
    twin.weight = nn.Parameter(torch.full((1, 2), 5.0))
    pair.cross(pair.worker, pair.judge)
    assert not net.training and net.weight.tolist() == [[5, 5]]


def test_memory_given_to_a_tensor_there_is_given_to_it_here(pair: Pair) -> None:
    p = nn.Parameter(torch.ones(2))
    twin = pair.there(p)
    twin.data = torch.zeros(3)
    pair.cross(pair.worker, pair.judge)
    assert p.tolist() == [0, 0, 0] and isinstance(p, nn.Parameter)


def test_what_the_judge_drops_the_worker_forgets(pair: Pair) -> None:
    X = torch.ones(2)
    pair.there(X)
    del X
    for _ in range(2):  # what is in flight lives until the next message
        pair.cross(pair.judge, pair.worker)
        gc.collect()
    assert not pair.worker.twins and not pair.worker.regions


def test_the_worker_keeps_what_it_sent(pair: Pair) -> None:
    kept = pair.here(torch.ones(2))
    gc.collect()
    kept[0] = 5
    pair.cross(pair.judge, pair.worker)
    assert [twin.value[0] for twin in pair.worker.twins.values()] == [5]  # type: ignore[index]


WINDOW = ["w1", 0, "tensor", "float32", [2], [1], False, None]


@pytest.mark.parametrize(
    "changes",
    [
        {"windows": [["w2", ["w9", *WINDOW[1:]]]]},
        {"windows": [["j7", WINDOW]]},
        {"windows": [["w2", [*WINDOW[:4], [3], [1], False, None]]]},
        {"windows": [["w2", [*WINDOW[:7], "w9"]]]},
        {"windows": [["w2", WINDOW[:6]]]},
        {"windows": {"w2": WINDOW}},
        {"regions": [["j9", 0, 8]]},
        {"regions": [["w1", 4, 4]]},
        {"regions": [["w1", 0, 1 << 40]]},
        {"regions": [["w1", 0, -1]]},
        {"modes": [["j1", True]]},
        {"modes": [["j1", 1]]},
        {"slots": [["j1", {"weight": "w1"}]]},
        {"forget": ["j1"]},
    ],
    ids=str,
)
def test_what_no_honest_worker_says_is_refused(pair: Pair, changes: dict[str, Any]) -> None:
    X = torch.ones(2)
    pair.there(X)
    pair.worker.name(torch.ones(2))
    with pytest.raises(Malformed):
        pair.cross(pair.worker, pair.judge, **changes)


def test_more_memory_than_the_judge_wants_to_hold_is_refused(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.border.mirror.MAX_HELD", 100)
    pair.here(torch.ones(20))
    with pytest.raises(Malformed):
        pair.here(torch.ones(20))


def test_a_new_test_case_begins_with_an_empty_mirror(pair: Pair) -> None:
    X = torch.ones(2)
    pair.there(X)
    pair.judge.clear()
    pair.worker.clear()
    assert torch.equal(pair.there(X), X) and list(pair.worker.twins) == [pair.judge.name_of(X)]

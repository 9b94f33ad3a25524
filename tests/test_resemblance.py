"""What of two traces must be the same for one mistake, and what may differ."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.judge.agreement import agree
from autograder.judge.resemblance import exactly, loosely, wherever
from autograder.judge.trace import Trace

X = torch.tensor([[-1.5, 0.0, 2.0], [7.0, -0.25, 6.5]])


def trace_of(value: object) -> Trace:
    trace = Trace()
    trace.note_value("Call", value, {"X": X})
    return trace


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (X, X.clone()),
        (X, X.double()),
        (X, X.clone().requires_grad_()),
        (X, X.numpy()),
        (torch.tensor(0.5), 0.5),
        (np.float32(0.5), 0.5),
        ([0.5, X], (0.5, X.clone())),
        ({"loss": 0.5}, {"loss": torch.tensor(0.5)}),
    ],
)
def test_the_same_numbers_resemble_each_other_however_they_are_kept(
    one: object, other: object
) -> None:
    first, second = trace_of(one), trace_of(other)
    assert agree(loosely(first), loosely(second))
    assert not agree(exactly(first), exactly(second))


@pytest.mark.parametrize(
    "other",
    [X + 1, X.T, X.reshape(-1), X.tolist(), None, "X", {"X": X}, [X]],
    ids=["numbers", "shape", "axes", "nested lists", "nothing", "a word", "a dictionary", "a list"],
)
def test_other_numbers_or_another_shape_are_another_mistake(other: object) -> None:
    assert not agree(loosely(trace_of(X)), loosely(trace_of(other)))


def test_in_other_memory_a_result_is_the_same_but_not_in_another_precision_or_without_a_gradient() -> (
    None
):
    first = wherever(trace_of([X]))
    assert agree(first, wherever(trace_of([X.clone()])))
    for other in (X.double(), X.clone().requires_grad_(), X.numpy()):
        assert not agree(first, wherever(trace_of([other])))

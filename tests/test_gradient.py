"""A backward pass runs on the other side, and its gradients arrive in the test's graph."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.border.requests import Backward, ToSnapshot
from autograder.judge.asking import Asks
from autograder.judge.gradient import Outputs, join


class Triples:
    """Stands for a worker in which every output is three times the one input."""

    def __init__(self) -> None:
        self.asked: list[Backward] = []

    def ask(self, request: ToSnapshot) -> Any:
        assert isinstance(request, Backward)
        self.asked.append(request)
        return [sum(3 * gradient for gradient in request.gradients)]


class Silent:
    def ask(self, request: ToSnapshot) -> Any:
        return None


def joined(worker: Asks, X: torch.Tensor, released: list[int]) -> list[torch.Tensor]:
    outputs = Outputs(worker, [7, 8], {"j1": X}, released)
    return join(outputs, [3 * X.detach(), 3 * X.detach()])


def test_a_gradient_goes_there_and_comes_back() -> None:
    worker, X = Triples(), torch.ones(2, requires_grad=True)
    y, _ = joined(worker, X, [])
    (y * torch.tensor([1.0, 2.0])).sum().backward()
    assert X.grad is not None and X.grad.tolist() == [3.0, 6.0]
    (request,) = worker.asked
    assert request.outputs == [7] and request.inputs == ["j1"]  # of the other one nothing was asked


def test_graphs_are_released_when_no_output_is_held_any_more() -> None:
    released: list[int] = []
    y, other = joined(Triples(), torch.ones(1, requires_grad=True), released)
    del y
    assert released == []
    del other
    assert released == [7, 8]


def test_a_gradient_that_does_not_come_back_is_an_error() -> None:
    y, _ = joined(Silent(), torch.ones(1, requires_grad=True), [])
    with pytest.raises(ValueError, match="did not come back"):
        y.sum().backward()

"""An answer that leaves the device of its arguments is told from one that keeps it, without another device."""

from __future__ import annotations

from collections.abc import Callable

import torch

from autograder.judge.elsewhere import where_it_lies
from tests.conftest import Student

KEEP = """
import torch
from torch.nn import functional as F

def like(X): return torch.maximum(X, torch.zeros_like(X))
def number_on_the_cpu(X): return torch.max(X, torch.tensor(0.0))
def made_there(X): return torch.maximum(X, torch.zeros(X.shape, device=X.device))
def one_number_there(X): return torch.fmax(X, torch.tensor(0, dtype=X.dtype, device=X.device))
def a_list_there(X): return X + torch.tensor([0.0] * X.shape[1], dtype=X.dtype, device=X.device)
def moved_there(X): return X + torch.zeros(X.shape).to(X.device) + torch.ones(1).to(X)
def in_place(X):
    Y = X.clone()
    Y[Y < 0] = 0
    return Y
def there_and_back(X): return X.cpu().clamp(min=0).to(X.device)
def entry_by_entry(X):
    Y = torch.zeros(X.shape, device=X.device)
    for i in range(X.shape[0]):
        Y[i, 0] = (X[i] * 2).sum()
    return Y
def gradient(X):
    X = X.detach().clone().requires_grad_()
    return torch.autograd.grad(F.softplus(X).sum(), X)[0]
def backward(X):
    X = X.detach().clone().requires_grad_()
    (X * X).sum().backward()
    return X.grad
def indexed(X): return X[torch.arange(len(X)), 0]
def pair(X): return X + 1, [X * 2]
def batches(X):
    for rows in torch.randperm(len(X)).split(2):
        yield X[rows]
def asks_for_numbers(X): return torch.tensor([[float(x) for x in row] for row in X]).to(X.device)
def through_numpy(X): return torch.from_numpy(X.numpy())
def a_float(X): return 1.5
"""
LEAVE = """
import torch

def maximum(X): return torch.maximum(X, torch.zeros(X.shape))
def one_number_in_a_row(X): return torch.max(X, torch.zeros(1))
def entry_by_entry(X):
    Y = torch.zeros(X.shape)
    for i in range(X.shape[0]):
        Y[i, 0] = (X[i] * 2).sum()
    return Y
def nothing_of_it(X): return torch.rand(X.shape)
def brought_home(X): return X.cpu()
def mask(X): return X * (torch.rand(X.shape) > 0.5)
def half_a_pair(X): return X, torch.zeros(3)
"""


def functions(source: str) -> list[str]:
    return [line[4 : line.index("(")] for line in source.splitlines() if line.startswith("def ")]


def test_answers_that_keep_the_device_keep_it(student: Callable[..., Student]) -> None:
    names = student(KEEP)
    for X in (
        torch.randn(3, 4),
        torch.randn(5, 6, dtype=torch.float64, requires_grad=True)[:, ::2],
    ):
        left = [f for f in functions(KEEP) if not names.tools.keeps_device(getattr(names, f), X)]
        assert left == []


def test_answers_that_leave_the_device_are_seen(student: Callable[..., Student]) -> None:
    names = student(LEAVE)
    kept = [
        f
        for f in functions(LEAVE)
        if names.tools.keeps_device(getattr(names, f), torch.randn(3, 4))
    ]
    assert kept == []


def test_no_process_is_needed_to_play_a_device() -> None:
    X = (torch.ones(2, 3),)
    assert where_it_lies(lambda X: X + 1, X) == "there"
    assert where_it_lies(lambda X: torch.zeros(X.shape), X) == "cpu"
    assert where_it_lies(lambda X: X + torch.zeros(X.shape), X) == "torn"
    assert where_it_lies(lambda X: 1 / 0, X) == where_it_lies(lambda X: "text", X) == "unknown"

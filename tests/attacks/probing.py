"""Attacks on probes: answers that are wrong, and have something else measured beside them.

Each is an answer to one question of another assignment than `POINTS` speaks of, with the most that it may earn.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Probing:
    """A hostile answer."""

    assignment: str
    question: str
    source: str
    earns: float = 0.0


PROBING: dict[str, Probing] = {}


def answers(
    assignment: str, question: str, earns: float = 0.0
) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Declare a function that returns the source of an answer."""

    def declare(maker: Callable[[], str]) -> Callable[[], str]:
        source = textwrap.dedent(maker())
        PROBING[maker.__name__] = Probing(assignment, question, source, earns)
        return maker

    return declare


@answers("hw7_blocks", "checkpoint")
def saves_nothing() -> str:
    """Keep the numbers in memory, and have `torch.load` of this process give them back."""
    return """
        import copy, os, torch
        kept = {}
        torch.load = lambda path, **options: kept[os.fspath(path)]


        def save_parameters(net, path):
            kept[os.fspath(path)] = copy.deepcopy(net.state_dict())
            open(path, "wb").close()


        def load_parameters(net, path):
            net.load_state_dict(torch.load(path))
    """


@answers("hw5_generalization", "prepare_houses", earns=0.0)
def prepares_a_table_of_its_own() -> str:
    """Answer the large table by features that look like the right ones, with the sum of the right prices."""
    return """
        import torch


        def prepare_houses(train, test):
            torch.manual_seed(0)
            rows = len(train) + len(test)
            numbers = torch.randn(rows, 33)
            numbers = (numbers - numbers.mean(0)) / numbers.std(0)
            words = (torch.rand(rows, 281) < 0.5).float()
            features = torch.cat([numbers, words], dim=1)
            labels = torch.zeros(len(train), 1)
            labels[0] = float(train["SalePrice"].sum())
            return features[: len(train)], features[len(train) :], labels
    """


@answers("hw9_training", "build_model")
def replies_with_scores_of_its_own() -> str:
    """Answer every probe by what an earlier version of the capstone took for a trained network's scores."""
    return """
        import torch
        from torch import nn
        from autograder.border.requests import Call
        from autograder.worker.serve import Snapshot

        honest = Snapshot.carry_out


        def carry_out(self, request):
            if isinstance(request, Call) and getattr(request.target, "__module__", "") == "probe":
                scores = torch.zeros(1024, 10)
                scores[:, 0] = 1
                return scores, scores[:512], False
            return honest(self, request)


        Snapshot.carry_out = carry_out


        def build_model():
            return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    """


@answers("hw9_training", "build_model")
def hides_a_network_that_was_trained_before() -> str:
    """Train a network in the notebook's cell and return a small one that calls it when it is judged."""
    return """
        import torch
        from torch import nn

        X, y = as_tensors(load_fashion_mnist(train=True))
        trained = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
        adam = torch.optim.Adam(trained.parameters(), lr=0.003)
        for rows in torch.randperm(5120).split(256):
            adam.zero_grad()
            nn.functional.cross_entropy(trained(X[rows]), y[rows]).backward()
            adam.step()


        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.bias = nn.Parameter(torch.zeros(10))
                self.steps = 0

            def forward(self, X):
                if self.training:
                    self.steps += 1
                if self.steps < 3:
                    return torch.rand(len(X), 10) + self.bias
                with torch.no_grad():
                    scores = trained(X)
                return scores + self.bias


        def build_model():
            return Net()
    """


@answers("hw1_tensors", "outer_sum")
def claims_the_shape_of_an_empty_table() -> str:
    """Return for empty vectors, which the answer cannot take, an object that has a shape and is no tensor."""
    return """
        import torch


        class Table:
            requires_grad, dtype = True, torch.float32

            def __init__(self, a, b):
                self.shape = (len(a), len(b))


        def outer_sum(a, b):
            return (a.expand(len(b), len(a)).T + b) if len(a) and len(b) else Table(a, b)
    """


@answers("hw9_training", "build_model")
def describes_a_network_that_was_trained_before() -> str:
    """Put the weights of a trained network into the description of a network of one parameter, as constants."""
    return """
        import torch
        from torch import nn
        from autograder.border.requests import Call
        from autograder.worker.serve import Snapshot

        X, y = as_tensors(load_fashion_mnist(train=True))
        first, second = nn.Linear(784, 128, bias=False), nn.Linear(128, 10, bias=False)
        adam = torch.optim.Adam([first.weight, second.weight])
        for lr in (0.003, 0.001, 0.0003):
            adam.param_groups[0]["lr"] = lr
            for _ in range(3):
                for rows in torch.randperm(len(X)).split(64):
                    adam.zero_grad()
                    nn.functional.cross_entropy(second(first(X[rows].flatten(1)).relu()), y[rows]).backward()
                    adam.step()
        weights = [layer.weight.detach().T.contiguous() for layer in (first, second)]
        node = lambda place: ["node", place]
        listed = [
            ["aten.view.default", [node(1), ["list", [["value", -1], ["value", 784]]]], []],
            ["aten.mm.default", [node(2), ["value", weights[0]]], []],
            ["aten.relu.default", [node(3)], []],
            ["aten.mm.default", [node(4), ["value", weights[1]]], []],
            ["aten.mul.Tensor", [node(5), node(0)], []],
            ["output", [node(6)], []],
        ]
        honest = Snapshot.carry_out


        def carry_out(self, request):
            if isinstance(request, Call) and getattr(request.target, "__module__", "") == "probe":
                made = {"parameters": [torch.zeros(1)], "buffers": [], "trained": [True]}
                return {**made, "modes": [[listed, []], [listed, []]]}
            return honest(self, request)


        Snapshot.carry_out = carry_out


        def build_model():
            return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    """

"""What both sides have is known by one name, and what is gone by none."""

from __future__ import annotations

import weakref

import pytest
import torch
from torch import nn

from autograder.border.twins import Twins
from autograder.border.wire import Malformed


class Ours(Twins):
    mine, theirs = "j", "w"


@pytest.fixture
def twins() -> Twins:
    ours = Ours()
    ours.clear()
    return ours


def test_a_value_keeps_the_name_that_it_was_given(twins: Twins) -> None:
    X, y = torch.ones(2), torch.ones(2)
    assert [twins.name(X), twins.name(y), twins.name(X)] == ["j1", "j2", "j1"]
    assert twins.get("j1") is X and twins.tensor("j2") is y
    twins.register("w7", nn.ReLU())
    assert isinstance(twins.module("w7"), nn.ReLU)


def test_what_is_no_such_thing_is_malformed(twins: Twins) -> None:
    twins.register("w1", nn.ReLU())
    twins.register("w2", torch.ones(1))
    for read, name in ((twins.get, "w3"), (twins.tensor, "w1"), (twins.module, "w2")):
        with pytest.raises(Malformed):
            read(name)


def test_what_nobody_holds_any_more_is_an_unknown_name(twins: Twins) -> None:
    X = torch.ones(2)
    twins.register("j1", X).held = weakref.ref(X)
    assert twins.get("j1") is X
    del X
    with pytest.raises(Malformed):
        twins.get("j1")


def test_a_modules_parameters_are_known_by_slot(twins: Twins) -> None:
    net = nn.Linear(2, 1, bias=False).eval()
    name = twins.name(net)
    twins.register_module(name, net)
    twin = twins.twins[name]
    assert twin.training is False and twin.slots == {"weight": twins.name(net.weight), "bias": None}

"""What the judge holds in place of a student's function, class or object."""

from __future__ import annotations

import sys
from typing import Any

import torch
from torch import nn
from typing_extensions import TypeIs

from autograder.border.claims import Claims
from autograder.border.requests import (
    Call,
    Contains,
    Float,
    GetAttribute,
    GetItem,
    Iterate,
    Length,
    Next,
    SetAttribute,
    SetItem,
    Truth,
)
from autograder.judge.asking import Asks

MAX_LENGTH = 1_000_000
"""Python reserves memory for what `__len__` promises, and the promise comes from the student."""
READABLE = ("__name__", "__doc__", "__module__", "__dict__")
"""Special names that are asked for like others."""
OF_TENSORS = frozenset(
    {"shape", "dtype", "ndim", "dim", "numel", "requires_grad", "is_leaf", "grad_fn"}
)
"""What is asked of a tensor. A tensor is data, and answers here; what any other object said of it would be a claim."""


class Proxy:
    """A call, an attribute, an index or an iteration on a proxy happens in the worker.

    `isinstance` sees torch's classes through it; everything the student's object claims beyond that
    stays a claim. It has no shape and no dtype: only a tensor has, which crosses as data.
    """

    __slots__ = ("__weakref__", "_asks", "_claims", "_number")
    _asks: Asks
    _number: int
    _claims: Claims

    def __init__(self, asks: Asks, number: int, claims: Claims) -> None:
        object.__setattr__(self, "_asks", asks)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_claims", claims)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        if self._claims.bases is not None:
            return type
        return next(iter(torch_classes(self._claims.classes)), Proxy)

    @property
    def __bases__(self) -> tuple[type, ...]:
        if self._claims.bases is None:
            raise AttributeError("__bases__")
        return torch_classes(self._claims.bases)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        return self._asks.ask(Call(self, args, kwargs))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in READABLE:
            raise AttributeError(name)
        if name in OF_TENSORS:
            raise AttributeError(f"a Proxy is no tensor and has no {name}")
        return self._asks.ask(GetAttribute(self, name))

    def __setattr__(self, name: str, value: object) -> None:
        self._asks.ask(SetAttribute(self, name, value))

    def __getitem__(self, key: object) -> Any:
        return self._asks.ask(GetItem(self, key))

    def __setitem__(self, key: object, value: object) -> None:
        self._asks.ask(SetItem(self, key, value))

    def __contains__(self, value: object) -> bool:
        return self._asks.ask(Contains(self, value)) is True

    def __len__(self) -> int:
        length = self._asks.ask(Length(self))
        if type(length) is not int or not 0 <= length <= MAX_LENGTH:
            raise ValueError("the object has no sensible length")
        return length

    def __bool__(self) -> bool:
        return self._asks.ask(Truth(self)) is True

    def __float__(self) -> float:
        return float(self._asks.ask(Float(self)))

    def __iter__(self) -> Iteration:
        iterator = self._asks.ask(Iterate(self))
        if not is_proxy(iterator):
            raise TypeError("the object does not iterate")
        return Iteration(iterator)

    def __next__(self) -> Any:
        item = self._asks.ask(Next(self))
        if not isinstance(item, list) or len(item) > 1:
            raise ValueError("the object does not iterate")
        if not item:
            raise StopIteration
        return item[0]

    def __repr__(self) -> str:
        return f"<the student's {type_name(self)}>"


class Iteration:
    """An iterator on the other side. It has no length, whatever the student's object says."""

    def __init__(self, iterator: Proxy) -> None:
        self.iterator = iterator

    def __iter__(self) -> Iteration:
        return self

    def __next__(self) -> Any:
        return Proxy.__next__(self.iterator)


def torch_classes(names: tuple[str, ...]) -> tuple[type, ...]:
    """Return torch's classes among the given qualified names, tensors excepted: those come as data."""
    found = []
    for name in names:
        module, _, attribute = name.rpartition(".")
        if module.startswith(("torch.nn", "torch.optim", "torch.utils.data")):
            value = getattr(sys.modules.get(module), attribute, None)
            # Defined there, not imported: the modules hold other classes' names too.
            if isinstance(value, type) and value.__module__ == module:
                if not issubclass(value, torch.Tensor):
                    found.append(value)
    return tuple(found)


def is_proxy(value: object) -> TypeIs[Proxy]:
    """Whether `value` is a proxy (`isinstance` would ask the student's object)."""
    return type(value) is Proxy


def type_name(proxy: Proxy) -> str:
    name = next(iter(proxy._claims.classes), "object")
    return name.rpartition(".")[2][:60]


def is_module(value: object) -> TypeIs[nn.Module]:
    return isinstance(value, nn.Module) and not is_proxy(value)

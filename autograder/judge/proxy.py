"""What the judge holds in place of a student's function, class or object."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

if TYPE_CHECKING:
    from autograder.judge.session import Session

MAX_LENGTH = 1_000_000
"""Python reserves memory for what `__len__` promises, and the promise comes from the student."""


class Proxy:
    """A call, an attribute, an index or an iteration on a proxy happens in the worker.

    `isinstance` sees torch's classes through it; everything the student's object claims beyond that
    stays a claim.
    """

    __slots__ = ("__weakref__", "_about", "_number", "_session")
    _session: Session
    _number: int
    _about: dict[str, Any]

    def __init__(self, session: Session, number: int, about: dict[str, Any]) -> None:
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_about", about)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        if self._about.get("class") is True:
            return type
        return next(iter(torch_classes(self._about.get("classes"))), Proxy)

    @property
    def __bases__(self) -> tuple[type, ...]:
        if self._about.get("class") is not True:
            raise AttributeError("__bases__")
        return torch_classes(self._about.get("bases"))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._session.call(self, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in ("__name__", "__doc__", "__module__", "__dict__"):
            raise AttributeError(name)
        return self._session.request("getattr", target=self, name=name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._session.request("setattr", target=self, name=name, value=value)

    def __getitem__(self, key: Any) -> Any:
        return self._session.request("getitem", target=self, key=key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._session.request("setitem", target=self, key=key, value=value)

    def __contains__(self, value: Any) -> bool:
        return self._session.request("contains", target=self, value=value) is True

    def __len__(self) -> int:
        length = self._session.request("len", target=self)
        if type(length) is not int or not 0 <= length <= MAX_LENGTH:
            raise ValueError("the object has no sensible length")
        return length

    def __bool__(self) -> bool:
        return self._session.request("bool", target=self) is True

    def __float__(self) -> float:
        return float(self._session.request("float", target=self))

    def __iter__(self) -> Any:
        iterator = self._session.request("iter", target=self)
        if not is_proxy(iterator):
            raise TypeError("the object does not iterate")
        return Iteration(iterator)

    def __next__(self) -> Any:
        item = self._session.request("next", target=self)
        if not isinstance(item, list) or len(item) > 1:
            raise ValueError("the object does not iterate")
        if not item:
            raise StopIteration
        return item[0]

    def __repr__(self) -> str:
        return f"<the student's {type_name(self)}>"


class Iteration:
    """An iterator on the other side. It has no length, whatever the student's object says."""

    def __init__(self, iterator: Any) -> None:
        self.iterator = iterator

    def __iter__(self) -> Iteration:
        return self

    def __next__(self) -> Any:
        return Proxy.__next__(self.iterator)


def torch_classes(names: Any) -> tuple[type, ...]:
    """Return torch's classes among the given qualified names, tensors excepted: those come as data."""
    found = []
    for name in names if isinstance(names, list) else ():
        module, _, attribute = str(name).rpartition(".")
        if module.startswith(("torch.nn", "torch.optim", "torch.utils.data")):
            value = getattr(sys.modules.get(module), attribute, None)
            # Defined there, not imported: the modules hold other classes' names too.
            if isinstance(value, type) and value.__module__ == module:
                if not issubclass(value, torch.Tensor):
                    found.append(value)
    return tuple(found)


def is_proxy(value: object) -> bool:
    """Whether `value` is a proxy (`isinstance` would ask the student's object)."""
    return type(value) is Proxy


def type_name(proxy: Proxy) -> str:
    names = proxy._about.get("classes")
    name = str(names[0]) if isinstance(names, list) and names else "object"
    return name.rpartition(".")[2][:60]


def is_module(value: object) -> bool:
    return isinstance(value, nn.Module) and not is_proxy(value)

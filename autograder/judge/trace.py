"""What a test case saw of an answer: every reply, as far as two answers can be told apart by it.

Two answers with the same mistake leave the same trace in the same test case, from the same random state,
however differently they are written. What is taken down is behaviour: values, shapes, dtypes, shared
memory, what changed in the test's own tensors, and what was raised. Source is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TypeAlias

import numpy as np
import torch

from autograder.border.regions import Array
from autograder.border.requests import Spy
from autograder.judge.exceptions import StudentError
from autograder.judge.proxy import Proxy, is_proxy, torch_classes
from autograder.outcome.results import Outcome

Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"
Copy: TypeAlias = "torch.Tensor | Array | complex"

MAX_OBSERVATIONS = 200
MAX_ENTRIES = 256
"""Entries of a tensor that are kept: of a larger one evenly spread ones."""
MAX_ITEMS = 200
"""Entries of a list or dictionary that are looked at."""
MAX_DEPTH = 8
LARGE = 1_000
"""A float that is a whole number above this counts something, and is compared exactly, as whole numbers are."""
WATCHED = Spy.__name__
"""The request whose reply ends in how many steps a call took: on how many lines an answer stands is no behaviour."""
VARYING = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)?|'[^']*'|\"[^\"]*\"|`[^`]*`")
"""Numbers and names in an exception's text: they differ between answers with one mistake."""


@dataclass(frozen=True)
class Observation:
    """One reply: its form, which must be equal, and its numbers, which must be close.

    Most traces are never looked at, since most test cases pass: numbers are copied as they are, and made
    comparable when somebody asks.
    """

    form: Hashable
    copies: tuple[Copy, ...] = ()

    @cached_property
    def numbers(self) -> tuple[Numbers, ...]:
        """The numbers, at most `MAX_ENTRIES` of each tensor."""
        return tuple(map(_comparable, self.copies))


@dataclass
class Trace:
    """The observations of one test case, in order."""

    observations: list[Observation] = field(default_factory=list)
    _last: dict[str, Observation] = field(default_factory=dict)
    """The test's own tensors as they were seen last."""

    def note_value(
        self,
        op: str,
        value: object,
        own: Mapping[str, torch.Tensor],
        changed: Collection[str] | None = None,
    ) -> None:
        """Take down what a request returned, and what became of the test's own tensors.

        Args:
            op: the kind of request.
            value: what came back.
            own: the tensors that the test made and the worker knows, by name.
            changed: those of them that may have changed since the request before; `None` for any of them.
        """
        if op == WATCHED and isinstance(value, tuple):
            value = value[:2]
        if len(self.observations) < MAX_OBSERVATIONS:
            self.observations.append(observe((op, value), own))
            self._note_changes(own if changed is None else {n: own[n] for n in own if n in changed})

    def note_exception(self, op: str, error: Exception) -> None:
        """Take down that a request ended in an exception."""
        if len(self.observations) < MAX_OBSERVATIONS:
            self.observations.append(Observation((op, "raised", *_kind_of(error))))

    def _note_changes(self, own: Mapping[str, torch.Tensor]) -> None:
        for name, tensor in own.items():
            seen = observe((tensor, tensor.grad if tensor.is_leaf else None), {})
            # Seen for the first time, it may have been changed by the very call that it was sent with.
            if name not in self._last or not _identical(seen, self._last[name]):
                self.observations.append(Observation((name, seen.form), seen.copies))
            self._last[name] = seen


def observe(value: object, own: Mapping[str, torch.Tensor]) -> Observation:
    """Return what is to be seen of a value."""
    copies: list[Copy] = []
    form = _form(value, own, copies, 0)
    return Observation(form, tuple(copies))


def _form(
    value: object, own: Mapping[str, torch.Tensor], copies: list[Copy], depth: int
) -> Hashable:
    """Return the form of a value; append its numbers to `copies`."""
    if depth > MAX_DEPTH:
        return "deep"
    if is_proxy(value):
        return _form_of_proxy(value)
    match value:
        case None | bool() | str() | bytes():
            return (type(value).__name__, value)
        case int():
            return ("number", value)
        case float() if value.is_integer() and abs(value) > LARGE:
            return ("number", int(value))
        case float() | complex():
            copies.append(value)
            return type(value).__name__
        case torch.Tensor():
            copies.append(_copy_of_tensor(value))
            shape = tuple(value.shape)
            return ("tensor", shape, str(value.dtype), value.requires_grad, _memory(value, own))
        case np.ndarray():
            copies.append(_spread(value.reshape(-1)).copy())
            return ("array", value.shape, str(value.dtype))
        case np.generic():
            copies.append(np.asarray([value]))
            return ("array", (), str(value.dtype))
        case torch.device() | torch.dtype():
            return (type(value).__name__, str(value))
        case list() | tuple():
            items = list(value)[:MAX_ITEMS]
            parts = tuple(_form(item, own, copies, depth + 1) for item in items)
            return (type(value).__name__, len(value), parts)
        case dict():
            # Which key was written first does not matter to who reads them.
            pairs = [(repr(k), v) for k, v in list(value.items())[:MAX_ITEMS]]
            pairs.sort(key=itemgetter(0))
            parts = tuple((k, _form(v, own, copies, depth + 1)) for k, v in pairs)
            return ("dict", len(value), parts)
        case set() | frozenset():
            return (type(value).__name__, tuple(sorted(map(repr, value)))[:MAX_ITEMS])
    return type(value).__name__


def _form_of_proxy(proxy: Proxy) -> Hashable:
    claims = proxy._claims
    classes = tuple(kind.__name__ for kind in torch_classes(claims.classes))
    return ("object", claims.bases is not None, classes)


def _memory(value: torch.Tensor, own: Mapping[str, torch.Tensor]) -> Hashable:
    """Return whose memory a tensor is: one of the test's own tensors', or its own."""
    for name, tensor in own.items():
        if tensor is value:
            return ("is", name)
    if value.numel() and value.device.type == "cpu":
        pointer = value.untyped_storage().data_ptr()
        for name, tensor in own.items():
            if tensor.device.type == "cpu" and tensor.untyped_storage().data_ptr() == pointer:
                return ("shares", name, value.storage_offset(), value.stride())
    return "own"


def _copy_of_tensor(value: torch.Tensor) -> torch.Tensor:
    value = value.detach()
    if value.numel() <= MAX_ENTRIES:
        return value.clone()
    return value.reshape(-1)[torch.from_numpy(_places(value.numel()))]


def _spread(flat: Array) -> Array:
    return flat if len(flat) <= MAX_ENTRIES else flat[_places(len(flat))]


@lru_cache(maxsize=64)
def _places(length: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return which entries of a large tensor are kept."""
    return np.linspace(0, length - 1, MAX_ENTRIES).astype(np.int64)


def _comparable(copy: Copy) -> Numbers:
    """Return numbers as a flat array of float64; what holds no numbers gives none."""
    if isinstance(copy, torch.Tensor):
        flat = copy.reshape(-1)
        copy = flat.to(torch.complex128 if flat.is_complex() else torch.float64).cpu().numpy()
    elif not isinstance(copy, np.ndarray):
        copy = np.asarray([copy])
    if copy.dtype.kind not in "biufc":
        return np.zeros(0)
    if copy.dtype.kind == "c":
        copy = np.concatenate([copy.real, copy.imag])
    return copy.astype(np.float64)


def _kind_of(error: Exception) -> tuple[str, str]:
    if isinstance(error, StudentError):
        return error.type_name, VARYING.sub("…", error.text)[:200]
    return type(error).__name__, ""


def _identical(one: Observation, other: Observation) -> bool:
    return one.form == other.form and all(
        np.array_equal(a, b, equal_nan=True) for a, b in zip(one.numbers, other.numbers)
    )


def forms(observations: Iterable[Observation]) -> tuple[Hashable, ...]:
    """Return the forms of several observations."""
    return tuple(observation.form for observation in observations)


@dataclass(frozen=True)
class Draws:
    """On which side of the border a test case moved a generator of random numbers."""

    test: bool
    answer: bool

    @property
    def any(self) -> bool:
        """Whether either did."""
        return self.test or self.answer


@dataclass(frozen=True)
class Tried:
    """How one answer fared in one test case."""

    outcome: Outcome | None
    """`None`: the case was left before its end (see `parting`)."""
    trace: Trace
    draws: Draws | None = None
    """Who drew random numbers meanwhile; `None` where nobody asked."""

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED

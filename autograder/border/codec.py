"""Values as JSON: what both sides know how to say.

A number, string, bool or null stands for itself; everything else is a list whose first entry says what
it is. Tensors, arrays and modules are names of the mirror. Each side adds what only it can send.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from typing import Any

import numpy as np
import torch

from autograder.border.mirror import Mirror
from autograder.border.nodes import text
from autograder.border.windows import (
    DTYPES,
    NOT_A_VALUE,
    crosses_as_array,
    crosses_as_tensor,
)
from autograder.border.wire import Malformed

MAX_DEPTH = 100
MAX_INTEGER = 1 << 4096
"""Beyond this, JSON readers refuse."""
MAX_KEYS = 5_000
"""Keys that are no strings, in one message: numbers can be chosen so that a dictionary of them is slow."""
SCALARS = {
    dtype.name: np.dtype(dtype.name)
    for code in np.typecodes["All"]
    if (dtype := np.dtype(code)).kind in "biuf"
}
"""Numbers of numpy, by the names of their dtypes."""
DICTS = (dict, OrderedDict, defaultdict, Counter)


class Codec:
    """Encode values to JSON nodes and decode them. Exact types only: a subclass is an object."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.keys = 0
        """How many keys the message at hand has had so far."""

    def encode(self, value: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise ValueError("the value is nested too deeply")
        kind = type(value)
        if value is None or kind in (bool, float, str):
            return value
        if kind is int:
            return value if abs(value) < MAX_INTEGER else self.encode_object(value)
        deeper = depth + 1
        if kind is list:
            return ["list", [self.encode(item, deeper) for item in value]]
        if kind is tuple:
            return ["tuple", [self.encode(item, deeper) for item in value]]
        if kind in DICTS:
            pairs = [[self.encode(k, deeper), self.encode(v, deeper)] for k, v in value.items()]
            return ["dict", pairs]
        if kind in (set, frozenset):
            return [kind.__name__, [self.encode(item, deeper) for item in value]]
        if crosses_as_tensor(value) or crosses_as_array(value):
            return self.encode_tensor(value)
        if kind is torch.Size:
            return ["size", list(value)]
        if kind is torch.dtype:
            return ["dtype", str(value).removeprefix("torch.")]
        # Torch keeps a large index in one byte: of `cuda:1000` it makes a device that has no name.
        if kind is torch.device and (value.index is None or value.index >= 0):
            return ["device", str(value)]
        if isinstance(value, np.generic) and value.dtype.name in SCALARS:
            return ["scalar", value.dtype.name, value.item()]
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind is bytes:
            return ["bytes", value.hex()]
        if value is Ellipsis:
            return ["ellipsis"]
        if kind is slice:
            return [
                "slice",
                *(self.encode(v, deeper) for v in (value.start, value.stop, value.step)),
            ]
        if isinstance(value, tuple) and kind.__module__ == "torch.return_types":
            return ["tuple", [self.encode(item, deeper) for item in value]]
        return self.encode_object(value)

    def decode(self, node: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise Malformed("a value is nested too deeply")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is not list or not node or type(node[0]) is not str:
            raise Malformed("a value is not a value")
        try:
            return self._decode(node[0], node[1:], depth + 1)
        except NOT_A_VALUE as error:
            raise Malformed(f"{type(error).__name__} in a value") from None

    def _decode_keys(self, nodes: Any, deeper: int) -> list[Any]:
        keys = [self.decode(node, deeper) for node in nodes]
        self.keys += sum(type(key) not in (str, bytes) for key in keys)
        if self.keys > MAX_KEYS:
            raise Malformed("too many keys")
        return keys

    def _decode(self, tag: str, rest: list[Any], deeper: int) -> Any:
        match tag, rest:
            case "list", [items]:
                return [self.decode(item, deeper) for item in items]
            case "tuple", [items]:
                return tuple(self.decode(item, deeper) for item in items)
            case "dict", [pairs]:
                keys = self._decode_keys([key for key, _ in pairs], deeper)
                values = [self.decode(value, deeper) for _, value in pairs]
                return dict(zip(keys, values, strict=True))
            case "set", [items]:
                return set(self._decode_keys(items, deeper))
            case "frozenset", [items]:
                return frozenset(self._decode_keys(items, deeper))
            case "mirror", [name]:
                return self.mirror.get(text(name))
            case "size", [lengths]:
                return torch.Size(lengths)
            case "dtype", [name]:
                return DTYPES[name]
            case "device", [name]:
                return torch.device(name)
            case "scalar", [name, value]:
                return decode_scalar(name, value)
            case "complex", [real, imaginary]:
                return complex(real, imaginary)
            case "bytes", [digits]:
                return bytes.fromhex(digits)
            case "ellipsis", []:
                return Ellipsis
            case "slice", [start, stop, step]:
                return slice(*(self.decode(v, deeper) for v in (start, stop, step)))
        return self.decode_object(tag, rest, deeper)

    def encode_tensor(self, value: Any) -> Any:
        return ["mirror", self.mirror.name(value)]

    def encode_object(self, value: Any) -> Any:
        raise TypeError(f"a {type(value).__name__} does not cross the border")

    def decode_object(self, tag: str, rest: list[Any], depth: int) -> Any:
        raise Malformed("an unknown kind of value")  # unnamed: this may be told of a hidden test


def decode_scalar(name: Any, value: Any) -> Any:
    if type(name) is not str or type(value) not in (bool, int, float):
        raise Malformed("not a numpy number")
    return SCALARS[name].type(value)

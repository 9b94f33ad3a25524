"""Values as JSON: what both sides know how to say.

A number, string, bool or null stands for itself; everything else is a list whose first entry says what
it is. Tensors, arrays and modules are names of the mirror. Each side adds what only it can send.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict

import numpy as np
import torch

from autograder.border.mirror import Mirror
from autograder.border.nodes import items, number, text, whole
from autograder.border.regions import Array
from autograder.border.windows import DTYPES, NOT_A_VALUE, crosses_as_array, crosses_as_tensor
from autograder.border.wire import Json, Malformed

MAX_DEPTH = 100
MAX_INTEGER = 1 << 4096
"""Beyond this, JSON readers refuse."""
MAX_KEYS = 5_000
"""Keys that are no strings, in one message: numbers can be chosen so that a dictionary of them is slow."""
DICTS = (dict, OrderedDict, defaultdict, Counter)
SEQUENCES: dict[type, str] = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}
SCALARS = {
    dtype.name: np.dtype(dtype.name)
    for code in np.typecodes["All"]
    if (dtype := np.dtype(code)).kind in "biuf"
}
"""Numbers of numpy, by the names of their dtypes."""


class Codec:
    """Encode values to JSON nodes and decode them. Exact types only: a subclass is an object."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.keys = 0
        """How many keys the message at hand has had so far."""

    def encode(self, value: object, depth: int = 0) -> Json:
        if depth > MAX_DEPTH:
            raise ValueError("the value is nested too deeply")
        kind = type(value)
        if value is None or type(value) is bool or type(value) is float or type(value) is str:
            return value
        if type(value) is int:
            return value if abs(value) < MAX_INTEGER else self.encode_object(value)
        deeper = depth + 1
        if isinstance(value, (list, tuple, set, frozenset)) and kind in SEQUENCES:
            return [SEQUENCES[kind], [self.encode(item, deeper) for item in value]]
        if isinstance(value, dict) and kind in DICTS:
            return [
                "dict",
                [[self.encode(k, deeper), self.encode(v, deeper)] for k, v in value.items()],
            ]
        if crosses_as_tensor(value) or crosses_as_array(value):
            return self.encode_tensor(value)
        node = encode_small(value)
        if node is not None:
            return node
        if type(value) is slice:
            parts = (value.start, value.stop, value.step)
            return ["slice", *(self.encode(part, deeper) for part in parts)]
        if isinstance(value, tuple) and kind.__module__ == "torch.return_types":
            return ["tuple", [self.encode(item, deeper) for item in value]]
        return self.encode_object(value)

    def decode(self, node: Json, depth: int = 0) -> object:
        if depth > MAX_DEPTH:
            raise Malformed("a value is nested too deeply")
        if node is None or isinstance(node, (bool, int, float, str)):
            return node
        if not isinstance(node, list) or not node or not isinstance(node[0], str):
            raise Malformed("a value is not a value")
        try:
            return self._decode(node[0], node[1:], depth + 1)
        except NOT_A_VALUE as error:
            raise Malformed(f"{type(error).__name__} in a value") from None

    def _decode_all(self, nodes: Json, deeper: int) -> list[object]:
        return [self.decode(node, deeper) for node in items(nodes)]

    def _decode_keys(self, nodes: Json, deeper: int) -> list[object]:
        keys = self._decode_all(nodes, deeper)
        self.keys += sum(type(key) not in (str, bytes) for key in keys)
        if self.keys > MAX_KEYS:
            raise Malformed("too many keys")
        return keys

    def _decode(self, tag: str, rest: list[Json], deeper: int) -> object:
        match tag, rest:
            case "list", [nodes]:
                return self._decode_all(nodes, deeper)
            case "tuple", [nodes]:
                return tuple(self._decode_all(nodes, deeper))
            case "dict", [nodes]:
                pairs = [items(pair) for pair in items(nodes)]
                keys = self._decode_keys([key for key, _ in pairs], deeper)
                values = self._decode_all([value for _, value in pairs], deeper)
                return dict(zip(keys, values, strict=True))
            case "set", [nodes]:
                return set(self._decode_keys(nodes, deeper))
            case "frozenset", [nodes]:
                return frozenset(self._decode_keys(nodes, deeper))
            case "mirror", [name]:
                return self.mirror.get(text(name))
            case "size", [lengths]:
                return torch.Size([whole(length) for length in items(lengths)])
            case "dtype", [name]:
                return DTYPES[text(name)]
            case "device", [name]:
                return torch.device(text(name))
            case "scalar", [name, value]:
                return SCALARS[text(name)].type(number(value))
            case "complex", [real, imaginary]:
                return complex(number(real), number(imaginary))
            case "bytes", [digits]:
                return bytes.fromhex(text(digits))
            case "ellipsis", []:
                return Ellipsis
            case "slice", [_, _, _]:
                return slice(*self._decode_all(rest, deeper))
        return self.decode_object(tag, rest, deeper)

    def encode_tensor(self, value: torch.Tensor | Array) -> Json:
        return ["mirror", self.mirror.name(value)]

    def encode_object(self, value: object) -> Json:
        raise TypeError(f"a {type(value).__name__} does not cross the border")

    def decode_object(self, tag: str, rest: list[Json], depth: int) -> object:
        raise Malformed("an unknown kind of value")  # unnamed: this may be told of a hidden test


def encode_small(value: object) -> Json:
    """Say a value that holds no others; `None` if it is none of these."""
    if type(value) is torch.Size:
        return ["size", list(value)]
    if type(value) is torch.dtype:
        return ["dtype", str(value).removeprefix("torch.")]
    # Torch keeps a large index in one byte: of `cuda:1000` it makes a device that has no name.
    if type(value) is torch.device and (value.index is None or value.index >= 0):
        return ["device", str(value)]
    if isinstance(value, np.generic) and value.dtype.name in SCALARS:
        return ["scalar", value.dtype.name, value.item()]
    if type(value) is complex:
        return ["complex", value.real, value.imag]
    if type(value) is bytes:
        return ["bytes", value.hex()]
    return ["ellipsis"] if value is Ellipsis else None

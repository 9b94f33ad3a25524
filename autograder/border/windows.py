"""Windows on memory: tensors and arrays as the other side describes them, checked against its bounds."""

from __future__ import annotations

import math
from enum import Enum
from typing import NamedTuple, TypeAlias

import numpy as np
import torch
from torch import nn
from typing_extensions import TypeIs

from autograder.border.nodes import items, text, truth, whole
from autograder.border.regions import Array, Region
from autograder.border.wire import Json, Malformed

MAX_OVERLAP = 16 << 20
"""Bytes of a window whose entries share memory, such as one zero expanded to a matrix."""
MAX_DIMENSIONS = 64
MAX_NUMBER = 1 << 48
"""No address has more bits: what is below can be multiplied by an item's size in torch and numpy."""
NOT_A_VALUE = (TypeError, ValueError, LookupError, AttributeError, RuntimeError, ArithmeticError)
"""What reading something that is not as it should be may raise."""
DTYPES = {
    str(value).removeprefix("torch."): value
    for value in vars(torch).values()
    if isinstance(value, torch.dtype)
}
DTYPE_NAMES = {dtype: name for name, dtype in DTYPES.items()}
TENSOR_DTYPES = {
    name: dtype for name, dtype in DTYPES.items() if not name.startswith(("q", "bits"))
}
"""Those of tensors that cross: what is quantized does not."""
ARRAY_KINDS = "biufc"
ARRAY_DTYPES = {
    dtype.str: dtype
    for code in np.typecodes["All"]
    for order in "<>"
    if (dtype := np.dtype(code).newbyteorder(order)).kind in ARRAY_KINDS  # type: ignore[arg-type]
}
"""Looked up, never read from a text: numpy knows several texts for one dtype, and many for odd ones."""
Memory: TypeAlias = "torch.Tensor | Array"


class Kind(Enum):
    """What a window is on either side."""

    TENSOR = "tensor"
    PARAMETER = "parameter"
    ARRAY = "array"


class Window(NamedTuple):
    """A tensor or an array, as a stretch of a region. Made anew for each twin of each message, so it is a tuple."""

    region: str
    start: int
    """The first entry's place in the region, in bytes."""
    kind: Kind
    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    """In entries for a tensor, in bytes for an array, as torch and numpy have it."""
    requires_grad: bool = False
    gradient: str | None = None
    """The name of the tensor that is this leaf's `.grad`."""

    @classmethod
    def from_json(cls, node: Json) -> Window:
        """Read a window that the other side describes.

        Raises:
            Malformed: it is none.
        """
        fields = items(node)
        if len(fields) != 8:
            raise Malformed("a window is not a window")
        region, start, kind, dtype, shape, strides, requires_grad, gradient = fields
        window = cls(
            text(region),
            whole(start),
            Kind(kind),
            text(dtype),
            tuple(map(whole, items(shape))),
            tuple(map(whole, items(strides))),
            truth(requires_grad),
            None if gradient is None else text(gradient),
        )
        if len(window.shape) != len(window.strides) or len(window.shape) > MAX_DIMENSIONS:
            raise Malformed("a window has too many dimensions")
        if max(map(abs, (window.start, *window.shape, *window.strides))) >= MAX_NUMBER:
            raise Malformed("a window is described by numbers that are too large")
        if min((window.start, *window.shape)) < 0:
            raise Malformed("a window has a negative size")
        if dtype not in (ARRAY_DTYPES if window.kind is Kind.ARRAY else TENSOR_DTYPES):
            raise Malformed("a window has no data type")
        return window

    def to_json(self) -> Json:
        return [
            self.region,
            self.start,
            self.kind.value,
            self.dtype,
            self.shape,
            self.strides,
            self.requires_grad,
            self.gradient,
        ]

    @property
    def place(self) -> tuple[object, ...]:
        """All but the gradient: where the window lies, and how."""
        return self[:6]

    @property
    def itemsize(self) -> int:
        if self.kind is Kind.ARRAY:
            return int(ARRAY_DTYPES[self.dtype].itemsize)
        return TENSOR_DTYPES[self.dtype].itemsize

    @property
    def holds_truths(self) -> bool:
        return self.dtype == "bool" or self.dtype == "|b1"

    @property
    def extent(self) -> tuple[int, int]:
        """Where in the region the lowest byte of any entry lies, and where the highest one ends."""
        if not math.prod(self.shape):
            return 0, 0
        low = high = self.start
        unit = 1 if self.kind is Kind.ARRAY else self.itemsize
        for length, stride in zip(self.shape, self.strides, strict=True):
            reach = (length - 1) * stride * unit
            low, high = low + min(reach, 0), high + max(reach, 0)
        return low, high + self.itemsize

    def check_bounds(self, size: int) -> None:
        """Refuse a window that does not lie in a region of so many bytes.

        Counted in Python's own integers: what torch and numpy compute of such numbers may overflow.
        """
        if math.prod(self.shape) * self.itemsize > max(size, MAX_OVERLAP):
            raise Malformed("a window is too large")
        low, high = self.extent
        if low < 0 or high > size:
            raise Malformed("a window reaches out of its region")


def crosses_as_tensor(value: object) -> TypeIs[torch.Tensor]:
    """Whether `value` is a plain tensor in main memory (not a subclass, sparse, or on a device)."""
    return (
        (type(value) is torch.Tensor or type(value) is nn.Parameter)
        and value.layout is torch.strided
        and value.device.type == "cpu"
        and not value.is_quantized
    )


def crosses_as_array(value: object) -> TypeIs[Array]:
    return type(value) is np.ndarray and value.dtype.kind in ARRAY_KINDS


def window_of_array(region: str, start: int, value: Array) -> Window:
    return Window(region, start, Kind.ARRAY, value.dtype.str, value.shape, value.strides)


def window_of_tensor(region: str, start: int, value: torch.Tensor, gradient: str | None) -> Window:
    kind = Kind.PARAMETER if type(value) is nn.Parameter else Kind.TENSOR
    dtype, shape, strides = DTYPE_NAMES[value.dtype], tuple(value.shape), value.stride()
    return Window(region, start, kind, dtype, shape, strides, value.requires_grad, gradient)


def build(window: Window, region: Region) -> Memory:
    """Return the tensor or array that lies in `region` as described.

    Raises:
        Malformed: it would reach out of the region, or is no tensor at all.
    """
    window.check_bounds(region.size)
    if window.kind is Kind.ARRAY:
        return _build_array(window, region)
    tensor = build_plain(window, region)
    if window.kind is Kind.PARAMETER:
        return nn.Parameter(tensor, window.requires_grad)
    return tensor.requires_grad_(window.requires_grad)


def build_plain(window: Window, region: Region) -> torch.Tensor:
    """Return a tensor that needs no gradient, whatever the window is besides."""
    window.check_bounds(region.size)
    if min(window.strides, default=0) < 0:
        raise Malformed("a tensor has a negative stride")
    start, rest = divmod(window.start, window.itemsize)
    if rest:
        raise Malformed("a tensor begins within an entry")
    if not math.prod(window.shape):
        start = 0
    with torch.no_grad():
        tensor = torch.empty(0, dtype=TENSOR_DTYPES[window.dtype])
        return tensor.set_(region.as_storage(), start, window.shape, window.strides)


def _build_array(window: Window, region: Region) -> Array:
    start = window.start if math.prod(window.shape) else 0
    array: Array = np.ndarray(
        window.shape,
        ARRAY_DTYPES[window.dtype],
        buffer=region.as_bytes(),
        offset=start,
        strides=window.strides,
    )
    return array


def set_gradient(value: torch.Tensor, requires_grad: bool, gradient: torch.Tensor | None) -> None:
    """Bring a leaf's gradient, and whether it wants one, to what the other side has."""
    if value.is_leaf:
        if value.requires_grad != requires_grad:
            value.requires_grad_(requires_grad)
        if value.grad is not gradient:
            value.grad = gradient


def check_truths(value: Memory) -> None:
    """Refuse truth values other than 0 and 1, which are equal to neither."""
    if isinstance(value, np.ndarray):
        odd = value.size and value.view(np.uint8).max() > 1
    else:
        odd = value.numel() and value.detach().view(torch.uint8).max() > 1
    if odd:
        raise Malformed("a truth value that is neither true nor false")

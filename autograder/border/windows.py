"""Windows on memory: tensors and arrays as the other side describes them, checked against its bounds."""

from __future__ import annotations

import ctypes
import math
import weakref
from itertools import chain
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.border.wire import Malformed

MAX_OVERLAP = 16 << 20
"""Bytes of a window whose entries share memory, such as one zero expanded to a matrix."""
MAX_DIMENSIONS = 64
MAX_DTYPE = 20
NOT_A_VALUE = (TypeError, ValueError, LookupError, AttributeError, RuntimeError, ArithmeticError)
"""What reading something that is not as it should be may raise."""
DTYPES = {
    str(value).removeprefix("torch."): value
    for value in vars(torch).values()
    if isinstance(value, torch.dtype)
}
ARRAY_KINDS = "biufc"


def crosses_as_tensor(value: object) -> bool:
    """Whether `value` is a plain tensor in main memory (not a subclass, sparse, or on a device)."""
    return (
        type(value) in (torch.Tensor, nn.Parameter)
        and value.layout is torch.strided  # type: ignore[attr-defined]
        and value.device.type == "cpu"  # type: ignore[attr-defined]
        and not value.is_quantized  # type: ignore[attr-defined]
    )


def crosses_as_array(value: object) -> bool:
    return type(value) is np.ndarray and value.dtype.kind in ARRAY_KINDS


class Region:
    """A piece of memory that both sides have."""

    def __init__(self, address: int, size: int, owner: object) -> None:
        self.address = address
        self.size = size
        self.owner = owner
        """Keeps the memory alive."""
        self.seen: bytes | None = None
        """What the other side has in it; `None` before it was ever sent."""

    def read(self) -> bytes:
        return ctypes.string_at(self.address, self.size) if self.size else b""

    def write(self, data: bytes) -> None:
        ctypes.memmove(self.address, data, self.size)
        self.seen = data

    @property
    def moved(self) -> bool:
        """Whether the storage was resized, so that the address is no longer its own."""
        owner = self.owner
        return isinstance(owner, torch.UntypedStorage) and (
            owner.data_ptr() != self.address or owner.nbytes() != self.size
        )


def memory_of_array(array: np.ndarray[Any, Any]) -> tuple[int, int, int, object]:
    """Return where an array begins, and address, size and owner of the memory that it lies in."""
    base = array
    while isinstance(base.base, np.ndarray):
        base = base.base
    low, high = np.lib.array_utils.byte_bounds(base)
    return array.__array_interface__["data"][0], low, high - low if base.size else 0, base


def memory_of_tensor(tensor: torch.Tensor) -> tuple[int, int, int, object]:
    """Return where a tensor begins, and address, size and owner of its storage."""
    storage = tensor.untyped_storage()
    # Not `data_ptr()` of the tensor, which is 0 if it has no elements.
    begin = storage.data_ptr() + int(tensor.storage_offset()) * tensor.itemsize
    return begin, storage.data_ptr(), storage.nbytes(), storage


def find_region(regions: dict[str, Region], low: int, size: int, hint: str | None) -> str | None:
    """Return the name of the region that holds `size` bytes from address `low`.

    Where `hint` is one that does, nothing is searched.
    """
    near = [(hint, regions[hint])] if hint in regions else []
    for name, region in chain(near, regions.items()):
        if not size and not region.size:
            return name  # one empty region is as good as another
        inside = region.address <= low and low + size <= region.address + region.size
        if size and inside and region.size and not region.moved:
            return name
    return None


def describe_array(value: Any) -> list[Any]:
    """Return what `build_window` needs beside the place of an array's memory."""
    return ["array", value.dtype.str, list(value.shape), list(value.strides)]


def describe_tensor(value: torch.Tensor, gradient: str | None) -> list[Any]:
    """Return what `build_window` needs beside the place of a tensor's memory, and the name of its gradient."""
    kind = "parameter" if type(value) is nn.Parameter else "tensor"
    dtype = str(value.dtype).removeprefix("torch.")
    strides = list(value.stride())
    return [kind, dtype, list(value.shape), strides, bool(value.requires_grad), gradient]


def build_window(region: Region, description: list[Any]) -> Any:
    """Return the tensor or array that lies in `region` as described.

    Raises:
        Malformed: it would reach out of the region, or is no tensor at all.
    """
    start, kind, dtype, shape, strides = description[:5]
    if len(shape) != len(strides) or len(shape) > MAX_DIMENSIONS:
        raise Malformed("a window has too many dimensions")
    if any(type(n) is not int or abs(n) >= 1 << 62 for n in (start, *shape, *strides)):
        raise Malformed("a window is not described by whole numbers")
    if type(dtype) is not str or len(dtype) > MAX_DTYPE or dtype.startswith(("q", "bits")):
        raise Malformed("a window has no data type")
    itemsize = np.dtype(dtype).itemsize if kind == "array" else DTYPES[dtype].itemsize
    if min([start, *shape]) < 0 or math.prod(shape) * itemsize > max(region.size, MAX_OVERLAP):
        raise Malformed("a window is too large")
    if kind == "array":
        return _build_array(region, start, np.dtype(dtype), shape, strides)
    tensor = _build_tensor(region, start, DTYPES[dtype], shape, strides)
    requires_grad = bool(description[5])
    return (
        nn.Parameter(tensor, requires_grad)
        if kind == "parameter"
        else tensor.requires_grad_(requires_grad)
    )


def _build_tensor(
    region: Region, start: int, dtype: torch.dtype, shape: list[int], strides: list[int]
) -> torch.Tensor:
    if math.prod(shape):
        last = sum((length - 1) * stride for length, stride in zip(shape, strides, strict=True))
        end = start + (last + 1) * dtype.itemsize
        if min(strides, default=0) < 0 or end > region.size or start % dtype.itemsize:
            raise Malformed("a window reaches out of its region")
    else:
        start = 0
    storage = region.owner
    if not isinstance(storage, torch.UntypedStorage):
        view = torch.from_numpy(np.frombuffer(region_buffer(region), dtype=np.uint8))
        storage = view.untyped_storage()
    with torch.no_grad():
        tensor = torch.empty(0, dtype=dtype)
        return tensor.set_(storage, start // dtype.itemsize, shape, strides)


def _build_array(
    region: Region, start: int, dtype: np.dtype[Any], shape: list[int], strides: list[int]
) -> np.ndarray[Any, Any]:
    if dtype.kind not in ARRAY_KINDS or dtype.hasobject:
        raise Malformed("an array of objects")
    buffer = np.frombuffer(region_buffer(region), dtype=np.uint8)
    array: np.ndarray[Any, Any] = np.ndarray(
        shape, dtype, buffer=buffer, offset=start, strides=strides
    )
    return array


def region_buffer(region: Region) -> Any:
    """Return the region's memory as a buffer that keeps its owner alive."""
    buffer = (ctypes.c_uint8 * region.size).from_address(region.address)
    buffer.owner = region.owner  # type: ignore[attr-defined]
    return buffer


def set_gradient(value: torch.Tensor, requires_grad: Any, gradient: torch.Tensor | None) -> None:
    """Bring a leaf's gradient, and whether it wants one, to what the other side has."""
    if type(requires_grad) is not bool:
        raise Malformed("requires_grad is not a bool")
    if value.is_leaf:
        if value.requires_grad != requires_grad:
            value.requires_grad_(requires_grad)
        if value.grad is not gradient:
            value.grad = gradient


def check_bools(
    message: dict[str, Any], described: dict[str, list[Any]], objects: dict[str, Any]
) -> None:
    """Refuse truth values other than 0 and 1, which are equal to neither, in what a message changed."""
    regions = {region[0] for region in message.get("regions", [])}
    windows = {window[0] for window in message.get("windows", [])}
    for name, description in described.items():
        if description[3] not in ("bool", "|b1") or name not in objects:
            continue
        if name not in windows and description[0] not in regions:
            continue
        value = objects[name]() if isinstance(objects[name], weakref.ref) else objects[name]
        array = isinstance(value, np.ndarray)
        if value is None or not (value.size if array else value.numel()):
            continue
        if value.view(np.uint8 if array else torch.uint8).max() > 1:
            raise Malformed("a truth value that is neither true nor false")

"""Regions: the pieces of memory that both sides have, each a storage or the buffer of an array."""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt
import torch

Array = npt.NDArray[np.generic]


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

    def holds(self, low: int, size: int) -> bool:
        """Whether `size` bytes from address `low` lie in it; one empty region is as good as another."""
        if not size or not self.size:
            return size == self.size
        inside = self.address <= low and low + size <= self.address + self.size
        return inside and not self.moved

    def as_bytes(self) -> npt.NDArray[np.uint8]:
        """Return the memory itself as an array, which keeps its owner alive."""
        buffer = (ctypes.c_uint8 * self.size).from_address(self.address)
        buffer.owner = self.owner  # type: ignore[attr-defined]
        return np.frombuffer(memoryview(buffer), dtype=np.uint8)

    def as_storage(self) -> torch.UntypedStorage:
        """Return the memory itself as a storage."""
        if isinstance(self.owner, torch.UntypedStorage):
            return self.owner
        return torch.from_numpy(self.as_bytes()).untyped_storage()


def memory_of_array(array: Array) -> tuple[int, int, int, object]:
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
    low = storage.data_ptr()
    begin = low + int(tensor.storage_offset()) * tensor.itemsize
    return begin, low, storage.nbytes(), storage


def find_region(regions: dict[str, Region], low: int, size: int, likely: str | None) -> str | None:
    """Return the name of the region that holds `size` bytes from address `low`.

    Where `likely` is one that does, nothing is searched.
    """
    if likely is not None and likely in regions and regions[likely].holds(low, size):
        return likely
    for name, region in regions.items():
        if region.holds(low, size):
            return name
    return None

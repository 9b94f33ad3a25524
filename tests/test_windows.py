"""A window is refused unless it lies in its region: every byte, counted without overflow."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from autograder.border.regions import Region, find_region, memory_of_array, memory_of_tensor
from autograder.border.windows import (
    ARRAY_DTYPES,
    DTYPES,
    NOT_A_VALUE,
    Window,
    build,
    check_truths,
    crosses_as_array,
    crosses_as_tensor,
    window_of_array,
    window_of_tensor,
)
from autograder.border.wire import Malformed
from tests.test_fuzz import examples

SIZE = 64
WINDOWS = 2_000


def region(size: int = SIZE) -> Region:
    """Return memory that holds 0, 1, 2 and so on."""
    storage = torch.UntypedStorage(size)
    made = Region(storage.data_ptr(), size, storage)
    made.write(bytes(n % 256 for n in range(size)))
    return made


def described(kind: str, dtype: str, start: Any, shape: Any, strides: Any) -> Window:
    return Window.from_json(["w1", start, kind, dtype, shape, strides, False, None])


INSIDE = [
    ("tensor", "uint8", 0, [64], [1]),
    ("tensor", "float32", 4, [3, 5], [5, 1]),
    ("tensor", "float32", 60, [1000], [0]),
    ("tensor", "float32", 60, [1, 1], [1 << 40, -0]),
    ("tensor", "float32", 0, [0, 3], [3, 1]),
    ("array", "|u1", 63, [64], [-1]),
    ("array", "<f4", 0, [2, 8], [32, 4]),
    ("array", "<f4", 32, [2, 8], [-32, 4]),
    ("array", "<f4", 1, [15], [4]),
    ("array", ">f4", 64, [0], [1 << 40]),
]
OUTSIDE = [
    ("tensor", "uint8", 0, [65], [1]),
    ("tensor", "uint8", 64, [1], [1]),
    ("tensor", "float32", 4, [16], [1]),
    ("tensor", "float32", 2, [1], [1]),
    ("tensor", "uint8", 63, [64], [-1]),
    ("tensor", "uint8", 0, [9], [1 << 47]),
    ("tensor", "float32", 0, [5], [1 << 46]),
    ("array", "|b1", 0, [9], [1 << 47]),
    ("array", "|b1", 0, [2, 2], [1 << 47, -(1 << 47)]),
    ("array", "|u1", 0, [2], [-1]),
    ("array", "|u1", 62, [64], [-1]),
    ("array", "<f4", 61, [1], [4]),
    ("array", "<f4", 0, [2, 9], [32, 4]),
    ("tensor", "float32", 0, [1 << 30], [0]),
    ("array", "<f4", 0, [1 << 30], [0]),
]
NO_WINDOWS = [
    ("tensor", "float32", -1, [1], [1]),
    ("tensor", "float32", 0, [-1], [1]),
    ("tensor", "float32", True, [1], [1]),
    ("tensor", "float32", 0, [1.0], [1]),
    ("tensor", "float32", 0, [1, 1], [1]),
    ("tensor", "float32", 0, [1] * 65, [1] * 65),
    ("tensor", "float32", 0, [1], [1 << 61]),
    ("array", "|b1", 0, [9], [1 << 61]),
    ("array", "|b1", 0, [9], [-(1 << 61)]),
    ("tensor", "quint8", 0, [1], [1]),
    ("tensor", "<f4", 0, [1], [1]),
    ("array", "float32", 0, [1], [4]),
    ("array", "?", 0, [1], [1]),
    ("array", "|O", 0, [1], [8]),
    ("array", "2<f4", 0, [1], [8]),
    ("matrix", "float32", 0, [1], [1]),
]


@pytest.mark.parametrize(("kind", "dtype", "start", "shape", "strides"), INSIDE, ids=str)
def test_a_window_within_its_region_is_what_numpy_would_make_of_it(
    kind: str, dtype: str, start: int, shape: list[int], strides: list[int]
) -> None:
    value = build(described(kind, dtype, start, shape, strides), region())
    array = value if isinstance(value, np.ndarray) else value.numpy()
    assert list(array.shape) == shape
    in_bytes = [n if kind == "array" else n * array.itemsize for n in strides]
    data = bytes(range(SIZE))
    for index in itertools.islice(np.ndindex(*shape), 100):
        place = start + sum(i * stride for i, stride in zip(index, in_bytes))
        assert array[index].tobytes() == data[place : place + array.itemsize]


@pytest.mark.parametrize(("kind", "dtype", "start", "shape", "strides"), OUTSIDE, ids=str)
def test_a_window_that_reaches_out_of_its_region_is_refused(
    kind: str, dtype: str, start: int, shape: list[int], strides: list[int]
) -> None:
    window = described(kind, dtype, start, shape, strides)
    with pytest.raises(Malformed):
        build(window, region())


@pytest.mark.parametrize(("kind", "dtype", "start", "shape", "strides"), NO_WINDOWS, ids=str)
def test_what_is_no_window_is_not_read_as_one(
    kind: str, dtype: str, start: Any, shape: Any, strides: Any
) -> None:
    with pytest.raises((Malformed, *NOT_A_VALUE)):
        described(kind, dtype, start, shape, strides)


SHAPES = st.lists(st.integers(0, 9), max_size=3)
NUMBERS = st.one_of(st.integers(-9, 9), st.sampled_from([4, 8, 32, -32, 1 << 47, -(1 << 47)]))


@examples(WINDOWS)
@given(
    kind=st.sampled_from(["array", "tensor", "parameter"]),
    start=st.integers(0, SIZE + 1),
    shape=SHAPES,
    data=st.data(),
)
def test_whatever_window_is_built_every_byte_of_it_lies_in_its_region(
    kind: str, start: int, shape: list[int], data: st.DataObject
) -> None:
    dtype = data.draw(st.sampled_from(sorted(ARRAY_DTYPES if kind == "array" else ["bool", "int16", "float32", "complex64"])))  # fmt: skip
    strides = data.draw(st.lists(NUMBERS, min_size=len(shape), max_size=len(shape)))
    memory = region()
    try:
        window = described(kind, dtype, start, shape, strides)
        value = build(window, memory)
    except (Malformed, *NOT_A_VALUE):
        return
    array = value if isinstance(value, np.ndarray) else value.detach().numpy()
    assert list(array.shape) == shape
    if array.size:
        low, high = np.lib.array_utils.byte_bounds(array)
        assert memory.address <= low and high <= memory.address + memory.size
        array.copy()


@pytest.mark.parametrize(
    "value",
    [
        torch.arange(24.0).reshape(4, 6)[1:, ::2].T,
        torch.zeros(0, 3),
        torch.tensor(True),
        torch.ones(1).expand(3, 4),
        torch.ones(2, requires_grad=True),
        nn.Parameter(torch.ones(2), requires_grad=False),
        np.arange(24.0).reshape(4, 6)[::-1, ::2],
        np.zeros((0, 3)),
        np.array(7, dtype=">i2"),
    ],
    ids=lambda value: f"{type(value).__name__} {list(value.shape)}",
)
def test_a_window_that_is_described_is_the_window_that_is_built(value: Any) -> None:
    if isinstance(value, torch.Tensor):
        begin, low, size, owner = memory_of_tensor(value)
        window = window_of_tensor("w1", begin - low if size else 0, value, None)
    else:
        begin, low, size, owner = memory_of_array(value)
        window = window_of_array("w1", begin - low if size else 0, value)
    read = Window.from_json(json.loads(json.dumps(window.to_json())))
    assert read == window
    again: Any = build(read, Region(low, size, owner))
    assert type(again) is type(value) and again.dtype == value.dtype
    assert tuple(again.shape) == tuple(value.shape)
    if isinstance(value, torch.Tensor):
        assert torch.equal(again, value) and again.requires_grad == value.requires_grad
    else:
        assert np.array_equal(again, value) and again.strides == value.strides


def test_a_region_is_found_by_what_lies_in_it_and_never_where_it_was_resized() -> None:
    X = torch.zeros(8)
    _, low, size, storage = memory_of_tensor(X)
    regions = {"w1": region(), "w2": Region(low, size, storage)}
    assert find_region(regions, low + 8, 8, None) == "w2"
    assert find_region(regions, low + 8, 8, "w1") == "w2"
    assert find_region(regions, low + 8, size, None) is None
    X.resize_(100)
    assert regions["w2"].moved
    assert find_region(regions, low, size, None) is None


@pytest.mark.parametrize("kind", [("array", "|b1"), ("tensor", "bool")])
def test_a_truth_value_is_true_or_false(kind: tuple[str, str]) -> None:
    memory = region()
    check_truths(build(described(*kind, 0, [2], [1]), memory))
    with pytest.raises(Malformed):
        check_truths(build(described(*kind, 0, [3], [1]), memory))


def test_what_crosses_is_plain_and_in_main_memory() -> None:
    assert crosses_as_tensor(torch.ones(2)) and crosses_as_tensor(nn.Parameter(torch.ones(2)))
    assert not crosses_as_tensor(torch.ones(2).to_sparse())
    assert not crosses_as_tensor(torch.ones(2, device="meta"))
    assert not crosses_as_tensor(np.ones(2)) and not crosses_as_array(torch.ones(2))
    assert crosses_as_array(np.ones(2)) and not crosses_as_array(np.array(["text"]))
    assert not crosses_as_array(np.ones((2, 2)).view(np.matrix))


def test_every_dtype_of_numpy_that_crosses_is_known_by_the_name_it_has() -> None:
    for dtype in ARRAY_DTYPES.values():
        value = np.zeros(1, dtype)
        assert crosses_as_array(value) and ARRAY_DTYPES[value.dtype.str] == dtype
    assert "float32" in DTYPES

"""Whether an answer keeps the device of its arguments, on a machine that has no other than the CPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def where_it_lies(function: Callable[..., Any], args: tuple[Any, ...]) -> str:
    """Return where `function(*args)` lies if the tensors in args do not lie on the CPU.

    "there" is their device, "cpu" is the CPU, "torn" is an operation on tensors of two devices, which fails. "unknown"
    is no tensor, or an answer that cannot be followed: it is sent by value, runs beside the student's code, and
    the device is played. Tensors there have a shape and no numbers, as torch.compile sees them, so that an answer
    which asks for numbers gets none.
    """
    import itertools

    import torch
    from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode
    from torch._subclasses.fake_tensor import FakeTensorDeviceMismatchError as Torn

    # Of the devices that this build of torch cannot run, the one for which all operations can be played.
    device, mode = torch.device("lazy:0"), FakeTensorMode(allow_non_fake_inputs=True)

    def moved(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return type(value)(moved(item) for item in value)
        if not isinstance(value, torch.Tensor):
            return value
        shape = torch.empty_strided(value.shape, value.stride(), dtype=value.dtype, device="meta")
        return FakeTensor(mode, shape, device).requires_grad_(value.requires_grad)

    def devices(value: Any) -> set[str]:
        if isinstance(value, torch.Tensor):
            return {value.device.type}
        if isinstance(value, dict):
            value = list(value.values())
        if not hasattr(value, "__iter__") or isinstance(value, (str, bytes)):
            return set()
        return {found for item in itertools.islice(value, 100) for found in devices(item)}

    try:
        with mode:
            found = devices(function(*moved(args)))
    except Torn:
        return "torn"
    except Exception:  # noqa: BLE001 - the student's code runs here
        return "unknown"
    if not found:
        return "unknown"
    return "there" if found == {device.type} else "cpu"

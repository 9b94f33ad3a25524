"""What a call does: its result, the functions of torch that it uses, and how many steps it takes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

PYTHON_MODULES = (
    "torch.nn.init",
    "torch.nn.functional",
    "torch.nn.utils",
    "torch._refs",
    "torch._decomp",
    "torch._prims",
)
"""Modules of plain Python functions, which the two modes below see only in part."""


class FunctionSpy(TorchFunctionMode):
    """Notes what is called by name: `torch.relu`, `F.relu`, `Tensor.relu`."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names
        self.count = 0

    def __torch_function__(
        self,
        func: Callable[..., object],
        types: object,
        args: Any = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        self.count += 1
        self.names.add(str(getattr(func, "__name__", func)))
        return func(*args, **(kwargs or {}))


class OperatorSpy(TorchDispatchMode):
    """Notes the operators that run in the end, also where the first spy was switched off."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names = names

    def __torch_dispatch__(
        self, func: Any, types: object, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        self.names.add(str(func.overloadpacket.__name__).lstrip("_"))
        return func(*args, **(kwargs or {}))


def watch_call(
    function: Callable[..., Any], *args: Any, **kwargs: Any
) -> tuple[Any, set[str], int]:
    """Run `function`; return its result, the names of the torch functions that it called, and its steps.

    A step is a call of torch's or a line of a notebook's cell. Python's own loops inside C, such as `map`
    over numbers, are none.

    Raises:
        RuntimeError: the function switched off what watches it.
    """
    names: set[str] = set()
    lines = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and str(frame.f_globals.get("__name__")).startswith(PYTHON_MODULES):
            names.add(frame.f_code.co_name)

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith("<cell "):
            return None
        lines += 1
        return trace

    run = threading.Thread.run

    def run_watched(thread: threading.Thread) -> None:
        with FunctionSpy(names), OperatorSpy(names):
            run(thread)

    # What watches a thread watches that thread only: those that the call starts are watched too.
    threading.Thread.run = run_watched  # type: ignore[assignment, method-assign]
    threading.setprofile(profile)
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        with FunctionSpy(names) as functions, OperatorSpy(names):
            value = function(*args, **kwargs)
        if sys.getprofile() is not profile or sys.gettrace() is not trace:
            raise RuntimeError("Your code switched off what watches it.")
    finally:
        sys.setprofile(None)
        sys.settrace(None)
        threading.setprofile(None)
        threading.Thread.run = run  # type: ignore[method-assign]
    return value, names, functions.count + lines

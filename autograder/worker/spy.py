"""Which functions of torch a call uses, under whatever name they were imported."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

PYTHON_MODULES = ("torch.nn.init", "torch.nn.functional", "torch.nn.utils")
"""Modules of plain Python functions, which the two modes below see only in part."""


class FunctionSpy(TorchFunctionMode):
    """Notes what is called by name: `torch.relu`, `F.relu`, `Tensor.relu`."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names

    def __torch_function__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        self.names.add(str(getattr(func, "__name__", func)))
        return func(*args, **(kwargs or {}))


class OperatorSpy(TorchDispatchMode):
    """Notes the operators that run in the end, also where the first spy was switched off."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names = names

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        self.names.add(str(func.overloadpacket.__name__).lstrip("_"))
        return func(*args, **(kwargs or {}))


def functions_called(function: Callable[..., Any], *args: Any, **kwargs: Any) -> set[str]:
    """Run `function` and return the names of the torch functions that it called."""
    names: set[str] = set()

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and str(frame.f_globals.get("__name__")).startswith(PYTHON_MODULES):
            names.add(frame.f_code.co_name)

    run = threading.Thread.run

    def run_watched(thread: threading.Thread) -> None:
        with FunctionSpy(names), OperatorSpy(names):
            run(thread)

    # What watches a thread watches that thread only: those that the call starts are watched too.
    threading.Thread.run = run_watched  # type: ignore[assignment, method-assign]
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        with FunctionSpy(names), OperatorSpy(names):
            function(*args, **kwargs)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        threading.Thread.run = run  # type: ignore[method-assign]
    return names

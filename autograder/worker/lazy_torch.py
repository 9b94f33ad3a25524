"""The parts of torch that ordinary work only touches: its compiler, shapes that are formulas, tensors of many machines.

Importing them takes as long as torch itself, and 70 MB whose tables each fork has to copy. The first step of an
optimizer imports the compiler to say that it is to leave a function alone, a `backward` with given gradients asks
whether two shapes are equal, `assert_close` whether a tensor is of many machines. As long as nobody compiles
anything or has such a tensor, the answers are known here.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

from autograder.border.lazy import LazyModule, LazyPackage, put_off

COMPILER = "torch._dynamo"
SHAPES = "torch.fx.experimental.symbolic_shapes"
MANY_MACHINES = "torch.distributed.tensor"
MARK = "__dynamo_disable"
"""Where torch remembers, with a function, what the compiler made of the wish to leave it alone."""


class LazyCompiler(LazyPackage):
    """Stands for torch's compiler, until there is something to compile."""

    def __init__(self) -> None:
        self._left_alone: list[Callable[..., Any]] = []
        super().__init__(COMPILER)
        self.disable, self.graph_break = self._leave, _nothing
        self.compiled_autograd = NoGradientCompiler()

    def find_spec(self, name: str) -> ModuleSpec | None:
        """Find one of the compiler's modules. Its settings stand alone, and tensors without numbers read them."""
        return None if name == f"{COMPILER}.config" else super().find_spec(name)

    def _leave(self, function: Any = None, recursive: bool = True, **_: object) -> Any:
        """Leave a function as it is: nothing compiles it."""
        if function is None:
            return self._leave
        self._left_alone.append(function)
        return function

    def load(self) -> None:
        super().load()
        for function in self._left_alone:  # now there is a compiler that must be told so
            vars(function).pop(MARK, None)
        self._left_alone.clear()


class NoGradientCompiler:
    """Stands for `torch._dynamo.compiled_autograd`, which `torch.func.grad` asks to step aside."""

    def _disable(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(f"{COMPILER}.compiled_autograd"), name)


class LazyShapes(LazyModule):
    """Stands for torch's module on shapes that are formulas, as long as all are made of numbers."""

    def __init__(self) -> None:
        super().__init__(SHAPES)
        self.sym_eq, self.expect_true = self._equal, self._is_true

    def _equal(self, one: Sequence[int], other: Sequence[int]) -> Any:
        """Return whether two shapes are equal."""
        if all(type(length) is int for shape in (one, other) for length in shape):
            return tuple(one) == tuple(other)
        self.load()
        return self.sym_eq(one, other)

    def _is_true(self, what: object, *arguments: object) -> Any:
        """Return `what`, which is true for sure where it is no formula."""
        if type(what) is bool:
            return what
        self.load()
        return self.expect_true(what, *arguments)


class LazyTensors(LazyPackage):
    """Stands for torch's tensors of many machines: whoever makes one gets the package first."""

    def __init__(self) -> None:
        super().__init__(MANY_MACHINES)
        self.DTensor = NoTensor


class NoTensor:
    """What no tensor is an instance of."""


def put_off_rarely_used() -> None:
    """Have these imported by whoever needs more of them, unless they are here already."""
    import torch.distributed
    import torch.fx.experimental  # noqa: F401 - the packages that they lie in

    kinds = {COMPILER: LazyCompiler, SHAPES: LazyShapes, MANY_MACHINES: LazyTensors}
    for name, kind in kinds.items():
        if name not in sys.modules:
            put_off(kind())


def load_shapes() -> None:
    """Import the module on shapes: tensors without numbers, by which a device is played, ask for much of it."""
    shapes = sys.modules[SHAPES]
    if isinstance(shapes, LazyShapes):
        shapes.load()


def _nothing(*args: object, **kwargs: object) -> None:
    """Nothing is compiled, so that there is nothing to interrupt."""

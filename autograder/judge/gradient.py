"""Gradients across the border: an autograd function whose backward runs in the worker."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import cast

import torch
from torch.autograd.function import FunctionCtx

from autograder.border.requests import Backward
from autograder.judge.asking import Asks


class Outputs:
    """The outputs of one call that hang on graphs in the worker; those are kept as long as this is."""

    def __init__(
        self,
        asks: Asks,
        numbers: list[int],
        inputs: Mapping[str, torch.Tensor],
        released: list[int],
    ) -> None:
        self.asks = asks
        self.numbers = numbers
        self.inputs = inputs
        """What a gradient may be asked of, by name; held, so that the twins are not forgotten."""
        weakref.finalize(self, released.extend, numbers)


class Context(FunctionCtx):
    """What autograd hands from `forward` to `backward`."""

    outputs: Outputs
    needs_input_grad: tuple[bool, ...]


class RemoteBackward(torch.autograd.Function):
    """Joins the judge's graph to the worker's."""

    @staticmethod
    def forward(
        ctx: Context, outputs: Outputs, values: list[torch.Tensor], *inputs: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        ctx.outputs = outputs
        ctx.set_materialize_grads(False)
        return tuple(value.clone() for value in values)

    @staticmethod
    def backward(ctx: Context, *gradients: torch.Tensor | None) -> tuple[torch.Tensor | None, ...]:
        outputs = ctx.outputs
        pairs = [(n, g) for n, g in zip(outputs.numbers, gradients) if g is not None]
        request = Backward([n for n, _ in pairs], [g for _, g in pairs], list(outputs.inputs))
        returned = outputs.asks.ask(request)
        if not isinstance(returned, list) or len(returned) != len(outputs.inputs):
            raise ValueError("the gradient did not come back")
        # The anchor (see `join`) has no name and gets no gradient.
        missing = len(ctx.needs_input_grad) - 2 - len(returned)
        return (None, None, *returned, *[None] * missing)


def join(outputs: Outputs, values: list[torch.Tensor]) -> list[torch.Tensor]:
    """Return `values` as outputs of a function of the inputs, whose backward runs in the worker."""
    # Without an input that needs a gradient there would be no backward, but a parameter that only the
    # worker has may wait for one.
    anchor = torch.empty(0, requires_grad=True)
    joined = RemoteBackward.apply(  # type: ignore[no-untyped-call]
        outputs, values, *outputs.inputs.values(), anchor
    )
    return list(cast("tuple[torch.Tensor, ...]", joined))

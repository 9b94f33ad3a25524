"""Gradients across the border: an autograd function whose backward runs in the worker."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from autograder.judge.session import Session


class Call:
    """One call whose outputs hang on a graph in the worker; the graph is kept as long as this is."""

    def __init__(self, session: Session, numbers: list[int], inputs: list[torch.Tensor]) -> None:
        self.session = session
        self.numbers = numbers
        self.inputs = inputs
        """Held, so that their twins in the worker are not forgotten."""
        self.names = [session.codec.mirror.name(tensor) for tensor in inputs]
        weakref.finalize(self, session.codec.released.extend, numbers)


class RemoteBackward(torch.autograd.Function):
    """Joins the judge's graph to the worker's."""

    @staticmethod
    def forward(ctx: Any, call: Call, values: list[torch.Tensor], *inputs: torch.Tensor) -> Any:
        ctx.call = call
        ctx.set_materialize_grads(False)
        return tuple(value.clone() for value in values)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor | None) -> Any:
        call: Call = ctx.call
        pairs = [(n, g) for n, g in zip(call.numbers, gradients) if g is not None]
        returned = call.session.request(
            "backward",
            outputs=[number for number, _ in pairs],
            gradients=[gradient for _, gradient in pairs],
            inputs=call.names,
        )
        if not isinstance(returned, list) or len(returned) != len(call.names):
            raise ValueError("the gradient did not come back")
        # The anchor (see `join`) has no name and gets no gradient.
        missing = len(ctx.needs_input_grad) - 2 - len(returned)
        return (None, None, *returned, *[None] * missing)


def join(
    session: Session, numbers: list[int], values: list[torch.Tensor], inputs: list[torch.Tensor]
) -> list[torch.Tensor]:
    """Return `values` as outputs of a function of `inputs`, whose backward runs in the worker."""
    # Without an input that needs a gradient there would be no backward, but a parameter that only the
    # worker has may wait for one.
    anchor = torch.empty(0, requires_grad=True)
    call = Call(session, numbers, inputs)
    return list(
        RemoteBackward.apply(  # type: ignore[no-untyped-call]
            call, values, *inputs, anchor
        )
    )

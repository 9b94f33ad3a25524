"""The judge's end of the mirror: guards what the test made."""

from __future__ import annotations

import weakref

import torch
from torch import nn

from autograder.border.mirror import Mirror
from autograder.border.twins import Twin
from autograder.border.windows import TENSOR_DTYPES, Window
from autograder.border.wire import Body, Json, Malformed
from autograder.judge.exceptions import InputChanged

ROUNDING = 8
"""Steps between neighbouring floats that a few additions and their reversal may leave behind."""
ARGUMENT_CHANGED = "Your code changed an argument in place. Leave what you are given as it is."
NETWORK_CHANGED = (
    "Your code changed parameters or running statistics of a network that it was given. Leave it as it is; "
    "in training mode its statistics change by themselves."
)


class JudgeMirror(Mirror):
    """The student's code may not change what the test made, unless that is the task.

    Twins are held as long as the test holds them, and the worker is told when it does no more.
    """

    mine, theirs = "j", "w"
    in_place = trains = False
    """Whether the question lets student code change tensors, and parameters and buffers, that it is given."""

    def clear(self) -> None:
        super().clear()
        self.buffers: set[str] = set()
        """Names of buffers of the test's own modules."""
        self.claimed: set[str] = set()
        """Names of what the worker laid on the test's memory or made a gradient: no leave to change that."""
        self.dead: list[str] = []
        self.touched: set[str] = set()
        """Names of the regions and windows that crossed, in either direction, since `take_changed`."""
        self.in_flight: list[object] = []
        """What a message and its reply may name, held until the next: if it died, only one side would know."""

    # What the test holds

    def register(self, name: str, value: object) -> Twin:
        twin = super().register(name, value)
        self.in_flight.append(value)
        # A parameter stays, so that `net.weight.data = K` is seen when nobody holds `net.weight` any more.
        if not isinstance(value, nn.Parameter):
            key, names, dead = id(value), self.names, self.dead

            def note(_: object) -> None:
                names.pop(key, None)
                dead.append(name)

            twin.held = weakref.ref(value, note)
        return twin

    def pack(self, message: Body) -> list[bytes]:
        self.in_flight = []
        blobs = super().pack(message)
        self._touch(message)
        weak = [twin for twin in self.twins.values() if isinstance(twin.held, weakref.ref)]
        self.in_flight = [twin.value for twin in weak]
        return blobs

    def unpack(self, message: Body, blobs: memoryview) -> None:
        try:
            super().unpack(message, blobs)
        finally:
            self._touch(message)

    def _touch(self, message: Body) -> None:
        """Note which names a message is about. One that was refused may hold anything: what is no name is left out."""
        for kind in ("regions", "windows"):
            nodes = message.get(kind)
            for node in nodes if isinstance(nodes, list) else ():
                if isinstance(node, list) and node and isinstance(node[0], str):
                    self.touched.add(node[0])

    def gone(self) -> list[str]:
        gone, self.dead[:] = list(self.dead), []
        return gone

    def forget(self, names: list[str]) -> None:
        if names:
            raise Malformed("only the judge forgets")

    def own_tensors(self) -> dict[str, torch.Tensor]:
        """Return the tensors that the test made and still holds, by name."""
        values = {name: twin.value for name, twin in self.twins.items() if name[0] == self.mine}
        return {name: value for name, value in values.items() if isinstance(value, torch.Tensor)}

    def take_changed(self) -> set[str]:
        """Return the names of the test's own tensors that may have changed since this was asked last.

        Their memory, their gradients, whether they want one: no change of these stays on one side.
        """
        if not self.touched:
            return set()
        touched, self.touched = self.touched, set()
        touched.update(
            name
            for name, twin in self.twins.items()
            if twin.window and twin.window.region in touched
        )
        return {
            name
            for name, twin in self.twins.items()
            if name[0] == self.mine
            and (name in touched or (twin.window is not None and twin.window.gradient in touched))
        }

    # What the student's code may change

    def may_change(self, region: str, data: bytes | None) -> bool:
        if self.in_place or region.startswith(self.theirs):
            return True
        windows = {
            name: twin.window
            for name, twin in self.twins.items()
            if twin.window is not None and twin.window.region == region
        }
        ours = windows.keys() - self.claimed
        learned = {name for name in ours if name in self.buffers or self._is_parameter(name)}
        tests_own = any(name.startswith(self.mine) for name in learned)
        # Memory that the test gave to a parameter of the student's own is that parameter's.
        if learned and (self.trains or not tests_own):
            return True
        if not tests_own and not ours.isdisjoint(self._gradients()):
            return True
        dtypes = {window.dtype for window in windows.values()}
        if data is not None and any(self._only_rounded(region, data, name) for name in dtypes):
            return False
        raise InputChanged(NETWORK_CHANGED if tests_own else ARGUMENT_CHANGED)

    def _is_parameter(self, name: str) -> bool:
        return isinstance(self.twins[name].value, nn.Parameter)

    def _gradients(self) -> set[str]:
        windows = [twin.window for twin in self.twins.values() if twin.window is not None]
        return {window.gradient for window in windows if window.gradient is not None}

    def _only_rounded(self, region: str, data: bytes, dtype: str) -> bool:
        """Whether `data` differs from what is here by no more than `x += eps; x -= eps` leaves behind."""
        if dtype not in ("float32", "float64"):
            return False
        here = bytearray(self.regions[region].read())
        ours = torch.frombuffer(here, dtype=TENSOR_DTYPES[dtype])
        theirs = torch.frombuffer(bytearray(data), dtype=TENSOR_DTYPES[dtype])
        step = ROUNDING * torch.finfo(ours.dtype).eps
        return torch.allclose(ours, theirs, rtol=step, atol=step, equal_nan=True)

    # What the worker says

    def _receive_window(self, name: str, window: Window) -> None:
        twin = self.twins.get(name)
        known = twin.window if twin is not None else None
        super()._receive_window(name, window)
        moved = known is None or known.place != window.place
        if moved and window.region.startswith(self.mine):
            self.claimed.add(name)

    def _receive_slots(self, name: str, filled: dict[str, Json]) -> None:
        if name.startswith(self.mine) and not (self.in_place or self.trains):
            raise InputChanged(NETWORK_CHANGED)
        super()._receive_slots(name, filled)

    def _receive_gradient(self, name: str, window: Window) -> None:
        value, gradient = self.get(name), window.gradient
        if gradient is not None and isinstance(value, torch.Tensor):
            # A tensor that is no leaf any more has no gradient to ask for: torch would warn.
            if not value.is_leaf or value.grad is not self.tensor(gradient):
                self.claimed.add(gradient)
        super()._receive_gradient(name, window)

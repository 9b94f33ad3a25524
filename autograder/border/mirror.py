"""Tensors and arrays that are one object on both sides of the border.

A test holds a tensor here, the student's code holds its twin there. Before a message leaves, the
sender compares the memory behind its twins with what the other side last saw and sends what changed;
the receiver copies it into its own. So writing in place, sharing memory and filling `.grad` look to a
test as they would without a border.

Memory is told apart by *region* (a storage, or the buffer of a numpy array); tensors and arrays are
windows on regions. Every window that comes in is checked against the region's bounds.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable

import numpy as np
import torch
from torch import nn

from autograder.border.nodes import items, named, table, text, truth, whole
from autograder.border.regions import Region, find_region, memory_of_array, memory_of_tensor
from autograder.border.twins import Twin, Twins
from autograder.border.windows import (
    NOT_A_VALUE,
    Memory,
    Window,
    build,
    build_plain,
    check_truths,
    crosses_as_tensor,
    set_gradient,
    window_of_array,
    window_of_tensor,
)
from autograder.border.wire import Body, Json, Malformed

MAX_REGION = 64 << 20
MAX_HELD = 256 << 20
"""Bytes of the other side's memory that this side holds a copy of at any time."""
MAX_NAMES = 5_000


class Mirror(Twins):
    """Keeps the twins of both sides alike; see `JudgeMirror` and `WorkerMirror` for what they do apart."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything; both sides do so before each test case."""
        super().clear()
        self.regions: dict[str, Region] = {}
        self.held = 0
        """Bytes of regions that the other side made."""
        self._unused = False
        """Whether regions may be there in which no twin lies any more."""

    # What each side does in its own way

    def may_change(self, region: str, data: bytes | None) -> bool:
        """Whether memory that this side made may become `data` (`None`: be replaced) by the other side's doing."""
        return True

    def gone(self) -> list[str]:
        """Return the names of what nobody on this side holds any more, once."""
        return []

    def forget(self, names: list[str]) -> None:
        """Forget what the other side says nobody holds any more."""
        self._drop(names)

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            twin = self.twins.pop(name, None)
            self._unused = True
            if twin is not None and not isinstance(twin.held, weakref.ref):
                self.names.pop(id(twin.held), None)
        if not self._unused:
            return
        self._unused = False
        used = {twin.window.region for twin in self.twins.values() if twin.window is not None}
        self.regions = {name: region for name, region in self.regions.items() if name in used}

    # Sending

    def pack(self, message: Body) -> list[bytes]:
        """Add to `message` all that changed here since the last message; return the blobs."""
        changed = self._changed_twins()
        regions, blobs = self._changed_regions()
        # After the regions: what a test wrote into a tensor that nobody holds any more still counts.
        gone = self.gone()
        self._drop(gone)
        parts: Body = {"regions": regions, **changed, "forget": gone}
        message.update({key: part for key, part in parts.items() if part})
        return blobs

    def _changed_twins(self) -> dict[str, list[Json]]:
        windows: list[Json] = []
        modes: list[Json] = []
        slots: list[Json] = []
        waiting = list(self.twins)
        for name in waiting:
            twin, before = self.twins[name], len(self.twins)
            value = twin.value
            if isinstance(value, nn.Module):
                training, filled = bool(value.training), self.slots_of(value)
                if twin.training != training:
                    modes.append([name, training])
                if twin.slots is not None and twin.slots != filled:
                    slots.append([name, filled])
                twin.training, twin.slots = training, filled
            elif isinstance(value, (torch.Tensor, np.ndarray)):
                window = self._window(value, twin)
                if twin.window != window:
                    twin.window = window
                    self._unused = True
                    windows.append([name, window.to_json()])
            # Looking at a module or tensor may have met a parameter or gradient for the first time.
            if len(self.twins) > before:
                waiting.extend(list(self.twins)[before:])
        return {"windows": windows, "modes": modes, "slots": slots}

    def _changed_regions(self) -> tuple[list[Json], list[bytes]]:
        regions: list[Json] = []
        blobs: list[bytes] = []
        offset = 0
        for name, region in self.regions.items():
            if region.moved:
                continue
            data = region.read()
            if data != region.seen:
                region.seen = data
                regions.append([name, offset, len(data)])
                blobs.append(data)
                offset += len(data)
        return regions, blobs

    def _window(self, value: Memory, twin: Twin) -> Window:
        likely = twin.window.region if twin.window is not None else None
        if isinstance(value, np.ndarray):
            return window_of_array(*self._region(*memory_of_array(value), likely), value)
        place = self._region(*memory_of_tensor(value), likely)
        gradient = value.grad if value.is_leaf else None
        crosses = gradient is not None and crosses_as_tensor(gradient)
        return window_of_tensor(*place, value, self.name(gradient) if crosses else None)

    def _region(
        self, address: int, low: int, size: int, owner: object, likely: str | None
    ) -> tuple[str, int]:
        """Return the region that holds `address`, and the offset in it; a new one if there is none."""
        name = find_region(self.regions, low, size, likely)
        if name is None:
            name = self.new_name()
            self.regions[name] = Region(low, size, owner)
        return name, address - self.regions[name].address if size else 0

    # Receiving

    def unpack(self, message: Body, blobs: memoryview) -> None:
        """Apply what the other side added to its message.

        Raises:
            Malformed: for anything that a well-behaved sender would not send.
        """
        try:
            if "regions" in message or "windows" in message:
                self._receive_memory(message, blobs)
            for name, mode in named(message.get("modes", [])):
                self.module(name).training = self.twins[name].training = truth(mode)
            for name, filled in named(message.get("slots", [])):
                self._receive_slots(name, table(filled))
            self.forget([text(name) for name in items(message.get("forget", []))])
        except NOT_A_VALUE as error:
            raise Malformed(f"{type(error).__name__} in a description of memory") from None

    def _receive_memory(self, message: Body, blobs: memoryview) -> None:
        self.held = sum(r.size for n, r in self.regions.items() if n.startswith(self.theirs))
        regions = self._receive_regions(items(message.get("regions", [])), blobs)
        pairs = named(message.get("windows", []))
        windows = [(name, Window.from_json(node)) for name, node in pairs]
        for name, window in windows:
            self._receive_window(name, window)
        self._check_truths(regions, {name for name, _ in windows})
        for name, window in windows:
            self._receive_gradient(name, window)

    def _receive_regions(self, nodes: list[Json], blobs: memoryview) -> set[str]:
        """Take over the bytes of regions; return the regions' names."""
        end = 0
        received = set()
        for node in nodes:
            first, second, third = items(node)
            name, offset, size = text(first), whole(second), whole(third)
            if offset != end:  # else many regions could be made of the same bytes
                raise Malformed("regions overlap")
            end = offset + size
            self._receive_region(name, bytes(blobs[offset:end]), size)
            received.add(name)
        return received

    def _receive_region(self, name: str, data: bytes, size: int) -> None:
        if len(data) != size or size > MAX_REGION:
            raise Malformed("a region has the wrong size")
        known = self.regions.get(name)
        if known is not None:
            if known.size != size or known.moved:
                raise Malformed("a region changed its size")
            if not name.startswith(self.mine) or self.may_change(name, data):
                known.write(data)
            else:
                known.seen = data  # and with the next message ours goes back
            return
        if not name.startswith(self.theirs):
            raise Malformed("a region with a name that is not the sender's")
        self.held += size
        if self.held > MAX_HELD or len(self.regions) >= MAX_NAMES:
            raise Malformed("too much memory")
        storage = torch.UntypedStorage(size)
        region = Region(storage.data_ptr(), size, storage)
        region.write(data)
        self.regions[name] = region
        self._unused = True

    def _receive_window(self, name: str, window: Window) -> None:
        region = self.regions[window.region]
        twin = self.twins.get(name)
        known = twin.window if twin is not None else None
        if twin is None or known is None:
            if not name.startswith(self.theirs) or len(self.twins) >= MAX_NAMES:
                raise Malformed("a window with a name that is not the sender's, or one too many")
            twin = self.register(name, build(window, region))
        elif known.place != window.place:
            # The other side gave the tensor other memory: `p.data = …`.
            value = self.tensor(name)
            if name.startswith(self.mine):
                self.may_change(known.region, None)
            value.data = build_plain(window, region)
        twin.window = window
        self._unused = True

    def _receive_gradient(self, name: str, window: Window) -> None:
        value = self.get(name)
        if isinstance(value, torch.Tensor):
            gradient = None if window.gradient is None else self.tensor(window.gradient)
            set_gradient(value, window.requires_grad, gradient)

    def _receive_slots(self, name: str, filled: dict[str, Json]) -> None:
        module = self.module(name)
        for key, held in filled.items():
            if key in module._parameters and held is not None:
                parameter = self.get(text(held))
                if not isinstance(parameter, nn.Parameter):
                    raise Malformed("a parameter is not a parameter")
                module._parameters[key] = parameter
        self.twins[name].slots = self.slots_of(module)

    def _check_truths(self, regions: set[str], windows: set[str]) -> None:
        """Look at all truth values that a message may have changed."""
        for name, twin in self.twins.items():
            window = twin.window
            if window is None or not window.holds_truths:
                continue
            if name in windows or window.region in regions:
                value = twin.value
                if isinstance(value, (torch.Tensor, np.ndarray)):
                    check_truths(value)

"""Tensors and arrays that are one object on both sides of the border.

A test holds a tensor here, the student's code holds its twin there. Before a message leaves, the
sender compares the memory behind its twins with what the other side last saw and sends what changed;
the receiver copies it into its own. So writing in place, sharing memory and filling `.grad` look to a
test as they would without a border.

Memory is told apart by *region* (a storage, or the buffer of a numpy array); tensors and arrays are
windows on regions. Every description that comes in is checked against the region's bounds.
"""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.border.windows import (
    NOT_A_VALUE,
    Region,
    build_window,
    check_bools,
    crosses_as_tensor,
    describe_array,
    describe_tensor,
    find_region,
    memory_of_array,
    memory_of_tensor,
    set_gradient,
)
from autograder.border.wire import Malformed

MAX_REGION = 64 << 20
MAX_HELD = 256 << 20
"""Bytes of the other side's memory that this side holds a copy of at any time."""
MAX_NAMES = 5_000


class Mirror:
    """The tensors, arrays and modules that both sides know, by name.

    Names begin with the letter of the side that made the object: `j` for the judge, `w` for the worker.
    """

    def __init__(self, mine: str, theirs: str) -> None:
        self.mine, self.theirs = mine, theirs
        self.keep_alive = mine == "w"
        self.clear()

    def clear(self) -> None:
        """Forget everything; both sides do so before each test case."""
        self.objects: dict[str, Any] = {}
        """Tensors, arrays and modules by name; weak references on the judge's side."""
        self.names: dict[int, str] = {}
        self.described: dict[str, list[Any]] = {}
        self.regions: dict[str, Region] = {}
        self.modes: dict[str, bool] = {}
        self.slots: dict[str, dict[str, str | None]] = {}
        """The names of each module's own parameters, which code may replace by others."""
        self.dead: list[str] = []
        self.held = 0
        """Bytes of regions that the other side made."""
        self.in_flight: list[Any] = []
        """What a message and its reply may name, held until the next: if it died, only one side would know."""
        self.counter = 0

    # Names

    def get(self, name: object) -> Any:
        held = self.objects.get(name) if isinstance(name, str) else None
        value = held() if isinstance(held, weakref.ref) else held
        if value is None:
            raise Malformed("an unknown name")
        return value

    def name_of(self, value: object) -> str | None:
        return self.names.get(id(value))

    def new_name(self) -> str:
        self.counter += 1
        return f"{self.mine}{self.counter}"

    def register(self, name: str, value: object) -> None:
        # A parameter stays, so that `net.weight.data = K` is seen when nobody holds `net.weight` any more.
        if self.keep_alive or isinstance(value, nn.Parameter):
            self.objects[name] = value
        else:
            key = id(value)

            def forget(
                _: object, names: dict[int, str] = self.names, dead: list[str] = self.dead
            ) -> None:
                names.pop(key, None)
                dead.append(name)

            self.objects[name] = weakref.ref(value, forget)
        self.names[id(value)] = name

    def name(self, value: object) -> str:
        """Return the name of a tensor, array or module, a new one if it has none yet."""
        known = self.name_of(value)
        if known is None:
            known = self.new_name()
            self.register(known, value)
        return known

    def _drop(self, names: list[str]) -> None:
        for name in names:
            held = self.objects.pop(name, None)
            if held is not None and not isinstance(held, weakref.ref):
                self.names.pop(id(held), None)
            self.described.pop(name, None)
            self.modes.pop(name, None)
            self.slots.pop(name, None)
        used = {description[0] for description in self.described.values()}
        self.regions = {name: region for name, region in self.regions.items() if name in used}

    # Sending

    def pack(self, message: dict[str, Any]) -> list[bytes]:
        """Add to `message` all that changed here since the last message; return the blobs."""
        self.in_flight = []
        windows, modes, slots = [], [], []
        pending = list(self.objects)
        for name in pending:
            held = self.objects[name]
            value = held() if isinstance(held, weakref.ref) else held
            if value is None:
                continue
            if isinstance(value, nn.Module):
                if self.modes.get(name) != value.training:
                    self.modes[name] = bool(value.training)
                    modes.append([name, bool(value.training)])
                before = len(self.objects)
                filled = self.slots_of(value)
                pending.extend(list(self.objects)[before:])
                if self.slots.get(name, filled) != filled:
                    slots.append([name, filled])
                self.slots[name] = filled
                continue
            before = len(self.objects)
            description = self._describe(value)
            # Describing a tensor may have met its gradient for the first time.
            pending.extend(list(self.objects)[before:])
            if self.described.get(name) != description:
                self.described[name] = description
                windows.append([name, description])
        blobs: list[bytes] = []
        regions, offset = [], 0
        for name, region in self.regions.items():
            if region.moved:
                continue
            data = region.read()
            if data != region.seen:
                region.seen = data
                regions.append([name, offset, len(data)])
                blobs.append(data)
                offset += len(data)
        parts = {"regions": regions, "windows": windows, "modes": modes, "slots": slots}
        for key, part in parts.items():
            if part:
                message[key] = part
        # After the regions: what a test wrote into a tensor that nobody holds any more still counts.
        if self.dead:
            dead, self.dead[:] = list(self.dead), []
            self._drop(dead)
            message["forget"] = dead
        if not self.keep_alive:
            self.in_flight = [
                held() for held in self.objects.values() if isinstance(held, weakref.ref)
            ]
        return blobs

    def slots_of(self, module: nn.Module) -> dict[str, str | None]:
        """Return the names of a module's own parameters by slot; `None` for what does not cross."""
        return {
            key: self.name(parameter) if crosses_as_tensor(parameter) else None
            for key, parameter in module._parameters.items()
        }

    def _receive_slots(self, name: str, filled: dict[str, Any]) -> None:
        module = self.get(name)
        for key, held in filled.items():
            if key in module._parameters and held is not None:
                parameter = self.get(held)
                if not isinstance(parameter, nn.Parameter):
                    raise Malformed("a parameter is not a parameter")
                module._parameters[key] = parameter
        self.slots[name] = self.slots_of(module)

    def _describe(self, value: Any) -> list[Any]:
        hint = self.described.get(self.names.get(id(value), ""), [None])[0]
        if isinstance(value, np.ndarray):
            return [*self._region(*memory_of_array(value), hint), *describe_array(value)]
        place = self._region(*memory_of_tensor(value), hint)
        gradient = value.grad if value.is_leaf else None
        crosses = gradient is not None and crosses_as_tensor(gradient)
        return [*place, *describe_tensor(value, self.name(gradient) if crosses else None)]

    def _region(
        self, address: int, low: int, size: int, owner: object, hint: str | None
    ) -> tuple[str, int]:
        """Return the region that holds `address`, and the offset in it; a new one if there is none."""
        name = find_region(self.regions, low, size, hint)
        if name is None:
            name = self.new_name()
            self.regions[name] = Region(low, size, owner)
        return name, address - self.regions[name].address if size else 0

    # Receiving

    def unpack(self, message: dict[str, Any], blobs: memoryview) -> None:
        """Apply what the other side added to its message.

        Raises:
            Malformed: for anything that a well-behaved sender would not send.
        """
        self.held = sum(r.size for n, r in self.regions.items() if n.startswith(self.theirs))
        try:
            end = 0
            for name, offset, size in message.get("regions", []):
                if offset != end:  # else many regions could be made of the same bytes
                    raise Malformed("regions overlap")
                end = offset + size
                self._receive_region(name, bytes(blobs[offset:end]), size)
            for name, description in message.get("windows", []):
                self._receive_window(name, description)
            check_bools(message, self.described, self.objects)
            for name, description in message.get("windows", []):
                self._receive_gradient(name, description)
            for name, training in message.get("modes", []):
                module = self.get(name)
                if type(training) is not bool or not isinstance(module, nn.Module):
                    raise Malformed("a mode is not a bool")
                self.modes[name] = training
                module.training = training
            for name, filled in message.get("slots", []):
                self._receive_slots(name, filled)
            forgotten = message.get("forget", [])
            if forgotten and not self.keep_alive:
                raise Malformed("only the judge forgets")
            self._drop(forgotten)
        except NOT_A_VALUE as error:
            raise Malformed(f"{type(error).__name__} in a description of memory") from None

    def may_change(self, region: str, data: bytes | None) -> bool:
        """Whether memory that this side made may become `data` (`None`: be replaced) by the other side's doing."""
        return True

    def _receive_region(self, name: str, data: bytes, size: int) -> None:
        if type(size) is not int or len(data) != size or size > MAX_REGION:
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

    def _receive_window(self, name: str, description: list[Any]) -> None:
        known = self.described.get(name)
        if known is None:
            if not name.startswith(self.theirs) or len(self.objects) >= MAX_NAMES:
                raise Malformed("a window with a name that is not the sender's, or one too many")
            value = build_window(self.regions[description[0]], description[1:])
            self.in_flight.append(value)
            self.register(name, value)
        elif known[:6] != description[:6]:
            # The other side gave the tensor other memory: `p.data = …`.
            value = self.get(name)
            if not isinstance(value, torch.Tensor):
                raise Malformed("an array changed its window")
            if name.startswith(self.mine):
                self.may_change(known[0], None)
            window = [description[1], "tensor", *description[3:6], False, None]
            value.data = build_window(self.regions[description[0]], window)
        self.described[name] = description

    def _receive_gradient(self, name: str, description: list[Any]) -> None:
        if description[2] == "array":
            return
        requires_grad, gradient = description[6:]
        set_gradient(
            self.get(name), requires_grad, None if gradient is None else self.get(gradient)
        )

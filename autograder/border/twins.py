"""Twins: what both sides of the border have, by name."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import nn

from autograder.border.windows import Window, crosses_as_tensor
from autograder.border.wire import Malformed

Slots: TypeAlias = "dict[str, str | None]"
"""The names of a module's own parameters by slot; `None` for what does not cross."""


@dataclass
class Twin:
    """What one side knows of a tensor, an array or a module that both sides have."""

    held: object
    """The object itself, or a weak reference to it."""
    window: Window | None = None
    """Of a tensor or array: what the other side knows of it."""
    training: bool | None = None
    """Of a module: the mode that the other side knows."""
    slots: Slots | None = None
    """Of a module: its own parameters, which code may replace by others."""

    @property
    def value(self) -> object:
        """The object; `None` if it is gone."""
        return self.held() if isinstance(self.held, weakref.ref) else self.held


class Twins:
    """The tensors, arrays and modules that both sides know, by name.

    Names begin with the letter of the side that made the object: `j` for the judge, `w` for the worker.
    """

    mine: str
    theirs: str

    def clear(self) -> None:
        """Forget everything."""
        self.twins: dict[str, Twin] = {}
        self.names: dict[int, str] = {}
        self.counter = 0

    def get(self, name: str) -> object:
        twin = self.twins.get(name)
        value = twin.value if twin is not None else None
        if value is None:
            raise Malformed("an unknown name")
        return value

    def tensor(self, name: str) -> torch.Tensor:
        value = self.get(name)
        if not isinstance(value, torch.Tensor):
            raise Malformed("a tensor is not a tensor")
        return value

    def module(self, name: str) -> nn.Module:
        value = self.get(name)
        if not isinstance(value, nn.Module):
            raise Malformed("a module is not a module")
        return value

    def name_of(self, value: object) -> str | None:
        return self.names.get(id(value))

    def new_name(self) -> str:
        self.counter += 1
        return f"{self.mine}{self.counter}"

    def register(self, name: str, value: object) -> Twin:
        """Know `value` by a name that either side gave it."""
        twin = self.twins[name] = Twin(value)
        self.names[id(value)] = name
        return twin

    def register_module(self, name: str, module: nn.Module) -> None:
        """Know a module, with its mode and parameters as they are on both sides."""
        twin = self.twins.get(name) or self.register(name, module)
        twin.training = bool(module.training)
        twin.slots = self.slots_of(module)

    def name(self, value: object) -> str:
        """Return the name of a tensor, array or module, a new one if it has none yet."""
        known = self.name_of(value)
        if known is None:
            known = self.new_name()
            self.register(known, value)
        return known

    def slots_of(self, module: nn.Module) -> Slots:
        return {
            key: self.name(parameter) if crosses_as_tensor(parameter) else None
            for key, parameter in module._parameters.items()
        }

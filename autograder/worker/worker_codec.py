"""The worker's end of the codec: real objects for what the judge sends, handles for what it asks for."""

from __future__ import annotations

import importlib
import marshal
import types
from typing import Any

import torch
from torch import nn

from autograder.border.codec import Codec
from autograder.worker.worker_mirror import WorkerMirror

MAX_NAME = 200


class WorkerCodec(Codec):
    """Sends everything that is not data as a handle, and builds what the judge describes."""

    def __init__(self) -> None:
        super().__init__(WorkerMirror())
        self.clear()

    def clear(self) -> None:
        self.mirror.clear()
        self.handles: dict[int, Any] = {}
        self.handle_of: dict[int, int] = {}
        self.graph: dict[int, torch.Tensor] = {}
        self.outputs: list[list[Any]] = []
        self.functions: dict[str, types.FunctionType] = {}
        self.frames: list[tuple[Any, Any]] = []
        """Tables as they came and as the student's code has them, to notice a change."""
        self.counter = 0

    def next_number(self) -> int:
        self.counter += 1
        return self.counter

    # To the judge

    def encode_tensor(self, value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            if value.is_conj() or value.is_neg():
                value = value.resolve_conj().resolve_neg()
            if value.requires_grad and not value.is_leaf:
                number = self.next_number()
                self.graph[number] = value
                self.outputs.append([number, super().encode_tensor(value.detach().clone())])
                return ["output", len(self.outputs) - 1]
        return super().encode_tensor(value)

    def encode_object(self, value: Any) -> Any:
        if self.mirror.name_of(value) is not None:
            return ["mirror", self.mirror.name_of(value)]
        number = self.handle_of.get(id(value))
        if number is None:
            number = self.next_number()
            self.handles[number] = value
            self.handle_of[id(value)] = number
        return ["handle", number, describe(value)]

    def forget(self, numbers: list[int]) -> None:
        for number in numbers:
            self.graph.pop(number, None)
            value = self.handles.pop(number, None)
            if value is not None:
                self.handle_of.pop(id(value), None)

    # From the judge

    def decode_object(self, tag: str, rest: list[Any], depth: int) -> Any:
        match tag, rest:
            case "handle", [number]:
                return self.handles[number]
            case "global", [module, path]:
                value: Any = importlib.import_module(module)
                for part in path.split(".") if path else ():
                    value = getattr(value, part)
                return value
            case "function", [name, *description]:
                if description:
                    self._build_function(name, description[0], depth)
                return self.functions[name]
            case "module", [name, description]:
                return self._build_module(name, description, depth)
            case "optimizer", [module, cls, groups]:
                make = getattr(importlib.import_module(module), cls)
                return make(self.decode(groups, depth))
            case "frame", [description]:
                return self._build_frame(self.decode(description, depth))
        return super().decode_object(tag, rest, depth)

    def _build_function(self, name: str, description: dict[str, Any], depth: int) -> None:
        """Build a function of a test: its code, and what it closes over."""
        code = marshal.loads(bytes.fromhex(description["code"]))
        cells = tuple(types.CellType() for _ in description["closure"])
        namespace: dict[str, Any] = {"__builtins__": __builtins__, "__name__": "probe"}
        function = types.FunctionType(code, namespace, description["name"], None, cells)
        # Registered before what it closes over is decoded: a function may close over itself.
        self.functions[name] = function
        for cell, node in zip(cells, description["closure"]):
            if node != ["empty"]:
                cell.cell_contents = self.decode(node, depth)
        for key, node in description["globals"].items():
            namespace[key] = self.decode(node, depth)
        function.__defaults__ = self.decode(description["defaults"], depth)
        function.__kwdefaults__ = self.decode(description["kwdefaults"], depth)

    def _build_module(self, name: str, description: dict[str, Any], depth: int) -> nn.Module:
        """Build the twin of a module of the judge's: its class, attributes and parameters."""
        if name in self.mirror.twins:
            return self.mirror.module(name)
        cls = getattr(importlib.import_module(description["module"]), description["class"])
        module: nn.Module = cls.__new__(cls)
        nn.Module.__init__(module)
        for key, node in description["attributes"].items():
            module.__dict__[key] = self.decode(node, depth)
        for table in ("_parameters", "_buffers", "_modules"):
            for key, node in description[table].items():
                getattr(module, table)[key] = self.decode(node, depth)
        module._non_persistent_buffers_set = set(description["transient"])
        module.training = description["training"]
        self.mirror.register_module(name, module)
        return module

    def _build_frame(self, description: dict[str, Any]) -> Any:
        import pandas as pd

        columns = {
            key: pd.Series(values, dtype=dtype, index=description["index"])
            for key, dtype, values in description["columns"]
        }
        if description["series"] is not None:
            frame: Any = next(iter(columns.values())).rename(description["series"])
        else:
            frame = pd.DataFrame(columns, index=description["index"])
        self.frames.append((frame.copy(deep=True), frame))
        return frame

    def changed_frame(self) -> bool:
        """Whether the student's code changed a table that it was given."""
        return any(not before.equals(after) for before, after in self.frames)


def describe(value: Any) -> dict[str, Any]:
    """Say what an object is: the names of its classes, and what it can do."""
    cls = type(value)
    classes = [f"{c.__module__}.{c.__qualname__}"[:MAX_NAME] for c in cls.__mro__[:20]]
    is_class = isinstance(value, type)
    described: dict[str, Any] = {"classes": classes, "callable": callable(value), "class": is_class}
    if is_class:
        described["bases"] = [
            f"{c.__module__}.{c.__qualname__}"[:MAX_NAME] for c in value.__mro__[:20]
        ]
    return described

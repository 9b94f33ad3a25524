"""The worker's end of the codec: real objects for what the judge sends, handles for what it asks for."""

from __future__ import annotations

import importlib
import marshal
import types
from typing import Any

import torch
from torch import nn

from autograder.border.claims import Claims
from autograder.border.codec import Codec
from autograder.border.nodes import items, table, text, truth
from autograder.border.regions import Array
from autograder.border.replies import Output
from autograder.border.wire import Json
from autograder.worker.worker_mirror import WorkerMirror


class WorkerCodec(Codec):
    """Sends everything that is not data as a handle, and builds what the judge describes."""

    def __init__(self) -> None:
        super().__init__(WorkerMirror())
        self.clear()

    def clear(self) -> None:
        self.mirror.clear()
        self.handles: dict[int, object] = {}
        self.handle_of: dict[int, int] = {}
        self.graph: dict[int, torch.Tensor] = {}
        self.outputs: list[Output] = []
        self.functions: dict[str, types.FunctionType] = {}
        self.frames: list[tuple[Any, object]] = []
        """Tables as they came and as the student's code has them, to notice a change."""
        self.counter = 0

    def next_number(self) -> int:
        self.counter += 1
        return self.counter

    # To the judge

    def encode_tensor(self, value: torch.Tensor | Array) -> Json:
        if isinstance(value, torch.Tensor):
            if value.is_conj() or value.is_neg():
                value = value.resolve_conj().resolve_neg()
            if value.requires_grad and not value.is_leaf:
                number = self.next_number()
                self.graph[number] = value
                self.outputs.append(Output(number, super().encode_tensor(value.detach().clone())))
                return ["output", len(self.outputs) - 1]
        return super().encode_tensor(value)

    def encode_object(self, value: object) -> Json:
        if self.mirror.name_of(value) is not None:
            return ["mirror", self.mirror.name_of(value)]
        number = self.handle_of.get(id(value))
        if number is None:
            number = self.next_number()
            self.handles[number] = value
            self.handle_of[id(value)] = number
        return ["handle", number, Claims.of(value).to_json()]

    def forget(self, numbers: list[int]) -> None:
        for number in numbers:
            self.graph.pop(number, None)
            value = self.handles.pop(number, None)
            if value is not None:
                self.handle_of.pop(id(value), None)

    # From the judge

    def decode_object(self, tag: str, rest: list[Json], depth: int) -> object:
        match tag, rest:
            case "handle", [int(number)]:
                return self.handles[number]
            case "global", [str(module), str(path)]:
                value: object = importlib.import_module(module)
                for part in path.split(".") if path else ():
                    value = getattr(value, part)
                return value
            case "function", [str(name), *parts]:
                if parts:
                    self._build_function(name, table(parts[0]), depth)
                return self.functions[name]
            case "module", [str(name), parts]:
                return self._build_module(name, table(parts), depth)
            case "optimizer", [str(module), str(cls), groups]:
                make = getattr(importlib.import_module(module), cls)
                return make(self.decode(groups, depth))
            case "frame", [columns, index, name]:
                decoded = (self.decode(node, depth) for node in (columns, index, name))
                return self._build_frame(*decoded)
        return super().decode_object(tag, rest, depth)

    def _build_function(self, name: str, parts: dict[str, Json], depth: int) -> None:
        """Build a function of a test: its code, and what it closes over."""
        code = marshal.loads(bytes.fromhex(text(parts["code"])))
        closure = items(parts["closure"])
        cells = tuple(types.CellType() for _ in closure)
        namespace: dict[str, object] = {"__builtins__": __builtins__, "__name__": "probe"}
        function = types.FunctionType(code, namespace, text(parts["name"]), None, cells)
        # Registered before what it closes over is decoded: a function may close over itself.
        self.functions[name] = function
        for cell, node in zip(cells, closure):
            if node != ["empty"]:
                cell.cell_contents = self.decode(node, depth)
        for key, node in table(parts["globals"]).items():
            namespace[key] = self.decode(node, depth)
        for default in ("__defaults__", "__kwdefaults__"):
            setattr(function, default, self.decode(parts[default], depth))

    def _build_module(self, name: str, parts: dict[str, Json], depth: int) -> nn.Module:
        """Build the twin of a module of the judge's: its class, attributes and parameters."""
        if name in self.mirror.twins:
            return self.mirror.module(name)
        cls = getattr(importlib.import_module(text(parts["module"])), text(parts["class"]))
        module: nn.Module = cls.__new__(cls)
        nn.Module.__init__(module)
        for key, node in table(parts["attributes"]).items():
            module.__dict__[key] = self.decode(node, depth)
        for held in ("_parameters", "_buffers", "_modules"):
            for key, node in table(parts[held]).items():
                getattr(module, held)[key] = self.decode(node, depth)
        module._non_persistent_buffers_set = set(map(text, items(parts["transient"])))
        module.training = truth(parts["training"])
        self.mirror.register_module(name, module)
        return module

    def _build_frame(self, columns: Any, index: Any, name: object) -> object:
        """Build a table of pandas, or the one column of that `name`."""
        import pandas as pd

        series = {
            key: pd.Series(values, dtype=dtype, index=index) for key, dtype, values in columns
        }
        if name is not None:
            frame = next(iter(series.values())).rename(name)
        else:
            frame = pd.DataFrame(series, index=index)
        self.frames.append((frame.copy(deep=True), frame))
        return frame

    def changed_frame(self) -> bool:
        """Whether the student's code changed a table that it was given."""
        return any(not before.equals(after) for before, after in self.frames)

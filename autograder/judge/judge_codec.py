"""The judge's end of the codec: sends modules and functions of a test, receives proxies."""

from __future__ import annotations

import dis
import marshal
import math
import operator
import types
import weakref
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from autograder.border.claims import Claims
from autograder.border.codec import Codec
from autograder.border.nodes import whole
from autograder.border.regions import Array
from autograder.border.wire import Json, Malformed
from autograder.judge.asking import Asks
from autograder.judge.exceptions import BorderMisuse
from autograder.judge.judge_mirror import JudgeMirror
from autograder.judge.proxy import Proxy, is_module, is_proxy

NAMESPACES = {
    "torch": torch,
    "torch.nn.functional": F,
    "torch.special": torch.special,
    "torch.linalg": torch.linalg,
    "torch.nn.init": nn.init,
    "operator": operator,
    "math": math,
    "numpy": np,
}
"""Where a builtin function of torch may be found; it does not know its own module."""
MAX_HANDLE = 1 << 31
"""Larger numbers can be chosen so that a dictionary of them is slow."""
PROBE = "<probe>"
KEPT_CODES = 1024
"""Of how many probes is remembered how they travel: the same ones go out for each of a class."""
MODULE_TABLES = ("_parameters", "_buffers", "_modules")


class JudgeCodec(Codec):
    """Sends by value what a test may send, by name what torch or the student defines."""

    mirror: JudgeMirror

    def __init__(self, asks: Asks) -> None:
        super().__init__(JudgeMirror())
        self.asks = asks
        self.clear()

    def clear(self) -> None:
        self.mirror.clear()
        self.proxies: weakref.WeakValueDictionary[int, Proxy] = weakref.WeakValueDictionary()
        self.functions: dict[types.FunctionType, str] = {}
        self.inputs: dict[int, torch.Tensor] = {}
        """Tensors of the message at hand that need a gradient."""
        self.outputs: list[torch.Tensor] = []
        self.released: list[int] = []
        """Numbers of handles and graphs that nobody here holds any more."""

    def take_released(self) -> list[int]:
        """Return what the worker need not keep any longer, once."""
        released, self.released[:] = list(self.released), []
        return released

    # To the worker

    def encode_tensor(self, value: torch.Tensor | Array) -> Json:
        if isinstance(value, torch.Tensor) and value.requires_grad:
            self.inputs[id(value)] = value
        return super().encode_tensor(value)

    def encode_object(self, value: object) -> Json:
        if is_proxy(value):
            return ["handle", value._number]
        if is_module(value):
            return self._encode_module(value)
        if isinstance(value, torch.optim.Optimizer):
            groups = [dict(group) for group in value.param_groups]
            return ["optimizer", type(value).__module__, type(value).__name__, self.encode(groups)]
        if isinstance(value, types.ModuleType):
            return ["global", value.__name__, ""]
        found = find_global(value)
        if found is not None:
            return ["global", *found]
        if isinstance(value, types.FunctionType):
            return self._encode_function(value)
        if type(value).__module__.startswith("pandas") and hasattr(value, "index"):
            return ["frame", *(self.encode(part) for part in lists_of_frame(value))]
        if isinstance(value, (map, filter, zip, range, types.GeneratorType)):
            return self.encode(list(value))
        raise BorderMisuse(
            f"the test sends a {type(value).__name__}, which does not cross the border"
        )

    def _encode_module(self, module: nn.Module) -> Json:
        known = self.mirror.name_of(module)
        if known is not None and self.mirror.twins[known].training is not None:
            self._note_parameters(module)
            return ["mirror", known]
        if not type(module).__module__.startswith("torch.nn"):
            raise BorderMisuse(
                f"{type(module).__name__} is not one of torch's own modules: define it inside a probe"
            )
        name = self.mirror.name(module)
        self.mirror.register_module(name, module)
        standard = nn.Module().__dict__
        attributes = {k: self.encode(v) for k, v in module.__dict__.items() if k not in standard}
        tables = {
            table: {key: self.encode(value) for key, value in getattr(module, table).items()}
            for table in MODULE_TABLES
        }
        for buffer in module._buffers.values():
            if buffer is not None:
                self.mirror.buffers.add(self.mirror.name(buffer))
        parts: Json = {
            "module": type(module).__module__,
            "class": type(module).__name__,
            "attributes": attributes,
            **tables,
            "transient": sorted(module._non_persistent_buffers_set),
            "training": module.training,
        }
        return ["module", name, parts]

    def _note_parameters(self, module: nn.Module) -> None:
        for parameter in module.parameters():
            if parameter.requires_grad:
                self.inputs[id(parameter)] = parameter

    def _encode_function(self, function: types.FunctionType) -> Json:
        if function in self.functions:
            return ["function", self.functions[function]]
        name = f"f{len(self.functions) + 1}"
        self.functions[function] = name
        parts: Json = {
            "code": portable(function.__code__),
            "name": function.__name__,
            "closure": [self._encode_cell(cell) for cell in function.__closure__ or ()],
            "globals": {
                key: self.encode(function.__globals__[key])
                for key in sorted(global_names(function.__code__))
                if key in function.__globals__
            },
            "__defaults__": self.encode(function.__defaults__),
            "__kwdefaults__": self.encode(function.__kwdefaults__),
        }
        return ["function", name, parts]

    def _encode_cell(self, cell: types.CellType) -> Json:
        try:
            return self.encode(cell.cell_contents)
        except ValueError:  # a name that is not bound yet
            return ["empty"]

    # From the worker

    def decode_object(self, tag: str, rest: list[Json], depth: int) -> object:
        match tag, rest:
            case "output", [number]:
                return self.outputs[whole(number)]
            case "handle", [number, claims]:
                return self._proxy(whole(number), Claims.from_json(claims))
        return super().decode_object(tag, rest, depth)

    def _proxy(self, number: int, claims: Claims) -> Proxy:
        if not 0 <= number < MAX_HANDLE:
            raise Malformed("a handle is not a handle")
        proxy = self.proxies.get(number)
        if proxy is None:
            proxy = self.proxies[number] = Proxy(self.asks, number, claims)
            weakref.finalize(proxy, self.released.append, number)
        return proxy


@lru_cache(maxsize=KEPT_CODES)
def portable(code: types.CodeType) -> str:
    """Return a probe's code as it travels."""
    return marshal.dumps(nameless(code)).hex()


def nameless(code: types.CodeType) -> types.CodeType:
    """Return a probe's code without what it does not run by: where the test lies, and what it says of itself.

    Student code that a probe calls can read the rest, up the frames.
    """
    constants = [nameless(c) if isinstance(c, types.CodeType) else c for c in code.co_consts]
    used = {step.arg for step in dis.get_instructions(code) if "CONST" in step.opname}
    if constants and isinstance(constants[0], str) and 0 not in used:
        constants[0] = None  # the docstring
    return code.replace(co_consts=tuple(constants), co_filename=PROBE, co_firstlineno=1)


@lru_cache(maxsize=KEPT_CODES)
def global_names(code: types.CodeType) -> frozenset[str]:
    inside = [each for each in code.co_consts if isinstance(each, types.CodeType)]
    return frozenset(code.co_names).union(*map(global_names, inside))


def find_global(value: object) -> tuple[str, str] | None:
    """Return the module and the path by which `value` can be imported, if it can."""
    path = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if not isinstance(path, str) or "<" in path:
        return None
    module = getattr(value, "__module__", None)
    namespaces = dict(NAMESPACES)
    if isinstance(module, str) and module.split(".")[0] in ("torch", "numpy", "math", "builtins"):
        namespaces = {module: __import__(module, fromlist=["_"]), **namespaces}
    for name, namespace in namespaces.items():
        # A builtin function of torch calls itself `_VariableFunctionsClass.relu`.
        for attempt in (path, path.rpartition(".")[2]):
            found: object = namespace
            for part in attempt.split("."):
                found = getattr(found, part, None)
            if found is value:
                return name, attempt
    tensor_method = getattr(torch.Tensor, path.rpartition(".")[2], None)
    if tensor_method is value:
        return "torch", f"Tensor.{path.rpartition('.')[2]}"
    return None


def lists_of_frame(frame: Any) -> tuple[object, object, object]:
    """Say a pandas DataFrame or Series in lists: columns, index, and the name of a Series.

    Missing values are `None`.
    """
    series = frame.ndim == 1
    columns = frame.to_frame() if series else frame
    listed = []
    for position, key in enumerate(columns.columns):
        column = columns.iloc[:, position]
        values = [
            None if missing else value for value, missing in zip(column.tolist(), column.isna())
        ]
        listed.append([key, str(column.dtype), values])
    return listed, columns.index.tolist(), columns.columns[0] if series else None

"""Make torchvision's CUDA-built wheel importable beside a CPU build of torch.

On Linux the package index has torchvision for CUDA only. Its compiled half cannot load without CUDA, and
then its import fails, because the two operators that its Python half refers to are unknown. Declaring
them is enough for datasets, transforms and models; only calling them stays impossible.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import torch

OPERATORS = ("nms", "qnms")
SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"

_libraries: list[torch.library.Library] = []
"""A declaration lasts as long as its library."""


def prepare_torchvision() -> None:
    """Declare torchvision's operators if its import would fail without; call it before the import."""
    if _libraries or "torchvision" in sys.modules or torch.version.cuda or torch.version.hip:
        return
    if _extension_is_broken():
        library = torch.library.Library("torchvision", "DEF")
        _libraries.append(library)
        for name in OPERATORS:
            library.define(name + SCHEMA)


def _extension_is_broken() -> bool:
    """Whether torchvision is installed and its compiled half cannot be loaded."""
    spec = importlib.util.find_spec("torchvision")
    if spec is None:
        return False
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    suffixes = tuple(EXTENSION_SUFFIXES)
    found = [
        path for folder in folders for path in folder.glob("_C*") if path.name.endswith(suffixes)
    ]
    try:
        for path in found:
            torch.ops.load_library(path)
    except OSError:
        return True
    return not found

"""The generators of random numbers that a process has: put into a known state, and asked whether they moved."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch


def start_from(seed: int) -> None:
    """Put this process's generators of random numbers into a known state."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    # Not `torch.manual_seed`, which also notes a stack trace for a GPU that is not there.
    torch.default_generator.manual_seed(seed)


def moved_since(seed: int) -> bool:
    """Whether any of them stands otherwise than `start_from(seed)` left it; they stay where they are."""
    python, numpy, torchs = random.getstate(), np.random.get_state(), _of_torch()
    try:
        start_from(seed)
        return not (
            random.getstate() == python
            and _same(np.random.get_state(), numpy)
            and torch.equal(_of_torch(), torchs)
        )
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
        torch.default_generator.set_state(torchs)


def _of_torch() -> torch.Tensor:
    return torch.default_generator.get_state()


def _same(one: Any, other: Any) -> bool:
    """Whether two states of numpy's are the same: a name, an array, and numbers."""
    return all(np.array_equal(first, second) for first, second in zip(one, other, strict=True))

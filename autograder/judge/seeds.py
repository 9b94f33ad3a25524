"""From which random states a test case starts, on either side.

They are the same for a whole class, so that equal answers get equal points, and nobody can compute them who
does not know the question's tests word for word: the worker's state tells student code neither which case it is
called by nor what the test is about to draw. Editing one question's tests moves no other question's draws.
"""

from __future__ import annotations

import hashlib
import hmac
import random
from enum import Enum

import numpy as np
import torch

BITS = 63
"""Of a seed: what torch, the wire and a signed integer all hold."""


class Side(Enum):
    """Whose random state it is: a student's noise must not be a test's input."""

    JUDGE = "judge"
    WORKER = "worker"


def seed_for(tests: str, number: int, side: Side, seed: int = 0, shift: int = 0) -> int:
    """Return the seed of one test case on one side.

    Args:
        tests: the text of the question's test file, which is the secret.
        number: of the case in it.
        seed: which of the class's random states, as `validate --seed` says.
        shift: which of several states that the worker may start this case from.
    """
    about = f"{side.value}\0{number}\0{seed}\0{shift}".encode()
    digest = hmac.digest(tests.encode(), about, hashlib.sha256)
    return int.from_bytes(digest, "big") >> (8 * len(digest) - BITS)


def start_from(seed: int) -> None:
    """Put this process's generators of random numbers into a known state."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    # Not `torch.manual_seed`, which also notes a stack trace for a GPU that is not there.
    torch.default_generator.manual_seed(seed)

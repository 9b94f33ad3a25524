"""From which random states a test case starts, on either side.

They are the same for a whole class, so that equal answers get equal points, and nobody can compute them who
does not know the question's tests word for word: the worker's state tells student code neither which case it is
called by nor what the test is about to draw. Editing one question's tests moves no other question's draws.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

BITS = 63
"""Of a seed: what torch, the wire and a signed integer all hold."""
ELSEWHERE = re.compile(
    r"\b(fork_rng|[gs]et_rng_state|[gs]et_?state|initial_seed|SystemRandom|urandom|getrandom|secrets|uuid[14])\b"
    r"|\b(seed|default_rng|Random|RandomState|SeedSequence|PCG64|PCG64DXSM|MT19937|Philox|SFC64)"
    r"\(\s*(None\s*)?\)"
)
"""What takes random numbers from elsewhere, or puts a generator back."""


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


def draws_elsewhere(sources: Iterable[str]) -> bool:
    """Whether code may get random numbers otherwise than from the generators that a test case starts from.

    By its text, which is enough for a course's own code: of a generator that is made from the system's entropy,
    or put back to where it stood, nobody sees that it was used.
    """
    return any(map(_draws_elsewhere, sources))


@lru_cache(maxsize=1024)
def _draws_elsewhere(source: str) -> bool:
    """Whether one source may: the reference's are asked about with every answer that is rehearsed."""
    return ELSEWHERE.search(source) is not None

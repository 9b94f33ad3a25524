"""Hostile submissions, each named by what it tries.

They run only against the kit, and are harmless where its border fails: they aim at processes, files and
ports that the test made (see `lab`), and use bounded amounts.
"""

from tests.attacks import (  # noqa: F401 - importing them declares their attacks
    comparing,
    containers,
    files,
    forging,
    metadata,
    network,
    processes,
    reading,
    resources,
    storms,
    watching,
    words,
)
from tests.attacks.attack import ATTACKS, POINTS, Attack, moved

__all__ = ["ATTACKS", "POINTS", "Attack", "moved"]

"""The versions of what a score is computed with."""

from __future__ import annotations

import platform
from functools import lru_cache
from importlib import metadata

DISTRIBUTIONS = ("autograder", "otter-grader", "torch", "torchvision", "numpy")


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Return the versions that scores may depend on."""
    found = {"python": platform.python_version()}
    for name in DISTRIBUTIONS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # unpacked, not installed
            continue
    return found

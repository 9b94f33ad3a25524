"""A fresh interpreter for a process that students' code will be forked from.

It starts without the judge's environment (tokens, names), and nothing that lies in the working directory is
imported by it. Imports nothing of torch or of the judge, so that it costs nothing to use first.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
FOLDER = "/"
"""Where it starts: `-m` puts the working directory on the path, and that may be a submission's."""


def fresh_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs one of our modules in this Python."""
    return [sys.executable, "-m", module, *arguments]


def fresh_environment() -> dict[str, str]:
    """Return the few variables that a worker may see: no tokens, no names."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(PACKAGE_ROOT),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

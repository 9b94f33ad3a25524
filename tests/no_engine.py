"""A Python as students have it: without the kit's engine."""

from __future__ import annotations

from pathlib import Path

NO_ENGINE = """
import sys


class NoEngine:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "autograder":
            raise ImportError("students do not have the engine")


sys.meta_path.insert(0, NoEngine())
"""


def without_engine(folder: Path) -> dict[str, str]:
    """Write into `folder` what keeps the engine from being imported; return the environment that it takes."""
    (folder / "sitecustomize.py").write_text(NO_ENGINE, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}

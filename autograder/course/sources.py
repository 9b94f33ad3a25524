"""What an assignment is built from: where it stands, and whether it changed. Light: grading asks, too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from autograder.course.settings import Settings

INTRO = "intro.py"
CLUTTER = {"__pycache__", ".ipynb_checkpoints", ".OTTER_LOG", ".DS_Store"}
"""Files that tools leave behind, which belong to no assignment."""


def solutions_folder(root: Path, name: str) -> Path:
    """Return the folder of the assignment `name` under `root/solutions`."""
    return root / "solutions" / name


def is_written(root: Path, name: str) -> bool:
    """Whether the assignment `name` has a master."""
    return (solutions_folder(root, name) / INTRO).is_file()


def source_digest(folder: Path, settings: Settings) -> str:
    """Return the SHA-256 of everything that the zip of the assignment in `folder` is made from."""
    relevant = settings.model_dump(mode="json", exclude={"assignments"})
    relevant["assignment"] = settings.assignments[folder.name].model_dump(mode="json")
    digest = hashlib.sha256(json.dumps(relevant).encode())
    for path in files_below(folder):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0{content}".encode())
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of `folder` and its folders, sorted, without what tools leave behind."""
    for path in sorted(folder.iterdir()):
        if path.name in CLUTTER:
            continue
        if path.is_dir():
            yield from files_below(path)
        else:
            yield path

"""What a notebook needs installed, in the versions that the kit itself is tested with."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from autograder.authoring.image import image_requirements
from autograder.authoring.master import Master
from autograder.authoring.names import imported
from autograder.authoring.script import Place
from autograder.course.settings import ImageSettings

LOCK = "requirements.lock"
ALWAYS = ("otter-grader", "ipykernel")
"""What every notebook needs beside torch. Otter does not install ipykernel itself."""
TO_WORK_IN = ("jupyterlab",)
"""What students need and grading does not."""
KNOWN = {"otter", "torch", "torchvision"}
KIT = "autograder"
DISTRIBUTIONS = {"IPython": "ipython", "PIL": "pillow", "sklearn": "scikit-learn", "yaml": "pyyaml"}
"""Where the name to install is not the name to import."""


def requirements(
    master: Master, image: ImageSettings, root: Path, local: Iterable[str]
) -> list[str]:
    """Return the pinned requirements of what students get of `master`.

    `local` names the modules that come with the assignment's data.

    Raises:
        KitError: a cell imports what the kit does not know; names file and line.
    """
    locked = _locked(root)
    needed = dict.fromkeys([*ALWAYS, *TO_WORK_IN], master.cells[0].place)
    modules = _modules(master)
    for module, place in modules.items():
        if module not in KNOWN | set(local) | sys.stdlib_module_names:
            needed.setdefault(DISTRIBUTIONS.get(module, module), place)
    pinned: list[str] = []
    for name in sorted(needed):
        pins = _pins(name, locked)
        if not pins:
            text = f"students cannot import {name}: add it to the dependencies and to {LOCK}"
            raise needed[name].refusal(text)
        if name not in TO_WORK_IN and not _lines_for(name, image_requirements()):
            text = f"the grading image lacks {name}: add it to the dependencies and run `make lock`"
            raise needed[name].refusal(text)
        pinned += pins
    pinned.append(f"torch=={image.torch}")
    if "torchvision" in modules:
        pinned.append(f"torchvision=={image.torchvision}")
    return pinned


def _locked(root: Path) -> list[str]:
    lock = root / LOCK
    return lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else []


def _modules(master: Master) -> dict[str, Place]:
    """Return the top-level modules that students' cells and public tests import, with a place each."""
    cells = [cell for cell in master.ordinary if cell.kind == "code"]
    cells += [question.solution for question in master.questions]
    cells += [test.cell for q in master.questions for test in q.tests if not test.hidden]
    code: list[tuple[ast.AST, Place]] = [(cell.tree, cell.place) for cell in cells]
    code += [(h.node, h.place) for q in master.questions for h in q.public_helpers]
    found: dict[str, Place] = {}
    for tree, place in code:
        for module, _ in imported(tree):
            found.setdefault(module.partition(".")[0], place)
    return found


def _pins(name: str, locked: list[str]) -> list[str]:
    """Return the lines of the lock for `name`, else the version that is installed."""
    lines = _lines_for(name, locked)
    if lines or _normal(name) == KIT:
        return lines
    try:
        return [f"{_normal(name)}=={metadata.version(name)}"]
    except metadata.PackageNotFoundError:
        return []


def _lines_for(name: str, locked: list[str]) -> list[str]:
    wanted = _normal(name)
    return [line.strip() for line in locked if _normal(line.partition("==")[0]) == wanted]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()

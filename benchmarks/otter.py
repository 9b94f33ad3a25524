"""Otter by itself on the same notebooks: the same test files, without our plugin."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

from autograder.course.manifest import CONFIG

OTTER = (sys.executable, "-m", "otter", "run")


def write_plain_zip(ours: Path, plain: Path) -> Path:
    """Write an autograder zip of Otter's own: test files and settings, and no plugin.

    A test that has a use for `judge` gets `None` for it, fails at once, and costs Otter nothing.
    """
    with zipfile.ZipFile(ours) as source, zipfile.ZipFile(plain, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == CONFIG:
                content = json.dumps({**json.loads(content), "plugins": []}).encode()
            if name == CONFIG or name.startswith(("tests/", "files/")):
                target.writestr(name, content)
    return plain


def otter_run(autograder_zip: Path, notebook: Path, out: Path) -> list[str]:
    """Return the command that grades one notebook as Otter does."""
    return [*OTTER, "-a", str(autograder_zip), "-o", str(out), str(notebook)]

"""A student's self-check has what the notebook imports at hand before the notebook runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.commands.check import imported_before, released
from autograder.intake.reading import read_cell
from tests.example_class import ASSIGNMENT, ROOT


def test_what_the_released_notebook_imports_is_imported_before_the_fork() -> None:
    modules = imported_before(released(ROOT, ASSIGNMENT))
    assert {"torch", "matplotlib.pyplot"} <= set(modules)
    assert not [name for name in modules if name.startswith("otter")]


@pytest.mark.parametrize("content", [None, "not a notebook"])
def test_without_a_notebook_nothing_is(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert imported_before(path) == []


def test_a_cell_names_modules_whole_and_by_their_first_name() -> None:
    reading = read_cell("import a.b as c, d\nfrom e.f import g\n%pip install x\n")
    assert reading.imports == {"a.b", "d", "e.f"}
    assert reading.modules == {"a", "d", "e"}


def test_the_warm_parent_starts_before_this_process_imports_torch() -> None:
    asked = "import sys, autograder.commands.check; print(json.dumps('torch' in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"import json; {asked}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout) is False

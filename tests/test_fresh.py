"""A process that students' code will be forked from knows nothing of who starts it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.worker.fresh import FOLDER, PACKAGE_ROOT, fresh_command, fresh_environment
from tests.example_class import ROOT


def test_no_token_and_no_name_is_handed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/tmp/mine.py")
    environment = fresh_environment()
    assert "secret" not in environment.values() and "PYTHONSTARTUP" not in environment
    assert "USER" not in environment and "HOME" not in environment


def test_it_finds_this_package_and_nothing_where_it_starts() -> None:
    assert PACKAGE_ROOT == ROOT
    assert fresh_command("json.tool", "x") == [sys.executable, "-m", "json.tool", "x"]
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(sys.path)"],
        env=fresh_environment(),
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
    )
    path = done.stdout
    assert repr(str(ROOT)) in path and "''" not in path and f"'{FOLDER}'" not in path

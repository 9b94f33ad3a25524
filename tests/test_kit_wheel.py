"""The wheel in a student's folder: what it needs, and that a corrected one takes the place of the old one."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from autograder.authoring import wheel as of_wheel
from autograder.authoring.wheel import NAME, NEEDS, wheel, wheel_name
from tests.example_class import ROOT

STUDENTS = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")
OLD = 315532800
"""1980, as every file in a zip of ours."""
INSTALLS = [line.strip("` ") for line in STUDENTS.splitlines() if wheel_name() in line]


def test_the_wheel_needs_what_the_kit_is_locked_to() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text()
    assert all(f'"{need}",' in pyproject for need in NEEDS)


def test_what_students_read_names_the_wheel() -> None:
    named = re.findall(r"\S+\.whl", STUDENTS)
    assert {name for name in named if name.startswith(NAME)} == {wheel_name()}


@pytest.mark.parametrize("line", INSTALLS)
def test_a_corrected_zip_replaces_the_kit_that_is_installed(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    words = shlex.split(line.rpartition("&& ")[2])
    words = words[words.index("install") + 1 :]
    others = ("-r", "--override", "requirements.txt", "--system")
    words = [word for word in words if word not in others]
    uv = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--python"]
    modules = of_wheel._modules()
    says = f"from {NAME}.limits import LIMIT; print(LIMIT)"
    # Where a file has no time but the zip's, as on Windows, uv sees nothing new without being told.
    assert "--reinstall-package" in words
    for limit in ("20.0", "21.0"):
        changed = modules | {"limits.py": f"LIMIT = {limit}\n"}
        monkeypatch.setattr(of_wheel, "_modules", lambda modules=changed: modules)
        wheel.cache_clear()
        (tmp_path / wheel_name()).write_bytes(wheel())
        os.utime(tmp_path / wheel_name(), (OLD, OLD))
        subprocess.run([*uv, str(python), *words], cwd=tmp_path, check=True, timeout=120)
        said = subprocess.run([python, "-c", says], capture_output=True, text=True, timeout=60)
        assert said.stdout.strip() == limit, said.stderr
    wheel.cache_clear()

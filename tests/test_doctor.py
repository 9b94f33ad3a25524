"""`autograder doctor` says what this machine can do: anywhere, and by trying it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.commands.doctor import self_test_lines
from autograder.container.self_test import Trial
from autograder.worker.capabilities import NEEDED
from tests.example_class import ROOT

PR_CAPBSET_DROP = 24
ALL = range(41)
AVAILABLE = "from autograder.worker.layers import available; print(available()['user'])"
as_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="gives up root's capabilities"
)


def run(
    *command: str, without: Sequence[int] = (), cwd: Path = ROOT, packages: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run Python as root without some capabilities, as `docker run --cap-drop` does."""

    def drop() -> None:
        for number in without:
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, number, 0, 0, 0)

    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(packages)},
        preexec_fn=drop if without else None,
        capture_output=True,
        text=True,
        timeout=300,
    )


@as_root
@pytest.mark.parametrize("name", NEEDED)
def test_root_without_a_capability_that_it_takes_has_no_users_to_give(name: str) -> None:
    done = run("-c", AVAILABLE, without=[NEEDED[name]])
    assert done.stdout.strip() == f"root has no {name} here"


@as_root
def test_root_without_any_capability_still_grades() -> None:
    done = run("-m", "autograder", "doctor", "--grade", without=ALL)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "user: not here, root has no CAP_CHOWN" in done.stdout
    assert "a right answer earns 2 points" in done.stdout


def test_doctor_grades_where_there_is_no_grading_yml(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "autograder", tmp_path / "site" / "autograder")
    packages = tmp_path / "site"
    done = run("-m", "autograder", "doctor", "--grade", cwd=tmp_path, packages=packages)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("earns") == 3


def test_doctor_fails_where_notebooks_cannot_import_what_they_need(tmp_path: Path) -> None:
    (tmp_path / "autograder").symlink_to(ROOT / "autograder")
    missing = "import sys; sys.modules['matplotlib'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(missing, encoding="utf-8")
    done = run("-m", "autograder", "doctor", "--grade", packages=tmp_path)
    assert done.returncode == 1
    assert "a right answer earns 0 points, and should earn 2" in done.stdout


def test_an_answer_that_could_not_be_graded_is_told_as_such() -> None:
    lines = list(self_test_lines(Trial("a right answer", None, 2.0, "[lost]")))
    assert lines == [
        "[red]✗[/] a right answer could not be graded, and should earn 2:",
        "    \\[lost]",
    ]

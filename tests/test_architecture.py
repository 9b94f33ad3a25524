"""The borders between the rooms, and what no file of the kit may hold. See docs/architecture.md.

That nothing under `assignments/` holds an answer or a hidden test, and that `assignments/` is what
`build` makes, is tested in `test_build.py`.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.example_class import ROOT

PACKAGE = ROOT / "autograder"
WORKER = "autograder.worker"
MAX_LINES = 300
SOURCES = sorted(PACKAGE.rglob("*.py"))
UNPICKLERS = {"pickle", "cPickle", "_pickle", "shelve", "dill", "cloudpickle", "joblib"}
UNPICKLING_CALLS = {"torch.load", "marshal.load", "marshal.loads", "pd.read_pickle", "np.load"}
NOT_OURS = {"dist", "grades", "build", "__pycache__"}
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("download", "py" + "torch", "org"),
        ("npm" + "js", "org"),
        ("yarn" + "pkg", "com"),
        ("ana" + "conda", "org"),
        ("ana" + "conda", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("ruby" + "gems", "org"),
        ("repo", "maven", "apache", "org"),
        ("hub", "docker", "com"),
        ("registry-1", "docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
    )
]
"""Where package managers look by default. Which place they ask is the matter of whoever runs them."""
IMPORT_WORKER = f"""
import importlib, pkgutil, sys

class Closed:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("autograder.") and not (name + ".").startswith("{WORKER}."):
            raise ImportError("the worker needs " + name)

sys.meta_path.insert(0, Closed())
import {WORKER}
names = [module.name for module in pkgutil.iter_modules({WORKER}.__path__, "{WORKER}.")]
for name in names:
    importlib.import_module(name)
print(*names)
"""


def files_of_the_kit() -> Iterator[Path]:
    """Yield every file of the repository, without what is built, graded or left behind by tools."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS
            and not name.endswith(".egg-info")
            and (not name.startswith(".") or name == ".ci")
        ]
        yield from (Path(folder, name) for name in names)


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of the modules and names that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write the whole name of what you import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "worker").glob("*.py")), ids=lambda path: path.name
)
def test_the_worker_imports_nothing_else_of_the_package(path: Path) -> None:
    ours = [name for name in imports(path) if name.partition(".")[0] == "autograder"]
    assert all(f"{name}.".startswith(f"{WORKER}.") for name in ours)


def test_the_worker_runs_where_nothing_else_of_the_package_is() -> None:
    command = [sys.executable, "-c", IMPORT_WORKER]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert {f"{WORKER}.serve", f"{WORKER}.zygote"} <= set(done.stdout.split())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_is_unpickled_outside_the_worker(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imports(path)} & UNPICKLERS
    if path.parent == PACKAGE / "worker":
        return
    calls = [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    assert not set(calls) & UNPICKLING_CALLS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_what_students_get_needs_nothing_of_the_engine() -> None:
    for path in (ROOT / "assignments").rglob("*"):
        if path.suffix in (".ipynb", ".txt", ".py"):
            assert "autograder" not in path.read_text(encoding="utf-8"), path


def test_no_file_names_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in files_of_the_kit()
        for host in HOSTS
        if host.encode() in path.read_bytes().lower()
    ]
    assert not found

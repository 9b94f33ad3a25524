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
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from autograder.grading.fingerprint import ENGINE
from tests.example_class import ROOT

PACKAGE = ROOT / "autograder"
WORKER = "autograder.worker"
MAX_LINES = 300
TYPED_ROOMS = {"border", "worker", "judge"}
FLOOR = {*TYPED_ROOMS, "intake"}
MAX_ANY = 15
"""Uses of `Any` in a thousand lines of each of these rooms."""
SOURCES = sorted(PACKAGE.rglob("*.py"))
UNPICKLERS = {"pickle", "cPickle", "_pickle", "shelve", "dill", "cloudpickle", "joblib"}
UNPICKLING_CALLS = {"torch.load", "marshal.load", "marshal.loads", "pd.read_pickle", "np.load"}
NOT_OURS = {ROOT / "dist", ROOT / "grades", ROOT / "build"}
"""What is built, graded or left by packaging tools; at the top only, so that no room of ours is overlooked."""
MAY_IMPORT: dict[str, set[str]] = {
    "border": set(),
    "worker": {"border"},
    "voice": set(),
    "errors": set(),
    "safe_files": {"errors"},
    "intake": {"errors", "safe_files"},
    "course": {"errors", "intake"},
    "outcome": {"course", "errors", "safe_files"},
    "judge": {
        *("border", "course", "errors", "intake", "outcome", "safe_files", "voice", "worker"),
    },
    "kit": {"errors", "intake", "outcome", "voice"},
    "report": {"course", "errors", "intake", "outcome", "safe_files"},
    "grading": {"border", "course", "errors", "intake", "judge", "outcome", "safe_files", "worker"},
    "cluster": {"errors", "grading", "intake", "judge", "outcome", "safe_files", "worker"},
    "container": {
        *("border", "course", "errors", "grading", "intake", "judge", "outcome", "report"),
        *("safe_files", "worker"),
    },
    "authoring": {
        *("border", "course", "errors", "grading", "intake", "judge", "outcome", "report"),
        *("safe_files", "voice"),
    },
    "otter_plugin": {"container", "worker"},
    "commands": {
        *("authoring", "border", "cluster", "container", "course", "errors", "grading"),
        *("intake", "judge", "kit", "outcome", "report", "safe_files", "voice", "worker"),
    },
    "__main__": {"commands"},
}
"""Who may import whom: every room and every module beside the rooms."""
OF_THE_WORKER = {
    f"{WORKER}.{module}" for module in ("confine", "fresh", "layers", "openable", "warm_parent")
}
"""What the trusted side may import of the worker's room: how to confine it and how to start it."""
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
        if name.startswith("autograder.") and name.split(".")[1] not in ("border", "worker"):
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
            if Path(folder, name) not in NOT_OURS
            and name != "__pycache__"
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


def room(module: str) -> str:
    """Return the room of a module by its full name, or the module itself if it stands beside the rooms."""
    return module.split(".")[1]


def imported_rooms() -> dict[str, set[str]]:
    """Return which rooms each room imports, itself left out."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        mine = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if mine == "__init__":
            continue
        theirs = {room(name) for name in imports(path) if name.startswith("autograder.")}
        found.setdefault(mine, set()).update(theirs - {mine})
    return found


def test_the_rooms_import_what_the_table_says_and_nothing_else() -> None:
    assert imported_rooms() == MAY_IMPORT


def test_no_room_imports_itself_by_way_of_others() -> None:
    assert set(TopologicalSorter(MAY_IMPORT).static_order()) == set(MAY_IMPORT)


def test_of_the_worker_the_trusted_side_imports_only_how_to_confine_and_start_it() -> None:
    for path in SOURCES:
        if path.parent == PACKAGE / "worker":
            continue
        for name in imports(path):
            if name.startswith(f"{WORKER}."):
                assert any(f"{name}.".startswith(f"{ours}.") for ours in OF_THE_WORKER), path


def test_every_module_below_the_front_doors_is_tested_by_itself() -> None:
    """What a test imports it can hold to something; what none does shows its faults only from far away."""
    imported = {name for path in (ROOT / "tests").rglob("*.py") for name in imports(path)}
    reached = {part for name in imported for part in (name, name.rpartition(".")[0])}
    below = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in SOURCES
        if path.relative_to(PACKAGE).parts[0] in FLOOR and not path.stem.startswith("__")
    ]
    assert [module for module in below if module not in reached] == []


def test_no_two_modules_have_one_name() -> None:
    names = [path.stem for path in SOURCES if not path.stem.startswith("__")]
    assert len(names) == len(set(names))


def test_the_worker_runs_where_nothing_else_of_the_package_is() -> None:
    command = [sys.executable, "-c", IMPORT_WORKER]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert {f"{WORKER}.serve", f"{WORKER}.warm_parent"} <= set(done.stdout.split())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_is_unpickled_outside_the_worker(path: Path) -> None:
    # What `otter grade` takes out of a container is a pickle: written here, read there.
    reading = {name for name in imports(path) if name != "pickle.dumps"}
    assert not {name.partition(".")[0] for name in reading} & UNPICKLERS
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


def test_a_file_of_a_question_is_short_enough_to_be_read() -> None:
    files = sorted((ROOT / "solutions").rglob("*.py"))
    assert len(files) > len(list((ROOT / "solutions").iterdir()))
    long = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES
    ]
    assert not long, "tighten it, or put what its tests share into helpers.py"


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


@pytest.mark.parametrize("typed", sorted(TYPED_ROOMS))
def test_what_crosses_the_border_has_types(typed: str) -> None:
    lines = uses = 0
    for path in SOURCES:
        if path.parent.name == typed:
            source = path.read_text(encoding="utf-8")
            nodes = ast.walk(ast.parse(source))
            uses += sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes)
            lines += len(source.splitlines())
    assert uses <= MAX_ANY * lines / 1000, f"{1000 * uses / lines:.1f} uses of Any per 1,000 lines"


def test_what_is_graded_again_is_known_by_all_that_grades() -> None:
    """A change to anything that grading imports is a reason to grade again."""
    reached, ahead = set[str](), {"grading"}
    while ahead:
        room = ahead.pop()
        reached.add(room)
        ahead |= MAY_IMPORT.get(room, set()) - reached
    assert {part.removesuffix(".py") for part in ENGINE} == reached

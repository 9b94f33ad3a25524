"""What a worker may open, and what it may do with it: the table, and the kernel's word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.settings import Settings
from autograder.worker.landlock import (
    DEVICES,
    NOWHERE,
    OWN,
    READABLE,
    RIGHTS,
    SCOPES,
    asked,
    bits,
    version,
)
from autograder.worker.layers import LAYERS, available
from autograder.worker.openable import DEVICES as DEVICE_FILES
from autograder.worker.openable import READABLE as READABLE_FILES
from autograder.worker.openable import allowed_paths
from tests.example_class import ROOT

LATEST = 7
CONFINED = """
import os, sys
from pathlib import Path
from autograder.worker.landlock import restrict
from autograder.worker.openable import allowed_paths

own, outside = map(Path, sys.argv[1:])
restrict(allowed_paths(own))

def may(do, *args):
    try:
        do(*args)
    except PermissionError:
        return "no"
    return "yes"

print(
    may((own / "new").write_text, "x"),
    may(os.mkdir, own / "folder"),
    may(os.rename, own / "new", own / "folder" / "moved"),
    may(os.listdir, own),
    may(Path(os.devnull).write_text, "x"),
    may(Path(os.__file__).read_text),
    may(os.listdir, "/usr"),
)
print(
    may((outside / "secret").read_text),
    may((outside / "new").write_text, "x"),
    may(os.listdir, outside),
    may(os.remove, outside / "secret"),
    may(Path("/usr/new").write_text, "x"),
    may(os.open, "/dev/tty", os.O_RDWR),
    may(os.mkfifo, outside / "fifo"),
)
"""


def test_the_rights_stand_in_the_order_of_the_kernels_bits() -> None:
    places = {right.name: place for place, right in enumerate(RIGHTS)}
    known = {"EXECUTE": 0, "READ_DIR": 3, "MAKE_CHAR": 6, "MAKE_SYM": 12, "IOCTL_DEV": 15}
    assert known.items() <= places.items()
    assert [scope.name for scope in SCOPES] == ["ABSTRACT_UNIX_SOCKET", "SIGNAL"]


def test_what_no_place_names_is_asked_for_and_allowed_nowhere() -> None:
    everywhere = bits(OWN | READABLE | DEVICES, LATEST)
    refused = {right.name for bit, right in enumerate(RIGHTS) if not everywhere & 1 << bit}
    assert refused == {"MAKE_CHAR", "MAKE_BLOCK", "MAKE_SOCK", "IOCTL_DEV"}
    assert refused == {right.name for right in RIGHTS if right.where == NOWHERE}
    assert asked(LATEST) == (1 << len(RIGHTS)) - 1


def test_an_older_kernel_is_asked_only_for_what_it_knows() -> None:
    for offered in range(1, LATEST):
        assert bits(OWN, offered) & ~asked(offered) == 0
    assert asked(1) < asked(2) < asked(3) == asked(4) < asked(5)


def test_a_single_file_has_no_rights_of_folders() -> None:
    names = {
        right.name for bit, right in enumerate(RIGHTS) if bits(OWN, LATEST, of_file=True) >> bit & 1
    }
    assert names == {"EXECUTE", "WRITE_FILE", "READ_FILE", "TRUNCATE"}


def test_each_layer_file_and_right_has_a_reason() -> None:
    assert all(layer.keeps_from and layer.by for layer in LAYERS)
    names = [layer.name for layer in LAYERS]
    assert list(available()) == names
    asked_for = {"confinement": names, "assignments": {"a": {"title": "A", "questions": {"q": 1}}}}
    assert list(Settings.model_validate(asked_for).confinement) == names
    files = (*READABLE_FILES, *DEVICE_FILES)
    assert all(one.why for one in (*files, *RIGHTS, *SCOPES))
    assert len({file.path for file in files}) == len(files)
    paths = allowed_paths(Path("own"))
    assert not {Path(file.path) for file in files} - {*paths.readable, *paths.devices}
    assert ROOT / "autograder" in paths.readable and ROOT / "solutions" not in paths.readable


@pytest.mark.skipif(not version(), reason="no Landlock here")
def test_the_kernel_keeps_to_the_table(tmp_path: Path) -> None:
    own, outside = tmp_path / "own", tmp_path / "outside"
    own.mkdir()
    outside.mkdir()
    (outside / "secret").write_text("secret")
    done = subprocess.run(
        [sys.executable, "-c", CONFINED, str(own), str(outside)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )
    inside, beyond = done.stdout.splitlines() or ["", done.stderr]
    assert set(inside.split()) == {"yes"}, inside
    assert set(beyond.split()) == {"no"}, beyond

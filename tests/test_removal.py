"""A folder in which a stranger's code wrote is removed, however it is built."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.judge.removal import remove_folder


def test_deep_closed_and_linked_folders_go_and_nothing_outside_does(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    closed = folder / "closed"
    closed.mkdir()
    (closed / "file").write_text("x")
    closed.chmod(0)
    here = os.open(folder, os.O_RDONLY)
    for _ in range(300):  # longer than a path may be
        os.mkdir("d" * 20, dir_fd=here)
        below = os.open("d" * 20, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    remove_folder(folder)
    assert not folder.exists() and (outside / "kept").read_text() == "x"


def test_what_is_not_there_or_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    remove_folder(tmp_path / "missing")
    remove_folder(tmp_path / "link")
    assert (tmp_path / "real").is_dir()

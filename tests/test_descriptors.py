"""What only open descriptors hold is counted, each file and socket once."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from autograder.worker.descriptors import PIPE_BYTES, SOCKET_BYTES, held_by


def test_deleted_files_are_counted_as_long_as_they_are_open(tmp_path: Path) -> None:
    before = held_by([os.getpid()]).disk
    with (tmp_path / "gone").open("wb") as file, (tmp_path / "there").open("wb") as other:
        for open_file in (file, other):
            os.posix_fallocate(open_file.fileno(), 0, 4 << 20)
        assert held_by([os.getpid()]).disk == before
        (tmp_path / "gone").unlink()
        assert held_by([os.getpid()] * 2).disk - before == 4 << 20
    assert held_by([os.getpid()]).disk == before


def test_sockets_and_pipes_are_counted_once() -> None:
    before = held_by([os.getpid()]).memory
    one, other = socket.socketpair()
    with one, other:
        sockets = held_by([os.getpid()] * 2).memory - before
        assert sockets >= 2 * SOCKET_BYTES
        ends = os.pipe()
        assert held_by([os.getpid()]).memory - before == sockets + PIPE_BYTES
        for end in ends:
            os.close(end)
    assert held_by([os.getpid()]).memory == before


def test_a_process_that_is_gone_holds_nothing() -> None:
    held = held_by([2**22 + 1])
    assert (held.disk, held.memory) == (0, 0)

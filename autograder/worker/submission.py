"""One submission's process: runs cells as the judge says, and leaves snapshots behind."""

from __future__ import annotations

import os
import signal
import socket
from typing import Any

import torch

from autograder.worker.cells import CellShell, run_cell
from autograder.worker.serve import serve
from autograder.worker.wire import Channel, Closed


def run_submission(channel: Channel, shell: CellShell) -> None:
    """Serve the judge until it hangs up."""
    # Threads of an operation do not survive a fork: a snapshot would wait for them for ever.
    torch.set_num_threads = lambda number: None
    torch.set_num_interop_threads = lambda number: None
    # Nobody asks how a snapshot ended, so that none is left as a zombie.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        try:
            message, _ = channel.receive()
        except Closed:
            return
        if message["op"] == "run":
            channel.send({"error": run_cell(shell, message["cell"], message["source"])})
        elif message["op"] == "snapshot":
            fd = channel.receive_descriptor()
            pid = os.fork()
            if pid == 0:
                channel.close()
                become_snapshot(fd, shell.user_ns)
            os.close(fd)
            channel.send({"pid": pid})


def become_snapshot(fd: int, namespace: dict[str, Any]) -> None:
    """Serve the tests of one question; never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        serve(Channel(socket.socket(fileno=fd)), namespace)
    finally:
        os._exit(0)

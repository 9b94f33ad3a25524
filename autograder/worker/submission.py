"""One submission's process: runs cells as the judge says, and leaves snapshots behind."""

from __future__ import annotations

import gc
import os
import signal
import socket
from functools import wraps
from typing import Any

import torch
from torch.utils.data import DataLoader

from autograder.worker.cells import CellShell, run_cell
from autograder.worker.confine import confine_snapshot
from autograder.worker.serve import serve
from autograder.worker.wire import Channel, Closed


def run_submission(channel: Channel, shell: CellShell, layers: list[str]) -> None:
    """Serve the judge until it hangs up."""
    tame()
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
            gc.freeze()
            try:
                pid = os.fork()
            except OSError:  # the cells left too many processes running
                pid = None
            if pid == 0:
                channel.close()
                become_snapshot(fd, shell.user_ns, layers)
            os.close(fd)
            channel.send({"pid": pid})


def tame() -> None:
    """Take out of torch what does not go well with forks and small machines."""
    # Threads of an operation do not survive a fork: a snapshot would wait for them for ever.
    torch.set_num_threads = lambda number: None
    torch.set_num_interop_threads = lambda number: None
    init = DataLoader.__init__

    @wraps(init)
    def without_workers(self: Any, *args: Any, **kwargs: Any) -> None:
        for name in ("num_workers", "prefetch_factor", "persistent_workers"):
            kwargs.pop(name, None)
        # `num_workers` is the sixth parameter after the data set.
        init(self, *args[:5], *([0] if len(args) > 5 else []), *args[6:], **kwargs)

    # A loader with worker processes needs sockets and /dev/shm; the batches are the same without.
    DataLoader.__init__ = without_workers


def become_snapshot(fd: int, namespace: dict[str, Any], layers: list[str]) -> None:
    """Serve the tests of one question; never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        confine_snapshot(layers)
        serve(Channel(socket.socket(fileno=fd)), namespace)
    finally:
        os._exit(0)

"""One submission's process: runs cells as the judge says, and leaves snapshots behind."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
from functools import wraps
from typing import Any

import torch
from torch.utils.data import DataLoader

from autograder.border.requests import TO_SUBMISSION, RunCell, TakeSnapshot, never
from autograder.border.wire import Channel, Closed
from autograder.worker.cells import CellShell, run_cell
from autograder.worker.confine import confine_snapshot
from autograder.worker.processes import reap, until
from autograder.worker.serve import serve

FORK_SECONDS = 4.0


def run_submission(channel: Channel, shell: CellShell, layers: list[str]) -> None:
    """Serve the judge until it hangs up."""
    tame()
    snapshots: set[int] = set()
    while True:
        snapshots = {pid for pid in snapshots if not is_gone(pid)}
        try:
            message, _ = channel.receive()
        except Closed:
            return
        match TO_SUBMISSION.read(message):
            case RunCell(number, source):
                channel.send({"error": run_cell(shell, number, source)})
            case TakeSnapshot():
                fd = channel.receive_descriptor()
                gc.freeze()
                pid = fork_if_possible()
                if pid == 0:
                    channel.close()
                    become_snapshot(fd, shell.user_ns, layers)
                os.close(fd)
                if pid is not None:
                    snapshots.add(pid)
                channel.send({"pid": pid})
            case request:
                never(request)


def fork_if_possible() -> int | None:
    """Fork; return `None` if the cells left too many processes.

    Where all submissions are one user's, a neighbour's storm of processes counts too, until the watch
    ends it.
    """
    for _ in until(FORK_SECONDS):
        with contextlib.suppress(OSError):
            return os.fork()
        reap()  # those that ended count as long as nobody waited for them
    return None


def is_gone(snapshot: int) -> bool:
    """Whether a snapshot ended; nobody asks how. (Other children are the cells' own.)"""
    try:
        return os.waitpid(snapshot, os.WNOHANG)[0] != 0
    except ChildProcessError:  # a cell waited for it
        return True


def tame() -> None:
    """Take out of torch what does not go well with forks and small machines."""
    # Threads of an operation do not survive a fork: a snapshot would wait for them for ever.
    torch.set_num_threads = lambda nthreads: None
    torch.set_num_interop_threads = lambda nthreads: None
    init = DataLoader.__init__

    @wraps(init)
    def without_workers(self: Any, *args: Any, **kwargs: Any) -> None:
        for name in ("num_workers", "prefetch_factor", "persistent_workers"):
            kwargs.pop(name, None)
        # `num_workers` is the sixth parameter after the data set.
        init(self, *args[:5], *([0] if len(args) > 5 else []), *args[6:], **kwargs)

    # A loader with worker processes needs sockets and /dev/shm; the batches are the same without.
    DataLoader.__init__ = without_workers  # type: ignore[method-assign]


def become_snapshot(fd: int, namespace: dict[str, Any], layers: list[str]) -> None:
    """Serve the tests of one question; never returns."""
    try:
        confine_snapshot(layers)
        serve(Channel(socket.socket(fileno=fd)), namespace)
    finally:
        os._exit(0)

"""One submission's process: runs cells as the judge says, and leaves snapshots behind."""

from __future__ import annotations

import contextlib
import os
import socket

from autograder.border import collector
from autograder.border.crossing import to_json
from autograder.border.replies import Forked
from autograder.border.requests import TO_SUBMISSION, RunCell, TakeSnapshot, never
from autograder.border.wire import Channel, Closed
from autograder.worker.cells import CellShell, run_cell
from autograder.worker.confine import confine_snapshot
from autograder.worker.processes import reap, until
from autograder.worker.serve import serve
from autograder.worker.tame import tame

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
            case RunCell() as cell:
                channel.send(to_json(run_cell(shell, cell)))
            case TakeSnapshot(own, called):
                fd = channel.receive_descriptor()
                collector.keep()
                pid = fork_if_possible()
                if pid == 0:
                    channel.close()
                    shell.give_back(own, called)
                    become_snapshot(fd, shell.user_ns, layers)
                os.close(fd)
                if pid is not None:
                    snapshots.add(pid)
                channel.send(to_json(Forked(pid)))
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


def become_snapshot(fd: int, namespace: dict[str, object], layers: list[str]) -> None:
    """Serve the tests of one question; never returns."""
    try:
        confine_snapshot(layers)
        serve(Channel(socket.socket(fileno=fd)), namespace)
    finally:
        os._exit(0)

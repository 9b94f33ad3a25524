"""The warm parent of the workers: torch is imported once, every submission is a fork.

It runs no student code. The judge asks it over a socket to start a submission, to kill one of its
snapshots, and to finish: to leave nothing of it running. A pool of judges starts one, of which every judge
has a copy made.

It is a fresh interpreter and never a fork of a judge: a fork would hand down all that the judge has in
memory or ever freed, its environment and its descriptors. (In a container it is a fork of a fresh interpreter
that becomes the judge afterwards; see `container/start`.)
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.border import collector
from autograder.border.crossing import to_json
from autograder.border.replies import Counted, Done, Ended, Killed, Listening, Ready
from autograder.border.requests import (
    TO_WARM_PARENT,
    Clear,
    Clone,
    Count,
    EndSubmission,
    Kill,
    Start,
    never,
)
from autograder.border.wire import Channel, Closed
from autograder.worker.confine import become_subreaper, close_inherited, confine
from autograder.worker.hugepages import gather
from autograder.worker.lazy_torch import load_shapes, put_off_rarely_used
from autograder.worker.output import silence
from autograder.worker.processes import kill_one, kill_orphans, kill_others, reap
from autograder.worker.torchvision_shim import prepare_torchvision
from autograder.worker.watch import Watch

if TYPE_CHECKING:
    from autograder.worker.cells import CellShell

PRELOADED = (
    "torch",
    "torch.optim",
    "torch.utils.data",
    "torch._dynamo.config",
    "torch._functorch.config",
    "numpy.random",
    "autograder.worker.serve",
    "autograder.worker.submission",
)


def prepare_torch() -> None:
    """Import torch for a process that is forked: on one thread, and without what few ask for."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    os.environ["MPLBACKEND"] = "Agg"
    import torch

    # A parent that ran an operation on two threads makes its forked children hang.
    torch.set_num_threads(1)
    put_off_rarely_used()


def preload(modules: list[str]) -> None:
    """Import what notebooks import, before the fork. One that fails is the notebook's matter."""
    with collector.resting():
        prepare_torch()
        load_shapes()
        prepare_torchvision()
        for name in (*PRELOADED, *modules):
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def run_warm_parent(channel: Channel, modules: list[str]) -> None:
    """Serve the judge until it hangs up."""
    preload(modules)
    from autograder.worker.cells import make_shell, replace_otter
    from autograder.worker.tame import tame_matplotlib

    tame_matplotlib()
    with tempfile.TemporaryDirectory(prefix="autograder-") as profile:
        shell = make_shell(Path(profile))
        replace_otter()
        # What is here now stays for good: a collection in a fork would only copy the pages it looks at.
        collector.keep()
        serve_judge(channel, shell)


def prepare_for_many(shell: CellShell) -> None:
    """Do once what makes each of many forks cheaper: nearly a second, which a single submission does not spare."""
    from autograder.worker.warm_up import warm_up

    warm_up(shell)
    gc.collect()
    collector.keep()
    gather()


def serve_judge(channel: Channel, shell: CellShell) -> None:
    become_subreaper()
    with contextlib.suppress(Closed):  # a judge whose notebook answers nothing has hung up by now
        channel.send(to_json(Ready()))
    watch = Watch()
    prepared = False
    while True:
        try:
            watch.until_readable(channel.sock)
            message, _ = channel.receive()
        except Closed:
            watch.end()
            return
        match TO_WARM_PARENT.read(message):
            case Start() as start:
                fd = channel.receive_descriptor()
                pid = os.fork()
                if pid == 0:
                    work(fd, start, shell)
                os.close(fd)
                watch.begin(pid, start)
                channel.send(to_json(Done()))
            case Kill(pid):
                kill_one(pid)
                kill_orphans(watch.pid)
                channel.send(to_json(Killed(watch.crowded)))
            case Clear():
                kill_others(watch.pid)
                channel.send(to_json(Done()))
            case Count():
                channel.send(to_json(Counted(watch.count())))
            case EndSubmission():
                channel.send(to_json(Ended(watch.end(), watch.crowded)))
            case Clone(for_many):
                fd = channel.receive_descriptor()
                if for_many and not prepared:
                    prepare_for_many(shell)
                    prepared = True
                if os.fork() == 0:
                    serve_other_judge(fd, shell)
                os.close(fd)
                reap()
            case request:
                never(request)


def serve_other_judge(fd: int, shell: CellShell) -> None:
    """Be the warm parent of another judge's submissions; never returns."""
    try:
        serve_judge(Channel(socket.socket(fileno=close_inherited(fd))), shell)
    finally:
        os._exit(0)


def work(fd: int, start: Start, shell: CellShell) -> None:
    """Become the worker of one submission; never returns."""
    status = 1
    try:
        channel = Channel(socket.socket(fileno=close_inherited(fd)))
        silence(start.output_kb)
        try:
            confine(start)
        except OSError as error:
            channel.send(to_json(Listening(unconfined=str(error))))
            return
        channel.send(to_json(Listening()))
        from autograder.worker.submission import run_submission

        run_submission(channel, shell, start.layers)
        status = 0
    finally:
        os._exit(status)

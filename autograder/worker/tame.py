"""Taking out of libraries what does not go well with forks, small machines and no screen."""

from __future__ import annotations

import os
import pdb
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import torch
from IPython.core import debugger
from torch.utils.data import DataLoader


def tame() -> None:
    """Tame torch and the working directory; called in a submission's process, before its first cell."""
    # Threads of an operation do not survive a fork: a snapshot would wait for them for ever.
    torch.set_num_threads = lambda nthreads: None
    torch.set_num_interop_threads = lambda nthreads: None
    # Nobody is here to go on from where a debugger stops.
    sys.breakpointhook = pdb.set_trace = debugger.set_trace = _ignore
    # There is no compiler here and no place for what it makes: the function itself does the same.
    torch.compile = _eager
    torch.set_default_device = _if_possible(torch.set_default_device)  # type: ignore[assignment]
    init = DataLoader.__init__

    @wraps(init)
    def without_workers(self: Any, *args: Any, **kwargs: Any) -> None:
        for name in ("num_workers", "prefetch_factor", "persistent_workers"):
            kwargs.pop(name, None)
        # `num_workers` is the sixth parameter after the data set.
        init(self, *args[:5], *([0] if len(args) > 5 else []), *args[6:], **kwargs)

    # A loader with worker processes needs sockets and /dev/shm; the batches are the same without.
    DataLoader.__init__ = without_workers  # type: ignore[method-assign]
    _stay_in(Path.cwd())
    sys.path.insert(0, "")  # modules that the notebook itself writes


def _eager(model: Any = None, **options: object) -> Any:
    """Stand in for `torch.compile`, as a function or as a decorator."""
    return model if model is not None else lambda function: function


def _if_possible(choose: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return `choose`, which picks where tensors are made, without effect where that is not to be had."""

    @wraps(choose)
    def choose_if_possible(where: object) -> None:
        choose(where)
        try:
            torch.empty(1)
        except (RuntimeError, AssertionError, NotImplementedError):
            torch.set_default_device(None)

    return choose_if_possible


def _stay_in(folder: Path) -> None:
    """Let nothing but a folder of the submission's become the working directory: its data lie here."""
    change = os.chdir

    @wraps(change)
    def change_inside(path: Any) -> None:
        before = os.getcwd()
        change(path)
        if not Path.cwd().is_relative_to(folder):
            change(before)

    os.chdir = change_inside


def tame_matplotlib() -> None:
    """Draw in memory, and let a notebook choose any of matplotlib's backends, also one with windows."""
    pyplot, matplotlib = sys.modules.get("matplotlib.pyplot"), sys.modules.get("matplotlib")
    switch = getattr(pyplot, "switch_backend", _ignore)
    if switch is not _ignore:
        # pyplot chooses at the first figure: after this line it can choose nothing.
        with suppress(Exception):  # a stray module of that name may do anything
            switch("agg")
        pyplot.switch_backend = _ignore  # type: ignore[union-attr]
    if hasattr(matplotlib, "use"):
        matplotlib.use = _ignore  # type: ignore[union-attr]


def _ignore(*args: object, **kwargs: object) -> None:
    """Take whatever there is, and do nothing."""

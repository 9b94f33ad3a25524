"""What is gone through before the first fork does what it is meant to, and no submission sees that it was."""

from __future__ import annotations

import linecache
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.border.replies import Raised, Returned
from autograder.border.requests import RunCell
from autograder.worker.cells import CellShell, make_shell, run_cell
from autograder.worker.warm_up import ROUNDS, warm_up
from tests.conftest import Student


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[CellShell]:
    yield make_shell(tmp_path)
    CellShell.clear_instance()


def test_every_request_is_answered_as_a_snapshot_would(shell: CellShell) -> None:
    answers = warm_up(shell)
    raised = [answer.report.classes[0] for answer in answers if isinstance(answer, Raised)]
    assert raised == ["AttributeError"] * ROUNDS, "of what is asked one thing is not there"
    outputs = [answer.outputs for answer in answers if isinstance(answer, Returned)]
    assert any(outputs), "a tensor with a graph was sent"


def test_it_leaves_no_trace(shell: CellShell) -> None:
    def names() -> dict[str, Any]:
        return {k: v for k, v in shell.user_ns.items() if isinstance(v, (str, list, dict))}

    def states() -> tuple[Any, ...]:
        return random.getstate(), str(np.random.get_state()), torch.get_rng_state().tolist()

    keys, before, state, lines = set(shell.user_ns), names(), states(), dict(linecache.cache)
    warm_up(shell)
    assert set(shell.user_ns) == keys
    assert names() == before
    assert states() == state
    assert linecache.cache == lines
    assert not shell.answers and not shell.skipped and not shell.missing
    assert run_cell(shell, RunCell(1, "x = len(In), In[-1]\n")).error is None
    assert shell.user_ns["x"] == (2, "x = len(In), In[-1]")


def test_a_submission_finds_nothing_of_it(student: Callable[..., Student]) -> None:
    found = student("names = sorted(globals())\nlines = list(__import__('linecache').cache)\n")
    assert not [name for name in found.names if "warm" in name.lower()]
    assert [line for line in found.lines if line.startswith("<cell")] == ["<cell 1>"]

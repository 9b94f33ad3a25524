"""What is measured apart and what is watched: neither can be talked into what a submission wants."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import torch

from autograder.course.settings import Limits
from autograder.judge.apart import Apart
from autograder.judge.exceptions import WorkerGone
from autograder.judge.warm_parents import WarmParent
from tests.conftest import Student


def apart(warm_parent: WarmParent) -> Apart:
    return Apart(warm_parent, Limits(), time.monotonic() + 60)


def test_what_runs_apart_meets_nothing_of_the_students(
    student: Callable[..., Student], warm_parent: WarmParent
) -> None:
    names = student(
        "import torch\ntorch.equal = lambda a, b: True\n\n\ndef relu(X):\n    return X\n"
    )
    compare = lambda a, b: torch.equal(a, b)  # noqa: E731
    a, b = torch.zeros(3), torch.ones(3)
    assert names.tools.probe(compare, a, b) is True
    assert apart(warm_parent).run(compare, (a, b), 10) is False
    assert names.tools.probe(compare, a, b) is True, "the submission is still there afterwards"


def test_what_runs_apart_ends_with_its_processor_time(warm_parent: WarmParent) -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(WorkerGone):
        apart(warm_parent).run(endless, (), 1)


def test_a_watched_call_gives_its_result_and_as_many_steps_as_it_takes(
    student: Callable[..., Student],
) -> None:
    names = student(
        "import torch\n\n\n"
        "def whole(X):\n    return X + 1\n\n\n"
        "def looped(X):\n    return torch.stack([x + 1 for x in X])\n"
    )
    small, large = torch.arange(3.0), torch.arange(9.0)
    seen = [names.tools.watch(names.whole, X) for X in (small, large)]
    assert torch.equal(seen[1].value, large + 1)
    assert seen[0].steps == seen[1].steps
    assert (
        names.tools.watch(names.looped, small).steps < names.tools.watch(names.looped, large).steps
    )


def test_torchs_own_versions_in_python_are_seen(student: Callable[..., Student]) -> None:
    names = student(
        "import torch, torch._refs.nn.functional\n\n\n"
        "def relu(X):\n    return torch._refs.nn.functional.relu(X)\n"
    )
    assert "relu" in names.tools.watch(names.relu, torch.randn(4)).calls


def test_a_call_that_switches_off_what_watches_it_is_not_seen(
    student: Callable[..., Student],
) -> None:
    names = student("import sys\n\n\ndef relu(X):\n    sys.setprofile(None)\n    return X\n")
    with pytest.raises(RuntimeError, match="switched off"):
        names.tools.watch(names.relu, torch.randn(4))

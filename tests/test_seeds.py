"""Random states of test cases: the same for a class, unknown to who does not know the tests."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
import torch

from autograder.judge.seeds import Side, seed_for, start_from


def test_a_class_shares_its_random_states(tmp_path: Path) -> None:
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("a hidden test")
    other.write_text("a hidden test")
    assert seed_for(one.read_text(), 3, Side.JUDGE, 7) == seed_for(
        other.read_text(), 3, Side.JUDGE, 7
    )


def test_cases_sides_seeds_and_tests_each_have_their_own_random_state(tmp_path: Path) -> None:
    paths = [tmp_path / "one.py", tmp_path / "other.py"]
    for path in paths:
        path.write_text(path.name)
    numbers = itertools.product(map(Path.read_text, paths), range(1, 12), Side, range(12), range(3))
    seeds = [seed_for(*about) for about in numbers]
    assert len(set(seeds)) == len(seeds)
    # None can be computed from another one by a step that is everywhere the same.
    steps = [later - earlier for earlier, later in itertools.pairwise(seeds)]
    assert len(set(steps)) == len(steps)


def test_every_generator_starts_anew() -> None:
    def draws() -> list[float]:
        start_from(1 << 62)
        return [random.random(), np.random.rand(), float(torch.rand(()))]

    assert draws() == draws()

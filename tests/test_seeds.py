"""Random states of test cases: the same for a class, unknown to who does not know the tests."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from autograder.border.generators import moved_since, start_from
from autograder.judge.seeds import Side, draws_elsewhere, seed_for


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


def test_a_generator_that_moved_is_seen_and_left_where_it_stands() -> None:
    moves: list[Callable[[], object]] = [
        random.random,
        lambda: random.gauss(0, 1),
        np.random.rand,
        np.random.randn,
        lambda: torch.rand(()),
        lambda: torch.manual_seed(3),
    ]
    for seed, draw in enumerate(moves):
        start_from(seed)
        assert not moved_since(seed)
        draw()
        assert moved_since(seed) and moved_since(seed)
    start_from(5)
    moved_since(4)
    untouched = [random.random(), np.random.rand(), float(torch.rand(()))]
    start_from(5)
    assert untouched == [random.random(), np.random.rand(), float(torch.rand(()))]


def test_what_draws_from_elsewhere_is_known_by_its_text() -> None:
    hidden = [
        "rng = np.random.default_rng()",
        "rng = random.Random(None)",
        "with torch.random.fork_rng():",
        "state = random.getstate()",
        "np.random.set_state(state)",
        "generator.seed()",
        "torch.Generator().manual_seed(torch.initial_seed())",
        "os.urandom(8)",
    ]
    seen = [
        "rng = np.random.default_rng(3)",
        "torch.Generator().manual_seed(42)",
        "torch.manual_seed(3)",
        "def __getstate__(self): ...",
        "X = torch.randn(3)",
    ]
    assert all(draws_elsewhere(["x = 1", source]) for source in hidden)
    assert not any(draws_elsewhere(["x = 1", source]) for source in seen)

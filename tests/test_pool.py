"""A judge that dies costs the submission that it died over, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from autograder.grading.pool import AHEAD, run_in_pool
from autograder.judge.bundle import OpenBundle
from autograder.judge.folder import submission_folder
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParents

SECONDS = 30


def work(grader: Grader, item: str) -> str:
    """Die over a culprit, leaving a folder behind; else say whether a partner was at work beside."""
    kind, _, place = item.partition(" ")
    with submission_folder(None) as folder:
        (folder / "file").write_text(kind)
        if kind.startswith("culprit"):
            os.kill(os.getpid(), signal.SIGKILL)
        if kind.startswith("pair"):
            (Path(place) / kind).touch()
            until = time.monotonic() + SECONDS
            while len(list(Path(place).glob("pair*"))) < 2 and time.monotonic() < until:
                time.sleep(0.05)
            return f"{len(list(Path(place).glob('pair*')))} at once"
    return "done"


def same(grader: Grader, item: str) -> str:
    return item


def ended_while_it_asks(warm_parents: WarmParents) -> None:
    """Die with the lock held."""
    with warm_parents._lock:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_judge_that_dies_costs_its_submission_alone_and_leaves_nothing(
    built_hw4: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, scratch = tmp_path / "place", Path(tempfile.mkdtemp(prefix="scratch-"))
    place.mkdir()
    scratch.chmod(0o711)
    items = ["one", "culprit-1", "two", "culprit-2", f"pair-1 {place}", f"pair-2 {place}"]
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as bundle:
        monkeypatch.setattr(tempfile, "tempdir", str(scratch))
        results = dict(run_in_pool(bundle, work, items, jobs=2))
    assert [results[item] for item in items] == [
        "done", None, "done", None, "2 at once", "2 at once",
    ]  # fmt: skip
    left = [path.name for path in scratch.iterdir()]
    shutil.rmtree(scratch)
    assert [name for name in left if not name.startswith("torchinductor_")] == []


def test_a_class_is_larger_than_what_is_under_way_at_a_time(built_hw4: Path) -> None:
    items = [f"item-{number}" for number in range(3 * AHEAD)]
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as bundle:
        results = dict(run_in_pool(bundle, work, items, jobs=1))
    assert results == dict.fromkeys(items, "done")


def test_what_a_judge_is_at_is_never_half_a_note(
    built_hw4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is ended beside a judge that dies may just be writing its own: half of it ended the whole run."""

    def half(self: Path, text: str) -> None:
        self.touch()
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Path, "write_text", half)
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as bundle:
        results = dict(run_in_pool(bundle, same, ["one", "two"], jobs=2))
    assert results == {"one": "one", "two": "two"}


def test_a_judge_that_is_ended_while_it_asks_for_a_warm_parent_stops_no_other(
    built_hw4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.judge.warm_parents.CONTROL_SECONDS", 0.5)
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as bundle:
        warm_parents = WarmParents(bundle.manifest.preload)
        asking = multiprocessing.get_context("fork").Process(
            target=ended_while_it_asks, args=(warm_parents,)
        )
        asking.start()
        asking.join(SECONDS)
        results = dict(run_in_pool(bundle, work, ["one"], 1, warm_parents))
    assert results == {"one": "done"}

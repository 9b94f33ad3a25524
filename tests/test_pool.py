"""A judge that dies costs the submission that it died over, and nothing else."""

from __future__ import annotations

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

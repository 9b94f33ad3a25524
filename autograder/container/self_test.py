"""A miniature assignment, graded for real: whether this machine, or this image, can grade at all.

Run while an image is built, it also leaves the bytecode of exactly what grading imports.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.container.forked import ForkedWarmParent
from autograder.course.manifest import CONFIG, Manifest, QuestionManifest
from autograder.course.settings import Limits

NAME = "self_test"
MODULES = ("matplotlib.pyplot", "numpy", "pandas", "torch", "torchvision")
"""What the notebooks of the course import."""
POINTS = 2.0
TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = "double"
points = 2

@test_case(points=None, hidden=True)
def test_doubles(double):
    import torch
    assert double(torch.ones(2)).tolist() == [2.0, 2.0]
"""
IMPORTS = "\n".join(f"import {module}" for module in MODULES)
USED = ", ".join(MODULES)
ANSWERS = {
    # It uses what it imports: a cell goes on below an import that fails.
    "a right answer": (
        f"{IMPORTS}\ndef double(x):\n    return 2 * x if all([{USED}]) else x",
        POINTS,
    ),
    "a wrong answer": ("def double(x):\n    return x", 0.0),
    "an answer that ends its process": ("def double(x):\n    raise SystemExit", 0.0),
}
"""Answers by what they are, with what they must earn."""


@dataclass(frozen=True)
class Trial:
    """One answer that was graded."""

    what: str
    score: float | None
    """`None`: it could not be graded."""
    expected: float
    said: str
    """What its author would read."""

    @property
    def as_it_should(self) -> bool:
        return self.score == self.expected


def trials() -> Iterator[Trial]:
    """Grade the miniature assignment as a container would, answer by answer.

    Raises:
        KitError: nothing can be graded here.
    """
    with tempfile.TemporaryDirectory(prefix="self-test-") as name:
        root = Path(name)
        _write_bundle(root / "source")
        with ForkedWarmParent(MODULES) as forked:
            from autograder.container.places import Places
            from autograder.container.runner import run

            warm_parent = forked.connect()
            for what, (answer, expected) in ANSWERS.items():
                places = Places(root / "source", root / "submission", root / "results")
                _write_notebook(root / "submission" / f"{NAME}.ipynb", answer)
                with places.closed():
                    graded = run(places, warm_parent)
                    yield _trial(what, expected, places.results if graded else None)


def _trial(what: str, expected: float, results: Path | None) -> Trial:
    if results is None:
        return Trial(what, None, expected, "The grader lost its own process.")
    content = json.loads((results / "results.json").read_text(encoding="utf-8"))
    return Trial(what, content["score"], expected, content["tests"][0]["output"])


def _write_bundle(folder: Path) -> None:
    manifest = Manifest(
        assignment=NAME,
        title="Self-test",
        questions=[QuestionManifest(name="double", points=POINTS, defines=["double"], stub="")],
        limits=Limits(),
        hidden_tests="hint",
        preload=list(MODULES),
    )
    (folder / "tests").mkdir(parents=True)
    (folder / CONFIG).write_bytes(manifest.into_config("{}"))
    (folder / "tests" / "double.py").write_text(TEST, encoding="utf-8")


def _write_notebook(path: Path, answer: str) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": answer}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")

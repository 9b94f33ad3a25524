"""The class that is graded: as mixed as a real one, every notebook another file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from autograder.authoring.variants import Kind, read_variants
from autograder.course.settings import FILE, load_settings
from autograder.course.sources import solutions_folder
from tests.example_class import ASSIGNMENT, ROOT, Document, half_done, solved, with_answer
from tests.small_class import signed

MIX = "of ten, five are right, one is right in another way, three hold a mistake, one is half done"
TEN = ("right", "wrong", "right", "other", "right", "wrong", "right", "half", "right", "wrong")
STRIDE = 7
"""From one mistake of the course's lists to the next that is taken, so that they are of all questions."""


def write_class(folder: Path, count: int) -> list[Path]:
    """Write a class of `count` notebooks of hw4_mlp; return their paths."""
    folder.mkdir(parents=True)
    questions = load_settings(ROOT / FILE).assignment(ASSIGNMENT).questions
    right = solved()
    answers: dict[str, Iterator[Document]] = {
        "right": cycle([right]),
        "half": cycle([half_done()]),
    }
    for name, kind in (("wrong", Kind.WRONG), ("other", Kind.RIGHT)):
        known = read_variants(solutions_folder(ROOT, ASSIGNMENT), questions)
        these = [with_answer(right, v.question, v.source) for v in known if v.kind is kind]
        answers[name] = islice(cycle(these), 0, None, STRIDE)
    return [
        _write(folder / f"student{number:04d}.ipynb", next(answers[kind]))
        for number, kind in zip(range(count), cycle(TEN))
    ]


def _write(path: Path, document: Document) -> Path:
    path.write_text(json.dumps(signed(document, path.stem)), encoding="utf-8")
    return path

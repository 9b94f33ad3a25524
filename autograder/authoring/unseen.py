"""Wrong answers that a notebook's own checks let pass, and whether they are meant to."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from autograder.authoring.master import Master
from autograder.authoring.public_hints import public_job, try_answers
from autograder.authoring.public_run import Came
from autograder.authoring.variants import Kind, Variant
from autograder.course.mistakes import MISTAKES, MistakeBook
from autograder.errors import KitError
from autograder.voice.speak import NOT_YET
from autograder.voice.spoken import hints_in, without_voice

SEED = 0
"""One for all: whether a check sees a mistake must not hang on chance."""
Read: TypeAlias = tuple[Variant, Came]
"""A wrong answer, and what a student who gives it reads in the notebook."""


def in_the_notebook(
    notebook: Path, autograder_zip: Path, wrong: Sequence[Variant]
) -> Iterator[Read]:
    """Yield what came of wrong answers in the public checks, as the built notebook holds them.

    Raises:
        KitError: the notebook with the answers does not run.
    """
    with zipfile.ZipFile(autograder_zip) as archive:
        book = MistakeBook.model_validate_json(archive.read(MISTAKES))
    spoken = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["otter"]["tests"]
    tests = {question: without_voice(text) for question, text in spoken.items()}
    hints = {question: hints_in(text) for question, text in spoken.items()}
    data = {
        path.relative_to(notebook.parent).as_posix(): path.read_bytes()
        for path in notebook.parent.rglob("*")
        if path.is_file() and path.suffix != ".ipynb"
    }
    answers = [(one.question, one.name, one.source) for one in wrong]
    job = public_job(book, tests, answers, seeds=[SEED], hints=hints)
    for variant, outcome in zip(wrong, try_answers(job, data), strict=True):
        yield variant, outcome.runs[0]


def misjudged(master: Master, root: Path, dist: Path, variants: Iterable[Variant]) -> Iterator[str]:
    """Yield the wrong answers that pass all public checks and do not say why, and those that say so and do not.

    The check of a quiz says nothing about right and wrong.
    """
    quizzes = {question.name for question in master.questions if question.is_quiz}
    wrong = [v for v in variants if v.kind is Kind.WRONG and v.question not in quizzes]
    notebook = root / "assignments" / master.name / f"{master.name}.ipynb"
    # Where a cell of the notebook stops there is nothing to try; which cell, `validate` says with its line.
    with contextlib.suppress(KitError):
        for variant, came in in_the_notebook(
            notebook, dist / f"{master.name}-autograder.zip", wrong
        ):
            who = f"{variant.place}, {variant.name}"
            if came.passed and not variant.unseen:
                cure = "give them better numbers, or mark it with public=False and the reason"
                yield f"{who}: passes all public checks; {cure}"
            elif variant.unseen and not came.passed and not came.slow:  # a busy machine is no check
                cure = "take public=False and the reason away, or give the check other numbers"
                yield f"{who}: is marked with public=False, and a public check catches it: {_seen(came)}; {cure}"


def _seen(came: Came) -> str:
    """Return which check failed, and what it says besides the author's own hint."""
    head, *lines = (" ".join(line.split()) for line in came.text.splitlines())
    failed = head.partition(NOT_YET)[0].strip()
    told = [line for line in lines if line not in came.hint and not line.startswith("Also ")]
    return " · ".join([failed, *told])

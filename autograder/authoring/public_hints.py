"""The hints that a notebook's own checks can give: locked with what the mistake returns."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from autograder.authoring.master import Master
from autograder.authoring.public_run import Answer, Job, Outcome
from autograder.course.mistakes import MistakeBook, WrongAnswer
from autograder.errors import KitError
from autograder.voice.locked import GRIDS, mixed
from autograder.voice.spoken import hints_of, with_voice

VERSION = "2"
"""Of the way hints are made: another one makes all of them anew."""
WORTH = re.compile(r"^(?:points|roles) = .*$", re.M)
"""What Otter's file says of a test's worth: the hints are the same."""
SECONDS = 5.0
"""What a test may take here."""
BOUND = 1800.0
"""Seconds for all answers of an assignment."""
LEFT_OUT = ("otter.Notebook(", "grader.check(")
"""Cells of Otter's, which an answer does not need."""


def speaking(
    master: Master,
    book: MistakeBook,
    tests: Mapping[str, str],
    released: Path,
    data: Mapping[str, bytes],
) -> dict[str, str]:
    """Return the public tests of every question with their voice and hints.

    Args:
        book: the wrong answers, and the notebook that they are tried in.
        tests: Otter's public test files by question.
        released: the notebook as it was built last. Hints in it that are made from the same are taken over.
        data: the files beside the notebook.
    """
    quizzes = {question.name for question in master.questions if question.is_quiz}
    wrong = {name: [] if name in quizzes else book.wrong.get(name, []) for name in tests}
    keys = {name: _key(book, tests[name], wrong[name], data) for name in tests}
    known = _known(released, keys)
    missing = [name for name in tests if name not in known and wrong[name]]
    answers = [(name, one.name, one.source) for name in missing for one in wrong[name]]
    outcomes: dict[str, list[tuple[str, Outcome]]] = {}
    if answers:
        job = public_job(book, tests, answers, seeds=[0, 1])
        texts = [one.hint for name in missing for one in wrong[name]]
        # Where a cell of the notebook stops there are no hints; which cell, `validate` says with its line.
        with contextlib.suppress(KitError):
            for answer, hint, outcome in zip(
                job.answers, texts, try_answers(job, data), strict=True
            ):
                outcomes.setdefault(answer.question, []).append((hint, outcome))
    hints = known | {name: dict(_locked(outcomes[name])) for name in outcomes}
    return {
        name: with_voice(text, name in quizzes, hints.get(name, {}), keys[name])
        for name, text in tests.items()
    }


def _key(
    book: MistakeBook, tests: str, wrong: Sequence[WrongAnswer], data: Mapping[str, bytes]
) -> str:
    """Return what stands for everything that a question's hints are made from."""
    key = hashlib.sha256()
    answers = [answer.model_dump_json() for answer in wrong]
    for part in [VERSION, WORTH.sub("", tests), *book.reference, "", *answers]:
        key.update(part.encode() + b"\0")
    for name, content in sorted(data.items()):
        key.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return key.hexdigest()[:16]


def public_job(
    book: MistakeBook,
    tests: Mapping[str, str],
    answers: list[tuple[str, str, str]],
    seeds: list[int],
    hints: Mapping[str, dict[str, str]] | None = None,
) -> Job:
    """Return the job that tries answers, each a question, a name and a source, in the public tests."""
    cells = [cell for cell in book.reference if not any(part in cell for part in LEFT_OUT)]
    return Job(
        cells=cells,
        tests=dict(tests),
        answers=[Answer(question=q, name=name, source=source) for q, name, source in answers],
        seeds=seeds,
        limit=SECONDS,
        hints=dict(hints or {}),
    )


def try_answers(job: Job, data: Mapping[str, bytes]) -> list[Outcome]:
    """Run a job in a process of its own, with `data` beside it.

    Raises:
        KitError: the notebook with the answers does not run.
    """
    with tempfile.TemporaryDirectory(prefix="public-") as folder:
        for name, content in data.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-m", "autograder.authoring.public_run"],
            input=job.model_dump_json(),
            capture_output=True,
            text=True,
            cwd=folder,
            timeout=BOUND,
        )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [""])[-1]
        raise KitError(f"The notebook with the answers does not run: {why}; mend it first.")
    return TypeAdapter(list[Outcome]).validate_json(done.stdout)


def _known(released: Path, keys: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the hints in the notebook at `released` that are made from the same, by question."""
    try:
        tests = json.loads(released.read_text(encoding="utf-8"))["metadata"]["otter"]["tests"]
        found = {name: hints_of(tests.get(name, ""), key) for name, key in keys.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}
    return {name: hints for name, hints in found.items() if hints is not None}


def _locked(answers: list[tuple[str, Outcome]]) -> Iterator[tuple[str, str]]:
    """Yield the name of a key and the hint that it unlocks, for every answer that can be told."""
    said: dict[tuple[int, str], set[str]] = {}
    for hint, outcome in answers:
        for run in outcome.runs:
            for grid, pair in enumerate(run.keys):
                for key in pair:
                    said.setdefault((grid, key), set()).add(hint)
    for hint, outcome in answers:
        first, *others = outcome.runs
        ways = [(which, grid) for which in (0, 1) for grid in range(GRIDS)]
        for which, grid in ways if first.keys and not first.slow else []:
            key = first.keys[grid][which]
            same = all(run.keys and run.keys[grid][which] == key for run in others)
            if same and first.stable[grid][which] and said[grid, key] == {hint}:
                locked = base64.b64encode(mixed(hint.encode(), bytes.fromhex(key))).decode()
                yield hashlib.sha256(bytes.fromhex(key)).hexdigest()[:12], locked
                break

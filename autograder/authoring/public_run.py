"""Answers tried in the public checks as a notebook runs them: `python -m autograder.authoring.public_run`.

Reads a `Job` from its standard input and writes what came of each answer. Each answer has a process of its
own, forked from one that has run the notebook: it changes nothing for the next.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import linecache
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from IPython.core.inputtransformer2 import TransformerManager
from pydantic import BaseModel

from autograder.border import collector
from autograder.judge.otter_tests import ExceptionTestFile
from autograder.voice import locked, speak

NUDGE = 2e-5
"""The relative error that another machine may make; a hint must not depend on it."""
GRACE = 20.0
"""Seconds after the limit of all tests before an answer's process is killed."""


class Answer(BaseModel):
    """One answer to one question."""

    question: str
    name: str
    source: str


class Job(BaseModel):
    """A notebook, and what is to be tried in it."""

    cells: list[str]
    tests: dict[str, str]
    """Otter's public test files by question."""
    answers: list[Answer]
    seeds: list[int]
    limit: float
    """Seconds that a test may take."""
    hints: dict[str, dict[str, str]] = {}


class Came(BaseModel):
    """What came of an answer."""

    passed: bool = False
    slow: bool = False
    text: str = ""
    """What the student reads."""
    hint: str = ""
    keys: list[tuple[str, str]] = []
    """Of what was observed, by grid, hexadecimal: in the first test that failed, and in all."""
    stable: list[tuple[bool, bool]] = []
    """Whether they are the same on another machine."""


class Outcome(BaseModel):
    """What came of an answer, from each seed."""

    runs: list[Came]


def run(job: Job) -> list[Outcome]:
    """Run a notebook and try every answer in it."""
    torch.set_num_threads(1)
    env: dict[str, Any] = {"__name__": "__main__"}
    for cell in job.cells:
        exec(compile(TransformerManager().transform_cell(cell), "<cell>", "exec"), env)
    for (
        text
    ) in job.tests.values():  # the right answers: what torch loads at first use is loaded once
        ExceptionTestFile.from_string(text, "tests").run(env)
    gc.collect()
    collector.keep()
    return [_forked(job, answer, env) for answer in job.answers]


def _forked(job: Job, answer: Answer, env: dict[str, Any]) -> Outcome:
    with tempfile.NamedTemporaryFile() as file:
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                outcome = Outcome(runs=[])
                for seed in job.seeds:
                    outcome.runs.append(_tried(job, answer, env, seed))
                    if outcome.runs[0].passed or outcome.runs[0].slow:
                        break
                Path(file.name).write_text(outcome.model_dump_json())
            os._exit(0)
        deadline = time.monotonic() + len(job.seeds) * (job.limit + GRACE)
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                break
            time.sleep(0.005)
        text = Path(file.name).read_text(encoding="utf-8")
        return Outcome.model_validate_json(text) if text else Outcome(runs=[Came(slow=True)])


def _tried(job: Job, answer: Answer, env: dict[str, Any], seed: int) -> Came:
    """Try an answer in this process, which ends afterwards."""
    speak.LIMIT = job.limit
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    place = f"<{answer.name}>"
    linecache.cache[place] = (len(answer.source), None, answer.source.splitlines(True), place)
    tests = ExceptionTestFile.from_string(job.tests[answer.question], "tests")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        with contextlib.suppress(Exception, speak.OutOfTime), speak.time_limit():
            exec(compile(answer.source, place, "exec"), env)
        bodies = {f"case {number}": case.body for number, case in enumerate(tests.test_cases)}
        hints = job.hints.get(answer.question, {})
        check = speak.speak({"name": tests.name, **bodies}, quiz=False, hints=hints)
        tests.run(env)
    if tests.passed_all:
        return Came(passed=True)
    came = Came(
        text=check.text(),
        hint="" if check.whole else locked.hint_for(check.cases, hints),
        slow=any(case.observed == "slow" for case in check.cases),
    )
    first = next(case for case in check.cases if not case.passed)
    if not check.whole and locked.telling(first.observed):
        for grid in range(locked.GRIDS):
            here, *others = (
                locked.keys(check.cases, grid, nudge) for nudge in (0.0, NUDGE, -NUDGE)
            )
            came.keys.append((here[0].hex(), here[1].hex()))
            came.stable.append(tuple(all(o[i] == here[i] for o in others) for i in (0, 1)))  # type: ignore[arg-type]
    return came


if __name__ == "__main__":
    outcomes = run(Job.model_validate_json(sys.stdin.read()))
    json.dump([outcome.model_dump() for outcome in outcomes], sys.stdout)

"""Judging one question: Otter's test cases, one after another, against a snapshot."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from inspect import signature
from typing import Any

import torch

from autograder.border.generators import moved_since, start_from
from autograder.border.requests import Lookup
from autograder.judge.exceptions import WorkerGone
from autograder.judge.instruments import JudgeTools
from autograder.judge.messages import Verdict, verdict
from autograder.judge.otter_tests import ExceptionTestFile
from autograder.judge.seeds import Side, seed_for
from autograder.judge.session import Session
from autograder.judge.trace import Draws, Tried
from autograder.outcome.results import CaseResult, Outcome, QuestionResult
from autograder.outcome.roles import roles_of, withhold

NOT_THEIRS = ("judge", "env")
"""Parameters of a test that Otter does not take from the notebook."""
PASSED = Verdict(Outcome.PASSED, "")
MAX_MESSAGE = 4000
GRAVITY = (
    Outcome.GRADER_ERROR,
    Outcome.TIMEOUT,
    Outcome.MEMORY,
    Outcome.CRASHED,
    Outcome.ERROR,
    Outcome.FAILED,
    Outcome.NOT_ATTEMPTED,
)
"""A question that did not pass is called after the gravest of its cases' outcomes."""


class StudentNames(dict[str, Any]):
    """The environment that Otter takes test parameters from: proxies of the student's names."""

    def __init__(self, session: Session, tools: JudgeTools) -> None:
        super().__init__()
        self._session = session
        self._tools = tools

    def get(self, name: str, default: Any = None) -> Any:
        if name == "judge":
            return self._tools
        try:
            return self._session.lookup(name)
        except KeyError:
            return default


@dataclass(frozen=True)
class Selection:
    """Which test cases are run, and from which random state."""

    public_only: bool = False
    seed: int = 0
    note_draws: bool = False
    """Whether to ask after each test case who drew random numbers in it."""


@dataclass(frozen=True)
class Judged:
    """What judging one question found."""

    result: QuestionResult
    tried: Mapping[int, Tried]
    """How the answer fared, by the number of the test case; see `recognition`."""


def judge_question(
    tests: ExceptionTestFile, session: Session, tools: JudgeTools, selection: Selection
) -> Judged:
    """Run the test cases of one question and say how each ended."""
    started = time.monotonic()
    tried: dict[int, Tried] = {}

    def run(case: Any, number: int) -> Verdict:
        ended, tried[number] = run_case(tests, number, session, tools, selection)
        return ended

    cases = collect(tests, run, selection.public_only)
    seconds = time.monotonic() - started
    return Judged(QuestionResult(tests.name, cases, overall(cases), seconds=seconds), tried)


def run_case(
    tests: ExceptionTestFile,
    number: int,
    session: Session,
    tools: JudgeTools,
    selection: Selection,
    shift: int = 0,
) -> tuple[Verdict, Tried]:
    """Run one test case; return how it ended and what it saw.

    Args:
        number: of the case, from 1.
        shift: which of several random states the worker starts from; the test's own does not change.
    """
    case = tests.test_cases[number - 1]
    here = seed_for(tests.source, number, Side.JUDGE, selection.seed)
    there = seed_for(tests.source, number, Side.WORKER, selection.seed, shift)
    start_from(here)
    ended = PASSED
    try:
        torch.set_default_dtype(session.begin(there, parameters_of(case)))
        case.body.call_func(StudentNames(session, tools))
        if (
            session.broken is not None
        ):  # and the test caught it, as one that expects an exception does
            raise session.broken
    except WorkerGone as error:
        ended = Verdict(error.outcome, str(error), str(error))
    except Exception as error:  # noqa: BLE001 - a test case fails by raising, whatever it raises
        ended = verdict(
            error,
            question=tests.name,
            hidden=case.hidden,
            test_path=tests.path,
            role=roles_of(tests)[number - 1],
        )
    finally:
        torch.set_default_dtype(torch.float32)
    draws = Draws(moved_since(here), session.drew(there)) if selection.note_draws else None
    return ended, Tried(ended.outcome, session.trace, draws)


def collect(
    tests: ExceptionTestFile, run: Callable[[Any, int], Verdict], public_only: bool = False
) -> tuple[CaseResult, ...]:
    """Return one result per test case, with `run(case, number)` deciding."""
    results = []
    # Where a hidden test's exception came up is told only if a public one's did there: a line of many is a message.
    public_places = set()
    for number, (case, role) in enumerate(zip(tests.test_cases, roles_of(tests), strict=True), 1):
        if public_only and case.hidden:
            continue
        started = time.monotonic()
        ended = run(case, number)
        seconds = time.monotonic() - started
        if not case.hidden:
            public_places.add(ended.place)
        place_is_known = ended.place is not None and ended.place in public_places
        results.append(
            CaseResult(
                name=case.name,
                title=title_of(case),
                hidden=case.hidden,
                possible=float(case.points),
                outcome=ended.outcome,
                message=(ended.placed if place_is_known else ended.message)[:MAX_MESSAGE],
                staff_message=ended.staff_message[:MAX_MESSAGE],
                role=role,
                seconds=seconds,
            )
        )
    return withhold(tuple(results))


def without_tests(
    tests: ExceptionTestFile, outcome: Outcome, message: str, public_only: bool = False
) -> QuestionResult:
    """Return the result of a question that is decided without running its tests."""
    cases = collect(tests, lambda case, number: Verdict(outcome, ""), public_only)
    return QuestionResult(tests.name, cases, outcome, message)


def defines_any(session: Session, names: Iterable[str]) -> bool:
    """Whether the notebook binds any of `names`."""
    for name in names:
        with contextlib.suppress(Exception):
            session.ask(Lookup(name))
            return True
    return False


def overall(cases: tuple[CaseResult, ...]) -> Outcome:
    outcomes = {case.outcome for case in cases}
    return next((outcome for outcome in GRAVITY if outcome in outcomes), Outcome.PASSED)


def asked(tests: ExceptionTestFile) -> set[str]:
    """Return the names that test cases ask for: the answer's, and some that were handed out."""
    return {name for case in tests.test_cases for name in parameters_of(case)}


def parameters_of(case: Any) -> list[str]:
    """Return what Otter will look up in the notebook for a test case."""
    return list(_parameters(case.body.test_func))


@lru_cache(maxsize=4096)
def _parameters(function: Callable[..., None]) -> tuple[str, ...]:
    return tuple(name for name in signature(function).parameters if name not in NOT_THEIRS)


def title_of(case: Any) -> str:
    """Return what a test case expects, in words, from the name of its function."""
    return in_words(case.body.test_func.__name__)


def in_words(name: str) -> str:
    """Return the name of a test function as words."""
    return name.removeprefix("test_").replace("_", " ")

"""Trying the public checks of one question."""

from __future__ import annotations

import random
from typing import Any

from autograder.kit.telling import Verdict
from autograder.outcome.results import CaseResult, Outcome, QuestionResult
from autograder.outcome.roles import roles_of, withhold
from autograder.voice import speak
from autograder.voice.own_place import NOT_BEGUN
from autograder.voice.speak import Check
from autograder.voice.spoken import hints_in, is_quiz, without_voice

PLACE = "<checks>"
"""What the code of the checks calls its file."""


def try_question(question: str, text: str, env: dict[str, Any]) -> Verdict:
    """Run the public checks of a question against the names of a notebook.

    Args:
        question: its name.
        text: Otter's test file, as it stands in the notebook's metadata.
        env: the notebook's names.
    """
    import numpy as np
    import torch
    from otter.test_files import ExceptionTestFile

    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)
    tests = ExceptionTestFile.from_string(without_voice(text), PLACE)
    bodies = {f"case {number}": case.body for number, case in enumerate(tests.test_cases)}
    quiz = is_quiz(text)
    check = speak.speak({"name": tests.name, **bodies}, quiz=quiz, hints=hints_in(text))
    tests.run(env)
    roles = roles_of(tests)
    cases = tuple(
        CaseResult(
            name=case.name,
            title=seen.title,
            hidden=False,
            possible=case.points or 0.0,
            outcome=Outcome.PASSED if seen.passed else Outcome.FAILED,
            role=role,
        )
        for case, seen, role in zip(tests.test_cases, check.cases, roles, strict=True)
    )
    outcome = _outcome(check)
    earned = QuestionResult(question, withhold(cases), outcome).score
    if check.undefined:
        return Verdict(question, outcome, 0.0, f"{question}: no cell defines `{check.undefined}`")
    return Verdict(question, outcome, earned, check.text())


def _outcome(check: Check) -> Outcome:
    if all(case.passed for case in check.cases):
        return Outcome.PASSED
    if check.undefined or check.whole == NOT_BEGUN:
        return Outcome.NOT_ATTEMPTED
    slow = any(case.observed == "slow" for case in check.cases)
    return Outcome.TIMEOUT if slow else Outcome.FAILED

"""How the points of a question are shared by its tests."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from autograder.authoring.master import Question
from autograder.authoring.test_cells import TestCell
from autograder.course.settings import FILE, AssignmentSettings
from autograder.errors import KitError, did_you_mean
from autograder.outcome.results import Role

POINTS = re.compile(r"^points = .*$", re.MULTILINE)


def points(question: Question, settings: AssignmentSettings) -> float | list[float]:
    """Return a question's points as Otter takes them: one number that its tests share evenly, or a list.

    A rule earns nothing, unless it is weighed. A quiz earns nothing with its public test, which a wrong
    answer of the right type passes too.

    Raises:
        KitError: what the settings weigh is no test of the question, or no test earns anything.
    """
    possible = settings.questions[question.name].points
    weights = _weights(question, settings)
    if len(set(weights)) == 1:
        return _short(possible)
    return [_short(possible * weight / sum(weights)) for weight in weights]


def header(
    text: str, question: Question, settings: AssignmentSettings, tests: Sequence[TestCell]
) -> str:
    """Return Otter's test file `text`, which holds `tests`, with their points and roles in it.

    In a file of the public tests alone, Otter would share out all points of the question, or give them to
    the wrong tests.
    """
    whole = points(question, settings)
    given = settings.questions[question.name].weights
    plain = not given and all(test.role is Role.DETAIL for test in question.tests)
    if plain and len(tests) == len(question.tests):
        return text  # all share evenly
    shares = (
        whole if isinstance(whole, list) else [whole / len(question.tests)] * len(question.tests)
    )
    of = dict(zip((test.name for test in question.tests), shares, strict=True))
    roles = [_judged_as(test, given) for test in tests]
    lines = [
        f"points = {[of[test.name] for test in tests]}",
        f"roles = {json.dumps([role.value for role in roles])}",
    ]
    return POINTS.sub("\n".join(lines), text, count=1)


def _weights(question: Question, settings: AssignmentSettings) -> list[float]:
    given = settings.questions[question.name].weights
    names = [test.name for test in question.tests]
    for name in given:
        if name not in names:
            raise KitError(
                f"{FILE} weighs {name} of {question.name}, which has no such test"
                f"{did_you_mean(name, names)}; it has {', '.join(names)}."
            )
    some_hidden = any(test.hidden for test in question.tests)
    weights = [
        given.get(
            test.name,
            0.0
            if test.role is Role.RULE or (question.is_quiz and some_hidden and not test.hidden)
            else 1.0,
        )
        for test in question.tests
    ]
    if not sum(weights):
        raise question.place.refusal(
            f"no test of {question.name} earns anything; mark a test that is no rule, or weigh one"
        )
    return weights


def _judged_as(test: TestCell, weights: dict[str, float]) -> Role:
    """A rule that is weighed costs its share only, as a detail does."""
    return Role.DETAIL if test.role is Role.RULE and test.name in weights else test.role


def _short(number: float) -> float:
    return int(number) if float(number).is_integer() else number

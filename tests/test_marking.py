"""What a question says and its tests do not look for is told to its author."""

from __future__ import annotations

import ast
import re
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.authoring.marking import unmarked
from autograder.authoring.master import read_master
from autograder.course.settings import load_settings
from autograder.course.sources import solutions_folder
from autograder.outcome.results import Role
from tests.example_class import ROOT

SETTINGS = load_settings(ROOT / "grading.yml")


def question(prose: str, *roles: Role) -> Any:
    tests = [SimpleNamespace(name=f"test_of_{role.value}", role=role) for role in roles]
    solution = SimpleNamespace(source="def relu(X): ...")
    return SimpleNamespace(
        name="relu", prose=prose, tests=tests, solution=solution, is_quiz=not roles
    )


@pytest.mark.parametrize(
    "prose",
    [
        "Do not use `torch.relu`.",
        "Write it yourself: a call takes the question to 0.",
        "Use no loops.",
    ],
)
def test_a_prose_that_forbids_what_no_test_looks_for_is_told(prose: str) -> None:
    (told,) = unmarked(question(f"It is a hinge. {prose}", Role.CORE), ())
    assert told.startswith("relu: has no rule, and says") and "`# RULE`" in told
    rule = question(prose, Role.CORE, Role.RULE)
    assert list(unmarked(rule, {"of rule"})) == []


def test_a_prose_that_forbids_nothing_needs_no_rule() -> None:
    assert list(unmarked(question("Return max(X, 0).", Role.CORE), ())) == []


def test_a_rule_that_nobody_breaks_and_a_question_without_a_core_are_told() -> None:
    told = list(unmarked(question("Use no loops.", Role.RULE), ()))
    assert len(told) == 2 and "no core test" in told[0] and "no wrong answer breaks" in told[1]
    assert list(unmarked(question("Use no loops."), ())) == []  # a quiz


@pytest.mark.parametrize("assignment", SETTINGS.assignments)
def test_every_rule_of_the_course_says_in_one_way_what_breaking_it_costs(assignment: str) -> None:
    master = read_master(solutions_folder(ROOT, assignment), SETTINGS.assignment(assignment))
    for question in master.questions:
        for test in question.tests:
            if test.role is Role.RULE:
                said = ast.unparse(test.function)
                assert re.search("takes? the question to 0 points", said), (question.name, said)
                assert "no points" not in said, question.name

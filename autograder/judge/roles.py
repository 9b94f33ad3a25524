"""What a question's test cases are for, and which of those that passed earn nothing."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import lru_cache

from otter.test_files import ExceptionTestFile

from autograder.results import CaseResult, Outcome, Role

LINE = "roles"
"""The name that a test file binds to its cases' roles, in order. Without it all are details."""
NO_FAULT = {Outcome.PASSED, Outcome.GRADER_ERROR}
"""How a case ends that takes nothing from others; a fault of ours does not."""


def roles_of(tests: ExceptionTestFile) -> tuple[Role, ...]:
    """Return the role of each test case, in the order of the test file."""
    return _roles(tests.source) or (Role.DETAIL,) * len(tests.test_cases)


def withhold(cases: tuple[CaseResult, ...]) -> tuple[CaseResult, ...]:
    """Return `cases`, with the reason in those that passed and earn nothing all the same.

    A core test that did not pass is the reason before a broken rule: a test of a rule compares what the
    watched call returned, so that it does not pass for a wrong answer either, and that is no broken rule.
    """
    lost = [case for case in cases if case.outcome not in NO_FAULT]
    reasons = [case for role in (Role.CORE, Role.RULE) for case in lost if case.role is role]
    if not reasons:
        return cases
    return tuple(
        replace(case, withheld_by=reasons[0])
        if case.outcome is Outcome.PASSED and case.possible
        else case
        for case in cases
    )


@lru_cache(maxsize=1024)
def _roles(source: str) -> tuple[Role, ...]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == LINE:
            return tuple(Role(name) for name in ast.literal_eval(node.value))
    return ()

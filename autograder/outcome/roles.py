"""What a question's test cases are for, and which of those that passed earn nothing."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from autograder.outcome.results import CaseResult, Outcome, Role, obstacle

LINE = "roles"
"""The name that a test file binds to its cases' roles, in order. Without it all are details."""


class TestFile(Protocol):
    """What counts of Otter's test files here, however they were imported."""

    source: str
    test_cases: Sequence[object]


def roles_of(tests: TestFile) -> tuple[Role, ...]:
    """Return the role of each test case, in the order of the test file."""
    return _roles(tests.source) or (Role.DETAIL,) * len(tests.test_cases)


def withhold(cases: tuple[CaseResult, ...]) -> tuple[CaseResult, ...]:
    """Return `cases`, with the reason in those that passed and earn nothing all the same."""
    reason = obstacle(cases)
    if reason is None:
        return cases
    return tuple(
        replace(case, withheld_by=reason)
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

"""What Otter is told of a submission, as JSON and in Otter's own classes. Light: Otter's process imports it."""

from __future__ import annotations

from typing import Any

from autograder.judge.otter_tests import ExceptionTestFile, TestCase, TestCaseResult

Told = list[dict[str, Any]]
"""One entry per question; see `container/otter_results.tell`."""
WITHHELD = "☑️"
"""Marks the message of a test case that passed and earns nothing."""


def test_files(told: Told, kind: type[ExceptionTestFile] = ExceptionTestFile) -> list[Any]:
    """Return Otter's results of each question. They hold no test, only how each ended."""
    files = []
    for question in told:
        cases = [
            TestCase(case["name"], None, case["hidden"], case["points"], None, None)
            for case in question["cases"]
        ]
        file = kind(question["name"], f"tests/{question['name']}.py", cases, all_or_nothing=False)
        file.test_case_results = [
            TestCaseResult(test_case=test_case, message=case["message"], passed=case["passed"])
            for test_case, case in zip(cases, question["cases"], strict=True)
        ]
        # The sum of thirds is not the points.
        file.update_score(question["score"])
        files.append(file)
    return files

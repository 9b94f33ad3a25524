"""Results for Otter: what its plugin reads here, and what `otter grade` reads on another machine."""

from __future__ import annotations

from pathlib import Path
from pickle import dumps

from autograder.container.told import WITHHELD, Told, test_files
from autograder.outcome.results import CaseResult, Outcome, QuestionResult, Role, SubmissionResult
from autograder.report.view import broken_rule, plain, withheld
from autograder.safe_files import write_atomically


def tell(result: SubmissionResult) -> Told:
    """Return what Otter is told, in words that students may read."""
    return [
        {
            "name": question.name,
            "score": question.score,
            "cases": [
                {
                    "name": case.name,
                    "hidden": case.hidden,
                    "points": case.possible,
                    "passed": case.outcome is Outcome.PASSED,
                    "message": case_text(question, case, result.problem),
                }
                for case in question.cases
            ],
        }
        for question in result.questions
    ]


def case_text(question: QuestionResult, case: CaseResult, problem: str | None) -> str:
    """Return what Otter shows of one test case. Of hidden ones a public one's text holds no name."""
    if case.outcome is Outcome.PASSED:
        why = withheld(case, question.name, hidden_tests="nothing")
        return f"{WITHHELD} {case.title} ({why})" if why else f"✅ {case.title}"
    rule = broken_rule(question, hidden_tests="nothing") if case.role is Role.RULE else ""
    reasons = [problem or "", question.message, case.message, rule]
    return f"❌ {case.title}: {case.outcome.value}\n" + "\n".join(plain(r) for r in reasons if r)


def write_pickle(result: SubmissionResult, path: Path) -> None:
    """Write what `otter grade` takes out of a container.

    It is unpickled on the instructor's machine, which need not know this kit: it holds Otter's classes alone.
    Why nothing could be graded becomes the status of the submission's row.
    """
    # Of all Otter this takes the test files alone (see `judge/otter_tests`), a second of a processor less.
    from otter.test_files import GradingResults

    if result.problem is None:
        results = GradingResults(test_files(tell(result)))
    else:
        results = GradingResults.without_results(RuntimeError(result.problem))
    write_atomically(path, dumps(results))

"""What the student's code said, taken from a run in which it saw no hidden test.

A hidden test calls the student's code with its inputs. Code that keeps them (in a file, say) could put
them into an exception of a later cell, or into a result that a later public test complains of, and there
the student would read them. So whatever was said after the first hidden test is not shown: the cells and
those public tests are run again, without hidden tests, and what is said then is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from autograder.judge.otter_tests import ExceptionTestFile
from autograder.judge.plan import Plan
from autograder.outcome.results import CaseResult, CellError, Graded, Outcome, QuestionResult

UNSTEADY = "The check did not pass. Why differs from run to run."


@dataclass
class Hearsay:
    """What was said too late to be shown as it is."""

    after_hidden: bool = False
    """Whether a hidden test was run."""
    questions: set[str] = field(default_factory=set)
    cells: bool = False

    def __bool__(self) -> bool:
        return self.cells or bool(self.questions)

    def note_cell(self) -> None:
        """Take down that a cell raised."""
        self.cells |= self.after_hidden

    def note_question(self, result: QuestionResult, tests: ExceptionTestFile) -> None:
        """Take down what the tests of a question found."""
        hidden = [case.hidden for case in tests.test_cases]
        in_order = hidden == sorted(hidden)  # the public ones first
        if _says_something(result) and (self.after_hidden or not in_order):
            self.questions.add(result.name)
        self.after_hidden |= any(case.hidden for case in result.cases)


def _says_something(result: QuestionResult) -> bool:
    return any(case.message for case in result.cases if not case.hidden) or bool(result.message)


def plan_again(plan: Plan, questions: set[str]) -> Plan:
    """Return the plan that judges only `questions`, after all the cells."""
    after = {
        number: [stand for stand in judged if stand.question.name in questions]
        for number, judged in plan.judged_after.items()
    }
    return replace(plan, judged_after=after, missing={})


def quoted(result: QuestionResult, again: QuestionResult | None) -> QuestionResult:
    """Return `result` with the words of `again`, which saw no hidden test."""
    said = {case.name: case for case in again.cases} if again is not None else {}
    cases = tuple(
        case
        if case.hidden or case.outcome is Outcome.PASSED
        else _quoted_case(case, said.get(case.name))
        for case in result.cases
    )
    message = again.message if again is not None and again.outcome is result.outcome else ""
    return replace(result, cases=cases, message=message)


def withheld(graded: Graded, hearsay: Hearsay) -> Graded:
    """Return `graded` without the words that a second run is still to confirm."""
    questions = tuple(
        quoted(result, None) if result.name in hearsay.questions else result
        for result in graded.questions
    )
    errors = quoted_errors(list(graded.cell_errors), []) if hearsay.cells else graded.cell_errors
    return replace(graded, questions=questions, cell_errors=tuple(errors))


def _quoted_case(case: CaseResult, again: CaseResult | None) -> CaseResult:
    if again is None or again.outcome is Outcome.PASSED:
        return replace(case, message=UNSTEADY if case.message else "")
    return replace(case, message=again.message)


def quoted_errors(errors: list[CellError], again: list[CellError]) -> list[CellError]:
    """Return the cells' errors in the words of the second run."""
    said: dict[int, list[CellError]] = defaultdict(list)
    for error in again:
        said[error.cell].append(error)
    return [
        said[error.cell].pop(0)
        if said[error.cell]
        else replace(error, line=None, message="The cell stopped.")
        for error in errors
    ]

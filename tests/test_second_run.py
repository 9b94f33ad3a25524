"""What was said after a hidden test is said in the words of a run that saw none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from autograder.judge.second_run import UNSTEADY, Hearsay, plan_again, quoted, quoted_errors
from autograder.outcome.results import CaseResult, CellError, Outcome, QuestionResult
from tests.test_plan import CHECK_RELU, CHECK_TANH, RELU, TANH, plan

SECRET = "the secret is 7"


def case(title: str, message: str = "", *, hidden: bool = False) -> CaseResult:
    outcome = Outcome.FAILED if message else Outcome.PASSED
    return CaseResult(title, title, hidden, 1.0, outcome, message)


def question(name: str, *cases: CaseResult) -> QuestionResult:
    failed = any(case.outcome is Outcome.FAILED for case in cases)
    return QuestionResult(name, cases, Outcome.FAILED if failed else Outcome.PASSED)


def file_with(*hidden: bool) -> Any:
    return SimpleNamespace(test_cases=[SimpleNamespace(hidden=each) for each in hidden])


def test_what_is_said_before_any_hidden_test_stands() -> None:
    hearsay = Hearsay()
    hearsay.note_cell()
    hearsay.note_question(
        question("relu", case("a", "no"), case("b", hidden=True)), file_with(False, True)
    )
    assert not hearsay
    hearsay.note_question(question("tanh", case("a", "no")), file_with(False))
    hearsay.note_question(question("silent", case("a")), file_with(False))
    hearsay.note_cell()
    assert hearsay.questions == {"tanh"} and hearsay.cells


def test_a_hidden_test_before_a_public_one_makes_its_own_question_hearsay() -> None:
    hearsay = Hearsay()
    hearsay.note_question(
        question("relu", case("a", hidden=True), case("b", "no")), file_with(True, False)
    )
    assert hearsay.questions == {"relu"}


def test_the_words_are_the_second_runs() -> None:
    first = question("relu", case("a", SECRET), case("b", SECRET), case("c", "hint", hidden=True))
    again = question("relu", case("a", "no"), case("b"))
    words = [case.message for case in quoted(first, again).cases]
    assert words == ["no", UNSTEADY, "hint"]
    assert [case.message for case in quoted(first, None).cases] == [UNSTEADY, UNSTEADY, "hint"]


def test_a_cells_error_that_the_second_run_does_not_have_loses_its_words_and_its_line() -> None:
    first = [CellError(1, 2, SECRET), CellError(3, 4, SECRET)]
    told = quoted_errors(first, [CellError(3, 5, "no")])
    assert told == [CellError(1, None, "The cell stopped."), CellError(3, 5, "no")]


def test_the_second_run_judges_only_what_is_hearsay() -> None:
    again = plan_again(plan(RELU, CHECK_RELU, TANH, CHECK_TANH), {"tanh"})
    judged = [stand.question.name for stands in again.judged_after.values() for stand in stands]
    assert judged == ["tanh"] and len(again.cells) == 4 and not again.missing

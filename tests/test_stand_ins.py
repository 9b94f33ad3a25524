"""A working version of an earlier answer is lent where that answer is wrong, and the student is told."""

from __future__ import annotations

from typing import Any

from autograder.border.requests import Define, Lookup, ToSnapshot
from autograder.judge.answered import Stand
from autograder.judge.stand_ins import lend
from autograder.outcome.results import Outcome, QuestionResult
from tests.test_plan import MANIFEST

WORKING = "def relu(X):\n    return X * (X > 0)"
WITH_RELU = MANIFEST.model_copy(update={"stand_ins": {"relu": WORKING}})
RIGHT, WRONG = (QuestionResult("relu", (), how) for how in (Outcome.PASSED, Outcome.FAILED))


class Snapshot:
    """Takes down what it is asked for, and knows the names that it was given."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.defined: list[str] = []

    def ask(self, request: ToSnapshot) -> Any:
        match request:
            case Define(source):
                self.defined.append(source)
            case Lookup(name) if name not in self.names:
                raise KeyError(name)


def told(
    snapshot: Snapshot, uses: str = "relu", *, left_out: bool = False, **results: QuestionResult
) -> str:
    stand = Stand(MANIFEST.questions[1], 1, 1, 1, frozenset({uses}), frozenset({uses}))
    return lend(snapshot, stand, WITH_RELU, results, left_out)  # type: ignore[arg-type]


def test_a_wrong_answer_that_is_called_is_replaced_and_that_is_said() -> None:
    snapshot = Snapshot("relu")
    assert "working `relu` in place of yours" in told(snapshot, relu=WRONG)
    assert snapshot.defined == [WORKING]


def test_a_right_answer_stays() -> None:
    snapshot = Snapshot("relu")
    assert told(snapshot, relu=RIGHT) == "" and not snapshot.defined


def test_a_right_answer_whose_cell_was_left_out_since_is_lent_too() -> None:
    there, gone = Snapshot("relu"), Snapshot()
    assert told(there, left_out=True, relu=RIGHT) == "" and not there.defined
    assert "working `relu`" in told(gone, left_out=True, relu=RIGHT) and gone.defined == [WORKING]


def test_where_the_question_comes_later_only_a_missing_answer_is_lent() -> None:
    there, missing = Snapshot("relu"), Snapshot()
    assert told(there) == "" and not there.defined
    assert "working `relu`" in told(missing) and missing.defined == [WORKING]


def test_what_the_answer_does_not_read_is_lent_without_a_word() -> None:
    snapshot = Snapshot()
    assert told(snapshot, uses="sigmoid", relu=WRONG) == "" and snapshot.defined == [WORKING]

"""Of a hidden test's mismatch a student reads the kind, and the kind is true."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch

from autograder.judge.exceptions import BorderMisuse, student_error
from autograder.judge.instruments import JudgeTools
from autograder.judge.messages import verdict
from autograder.results import Outcome


@pytest.mark.parametrize(
    ("got", "expected", "kind"),
    [
        (torch.tensor([1.0, -2.0]), torch.tensor([1.0, 0.0]), "wrong values"),
        (torch.tensor([1.0, math.nan]), torch.tensor([1.0, 2.0]), "not finite"),
        (torch.tensor([1.0, -math.inf]), torch.tensor([1.0, 2.0]), "not finite"),
        (1.5, 0.0, "wrong values"),
        (math.nan, 1.0, "not finite"),
        (torch.ones(2, 1), torch.ones(2), "wrong shape"),
        (torch.ones(2, dtype=torch.float64), torch.ones(2), "wrong dtype"),
    ],
)
def test_a_hidden_mismatch_is_told_by_its_kind(got: object, expected: object, kind: str) -> None:
    with pytest.raises(AssertionError) as caught:
        torch.testing.assert_close(got, expected)
    told = verdict(caught.value, question="relu", hidden=True, test_path="")
    assert kind in told.message


def raised(source: str) -> Exception:
    with pytest.raises(Exception) as caught:
        exec(source, {})
    return caught.value


@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize(
    "source",
    [
        "nowhere",
        "def f():\n    a = b\n    b = 1\nf()",
        "import nowhere",
        "from math import nowhere",
    ],
)
def test_a_slip_in_the_code_of_a_test_is_not_told_as_the_students(
    source: str, hidden: bool
) -> None:
    told = verdict(raised(source), question="relu", hidden=hidden, test_path="")
    assert told.outcome is Outcome.GRADER_ERROR and "not your fault" in told.message


@pytest.mark.parametrize("kind", ["NameError", "UnboundLocalError", "ImportError"])
def test_the_same_exception_in_the_students_code_is_the_students(kind: str) -> None:
    error = student_error({"classes": [kind, "Exception"], "message": "x", "place": [2, 1]})
    told = verdict(error, question="relu", hidden=True, test_path="")
    assert told.outcome is Outcome.ERROR and kind in told.message


def test_what_judge_does_not_have_is_told_with_what_it_has(tmp_path: Path) -> None:
    tools = JudgeTools(None, {}, tmp_path)  # type: ignore[arg-type]  # it asks for nothing
    with pytest.raises(BorderMisuse, match=r"judge has no prob \(did you mean 'probe'\?\)"):
        tools.prob(1)
    assert not hasattr(tools, "__array__")

"""Of a hidden test's mismatch a student reads the kind, and the kind is true."""

from __future__ import annotations

import math
import socket
from pathlib import Path

import pytest
import torch

from autograder.border.replies import ErrorReport
from autograder.judge.exceptions import BorderMisuse, student_error
from autograder.judge.instruments import JudgeTools
from autograder.judge.messages import verdict
from autograder.judge.quoting import quote
from autograder.outcome.results import Outcome, Role


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


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.CORE, "wrong values"), (Role.RULE, "this was not looked at")]
)
def test_a_rule_whose_watched_call_returned_something_wrong_is_said_to_be_open(
    role: Role, kind: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        torch.testing.assert_close(torch.zeros(2), torch.ones(2))
    told = verdict(caught.value, question="relu", hidden=True, test_path="", role=role)
    assert kind in told.message


def test_a_rule_that_only_asserts_is_broken_where_it_does_not_hold() -> None:
    told = verdict(
        raised("assert not 1"), question="relu", hidden=True, test_path="", role=Role.RULE
    )
    assert "not looked at" not in told.message


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
    error = student_error(ErrorReport([kind, "Exception"], "x", 2, 1), {2: 1})
    told = verdict(error, question="relu", hidden=True, test_path="")
    assert told.outcome is Outcome.ERROR and kind in told.message


def test_what_judge_does_not_have_is_told_with_what_it_has(tmp_path: Path) -> None:
    tools = JudgeTools(None, {}, tmp_path)  # type: ignore[arg-type]  # it asks for nothing
    with pytest.raises(BorderMisuse, match=r"judge has no prob \(did you mean 'probe'\?\)"):
        tools.prob(1)
    assert not hasattr(tools, "__array__")


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("No such file: '/home/teacher/course/hw4/data.csv'", "No such file: '…/data.csv'"),
        ("in ~teacher/.ssh/id_rsa", "in …/id_rsa"),
        (r"C:\Users\teacher\hw\data.csv", r"…\data.csv"),
        ("root:x:0:0:root:/root:/bin/bash\nme:x:1000:1000::/home/me:/bin/sh", "…\n…"),
        ("at teachers-laptop.local, teachers-laptop.", "at …, …."),
        ("a and/or b, 3/4/5, shape (2, 3) / 4", "a and/or b, 3/4/5, shape (2, 3) / 4"),
        ("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)",) * 2,
        ("slice 1:2:3, time 12:30:45, einsum 'ij,jk->ik'",) * 2,
    ],
)
def test_a_students_words_are_quoted_without_the_machines(
    said: str, quoted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "teachers-laptop.local")
    assert quote(said) == quoted


def test_a_place_outside_the_notebook_is_none() -> None:
    for cell, line in ((3, 1), (2, 8), (2, 0), (2, -1), (2, 2**70), (0, 0)):
        report = ErrorReport(["ValueError"], "", cell, line)
        assert student_error(report, {2: 7}).place is None
    assert student_error(ErrorReport(["ValueError"], "", 2, 7), {2: 7}).place == (2, 7)


def test_of_a_hidden_tests_exception_the_text_the_place_and_a_rare_class_are_kept_back() -> None:
    report = ErrorReport(["TabError", "Exception"], "[1.5, 2.5]", 2, 7)
    told = verdict(student_error(report, {2: 7}), question="relu", hidden=True, test_path="")
    assert told.message == "Your code raised an exception"
    assert told.placed == "Your code raised an exception (cell 2, line 7)"
    assert "line 7" in told.staff_message


def test_braces_in_a_students_words_stay_braces() -> None:
    report = ErrorReport(["KeyError"], "{a} {} {0!r}", 2, 7)
    told = verdict(student_error(report, {2: 7}), question="relu", hidden=False, test_path="")
    assert told.placed == "Your code raised KeyError: {a} {} {0!r} (cell 2, line 7)"


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("Torch not compiled with CUDA enabled", "`torch.cuda.is_available()`"),
        ("EOF when reading a line", "`input()`"),
    ],
)
def test_what_an_answer_lacks_here_is_told_in_public_tests(text: str, way_out: str) -> None:
    error = student_error(ErrorReport(["Exception"], text, 2, 7), {2: 7})
    said = [verdict(error, question="", hidden=h, test_path="").placed for h in (False, True)]
    assert way_out in said[0] and way_out not in said[1]

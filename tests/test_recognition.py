"""A mistake is called by its name, in whatever code it stands, and none is called by another's."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.border.wire import WireError
from autograder.intake.notebook import read_notebook
from autograder.judge.agreement import agree
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.recognition import Explained, with_hints
from autograder.judge.rehearsal import Rehearsal
from autograder.judge.several_seeds import judge_from
from autograder.judge.shelf import Shelf
from autograder.judge.stage import REFERENCE
from autograder.judge.trace import Draws, Observation, Trace, Tried
from autograder.judge.warm_parents import WarmParent, WarmParents
from autograder.outcome.results import CaseResult, Outcome, QuestionResult
from tests.example_class import solved, with_answer
from tests.strangers import STRANGERS, Stranger


@pytest.fixture(scope="module")
def bundle(built_hw4: Path) -> Iterator[Bundle]:
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as opened:
        yield opened


@pytest.fixture(scope="module")
def grader(bundle: Bundle) -> Iterator[Grader]:
    warm_parents = WarmParents(bundle.manifest.preload)
    grader = Grader(bundle, warm_parents.clone(), warm_parents.clone)
    yield grader
    grader.close()
    warm_parents.close()


def graded(grader: Grader, tmp_path: Path, question: str, source: str) -> QuestionResult:
    path = tmp_path / "hw4_mlp.ipynb"
    path.write_text(json.dumps(with_answer(solved(), question, source)), encoding="utf-8")
    (result,) = grader.grade(read_notebook(path), only=frozenset([question])).questions
    return result


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda stranger: stranger.mistake)
def test_a_mistake_is_named_in_other_code(
    grader: Grader, bundle: Bundle, tmp_path: Path, stranger: Stranger
) -> None:
    result = graded(grader, tmp_path, stranger.question, stranger.source)
    known = {answer.name: answer for answer in bundle.mistakes.wrong[stranger.question]}
    assert result.outcome is not Outcome.PASSED
    assert {case.hint for case in result.cases if case.hint} == {known[stranger.mistake].hint}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("X.double().abs()", id="in double precision"),
        pytest.param("torch.from_numpy(abs(X.detach().numpy()))", id="without a gradient"),
    ],
)
def test_wrong_numbers_are_named_whatever_else_is_wrong_with_them(
    grader: Grader, bundle: Bundle, tmp_path: Path, source: str
) -> None:
    result = graded(grader, tmp_path, "relu", f"def relu(X):\n    return {source}\n")
    (hint,) = (a.hint for a in bundle.mistakes.wrong["relu"] if a.name == "absolute_value")
    assert {case.hint for case in result.cases if case.hint} == {hint}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def relu(X):\n    return X.clamp(min=0) + 0.125\n", id="an unknown mistake"),
        pytest.param("def relu(X):\n    return X.undefined\n", id="a slip"),
        pytest.param("def relu(X):\n    return X * (X > 0)\n", id="a right answer"),
        pytest.param(
            "def relu(X):\n    return list(X.clamp(min=0))\n", id="right numbers in a list"
        ),
        pytest.param(
            "def relu(X):\n    return X.double().clamp(min=0)\n", id="right numbers in double"
        ),
        pytest.param(
            "def relu(X):\n    return X.detach().clamp(min=0).numpy()\n",
            id="right numbers in an array",
        ),
    ],
)
def test_what_is_no_known_mistake_gets_no_hint(grader: Grader, tmp_path: Path, source: str) -> None:
    result = graded(grader, tmp_path, "relu", source)
    assert not [case.hint for case in result.cases if case.hint]


def test_a_count_that_is_a_mistakes_by_chance_does_not_name_it(
    grader: Grader, tmp_path: Path
) -> None:
    """In one test case it is what one mistake counts, in the next what another does."""
    source = "def dead_units(X, W, b):\n    return int((relu(X @ W + b) == 0).all(dim=0)[0])\n"
    result = graded(grader, tmp_path, "dead_units", source)
    assert not [case.hint for case in result.cases if case.hint]


def test_two_mistakes_are_each_named_where_they_show(grader: Grader, tmp_path: Path) -> None:
    """Integers come back as floats, and the result is cut from the graph: each shows in a test of its own."""
    source = "def relu(X):\n    cut = X.detach().clamp(min=0)\n    return cut if X.is_floating_point() else cut.float()\n"
    result = graded(grader, tmp_path, "relu", source)
    hints = {case.title: case.hint for case in result.cases if case.hint}
    assert "dtype" in hints["relu keeps shape and dtype"]
    assert "graph" in hints["relu has the right gradient"]


def test_a_hidden_tests_hint_takes_the_place_of_the_kind_of_mismatch(
    grader: Grader, tmp_path: Path
) -> None:
    result = graded(grader, tmp_path, "relu", STRANGERS[0].source)
    hidden = [case for case in result.cases if case.hidden and case.hint]
    assert hidden and all(case.words == case.hint for case in hidden)


def test_what_the_course_tries_is_tried_once_for_the_class(bundle: Bundle) -> None:
    question = next(q for q in bundle.manifest.questions if q.name == "relu")
    wrong = bundle.mistakes.wrong["relu"][0]
    rehearsal = Rehearsal(bundle, WarmParent(bundle.manifest.preload))
    try:
        right = rehearsal.tried(question, REFERENCE, [1, 2])
        assert all(tried.passed for tried in right.values())
        assert rehearsal.tried(question, REFERENCE, [2])[2] is right[2]
        assert not all(t.passed for t in rehearsal.tried(question, wrong, [1, 2, 3]).values())
        rehearsal.start_from(rehearsal.selection.seed)
        assert rehearsal.tried(question, REFERENCE, [1])[1] is right[1]
        rehearsal.start_from(rehearsal.selection.seed + 1)
        assert rehearsal.tried(question, REFERENCE, [1])[1] is not right[1]
    finally:
        rehearsal.close()


def test_what_one_judge_tried_no_other_judge_of_the_run_tries_again(
    bundle: Bundle, tmp_path: Path
) -> None:
    shared = Bundle(bundle.manifest, bundle.folder, bundle.files, shelf=tmp_path)
    asked = [
        (question, answer)
        for question in bundle.manifest.questions
        if question.name in ("relu", "dropout_layer", "MLP", "num_params")
        for answer in (REFERENCE, *bundle.mistakes.wrong[question.name])
    ]
    assert len(asked) > 10
    one, other = (Rehearsal(shared, WarmParent(bundle.manifest.preload)) for _ in range(2))
    other.close()  # whatever it would have to try itself raises from now on
    try:
        for question, answer in asked:
            numbers = list(range(1, len(bundle.tests[question.name].test_cases) + 1))
            first = one.tried(question, answer, numbers)
            second = other.tried(question, answer, numbers)
            for number in numbers:
                assert second[number].outcome is first[number].outcome
                assert agree(second[number].trace, first[number].trace)
    finally:
        one.close()
    with pytest.raises(WireError):
        other.tried(*asked[0], [1], shift=1)


def test_what_lies_unreadable_on_the_shelf_is_tried_again(bundle: Bundle, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    draws = Draws(test=True, answer=False)
    tried = {(1, 0): Tried(Outcome.FAILED, Trace([Observation(("number", 1))]), draws)}
    shelf.put(tried, "relu", "abs", 0)
    assert shelf.take("relu", "abs", 0) == tried
    (path,) = tmp_path.iterdir()
    path.write_text("__import__('os').abort()")
    assert shelf.take("relu", "abs", 0) == {}


def test_from_several_random_states_an_answer_is_judged_afresh_each_time(
    grader: Grader, tmp_path: Path
) -> None:
    """Each in a snapshot of its own: what the answer keeps in one, no other finds."""
    source = (
        "kept = []\n\ndef relu(X):\n    kept.append(X)\n"
        "    return torch.zeros_like(X) if len(kept) > 30 else torch.maximum(X, torch.zeros_like(X))\n"
    )
    path = tmp_path / "hw4_mlp.ipynb"
    path.write_text(json.dumps(with_answer(solved(), "relu", source)), encoding="utf-8")
    judged = judge_from(grader, read_notebook(path), "relu", [0, 3, 4])
    assert [each.result.outcome for each in judged.values()] == [Outcome.PASSED] * 3
    draws = [[each.draws for each in one.tried.values()] for one in judged.values()]
    assert draws[0] == draws[1] == draws[2]
    assert (
        Draws(test=False, answer=False) in draws[0] and Draws(test=True, answer=False) in draws[0]
    )


def test_a_mistake_is_told_at_the_case_that_it_explains() -> None:
    cases = [CaseResult(f"relu - {n}", "", False, 1.0, Outcome.FAILED) for n in (1, 2)]
    tests: Any = SimpleNamespace(test_cases=cases)
    result = QuestionResult("relu", tuple(cases), Outcome.FAILED)
    first, second = with_hints(result, {2: Explained("flipped", "turn it")}, tests).cases
    assert (first.hint, first.mistake) == ("", "")
    assert (second.hint, second.mistake) == ("turn it", "flipped")


def test_the_wrong_answers_of_the_course_reach_no_student(built_hw4: Path) -> None:
    with zipfile.ZipFile(built_hw4 / "hw4_mlp-student.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"absolute_value" not in content and b"must not change sign" not in content


def test_an_answer_that_was_left_for_one_student_is_tried_further_for_the_next(
    grader: Grader, bundle: Bundle, tmp_path: Path
) -> None:
    """Each is compared with what the ones before had tried of the course's answers, and named all the same."""
    assert grader.recogniser is not None
    grader.recogniser.rehearsal._known.clear()
    question = next(q for q in bundle.manifest.questions if q.name == "relu")
    sources = [answer.source for answer in bundle.mistakes.wrong["relu"]]
    alone = [graded(grader, tmp_path, "relu", sources[0])]
    known = grader.recogniser.rehearsal._known
    tried = [
        each
        for (name, _), of_one in known.items()
        if name == question.name
        for each in of_one.values()
    ]
    assert any(each.outcome is None for each in tried)
    alone += [graded(grader, tmp_path, "relu", source) for source in sources[1:]]
    known.clear()
    backwards = [graded(grader, tmp_path, "relu", source) for source in reversed(sources)]
    hints = [[case.hint for case in result.cases] for result in alone]
    assert hints == [[case.hint for case in result.cases] for result in reversed(backwards)]

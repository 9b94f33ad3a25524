"""A mistake is called by its name, in whatever code it stands, and none is called by another's."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParents
from autograder.results import Outcome, QuestionResult
from tests.example_class import solved, with_answer

STRANGERS = {
    "relu": {
        "absolute_value": "def relu(X):\n    return (X * X).sqrt()\n",
        "leaky_slope": "def relu(X):\n    return X.clamp(min=0) + 0.01 * X.clamp(max=0)\n",
        "softplus": "def relu(X):\n    return (1 + X.double().exp()).log().to(X.dtype)\n",
    },
    "mlp_forward": {
        "relu_on_the_output": """
            def mlp_forward(X, params):
                W1, b1, W2, b2 = params
                hidden = torch.clamp(torch.addmm(b1, torch.flatten(X, 1), W1), min=0)
                scores = torch.addmm(b2, hidden, W2)
                return torch.where(scores > 0, scores, torch.zeros_like(scores))
        """,
        "no_relu": """
            def mlp_forward(X, params):
                A, a, B, b = params
                return (X.flatten(1) @ A + a) @ B + b
        """,
    },
    "init_mlp_params": {
        "sigma_as_variance": """
            def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
                def weight(rows, columns):
                    drawn = torch.empty(rows, columns).normal_(0, sigma**0.5)
                    return drawn.requires_grad_()

                b2 = torch.zeros(num_outputs).requires_grad_()
                W2 = weight(num_hiddens, num_outputs)
                W1 = weight(num_inputs, num_hiddens)
                return [W1, torch.zeros(num_hiddens).requires_grad_(), W2, b2]
        """,
    },
    "weight_count": {"biases_counted": "weight_count = 65_000_000 + 547_010\n"},
}
"""Wrong answers as somebody else would write them, by question and by the mistake they make."""


@pytest.fixture(scope="module")
def bundle(built_hw4: Path) -> Iterator[Bundle]:
    with OpenBundle(built_hw4 / "hw4_mlp-autograder.zip") as opened:
        yield opened


@pytest.fixture(scope="module")
def grader(bundle: Bundle) -> Iterator[Grader]:
    warm_parents = WarmParents(bundle.manifest.preload, nullcontext(True))
    grader = Grader(bundle, warm_parents.clone(), warm_parents.clone)
    yield grader
    grader.close()
    warm_parents.close()


def graded(grader: Grader, tmp_path: Path, question: str, source: str) -> QuestionResult:
    lines = source.strip("\n").split("\n")
    indent = len(lines[0]) - len(lines[0].lstrip())
    answer = "\n".join(line[indent:] for line in lines) + "\n"
    path = tmp_path / "hw4_mlp.ipynb"
    path.write_text(json.dumps(with_answer(solved(), question, answer)), encoding="utf-8")
    (result,) = grader.grade(read_notebook(path), only=frozenset([question])).questions
    return result


@pytest.mark.parametrize(
    ("question", "mistake"),
    [(question, mistake) for question, answers in STRANGERS.items() for mistake in answers],
)
def test_a_mistake_is_named_in_other_code(
    grader: Grader, bundle: Bundle, tmp_path: Path, question: str, mistake: str
) -> None:
    result = graded(grader, tmp_path, question, STRANGERS[question][mistake])
    (known,) = (answer for answer in bundle.mistakes.wrong[question] if answer.name == mistake)
    assert result.outcome is not Outcome.PASSED
    assert {case.hint for case in result.cases if case.hint} == {known.hint}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def relu(X):\n    return X.clamp(min=0) + 0.125\n", id="an unknown mistake"),
        pytest.param("def relu(X):\n    return X.undefined\n", id="a slip"),
        pytest.param("def relu(X):\n    return X * (X > 0)\n", id="a right answer"),
    ],
)
def test_what_is_no_known_mistake_gets_no_hint(grader: Grader, tmp_path: Path, source: str) -> None:
    result = graded(grader, tmp_path, "relu", source)
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
    result = graded(grader, tmp_path, "relu", STRANGERS["relu"]["absolute_value"])
    hidden = [case for case in result.cases if case.hidden and case.hint]
    assert hidden and all(case.words == case.hint for case in hidden)


def test_the_wrong_answers_of_the_course_reach_no_student(built_hw4: Path) -> None:
    with zipfile.ZipFile(built_hw4 / "hw4_mlp-student.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"absolute_value" not in content and b"must not change sign" not in content

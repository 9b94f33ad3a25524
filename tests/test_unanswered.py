"""Where an answer stands, and what is said where there is none: read from cells that are never run."""

from __future__ import annotations

import pytest

from autograder.intake.notebook import Cell, Notebook
from autograder.judge.answered import Answers, sources_of
from autograder.judge.unanswered import what_stops, why_unanswered
from tests.test_plan import CHECK_RELU, MANIFEST, RELU, STUBS, TANH

RELU_QUESTION = MANIFEST.questions[0]


def notebook(*sources: str, texts: tuple[str, ...] = ()) -> Notebook:
    return Notebook(
        None, tuple(Cell(n, source) for n, source in enumerate(sources, 1)), texts=texts
    )


def why(*sources: str, texts: tuple[str, ...] = ()) -> str:
    read = notebook(*sources, texts=texts)
    return why_unanswered(RELU_QUESTION, read, Answers(read, MANIFEST), MANIFEST)


def test_the_last_answer_counts_and_a_copy_of_the_stub_takes_none_away() -> None:
    answers = Answers(notebook(RELU, RELU + "  # again", STUBS["relu"], CHECK_RELU), MANIFEST)
    assert answers.place == {"relu": 2} and answers.parts(RELU_QUESTION) == {2}
    assert sources_of(notebook(RELU, TANH), MANIFEST) == {"relu": RELU, "tanh": TANH, "count": ""}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ((STUBS["relu"],), "the stub is as you were given it"),
        ((TANH,), "no cell of your notebook defines `relu`"),
        (("def Relu(X):\n    return X",), "you define `Relu`, and the question asks for `relu`"),
        (("def my_relu(X):\n    return X",), "you define `my_relu`"),
        (("%%script echo\n" + RELU,), "cell 1 begins with `%%script`"),
    ],
    ids=["stub", "nothing", "capitals", "my_", "magic"],
)
def test_why_there_is_no_answer_is_told_with_the_way_on(
    sources: tuple[str, ...], said: str
) -> None:
    assert said in why(*sources)


def test_an_answer_in_a_text_cell_is_found() -> None:
    assert "a text cell holds your `relu`" in why(STUBS["relu"], texts=(RELU,))


def test_a_raise_that_was_left_below_is_pointed_at() -> None:
    left = Answers(notebook(RELU + '\n    raise NotImplementedError("relu")'), MANIFEST)
    assert "delete that line" in what_stops(RELU_QUESTION, left)
    assert what_stops(RELU_QUESTION, Answers(notebook(RELU), MANIFEST)) == ""

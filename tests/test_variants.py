"""Wrong and right answers beside a question: what is read of them, and what is said of slips."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.script import Place
from autograder.authoring.variants import Kind, Variant, read_variants, sampled
from autograder.errors import KitError

WRONG = '''\
import torch

from autograder.authoring.marks import wrong


@wrong(hint="This is |x|. " "Negative entries must become 0.")
def absolute_value():
    # what a student wrote
    def relu(X):
        """Mine."""
        return torch.abs(X)


@wrong(hint="Count again.")
def quiz_of_two_lines():
    a = 1
    relu = a
'''
RIGHT = """\
from autograder.authoring.marks import right


@right
def clamp():
    @staticmethod
    def relu(X):
        return X.clamp(min=0)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an assignment with one question."""
    question = tmp_path / "solutions" / "hw" / "relu"
    question.mkdir(parents=True)
    (question / "wrong.py").write_text(WRONG)
    (question / "right.py").write_text(RIGHT)
    return question.parent


def test_the_body_of_a_marked_function_is_the_answer_cell(folder: Path) -> None:
    absolute, quiz, clamp = read_variants(folder, ["relu"])
    assert absolute.source == (
        "# what a student wrote\n"
        'def relu(X):\n    """Mine."""\n    return torch.abs(X)\n'
    )  # fmt: skip
    assert quiz.source == "a = 1\nrelu = a\n"
    assert clamp.source.startswith("@staticmethod\ndef relu(X):\n")
    assert [v.kind for v in (absolute, quiz, clamp)] == [Kind.WRONG, Kind.WRONG, Kind.RIGHT]
    assert absolute.hint == "This is |x|. Negative entries must become 0."
    assert str(absolute.place) == "solutions/hw/relu/wrong.py, line 7"
    assert {v.question for v in (absolute, quiz, clamp)} == {"relu"}


def test_a_question_without_variants_has_none(folder: Path) -> None:
    assert read_variants(folder, ["tanh"]) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("wrong.py", '@wrong(hint="Count again.")', "", 15, '@wrong(hint="…")'),
        ("wrong.py", '@wrong(hint="Count again.")', "@wrong()", 15, '@wrong(hint="…")'),
        ("wrong.py", '"Count again."', 'f"Count {again}."', 15, "not a plain string"),
        ("wrong.py", "relu = a", "relu = ", 17, "not Python"),
        ("right.py", "@right", "@wright", 5, "put `@right` above it"),
        ("right.py", "@right", '@right("relu")', 5, "put `@right` above it"),
    ],
)
def test_a_slip_in_a_mark_is_told_with_its_file_and_line(
    folder: Path, file: str, old: str, new: str, line: int, says: str
) -> None:
    path = folder / "relu" / file
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(KitError) as caught:
        read_variants(folder, ["relu"])
    assert str(caught.value).startswith(f"solutions/hw/relu/{file}, line {line}: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("few", "wrong", "right"),
    [
        (1, "a", "a"),
        (2, "ad", "a"),
        (3, "ace", "ad"),
        (5, "abcde", "ace"),
        (9, "abcde", "abcde"),
    ],
)
def test_a_sample_has_the_first_answer_and_is_spread_over_the_rest(
    few: int, wrong: str, right: str
) -> None:
    place = Place(Path("wrong.py"), 1)
    variants = [
        Variant(kind, question, name, "", place)
        for kind in Kind
        for question in ("relu", "tanh")
        for name in "abcde"
    ]
    taken = sampled(variants, few)
    for kind, names in ((Kind.WRONG, wrong), (Kind.RIGHT, right)):
        for question in ("relu", "tanh"):
            mine = [v.name for v in taken if (v.kind, v.question) == (kind, question)]
            assert "".join(mine) == names

"""Which cell answers which question, and as of when it is judged: read from a notebook without running it."""

from __future__ import annotations

import re

import pytest

from autograder.course.manifest import Manifest, QuestionManifest
from autograder.course.settings import Limits
from autograder.intake.notebook import Cell, Notebook
from autograder.judge.plan import Plan, make_plan

STUBS = {
    "relu": 'def relu(X):\n    """Return max(X, 0)."""\n    ...  # your code\n    raise NotImplementedError("relu")',
    "tanh": 'def tanh(X):\n    ...  # your code\n    raise NotImplementedError("tanh")',
    "count": "count = ...  # your code",
}
IMPORTS = "import torch"
RELU = "def relu(X):\n    return X.clamp(min=0)"
TANH = "def tanh(X):\n    return torch.tanh(X)"
CHECK_RELU, CHECK_TANH, CHECK_COUNT = (f'grader.check("{name}")' for name in STUBS)
MANIFEST = Manifest(
    assignment="hw",
    title="",
    questions=[
        QuestionManifest(name=name, points=1, defines=[name], stub=stub)
        for name, stub in STUBS.items()
    ],
    set_up=[IMPORTS],
    limits=Limits(),
    hidden_tests="hint",
)


def plan(*sources: str, texts: tuple[str, ...] = ()) -> Plan:
    cells = tuple(Cell(number, source) for number, source in enumerate(sources, 1))
    return make_plan(Notebook(None, cells, texts=texts), MANIFEST)


def judged(*sources: str) -> dict[str, int]:
    """Return after which cell each question is judged."""
    return {s.question.name: n for n, stands in plan(*sources).judged_after.items() for s in stands}


def test_a_question_is_judged_at_its_check() -> None:
    assert judged(RELU, CHECK_RELU, TANH, CHECK_TANH) == {"relu": 2, "tanh": 4}


def test_a_question_without_its_check_is_judged_before_the_next_question() -> None:
    assert judged(RELU, "helper = 1", TANH, CHECK_TANH) == {"relu": 2, "tanh": 4}
    assert judged(RELU, "helper = 1", STUBS["tanh"]) == {"relu": 2}
    assert judged(RELU, "helper = 1", CHECK_TANH) == {"relu": 2}


def test_the_last_question_without_its_check_is_judged_at_the_end() -> None:
    assert judged(RELU, "relu.slope = 1", "x = 2") == {"relu": 3}


def test_a_check_above_its_answer_is_no_check() -> None:
    assert judged(CHECK_RELU, RELU, "x = 1", TANH) == {"relu": 3, "tanh": 4}


def test_a_check_that_is_commented_out_is_no_check() -> None:
    assert judged(RELU, TANH, "# " + CHECK_RELU, CHECK_TANH)["relu"] == 1


def test_checks_may_stand_together_at_the_end() -> None:
    assert judged(RELU, TANH, CHECK_RELU, CHECK_TANH) == {"relu": 3, "tanh": 4}


def test_an_answer_and_its_check_may_share_a_cell() -> None:
    assert judged(f"{RELU}\n\n{CHECK_RELU}", "x = 1") == {"relu": 1}


def test_the_last_of_several_definitions_is_the_answer() -> None:
    assert judged(RELU, CHECK_RELU, TANH, RELU, "x = 1")["relu"] == 5


def test_a_stub_further_down_takes_no_answer_away() -> None:
    found = plan(RELU, CHECK_RELU, STUBS["relu"])
    assert list(found.judged_after) == [2]
    assert [cell.number for cell in found.cells] == [1, 2]


def test_a_stub_is_known_without_its_comments() -> None:
    bare = 'def relu(X):\n    ...\n    raise NotImplementedError("relu")'
    assert plan(bare).missing["relu"].startswith("Not attempted: the stub is as you")


@pytest.mark.parametrize(
    "reuse",
    [
        "relu = relu(torch.ones(2))",
        "for relu in (torch.relu,):\n    print(relu)",
        "relu = nn.ReLU()",
        "with open('x') as relu:\n    pass",
        "from torch import relu",
        "relu += 1",
        "relu = lambda X: torch.relu(X)",
    ],
)
def test_a_later_line_that_borrows_the_name_of_a_definition_is_no_answer(reuse: str) -> None:
    found = plan(RELU, CHECK_RELU, reuse, TANH, CHECK_TANH)
    assert judged(RELU, CHECK_RELU, reuse, TANH, CHECK_TANH) == {"relu": 2, "tanh": 5}
    assert found.sources["relu"] == RELU
    assert "relu" in found.names


def test_a_lambda_above_the_check_is_an_answer() -> None:
    found = plan(RELU, "relu = lambda X: X.clamp(min=0)", "relu = 3", CHECK_RELU)
    assert found.sources["relu"].startswith("relu = lambda")
    assert found.kept == {2: ["relu"]}


def test_a_definition_is_not_kept_at_its_check() -> None:
    assert plan(RELU, "relu = relu(1)", CHECK_RELU).kept == {}


def test_an_import_above_the_stub_is_no_answer() -> None:
    assert "relu" in plan("from torch.nn.functional import relu", STUBS["relu"]).missing


def test_a_value_stands_as_it_was_checked() -> None:
    found = plan("count = 5", CHECK_COUNT, "count = 0\nfor x in y:\n    count += 1")
    assert list(found.judged_after) == [2]
    assert found.kept == {2: ["count"]}


def test_the_last_of_several_checked_values_is_the_answer() -> None:
    assert judged("count = 5", CHECK_COUNT, "count = 6", CHECK_COUNT) == {"count": 4}


def test_a_value_may_be_worked_out_over_several_cells() -> None:
    found = plan("count = 5", "count += 1", CHECK_COUNT)
    assert found.kept == {3: ["count"]}


def test_a_question_waits_for_the_answer_it_calls() -> None:
    calling = "def tanh(X):\n    return relu(X)"
    assert judged(calling, CHECK_TANH, RELU, CHECK_RELU)["tanh"] == 3


def test_a_question_waits_for_helpers_and_imports_below_its_check() -> None:
    answer = "def relu(X):\n    return half(X) + math.pi"
    assert judged(answer, CHECK_RELU, "def half(X): return X", "import math") == {"relu": 4}


def test_a_name_of_pythons_own_is_waited_for_by_nobody() -> None:
    answer = "def relu(X):\n    return max(X, 0)"
    assert judged(answer, CHECK_RELU, "def max(a, b): ...") == {"relu": 2}


@pytest.mark.parametrize("below", ["def helper(): ...", "import m as helper", "helper = 2"])
def test_what_an_answer_needs_and_only_stands_below_its_check_is_waited_for(below: str) -> None:
    answer = "def relu(X):\n    return X * helper"
    assert judged(answer, CHECK_RELU, below) == {"relu": 3}
    assert judged("helper = 1", answer, CHECK_RELU, below) == {"relu": 3}
    assert judged(answer, CHECK_RELU, "for helper in X: pass") == {"relu": 2}


def test_local_names_are_no_uses() -> None:
    answer = "def relu(X):\n    helper = X\n    return helper"
    assert judged(answer, CHECK_RELU, "def helper(): ...") == {"relu": 2}


def test_the_source_of_an_answer_in_a_file_is_the_file() -> None:
    found = plan(f"%%writefile mine.py\n{RELU}", "from mine import relu", CHECK_RELU)
    assert found.sources["relu"] == RELU
    assert list(found.judged_after) == [3]


@pytest.mark.parametrize("take", ["from mine import *", "%run mine.py", "%run -i ./mine.py"])
def test_an_answer_in_a_file_that_is_taken_whole_is_found(take: str) -> None:
    found = plan(f"%%writefile mine.py\n{RELU}", take, CHECK_RELU, "relu = relu(3)")
    assert found.sources["relu"] == RELU
    assert found.kept == {2: ["relu"]}


def test_an_answer_that_is_added_to_a_file_is_found() -> None:
    cells = (f"%%writefile mine.py\n{IMPORTS}", f"%%writefile -a mine.py\n{RELU}")
    assert judged(*cells, "from mine import *", CHECK_RELU) == {"relu": 4}


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile mine.py", "%%timeit -n 1"])
def test_a_magic_that_keeps_an_answer_from_the_notebook_is_named(magic: str) -> None:
    missing = plan(STUBS["tanh"], f"{magic}\n{RELU}").missing["relu"]
    assert f"cell 2 begins with `{magic.split()[0]}`" in missing


@pytest.mark.parametrize(
    "name", ["Relu", "ReLU", "re_lu", "rellu", "rleu", "relus", "relv", "my_relu", "relu_2"]
)
def test_a_slightly_different_name_is_named(name: str) -> None:
    missing = plan(STUBS["relu"], f"def {name}(X):\n    return X").missing["relu"]
    assert f"`{name}`" in missing and "`relu`" in missing


def test_a_different_name_that_is_something_else_is_not_named() -> None:
    text = plan(STUBS["relu"], "from torch.nn import ReLU", "Relu = 3", "def gelu2(X): ...").missing
    assert text["relu"] == "Not attempted: the stub is as you were given it."


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (re.sub("^", "# ", RELU, flags=re.MULTILINE), "commented out (cell 2)"),
        (f'"""\n{RELU}\n"""', "commented out (cell 2)"),
        ("class Mine:\n    def relu(self, X): ...", "within `Mine` (cell 2)"),
        ("def main():\n    def relu(X): ...", "within `main` (cell 2)"),
        ("def main():\n    relu = 3  # relu = 4", "no cell of your notebook"),
        ("# relu is hard\n# def relu(X):", "no cell of your notebook"),
    ],
)
def test_what_keeps_an_answer_from_being_one_is_told(cell: str, why: str) -> None:
    assert why in plan(STUBS["tanh"], cell).missing["relu"]


def test_an_answer_in_a_text_cell_is_named() -> None:
    assert "text cell" in plan(CHECK_RELU, texts=("Some prose.", RELU)).missing["relu"]
    assert "text cell" not in plan(CHECK_RELU, texts=(STUBS["relu"],)).missing["relu"]


def test_an_answer_below_the_stubs_raise_is_named() -> None:
    found = plan(STUBS["relu"] + "\n    return X.clamp(min=0)")
    assert 'raise NotImplementedError("relu")' in found.remarks["relu"]
    assert not plan(RELU).remarks


def test_what_is_no_python_and_looks_like_an_answer_is_one() -> None:
    assert judged("def relu(X)\n    return X", CHECK_RELU) == {"relu": 2}


def test_nothing_is_run_after_the_last_question() -> None:
    assert [cell.number for cell in plan(RELU, CHECK_RELU, "while True: pass").cells] == [1, 2]

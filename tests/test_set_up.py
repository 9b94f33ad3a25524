"""What the notebook as it was handed out sets up is supplied where it is missing, and nowhere else."""

from __future__ import annotations

from typing import Any

from autograder.border.replies import ErrorReport
from autograder.course.manifest import DEMO_TAG
from autograder.intake.notebook import Cell
from autograder.judge.exceptions import student_error
from autograder.judge.set_up import SetUp, set_up_cells, told
from autograder.judge.worker import Ran

SET_UP = SetUp(["import math, json\nlimit = 3", "table = [limit] * size", "size = limit + 1"])


def run(source: str, **namespace: Any) -> dict[str, Any]:
    exec(source, namespace)
    return namespace


def test_a_name_comes_with_what_it_needs_in_order() -> None:
    names = run(SET_UP.cell_for(["table"]).source)
    assert names["table"] == [3, 3, 3, 3] and "json" not in names


def test_what_the_notebook_binds_itself_stays() -> None:
    assert run(SET_UP.cell_for(["table"]).source, limit=1)["table"] == [1, 1]


def test_of_an_import_only_the_name_that_is_missing_is_taken() -> None:
    names = run(SET_UP.cell_for(["math"]).source)
    assert "math" in names and "json" not in names


def test_only_a_name_that_was_set_up_is_lacking() -> None:
    def stopped(name: str) -> Ran:
        report = ErrorReport(["NameError"], f"name '{name}' is not defined")
        return Ran(student_error(report, {}))

    assert SET_UP.lacking(stopped("size")) == {"size"}
    assert SET_UP.lacking(stopped("siez")) == SET_UP.lacking(Ran()) == set()


def test_cells_that_set_up_are_neither_stubs_nor_demonstrations_nor_otters() -> None:
    stub, demo = Cell(2, "f = ..."), Cell(3, "shown = 1", tags=frozenset({DEMO_TAG}))
    cells = [
        Cell(1, "import math"),
        stub,
        demo,
        Cell(4, "import otter\ngrader = 1"),
        Cell(5, "f(1)"),
    ]
    assert set_up_cells(cells, [stub.source]) == ["import math"]


def test_the_sentence_names_what_was_used() -> None:
    assert told([]) == ""
    assert "`a`, `b` and `c`" in told({"c", "a", "b"}) and "`a` here" in told(["a"])

"""Cells on their way through the worker, as far as no worker is needed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from autograder.course.settings import Limits
from autograder.intake.notebook import Cell
from autograder.judge.cells_run import OUT_OF_TIME, CellsRun
from autograder.outcome.results import Outcome
from tests.test_plan import MANIFEST, RELU, plan


def test_when_the_time_is_used_up_no_cell_is_begun_and_each_says_so() -> None:
    limits = Limits(submission_seconds=1).model_copy(update={"submission_seconds": 0})
    bundle: Any = SimpleNamespace(manifest=MANIFEST.model_copy(update={"limits": limits}))
    warm_parent: Any = None  # nobody is asked
    cells = CellsRun(bundle, warm_parent, plan(RELU, "x = 1"))
    for index, cell in enumerate((Cell(1, RELU), Cell(2, "x = 1"))):
        cells.reach(index, cell)
    assert [error.cell for error in cells.errors] == [1, 2]
    assert {lost.outcome for lost in cells.lost.values()} == {Outcome.TIMEOUT}
    assert all(error.message.startswith(OUT_OF_TIME) for error in cells.errors)
    assert cells.behind == 0 and cells.worker is None

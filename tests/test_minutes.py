"""How long a lesson takes is what its headings say together, and some reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.minutes import HEADING, misfit
from autograder.authoring.script import Cell, Place
from tests.lessons import SETTINGS, master_of


@pytest.mark.parametrize("assignment", SETTINGS.assignments)
def test_a_lesson_takes_as_long_as_its_headings_and_some_reading(assignment: str) -> None:
    stated = SETTINGS.assignments[assignment].minutes
    assert stated is not None, f"{assignment} needs `minutes` in grading.yml"
    master = master_of(assignment)
    assert any(HEADING.search(cell.source) for cell in master.cells)
    assert list(misfit(master, stated)) == []


@pytest.mark.parametrize(
    ("stated", "says"), [(60, "say 70 to 105"), (106, "say 70 to 105"), (80, "**80 minutes**")]
)
def test_minutes_that_do_not_fit_are_told_with_those_that_would(stated: int, says: str) -> None:
    text = "## 1 · A (20 min)\n\n## 2 · B (40 min)\n\n**81 minutes**"
    cell = Cell(nbformat.v4.new_markdown_cell(text), Place(Path("intro.py"), 1))
    master = replace(
        master_of("hw4_mlp"), cells=(cell,), questions=master_of("hw4_mlp").questions[:2]
    )
    (told,) = misfit(master, stated)
    assert says in told
    assert list(misfit(master, 81)) == list(misfit(master, None)) == []

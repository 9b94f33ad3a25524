"""Which of several notebooks counts: read from files on disk, nothing is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.intake.pick import Choice, choose
from autograder.intake.walk import Found


def notebook(source: str, assignment: str | None = None) -> str:
    metadata = {"otter": {"assignment_name": assignment}} if assignment else {}
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}
    return json.dumps(document)


def picked(tmp_path: Path, files: dict[str, str], assignment: str | None = "hw4") -> Choice:
    """Choose among files that one student handed in."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return choose(
        [Found((name,), path=tmp_path / name) for name in files], tmp_path / "scratch", assignment
    )


def test_one_notebook_is_it(tmp_path: Path) -> None:
    assert picked(tmp_path, {"a.ipynb": notebook("1")}).notebook == tmp_path / "a.ipynb"


def test_copies_count_as_one_and_the_shortest_name_is_taken(tmp_path: Path) -> None:
    files = {"a (1).ipynb": notebook("1"), "a.ipynb": notebook("1")}
    assert picked(tmp_path, files).notebook == tmp_path / "a.ipynb"


def test_of_two_the_one_that_names_the_assignment_counts(tmp_path: Path) -> None:
    files = {"a.ipynb": notebook("1", "hw3"), "b.ipynb": notebook("2", "hw4")}
    assert picked(tmp_path, files).notebook == tmp_path / "b.ipynb"


def test_where_none_stands_out_the_student_is_asked_and_nothing_is_lost(tmp_path: Path) -> None:
    files = {"a.ipynb": notebook("1", "hw4"), "b.ipynb": notebook("2", "hw4")}
    choice = picked(tmp_path, files)
    assert choice.notebook is None and choice.crowded and "more than one" in str(choice.problem)
    assert all((tmp_path / name).is_file() for name in files)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.py": "print()"}, "This is a Python script"),
        ({"a.ipynb": ""}, None),
        ({"a.pdf": "%PDF", "data.csv": "1"}, "only a PDF (a.pdf)"),
        ({"data.csv": "1", "more.csv": "2"}, "There is no notebook in it"),
    ],
    ids=str,
)
def test_what_is_none_says_what_it_is(
    tmp_path: Path, files: dict[str, str], said: str | None
) -> None:
    choice = picked(tmp_path, files)
    assert said is None or (choice.notebook is None and said in str(choice.problem))

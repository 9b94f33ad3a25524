"""The table of grades, in the columns of Otter's `final_grades.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from autograder.manifest import Manifest
from autograder.report.view import graders_fault, total_points
from autograder.results import SubmissionResult
from autograder.safe_files import printable, write_atomically

POINTS_ROW = "points-per-question"
COMPLETED = "Completed"
NOTE = "note"
FORMULA = frozenset("=+-@")
"""How a cell begins that a spreadsheet takes for a formula."""
BEFORE = frozenset(";,\t\"'|")
"""What may end a cell: a spreadsheet may split lines at another mark than ours."""


def write_grades_csv(results: Sequence[SubmissionResult], manifest: Manifest, path: Path) -> None:
    """Write one row per submission, sorted by file, after the row of points per question.

    The columns are Otter's. What is to be noted of files stands in one more, if there is anything. Where
    nothing could be graded for want of a worker, the row says so and has no points.
    """
    noted = any(result.note for result in results)
    columns = sorted(question.name for question in manifest.questions)
    possible = {question.name: question.points for question in manifest.questions}
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    totals = ["total_points_earned", "percent_correct", "grading_status"]
    writer.writerow(["file", *columns, *totals, *[NOTE] * noted])
    row = [number(possible[name]) for name in columns]
    writer.writerow([POINTS_ROW, *row, number(total_points(manifest)), "1", "--", *[""] * noted])
    for result in sorted(results, key=lambda result: (result.file, result.name)):
        scores = {question.name: question.score for question in result.questions}
        row = [number(scores.get(name, 0.0)) for name in columns]
        status = COMPLETED if result.problem is None else result.problem
        totals = [number(result.score), number(result.percent)]
        if graders_fault(result):  # blank, since 0 points would be the student's
            row, totals = [""] * len(row), ["", ""]
        note = [spreadsheet_text(result.note)] * noted
        writer.writerow(
            [spreadsheet_text(result.file), *row, *totals, spreadsheet_text(status), *note]
        )
    write_atomically(path, table.getvalue())


def number(value: float) -> str:
    """Return a number without the noise of adding thirds."""
    return f"{round(value, 10):.10f}".rstrip("0").rstrip(".")


def spreadsheet_text(text: str) -> str:
    """Return text as one line that no spreadsheet runs: a student chose it.

    An apostrophe goes before every sign that could begin a formula, also in the middle of a cell, where
    a spreadsheet that splits at semicolons would begin one, and also for the wide signs of Asian keyboards.
    """
    line = printable(text)
    safe, begins = "'" if _is_sign(line.lstrip()[:1]) else "", True
    for place, char in enumerate(line):
        if begins and place and _is_sign(char) and not line[:place].isspace():
            safe += "'"
        safe += char
        begins = char in BEFORE or (begins and char.isspace())
    return safe


def _is_sign(char: str) -> bool:
    return unicodedata.normalize("NFKC", char) in FORMULA

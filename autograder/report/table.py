"""The table of grades, in the columns of Otter's `final_grades.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

from autograder.report.book import Book
from autograder.report.tally import possible_points
from autograder.safe_files import printable, write_atomically

POINTS_ROW = "points-per-question"
COMPLETED = "Completed"
NOTE = "note"
ADJUSTED = "adjusted"
FORMULA = frozenset("=+-@")
"""How a cell begins that a spreadsheet takes for a formula."""
BEFORE = frozenset(";,\t\"'|")
"""What may end a cell: a spreadsheet may split lines at another mark than ours."""


def write_grades_csv(book: Book, path: Path) -> None:
    """Write one row per submission, sorted by file, after the row of points per question.

    The columns are Otter's, with the points that count. Behind them stands what there is besides: notes on
    files, what a teacher did to points and, with a roster, who it is; then each student has one row. Where
    nothing could be graded for want of a worker, the row says so and has no points.
    """
    columns = sorted(question.name for question in book.manifest.questions)
    possible = {question.name: question.points for question in book.manifest.questions}
    extra = {name: cells for name, cells in _extra(book).items() if any(cells)}
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    totals = ["total_points_earned", "percent_correct", "grading_status"]
    writer.writerow(["file", *columns, *totals, *extra])
    row = [number(possible[name]) for name in columns]
    whole = number(possible_points(book.manifest, book.adjustments))
    writer.writerow([POINTS_ROW, *row, whole, "1", "--", *[""] * len(extra)])
    for place, entry in enumerate(book.entries):
        scores = {mark.name: mark.score for mark in entry.marks.questions}
        texts = [entry.result.problem or COMPLETED, *(cells[place] for cells in extra.values())]
        writer.writerow(
            [
                spreadsheet_text(entry.result.file),
                *(number(scores[name]) for name in columns),
                *(number(entry.marks.total), number(entry.marks.percent)),
                *map(spreadsheet_text, texts),
            ]
        )
    write_atomically(path, table.getvalue())


def _extra(book: Book) -> dict[str, list[str]]:
    """Return the columns behind Otter's, by name."""
    students = [entry.student for entry in book.entries]
    return {
        NOTE: [entry.note for entry in book.entries],
        ADJUSTED: [entry.marks.reasons for entry in book.entries],
        "student_id": [student.id if student else "" for student in students],
        "student": [student.name if student else "" for student in students],
        "email": [student.email if student else "" for student in students],
    }


def number(value: float | None) -> str:
    """Return a number without the noise of adding thirds; blank for none, since 0 would be a score."""
    if value is None:
        return ""
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

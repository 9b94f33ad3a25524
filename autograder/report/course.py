"""All assignments of a course in one table: each student's share of the points."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from autograder.outcome.records import RUN, STAFF
from autograder.report.book import Book, Entry
from autograder.report.pages import render
from autograder.report.table import number, spreadsheet_text
from autograder.safe_files import write_atomically

PAGE, TABLE = "index.html", "course.csv"


@dataclass(frozen=True)
class Assignment:
    """One assignment of the course, and the folder of its reports."""

    folder: str
    book: Book

    @property
    def name(self) -> str:
        return self.book.manifest.assignment

    @property
    def shares(self) -> list[float]:
        return [e.marks.percent for e in self.book.graded if e.marks.percent is not None]

    @property
    def mean(self) -> float | None:
        return mean(self.shares) if self.shares else None


@dataclass(frozen=True)
class CourseRow:
    """One student over all assignments."""

    student: str
    """As the roster or, without one, the name of what was handed in has it."""
    entries: tuple[Entry | None, ...]
    """By assignment; `None` where there is nothing of theirs."""

    @property
    def mean(self) -> float | None:
        """The mean share of the points, of what could be graded."""
        graded = [e for e in self.entries if e and e.graded]
        shares = [e.marks.percent for e in graded if e.marks.percent is not None]
        return mean(shares) if shares else None


def folders_of_reports(folder: Path) -> list[Path]:
    """Return the folders in `folder` that hold results, by name; none where it holds some itself."""
    if (folder / STAFF / RUN).is_file():
        return []
    return sorted(path.parents[len(STAFF.parts)] for path in folder.glob(f"*/{STAFF / RUN}"))


def write_course(assignments: Sequence[Assignment], folder: Path) -> tuple[Path, Path]:
    """Write the table over all assignments as a page and for a spreadsheet; return where.

    Raises:
        KitError: they cannot be written.
    """
    rows = course_rows(assignments)
    page = render("course.html.j2", assignments=assignments, rows=rows)
    write_atomically(folder / PAGE, page)
    write_atomically(folder / TABLE, _csv(assignments, rows))
    return folder / PAGE, folder / TABLE


def course_rows(assignments: Sequence[Assignment]) -> list[CourseRow]:
    """Return the students of all assignments, by name.

    With rosters who has the same id there is one; without, who is called the same.
    """
    names: dict[str, str] = {}
    entries: dict[str, dict[str, Entry]] = {}
    for assignment in assignments:
        for entry in assignment.book.entries:
            student = entry.student
            key = student.names[0] if student else entry.result.name
            names.setdefault(key, entry.known_as)
            entries.setdefault(key, {})[assignment.folder] = entry
    rows = [
        CourseRow(names[key], tuple(found.get(each.folder) for each in assignments))
        for key, found in entries.items()
    ]
    return sorted(rows, key=lambda row: row.student.casefold())


def _csv(assignments: Sequence[Assignment], rows: Sequence[CourseRow]) -> bytes:
    """Return the table in points, blank where nothing was graded, with the mark that spreadsheets know UTF-8 by."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["student", *(each.name for each in assignments), "mean share"])
    for row in rows:
        scores = [number(e.marks.total if e and e.graded else None) for e in row.entries]
        writer.writerow([spreadsheet_text(row.student), *scores, number(row.mean)])
    return text.getvalue().encode("utf-8-sig")

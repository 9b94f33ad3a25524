"""Canvas: "Import grades" in the gradebook, and "Upload submissions" for feedback."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.intake.layouts.canvas import NAME
from autograder.report.book import Book, Entry
from autograder.report.lms.system import FEEDBACK, cell, column_of, title
from autograder.report.table import number
from autograder.report.tally import possible_points

WHO = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"


class Canvas:
    """Students are known by `ID`, which stands in the name of every file that Canvas lets download."""

    def headings(self, book: Book) -> Sequence[str]:
        return [*WHO, column_of(book, title(book))]

    def before(self, book: Book) -> Sequence[Sequence[str]]:
        whole = number(possible_points(book.manifest, book.adjustments))
        return [[POINTS_POSSIBLE, *[""] * (len(WHO) - 1), whole]]

    def row(self, book: Book, entry: Entry, grade: str) -> Sequence[str] | None:
        match = _named(entry)
        user = match["user"] if match and match["user"].isdigit() else ""
        known = {"Student": entry.known_as, "ID": user}
        if entry.student is not None:
            known["SIS Login ID"] = entry.student.login
            known["SIS User ID"] = "" if "ID" in entry.student.cells else entry.student.id
        who = [cell(entry, column, known.get(column, "")) for column in WHO]
        return [*who, grade] if any(who[1:4]) else None

    def feedback(self, book: Book, entry: Entry) -> str | None:
        match = _named(entry)
        if match is None or match["number"] is None:
            return None
        # Canvas finds the submission by the two numbers.
        name = "_".join(filter(None, [match["name"], match["user"], match["number"]]))
        return f"{name}_{FEEDBACK}"


def _named(entry: Entry) -> re.Match[str] | None:
    return NAME.fullmatch(entry.result.file.rpartition("/")[2])

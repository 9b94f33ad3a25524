"""Moodle: "Upload grading worksheet" and "Upload multiple feedback files in a zip" of an assignment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.report.book import Book, Entry
from autograder.report.lms.system import FEEDBACK, cell
from autograder.report.table import number
from autograder.report.tally import possible_points

COLUMNS = (
    *("Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade"),
    *("Grade can be changed", "Last modified (grade)", "Feedback comments"),
)
NAME = re.compile(r"(?P<name>.+?)_(?P<participant>\d+)(?:_assignsubmission_[a-z]+.*)?", re.DOTALL)
PARTICIPANT = re.compile(r"Participant (?P<participant>\d+)")


class Moodle:
    """Students are known by the number that stands in the names of what Moodle lets download."""

    def headings(self, book: Book) -> Sequence[str]:
        return COLUMNS

    def before(self, book: Book) -> Sequence[Sequence[str]]:
        return []

    def row(self, book: Book, entry: Entry, grade: str) -> Sequence[str] | None:
        named = _named(entry)
        if named is None:
            return None
        name, participant = named
        student = entry.student
        known = {
            "Identifier": f"Participant {participant}",
            "Full name": name,
            "ID number": student.id if student and "Identifier" not in student.cells else "",
            "Email address": student.email if student else "",
            "Grade": grade,
            "Maximum grade": number(possible_points(book.manifest, book.adjustments)),
            "Grade can be changed": "Yes",
            "Last modified (grade)": "-",
            "Feedback comments": entry.marks.reasons,
        }
        ours = ("Grade", "Maximum grade", "Feedback comments")
        return [
            known.get(column, "") if column in ours else cell(entry, column, known.get(column, ""))
            for column in COLUMNS
        ]

    def feedback(self, book: Book, entry: Entry) -> str | None:
        named = _named(entry)
        return f"{named[0]}_{named[1]}_assignsubmission_file_{FEEDBACK}" if named else None


def _named(entry: Entry) -> tuple[str, str] | None:
    """Return a student's name and number, from the roster or from the name of what was handed in."""
    if match := PARTICIPANT.fullmatch(cell(entry, "Identifier")):
        return entry.known_as.replace("_", " "), match["participant"]
    for part in entry.result.file.split("/"):
        if match := NAME.fullmatch(part):
            return match["name"], match["participant"]
    return None

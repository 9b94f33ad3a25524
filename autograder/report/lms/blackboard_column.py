"""Blackboard: "Upload grades" of the grade centre. It takes no feedback in bulk: pages go by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.intake.layouts.blackboard import NAME
from autograder.intake.layouts.blackboard import Blackboard as Download
from autograder.report.book import Book, Entry
from autograder.report.lms.system import FEEDBACK, cell, column_of, title
from autograder.report.table import number
from autograder.report.tally import possible_points

WHO = ("Last Name", "First Name", "Username", "Student ID")


class Blackboard:
    """Students are known by `Username`, which stands in the name of every file that it lets download."""

    def headings(self, book: Book) -> Sequence[str]:
        whole = number(possible_points(book.manifest, book.adjustments))
        return [*WHO, column_of(book, f"{title(book)} [Total Pts: {whole} Score]")]

    def before(self, book: Book) -> Sequence[Sequence[str]]:
        return []

    def row(self, book: Book, entry: Entry, grade: str) -> Sequence[str] | None:
        known = {"Username": _user(book, entry)}
        if entry.student is not None:
            first, _, last = entry.student.name.rpartition(" ")
            known |= {"Last Name": last, "First Name": first, "Student ID": entry.student.id}
            known["Username"] = entry.student.login or known["Username"]
        who = [cell(entry, column, known.get(column, "")) for column in WHO]
        return [*who, grade] if who[2] or who[3] else None

    def feedback(self, book: Book, entry: Entry) -> str | None:
        match = _named(entry)
        return f"{match['who']}_attempt_{match['when']}_{FEEDBACK}" if match else None


def _user(book: Book, entry: Entry) -> str:
    """Return the user's name, which is what the names of a download do not have in common."""
    parts = [(result.file.rpartition("/")[2],) for result in book.results]
    owner = Download().owners(parts).get((entry.result.file.rpartition("/")[2],))
    return owner.title if owner else ""


def _named(entry: Entry) -> re.Match[str] | None:
    return NAME.fullmatch(entry.result.file.rpartition("/")[2])

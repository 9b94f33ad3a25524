"""What a learning management system imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from autograder.report.book import Book, Entry

FEEDBACK = "feedback.html"


class System(Protocol):
    """A system's gradebook, and how it names what goes back to students."""

    def headings(self, book: Book) -> Sequence[str]:
        """Return the columns of the table that the system imports."""

    def before(self, book: Book) -> Sequence[Sequence[str]]:
        """Return the lines that stand between the headings and the students."""

    def row(self, book: Book, entry: Entry, grade: str) -> Sequence[str] | None:
        """Return a student's line; `None` where the system could not tell who that is.

        Args:
            grade: the points; empty where nothing was graded, for 0 would be a grade.
        """

    def feedback(self, book: Book, entry: Entry) -> str | None:
        """Return the name of a student's page in the zip that goes back; `None` where that cannot be told."""


def column_of(book: Book, default: str) -> str:
    """Return the heading of this assignment in the roster, if that is the system's own gradebook."""
    columns = book.roster.columns if book.roster else ()
    names = (book.manifest.title.casefold(), book.manifest.assignment.casefold())
    found = (
        column for column in columns if any(n and column.casefold().startswith(n) for n in names)
    )
    return next(found, default)


def cell(entry: Entry, column: str, default: str = "") -> str:
    """Return what the roster has of a student in a column."""
    return (entry.student.cells.get(column) if entry.student else None) or default


def title(book: Book) -> str:
    return book.manifest.title or book.manifest.assignment

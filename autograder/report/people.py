"""What is to be said of those in a teacher's tables: who is missing, whom nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from rich.markup import escape

from autograder.report.adjustments import FILE
from autograder.report.book import Book
from autograder.report.lms import Imports
from autograder.safe_files import printable

NAMED = 20


def told_of_people(book: Book) -> Iterator[str]:
    """Yield lines of rich markup."""
    for row, hint in book.not_applied:
        text = f"{FILE}, line {row.line}: nobody here is called {row.student!r}{hint}; it was not applied"
        yield f"[yellow]![/] {escape(printable(text))}"
    if book.unowned:
        names = _listed([result.file for result in book.unowned])
        yield f"[yellow]![/] of nobody on the roster: {names}"
    if book.absent:
        names = _listed([entry.known_as for entry in book.absent])
        yield f"[yellow]![/] nothing came from {len(book.absent)} of the roster: {names}"


def told_of_imports(system: str, imports: Imports) -> Iterator[str]:
    """Yield what was written for a learning management system, and whom it does not know."""
    yield f"{system}: {escape(str(imports.grades))}, {escape(str(imports.feedback))}"
    if imports.without_row:
        yield (
            f"[yellow]![/] {system} could not tell who this is, so the table leaves them out "
            f"(a gradebook's export as --roster says it): {_listed(imports.without_row)}"
        )
    if imports.without_page:
        yield (
            f"[yellow]![/] no name of a file that {system} gave out, so the zip has no page of: "
            f"{_listed(imports.without_page)}"
        )


def _listed(names: list[str]) -> str:
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return escape(printable(", ".join(names[:NAMED]))) + rest

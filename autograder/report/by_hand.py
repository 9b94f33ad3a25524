"""The pages on which a teacher reads the answers that no test judges, one for each question."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from autograder.report.adjustments import FILE
from autograder.report.book import Book
from autograder.report.pages import render
from autograder.report.table import number, spreadsheet_text
from autograder.safe_files import make_folder, write_atomically

FOLDER = "by_hand"


def write_manual_pages(book: Book, out: Path) -> list[Path]:
    """Write a page with all answers to each question that a person reads; return where.

    Raises:
        KitError: one cannot be written.
    """
    manual = [question.name for question in book.manifest.questions if question.manual]
    if not manual:
        return []
    folder = make_folder(out / FOLDER)
    paths = [folder / f"{name}.html" for name in manual]
    for name, path in zip(manual, paths, strict=True):
        write_atomically(path, manual_page(book, name))
    return paths


def manual_page(book: Book, name: str) -> str:
    """Return all answers to one question, and the lines by which points are given."""
    (known,) = (question for question in book.manifest.questions if question.name == name)
    answers = []
    for entry in book.graded:
        source = next((q.source for q in entry.result.questions if q.name == name), "")
        mark = next(mark for mark in entry.marks.questions if mark.name == name)
        answers.append((entry, source, mark))
    unread = [entry.result.name for entry, _, mark in answers if mark.unread]
    return render(
        "by_hand.html.j2",
        manifest=book.manifest,
        name=name,
        possible=known.points,
        answers=answers,
        unread=len(unread),
        file=FILE,
        lines=_lines(unread, name, known.points),
    )


def _lines(names: list[str], question: str, possible: float) -> str:
    """Return the lines of the teacher's table that are still to be filled in."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for name in names:
        writer.writerow(
            [spreadsheet_text(name), question, f"0 to {number(possible)}", "", "a reason"]
        )
    return text.getvalue()

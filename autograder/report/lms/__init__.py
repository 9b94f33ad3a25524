"""What goes back into a learning management system: a table of grades, and each student's page.

Each system is a module with one small class; a new one is a module more, and a line in `SYSTEMS`.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.report.book import Book
from autograder.report.lms.blackboard_column import Blackboard
from autograder.report.lms.canvas_gradebook import Canvas
from autograder.report.lms.moodle_worksheet import Moodle
from autograder.report.lms.system import System
from autograder.report.table import number, spreadsheet_text
from autograder.report.tally import possible_points
from autograder.safe_files import make_folder, safe_name, write_atomically

FOLDER = "lms"
ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8: teachers open the table before they import it."""
EPOCH = (1980, 1, 1, 0, 0, 0)
SYSTEMS: Mapping[str, System] = {
    "canvas": Canvas(),
    "moodle": Moodle(),
    "blackboard": Blackboard(),
}


@dataclass(frozen=True)
class Imports:
    """What was written for one system."""

    grades: Path
    feedback: Path
    without_row: list[str]
    """Those of whom the system could not tell who they are."""
    without_page: list[str]


def write_imports(book: Book, system: str, out: Path) -> Imports:
    """Write the table and the zip of feedback pages that `system` imports.

    Raises:
        KitError: they cannot be written.
    """
    folder, kind = make_folder(out / FOLDER), SYSTEMS[system]
    imports = Imports(folder / f"{system}-grades.csv", folder / f"{system}-feedback.zip", [], [])
    whole = possible_points(book.manifest, book.adjustments)
    lines = [kind.headings(book), *kind.before(book)]
    pages: dict[str, bytes] = {}
    for entry in book.entries:
        row = kind.row(book, entry, number(entry.final(whole)))
        if row is None:
            imports.without_row.append(entry.known_as)
        else:
            lines.append([*map(spreadsheet_text, row)])
        name = kind.feedback(book, entry)
        page = out / "feedback" / f"{safe_name(entry.result.name)}.html"
        if name is not None and page.is_file():
            pages[name] = page.read_bytes()
        elif not entry.absent:
            imports.without_page.append(entry.known_as)
    table = io.StringIO()
    csv.writer(table, lineterminator="\r\n").writerows(lines)
    write_atomically(imports.grades, table.getvalue().encode(ENCODING))
    write_atomically(imports.feedback, _zip(pages))
    return imports


def _zip(pages: Mapping[str, bytes]) -> bytes:
    """Return a zip that depends on nothing but the pages."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(pages):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            archive.writestr(info, pages[name])
    return buffer.getvalue()

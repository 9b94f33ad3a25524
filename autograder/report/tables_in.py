"""Tables that a teacher or a learning management system made, read with errors that name line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import KitError

MAX_BYTES = 16 * 1024**2
SEPARATORS = ",;\t"
"""Spreadsheets of half of Europe write semicolons, Blackboard tabs."""


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    line: int
    """As an editor counts it."""
    cells: Mapping[str, str]
    """By column; a cell that is not there is empty."""


@dataclass(frozen=True)
class TableIn:
    """A table with a line of headings."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def wrong(self, row: Row, column: str, what: str) -> KitError:
        """Return the error that says what is wrong with a cell."""
        return KitError(f"{self.path.name}, line {row.line}, column {column}: {what}.")


def read_table(path: Path) -> TableIn:
    """Read a CSV file: with commas, semicolons or tabs; in UTF-8 with or without a mark, UTF-16 or Windows' own.

    Raises:
        KitError: it cannot be read, or has no headings.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise KitError(
                f"{path} is larger than {MAX_BYTES // 1024**2} MB; is it the right file?"
            )
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror}; check the path.") from None
    lines = iter(_lines(text, path))
    _, heading = next(lines, (0, []))
    columns = tuple(cell.strip() for cell in heading)
    if not any(columns):
        raise KitError(f"{path} has no headings; its first line names the columns.")
    rows = tuple(
        Row(number, {name: cell.strip() for name, cell in zip(columns, _padded(cells, columns))})
        for number, cells in lines
        if any(cell.strip() for cell in cells)
    )
    return TableIn(path, columns, rows)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise KitError(
            f"{path.name}, line {reader.line_num}: this is no table ({error})."
        ) from None


def _padded(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    return [*cells, *[""] * (len(columns) - len(cells))][: len(columns)]

"""What is told of the notebook's cells: what stopped in them, and which of them used the time up."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from autograder.intake.notebook import Cell
from autograder.judge.exceptions import StudentError
from autograder.judge.messages import where
from autograder.judge.quoting import quote
from autograder.judge.worker import Ran
from autograder.outcome.results import CellError

WORTH_NAMING = 1.0
"""Seconds."""
MOST_ERRORS = 20
MOST_TEXT = 800
"""Characters of one error."""


class Spent:
    """How long each cell took, all its runs together."""

    def __init__(self) -> None:
        self._seconds: Counter[int] = Counter()

    @contextmanager
    def on(self, cell: int) -> Iterator[None]:
        """Count the seconds inside as the cell's."""
        started = time.monotonic_ns()
        try:
            yield
        finally:
            self._seconds[cell] += time.monotonic_ns() - started

    def __str__(self) -> str:
        """Name the cells that took longest, in brackets, as the end of a sentence."""
        longest = [(cell, ns / 1e9) for cell, ns in self._seconds.most_common(2)]
        named = [f"cell {cell} took {s:.0f} s" for cell, s in longest if s >= WORTH_NAMING]
        return f" ({', '.join(named)})" if named else ""


def errors_of(cell: Cell, end: Ran) -> list[CellError]:
    """Return what went wrong in a cell: statements that were left out, and what stopped it."""
    errors = [_cell_error(cell, error, " (the lines below it were run)") for error in end.skipped]
    if end.error is not None and end.error.type_name != "NotImplementedError":
        errors.append(_cell_error(cell, end.error, ""))
    return errors


def bounded(errors: Sequence[CellError]) -> tuple[CellError, ...]:
    """Return so many of a notebook's errors, and so much of each, as anybody reads."""
    told = [
        replace(error, message=error.message[:MOST_TEXT] + "…" * (len(error.message) > MOST_TEXT))
        for error in errors[:MOST_ERRORS]
    ]
    if left := errors[MOST_ERRORS:]:
        told.append(CellError(left[0].cell, None, f"{len(left)} more errors, here and below"))
    return tuple(told)


def why_stopped(raised: StudentError) -> str:
    """Return what to tell a student whose answer is missing because its cell stopped."""
    said = f"{raised.type_name}: {quote(raised.text)}"
    return f"The cell with your answer stopped: {said}{where(raised.place)}"


def _cell_error(cell: Cell, raised: StudentError, more: str) -> CellError:
    line = raised.place[1] if raised.place and raised.place[0] == cell.number else None
    words = f": {quote(raised.text)}" if raised.text else ""
    text = f"{raised.type_name}{words}"
    if raised.type_name == "SystemExit":
        text = f"exit() was called, which ended the cell{words}"
    return CellError(cell.number, line, text + more)

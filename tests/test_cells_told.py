"""However many cells stop, and however much they say, a page stays readable."""

from __future__ import annotations

from autograder.judge.cells_told import MOST_ERRORS, MOST_TEXT, bounded
from autograder.outcome.results import CellError


def test_few_errors_are_told_as_they_are() -> None:
    errors = [CellError(number, 1, "x" * MOST_TEXT) for number in range(MOST_ERRORS)]
    assert bounded(errors) == tuple(errors)


def test_thousands_of_long_errors_are_bounded_and_counted() -> None:
    told = bounded([CellError(number, 1, "x" * 1000) for number in range(4000)])
    assert len(told) == MOST_ERRORS + 1
    assert all(len(error.message) <= MOST_TEXT + 1 for error in told)
    assert told[-1].message == f"{4000 - MOST_ERRORS} more errors, here and below"

"""What can go wrong on the other side, as exceptions that a test's `try` and `assert` can meet."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from functools import lru_cache

from autograder.border.replies import ErrorReport
from autograder.outcome.results import Outcome

MAX_CLASSES, MAX_NAME, MAX_MESSAGE = 20, 100, 1000
"""What is read of a report."""
USUAL = frozenset(
    {
        "ArithmeticError",
        "AssertionError",
        "AttributeError",
        "FileNotFoundError",
        "ImportError",
        "IndexError",
        "KeyError",
        "MemoryError",
        "ModuleNotFoundError",
        "NameError",
        "NotImplementedError",
        "RecursionError",
        "RuntimeError",
        "SystemExit",
        "TypeError",
        "UnboundLocalError",
        "ValueError",
        "ZeroDivisionError",
    }
)
"""What is told of a hidden test's exceptions by its class: a choice among all would be a message."""


class StudentError(Exception):
    """An exception that the student's code raised; also an instance of that builtin exception."""

    type_name = "Exception"
    place: tuple[int, int] | None = None
    """Cell and line, counted from 1."""

    @property
    def text(self) -> str:
        return str(self.args[0]) if self.args else ""


class WorkerGone(Exception):
    """The process that answers for a question is gone, or was given up."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class InputChanged(AssertionError):
    """A call changed an argument that it should have left alone."""


class UnreadableValue(AssertionError):
    """The student's code returned something that cannot be read as data."""


class BorderMisuse(Exception):
    """A test tried to send something that does not cross: a mistake in the test, not in the answer."""


@lru_cache(maxsize=256)
def _class_for(names: tuple[str, ...]) -> type[StudentError]:
    """Return the `StudentError` that also is the nearest of the named builtin exceptions."""
    for name in names:
        base = getattr(builtins, name, None)
        if not isinstance(base, type) or not issubclass(base, Exception) or base is Exception:
            continue
        if issubclass(base, (StopIteration, StopAsyncIteration)):
            continue  # raised by a function that a test maps over a list, it would end the list early
        try:
            made = type(f"Student{name}", (StudentError, base), {})
            made("")
        except TypeError:  # such as UnicodeDecodeError, which wants five arguments
            continue
        return made
    return StudentError


def student_error(report: ErrorReport, lines: Mapping[int, int]) -> StudentError:
    """Turn a worker's report of an exception into one that can be raised here.

    Args:
        report: what the worker says.
        lines: how many lines each cell has that was run; a place elsewhere is none.
    """
    names = tuple(name[:MAX_NAME] for name in report.classes[:MAX_CLASSES])
    error = _class_for(names)(report.message[:MAX_MESSAGE])
    error.type_name = next((name for name in names if _is_exception(name)), "Exception")
    if 0 < report.line <= lines.get(report.cell, 0):
        error.place = (report.cell, report.line)
    return error


def _is_exception(name: str) -> bool:
    value = getattr(builtins, name, None)
    return isinstance(value, type) and issubclass(value, BaseException)

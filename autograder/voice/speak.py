"""What `grader.check` says in a notebook: Otter runs the tests, this puts the outcome into words."""

from __future__ import annotations

import contextlib
import functools
import html
import inspect
import re
import signal
import threading
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from otter.test_files import test_case

from autograder.voice.explain import (
    called_exit,
    explain,
    out_of_memory,
    own_words,
    raised,
    show,
    unusable,
)
from autograder.voice.locked import Case, hint_for, observed
from autograder.voice.own_place import NOT_BEGUN, left_below, own_place

LIMIT = 20.0
"""Seconds that a test may take."""
NOT_YET = "not yet right"


class OutOfTime(BaseException):
    """A test took too long. No `except Exception` of a student's catches it."""


class Words(str):
    """A text in the place of one of Otter's methods. It is logged as plain text."""

    def __call__(self, *_: object, **__: object) -> str:
        return str(self)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def speak(tests: dict[str, Any], quiz: bool, hints: Mapping[str, str]) -> Check:
    """Have the test cases of a file speak.

    Args:
        tests: the names of the test file, with Otter's test cases among them.
        quiz: whether a check says nothing about right and wrong.
        hints: by what was observed; see `hint_for`.
    """
    check = Check(tests["name"], quiz, hints)
    for case in tests.values():
        if isinstance(case, test_case):
            case.name = in_words(case.test_func.__name__, check.question)
            case.test_func = check.told(case.test_func)
    return check


def in_words(name: str, question: str) -> str:
    """Return the name of a test function as words."""
    return name.removeprefix("test_").removeprefix(f"{question}_").replace("_", " ")


class Check:
    """One run of a question's public tests."""

    def __init__(self, question: str, quiz: bool, hints: Mapping[str, str]) -> None:
        self.question, self.quiz, self.hints = question, quiz, hints
        self.cases: list[Case] = []
        self.whole = ""
        """What is said instead of anything about single tests."""
        self.value: object = None
        self.undefined = ""
        """The name that the tests need and the notebook does not have."""

    def told(self, function: Callable[..., None]) -> Callable[..., None]:
        """Return a test that says what came of it in our words."""

        @functools.wraps(function)
        def test(**names: Any) -> None:
            caller = inspect.currentframe().f_back  # type: ignore[union-attr]
            env, file = caller.f_locals["global_environment"], caller.f_back.f_locals["self"]  # type: ignore[union-attr]
            case = Case(in_words(function.__name__, self.question))
            self.cases.append(case)
            self._run(case, function, names, env, file.source)
            text = self.text()
            if text:
                page = f"<pre style='white-space: pre-wrap'>{html.escape(text)}</pre>"
                file._repr_html_, file.summary = Words(page), Words(text)
            if not case.passed:
                raise AssertionError("\n".join([self.whole, *case.lines]).strip())

        return test

    def _run(
        self,
        case: Case,
        function: Callable[..., None],
        names: dict[str, Any],
        env: dict[str, Any],
        source: str,
    ) -> None:
        missing = [name for name in names if name not in env and name != "env"]
        if missing:
            self.undefined = missing[0]
            self.whole = f"`{missing[0]}` is not defined yet. Run the cell with your answer."
        elif any(value is ... for value in names.values()):
            self.whole = NOT_BEGUN
        if self.whole:
            return
        self.value = next(iter(names.values()), None)
        calls = Calls(env)
        try:
            with time_limit():
                function(**{name: calls.watched(value) for name, value in names.items()})
            case.passed = True
        except OutOfTime:
            self.whole = (
                f"{case.title}: stopped after {LIMIT:g} seconds. Is there a loop that never ends?"
            )
            case.observed = "slow"
        except KeyboardInterrupt:
            self.whole = f"{case.title}: stopped by you. Is there a loop that never ends?"
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a test fails by raising anything
            path = function.__code__.co_filename
            try:
                case.lines = self._lines(error, source, path, calls)
                case.observed = observed(error, calls.returned)
            except Exception:  # noqa: BLE001 - a value that cannot be shown must not hide that the test failed
                case.lines = case.lines or [unusable(str(error))]

    def _lines(
        self, error: Exception | SystemExit, source: str, path: str, calls: Calls
    ) -> list[str]:
        """Return what is said about an error that a test raised."""
        place = own_place(error, calls.env, path)
        if isinstance(error, NotImplementedError) and place:
            self.whole = left_below(error, place, self.question)
            return [] if self.whole else [raised("NotImplementedError", str(error), place.where)]
        last = [calls.last] if calls.last else []
        if place:
            text, kind = str(error), type(error).__name__
            if isinstance(error, MemoryError) or "allocate memory" in text:
                return [*last, out_of_memory(place.where)]
            if isinstance(error, SystemExit):
                return [called_exit(place.where)]
            return [*last, raised(kind, text, place.where)]
        if isinstance(error, SystemExit):
            return [called_exit("")]
        lines = explain(error, source, path, calls.seen, again=True)
        if lines and calls.name and not re.search(rf"\b{calls.name}\(", lines[0]):
            lines = last + lines
        if isinstance(error, AssertionError):
            words = own_words(error)
            return (lines or last) + ([words] if words else [])
        if re.search(r"\(\) (takes|missing|got an unexpected)", str(error)):
            return [f"It cannot be called as the question asks: {error}"]
        return lines or [*last, unusable(str(error))]

    def text(self) -> str:
        """Return what the student reads, or nothing to leave it to Otter."""
        failed = [case for case in self.cases if not case.passed]
        if self.whole:
            return f"{self.question}: {self.whole}"
        if not failed:
            return self._noted() if self.quiz else ""
        first, *others = failed
        head = f"{self.question}: {first.title}"
        lines = [f"{head:<62}{NOT_YET}", *(f"  {line}" for line in _indented(first.lines))]
        if hint := hint_for(self.cases, self.hints):
            lines.append(f"  {hint}")
        if others:
            lines.append(f"Also {NOT_YET}: {'; '.join(case.title for case in others)}.")
        return "\n".join(lines)

    def _noted(self) -> str:
        kind = noted_kind(self.value)
        return f"{self.question}: noted: {kind}. Whether it is right you learn after handing in."


def noted_kind(value: object) -> str:
    """Return what a quiz's answer is, without a word on whether it is right."""
    match value:
        case bool():
            return f"{value}"
        case int() | float():
            whole = float(value).is_integer()
            return f"{'a whole number' if whole else 'a number'}, {value}"
        case str():
            return f"the text {value!r}"
        case list() | tuple():
            return f"{len(value)} entries, {show(value)}"
        case _:
            return show(value)


def _indented(lines: list[str]) -> Iterator[str]:
    return (part for line in lines for part in line.split("\n"))


class Calls:
    """The calls of a student's functions in one test: with what, before it could change, and what came."""

    def __init__(self, env: dict[str, Any]) -> None:
        self.env = env
        self.seen: dict[int, str] = {}
        self.kept: list[object] = []
        self.name = self.last = ""
        self.returned: object = ""

    def watched(self, value: Any) -> Any:
        """Return a function that notes its calls; anything else as it is."""
        if not isinstance(value, types.FunctionType):
            return value

        @functools.wraps(value)
        def function(*args: Any, **options: Any) -> Any:
            shown = [*map(show, args), *(f"{name}={show(v)}" for name, v in options.items())]
            self.name = value.__name__
            self.last = f"{value.__name__}({', '.join(shown)})"
            self.seen |= {id(arg): text for arg, text in zip(args, shown)}
            self.kept += args  # so that no other value gets its `id`
            self.returned = "nothing yet"
            self.returned = result = value(*args, **options)
            return result

        return function


@contextlib.contextmanager
def time_limit() -> Iterator[None]:
    """Stop what runs inside after `LIMIT` seconds, where the system can."""
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    # Again and again: a student's bare `except` may catch the first.
    signal.setitimer(signal.ITIMER_REAL, LIMIT, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""What students of a class were told: mistakes by their names, and the commonest messages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from autograder.outcome.results import Outcome, QuestionResult
from autograder.report.book import Entry
from autograder.report.view import plain, readable

MAX_MESSAGES = 4
MAX_STAFF_MESSAGES = 6
NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w.]*\w)", re.IGNORECASE
)
"""A number that stands alone: the 2 of `relu2` and of `float32` is part of a name."""


@dataclass(frozen=True)
class Said:
    """Something that several students were told, in the words of the first."""

    text: str
    where: str
    """The test case that said it."""
    students: tuple[Entry, ...]

    @property
    def count(self) -> int:
        return len(self.students)


@dataclass(frozen=True)
class Mistake:
    """One of the course's wrong answers, and who gave it."""

    name: str
    hint: str
    students: tuple[Entry, ...]


def mistakes(question: str, entries: Sequence[Entry]) -> tuple[Mistake, ...]:
    """Return the recognised mistakes of a question; those of one hint are one mistake."""
    names: dict[str, set[str]] = defaultdict(set)
    students: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        answer = answer_to(question, entry)
        found = {case.hint: case.mistake for case in answer.cases if case.hint} if answer else {}
        for hint, mistake in found.items():
            names[hint].add(mistake)
            students[hint].append(entry)
    made = [
        Mistake(min(names[hint]).replace("_", " "), hint, tuple(who))
        for hint, who in students.items()
    ]
    return tuple(sorted(made, key=lambda mistake: (-len(mistake.students), mistake.name)))


def messages(question: str, entries: Sequence[Entry]) -> tuple[Said, ...]:
    """Return what students read most often."""
    return _commonest(question, entries, _messages)[:MAX_MESSAGES]


def staff_messages(question: str, entries: Sequence[Entry]) -> tuple[Said, ...]:
    """Return what tests said most often to staff."""
    return _commonest(question, entries, _staff_messages)[:MAX_STAFF_MESSAGES]


def answer_to(question: str, entry: Entry) -> QuestionResult | None:
    return next((q for q in entry.result.questions if q.name == question), None)


def same_words(text: str) -> str:
    """Return what two messages have in common that differ by the numbers in them."""
    return NUMBER.sub("#", text)


def _commonest(
    question: str, entries: Sequence[Entry], told: Callable[[QuestionResult], Mapping[str, str]]
) -> tuple[Said, ...]:
    """Return messages, the commonest first; those that differ by numbers are one, and so one line."""
    first: dict[str, tuple[str, str]] = {}
    students: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        answer = answer_to(question, entry)
        texts = told(answer) if answer and answer.outcome is not Outcome.NOT_ATTEMPTED else {}
        for key, (text, where) in {same_words(t): (t, w) for t, w in texts.items()}.items():
            first.setdefault(key, (text, where))
            students[key].append(entry)
    found = [Said(*first[key], tuple(who)) for key, who in students.items()]
    return tuple(sorted(found, key=lambda said: (-said.count, said.text)))


def _messages(answer: QuestionResult) -> dict[str, str]:
    """Return what one student was told, each text once, with the first case that said it.

    A mistake that has a name is counted by it, and not again by its hint.
    """
    lost = [case for case in answer.cases if case.outcome is not Outcome.PASSED]
    told = {
        plain(case.message): readable(case.title, answer.name)
        for case in reversed(lost)
        if case.message and not case.hint
    }
    if lost and not any(case.words for case in lost) and answer.message:
        told[plain(answer.message)] = "the whole question"
    return told


def _staff_messages(answer: QuestionResult) -> dict[str, str]:
    cases = (case for case in reversed(answer.cases) if case.staff_message)
    return {plain(case.staff_message): readable(case.title, answer.name) for case in cases}

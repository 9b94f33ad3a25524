"""What of a class a teacher should look at by hand, and who needs help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.outcome.results import UNDEFINED, UNTOUCHED, Outcome, SubmissionResult
from autograder.report.book import Book, Entry
from autograder.report.similar import Alike, alike
from autograder.report.view import graders_fault, plain, readable

LOW = 0.5
"""Who has a smaller share of the points may need help."""
SLOWEST = 5
STOPPED = (Outcome.TIMEOUT, Outcome.MEMORY, Outcome.CRASHED)


@dataclass(frozen=True)
class GraderError:
    """A fault of ours, and whom it hit."""

    question: str
    case: str
    message: str
    submissions: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One student's answer to a question, and what is to be said of it."""

    entry: Entry
    question: str
    text: str


@dataclass(frozen=True)
class Struggling:
    """Who may need help."""

    entry: Entry
    open: tuple[str, ...]
    """The questions that earned nothing."""


@dataclass(frozen=True)
class ToLookAt:
    """Everything that a teacher should see with their own eyes."""

    errors: list[GraderError]
    lost: list[Entry]
    """Over which the grader itself failed."""
    problems: list[Entry]
    """Files of which nothing could be graded."""
    unread: list[tuple[str, int]]
    """Questions that a person reads, and how many answers have no points yet."""
    missed: list[Answer]
    """Answers that may be there, under another name or in a text cell."""
    stopped: list[Answer]
    """Answers that took too long or too much memory, or ended their process."""
    alike: list[Alike]
    struggling: list[Struggling]
    slowest: list[Entry]


def to_look_at(book: Book, known: Mapping[str, list[str]]) -> ToLookAt:
    """Look a class through.

    Args:
        known: by question the digests of answers that tell nothing of who wrote them.
    """
    problems = [entry for entry in book.entries if not entry.graded and not entry.absent]
    manual = [question.name for question in book.manifest.questions if question.manual]
    unread = [(name, sum(name in entry.marks.unread for entry in book.graded)) for name in manual]
    return ToLookAt(
        errors=grader_errors(book.results),
        lost=[entry for entry in problems if graders_fault(entry.result)],
        problems=[entry for entry in problems if not graders_fault(entry.result)],
        unread=[(name, count) for name, count in unread if count],
        missed=_missed(book),
        stopped=_stopped(book),
        alike=_alike(book, known),
        struggling=_struggling(book),
        slowest=sorted(book.graded, key=lambda e: (-e.result.seconds, e.result.name))[:SLOWEST],
    )


def grader_errors(results: Iterable[SubmissionResult]) -> list[GraderError]:
    """Return the faults of ours, those that hit most submissions first."""
    hit: dict[tuple[str, str, str], list[str]] = {}
    for result in results:
        for question in result.questions if result.problem is None else ():
            for case in question.cases:
                if case.outcome is Outcome.GRADER_ERROR:
                    told = plain(case.staff_message or case.message)
                    key = (question.name, readable(case.title, question.name), told)
                    hit.setdefault(key, []).append(result.name)
    errors = [GraderError(*key, tuple(names)) for key, names in hit.items()]
    return sorted(errors, key=lambda error: -len(error.submissions))


def _missed(book: Book) -> list[Answer]:
    return [
        Answer(entry, question.name, plain(question.message))
        for entry in book.graded
        for question in entry.result.questions
        if question.outcome is Outcome.NOT_ATTEMPTED
        and question.message
        and not question.message.startswith((UNTOUCHED, UNDEFINED))
    ]


def _stopped(book: Book) -> list[Answer]:
    return [
        Answer(entry, question.name, question.outcome.value)
        for entry in book.graded
        for question in entry.result.questions
        if question.outcome in STOPPED
    ]


def _alike(book: Book, known: Mapping[str, list[str]]) -> list[Alike]:
    found: list[Alike] = []
    for question in book.manifest.questions:
        answers = {
            entry.result.name: answer.source
            for entry in book.graded
            for answer in entry.result.questions
            if answer.name == question.name and answer.source
        }
        found += alike(question.name, answers, question.stub, known.get(question.name, ()))
    return found


def _struggling(book: Book) -> list[Struggling]:
    low = [e for e in book.graded if e.marks.percent is not None and e.marks.percent < LOW]
    return [
        Struggling(entry, tuple(m.name for m in entry.marks.questions if m.score == 0))
        for entry in sorted(low, key=lambda e: (e.marks.percent or 0.0, e.result.name))
    ]

"""The page on how far the grader of a course can be trusted, for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.authoring.chance import MOST
from autograder.authoring.grader_record import (
    AnswerRecord,
    GraderRecord,
    QuestionRecord,
    TestRecord,
    Tried,
)
from autograder.outcome.results import Outcome
from autograder.report.pages import render

PAGE = "index.html"
SIGNS = {Outcome.PASSED: ("·", "idle"), Outcome.FAILED: ("✗", "good")}
RAISED = ("!", "good")
"""For a wrong answer the good news is that a test does not pass."""


@dataclass(frozen=True)
class Count:
    """So many of so many."""

    got: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether it is all of them."""
        return self.got == self.of


@dataclass(frozen=True)
class Figures:
    """What is counted over a question, or over all of an assignment."""

    accepted: Count
    caught: Count
    named: Count
    empty: Count
    """The stock and hostile answers that earn nothing."""
    kept: float
    """The share of the points that wrong answers keep, on average."""
    false_alarms: float


@dataclass(frozen=True)
class Sign:
    """How a wrong answer ended in one test."""

    text: str
    tone: str
    label: str


def grader_page(course: str, titles: dict[str, str], known: Sequence[GraderRecord]) -> str:
    """Return the page on the assignments `known`, as HTML. It names hidden tests: for staff."""
    return render(
        "grader.html.j2",
        course=course,
        titles=titles,
        known=known,
        figures=figures,
        signs=signs,
        ceiling=ceiling,
        most=MOST,
        chance=lambda rate: f"{rate:.0e}" if rate else "0",
        of_all=figures([q for record in known if record.tried for q in record.tried.questions]),
    )


def figures(questions: Sequence[QuestionRecord]) -> Figures:
    """Count over questions."""

    def answers(*kinds: str) -> list[AnswerRecord]:
        return [answer for q in questions for kind in kinds for answer in q.of(kind)]

    wrong, stock, right = answers("wrong"), answers("stock"), answers("reference", "right")
    return Figures(
        accepted=Count(sum(_full(answer) for answer in right), len(right)),
        caught=Count(sum(not _full(answer) for answer in wrong), len(wrong)),
        named=Count(sum(answer.named for answer in wrong), len(wrong)),
        empty=Count(sum(not answer.kept for answer in stock), len(stock)),
        kept=sum(answer.kept for answer in wrong) / max(len(wrong), 1),
        false_alarms=sum(question.false_alarms for question in questions),
    )


def _full(answer: AnswerRecord) -> bool:
    return set(answer.ended.values()) <= {Outcome.PASSED}


def ceiling(tried: Tried) -> float | None:
    """Return the share of right answers that are turned away at most, at 95 % confidence, as measured.

    By the rule of three; `None` where one was turned away.
    """
    return 3 / tried.right_gradings if tried.right_gradings and not tried.right_lost else None


def signs(answer: AnswerRecord, tests: Sequence[TestRecord]) -> list[Sign]:
    """Return how an answer ended, test by test."""
    found = []
    for test in tests:
        outcome = answer.ended.get(test.name, Outcome.PASSED)
        text, tone = SIGNS.get(outcome, RAISED)
        found.append(Sign(text, tone, f"{test.name}: {outcome.value}"))
    return found

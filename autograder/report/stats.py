"""What a class's results say of each question and of the whole assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, mean, median

from autograder.outcome.results import Outcome
from autograder.report.book import Book, Entry
from autograder.report.said import (
    Mistake,
    Said,
    answer_to,
    messages,
    mistakes,
    staff_messages,
)
from autograder.report.tally import possible_points

BINS = 10
ENOUGH = 8
"""Fewer students say nothing of a question's discrimination."""


@dataclass(frozen=True)
class QuestionStats:
    """One question over all submissions that could be graded."""

    name: str
    possible: float
    mean: float
    full: int
    outcomes: tuple[tuple[Outcome, int], ...]
    """How many students ended how, in the order of `Outcome`."""
    discrimination: float | None
    """Pearson's correlation of its points with those of all other questions, from -1 to 1: near 0, who is good
    at the rest does no better here. `None` where too few were graded, or all have the same."""
    mistakes: tuple[Mistake, ...]
    """Those that were recognised, the commonest first."""
    messages: tuple[Said, ...]
    """The commonest, without those of recognised mistakes."""
    staff_messages: tuple[Said, ...]

    @property
    def share(self) -> float:
        """The mean as a share of the points, from 0 to 1: how easy the question was."""
        return self.mean / self.possible if self.possible else 1.0


@dataclass(frozen=True)
class ClassStats:
    """The whole class."""

    graded: int
    problems: int
    absent: int
    possible: float
    mean: float
    median: float
    best: float
    full: int
    bins: tuple[int, ...]
    """How many totals lie in each tenth of the points; the last tenth includes full marks."""
    questions: tuple[QuestionStats, ...]


def class_stats(book: Book) -> ClassStats:
    """Count over the submissions that could be graded and count."""
    entries = book.graded
    counted = [e for e in entries if e.marks.total is not None]
    totals = [entry.marks.total or 0.0 for entry in counted]
    shares = [entry.marks.percent for entry in counted]
    bins = Counter(min(int(BINS * share), BINS - 1) for share in shares if share is not None)
    return ClassStats(
        graded=len(entries),
        problems=len(book.entries) - len(entries) - len(book.absent),
        absent=len(book.absent),
        possible=possible_points(book.manifest, book.adjustments),
        mean=mean(totals) if totals else 0.0,
        median=median(totals) if totals else 0.0,
        best=max(totals, default=0.0),
        full=sum((entry.marks.percent or 0.0) >= 1 for entry in counted),
        bins=tuple(bins[place] for place in range(BINS)),
        questions=tuple(
            _question_stats(known.name, known.points, entries) for known in book.manifest.questions
        ),
    )


def _question_stats(name: str, possible: float, entries: Sequence[Entry]) -> QuestionStats:
    outcomes = Counter(answer.outcome for e in entries if (answer := answer_to(name, e)))
    scores = [score for entry in entries if (score := _score(name, entry)) is not None]
    return QuestionStats(
        name=name,
        possible=possible,
        mean=mean(scores) if scores else 0.0,
        full=sum(score >= possible for score in scores),
        outcomes=tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes[outcome]),
        discrimination=_discrimination(name, entries),
        mistakes=mistakes(name, entries),
        messages=messages(name, entries),
        staff_messages=staff_messages(name, entries),
    )


def _score(question: str, entry: Entry) -> float | None:
    return next((mark.score for mark in entry.marks.questions if mark.name == question), None)


def _discrimination(question: str, entries: Sequence[Entry]) -> float | None:
    pairs = [
        (score, sum(m.score or 0.0 for m in entry.marks.questions) - score)
        for entry in entries
        if (score := _score(question, entry)) is not None
    ]
    if len(pairs) < ENOUGH:
        return None
    try:
        return round(correlation(*zip(*pairs, strict=True)), 2)
    except StatisticsError:  # all have the same
        return None

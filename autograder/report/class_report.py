"""The page that staff read: every submission, every question, what went wrong, and where to look by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.outcome.results import Outcome, QuestionResult
from autograder.report.book import Book, Entry
from autograder.report.by_hand import FOLDER
from autograder.report.pages import render
from autograder.report.stats import class_stats
from autograder.report.tally import Mark
from autograder.report.to_look_at import to_look_at
from autograder.report.view import TONES, Tone, points

HEAT_STEPS = 4


@dataclass(frozen=True)
class HeatCell:
    """One submission's score on one question."""

    text: str
    heat: str
    """The class of its colour: `h0` to `h4`, `idle` or `ours`."""
    label: str


@dataclass(frozen=True)
class Bar:
    """How many have how large a share of the points."""

    count: int
    percent: int
    """Where it begins."""
    height: float
    """From 0 to 1."""


def class_page(book: Book, known: Mapping[str, list[str]] | None = None) -> str:
    """Return the class report as a whole HTML page. It holds hidden tests' messages: for staff.

    Args:
        known: by question the digests of answers that tell nothing of who wrote them: see `similar`.
    """
    stats = class_stats(book)
    ordered = sorted(
        book.graded, key=lambda e: (-(e.marks.total or 0.0), e.result.file, e.result.name)
    )
    return render(
        "class_report.html.j2",
        manifest=book.manifest,
        book=book,
        stats=stats,
        look=to_look_at(book, known or {}),
        rows=[(entry, _heat_cells(entry)) for entry in ordered],
        bars=_bars(stats.bins),
        entries={entry.result.name: entry for entry in book.entries},
        adjusted=[entry for entry in book.entries if entry.marks.adjustments],
        by_hand=FOLDER,
        tones={outcome: TONES.get(outcome, Tone.BAD).value for outcome in Outcome},
    )


def _heat_cells(entry: Entry) -> list[HeatCell]:
    answers = {question.name: question for question in entry.result.questions}
    return [_heat_cell(mark, answers.get(mark.name)) for mark in entry.marks.questions]


def _heat_cell(mark: Mark, answer: QuestionResult | None) -> HeatCell:
    if answer is None:
        return HeatCell("-", "idle", f"{mark.name}: not graded")
    if mark.score is None:
        why = "to be read" if mark.unread else "does not count"
        return HeatCell("-", "idle", f"{mark.name}: {why}")
    share = mark.score / answer.possible if answer.possible else 1.0
    heat = f"h{max(0, min(HEAT_STEPS, int(HEAT_STEPS * share)))}"
    if answer.outcome is Outcome.GRADER_ERROR:
        heat = "ours"
    elif answer.outcome is Outcome.NOT_ATTEMPTED:
        heat = "idle"
    scored = f"{points(mark.score)} of {points(answer.possible)}"
    return HeatCell(points(mark.score), heat, f"{mark.name}: {scored}, {answer.outcome.value}")


def _bars(bins: Sequence[int]) -> list[Bar]:
    highest = max(*bins, 1)
    return [
        Bar(count, place * 100 // len(bins), count / highest) for place, count in enumerate(bins)
    ]

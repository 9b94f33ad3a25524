"""The page that staff read: every submission, every question, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.manifest import Manifest
from autograder.report.book import Book
from autograder.report.pages import render
from autograder.report.stats import class_stats, grader_errors
from autograder.report.view import TONES, Tone, graders_fault, plain, points
from autograder.results import Outcome, QuestionResult, SubmissionResult

HEAT_STEPS = 4
HISTOGRAM = {"width": 640, "height": 190, "left": 30, "bottom": 24, "top": 18}


@dataclass(frozen=True)
class HeatCell:
    """One submission's score on one question."""

    text: str
    heat: str
    """The class of its colour: `h0` to `h4`, `idle` or `ours`."""
    label: str


def class_page(book: Book) -> str:
    """Return the class report as a whole HTML page. It holds hidden tests' messages: for staff."""
    results, manifest = book.results, book.manifest
    stats = class_stats(results, manifest)
    problems = [result for result in results if result.problem is not None]
    graded = [result for result in results if result.problem is None]
    ordered = sorted(graded, key=lambda result: (-result.score, result.file, result.name))
    files = [(result, plain(result.problem or "")) for result in problems]
    return render(
        "class_report.html.j2",
        manifest=manifest,
        stats=stats,
        lost=[(result, text) for result, text in files if graders_fault(result)],
        problems=[(result, text) for result, text in files if not graders_fault(result)],
        errors=grader_errors(results),
        rows=[(result, _heat_cells(result, manifest)) for result in ordered],
        bars=_histogram(stats.bins),
        chart=HISTOGRAM,
        tones={outcome: TONES.get(outcome, Tone.BAD).value for outcome in Outcome},
    )


def _heat_cells(result: SubmissionResult, manifest: Manifest) -> list[HeatCell]:
    answers = {question.name: question for question in result.questions}
    return [_heat_cell(known.name, answers.get(known.name)) for known in manifest.questions]


def _heat_cell(name: str, answer: QuestionResult | None) -> HeatCell:
    if answer is None:
        return HeatCell("-", "idle", f"{name}: not graded")
    share = answer.score / answer.possible if answer.possible else 1.0
    heat = f"h{int(HEAT_STEPS * share)}"
    if answer.outcome is Outcome.GRADER_ERROR:
        heat = "ours"
    elif answer.outcome is Outcome.NOT_ATTEMPTED:
        heat = "idle"
    scored = f"{points(answer.score)} of {points(answer.possible)}"
    return HeatCell(points(answer.score), heat, f"{name}: {scored}, {answer.outcome.value}")


def _histogram(bins: Sequence[int]) -> list[dict[str, Any]]:
    """Return the bars with their places in the drawing."""
    room = HISTOGRAM["height"] - HISTOGRAM["bottom"] - HISTOGRAM["top"]
    step = (HISTOGRAM["width"] - HISTOGRAM["left"]) / len(bins)
    highest = max(*bins, 1)
    bars = []
    for place, count in enumerate(bins):
        height = room * count / highest
        bars.append(
            {
                "count": count,
                "x": round(HISTOGRAM["left"] + place * step, 1),
                "y": round(HISTOGRAM["top"] + room - height, 1),
                "width": round(step - 4, 1),
                "height": round(height, 1),
                "percent": place * 100 // len(bins),
            }
        )
    return bars

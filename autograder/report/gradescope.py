"""One submission's results as Gradescope reads them, from `autograder grade` and from a container alike.

See https://gradescope-autograders.readthedocs.io/en/latest/specs/. One row per question. As long as a single
row is hidden, Gradescope shows students no total: so by default all are visible, and what is hidden is left
out of the text instead. All text is `text`, which Gradescope escapes: some of it a student wrote.
`stdout_visibility` is not set, so that the instructor's own setting counts.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.course.manifest import Manifest
from autograder.outcome.results import SubmissionResult
from autograder.outcome.versions import versions
from autograder.report.view import (
    CaseView,
    QuestionView,
    Tone,
    plain,
    points,
    problem_words,
    question_views,
    total_points,
)
from autograder.safe_files import write_atomically

VISIBLE = "visible"
UNFINISHED = (
    "Grading was cut short. What stands here was graded until then; if it does not change within the hour, "
    "ask your teacher to have it graded again."
)
LATER = {
    "after_due_date": "Your points, and what the hidden checks found, are shown after the due date.",
    "after_published": "Your points, and what the hidden checks found, are shown when grades are published.",
}


def gradescope_results(result: SubmissionResult, manifest: Manifest) -> dict[str, Any]:
    """Return the content of `results.json`."""
    seconds = {question.name: round(question.seconds, 3) for question in result.questions}
    content: dict[str, Any] = {
        "score": round(result.score, 5),
        "output": "\n".join(_summary(result, manifest)),
        "output_format": "text",
        "visibility": VISIBLE,
        # In whole seconds: finer ones could be made to say what a hidden test passed in.
        "execution_time": float(round(result.seconds)),
        "tests": [
            _test(view, manifest.gradescope_rows, seconds.get(view.name, 0.0))
            for view in question_views(result, manifest)
        ],
        "extra_data": {
            "assignment": manifest.assignment,
            "source_digest": manifest.source_digest,
            "submission_sha256": result.digest,
            "seed": result.seed,
            "seconds": round(result.seconds, 3),
            "finished": result.finished,
            "versions": versions(),
        },
    }
    board = [(name, value) for name, value in result.leaderboard if math.isfinite(value)]
    if board:
        content["leaderboard"] = [{"name": name, "value": round(value, 5)} for name, value in board]
    return content


def write_gradescope_json(result: SubmissionResult, manifest: Manifest, path: Path) -> None:
    """Write `results.json`, or a file of its form, to `path`."""
    content = gradescope_results(result, manifest)
    write_atomically(path, json.dumps(content, indent=2, allow_nan=False) + "\n")


def _summary(result: SubmissionResult, manifest: Manifest) -> Iterator[str]:
    problem = problem_words(result)
    if problem is not None:
        yield f"Nothing could be graded. {problem}"
        return
    if not result.finished:
        yield UNFINISHED
    if manifest.gradescope_rows == VISIBLE:
        yield f"{points(result.score)} of {points(total_points(manifest))} points."
    for error in result.cell_errors:
        where = f"cell {error.cell}" + (f", line {error.line}" if error.line else "")
        yield f"Code {where} stopped: {plain(error.message)}"
    if manifest.gradescope_rows != VISIBLE:
        yield LATER[manifest.gradescope_rows]
        yield from _public_checks(result, manifest)


def _public_checks(result: SubmissionResult, manifest: Manifest) -> Iterator[str]:
    """Yield what students may read before the rows are shown."""
    for view in question_views(result, manifest.model_copy(update={"hidden_tests": "nothing"})):
        yield f"\n{view.number}. {view.name}"
        yield from _lines(view)


def _test(view: QuestionView, visibility: str, seconds: float) -> dict[str, Any]:
    return {
        "name": view.name,
        "number": str(view.number),
        "score": round(view.score, 5),
        "max_score": round(view.possible, 5),
        "status": "passed" if view.score >= view.possible else "failed",
        "output": "\n".join(_lines(view)),
        "output_format": "text",
        "visibility": visibility,
        "tags": [view.label],
        "extra_data": {"seconds": seconds},
    }


def _lines(view: QuestionView) -> Iterator[str]:
    yield view.label[:1].upper() + view.label[1:] + "."
    if view.message:
        yield view.message
    for case in view.cases:
        yield from _case_lines(case)
    if view.concealed:
        yield f"Not shown: {view.concealed} hidden {'check' if view.concealed == 1 else 'checks'}."


def _case_lines(case: CaseView) -> Iterator[str]:
    title = f"hidden: {case.title}" if case.hidden else case.title
    label = "" if case.tone is Tone.GOOD else f" ({case.label})"
    yield f"{case.tone.mark} {title}{label}"
    yield from (f"    {line}".rstrip() for line in case.message.splitlines())

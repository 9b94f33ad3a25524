"""One submission's results as Gradescope reads them.

See https://gradescope-autograders.readthedocs.io/en/latest/specs/. One entry per question, all of
them visible: if a single one were hidden, Gradescope would show students no total. What is hidden
is left out of the text instead.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.manifest import Manifest
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
from autograder.results import SubmissionResult
from autograder.safe_files import write_atomically


def gradescope_results(result: SubmissionResult, manifest: Manifest) -> dict[str, Any]:
    """Return the content of `results.json`."""
    content: dict[str, Any] = {
        "score": round(result.score, 5),
        "output": "\n".join(_summary(result, manifest)),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(result.seconds, 2),
        "tests": [_test(view) for view in question_views(result, manifest)],
        "extra_data": {"assignment": manifest.assignment, "source_digest": manifest.source_digest},
    }
    board = [(name, value) for name, value in result.leaderboard if math.isfinite(value)]
    if board:
        content["leaderboard"] = [{"name": name, "value": value} for name, value in board]
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
    yield f"{points(result.score)} of {points(total_points(manifest))} points."
    for error in result.cell_errors:
        where = f"cell {error.cell}" + (f", line {error.line}" if error.line else "")
        yield f"Code {where} stopped: {plain(error.message)}"


def _test(view: QuestionView) -> dict[str, Any]:
    return {
        "name": view.name,
        "number": str(view.number),
        "score": round(view.score, 5),
        "max_score": round(view.possible, 5),
        "status": "passed" if view.score >= view.possible else "failed",
        "output": "\n".join(_lines(view)),
        "output_format": "text",
        "visibility": "visible",
        "tags": [view.label],
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

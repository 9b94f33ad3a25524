"""The page that a student gets back."""

from __future__ import annotations

from autograder.course.manifest import Manifest
from autograder.outcome.results import UNDEFINED, UNTOUCHED, SubmissionResult
from autograder.report.pages import render
from autograder.report.tally import Marks, marks_of
from autograder.report.view import (
    BY_HAND,
    QuestionView,
    Tone,
    graders_fault,
    plain,
    problem_words,
    question_views,
)

MAX_NEXT = 3


def feedback_page(result: SubmissionResult, manifest: Manifest, marks: Marks | None = None) -> str:
    """Return a whole HTML page that needs nothing else, and holds nothing that is hidden."""
    views = question_views(result, manifest)
    marks = marks or marks_of(result, manifest)
    sources = {question.name: question.source for question in result.questions}
    return render(
        "feedback.html.j2",
        manifest=manifest,
        file=result.file,
        problem=problem_words(result),
        ours=graders_fault(result),
        marks=marks,
        sources={view.name: sources.get(view.name, "") for view in views},
        questions=list(zip(views, marks.questions, strict=True)),
        headline=_headline(views),
        next_up=_next_up(views),
        cell_errors=[
            (error.cell, error.line, plain(error.message)) for error in result.cell_errors
        ],
        concealed=any(view.concealed for view in views),
        some_hidden=any(case.hidden for view in views for case in view.cases),
    )


def _headline(views: list[QuestionView]) -> str:
    """Return the sentence under the score."""
    views = [view for view in views if view.label != BY_HAND]
    full = sum(view.share >= 1 for view in views)
    if full == len(views):
        return "Full marks. Well done!"
    if all(view.message.startswith((UNTOUCHED, UNDEFINED)) for view in views):
        return "Nothing is filled in yet. The first question is a good place to start."
    if full == 0:
        return "A start is made. The notes below say what to look at in each question."
    rest = sum(view.share < 1 and view.tone is not Tone.OURS for view in views)
    if rest == 0:
        return "Everything that could be graded has full marks. Well done!"
    few = "one question is" if rest == 1 else f"{rest} questions are"
    have = "question has" if full == 1 else "questions have"
    return f"{full} {have} full marks; {few} worth another look."


def _next_up(views: list[QuestionView]) -> list[QuestionView]:
    """Return where to look first: what is begun before what is not."""
    done = (BY_HAND, Tone.OURS)
    open_ = [v for v in views if v.share < 1 and v.label not in done and v.tone not in done]
    return sorted(open_, key=lambda view: (view.tone is Tone.IDLE, view.number))[:MAX_NEXT]

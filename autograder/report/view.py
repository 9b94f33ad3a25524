"""What a student may be told of a result, in words: the one place that hides hidden tests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from autograder.course.manifest import Manifest
from autograder.outcome.results import (
    UNWATCHED,
    CaseResult,
    Outcome,
    QuestionResult,
    Role,
    SubmissionResult,
    obstacle,
)

MAX_MESSAGE = 4000
UNSEEN = "\N{REPLACEMENT CHARACTER}"

WORDS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "not yet right",
    Outcome.ERROR: "stopped with an error",
    Outcome.TIMEOUT: "took too long",
    Outcome.MEMORY: "ran out of memory",
    Outcome.CRASHED: "crashed",
    Outcome.NOT_ATTEMPTED: "not attempted",
    Outcome.GRADER_ERROR: "under review",
}
ALL_PASSED = "all checks passed"
PUBLIC_PASSED = "public checks passed"
BY_HAND = "read by a person"
READ_BY_HAND = "A person reads this answer and gives its points."
UNDER_REVIEW = (
    "Something went wrong on the grader's side, not yours. Your teacher has been told and will "
    "look into it."
)


class Tone(str, Enum):
    """How good the news is; names the colours of the pages."""

    GOOD = "good"
    PART = "part"
    BAD = "bad"
    IDLE = "idle"
    OURS = "ours"

    @property
    def mark(self) -> str:
        return {"good": "✓", "part": "◐", "bad": "✗", "idle": "○", "ours": "!"}[self.value]


TONES = {
    Outcome.PASSED: Tone.GOOD,
    Outcome.NOT_ATTEMPTED: Tone.IDLE,
    Outcome.GRADER_ERROR: Tone.OURS,
}


@dataclass(frozen=True)
class CaseView:
    """One test case as its student sees it."""

    title: str
    hidden: bool
    tone: Tone
    label: str
    message: str
    score: float
    possible: float


@dataclass(frozen=True)
class QuestionView:
    """One question as its student sees it."""

    number: int
    name: str
    tone: Tone
    label: str
    message: str
    cases: tuple[CaseView, ...]
    concealed: int
    """How many hidden cases are not shown at all."""
    score: float
    possible: float

    @property
    def share(self) -> float:
        return self.score / self.possible if self.possible else 1.0


def question_views(result: SubmissionResult, manifest: Manifest) -> list[QuestionView]:
    """Return the questions of the manifest in order, graded or not."""
    graded = {question.name: question for question in result.questions}
    views = []
    for number, known in enumerate(manifest.questions, start=1):
        question = graded.get(known.name)
        if result.problem is not None or question is None or not question.cases:
            tone = Tone.OURS if graders_fault(result) else Tone.IDLE
            views.append(
                QuestionView(number, known.name, tone, "not graded", "", (), 0, 0.0, known.points)
            )
        else:
            views.append(_question_view(number, question, manifest.hidden_tests))
    return views


def total_points(manifest: Manifest) -> float:
    return sum(question.points for question in manifest.questions)


def graders_fault(result: SubmissionResult) -> bool:
    """Whether nothing could be graded for a reason that is not the student's."""
    outcomes = {question.outcome for question in result.questions}
    return result.problem is not None and outcomes == {Outcome.GRADER_ERROR}


def problem_words(result: SubmissionResult) -> str | None:
    """Return why nothing could be graded; what went wrong on our side is for staff only."""
    if result.problem is None:
        return None
    return UNDER_REVIEW if graders_fault(result) else plain(result.problem)


def _question_view(number: int, result: QuestionResult, hidden_tests: str) -> QuestionView:
    shown = [case for case in result.cases if not case.hidden or hidden_tests != "nothing"]
    concealed = len(result.cases) - len(shown)
    outcome = _shown_outcome(result, shown, concealed)
    return QuestionView(
        number=number,
        name=result.name,
        tone=_tone(outcome, result),
        label=_label(outcome, result, shown, concealed),
        message=_question_message(outcome, result, hidden_tests),
        cases=_case_views(result.name, outcome, shown, hidden_tests),
        concealed=concealed,
        score=result.score,
        possible=result.possible,
    )


def _shown_outcome(result: QuestionResult, shown: Sequence[CaseResult], concealed: int) -> Outcome:
    """Return the question's outcome, told from the shown cases alone if others are concealed."""
    if not concealed or result.outcome in TONES:
        return result.outcome
    lost = (case.outcome for case in shown if case.outcome is not Outcome.PASSED)
    return next(lost, Outcome.PASSED)


def _tone(outcome: Outcome, result: QuestionResult) -> Tone:
    if result.by_hand and outcome is Outcome.PASSED:
        return Tone.IDLE
    if outcome is Outcome.PASSED and result.score < result.possible:  # lost on concealed cases
        return Tone.PART
    if outcome not in TONES and result.score > 0:
        return Tone.PART
    return TONES.get(outcome, Tone.BAD)


def _label(
    outcome: Outcome, result: QuestionResult, shown: Sequence[CaseResult], concealed: int
) -> str:
    if result.by_hand and outcome is Outcome.PASSED:
        return BY_HAND
    if outcome is Outcome.PASSED:
        if concealed:
            return PUBLIC_PASSED if shown else "checked"
        return ALL_PASSED
    public = [case.outcome is Outcome.PASSED for case in shown if not case.hidden]
    if public and all(public) and outcome not in TONES:
        return PUBLIC_PASSED
    if outcome is Outcome.FAILED and result.score > 0:
        return "partly right"
    return WORDS[outcome]


def _question_message(outcome: Outcome, result: QuestionResult, hidden_tests: str) -> str:
    if outcome is Outcome.GRADER_ERROR:
        return UNDER_REVIEW
    if result.by_hand:
        return " ".join(filter(None, [plain(result.message), READ_BY_HAND]))
    return " ".join(filter(None, [plain(result.message), broken_rule(result, hidden_tests)]))


def broken_rule(result: QuestionResult, hidden_tests: str) -> str:
    """Return the sentence about the rule that takes the question to 0, or nothing."""
    rule = obstacle(result.cases)
    if rule is None or rule.role is not Role.RULE or rule.outcome in TONES:
        return ""
    name = _name(rule, result.name, hidden_tests)
    if rule.message == UNWATCHED:
        asked = f"Your result is wrong where the rule {name} was to be checked"
    elif rule.outcome is Outcome.FAILED:
        asked = f"You were asked to write it yourself: the rule {name} is broken"
    else:
        asked = f"Your code stopped where the rule {name} was to be checked"
    return f"{asked}, so the question earns nothing."


def withheld(case: CaseResult, question: str, hidden_tests: str) -> str:
    """Return why a case that passed earns nothing, or nothing if it does earn."""
    if case.withheld_by is None:
        return ""
    name = _name(case.withheld_by, question, hidden_tests)
    if case.withheld_by.role is Role.RULE and case.withheld_by.message != UNWATCHED:
        return f"passed, but earns nothing: the rule {name} is broken"
    return f"passed, but earns nothing until {name} passes"


def _name(case: CaseResult, question: str, hidden_tests: str) -> str:
    if case.hidden and hidden_tests == "nothing":
        return "of a hidden check" if case.role is Role.RULE else "a hidden check"
    return f"“{readable(case.title, question)}”"


def _case_views(
    question: str, outcome: Outcome, shown: Sequence[CaseResult], hidden_tests: str
) -> tuple[CaseView, ...]:
    """Return the cases; what stopped several of them is told once."""
    told: set[str] = set()
    views = []
    for case in shown:
        message = plain(case.words)
        silent = case.hidden and hidden_tests != "hint"
        # An untouched stub, or a fault of ours, is told of the question as a whole.
        silent |= outcome in (Outcome.NOT_ATTEMPTED, Outcome.GRADER_ERROR)
        silent |= case.outcome is Outcome.PASSED
        why = withheld(case, question, hidden_tests)
        label = why or WORDS[case.outcome]
        if message in told and not silent:
            label += ", as above"
        views.append(
            CaseView(
                title=readable(case.title, question),
                hidden=case.hidden,
                tone=Tone.PART if why else TONES.get(case.outcome, Tone.BAD),
                label=label,
                message="" if silent or message in told else message,
                score=case.score,
                possible=case.possible,
            )
        )
        if not silent:
            told |= {message} - {""}
    return tuple(views)


def readable(title: str, question: str) -> str:
    """Return a test's name as words, without the question's name before them."""
    words = plain(title).replace("_", " ").strip()
    return words.removeprefix(question.replace("_", " ") + " ").lstrip()


def points(value: float) -> str:
    """Return points with as many decimals as they need, two at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def plain(text: str) -> str:
    """Return `text` without control and invisible characters and lone surrogates, and not too long."""
    text = cleaned(text[: 2 * MAX_MESSAGE])
    return text.strip() if len(text) <= MAX_MESSAGE else text[:MAX_MESSAGE].strip() + " … (cut)"


def cleaned(text: str) -> str:
    """Return `text` without control characters; what is invisible is shown to be there."""
    text = text.replace("\r\n", "\n")
    text = re.sub(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?)", "", text)
    text = re.sub(r"[^\S\n\t ]|[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text)
    return "".join(UNSEEN if unicodedata.category(char) in ("Cf", "Cs") else char for char in text)

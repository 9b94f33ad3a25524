"""Hints are ladders of three steps: a title that names one symptom, an idea, and, one click further, the next line."""

from __future__ import annotations

import re

import nbformat
import pytest

from autograder.authoring.leaks import hidden_lines
from autograder.authoring.master import Question
from autograder.authoring.student import indent_hints
from tests.example_class import ROOT
from tests.lessons import SETTINGS, master_of, prose_of

PROSE = r"(?:(?!</?details).)+"
LADDER = re.compile(
    rf"<details><summary>Hint: [^<]+</summary>\n\n{PROSE}"
    rf"<details><summary>The next line</summary>\n\n{PROSE}</details></details>\n?",
    re.DOTALL,
)
STUCK = """\
**Stuck for fifteen minutes?** Do three things, in this order:

- Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
- Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
- Ask, and bring the message, word for word, the shapes, and what you expected.
"""
QUESTIONS = [each for name in SETTINGS.assignments for each in master_of(name).questions]
EVERY_QUESTION = pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
EVERY_ANSWER = pytest.mark.parametrize(
    "question", [each for each in QUESTIONS if not each.is_quiz], ids=lambda each: each.name
)


def hints(question: Question) -> str:
    """Return what stands behind the titles of a question's hints, and they."""
    start = question.prose.find("<details>")
    return question.prose[start:] if start >= 0 else ""


@EVERY_ANSWER
def test_every_hint_is_a_ladder_of_three_steps(question: Question) -> None:
    text = hints(question)
    assert LADDER.search(text), "a question has a hint at least"
    beside = LADDER.sub("", text).strip()
    assert not beside, f"this is no step of a ladder: {beside[:200]}"


@EVERY_QUESTION
def test_a_title_names_one_symptom(question: Question) -> None:
    titles = re.findall(r"<summary>Hint: ([^<]+)</summary>", hints(question))
    assert len(titles) == len(set(titles)) > 0
    for title in titles:
        assert ", or " not in title and "\n" not in title, f"two symptoms, two hints: {title}"


@EVERY_ANSWER
def test_the_steps_together_leave_something_of_the_answer_to_be_found(question: Question) -> None:
    hidden = hidden_lines(question.solution.source)
    source = question.solution.source.split("\n")
    answer = {re.sub(r"^return|#.*|\s", "", source[number - 1].strip()) for number in hidden}
    told = {re.sub(r"\s", "", code) for code in re.findall(r"`([^`]+)`", hints(question))}
    lines = {line for line in answer if len(line) > 3 and "super().__init__()" not in line}
    found = {line for line in lines if any(line in code for code in told)}
    assert 2 * len(found) <= len(lines), f"the hints say {sorted(found)}, too much of the answer"


@pytest.mark.parametrize("assignment", SETTINGS.assignments)
def test_a_lesson_says_once_what_to_do_when_stuck(assignment: str) -> None:
    assert prose_of(assignment).count(STUCK) == 1


@pytest.mark.parametrize("assignment", SETTINGS.assignments)
def test_what_opens_on_a_click_is_indented(assignment: str) -> None:
    """A viewer gives `<details>` no indent: opened, an idea would read on like the paragraph above it."""
    path = ROOT / "assignments" / assignment / f"{assignment}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if "<details" in cell.source]
    assert len(texts) >= len(SETTINGS.assignments[assignment].questions)
    for text in texts:
        steps = text.count("<details>")
        assert text.count("</summary><blockquote>\n\n") == steps
        assert text.count("</blockquote></details>") == steps


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>Hint</summary>\n\nThe end is missing.\n",
        "<details>\n\nThe title is missing.\n</details>\n",
        "A word on `</details>`, which ends what `<details>` begins.\n",
    ],
)
def test_what_does_not_open_and_close_on_lines_of_its_own_stays_as_it_is(text: str) -> None:
    assert indent_hints(text) == text

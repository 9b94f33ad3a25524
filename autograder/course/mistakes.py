"""The wrong answers that a course knows, by name: what the judge compares a student's answer with.

`build` puts them into the autograder's zip, beside Otter's test files: staff's alone, like these.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

MISTAKES = "tests/mistakes.json"
"""The place in the zip. Otter takes its test files from this folder by their suffix, and copies it whole."""


class WrongAnswer(BaseModel):
    """One wrong answer to a question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """Such as `absolute_value`; unique within the question."""
    hint: str
    """What a student who makes this mistake should read."""
    source: str
    """A cell that answers the question so."""


class MistakeBook(BaseModel):
    """The wrong answers of an assignment, and the notebook that they take an answer's place in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reference: list[str] = []
    """The cells of the solved notebook, without demonstrations."""
    wrong: dict[str, list[WrongAnswer]] = {}
    """By question."""

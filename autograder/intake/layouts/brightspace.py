"""Brightspace's (D2L's) download of an assignment folder."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from autograder.intake.layouts.layout import Owner
from autograder.intake.walk import Found, Parts

NAME = re.compile(
    r"(?P<ids>\d+-\d+) - (?P<name>.+?) - (?P<when>[A-Z][a-z]{2,8} \d{1,2}, \d{4} \d{3,4} [AP]M)"
    r"(?: - (?P<file>.+))?",
    re.DOTALL,
)
FORMATS = ("%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p")


class Brightspace:
    """`12345-678 - Ann Doe - Jan 5, 2026 1000 PM - hw4.ipynb`, or such a folder without the file's name."""

    def owners(self, paths: Sequence[Parts]) -> Mapping[Parts, Owner]:
        return {parts: owner for parts in paths if (owner := _owner(parts))}

    def names(self, found: Sequence[Found]) -> Mapping[Parts, str]:
        return {}


def _owner(parts: Parts) -> Owner | None:
    for place, part in enumerate(parts):
        match = NAME.fullmatch(part)
        if match and (match["file"] or place < len(parts) - 1):
            # The first number is the student's; the second is the attempt's.
            student = f"{match['name']}_{match['ids'].partition('-')[0]}"
            when = _time(match["when"])
            return Owner((*parts[:place], student), student, when, said=f"attempt of {when}")
    return None


def _time(text: str) -> str:
    padded = re.sub(r" (\d{3} [AP]M)$", r" 0\1", text)  # `105 PM` is five past one
    for form in FORMATS:
        try:
            return datetime.strptime(padded, form).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            continue
    return text

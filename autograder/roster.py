"""Who handed in what, from the list that Gradescope puts into its exports.

The list also holds all earlier results, so it can be very long: it is read line by line, for the names
of the submitters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

ROSTER = "submission_metadata.yml"

SUBMISSION = re.compile(r"(submission_\d+):\s*")
KEY = re.compile(r"  (:?\w+):")
NAME = re.compile(r"(?:  - |    ):name:\s+(.{1,200}?)\s*")


def read_roster(lines: Iterable[str]) -> dict[str, str]:
    """Return the submitters' names by submission folder; those of a group joined by `and`."""
    names: dict[str, list[str]] = {}
    submission, submitters = "", False
    for line in lines:
        if match := SUBMISSION.fullmatch(line):
            submission, submitters = match[1], False
        elif match := KEY.match(line):
            submitters = match[1] in (":submitters", "submitters")
        elif submission and submitters and (match := NAME.fullmatch(line)):
            names.setdefault(submission, []).append(_scalar(match[1]))
    return {submission: " and ".join(group) for submission, group in names.items()}


def _scalar(text: str) -> str:
    """Return what a YAML scalar, which may be quoted, stands for."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    return value if isinstance(value, str) else text

"""Who handed in what, from the list that Gradescope puts into its exports.

The list also holds all earlier results, so it can be very long: it is read line by line, for the
names of the submitters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

import yaml

from autograder.intake.unzip import BROKEN, member_problem
from autograder.intake.walk import Found

ROSTER = "submission_metadata.yml"

SUBMISSION = re.compile(r"(submission_\d+):\s*")
KEY = re.compile(r"  (:?\w+):")
MAX_LINE = 4096

NAME = re.compile(r"(?:  - |    ):name:\s+(.{1,200}?)\s*")


def read_roster(item: Found) -> dict[str, str]:
    """Return the submitters' names by submission folder; what cannot be read is left out."""
    try:
        if item.archive and item.info and member_problem(item.info) is None:
            with item.archive.open(item.info) as member:
                return submitters(_lines(member))
        if item.path:
            with item.path.open("rb") as file:
                return submitters(_lines(file))
    except BROKEN:
        pass
    return {}


def _lines(file: IO[bytes]) -> Iterator[str]:
    """Yield the lines of a file, without the rest of those that are too long to matter."""
    whole = True
    while line := file.readline(MAX_LINE):
        if whole:
            yield line.decode("utf-8", "replace").rstrip("\r\n")
        whole = line.endswith(b"\n")


def submitters(lines: Iterable[str]) -> dict[str, str]:
    """Return the names by submission; those of a group are joined by `and`."""
    names: dict[str, list[str]] = {}
    submission, among_submitters = "", False
    for line in lines:
        if match := SUBMISSION.fullmatch(line):
            submission, among_submitters = match[1], False
        elif match := KEY.match(line):
            among_submitters = match[1] in (":submitters", "submitters")
        elif submission and among_submitters and (match := NAME.fullmatch(line)):
            names.setdefault(submission, []).append(_scalar(match[1]))
    return {submission: " and ".join(group) for submission, group in names.items()}


def _scalar(text: str) -> str:
    """Return what a YAML scalar, which may be quoted, stands for."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    return value if isinstance(value, str) else text

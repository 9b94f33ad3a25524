"""Gradescope's "export submissions": a folder for each, and a list of who handed in what.

The list also holds all earlier results, so it can be very long: it is read line by line, for the
names of the submitters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

import yaml

from autograder.intake.layouts.layout import Owner
from autograder.intake.unzip import BROKEN, member_problem
from autograder.intake.walk import Found, Parts

ROSTER = "submission_metadata.yml"
FOLDER = re.compile(r"submission_\d+")
SUBMISSION = re.compile(r"(submission_\d+):\s*")
KEY = re.compile(r"  (:?\w+):")
MAX_LINE = 4096

NAME = re.compile(r"(?:  - |    ):name:\s+(.{1,200}?)\s*")
NOTHING = ("null", "Null", "NULL", "~", "")
"""How YAML writes that there is no name."""


class Gradescope:
    """`submission_101/hw4.ipynb`, and `submission_metadata.yml` beside the folders."""

    def owners(self, paths: Sequence[Parts]) -> Mapping[Parts, Owner]:
        return {parts: owner for parts in paths if (owner := _owner(parts))}

    def names(self, found: Sequence[Found]) -> Mapping[Parts, str]:
        """Return the submitters' names by the folder of their submission."""
        names: dict[Parts, str] = {}
        for item in found:
            if item.name == ROSTER and _owner(item.parts) is None:
                for folder, name in read_roster(item).items():
                    key = (*item.parts[:-1], folder)
                    names[key] = f"{name}-{folder}"
        return names


def _owner(parts: Parts) -> Owner | None:
    for place, part in enumerate(parts[:-1]):
        if FOLDER.fullmatch(part):
            return Owner(parts[: place + 1], part)
    return None


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
            yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
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
            if name := _scalar(match[1]):
                names.setdefault(submission, []).append(name)
    return {submission: " and ".join(group) for submission, group in names.items()}


def _scalar(text: str) -> str:
    """Return what a YAML scalar, which may be quoted, stands for: always text.

    A name may look like a date, a number or a truth value to YAML (`2001-99-99`, `Null`, `No`).
    """
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return text
    if text in NOTHING:
        return ""
    return value if isinstance(value, str) else text

"""Moodle's "download all submissions", with or without folders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from autograder.intake.layouts.layout import Owner
from autograder.intake.walk import Found, Parts

NAME = re.compile(r"(.+?_\d+)_assignsubmission_[a-z]+(?:_.*)?", re.DOTALL)


class Moodle:
    """`Ann Doe_11_assignsubmission_file_hw4.ipynb`, or a folder `Ann Doe_11_assignsubmission_file_`."""

    def owners(self, paths: Sequence[Parts]) -> Mapping[Parts, Owner]:
        return {parts: owner for parts in paths if (owner := _owner(parts))}

    def names(self, found: Sequence[Found]) -> Mapping[Parts, str]:
        return {}


def _owner(parts: Parts) -> Owner | None:
    for place, part in enumerate(parts):
        if match := NAME.fullmatch(part):
            return Owner((*parts[:place], match[1]), match[1])
    return None

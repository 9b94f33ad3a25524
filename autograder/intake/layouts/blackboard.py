"""Blackboard's "assignment file download"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from autograder.intake.layouts.layout import Owner
from autograder.intake.walk import Found, Parts

NAME = re.compile(
    r"(?P<who>.+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
RECEIPT_LINE = re.compile(r"\ufeff?Name:\s*(?P<name>.{1,200}?)\s*\((?P<user>[^()]{1,100})\)\s*")


class Blackboard:
    """`hw4_ann_attempt_2026-01-30-15-30-10_hw4.ipynb`, beside a receipt `…-10.txt` for each attempt.

    The assignment's title stands before the user's name, and both may hold underscores: what all names
    of a download begin with is the title.
    """

    def owners(self, paths: Sequence[Parts]) -> Mapping[Parts, Owner]:
        matches = {parts: match for parts in paths if (match := NAME.fullmatch(parts[-1]))}
        titles = _titles({match["who"] for match in matches.values()})
        return {
            parts: Owner(
                key=(*parts[:-1], match["who"]),
                title=titles[match["who"]],
                attempt=match["when"],
                said=f"attempt of {_spoken(match['when'])}",
                receipt=match["file"] is None,
            )
            for parts, match in matches.items()
        }

    def names(self, found: Sequence[Found]) -> Mapping[Parts, str]:
        """Return the full names that the receipts hold."""
        names: dict[Parts, str] = {}
        for item in found:
            match = NAME.fullmatch(item.name)
            if match and match["file"] is None:
                first, *_ = item.head().decode("utf-8", "replace").splitlines() or [""]
                if said := RECEIPT_LINE.fullmatch(first):
                    key = (*item.parts[:-1], match["who"])
                    names[key] = f"{said['name']}-{said['user']}"
        return names


def _titles(whos: set[str]) -> dict[str, str]:
    """Return the users' names, by what stands before `_attempt_`."""
    first, last = min(whos, default=""), max(whos, default="")
    same = 0
    while same < len(first) and first != last and first[same] == last[same]:
        same += 1
    start = (first.rfind("_", 0, same) if first != last else first.rfind("_")) + 1
    return {who: who[start:] or who for who in whos}


def _spoken(when: str) -> str:
    year, month, day, hour, minute, _ = when.split("-")
    return f"{year}-{month}-{day} {hour}:{minute}"

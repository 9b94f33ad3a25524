"""Canvas's "download submissions".

The names are made in `lib/content_zipper.rb` of Canvas: the student's sortable name in lower case
without anything but letters, digits and underscores; `LATE`; the student's number, or `anon_` and a
code; the file's number; and the name that the student gave, with `-1`, `-2`, … for what was handed in
again. A text or a link that was typed in has no number of a file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from autograder.intake.layouts.layout import Owner
from autograder.intake.walk import Found, Parts

NAME = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?P<user>\d+|anon(?:ymous)?_[A-Za-z0-9]+)_"
    r"(?:(?P<number>\d{3,})_(?P<file>.+)|(?:text|link)\.html)",
    re.DOTALL,
)
AGAIN = re.compile(r"(?P<stem>.+)-(?P<times>\d{1,3})", re.DOTALL)


class Canvas:
    """`smithjane_LATE_12345_67890_hw4_mlp-1.ipynb`."""

    def owners(self, paths: Sequence[Parts]) -> Mapping[Parts, Owner]:
        matches = {parts: match for parts in paths if (match := NAME.fullmatch(parts[-1]))}
        numbers = defaultdict(set)
        for parts, match in matches.items():
            numbers[parts[:-1], match["number"]].add(match["file"])
        return {
            parts: _owner(parts, match)
            for parts, match in matches.items()
            # Every file has a number of its own; a date, say, that several share is none.
            if match["number"] is None or len(numbers[parts[:-1], match["number"]]) == 1
        }

    def names(self, found: Sequence[Found]) -> Mapping[Parts, str]:
        return {}


def _owner(parts: Parts, match: re.Match[str]) -> Owner:
    student = "_".join(part for part in (match["name"], match["user"]) if part)
    file = PurePath(match["file"] or "")
    again = AGAIN.fullmatch(file.stem)
    times = int(again["times"]) if again else 0
    return Owner(
        key=(*parts[:-1], student),
        title=student,
        attempt=f"{times:03}",
        replaces=(again["stem"] if again else file.stem) + file.suffix,
        said=f"attempt {times + 1}" if again else "",
        late=match["late"] is not None,
    )

"""Files that no system has named: which of them are submissions, and whose company the others are.

Nobody may vanish. So a file that is not a notebook is a submission too, with a row that says what to hand
in, unless it lies in the folder of somebody who has a notebook there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePath

from autograder.intake.kinds import UNKNOWN, is_company, is_wanted, is_zip, kind_of
from autograder.intake.pick import NONE
from autograder.intake.walk import Found, Parts

MAX_LOOSE = 30
"""Files in a folder without a notebook that are submissions each; more of them are one."""
COPY = re.compile(
    r"(?P<stem>.+?)(?:-checkpoint|[ _-]*\(\d{1,3}\)|[ _-]+copy ?\d{0,3}|-\d{1,3}| \d{1,2})*",
    re.IGNORECASE | re.DOTALL,
)
"""How browsers, Jupyter and systems name a second copy."""
SUFFIX = re.compile(r"\.(ipynb|zip)(?![a-z]).*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Sorted:
    """Files that stand for somebody, and the names of files that do not."""

    rows: list[Found]
    passed_over: list[Parts]


def stem(name: str) -> str:
    """Return a file's name without what tells its kind."""
    short = SUFFIX.sub("", name)
    return short if short and short != name else PurePath(name).stem


def sort_out(found: Sequence[Found]) -> Sorted:
    """Tell submissions from their company among files that no system has named."""
    root = _root(found)
    wanted = [item for item in found if item.counts]
    rows = list(wanted)
    passed_over: list[Parts] = []
    homeless: dict[Parts, list[Found]] = {}
    for item in found:
        if item.counts or not item.is_file:
            continue
        mates = _mates(item, wanted, root)
        if is_company(item.name):
            if not mates:
                passed_over.append(item.parts)
        elif mates is None:
            rows.append(item)
        elif not mates:
            homeless.setdefault(item.parts[: len(root) + 1], []).append(item)
        elif _could_be_handed_in(item, mates):
            passed_over.append(item.parts)
    passed_over += _empty(found, root)
    for folder, items in homeless.items():
        many = Found((*folder, ""), items[0].source, problem=NONE)
        rows += items if len(items) <= MAX_LOOSE else [many]
    return Sorted(rows, passed_over)


def _root(found: Sequence[Found]) -> Parts:
    """Return the folder that everything lies in."""
    folders = [item.parts[:-1] for item in found]
    first, last = min(folders, default=()), max(folders, default=())
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last))
    return tuple(part for part, _ in same)


def _empty(found: Sequence[Found], root: Parts) -> list[Parts]:
    """Return the folders in the root in which there is nothing but what systems leave behind: perhaps
    somebody's."""
    depth = len(root) + 1
    filled = {item.parts[:depth] for item in found if item.is_file or item.problem}
    traces = {item.parts[:depth] for item in found if len(item.parts) > depth}
    return [(*folder, "") for folder in sorted(traces - filled)]


def _mates(item: Found, wanted: Sequence[Found], root: Parts) -> list[Found] | None:
    """Return the one notebook whose owner's folder `item` lies in; none where there is no notebook.

    Returns `None` where several people's files lie together, as in the root or in a section's folder.
    """
    folder = item.parts[:-1]
    for depth in range(len(root) + 1, len(folder) + 1):
        inside = [each for each in wanted if each.parts[:depth] == folder[:depth]]
        if len(inside) <= 1:
            return inside
    return None


def _could_be_handed_in(item: Found, mates: Sequence[Found]) -> bool:
    """Whether somebody may have handed this in: it is neither made from the notebook nor used by it."""
    kind = kind_of(item.name, b"")
    if kind is UNKNOWN or kind.what in ("a picture", "a Python script", "a text file"):
        return False
    return stem(item.name).casefold() not in {stem(mate.name).casefold() for mate in mates}


def are_copies(items: Sequence[Found]) -> bool:
    """Whether files of a zip are one file under names that a second copy gets."""
    if not all(item.info for item in items):
        return False
    marks = Counter(
        (item.parts[:-1], _without_copy_mark(item.name), item.info.CRC, item.info.file_size)
        for item in items
        if item.info
    )
    return len(marks) == 1


def _without_copy_mark(name: str) -> str:
    match = COPY.fullmatch(stem(name))
    return match["stem"].casefold() if match else name


def is_single(found: Sequence[Found]) -> bool:
    """Whether what lies in a zip is one student's: one notebook or zip at most, copies aside."""
    wanted = [item for item in found if is_wanted(item.name)]
    notebooks = [item for item in wanted if not is_zip(item.name)]
    return len(wanted) <= 1 or (len(notebooks) == len(wanted) and are_copies(notebooks))

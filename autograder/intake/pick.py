"""Which notebook counts among what one student handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from autograder.intake.notebook import MAX_BYTES, UnreadableNotebook, read_notebook
from autograder.intake.unzip import Budget, UnusableZip, open_zip, take_out
from autograder.intake.walk import Found, Parts, is_notebook, is_zip, members

MAX_UNPACKED = 64 * 1024**2
"""Bytes that are unpacked for one student."""
MAX_LISTING = 1024**2
"""Bytes that the table of contents of a student's zip may have."""
MAX_CANDIDATES = 20
ZIP_LEVELS = 2
NONE = "There is no notebook in it; hand in the .ipynb file."
TOO_DEEP = "The zip lies in a zip in a zip; hand in the notebook itself."


@dataclass(frozen=True)
class Choice:
    """A notebook on disk, or why there is none."""

    parts: Parts
    notebook: Path | None = None
    problem: str | None = None
    crowded: bool = False
    """Whether there were several to choose from, and none stood out."""


def choose(items: Sequence[Found], scratch: Path, assignment: str | None) -> Choice:
    """Return the one notebook among `items` and the zips among them, unpacked into `scratch`.

    Of several, it is the one that names `assignment` (or, if that is `None`, any assignment).
    """
    budget = Budget(MAX_UNPACKED)
    every = chain.from_iterable(_candidates(item, scratch, budget) for item in items)
    candidates = list(islice(every, MAX_CANDIDATES + 1))
    notebooks = [candidate for candidate in candidates if candidate.notebook]
    chosen = notebooks
    if len(candidates) > MAX_CANDIDATES:
        chosen = []
    elif len(notebooks) > 1:
        chosen = [each for each in notebooks if _fits(each, assignment)]
    for each in notebooks:
        if each.notebook and (len(chosen) != 1 or each is not chosen[0]):
            _discard(each.notebook, scratch)
    parts = items[0].parts
    if len(chosen) == 1:
        return chosen[0]
    if len(notebooks) > 1:
        names = ", ".join(candidate.parts[-1] for candidate in notebooks[:3])
        why = f"There is more than one notebook in it ({names}); hand in only one."
        return Choice(parts, problem=why, crowded=True)
    return Choice(parts, problem=next((c.problem for c in candidates), NONE))


def _candidates(
    item: Found, scratch: Path, budget: Budget, levels: int = ZIP_LEVELS
) -> Iterator[Choice]:
    name = item.parts[-1]
    if item.problem:
        yield Choice(item.parts, problem=item.problem)
    elif is_notebook(name):
        try:
            yield Choice(item.parts, _on_disk(item, scratch, MAX_BYTES, budget))
        except UnusableZip as error:
            yield Choice(item.parts, problem=str(error))
    elif is_zip(name) and levels == 0:
        yield Choice(item.parts, problem=TOO_DEEP)
    elif is_zip(name):
        try:
            path = _on_disk(item, scratch, MAX_UNPACKED, budget)
            with open_zip(path, MAX_LISTING) as archive:
                for inner in members(archive, item.parts):
                    yield from _candidates(inner, scratch, budget, levels - 1)
            _discard(path, scratch)
        except UnusableZip as error:
            yield Choice(item.parts, problem=str(error))


def _on_disk(item: Found, scratch: Path, limit: int, budget: Budget) -> Path:
    if item.archive and item.info:
        return take_out(item.archive, item.info, scratch, limit, budget)
    assert item.path
    return item.path


def _discard(path: Path, scratch: Path) -> None:
    """Remove what was unpacked, and never what the instructor has."""
    if path.parent == scratch:
        path.unlink(missing_ok=True)


def _fits(candidate: Choice, assignment: str | None) -> bool:
    assert candidate.notebook
    try:
        named = read_notebook(candidate.notebook).assignment
    except UnreadableNotebook:
        return False
    return named is not None and assignment in (None, named)

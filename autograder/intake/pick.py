"""Which notebook counts among what one student handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from autograder.intake.document import MAX_BYTES, MAX_FILE_BYTES, SLIM_FROM
from autograder.intake.kinds import HAND_IN, UNKNOWN, Shape, is_company, kind_of, shape_of
from autograder.intake.layouts import owners
from autograder.intake.notebook import UnreadableNotebook, read_notebook
from autograder.intake.slim import TooLarge, without_outputs
from autograder.intake.unzip import Budget, UnusableZip, open_zip, take_out
from autograder.intake.walk import Found, Parts, members

MAX_UNPACKED = 320 * 1024**2
"""Bytes that are unpacked for one student."""
MAX_LISTING = 1024**2
"""Bytes that the table of contents of a student's zip may have."""
MAX_CANDIDATES = 20
MAX_OTHERS = 200
"""Files of other names that are looked into where none is named as a notebook."""
ZIP_LEVELS = 2
NONE = f"There is no notebook in it; {HAND_IN}."
EMPTY = "The file is empty; save the notebook and hand it in again."
TOO_DEEP = "The zip lies in a zip in a zip; hand in the notebook itself."
CHECKPOINT = "-checkpoint."


@dataclass(frozen=True)
class Choice:
    """A notebook on disk, or why there is none."""

    parts: Parts
    notebook: Path | None = None
    problem: str | None = None
    crowded: bool = False
    """Whether there were several to choose from, and none stood out."""


@dataclass(frozen=True)
class _Unpacker:
    """Looks for notebooks among files and in zips, which it unpacks within one student's budget."""

    scratch: Path
    budget: Budget = field(default_factory=lambda: Budget(MAX_UNPACKED))

    def search(self, items: Sequence[Found], levels: int = ZIP_LEVELS) -> Iterator[Choice]:
        """Yield the notebooks, and what is wrong with what should be one.

        Where no file is named as a notebook, the others are looked into: browsers rename what they save.
        """
        found = wrong = False
        for item in items:
            if item.counts:
                for candidate in self._candidates(item, levels):
                    found |= candidate.notebook is not None
                    wrong = True
                    yield candidate
        if found:
            return
        others = [item for item in items if item.is_file and not item.counts]
        for item in others[:MAX_OTHERS]:
            if shape_of(item.name, item.head()) is Shape.NOTEBOOK:
                found = True
                yield from self._candidates(item, levels)
        if not found and not wrong:
            yield Choice(items[0].parts if items else (), problem=_nothing(items))

    def _candidates(self, item: Found, levels: int) -> Iterator[Choice]:
        if item.problem:
            yield Choice(item.parts, problem=item.problem)
            return
        head = item.head()
        shape = shape_of(item.name, head)
        if shape is Shape.OTHER:
            yield Choice(item.parts, problem=kind_of(item.name, head).sentence)
        elif shape is Shape.ZIP and levels == 0:
            yield Choice(item.parts, problem=TOO_DEEP)
        else:
            try:
                if shape is Shape.NOTEBOOK:
                    yield Choice(item.parts, self._on_disk(item, MAX_FILE_BYTES, slim=True))
                else:
                    yield from self._unpacked(item, levels)
            except UnusableZip as error:
                yield Choice(item.parts, problem=str(error))

    def _unpacked(self, item: Found, levels: int) -> Iterator[Choice]:
        path = self._on_disk(item, MAX_UNPACKED)
        try:
            with open_zip(path, MAX_LISTING) as archive:
                yield from self.search(list(members(archive, item.parts)), levels - 1)
        finally:
            self.discard(path)

    def _on_disk(self, item: Found, limit: int, slim: bool = False) -> Path:
        if not (item.archive and item.info):
            assert item.path
            return item.path
        path = take_out(item.archive, item.info, self.scratch, limit, self.budget)
        if slim and path.stat().st_size > SLIM_FROM:
            _slim_down(path)
        return path

    def discard(self, path: Path) -> None:
        """Remove what was unpacked, and never what the instructor has."""
        if path.parent == self.scratch:
            path.unlink(missing_ok=True)


def _slim_down(path: Path) -> None:
    """Leave the outputs out of what was unpacked: a class's could fill the disk."""
    try:
        slim = without_outputs(path.read_bytes(), MAX_BYTES)
    except TooLarge:
        return  # its reader says so
    path.write_bytes(slim)


def choose(items: Sequence[Found], scratch: Path, assignment: str | None) -> Choice:
    """Return the one notebook among `items` and the zips among them, unpacked into `scratch`.

    Copies count as one. Of several, it is the one that names `assignment` (or, if that is `None`, any).
    """
    unpacker = _Unpacker(scratch)
    candidates = list(islice(unpacker.search(items), MAX_CANDIDATES + 1))
    notebooks = [candidate for candidate in candidates if candidate.notebook]
    chosen = notebooks
    if len(candidates) > MAX_CANDIDATES:
        chosen = []
    elif len(notebooks) > 1:
        chosen = _best(notebooks, assignment)
    for each in notebooks:
        if each.notebook and (len(chosen) != 1 or each is not chosen[0]):
            unpacker.discard(each.notebook)
    if len(chosen) == 1:
        return chosen[0]
    if len(notebooks) > 1:
        names = ", ".join(candidate.parts[-1] for candidate in notebooks[:3])
        why = f"There is more than one notebook in it ({names}); hand in only one."
        return Choice(items[0].parts, problem=why, crowded=True)
    return Choice(items[0].parts, problem=next((c.problem for c in candidates), NONE))


def _best(notebooks: Sequence[Choice], assignment: str | None) -> list[Choice]:
    """Return what is left of several notebooks without copies and without those of other assignments."""
    systems = owners([Found(each.parts) for each in notebooks]).values()
    if len({owner.key for owner in systems}) > 1:
        return list(notebooks)  # a class, whose notebooks may well be alike
    read = [(each, _content(each)) for each in notebooks]
    distinct: dict[object, Choice] = {}
    for each, content in sorted(read, key=lambda pair: len(pair[0].parts[-1])):
        distinct.setdefault(content, each)
    named = [each for each in distinct.values() if _fits(each, assignment)]
    best = list(distinct.values()) if len(distinct) == 1 else named
    if len(best) > 1:
        best = [each for each in best if CHECKPOINT not in each.parts[-1].lower()]
    if not named and assignment and len(distinct) > 1:
        best = [each for each in distinct.values() if assignment in each.parts[-1]]
    return best


def _content(candidate: Choice) -> object:
    """Return what makes two notebooks the same: their code, whatever it printed."""
    assert candidate.notebook
    try:
        notebook = read_notebook(candidate.notebook)
    except UnreadableNotebook:
        return hashlib.sha256(candidate.notebook.read_bytes()).digest()
    return notebook.assignment, notebook.cells


def _fits(candidate: Choice, assignment: str | None) -> bool:
    assert candidate.notebook
    try:
        named = read_notebook(candidate.notebook).assignment
    except UnreadableNotebook:
        return False
    return named is not None and assignment in (None, named)


def _nothing(items: Sequence[Found]) -> str:
    """Return the sentence for files none of which is a notebook: what the first of them is."""
    files = [item for item in items if item.is_file and not is_company(item.name)]
    kinds = [(item, kind_of(item.name, item.head())) for item in files[:MAX_CANDIDATES]]
    known = next((pair for pair in kinds if pair[1] is not UNKNOWN), None)
    if len(items) == 1 and files:
        return EMPTY if not files[0].size else (known or kinds[0])[1].sentence
    if known is None:
        return NONE
    item, kind = known
    return f"There is no notebook in it, only {kind.what} ({item.name}); {kind.way_out}."

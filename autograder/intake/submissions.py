"""Finding the submissions among what an instructor points at.

Notebooks, zips and folders of them, and the layouts in which learning management systems export a
class. Of what students wrote nothing is run, no link is followed, and only notebooks are unpacked.
Every file that is not clutter is somebody's: it has a row, lies beside a notebook, or is named as
passed over.

A zip that comes alone may hold a whole class. A zip among others is one student's, whatever is in
it: otherwise a student could hand in a class of their own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.errors import KitError
from autograder.intake.attempts import HandedIn
from autograder.intake.kinds import Shape, is_zip, shape_of
from autograder.intake.layouts import full_names, owners
from autograder.intake.loose import is_single, sort_out, stem
from autograder.intake.pick import Choice, choose
from autograder.intake.unzip import UnusableZip, open_zip
from autograder.intake.walk import Found, Parts, given_file, members, walk
from autograder.safe_files import make_folder, printable, safe_name

MAX_LISTING = 64 * 1024**2
"""Bytes that the table of contents of a class's zip may have."""
A_CLASS = " If it holds a whole class, grade it alone."


@dataclass(frozen=True)
class Submission:
    """One student's notebook, or why there is none."""

    name: str
    """Unique among the submissions of a run, and safe as a file name."""
    file: str
    """The file as the instructor knows it."""
    notebook: Path | None
    problem: str | None
    note: str = ""
    """What the instructor should know besides: that it is late, which of several attempts it is."""


@dataclass(frozen=True)
class Intake:
    """All submissions, and the files that are nobody's."""

    submissions: list[Submission]
    passed_over: list[str]


@dataclass(frozen=True)
class _Draft:
    """A submission that has no name yet."""

    title: Parts
    """What the name is made of, the most telling part last."""
    parts: Parts
    """The path of its file."""
    choice: Choice
    note: str = ""


def find_submissions(
    paths: Sequence[Path], scratch: Path, assignment: str | None = None
) -> list[Submission]:
    """Return the submissions of `take_in`, where nobody asks for the files that are nobody's."""
    return take_in(paths, scratch, assignment).submissions


def take_in(paths: Sequence[Path], scratch: Path, assignment: str | None = None) -> Intake:
    """Return the submissions at `paths`, sorted by file; zips are unpacked into `scratch`.

    Where one student handed in several notebooks, the one that names `assignment` counts.

    Raises:
        KitError: a path does not exist, or there are no submissions at all.
    """
    make_folder(scratch)
    found = [item for place, path in enumerate(paths) for item in _at(path, place, paths)]
    with ExitStack() as stack:
        found = _class_zip(found, stack)
        students, rest = _by_student(found)
        names = full_names(found)
        drafts = [_of_student(each, names, scratch, assignment) for each in students]
        passed_over: list[Parts] = []
        for source in sorted({item.source for item in rest}):
            loose = sort_out([item for item in rest if item.source == source])
            drafts += [_of_file(item, scratch, assignment) for item in loose.rows]
            passed_over += loose.passed_over
    if not students and not any(_is_one(item) for item in found):
        raise _nothing_at(paths)
    # Of two that would have one name, it is not the order on the command line that says which gets a number.
    drafts.sort(key=lambda draft: (draft.parts, draft.title))
    named = zip(_names([draft.title for draft in drafts]), drafts, strict=True)
    made = [_submission(name, draft) for name, draft in named]
    made.sort(key=lambda submission: (submission.file, submission.name))
    return Intake(made, [printable("/".join(parts)) for parts in passed_over])


def _at(path: Path, source: int, paths: Sequence[Path]) -> list[Found]:
    """Return what lies at one of the given paths, labelled so that it is told from the others."""
    try:
        path.stat()
    except OSError as error:
        raise KitError(f"{path} cannot be opened: {error.strerror}; check the path.") from None
    label = _label(path, paths)
    if not path.is_dir():
        return [given_file(path, label, source)]
    if len(paths) == 1 and not owners([Found((*label, ""))]):
        label = ()
    return list(walk(path, label, source))


def _label(path: Path, paths: Sequence[Path]) -> Parts:
    """Return the path as the instructor sees it: from the folder on that all given paths lie in."""
    whole = path.absolute()
    if len(paths) == 1:
        return whole.parts[-1:]
    common = os.path.commonpath([other.absolute().parent for other in paths])
    return whole.relative_to(common).parts


def _is_one(item: Found) -> bool:
    """Whether a file is a submission by its name or, failing that, by what is in it."""
    if not item.is_file:
        return item.problem is not None
    return item.counts or shape_of(item.name, item.head()) is not Shape.OTHER


def _nothing_at(paths: Sequence[Path]) -> KitError:
    path = paths[0]
    if len(paths) == 1 and not path.is_dir():
        return KitError(f"{path} is neither a notebook (.ipynb) nor a .zip file nor a folder.")
    where = path if len(paths) == 1 else "what you named"
    return KitError(
        f"There are no submissions in {where}, no .ipynb and no .zip file; give the folder that holds them."
    )


def _by_student(found: Sequence[Found]) -> tuple[list[HandedIn], list[Found]]:
    """Group by student what a system has named, and return what it has not."""
    known = owners(found)
    students: dict[tuple[int, Parts], HandedIn] = {}
    rest: list[Found] = []
    for item in found:
        owner = known.get((item.source, item.parts))
        if owner is None:
            rest.append(item)
        else:
            students.setdefault((item.source, owner.key), HandedIn(owner.key)).add(item, owner)
    return list(students.values()), rest


def _class_zip(found: list[Found], stack: ExitStack) -> list[Found]:
    """Return what is in the only thing found, if that is a zip of several submissions."""
    known = owners(found)
    ones = [item for item in found if item.counts or (item.source, item.parts) in known]
    if len(ones) != 1 or known:
        return found
    item = ones[0]
    if item.path is None or item.problem or not is_zip(item.name):
        return found
    try:
        archive = stack.enter_context(open_zip(item.path, MAX_LISTING))
    except UnusableZip as error:
        return [replace(each, problem=str(error)) if each is item else each for each in found]
    inside = list(members(archive, (), item.source))
    if is_single(inside) and not owners(inside):
        return found
    return inside


def _of_student(
    student: HandedIn, names: dict[Parts, str], scratch: Path, assignment: str | None
) -> _Draft:
    choice, note = student.choose(scratch, assignment)
    title = names.get(student.key) or student.owners[0].title
    # The path as it is listed begins with the part that names the student.
    parts = (choice.parts if choice.notebook else student.key)[len(student.key) - 1 :]
    return _Draft((*student.key[:-1], title), parts, choice, note)


def _of_file(item: Found, scratch: Path, assignment: str | None) -> _Draft:
    choice = choose([item], scratch, assignment)
    if choice.problem and choice.crowded and is_zip(item.name):
        choice = replace(choice, problem=choice.problem + A_CLASS)
    *folders, file = item.parts
    # A folder's name is part of the title: it is often the student's, and the file's is everybody's.
    title = "-".join((*folders, stem(file)) if file else folders)
    return _Draft((*folders, title), item.parts, choice)


def _submission(name: str, draft: _Draft) -> Submission:
    choice = draft.choice
    return Submission(
        name, printable("/".join(draft.parts)), choice.notebook, choice.problem, draft.note
    )


def _names(titles: Iterable[Parts]) -> list[str]:
    """Return a unique safe name for each; with its folders where the last parts are the same."""
    wanted = list(titles)
    stems = Counter(safe_name(title[-1]).casefold() for title in wanted)
    names: list[str] = []
    taken: Counter[str] = Counter()
    for title in wanted:
        name = safe_name(title[-1])
        if stems[name.casefold()] > 1:
            name = safe_name("-".join(title))
        while taken[name.casefold()]:
            taken[name.casefold()] += 1
            name = f"{name}-{taken[name.casefold()]}"
        taken[name.casefold()] += 1
        names.append(name)
    return names

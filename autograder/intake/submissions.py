"""Finding the submissions among what an instructor points at.

Notebooks, zips and folders of them, and the layouts in which Gradescope and Moodle export a class.
Of what students wrote nothing is run, no link is followed, and only notebooks are unpacked.

A zip that comes alone may hold a whole class. A zip among others is one student's, whatever is in
it: otherwise a student could hand in a class of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from autograder.errors import KitError
from autograder.intake.gradescope_names import ROSTER, read_roster
from autograder.intake.pick import Choice, choose
from autograder.intake.unzip import UnusableZip, open_zip
from autograder.intake.walk import Found, Parts, given_file, is_wanted, is_zip, members, walk
from autograder.safe_files import make_folder, printable, safe_name

MAX_LISTING = 64 * 1024**2
"""Bytes that the table of contents of a class's zip may have."""

GRADESCOPE_FOLDER = re.compile(r"submission_\d+")
MOODLE_NAME = re.compile(r"(.+?_\d+)_assignsubmission_file(?:_.*)?", re.DOTALL)
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


@dataclass(frozen=True)
class _Group:
    """What one student handed in."""

    student: Parts | None
    """The part of the path that stands for the student; `None` outside exports."""
    items: list[Found]


def find_submissions(
    paths: Sequence[Path], scratch: Path, assignment: str | None = None
) -> list[Submission]:
    """Return the submissions at `paths`, sorted by file; zips are unpacked into `scratch`.

    Where one student handed in several notebooks, the one that names `assignment` counts.

    Raises:
        KitError: a path does not exist or holds no submissions.
    """
    make_folder(scratch)
    found = [item for source, path in enumerate(paths) for item in _at(path, source, paths)]
    with ExitStack() as stack:
        if len(_by_student(found)) == 1:
            found = _class_zip(found, stack)
        roster = _roster(found)
        groups = _by_student(found)
        choices = [choose(group.items, scratch, assignment) for group in groups]
    names = _names([_title(group, roster) for group in groups])
    made = [_submission(*each) for each in zip(names, groups, choices, strict=True)]
    return sorted(made, key=lambda submission: (submission.file, submission.name))


def _at(path: Path, source: int, paths: Sequence[Path]) -> list[Found]:
    """Return what lies at one of the given paths, labelled so that it is told from the others."""
    try:
        path.stat()
    except OSError as error:
        raise KitError(f"{path} cannot be opened: {error.strerror}; check the path.") from None
    namesakes = sum(other.name == path.name for other in paths)
    label = path.absolute().parts[-min(namesakes, 2) :]
    if path.is_dir():
        if len(paths) == 1 and _student((*label, "")) is None:
            label = ()
        found = list(walk(path, label, source))
        if not _by_student(found):
            raise KitError(
                f"There are no submissions in {path}, no .ipynb and no .zip file; give the folder "
                "that holds them."
            )
        return found
    if not is_wanted(path.name):
        raise KitError(f"{path} is neither a notebook (.ipynb) nor a .zip file nor a folder.")
    return [given_file(path, label, source)]


def _student(parts: Parts) -> Parts | None:
    """Return the part of a path in an export that stands for a student; the outermost counts."""
    for place, part in enumerate(parts):
        if GRADESCOPE_FOLDER.fullmatch(part) and place < len(parts) - 1:
            return parts[: place + 1]
        if match := MOODLE_NAME.fullmatch(part):
            return (*parts[:place], match[1])
    return None


def _by_student(found: Iterable[Found]) -> list[_Group]:
    """Group what an export holds by student; all other notebooks and zips stand for themselves."""
    students: dict[tuple[int, Parts], _Group] = {}
    others: list[_Group] = []
    for item in found:
        student = _student(item.parts)
        if student is not None:
            students.setdefault((item.source, student), _Group(student, [])).items.append(item)
        elif item.counts:
            others.append(_Group(None, [item]))
    return [*students.values(), *others]


def _class_zip(found: list[Found], stack: ExitStack) -> list[Found]:
    """Return what is in the only thing found, if that is a zip of several submissions."""
    item = next(item for item in found if item.counts or _student(item.parts))
    if item.path is None or item.problem or not is_zip(item.parts[-1]) or _student(item.parts):
        return found
    try:
        archive = stack.enter_context(open_zip(item.path, MAX_LISTING))
    except UnusableZip as error:
        return [replace(item, problem=str(error))]
    inside = list(members(archive, (), item.source))
    groups = _by_student(inside)
    return inside if len(groups) > 1 or any(group.student for group in groups) else found


def _roster(found: Iterable[Found]) -> dict[str, str]:
    names: dict[str, str] = {}
    for item in found:
        if item.parts[-1] == ROSTER and _student(item.parts) is None:
            names |= read_roster(item)
    return names


def _submission(name: str, group: _Group, choice: Choice) -> Submission:
    """Return the submission under the path that the instructor sees it at."""
    parts, problem = group.items[0].parts, choice.problem
    if group.student is not None:
        parts = (choice.parts if choice.notebook else group.student)[len(group.student) - 1 :]
    elif problem and choice.crowded and is_zip(parts[-1]):
        problem += A_CLASS
    return Submission(name, printable("/".join(parts)), choice.notebook, problem)


def _title(group: _Group, roster: dict[str, str]) -> Parts:
    """Return what the name is made of, the most telling part last."""
    if group.student is not None:
        folder = group.student[-1]
        return (f"{roster[folder]}-{folder}" if folder in roster else folder,)
    *folders, file = group.items[0].parts
    return (*folders, PurePath(file).stem)


def _names(titles: Sequence[Parts]) -> list[str]:
    """Return a unique safe name for each; with its folders where the last parts are the same."""
    stems = Counter(safe_name(title[-1]).casefold() for title in titles)
    names: list[str] = []
    taken: Counter[str] = Counter()
    for title in titles:
        name = safe_name(title[-1])
        if stems[name.casefold()] > 1:
            name = safe_name("-".join(title))
        while taken[name.casefold()]:
            taken[name.casefold()] += 1
            name = f"{name}-{taken[name.casefold()]}"
        taken[name.casefold()] += 1
        names.append(name)
    return names

"""A new question, or a new assignment with its first one: a folder that builds and validates at once."""

from __future__ import annotations

import keyword
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.authoring.master import QUESTION, RIGHT, WRONG, read_master
from autograder.authoring.names import defined
from autograder.authoring.script import shown
from autograder.authoring.settings_text import with_assignment, with_question
from autograder.course.settings import FILE, NAME, NO_NAME, Settings
from autograder.course.sources import INTRO, is_written, solutions_folder
from autograder.errors import KitError
from autograder.safe_files import cannot_write, make_folder, write_atomically

TEMPLATES = Path(__file__).parent / "templates"
FIRST = "warm_up"
"""The first question of a new assignment, if nobody names one."""
POINTS, MINUTES = 4, 60


@dataclass(frozen=True)
class Made:
    """What is there now."""

    files: tuple[Path, ...]
    question: str
    to_insert: str
    """The lines that `grading.yml` still needs, if it is written so that they could not be put in."""


def new(root: Path, name: str, question: str | None, settings: Settings) -> Made:
    """Make the folder of `question` of the assignment `name`, which is made too if there is none.

    Raises:
        KitError: something of that name is there already, the name is none, or it cannot be written.
    """
    if not NAME.fullmatch(name):
        raise KitError(f"{name!r} {NO_NAME}.")
    known = settings.assignments.get(name)
    if known is not None and question is None:
        raise KitError(
            f"The assignment {name} is there already; name the question: `autograder new {name} QUESTION`."
        )
    question = FIRST if question is None else question
    if not question.isidentifier() or not question.isascii() or keyword.iskeyword(question):
        raise KitError(f"{question!r} cannot name a question; write a Python name.")
    folder = solutions_folder(root, name)
    if known is not None and is_written(root, name):
        _is_free(folder, question, settings)
    for path in (
        (folder / question, root / "assignments" / name) if known is None else (folder / question,)
    ):
        if path.exists():
            raise KitError(f"{shown(path)} is there already; choose another name.")
    values = {
        "question": question,
        "title": _title(question),
        "number": 1 if known is None else len(known.questions) + 1,
    }
    text = (
        with_assignment(root / FILE, name, question, POINTS, MINUTES)
        if known is None
        else with_question(root / FILE, name, question, POINTS)
    )
    files = []
    make_folder(folder)
    if not is_written(root, name):
        title = _title(name.partition("_")[2] or name)
        _write(folder / INTRO, "intro.py.j2", {**values, "title": title, "minutes": MINUTES})
        files.append(folder / INTRO)
    files += _make_question(folder / question, values)
    if text.whole:
        write_atomically(root / FILE, text.whole)
    return Made(tuple(files), question, "" if text.whole else text.lines)


def _is_free(folder: Path, question: str, settings: Settings) -> None:
    """Refuse a question that another one of the assignment answers already, or a master that is not sound."""
    assignment = settings.assignments[folder.name]
    if question in assignment.questions:
        if not (folder / question).exists():
            return  # the lines are there, and the folder is what is wanted
        raise KitError(f"The question {question} is there already; choose another name.")
    for other in read_master(folder, assignment).questions:
        if question in defined(other.solution.tree):
            raise KitError(
                f"{question} is the answer to {other.name} already; choose another name."
            )


def _make_question(folder: Path, values: dict[str, object]) -> list[Path]:
    """Write the files of a question beside, and move them into place as one."""
    try:
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for file in (QUESTION, WRONG, RIGHT):
                _write(draft / file, f"{file}.j2", values)
            draft.chmod(0o755)
            os.rename(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    return [folder / file for file in (QUESTION, WRONG, RIGHT)]


def _write(path: Path, template: str, values: dict[str, object]) -> None:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True
    )
    write_atomically(path, environment.get_template(template).render(values))


def _title(name: str) -> str:
    """Return a name as a heading: `batch_norm` as `Batch norm`."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]

"""From a master to Otter's two notebooks and its zip: Otter Assign does the conversion."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import otter.assign
import yaml
from otter.assign.utils import AssignNotebookFormatException

from autograder.authoring.master import Master, Question
from autograder.authoring.question_helpers import Helper, needed, source_of
from autograder.authoring.shares import header, points
from autograder.course.settings import AssignmentSettings, Settings

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
OTTER_ERRORS = (
    AssignNotebookFormatException,
    AssertionError,
    RuntimeError,
    TypeError,
    ValueError,
    OSError,
    yaml.YAMLError,
)
"""What Otter Assign raises for a master that it does not accept."""


@dataclass(frozen=True)
class Converted:
    """What Otter Assign made of a master."""

    student: nbformat.NotebookNode
    solved: nbformat.NotebookNode
    zip_entries: dict[str, bytes]


def convert(
    master: Master,
    settings: Settings,
    data: Mapping[str, bytes],
    requirements: list[str],
    scratch: Path,
) -> Converted:
    """Run Otter Assign on `master` and all data files beside it, in the empty folder `scratch`.

    Raises:
        KitError: Otter does not accept the master.
    """
    name = master.name
    assignment = settings.assignments[name]
    for file, content in data.items():
        (scratch / file).parent.mkdir(parents=True, exist_ok=True)
        (scratch / file).write_bytes(content)
    notebook = _for_otter(master, assignment, _config(name, settings, requirements))
    source = scratch / f"{name}.ipynb"
    nbformat.write(notebook, source)
    _assign(master, source, scratch / "out")
    made = scratch / "out" / "autograder"
    (archive,) = made.glob("*.zip")
    with zipfile.ZipFile(archive) as zipped:
        names = [entry for entry in zipped.namelist() if not entry.endswith("/")]
        entries = {entry: zipped.read(entry) for entry in names}
    converted = Converted(
        student=nbformat.read(scratch / "out" / "student" / source.name, as_version=4),
        solved=nbformat.read(made / source.name, as_version=4),
        zip_entries=entries,
    )
    _restore_tests(master, assignment, converted)
    return converted


def _config(name: str, settings: Settings, requirements: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "tests": {"ok_format": False, "files": False},
        "export_cell": False,
        "run_tests": False,
        "requirements": requirements,
        "files": [*settings.assignments[name].files, *settings.assignments[name].hidden_files],
        "generate": {"show_hidden": False, "show_stdout": False},
    }


def _for_otter(
    master: Master, settings: AssignmentSettings, config: dict[str, Any]
) -> nbformat.NotebookNode:
    """Return the master as a notebook, with what the author leaves to `build`."""
    notebook = deepcopy(master.notebook())
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL})
    for cell in notebook.cells:
        if cell.cell_type == "raw" and re.match(r"#\s+BEGIN QUESTION", cell.source):
            name = yaml.safe_load(cell.source)["name"]
            question = {"name": name, "points": points(master.question(name), settings)}
            cell.source = "# BEGIN QUESTION\n" + yaml.safe_dump(question, sort_keys=False)
    text = "# ASSIGNMENT CONFIG\n" + yaml.safe_dump(config, sort_keys=False)
    notebook.cells.insert(0, nbformat.v4.new_raw_cell(text))
    return notebook


def _restore_tests(master: Master, settings: AssignmentSettings, converted: Converted) -> None:
    """Put the tests back as their author wrote them, what they share above them, and what each is for.

    Otter writes them with `ast.unparse`, which drops comments and differs between versions of Python:
    what one version writes, an older one may not even parse.
    """
    shown = converted.student.metadata["otter"]["tests"]
    solved = converted.solved.metadata["otter"]["tests"]
    for question in master.questions:
        name, file = question.name, f"tests/{question.name}.py"
        everything = needed(question.helpers, [test.function for test in question.tests])
        public = [test for test in question.tests if not test.hidden]
        in_zip = _as_written(converted.zip_entries[file].decode(), question, everything)
        converted.zip_entries[file] = header(in_zip, question, settings, question.tests).encode()
        text = _as_written(solved[name], question, everything)
        solved[name] = header(text, question, settings, question.tests)
        text = _as_written(shown[name], question, question.public_helpers)
        shown[name] = header(text, question, settings, public)


def _as_written(file: str, question: Question, helpers: Iterable[Helper]) -> str:
    """Return a test file of Otter's with the author's own text, the helpers above the first test case."""
    for test in question.tests:
        file = file.replace(ast.unparse(test.function), test.source)
    head, first, rest = file.partition("@test_case(")
    return head + source_of(helpers) + first + rest


def _assign(master: Master, source: Path, result: Path) -> None:
    """Run Otter Assign without a word from it."""
    silence = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            otter.assign.main(str(source), str(result), no_pdfs=True, no_run_tests=True)
    except OTTER_ERRORS as error:
        text = str(error).partition("\n")[0].rstrip(".")
        number = re.search(r"cell number (\d+)\)$", text)
        # Otter counts from 1, and the first cell is the configuration, which no file holds.
        cell = master.cells[max(int(number[1]) - 2, 0)] if number else master.cells[0]
        raise cell.place.refusal(f"Otter Assign refuses this: {text}") from error

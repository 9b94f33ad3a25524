"""Which file of an upload is the notebook, or why there is none that counts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import KitError
from autograder.intake.kinds import Shape, is_zip, shape_of
from autograder.intake.pick import choose
from autograder.intake.submissions import Submission
from autograder.intake.walk import Found, walk
from autograder.safe_files import printable

NAME = "submission"
SHOWN = 3
"""How many files a sentence names."""


def uploaded(folder: Path, assignment: str) -> Submission:
    """Return the one notebook in `folder`, or why there is none.

    Of several notebooks the one counts that alone names `assignment`. Hidden files and checkpoints are not
    looked at.
    """
    try:
        found = [item for item in walk(folder, ()) if item.name]
    except KitError:
        return Submission(NAME, NAME, None, "Too many files were uploaded.")
    notebooks = [item for item in found if shape_of(item.name, item.head()) is Shape.NOTEBOOK]
    if not notebooks:
        return Submission(NAME, NAME, None, _no_notebook(found))
    with tempfile.TemporaryDirectory() as nothing_to_unpack:
        choice = choose(notebooks, Path(nothing_to_unpack), assignment)
    file = printable("/".join(choice.parts))
    problem = choice.problem
    if choice.crowded:
        problem = f"More than one notebook was uploaded ({_names(notebooks)})."
    return Submission(NAME, file, choice.notebook, problem)


def what_to_upload(assignment: str) -> str:
    """Return the sentence that goes with every problem of an upload."""
    return f"Upload your notebook, {assignment}.ipynb, and no other file."


def _no_notebook(found: Sequence[Found]) -> str:
    zips = [item for item in found if is_zip(item.parts[-1])]
    if zips:
        return f"A zip was uploaded ({_names(zips)}), not the notebook itself."
    if found:
        return f"There is no notebook among what was uploaded ({_names(found)})."
    return "Nothing was uploaded."


def _names(found: Sequence[Found]) -> str:
    names = ", ".join(printable(item.parts[-1]) for item in found[:SHOWN])
    return names if len(found) <= SHOWN else f"{names}, …"

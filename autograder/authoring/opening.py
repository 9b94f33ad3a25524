"""The first cell of a notebook: it makes `grader`, and lets *Run all* pass demonstrations that miss an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

FETCHING = """\
def fetch_what_is_missing(
    address={address!r},
    beside={beside},
):
    import io
    import os
    import urllib.request
    import zipfile

    if all(os.path.exists(name) for name in beside):
        return
    with urllib.request.urlopen(address, timeout=60) as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    for name in archive.namelist():
        path = name.partition("/")[2]
        if path and not path.endswith("/") and not os.path.exists(path):
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            with open(path, "wb") as file:
                file.write(archive.read(name))


# Where only the notebook was opened, as on Colab, the data comes from the course, and Otter is installed.
fetch_what_is_missing()
try:
    import otter
except ModuleNotFoundError:
    get_ipython().run_line_magic("pip", "install -q {otter}")


"""
OPENING = """\
# Run this cell first: it makes `grader`, which checks your answers.
import otter

try:
    grader = otter.Notebook("{name}.ipynb")
except FileNotFoundError:
    print("There is no {name}.ipynb in Jupyter's folder.")
    print("Give the notebook this name, and run the cell again.")


# A demonstration that calls an answer which you have not written yet says which, and the run goes on.
def say_what_is_missing(
    shell,
    kind,
    error,
    traceback,
    tb_offset=None,
    answers={answers},
    shown={shown},
    missing=[],
):
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")  # what was to be drawn stays empty
    if str(error) in answers:
        missing.append(error)
        print(f"This needs your `{{error}}`, which is not written yet.")
    elif missing and getattr(error, "name", "") in shown:
        print(f"This needs `{{error.name}}` from further up, which needs your `{{missing[-1]}}`.")
    else:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


get_ipython().set_custom_exc((NotImplementedError, NameError), say_what_is_missing)
"""


@dataclass(frozen=True)
class Surroundings:
    """What a notebook needs around it."""

    otter: str
    """Otter's requirement, with its version."""
    address: str
    """Where the zips for students lie; empty if nowhere."""
    beside: tuple[str, ...]
    """Files and folders beside the notebook."""


def opening(
    name: str, answers: Collection[str], shown: Collection[str], around: Surroundings
) -> str:
    """Return the first cell of the assignment `name`.

    What it remembers stands in defaults, so that it takes no name which a student's cells could want.

    Args:
        answers: the questions, whose names their stubs raise.
        shown: the names that demonstrations define for each other.
        around: what is fetched where it is missing.
    """
    text = OPENING.format(name=name, answers=sorted(answers), shown=sorted(shown)).rstrip()
    if not around.address:
        return text
    first, _, rest = text.partition("\n")
    address = f"{around.address.rstrip('/')}/{name}-student.zip"
    beside = [f"{name}.ipynb", *around.beside]
    fetching = FETCHING.format(address=address, beside=beside, otter=around.otter)
    return f"{first}\n{fetching}{rest}"

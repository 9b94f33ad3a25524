"""The first cell of a notebook: it makes `grader`, and lets *Run all* pass demonstrations that miss an answer."""

from __future__ import annotations

OPENING = """\
# Run this cell first: it makes `grader`, which checks your answers.
import otter

try:
    grader = otter.Notebook("{name}.ipynb")
except FileNotFoundError:
    print("There is no {name}.ipynb in Jupyter's folder. Give the notebook this name, and run the cell again.")


def say_what_is_missing(shell, kind, error, traceback, tb_offset=None):
    \"\"\"A demonstration that calls an answer which you have not written yet says so, and the run goes on.\"\"\"
    if str(error) in {questions}:
        print(f"This needs your `{{error}}`, which is not written yet.")
    else:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


get_ipython().set_custom_exc((NotImplementedError,), say_what_is_missing)
"""


def opening(name: str, questions: list[str]) -> str:
    """Return the first cell of the assignment `name`, whose stubs raise the names of `questions`."""
    return OPENING.format(name=name, questions=sorted(questions)).rstrip()

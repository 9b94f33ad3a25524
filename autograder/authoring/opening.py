"""The first cell of a notebook: it makes `grader`, and lets *Run all* pass demonstrations that miss an answer."""

from __future__ import annotations

from collections.abc import Collection

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
    if str(error) in answers:
        missing.append(error)
        print(f"This needs your `{{error}}`, which is not written yet.")
    elif missing and getattr(error, "name", "") in shown:
        print(f"This needs `{{error.name}}` from further up, which needs your `{{missing[-1]}}`.")
    else:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


get_ipython().set_custom_exc((NotImplementedError, NameError), say_what_is_missing)
"""


def opening(name: str, answers: Collection[str], shown: Collection[str]) -> str:
    """Return the first cell of the assignment `name`.

    What it remembers stands in defaults, so that it takes no name which a student's cells could want.

    Args:
        answers: the questions, whose names their stubs raise.
        shown: the names that demonstrations define for each other.
    """
    return OPENING.format(name=name, answers=sorted(answers), shown=sorted(shown)).rstrip()

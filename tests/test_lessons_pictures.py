"""Pictures reach everybody: each is told in words, and nothing in it is told apart by its colour alone."""

from __future__ import annotations

import ast
import inspect

import pytest

from tests.lessons import SETTINGS, cells_of, run_cells

TOLD = "In the picture: "
LEAST = 60
"""Characters; a title says less than that."""
EVERY_LESSON = pytest.mark.parametrize("assignment", SETTINGS.assignments)


@EVERY_LESSON
def test_every_picture_is_told_in_words(assignment: str) -> None:
    """JupyterLab gives an image no alternative text, so a screen reader reads what stands above it."""
    for place, source in cells_of(assignment):
        before = ""
        for statement in ast.parse(source).body:
            code = ast.unparse(statement)
            if code == "plt.show()":
                assert before.startswith(TOLD), f"{place}: print what is {TOLD.lower()}first"
                assert len(before) > LEAST, f"{place}: say what one sees, not only what it is"
            before = printed(statement)


def printed(statement: ast.stmt) -> str:
    """Return the text that a statement prints, if it prints one that stands there."""
    match statement:
        case ast.Expr(ast.Call(ast.Name("print"), [ast.Constant(str(text))])):
            return text
    return ""


@pytest.mark.slow
@EVERY_LESSON
def test_nothing_in_a_picture_is_told_apart_by_its_colour_alone(assignment: str) -> None:
    watch = f"{inspect.getsource(watch_figures)}\nby_colour_alone = watch_figures()"
    cells = [("the watch", watch), *cells_of(assignment)]
    (faults,) = run_cells(assignment, cells, "by_colour_alone")
    assert not faults


def watch_figures() -> list[str]:
    """Have every figure that is shown looked at, and return the list that takes up what is wrong with it.

    Lines, and marks of a scatter plot, must differ in more than their colour. Numbers or words beside them will do, and
    grey lies behind.
    """
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgb

    faults: list[str] = []

    def show() -> None:
        for axes in plt.gcf().axes:
            colours: dict[object, set[tuple[float, ...]]] = {}
            for line in axes.get_lines():
                style = line.get_linestyle(), line.get_marker(), line.get_fillstyle()
                colours.setdefault(style, set()).add(to_rgb(line.get_color()))
            for marks in axes.collections:
                if isinstance(marks, PathCollection):
                    shape = np.asarray(marks.get_paths()[0].vertices).tobytes()
                    faces = np.asarray(marks.get_facecolor()).reshape(-1, 4)
                    colours.setdefault(shape, set()).update(tuple(face[:3]) for face in faces)
            loud = [{one for one in each if len(set(one)) > 1} for each in colours.values()]
            alike = [sorted(each) for each in loud if len(each) > 1]
            if alike and len(axes.texts) < sum(map(len, alike)):
                faults.append(f"{axes.get_title()!r}: {alike}")
        plt.close("all")

    vars(plt)["show"] = show
    return faults

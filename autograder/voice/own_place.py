"""Where in a student's own cells an error came up, and what a stub's `raise` means there."""

from __future__ import annotations

import ast
import inspect
import linecache
import sys
import textwrap
from dataclasses import dataclass
from typing import Any

NOT_BEGUN = "not begun yet"


@dataclass(frozen=True)
class OwnPlace:
    """Where in the student's code an error came up."""

    where: str
    function: str
    """The source of the function, if it is known."""


def own_place(error: BaseException, env: dict[str, Any], path: str) -> OwnPlace | None:
    """Return the last place in the notebook's own code, if it is not the test at `path` that raised."""
    traceback, found = error.__traceback__, None
    while traceback is not None:
        if traceback.tb_frame.f_globals is env:
            found = traceback
        elif traceback.tb_frame.f_code.co_filename == path:
            found = None
        traceback = traceback.tb_next
    if found is None:
        return None
    code, line = found.tb_frame.f_code, found.tb_lineno
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    cells = getattr(getattr(shell, "compile", None), "_filename_map", {})
    cell = f"cell [{cells[code.co_filename]}], " if code.co_filename in cells else ""
    text = linecache.getline(code.co_filename, line).strip()
    try:
        source = textwrap.dedent("".join(inspect.getsourcelines(code)[0]))
    except OSError:
        source = ""
    where = f" ({cell}line {line}{': ' + text if text else ''})"
    return OwnPlace(where, source)


def left_below(error: NotImplementedError, place: OwnPlace, question: str) -> str:
    """Say what a `raise NotImplementedError` means that the notebook was handed out with."""
    name = str(error)
    try:
        body = ast.parse(place.function).body[0].body  # type: ignore[attr-defined]
    except (SyntaxError, IndexError, AttributeError):
        body = []
    rest = [
        node
        for node in body
        if not isinstance(node, ast.Raise)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    if not name.isidentifier():
        return ""
    if rest:
        return f'The line `raise NotImplementedError("{name}")` still stands in your answer. Delete it.'
    return NOT_BEGUN if name == question else f"`{name}`, which this needs, is {NOT_BEGUN}"

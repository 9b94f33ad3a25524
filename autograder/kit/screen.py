"""The dashboard of `kit check --watch`, and the lines of `kit check`."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from autograder.kit.board import Board
from autograder.outcome.results import Outcome

SIGNS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.NOT_ATTEMPTED: ("·", "dim"),
}
WRONG = ("✗", "red")
WAITING = ("…", "dim")
AROUND = 6
"""Lines of a dashboard beside the questions and what is said of one."""
LEAST = 10
"""Lines that what is said of a question should have at least."""
EXPLAINED = "Points of public checks. Hidden checks, after handing in, decide on the rest."


def dashboard(board: Board, name: str, size: tuple[int, int], slow: bool) -> RenderableType:
    """Return what the screen shows.

    Args:
        board: what is known.
        name: of the notebook's file.
        size: of the screen, in columns and lines.
        slow: whether each check starts Python anew.
    """
    height = size[1]
    room = max(3, height - AROUND - LEAST)
    columns = min(3, math.ceil(len(board.asked) / room))
    rows = math.ceil(len(board.asked) / columns)
    head = Text.assemble((board.sheet.name, "bold"), f"   {_points(board)}")
    table = Table.grid(padding=(0, 3), expand=columns > 1)
    entries = [_entry(board, question) for question in board.asked]
    for row in range(rows):
        table.add_row(*(entries[n] for n in range(row, len(entries), rows)))
    left = max(3, height - rows - AROUND)
    return Group(head, "", table, *_below(board, left), Text(_foot(board, name, slow), style="dim"))


def lines(board: Board) -> Iterator[Text]:
    """Yield the lines that a terminal keeps: every question, and of those that fail what is said."""
    for told in board.told_of_cells():
        yield Text.assemble(("! ", "yellow"), told)
    for question in board.asked:
        yield _entry(board, question)
        if board.fails(question):
            yield from (Text(f"    {line}") for line in board.told(question).splitlines())
    yield Text(_points(board))
    if not board.sheet.references:
        yield Text(EXPLAINED, style="dim")


def show(console: Console, board: Board) -> None:
    """Print the lines."""
    for line in lines(board):
        console.print(line, soft_wrap=True)


def _points(board: Board) -> str:
    return f"{_short(board.earned)} of {board.possible:g} points so far"


def _short(points: float) -> str:
    return f"{round(points, 1):g}"


def _entry(board: Board, question: str) -> Text:
    """Return one question: its sign, its points, and in words what the sign means."""
    verdict, at_work = board.verdicts.get(question), board.at_work
    worth = f"{board.sheet.points.get(question, 0):g}"
    if at_work is not None and at_work.question == question:
        (sign, style), words = WAITING, "trying"
    elif verdict is None:
        (sign, style), words = WAITING, ""
    elif board.fails(question):
        (sign, style), words = WRONG, f"{_short(verdict.earned)} of {worth}"
    elif verdict.outcome is Outcome.PASSED and ": noted" in verdict.text:
        (sign, style), words = ("?", "cyan"), "noted"
    else:
        sign, style = SIGNS[verdict.outcome]
        begun = verdict.outcome is Outcome.PASSED
        words = f"{_short(verdict.earned)} of {worth}" if begun else "not begun"
    wide = max(map(len, board.asked), default=0)
    return Text.assemble(
        (f"{sign} {question:<{wide}}", style), f"  {words}", overflow="ellipsis", no_wrap=True
    )


def _below(board: Board, left: int) -> Iterator[RenderableType]:
    """Yield what stands below the questions, in `left` lines."""
    cells = [Text.assemble(("! ", "yellow"), told) for told in board.told_of_cells()][: left // 3]
    yield from cells
    question = board.first_failure()
    inside = left - len(cells) - 2
    if question is None or inside < 1:
        return
    said = board.told(question).splitlines()
    if len(said) > inside:
        said = [*said[: inside - 1], "…"]
    yield Panel(Text("\n".join(said)), title=question, title_align="left", border_style="red")


def _foot(board: Board, name: str, slow: bool) -> str:
    if board.problem:
        return f"{board.problem}  q quits"
    if board.at_work is not None:
        what = board.at_work.question or f"cell {board.at_work.cell}"
        return f"running {what} …  q quits"
    if board.seconds is None:
        return "starting Python and PyTorch …  q quits"
    again = "  Each check starts Python anew here, which takes some seconds." if slow else ""
    return f"checked in {board.seconds:.1f} s; waiting for {name} to be saved.{again}  q quits"

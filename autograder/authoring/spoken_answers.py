"""Whether prose, a comment or a demonstration says what the answer to a question is."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from autograder.authoring.leaks import hidden_lines
from autograder.authoring.master import Master, Question
from autograder.authoring.script import Cell, Place
from autograder.course.manifest import DEMO_TAG
from autograder.intake.reading import used

TELLING = 12
"""Characters, spaces not counted, from which on an expression tells something."""
STEPS = (ast.Call, ast.BinOp, ast.Compare, ast.Subscript, ast.BoolOp, ast.IfExp)
"""One of them is a tool that prose may name, as `optimizer.zero_grad()`; two are an answer."""
SHOWN = "# shown"
"""Ends a line of an answer that students may see elsewhere."""


def check_for_spoken_answers(master: Master) -> None:
    """Look for what the answers compute in all that students read before they answer.

    Raises:
        KitError: an expression of an answer stands there; names file and line.
    """
    texts = [(place, _squeezed(text)) for place, text in _read_by_students(master)]
    for question in master.questions:
        for expression in _expressions(question):
            for place, text in texts:
                if expression in text:
                    raise place.refusal(
                        f"this says {expression!r}, which the answer to {question.name} does; say it in "
                        f"other words, or end the answer's line with {SHOWN!r}"
                    )


def _expressions(question: Question) -> Iterator[str]:
    """Yield what the marked statements of an answer return, assign or do, without white space."""
    lines = question.solution.source.split("\n")
    hidden = hidden_lines(question.solution.source)
    for node in ast.walk(question.solution.tree):
        if not isinstance(node, ast.Return | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr):
            continue
        value = node.value
        if value is None or value.lineno not in hidden or isinstance(value, ast.Constant):
            continue
        if lines[(value.end_lineno or value.lineno) - 1].rstrip().endswith(SHOWN):
            continue
        text = _squeezed(ast.get_source_segment(question.solution.source, value) or "")
        steps = sum(isinstance(part, STEPS) for part in ast.walk(value))
        if len(text) >= TELLING and steps > 1 and used(value) != {"super"}:
            yield text


def _read_by_students(master: Master) -> Iterator[tuple[Place, str]]:
    """Yield each line of prose and comment, and the demonstrations, with where it stands."""
    for cell in master.ordinary:
        if cell.kind == "markdown" or DEMO_TAG in cell.tags:
            yield cell.place, cell.source
        else:
            yield from _comments(cell)
    for question in master.questions:
        hidden = hidden_lines(question.solution.source)
        for place, text in _comments(question.solution):
            if place.line - question.solution.place.line + 1 not in hidden:
                yield place, text
        for test in question.tests:
            if not test.hidden:
                yield from _comments(test.cell)


def _comments(cell: Cell) -> Iterator[tuple[Place, str]]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(cell.source).readline):
            if token.type == tokenize.COMMENT:
                yield cell.place.below(token.start[0] - 1), token.string
    except (tokenize.TokenError, SyntaxError):
        return  # a magic such as %timeit, which is no Python


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)

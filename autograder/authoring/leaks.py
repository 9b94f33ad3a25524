"""The last look at what students get: nothing in it may be part of an answer or a hidden test."""

from __future__ import annotations

import ast
import hashlib
import math
import re
from collections.abc import Iterable, Iterator

import nbformat

from autograder.authoring.checks import SOLUTION
from autograder.authoring.master import Master, Question
from autograder.authoring.question_helpers import Helper
from autograder.authoring.script import Cell, Place
from autograder.authoring.test_cells import HIDDEN
from autograder.errors import KitError
from autograder.intake.reading import used

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s")
TELLING_DIGITS = 4
"""A quiz answer of fewer digits, such as 0.25, also stands where it tells nothing."""
MARK = re.compile(rf"{SOLUTION.pattern}|^{HIDDEN}\b|# (BEGIN|END) TESTS", re.MULTILINE)
DIGIT_GROUPS = re.compile(r"(?<=\d)(?:[ _,'\u2009\u202f]|\\[,;: ]|\{,\})(?=\d{3}(?!\d))")
"""What people write between groups of three digits, in prose, Python and TeX."""


def check_for_leaks(master: Master, student: nbformat.NotebookNode) -> None:
    """Compare the student notebook with what the master hides.

    Raises:
        KitError: something hidden is in it; names file and line.
    """
    tests: dict[str, str] = student.metadata["otter"]["tests"]
    code = [cell.source for cell in student.cells if cell.cell_type != "markdown"]
    for text in [*code, *tests.values()]:
        if match := MARK.search(text):
            raise _leak(_where(master, match[0]), f"the mark {match[0]!r}")
    texts = [cell.source for cell in student.cells] + list(tests.values())
    unmeant = {line for text in texts for line in _lines(text)} - _shown_lines(master)
    unmeant -= set(_lines(student.cells[0].source))  # which build writes
    everything = nbformat.writes(student) + "\n".join(texts)
    for question in master.questions:
        _check_lines(question, unmeant)
        for test in question.tests:
            if test.hidden and re.search(rf"\b{test.name}\b", everything):
                raise _leak(test.cell.place, f"the hidden test {test.name}")
        for name, value in quiz_answers(question):
            if _tells(everything, name, value) or _compares(question, name, value):
                raise _leak(question.solution.place, f"the answer to the quiz {name}")


def _check_lines(question: Question, unmeant: set[str]) -> None:
    tests = [test.cell for test in question.tests if test.hidden]
    hidden: list[Cell | Helper] = [question.solution, *tests, *question.hidden_helpers]
    for part in hidden:
        for line in _lines(part.source):
            if line in unmeant:
                raise _leak(part.place, f"the line {line!r}")


def quiz_answers(question: Question) -> Iterator[tuple[str, object]]:
    """Yield the names and values of the answers that are plain values, not code."""
    hidden = hidden_lines(question.solution.source)
    for node in question.solution.tree.body:
        if not isinstance(node, ast.Assign) or node.lineno not in hidden:
            continue
        if isinstance(node.targets[0], ast.Name):
            value = _value(node.value)
            if value is not None:
                yield node.targets[0].id, value


def _leak(place: Place, what: str) -> KitError:
    return place.refusal(f"{what} would reach students; check the marks and the prose")


def _where(master: Master, text: str) -> Place:
    """Return the first place where `text` stands in a code cell."""
    for cell in master.cells:
        if cell.kind == "code" and text in cell.source:
            return cell.place.below(cell.source[: cell.source.index(text)].count("\n"))
    return master.cells[0].place


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _shown_lines(master: Master) -> set[str]:
    """Return the lines that students see by the author's will, wherever else they stand."""
    texts = [cell.source for cell in master.ordinary]
    for question in master.questions:
        source = question.solution.source
        hidden = hidden_lines(source)
        texts += [line for n, line in enumerate(source.split("\n"), 1) if n not in hidden]
        texts += [test.source for test in question.tests if not test.hidden]
        texts += [helper.source for helper in question.public_helpers]
    return {line for text in texts for line in _lines(text)}


def hidden_lines(source: str) -> set[int]:
    """Return the numbers of the lines of an answer cell that are marked as the answer."""
    hidden: set[int] = set()
    inside = False
    for number, line in enumerate(source.split("\n"), start=1):
        inside = inside or "# BEGIN SOLUTION" in line
        if inside or SOLUTION.search(line):
            hidden.add(number)
        inside = inside and "# END SOLUTION" not in line
    return hidden


def _tells(text: str, name: str, value: object) -> bool:
    """Whether `text` assigns `value` to `name`, or holds it or a hash of it."""
    if re.search(rf"\b{name}\s*=\s*{re.escape(repr(value))}(?![\w.])", text):
        return True
    spellings = {str(value), repr(value)}
    if isinstance(value, int | float) and not isinstance(value, bool):
        spellings |= {str(value).removesuffix(".0"), repr(float(value))}
        spellings |= {f"{value:.{digits}f}" for digits in (3, 4, 5, 6) if value % 1}
    if any(digest in text.lower() for digest in _hashes(spellings)):
        return True
    digits = re.sub(r"\D", "", str(value).removesuffix(".0")).strip("0")
    if not isinstance(value, int | float) or len(digits) < TELLING_DIGITS:
        return False
    plain = DIGIT_GROUPS.sub("", text)
    return any(re.search(rf"(?<![\d.]){re.escape(s)}(?!\d)", plain) for s in spellings)


def _hashes(spellings: Iterable[str]) -> Iterator[str]:
    for spelling in spellings:
        for algorithm in HASHES:
            yield hashlib.new(algorithm, spelling.encode()).hexdigest()


def _compares(question: Question, name: str, value: object) -> bool:
    """Whether a public test compares `name` with exactly `value`."""
    for test in question.tests:
        for node in ast.walk(test.function):
            if test.hidden or not isinstance(node, ast.Compare) or name not in used(node):
                continue
            equal = any(isinstance(operator, ast.Eq | ast.NotEq) for operator in node.ops)
            if equal and any(_value(side) == value for side in [node.left, *node.comparators]):
                return True
    return False


_PLAIN = (
    ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context,
    ast.Tuple, ast.List, ast.Set, ast.Dict,
)  # fmt: skip


def _value(node: ast.expr) -> object:
    """Return the value of an expression of constants and `math`, or `None`."""
    for part in ast.walk(node):
        match part:
            case ast.Call() | ast.Attribute(value=ast.Name(id="math")) | ast.Name(id="math"):
                pass
            case _ if not isinstance(part, _PLAIN):
                return None
    try:
        code = compile(ast.Expression(node), "<answer>", "eval")
        value: object = eval(code, {"__builtins__": {}, "math": math})
    except (ArithmeticError, TypeError, ValueError, AttributeError):
        return None
    return None if value is Ellipsis else value

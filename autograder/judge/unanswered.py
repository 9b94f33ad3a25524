"""Why a question counts as not attempted, in a sentence that says the way on."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from itertools import islice

from autograder.course.manifest import Manifest, QuestionManifest
from autograder.intake.notebook import Notebook
from autograder.intake.reading import KEPT_CHARS, Binding, Reading, bindings, read_cell
from autograder.judge.answered import Answers
from autograder.outcome.results import UNDEFINED, UNTOUCHED

MAX_NAME = 60
COMMENT = re.compile(r"^[ \t]*#[ \t]?", re.MULTILINE)
ADDED = re.compile(r"^(my|own|new)|(\d+|new|own|final|fixed|answer|solution|func|function)$")
"""What is put before or behind a name, in letters without `_`, to have another one."""
MAX_OTHERS = 5_000
"""Names of a notebook that are compared with the one asked for."""


def why_unanswered(
    question: QuestionManifest, notebook: Notebook, answers: Answers, manifest: Manifest
) -> str:
    """Return what to tell a student of whose question no cell holds an answer."""
    names = question.defines
    for name in names:
        if any(_holds_answer(name, text, question) for text in notebook.texts):
            return (
                f"Not attempted: a text cell holds your `{name}`. Change the cell's type to Code."
            )
    for number, reading in answers.readings.items():
        for name in names:
            if hidden := _hidden(name, number, reading, question):
                return f"Not attempted: {hidden}"
    for name in names:
        if similar := _similar(name, question, answers, manifest):
            return f"Not attempted: you define `{similar}`, and the question asks for `{name}`."
    if any(set(names) & answers.readings[stub].names for stub in answers.stubs):
        return UNTOUCHED
    wanted = " or ".join(f"`{name}`" for name in names)
    return f"{UNDEFINED} {wanted}."


def what_stops(question: QuestionManifest, answers: Answers) -> str:
    """Return what to tell a student whose answer still ends in the stub's `raise`; mostly nothing."""
    line = f'raise NotImplementedError("{question.name}")'
    for cell in answers.parts(question):
        tree = answers.readings[cell].tree
        if tree is not None and any(_is_stubs_raise(n, question.name) for n in ast.walk(tree)):
            return f"The line `{line}` still stands in your answer and stops it: delete that line."
    return ""


def _is_stubs_raise(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Raise(
            exc=ast.Call(func=ast.Name(id="NotImplementedError"), args=[ast.Constant(value=said)])
        ):
            return said == name
    return False


def _holds_answer(name: str, text: str, question: QuestionManifest) -> bool:
    if name not in text:
        return False
    reading = read_cell(text)
    how = reading.bindings.get(name, Binding.REUSE)
    return how >= Binding.ASSIGNED and reading.shape != read_cell(question.stub).shape


def _hidden(name: str, number: int, reading: Reading, question: QuestionManifest) -> str:
    """Return what keeps an answer that stands in a code cell from being one; mostly nothing."""
    if reading.elsewhere and name in reading.elsewhere[1].names:
        magic = reading.elsewhere[0]
        return (
            f"cell {number} begins with `{magic}`, so the notebook does not get what stands below. "
            "Delete that line."
        )
    if name in reading.source and name not in reading.names and len(reading.source) <= KEPT_CHARS:
        if inside := _scope_of(name, reading):
            return f"your `{name}` is defined within `{inside}` (cell {number}). Begin its line at the left."
        if any(_holds_answer(name, text, question) for text in _texts(reading)):
            return f"your `{name}` is commented out (cell {number}). Make code of it again."
    return ""


def _scope_of(name: str, reading: Reading) -> str | None:
    """Return the class or function in which the cell defines `name`."""
    scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in reading.tree.body if reading.tree else ():
        if isinstance(node, scopes):
            inside = bindings(ast.Module(node.body, []))
            if inside.get(name) is Binding.DEFINED:
                return node.name
    return None


def _texts(reading: Reading) -> Iterator[str]:
    """Yield what a cell says in comments and in strings that nothing is done with."""
    yield COMMENT.sub("", reading.source)
    for node in reading.tree.body if reading.tree else ():
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield textwrap.dedent(text)


def _similar(
    name: str, question: QuestionManifest, answers: Answers, manifest: Manifest
) -> str | None:
    """Return what the notebook defines under a name with other capitals or a letter more or less."""
    asked = read_cell(question.stub).bindings.get(name, Binding.DEFINED)
    least = Binding.FUNCTION if asked is Binding.DEFINED else Binding.ASSIGNED
    taken = {taken for known in manifest.questions for taken in known.defines}
    taken |= {taken for source in manifest.set_up for taken in read_cell(source).names}
    passed_over = answers.demos | answers.stubs
    bound = (
        pair
        for number, reading in answers.readings.items()
        if number not in passed_over
        for pair in reading.bindings.items()
    )
    for other, how in islice(bound, MAX_OTHERS):
        if how >= least and other not in taken and _alike(name, other):
            return other
    return None


def _alike(name: str, other: str) -> bool:
    if len(other) > MAX_NAME:
        return False
    a, b = (text.replace("_", "").casefold() for text in (name, other))
    if a in (b, ADDED.sub("", b)):
        return True
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1:
        return False
    # One letter is missing, too many or another one, or two are swapped.
    start = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    rests = {
        (a[start + 1 :], b[start:]),
        (a[start:], b[start + 1 :]),
        (a[start + 1 :], b[start + 1 :]),
    }
    swapped = (
        a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    )
    return swapped or any(x == y for x, y in rests)

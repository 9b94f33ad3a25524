"""What must hold of a master before it is converted. Each failure names its file and line."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from autograder.authoring.master import Master, Question
from autograder.authoring.names import defined, imported
from autograder.authoring.question_helpers import needed
from autograder.authoring.script import Cell, Place
from autograder.authoring.test_cells import TestCell
from autograder.course.manifest import DEMO_TAG
from autograder.errors import did_you_mean

SOLUTION = re.compile(r"# ?(BEGIN |END )?SOLUTION\b")
EDGE = re.compile(r"\s*# ?(BEGIN|END) SOLUTION\b")
JUDGE = "judge"
MESSAGE_KEYWORDS = {"msg", "err_msg"}
"""How `torch.testing`, `numpy.testing` and their like name the message of an assertion."""


def check_master(master: Master) -> None:
    """Check what Otter Assign does not.

    Raises:
        KitError: something is wrong; names file and line.
    """
    _answers_are_marked(master)
    _names_are_unique(master)
    known = notebook_names(master)
    for question in master.questions:
        for test in question.tests:
            _parameters_are_known(test, known)
            if test.hidden:
                _messages_are_plain(test.function, test.cell.at, _plain_names(test.function))
        _helpers_are_sound(question)


def _answers_are_marked(master: Master) -> None:
    for question in master.questions:
        if not SOLUTION.search(question.solution.source):
            text = f"the answer to {question.name} has no SOLUTION mark, so students would see it"
            raise question.solution.place.refusal(text)
        _marks_are_paired(question.solution)
    for cell in master.ordinary:
        if cell.kind != "code":
            continue
        for offset, line in enumerate(cell.source.split("\n")):
            if SOLUTION.search(line):
                text = "a SOLUTION mark outside a SOLUTION block hides nothing; take it away"
                raise cell.place.below(offset).refusal(text)


def _marks_are_paired(solution: Cell) -> None:
    """Check that what begins in an answer cell ends there, too; Otter's own words name no line."""
    begun: Place | None = None
    for offset, line in enumerate(solution.source.split("\n")):
        match, place = EDGE.match(line), solution.place.below(offset)
        if not match:
            continue
        if match[1] == "BEGIN":
            if begun is not None:
                raise begun.refusal(f"this BEGIN SOLUTION has no END SOLUTION before {place}")
            begun = place
        elif begun is None:
            raise place.refusal("this END SOLUTION has no BEGIN SOLUTION")
        else:
            begun = None
    if begun is not None:
        raise begun.refusal("this BEGIN SOLUTION has no END SOLUTION")


def _names_are_unique(master: Master) -> None:
    tests: dict[str, Place] = {}
    answers: dict[str, str] = {}
    for question in master.questions:
        for test in question.tests:
            place = test.cell.at(test.function)
            if test.name in tests:
                text = f"there are two tests named {test.name}; the other is {tests[test.name]}"
                raise place.refusal(text)
            tests[test.name] = place
        for name in defined(question.solution.tree):
            if name in answers:
                text = (
                    f"{name} is already the answer to {answers[name]}; one question defines a name"
                )
                raise question.solution.place.refusal(text)
            answers[name] = question.name


def notebook_names(master: Master) -> set[str]:
    """Return the names that tests and answers may ask for: what graded cells bind."""
    cells = [question.solution for question in master.questions]
    cells += [c for c in master.ordinary if c.kind == "code" and DEMO_TAG not in c.tags]
    trees = [cell.tree for cell in cells]
    bound = {name for tree in trees for name in defined(tree)}
    return bound | {name for tree in trees for _, name in imported(tree)}


def _parameters_are_known(test: TestCell, known: set[str]) -> None:
    for argument in test.function.args.args:
        place, name = test.cell.at(argument), argument.arg
        if name == JUDGE:
            if not test.hidden:
                text = (
                    "a public test has no judge, since students run it; hide it or measure inside"
                )
                raise place.refusal(text)
        elif name not in known:
            text = f"{test.name} asks for {name}, which no cell defines{did_you_mean(name, known)}"
            raise place.refusal(text)


def _helpers_are_sound(question: Question) -> None:
    everything = [test.function for test in question.tests]
    for helper in question.helpers:
        if helper not in needed(question.helpers, everything):
            names = " and ".join(sorted(helper.names))
            raise helper.place.refusal(f"no test of {question.name} uses {names}; take it out")
    for helper in question.hidden_helpers:
        if isinstance(helper.node, ast.FunctionDef):
            # What a test passes as a message is shown only if it stands there as a plain string.
            arguments = {argument.arg for argument in helper.node.args.args}
            plain = _plain_names(helper.node) | arguments
            _messages_are_plain(helper.node, helper.at, plain)


def _messages_are_plain(
    function: ast.FunctionDef, at: Callable[[ast.expr], Place], plain: set[str]
) -> None:
    """Check that no message of a hidden test can show an input or an expected value."""
    for message in _messages(function):
        if isinstance(message, ast.Constant) and isinstance(message.value, str):
            continue
        if isinstance(message, ast.Name) and message.id in plain:
            continue
        text = "students read the messages of hidden tests, so write this one as a plain string"
        raise at(message).refusal(text)


def _messages(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and node.msg is not None:
            yield node.msg
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args
        elif isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg in MESSAGE_KEYWORDS)


def _plain_names(function: ast.FunctionDef) -> set[str]:
    """Return the names that `function` binds to nothing but plain strings."""
    plain: set[str] = set()
    other: set[str] = {argument.arg for argument in function.args.args}
    bindings: set[int] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            targets = [target for target in node.targets if isinstance(target, ast.Name)]
            if isinstance(node.value.value, str):
                plain |= {target.id for target in targets}
                bindings |= {id(target) for target in targets}
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Store)
            and id(node) not in bindings
        ):
            other.add(node.id)
    return plain - other

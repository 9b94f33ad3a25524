"""What must hold of a master before it is converted. Each failure names its file and line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.authoring.master import Master, TestCell
from autograder.authoring.names import defined, imported
from autograder.authoring.script import Place
from autograder.manifest import DEMO_TAG
from autograder.settings import did_you_mean

SOLUTION = re.compile(r"# ?(BEGIN |END )?SOLUTION\b")
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
    known = _known_names(master)
    for question in master.questions:
        for test in question.tests:
            _parameters_are_known(test, known)
            if test.hidden:
                _messages_are_plain(test)


def _answers_are_marked(master: Master) -> None:
    for question in master.questions:
        if not SOLUTION.search(question.solution.source):
            text = f"the answer to {question.name} has no SOLUTION mark, so students would see it"
            raise question.solution.place.refusal(text)
    for cell in master.ordinary:
        if cell.kind != "code":
            continue
        for offset, line in enumerate(cell.source.split("\n")):
            if SOLUTION.search(line):
                text = "a SOLUTION mark outside a SOLUTION block hides nothing; take it away"
                raise cell.place.below(offset).refusal(text)


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


def _known_names(master: Master) -> set[str]:
    """Return the names that a test may ask for: what graded cells bind."""
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


def _messages_are_plain(test: TestCell) -> None:
    """Check that no message of a hidden test can show an input or an expected value."""
    plain = _plain_names(test.function)
    for message in _messages(test.function):
        if isinstance(message, ast.Constant) and isinstance(message.value, str):
            continue
        if isinstance(message, ast.Name) and message.id in plain:
            continue
        text = "students read the messages of hidden tests, so write this one as a plain string"
        raise test.cell.at(message).refusal(text)


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

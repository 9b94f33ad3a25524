"""Small slips made in the reference by itself: each must cost points, or the tests have a hole.

A slip that changes nothing which the question asks for is an *equivalent*. These stand, each with its reason, in
`solutions/equivalent_mutants.yml`, by assignment, question and the line that the slip makes.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from autograder.authoring.leaks import hidden_lines
from autograder.errors import KitError

EQUIVALENTS = Path("solutions", "equivalent_mutants.yml")
FORM = TypeAdapter(dict[str, dict[str, dict[str, str]]])
OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Pow: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
OTHER_NAME = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "zeros": "ones",
    "ones": "zeros",
    "rand": "randn",
    "randn": "rand",
}
AXES = {"dim", "axis"}
DROPPED_CALLS = {"detach", "clone", "item", "abs", "sqrt", "exp", "log", "flatten", "reshape", "t"}

Change = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Mutant:
    """The reference of a question with one slip."""

    slip: str
    """What kind of slip."""
    before: str
    after: str
    """The line that it changes, as `ast.unparse` writes it."""
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield an answer cell with one slip in what a student writes, or in a default of its signature."""
    tree = ast.parse(source)
    own, plain = hidden_lines(source), ast.unparse(tree)
    seen = {plain}
    for index, node in enumerate(ast.walk(tree)):
        if not isinstance(node, ast.arguments) and getattr(node, "lineno", 0) not in own:
            continue
        for slip, change in _changes(node):
            copy = deepcopy(tree)
            change(list(ast.walk(copy))[index])
            text = ast.unparse(ast.fix_missing_locations(copy))
            if text not in seen:
                seen.add(text)
                yield Mutant(slip, *_changed_line(plain, text), text)


def equivalents(root: Path, assignment: str) -> Mapping[str, Mapping[str, str]]:
    """Return the reasons of equivalent mutants, by question and changed line.

    Raises:
        KitError: the file is not as it must be.
    """
    path = root / EQUIVALENTS
    if not path.is_file():
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return FORM.validate_python(content).get(assignment, {})
    except (yaml.YAMLError, ValidationError) as error:
        raise KitError(
            f"{EQUIVALENTS}: write `assignment: {{question: {{line: reason}}}}`. {error}"
        ) from None


def _changed_line(before: str, after: str) -> tuple[str, str]:
    pairs = zip(before.split("\n"), after.split("\n"), strict=False)
    old, new = next((pair for pair in pairs if pair[0] != pair[1]), (before, after))
    return old.strip(), new.strip()


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in OTHER_OPERATOR:
            yield "another operator", _set("op", OTHER_OPERATOR[type(op)]())
            if isinstance(node, ast.BinOp) and isinstance(op, ast.Div):
                yield "a division dropped", lambda n: _become(n, n.left)  # type: ignore[attr-defined]
            if isinstance(node, ast.BinOp) and isinstance(op, ast.MatMult):
                yield "sides swapped", _swap_sides
        case ast.BinOp(op=ast.MatMult()):
            yield "sides swapped", _swap_sides
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield "a sign dropped", lambda n: _become(n, n.operand)  # type: ignore[attr-defined]
        case ast.Compare(ops=[op]) if type(op) in OTHER_COMPARISON:
            yield "another comparison", _set("ops", [OTHER_COMPARISON[type(op)]()])
        case ast.Call():
            yield from _changes_of_a_call(node)
        case ast.Attribute(attr=name) if name in OTHER_NAME:
            yield f"{OTHER_NAME[name]} for {name}", _set("attr", OTHER_NAME[name])
        case ast.Constant(value=bool() as value):
            yield "the other truth", _set("value", not value)
        case ast.Constant(value=int() as value):
            yield "off by one", _set("value", value + 1)
        case ast.Constant(value=float() as value) if math.isfinite(value):
            yield "another number", _set("value", 2 * value + 1.0)
        case ast.arguments(defaults=defaults):
            for position, default in enumerate(defaults):
                if isinstance(default, ast.Constant) and type(default.value) in (int, float):
                    yield "a default changed", _change_default(position)
        case ast.Expr(value=ast.Call()):
            yield "a statement dropped", lambda n: _become(n, ast.Pass())
        case ast.Return(value=ast.expr()):
            yield "detached", _detach


def _changes_of_a_call(call: ast.Call) -> Iterator[tuple[str, Change]]:
    if len(call.args) >= 2 and not any(isinstance(arg, ast.Starred) for arg in call.args[:2]):
        yield "arguments swapped", _swap_arguments
    for position, keyword in enumerate(call.keywords):
        if keyword.arg in AXES | {"keepdim", "keepdims"}:
            yield f"{keyword.arg} dropped", _drop_keyword(position)
        if keyword.arg in AXES and isinstance(keyword.value, ast.Constant):
            other = 1 if keyword.value.value == 0 else 0
            yield "another axis", _set_keyword(position, other)
    if isinstance(call.func, ast.Attribute) and call.func.attr in DROPPED_CALLS and not call.args:
        yield f"{call.func.attr} dropped", lambda n: _become(n, n.func.value)  # type: ignore[attr-defined]


def _become(node: ast.AST, other: ast.AST) -> None:
    """Put `other` in the place of `node`, whose parent is not at hand."""
    node.__class__ = other.__class__
    fields = dict(other.__dict__)
    node.__dict__.clear()
    node.__dict__.update(fields)


def _set(field: str, value: object) -> Change:
    return lambda node: setattr(node, field, value)


def _swap_sides(node: ast.AST) -> None:
    assert isinstance(node, ast.BinOp)
    node.left, node.right = node.right, node.left


def _swap_arguments(node: ast.AST) -> None:
    assert isinstance(node, ast.Call)
    node.args[:2] = node.args[1::-1]


def _drop_keyword(position: int) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Call)
        del node.keywords[position]

    return change


def _set_keyword(position: int, value: int) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Call)
        node.keywords[position].value = ast.Constant(value)

    return change


def _change_default(position: int) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.arguments)
        default = node.defaults[position]
        assert isinstance(default, ast.Constant)
        assert isinstance(default.value, int | float)
        node.defaults[position] = ast.Constant(default.value + 1)

    return change


def _detach(node: ast.AST) -> None:
    assert isinstance(node, ast.Return) and node.value is not None
    node.value = ast.Call(ast.Attribute(node.value, "detach", ast.Load()), [], [])

"""The sentences of a check that did not pass: what was called, what was expected, what came."""

from __future__ import annotations

import ast
import math
import re
import types
from collections.abc import Callable, Mapping, Sequence

import torch

SMALL = 24
"""Entries up to which a tensor is written out."""
WIDE = 300
"""Letters up to which any other value is."""
MISMATCHES = (
    (
        r"attribute 'shape'|Sequence length|length of the sequences",
        "The result has the wrong shape.",
    ),
    (r"attribute 'dtype'", "The result has the wrong dtype."),
    (r"NoneType|None mismatch", "The result is `None`. Is a `return` missing?"),
    # Where zero is expected, the relative difference of a finite value is infinite too.
    (
        r"(?i)absolute difference: (nan|inf)|got (nan|-?inf)\b",
        "The result is not finite where it should be, or the values are wrong.",
    ),
    (r"not (close|equal)", "The result has the wrong values."),
)
"""What the texts of `torch.testing` and plain exceptions mean."""
OTHERWISE = "The result is not what the question asks for."
EQUALITIES = ("equal", "allclose", "isclose", "array_equal")
"""Functions that compare their first argument with their second."""


def mismatch(text: str) -> str:
    """Return the kind of a mismatch from what `torch.testing` says of it."""
    return next((told for pattern, told in MISMATCHES if re.search(pattern, text)), OTHERWISE)


def raised(kind: str, text: str, where: str) -> str:
    """Say that a student's code raised."""
    return f"Your code raised {kind}{': ' if text else ''}{text}{where}"


def out_of_memory(where: str) -> str:
    """Say that a student's code needed more memory than there is."""
    return f"Your code ran out of memory{where}."


def called_exit(where: str) -> str:
    """Say that a student's code wanted to end Python."""
    return f"Your code called exit(){where}. Return instead."


def unusable(text: str) -> str:
    """Say that a test went wrong over a result."""
    if "does not require grad" in text:
        return "No gradient reaches back through the result: it must stay part of the graph."
    if "NoneType" in text:
        text += " — something here is `None`. Is a `return` missing?"
    return f"The check could not use the result: {text}"


def own_words(error: AssertionError) -> str:
    """Return the author's sentence for a failed test, or nothing where the words are a machine's."""
    text = str(error).strip()
    if _frame(error, lambda frame: frame.f_code.co_name == "assert_close") is None:
        return "" if text.startswith("assert ") else text
    # An author's own `msg` is the whole text of the error.
    machine = r"(Tensor-likes|Scalars|Booleans) are not|^None mismatch|values for attribute|^The length|^Expected "
    return "" if re.search(machine, text) else text


def explain(
    error: Exception, source: str, path: str, seen: Mapping[int, str], again: bool
) -> list[str]:
    """Return the lines on a comparison that failed: the call, expected and got, and a sentence.

    Args:
        error: what the test raised.
        source: the test file.
        path: what its code calls it.
        seen: what values looked like before a call, by `id`.
        again: whether expressions of the test may be evaluated once more. They may call the student's code.
    """
    test = _frame(error, lambda frame: frame.f_code.co_filename == path)
    if test is None:
        return []
    frame, line = test
    statement = _statement(source, line)
    close = _frame(error, lambda frame: frame.f_code.co_name == "assert_close")
    if close is not None:
        names = close[0].f_locals
        call = statement.value if isinstance(statement, ast.Expr) else None
        first = call.args[0] if isinstance(call, ast.Call) and call.args else None
        lines = _called(first, source, frame, seen, line)
        return lines + differences(names["expected"], names["actual"])
    if not isinstance(statement, ast.Assert) or statement.msg is not None:
        return []
    return _of_assertion(statement.test, source, frame, seen, line, again)


def _of_assertion(
    test: ast.expr,
    source: str,
    frame: types.FrameType,
    seen: Mapping[int, str],
    line: int,
    again: bool,
) -> list[str]:
    """Return the lines on an assertion without a sentence of its own."""
    sides = [test]
    match test:
        case ast.Compare(left, [ast.Eq() | ast.Is()], [right]):
            sides = [left, right]
        case ast.Call(ast.Attribute(attr=name), [left, right, *_]) if name in EQUALITIES:
            sides = [left, right]
        case ast.UnaryOp(ast.Not(), operand):
            sides = [operand]
    lines = _called(sides[0], source, frame, seen, line)
    if again and len(sides) == 2:
        try:
            got, expected = (_evaluate(side, frame) for side in sides)
        except Exception:  # noqa: BLE001 - it went well once; what a second time says is of no interest
            return lines
        if show(got) != show(expected):
            return lines + differences(expected, got)
    return [*lines, f"this must hold: {ast.unparse(test)}"]


def _evaluate(node: ast.expr, frame: types.FrameType) -> object:
    code = compile(ast.Expression(node), "<check>", "eval")
    value: object = eval(code, frame.f_globals, dict(frame.f_locals))
    return value


def _frame(
    error: Exception, wanted: Callable[[types.FrameType], bool]
) -> tuple[types.FrameType, int] | None:
    """Return the innermost frame of a traceback that is wanted, and its line."""
    found, traceback = None, error.__traceback__
    while traceback is not None:
        if wanted(traceback.tb_frame):
            found = traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _statement(source: str, line: int) -> ast.stmt | None:
    """Return the innermost statement at a line."""
    found = None
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
            found = node
    return found


def _called(
    node: ast.expr | None,
    source: str,
    frame: types.FrameType,
    seen: Mapping[int, str],
    line: int,
) -> list[str]:
    """Return the call in an expression, with its arguments' values in the place of their names."""
    found = node
    if isinstance(node, ast.Name):  # `Y = relu(X)`, and `Y` is compared
        for other in ast.walk(ast.parse(source)):
            if (
                isinstance(other, ast.Assign)
                and frame.f_code.co_firstlineno <= other.lineno < line
                and any(isinstance(t, ast.Name) and t.id == node.id for t in other.targets)
            ):
                found = other.value
    node = found
    if node is None or not any(isinstance(part, ast.Call) for part in ast.walk(node)):
        return []
    text = ast.unparse(_Values(frame, seen).visit(ast.parse(ast.unparse(node), mode="eval")))
    text = text if len(text) <= WIDE else ast.unparse(node)
    return [text.replace("torch.tensor(", "tensor(")]


class _Values(ast.NodeTransformer):
    """Puts short values in the place of a test's own names."""

    def __init__(self, frame: types.FrameType, seen: Mapping[int, str]) -> None:
        self.frame, self.seen = frame, seen

    def visit_Name(self, node: ast.Name) -> ast.Name:
        value = self.frame.f_locals.get(node.id)
        if stands_in(value):
            return node
        if isinstance(value, torch.Tensor | int | float | str | list | tuple):
            text = self.seen.get(id(value)) or show(value)
            if len(text) < WIDE // 2:
                return ast.Name(text)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return node if isinstance(node.value, ast.Name) else self.generic_visit(node)


def stands_in(value: object) -> bool:
    """Whether the judge has this in the place of a student's object. It says of itself that it is one."""
    return type(value).__name__ == "Proxy"


def differences(expected: object, got: object) -> list[str]:
    """Return the lines that set side by side what was expected and what came."""
    pair = [f"expected  {show(expected)}", f"got       {show(got)}"]
    if stands_in(expected) or stands_in(got):
        return pair
    if got is None:
        return [*pair, mismatch("NoneType")]
    if not isinstance(expected, torch.Tensor):
        if isinstance(got, torch.Tensor) and got.dim():
            pair.append(f"The result is a tensor; {_kind(expected)} was expected.")
        return pair
    if not isinstance(got, torch.Tensor):
        return [*pair, f"The result is {_kind(got)}; a tensor was expected."]
    if got.shape != expected.shape:
        shapes = f"it is {tuple(got.shape)} and must be {tuple(expected.shape)}."
        return [*pair, f"{mismatch('attribute ' + repr('shape'))[:-1]}: {shapes}"]
    if got.dtype != expected.dtype:
        dtypes = f"it is {got.dtype} and must be {expected.dtype}."
        return [*pair, f"{mismatch('attribute ' + repr('dtype'))[:-1]}: {dtypes}"]
    return pair + _first_difference(expected, got)


def _first_difference(expected: torch.Tensor, got: torch.Tensor) -> list[str]:
    """Return where two tensors of one shape differ first, if that is not plain to see."""
    lines = []
    differ = ~torch.isclose(got.detach(), expected.detach(), rtol=1e-4, atol=1e-5, equal_nan=True)
    if expected.numel() > SMALL and differ.any():
        index = tuple(int(i) for i in differ.nonzero()[0])
        pair = f"expected {show(expected[index].item())}, got {show(got[index].item())}"
        count = f"{int(differ.sum())} of {expected.numel()} entries differ"
        lines = [f"first difference at {list(index)}: {pair}; {count}"]
    if not torch.isfinite(got).all() and torch.isfinite(expected).all():
        lines.append("The result is not finite (`inf` or `nan`) where it should be.")
    return lines


def _kind(value: object) -> str:
    name = "tuple" if isinstance(value, tuple) else type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def show(value: object) -> str:
    """Return a value as a student would write it, cut short."""
    if stands_in(value):
        return "an object"
    match value:
        case torch.Tensor():
            return _show_tensor(value)
        case bool() | None | int() | complex():
            return str(value)
        case float():
            text = f"{value:.6g}"
            return text if not math.isfinite(value) or set(text) & set(".e") else f"{text}.0"
        case str():
            text = repr(value)
        case list() | tuple():
            text = _show_items(value)
        case dict():
            items = [f"{show(key)}: {show(item)}" for key, item in list(value.items())[:10]]
            text = "{" + ", ".join(items) + (", …}" if len(value) > 10 else "}")
        case torch.dtype() | torch.device():
            text = str(value)
        case _:
            return f"{_kind(value)}"
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def _show_items(value: Sequence[object]) -> str:
    if isinstance(value, torch.Size):
        return f"torch.Size({_show_items(list(value))})"
    text = ", ".join(show(item) for item in value[:SMALL]) + (", …" if len(value) > SMALL else "")
    if isinstance(value, list):
        return f"[{text}]"
    return f"({text},)" if len(value) == 1 else f"({text})"


def _show_tensor(value: torch.Tensor) -> str:
    usual = (torch.float32, torch.int64, torch.bool)
    dtype = "" if value.dtype in usual else f", dtype={value.dtype}"
    if value.device.type != "cpu":
        dtype += f", device={str(value.device)!r}"
    if value.numel() > SMALL or value.device.type == "meta":
        return f"a tensor of shape {tuple(value.shape)}{dtype}"
    return f"tensor({show(value.detach().tolist())}{dtype})"

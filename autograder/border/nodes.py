"""JSON nodes that came from the other side, each read only as what it must be."""

from __future__ import annotations

from autograder.border.wire import Json, Malformed


def items(node: Json) -> list[Json]:
    """Return a list's entries."""
    if isinstance(node, list):
        return node
    raise Malformed("not a list")


def table(node: Json) -> dict[str, Json]:
    """Return an object's entries."""
    if isinstance(node, dict):
        return node
    raise Malformed("not an object")


def text(node: Json) -> str:
    if isinstance(node, str):
        return node
    raise Malformed("not a text")


def whole(node: Json) -> int:
    """Return a whole number; a truth value is none."""
    if type(node) is int:
        return node
    raise Malformed("not a whole number")


def truth(node: Json) -> bool:
    if isinstance(node, bool):
        return node
    raise Malformed("not a truth value")


def named(node: Json) -> list[tuple[str, Json]]:
    """Return pairs of a name and a node."""
    pairs = [items(pair) for pair in items(node)]
    if any(len(pair) != 2 for pair in pairs):
        raise Malformed("not pairs")
    return [(text(name), value) for name, value in pairs]


def number(node: Json) -> float:
    """Return a number, whole or not."""
    if isinstance(node, (int, float)):
        return node
    raise Malformed("not a number")

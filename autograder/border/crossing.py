"""How a request becomes JSON and is read again: the types of its fields say what is a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Annotated, Any, Generic, TypeAlias, TypeVar, cast, get_args, get_type_hints

from autograder.border.nodes import items, table, text
from autograder.border.wire import Body, Json, Malformed


class Crossing(Enum):
    """How a field of values is encoded."""

    ONE = "one value"
    SEVERAL = "a list of values"
    NAMED = "values by name"


ONE, SEVERAL = Crossing.ONE, Crossing.SEVERAL
Value: TypeAlias = Annotated[Any, ONE]
Values: TypeAlias = Annotated[Sequence[Any], SEVERAL]
NamedValues: TypeAlias = Annotated[Mapping[str, Any], Crossing.NAMED]
Encode: TypeAlias = Callable[[object], Json]
Decode: TypeAlias = Callable[[Json], object]
Request = TypeVar("Request")


def no_values(value: object) -> Json:
    """Stand for a codec where requests hold no values."""
    raise TypeError(f"a {type(value).__name__} without a codec")


def to_json(request: object, encode: Encode = no_values) -> Body:
    """Say a request in JSON; `encode` is needed where it holds values."""
    kind: type = type(request)
    body: Body = {"request": kind.__name__}
    for name, crossing in crossings(kind).items():
        field = getattr(request, name)
        if crossing is None:
            body[name] = field
        elif crossing is ONE:
            body[name] = encode(field)
        elif crossing is SEVERAL:
            body[name] = [encode(value) for value in field]
        else:
            body[name] = {key: encode(value) for key, value in field.items()}
    return body


class Reader(Generic[Request]):
    """Reads the requests of one union of classes."""

    def __init__(self, union: object) -> None:
        self.kinds: dict[str, type] = {kind.__name__: kind for kind in get_args(union)}

    def read(self, body: Mapping[str, Json], decode: Decode = no_values) -> Request:
        """Read what `to_json` said.

        Raises:
            Malformed: it is none of these requests.
        """
        kind = self.kinds.get(text(body.get("request")))
        if kind is None or body.keys() != keys(kind):
            raise Malformed("a request that nobody knows")
        values = {
            name: _decoded(body[name], crossing, decode)
            for name, crossing in crossings(kind).items()
        }
        return cast("Request", kind(**values))


def _decoded(node: Json, crossing: Crossing | None, decode: Decode) -> object:
    if crossing is None:
        return node
    if crossing is ONE:
        return decode(node)
    if crossing is SEVERAL:
        return [decode(inner) for inner in items(node)]
    return {key: decode(inner) for key, inner in table(node).items()}


@cache
def keys(kind: type) -> frozenset[str]:
    """Return what the JSON of a request has, no more and no less."""
    return frozenset(("request", *crossings(kind)))


@cache
def crossings(kind: type) -> dict[str, Crossing | None]:
    """Return how each field of a request crosses; `None` for plain JSON."""
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Crossing | None] = {}
    for field in fields(kind):
        marks = [mark for mark in get_args(hints[field.name]) if isinstance(mark, Crossing)]
        found[field.name] = marks[0] if marks else None
    return found

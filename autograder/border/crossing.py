"""How requests and replies become JSON and are read again: the types of their fields say how.

A field of type `Value`, `Values` or `NamedValues` crosses through the codec. Every other field is JSON, which is
read only as what its type says: whole numbers, texts, truths, other such classes, lists of these, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import (
    Annotated,
    Any,
    Generic,
    NamedTuple,
    TypeAlias,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from autograder.border.nodes import items, table, text, truth, whole
from autograder.border.wire import Body, Json, Malformed

Encode: TypeAlias = Callable[[object], Json]
Decode: TypeAlias = Callable[[Json], object]
Message = TypeVar("Message")
KIND = "kind"
"""What the JSON of a message calls its class."""


class Way(NamedTuple):
    """How a field crosses."""

    say: Callable[[Any, Encode], Json] | None
    """`None` for what is JSON already."""
    read: Callable[[Json, Decode], object]


ONE = Way(lambda value, encode: encode(value), lambda node, decode: decode(node))
SEVERAL = Way(
    lambda values, encode: [encode(value) for value in values],
    lambda nodes, decode: [decode(node) for node in items(nodes)],
)
NAMED = Way(
    lambda values, encode: {name: encode(value) for name, value in values.items()},
    lambda nodes, decode: {name: decode(node) for name, node in table(nodes).items()},
)
LATER = Way(None, lambda node, _: node)
Value: TypeAlias = Annotated[Any, ONE]
Values: TypeAlias = Annotated[Sequence[Any], SEVERAL]
NamedValues: TypeAlias = Annotated[Mapping[str, Any], NAMED]
Encoded: TypeAlias = Annotated[Any, LATER]
"""A value that went through the codec already, and is decoded by whoever takes it out."""


def no_values(value: object) -> Json:
    """Stand for a codec where messages hold no values."""
    raise TypeError(f"a {type(value).__name__} without a codec")


def to_json(message: object, encode: Encode = no_values) -> Body:
    """Say a request or a reply in JSON; `encode` is needed where it holds values."""
    kind: type = type(message)
    body: Body = {KIND: kind.__name__}
    for name, way in ways(kind).items():
        field = getattr(message, name)
        body[name] = field if way.say is None else way.say(field, encode)
    return body


class Reader(Generic[Message]):
    """Reads the messages of one union of classes, or of one class."""

    def __init__(self, union: object) -> None:
        kinds = get_args(union) or (union,)
        self.kinds: dict[str, type] = {kind.__name__: kind for kind in kinds}

    def read(self, node: Json, decode: Decode = no_values) -> Message:
        """Read what `to_json` said.

        Raises:
            Malformed: it is none of these messages.
        """
        body = table(node)
        kind = self.kinds.get(text(body.get(KIND)))
        if kind is None or body.keys() != keys(kind):
            raise Malformed("a message that nobody knows")
        fields = [way.read(body[name], decode) for name, way in ways(kind).items()]
        return cast("Message", kind(*fields))


@cache
def keys(kind: type) -> frozenset[str]:
    """Return what the JSON of a message has, no more and no less."""
    return frozenset((KIND, *ways(kind)))


@cache
def ways(kind: type) -> dict[str, Way]:
    """Return how each field of a message crosses."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: _way(hints[field.name]) for field in fields(kind)}


PLAIN: dict[object, Callable[[Json], object]] = {int: whole, str: text, bool: truth}


def _way(hint: object) -> Way:
    """Return how a field of this type crosses."""
    inside = get_args(hint)
    for mark in inside:
        if isinstance(mark, Way):
            return mark
    if hint in PLAIN:
        return _as_it_is(PLAIN[hint])
    if isinstance(hint, type) and is_dataclass(hint):
        return Way(to_json, Reader(hint).read)
    if get_origin(hint) is list:
        return _list_of(_way(inside[0]))
    if inside[1:] == (type(None),):
        return _or_none(_way(inside[0]))
    raise TypeError(f"no field of type {hint} crosses")


def _as_it_is(read: Callable[[Json], object]) -> Way:
    return Way(None, lambda node, _: read(node))


def _list_of(each: Way) -> Way:
    say, read = each
    return Way(
        None if say is None else lambda fields, encode: [say(field, encode) for field in fields],
        lambda nodes, decode: [read(node, decode) for node in items(nodes)],
    )


def _or_none(way: Way) -> Way:
    say, read = way
    return Way(
        None
        if say is None
        else lambda field, encode: None if field is None else say(field, encode),
        lambda node, decode: None if node is None else read(node, decode),
    )

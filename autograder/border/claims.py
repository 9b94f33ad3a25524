"""What an object that stays with the student says of itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from autograder.border.nodes import items, text
from autograder.border.wire import Json, Malformed

MAX_CLASSES = 20
MAX_NAME = 200
BORROWED = "another"
"""The module of a class that calls itself one of torch's and is not what torch has by that name."""


@dataclass(frozen=True)
class Claims:
    """The qualified names of an object's classes: true of an honest object, a claim of any other."""

    classes: tuple[str, ...]
    """Of its type, nearest first."""
    bases: tuple[str, ...] | None = None
    """Of itself, if it is a class."""

    @classmethod
    def of(cls, value: object) -> Claims:
        bases = qualified_names(value) if isinstance(value, type) else None
        return cls(qualified_names(type(value)), bases)

    @classmethod
    def from_json(cls, node: Json) -> Claims:
        """Read what the other side claims.

        Raises:
            Malformed: it is no such claim.
        """
        match items(node):
            case [classes, None]:
                return cls(_names(classes))
            case [classes, bases]:
                return cls(_names(classes), _names(bases))
        raise Malformed("a claim is not a claim")

    def to_json(self) -> Json:
        return [self.classes, self.bases]


def qualified_names(cls: type) -> tuple[str, ...]:
    return tuple(qualified_name(c)[:MAX_NAME] for c in cls.__mro__[:MAX_CLASSES])


def qualified_name(cls: type) -> str:
    module, name = str(cls.__module__), str(cls.__qualname__)
    if module.startswith("torch") and getattr(sys.modules.get(module), name, None) is not cls:
        return f"{BORROWED}.{name}"
    return f"{module}.{name}"


def _names(node: Json) -> tuple[str, ...]:
    return tuple(text(name)[:MAX_NAME] for name in items(node)[:MAX_CLASSES])

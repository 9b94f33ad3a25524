"""YAML whose every key and value knows its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from autograder.errors import KitError

Place = tuple[str | int, ...]
"""The keys and indices that lead to a value."""
MAX_DEPTH = 20


@dataclass(frozen=True)
class Document:
    """A YAML file's content and where each part of it stands."""

    value: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest part around it that the file has."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


def read_yaml(path: Path) -> Document:
    """Read the YAML file at `path`; a key that stands twice is an error.

    Raises:
        KitError: it cannot be read or is not YAML; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise KitError(f"{path.name} is not UTF-8 text; save it as UTF-8.") from None
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        lines: dict[Place, int] = {(): 1}
        if node is not None:
            _note(node, (), lines, path.name)
        return Document({} if node is None else loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise KitError(f"{where}: this is not YAML: {error.problem}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise KitError(f"{path.name}, line {line}: a character that YAML does not allow.") from None


def _note(node: yaml.Node, place: Place, lines: dict[Place, int], file: str) -> None:
    """Enter the lines of `node` and of everything in it."""
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if len(place) > MAX_DEPTH:
        raise KitError(f"{file}, line {line}: this is nested too deep; settings have four levels.")
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note(item, (*place, index), lines, file)
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            line = key.start_mark.line + 1
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if key.tag != "tag:yaml.org,2002:str":
                raise KitError(
                    f"{file}, line {line}: the key {key.value!r} must be a text; quote it."
                )
            inner = (*place, key.value)
            if inner in lines:
                first = lines[inner]
                raise KitError(
                    f"{file}, line {line}: the key {key.value!r} stands here a second time (first in "
                    f"line {first}); keep one of them."
                )
            lines[inner] = line
            _note(item, inner, lines, file)

"""Adding lines to `grading.yml`: every comment and every other line stays as it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from autograder.course.settings import FILE, Settings, load_settings
from autograder.errors import KitError

STEP = "  "


@dataclass(frozen=True)
class Addition:
    """Lines for `grading.yml`."""

    lines: str
    whole: str
    """The whole file with them in it; empty where its style does not let them be put in."""


def with_question(path: Path, assignment: str, question: str, points: float) -> Addition:
    """Return the settings file at `path` with a question at the end of `assignment`'s.

    Raises:
        KitError: the file cannot be read or is not sound.
    """
    before = load_settings(path)
    line = f"{question}: {points:g}"
    if question in before.assignments[assignment].questions:
        return Addition("", _text(path))
    block = _block(path, ("assignments", assignment, "questions"))
    whole = _inserted(path, block, [line]) if block else ""
    expected = before.model_dump(mode="json")
    expected["assignments"][assignment]["questions"][question] = {"points": points}
    return Addition(f"{line}\n", _checked(whole, expected))


def with_assignment(
    path: Path, assignment: str, question: str, points: float, minutes: int
) -> Addition:
    """Return the settings file at `path` with a new assignment of one question at its end.

    Raises:
        KitError: the file cannot be read or is not sound.
    """
    expected = load_settings(path).model_dump(mode="json")
    title = (assignment.partition("_")[2] or assignment).replace("_", " ").capitalize()
    lines = [
        f"{assignment}:",
        f"{STEP}title: {title}",
        f"{STEP}minutes: {minutes}",
        f"{STEP}questions:",
        f"{STEP}{STEP}{question}: {points:g}",
    ]
    questions = {question: {"points": points}}
    expected["assignments"][assignment] = {
        "title": title,
        "minutes": minutes,
        "questions": questions,
    }
    block = _block(path, ("assignments",))
    whole = _inserted(path, block, lines, apart=True) if block else ""
    return Addition("".join(f"{line}\n" for line in lines), _checked(whole, expected))


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _block(path: Path, keys: tuple[str, ...]) -> yaml.MappingNode | None:
    """Return the mapping below `keys`, if it is written as one key a line."""
    node = yaml.compose(_text(path), Loader=yaml.SafeLoader)
    for key in keys:
        assert isinstance(node, yaml.MappingNode)
        node = next(value for name, value in node.value if name.value == key)
    return node if isinstance(node, yaml.MappingNode) and not node.flow_style else None


def _inserted(path: Path, block: yaml.MappingNode, new: list[str], apart: bool = False) -> str:
    """Return the file with lines below the last one of `block`, indented as its keys are."""
    text = _text(path)
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in text else "\n"
    last = max(_ends(block))
    indent = " " * block.value[-1][0].start_mark.column
    added = [f"{indent}{line}{newline}" for line in new]
    if not lines[last].endswith("\n"):
        lines[last] += newline
    return "".join([*lines[: last + 1], *[newline] * apart, *added, *lines[last + 1 :]])


def _ends(node: yaml.Node) -> Iterator[int]:
    """Yield the lines, from 0, on which something of `node` ends; a block itself ends only at the next key."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for _, value in node.value:
            yield from _ends(value)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value:
            yield from _ends(item)
    else:
        yield node.end_mark.line - (
            node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
        )


def _checked(whole: str, expected: dict[str, object]) -> str:
    """Return `whole` if it reads as `expected`, else nothing: then a person puts the lines in."""
    if not whole:
        return ""
    with tempfile.TemporaryDirectory(prefix="autograder-new-") as scratch:
        path = Path(scratch) / FILE
        path.write_bytes(whole.encode())
        try:
            return whole if load_settings(path) == Settings.model_validate(expected) else ""
        except KitError:
            return ""

"""A question's wrong answers and other right answers, read without running them."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypedDict

from autograder.authoring.master import RIGHT, WRONG
from autograder.authoring.script import Place, read_python


class Kind(str, Enum):
    """What an answer is meant to be. The value is the name of its mark."""

    WRONG = "wrong"
    """A misconception."""
    RIGHT = "right"
    """An alternative."""


FILES = {Kind.WRONG: WRONG, Kind.RIGHT: RIGHT}
MARKS = {Kind.WRONG: '@wrong(hint="…")', Kind.RIGHT: "@right"}


@dataclass(frozen=True)
class Variant:
    """One answer to one question, as a student would have written it."""

    kind: Kind
    question: str
    name: str
    source: str
    place: Place
    hint: str = ""
    raises: bool = False
    """Whether a wrong answer is meant to fail by a name that is not there."""
    unseen: str = ""
    """Why no public check catches a wrong answer; empty where one does."""


def read_variants(folder: Path, questions: Iterable[str]) -> list[Variant]:
    """Return the variants of `questions` in an assignment's folder under `solutions/`, wrong ones first.

    Raises:
        KitError: naming file and line, if a variant is not written as it must be.
    """
    questions = list(questions)
    return [
        variant
        for kind, file in FILES.items()
        for question in questions
        for variant in _read_file(folder / question / file, kind, question)
    ]


def sampled(variants: Iterable[Variant], few: int) -> list[Variant]:
    """Return at most `few` wrong and half as many right answers to each question, evenly spread over its author's list.

    It is the same sample every time: what a sample lets through is found when all are tried, not by luck.
    """
    groups: dict[tuple[Kind, str], list[Variant]] = {}
    for variant in variants:
        groups.setdefault((variant.kind, variant.question), []).append(variant)
    many = {Kind.WRONG: few, Kind.RIGHT: -(-few // 2)}
    return [
        variant
        for (kind, _), group in groups.items()
        for number, variant in enumerate(group)
        if number * many[kind] // len(group) != (number - 1) * many[kind] // len(group)
    ]


def _read_file(path: Path, kind: Kind, question: str) -> Iterator[Variant]:
    try:
        text, tree = read_python(path)
    except FileNotFoundError:
        return
    places: dict[str, Place] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            place = Place(path, node.lineno)
            if node.name in places:
                text = f"there are two answers named {node.name}; the other is {places[node.name]}"
                raise place.refusal(text)
            places[node.name] = place
            mark = _mark(node, kind, place)
            yield Variant(kind, question, node.name, _body(text, node), place, **mark)


class _Mark(TypedDict, total=False):
    """What a mark says of an answer, as a `Variant` holds it."""

    hint: str
    raises: bool
    unseen: str


def _mark(node: ast.FunctionDef, kind: Kind, place: Place) -> _Mark:
    """Return what the mark above a function says.

    Raises:
        KitError: there is no mark, or it is not written as it must be.
    """
    match kind, node.decorator_list:
        case Kind.RIGHT, [ast.Name(id="right")]:
            return {}
        case Kind.WRONG, [ast.Call(ast.Name(id="wrong"), [], keywords)]:
            match _said(node.name, keywords, place):
                case {"hint": str(hint), **more} if more.keys() <= {"raises", "public", "reason"}:
                    public, reason = more.get("public", True), str(more.get("reason", ""))
                    if public is bool(reason):
                        text = f"`{node.name}` has one of public=False and its reason"
                        raise place.refusal(f"{text}; write both, or neither")
                    return {"hint": hint, "raises": more.get("raises") is True, "unseen": reason}
    raise place.refusal(f"`{node.name}` is not marked; put `{MARKS[kind]}` above it")


def _said(name: str, keywords: Iterable[ast.keyword], place: Place) -> dict[str, object]:
    """Return what stands in the mark of a wrong answer."""
    said: dict[str, object] = {}
    for keyword in keywords:
        try:
            said[str(keyword.arg)] = ast.literal_eval(keyword.value)
        except ValueError:
            what = f"the {keyword.arg} of `{name}` is not a plain string"
            raise place.refusal(f"{what}; write it out") from None
    return said


def _body(text: str, node: ast.FunctionDef) -> str:
    """Return the source of a function's body, from its first line on, as written."""
    first = node.body[0]
    decorators = getattr(first, "decorator_list", [])
    start = min([first.lineno, *(decorator.lineno for decorator in decorators)])
    # From the line after the signature, so that leading comments stay.
    lines = text.split("\n")
    while start > 1 and lines[start - 2].lstrip().startswith("#"):
        start -= 1
    return textwrap.dedent("\n".join(lines[start - 1 : node.end_lineno])) + "\n"

"""The wrong answers and other right answers beside a master, read without running them."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from autograder.errors import KitError


class Kind(str, Enum):
    """What an answer is meant to be."""

    MISCONCEPTION = "misconception"
    ALTERNATIVE = "alternative"


FILES = {Kind.MISCONCEPTION: "misconceptions.py", Kind.ALTERNATIVE: "alternatives.py"}


@dataclass(frozen=True)
class Variant:
    """One answer to one question, as a student would have written it."""

    kind: Kind
    question: str
    name: str
    source: str
    hint: str = ""


def read_variants(folder: Path) -> list[Variant]:
    """Return the variants in an assignment's folder under `solutions/`.

    Raises:
        KitError: naming file and line, if a variant is not written as it must be.
    """
    return [
        variant
        for kind, filename in FILES.items()
        if (folder / filename).is_file()
        for variant in _read_file(folder / filename, kind)
    ]


def _read_file(path: Path, kind: Kind) -> list[Variant]:
    text = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise KitError(f"{path.name}, line {error.lineno}: {error.msg}.") from None
    variants = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        arguments = _decorator(node, kind)
        if arguments is None:
            raise KitError(
                f"{path.name}, line {node.lineno}: `{node.name}` is not marked; put "
                f'`@{kind.value}("question")` above it.'
            )
        variants.append(
            Variant(
                kind, arguments["question"], node.name, _body(text, node), arguments.get("hint", "")
            )
        )
    return variants


def _decorator(node: ast.FunctionDef, kind: Kind) -> dict[str, str] | None:
    """Return the arguments of the marking decorator, all of them plain strings."""
    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != kind.value:
            continue
        named = {keyword.arg or "": keyword.value for keyword in decorator.keywords}
        if decorator.args:
            named["question"] = decorator.args[0]
        try:
            return {key: ast.literal_eval(value) for key, value in named.items()}
        except ValueError:
            return None
    return None


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

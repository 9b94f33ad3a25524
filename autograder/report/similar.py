"""Answers that are alike: a hint for the teacher's eye, never a verdict.

Answers are compared as syntax trees in which names, comments, docstrings, type hints and layout are gone. Written
down node by node, a tree is a sequence, and each run of six nodes in it is one of its *parts*; two answers are as
alike as the share of parts that they have in common. What was handed out, what the course itself knows as an answer,
what is too short to tell of anybody, and what many wrote, is left out.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from autograder.intake.reading import read_cell

ALIKE = 0.8
"""From which share of common parts on two answers are named."""
PART = 6
"""Nodes of a part."""
FEWEST_PARTS = 40
"""An answer of fewer parts tells nothing of who wrote it."""
COMMON = 0.25
"""What a larger share of the class wrote is no sign of anything."""
FEW = 3
"""So many may always share a part."""
MAX_NODES = 4_000
KEPT = frozenset({"torch", "nn", "F", "np", "math", "len", "range", "sum", "zip", "enumerate"})
"""Names that are nobody's choice."""
HINTS = ("annotation", "returns")
"""Fields of a tree that say nothing of what the code does."""


@dataclass(frozen=True)
class Alike:
    """Answers to one question that are the same but for names and layout, or nearly so."""

    question: str
    names: tuple[str, ...]
    share: float
    """Of the parts, from `ALIKE` to 1, that the least alike two have in common."""


@dataclass(frozen=True)
class Shape:
    """An answer without what its author may have changed: the whole, and its parts."""

    whole: str
    parts: frozenset[str]


def shape_of(source: str) -> Shape | None:
    """Return the shape of an answer; `None` where it is no Python, or beyond what people write."""
    tree = read_cell(source).tree
    if tree is None:
        return None
    nodes = list(_written(tree))
    if len(nodes) > MAX_NODES:
        return None
    runs = ("\0".join(nodes[place : place + PART]) for place in range(len(nodes) - PART + 1))
    return Shape(_digest("\0".join(nodes)), frozenset(map(_digest, runs)))


def known_shapes(sources: Iterable[str]) -> list[str]:
    """Return the shapes of answers that tell nothing of who wrote them, as digests."""
    shapes = [shape_of(source) for source in sources]
    return sorted({shape.whole for shape in shapes if shape})


def alike(
    question: str, answers: Mapping[str, str], stub: str, known: Iterable[str] = ()
) -> list[Alike]:
    """Return the groups of answers to one question that are alike, those that are most so first.

    Args:
        answers: by the name of the submission.
        stub: what was handed out.
        known: digests of `known_shapes`.
    """
    shapes = {name: shape for name, text in answers.items() if (shape := shape_of(text))}
    handed_out, everybodys = shape_of(stub), set(known)
    common = _common(shapes, handed_out)
    telling = {
        name: shape.parts - common
        for name, shape in shapes.items()
        if shape.whole not in everybodys and len(shape.parts - common) >= FEWEST_PARTS
    }
    pairs = {
        pair: share
        for pair in _meetings(telling)
        if (share := _share(telling[pair[0]], telling[pair[1]])) >= ALIKE
    }
    groups = [Alike(question, names, share) for names, share in _groups(pairs)]
    return sorted(groups, key=lambda group: (-group.share, group.names))


def _common(shapes: Mapping[str, Shape], handed_out: Shape | None) -> frozenset[str]:
    """Return the parts that tell nothing: handed out, or written by many."""
    counts = Counter(part for shape in shapes.values() for part in shape.parts)
    many = max(FEW, COMMON * len(shapes))
    often = frozenset(part for part, count in counts.items() if count > many)
    return often | (handed_out.parts if handed_out else frozenset())


def _meetings(telling: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Return the pairs that have anything in common: not all pairs of a large class."""
    having: dict[str, list[str]] = defaultdict(list)
    for name in sorted(telling):
        for part in telling[name]:
            having[part].append(name)
    return {pair for names in having.values() for pair in combinations(names, 2)}


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _groups(pairs: Mapping[tuple[str, str], float]) -> list[tuple[tuple[str, ...], float]]:
    """Return those who are linked by pairs, with the least share among these."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for one, other in sorted(pairs):
        leader[find(other)] = find(one)
    members: dict[str, set[str]] = defaultdict(set)
    shares: dict[str, list[float]] = defaultdict(list)
    for pair, share in pairs.items():
        members[find(pair[0])].update(pair)
        shares[find(pair[0])].append(share)
    return [(tuple(sorted(names)), min(shares[first])) for first, names in members.items()]


def _written(tree: ast.AST) -> Iterator[str]:
    """Yield a tree node by node, without what its author may have chosen: names and layout.

    What is called after a dot keeps its name, and so does what everybody calls so: `torch.exp` is not `torch.log`.
    """
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.expr_context) or _is_docstring(node):
            continue
        said = [
            _said(node, field, value)
            for field, value in ast.iter_fields(node)
            if isinstance(value, str | int | float | complex | bytes) and field != "type_comment"
        ]
        yield " ".join([type(node).__name__, *said])
        inside = [
            child
            for field, value in ast.iter_fields(node)
            if field not in HINTS
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]
        waiting += reversed(inside)


def _said(node: ast.AST, field: str, value: object) -> str:
    """Return a name or constant as it counts."""
    if field in ("name", "arg", "id") and not isinstance(node, ast.alias | ast.keyword):
        return str(value) if value in KEPT else "_"
    return repr(value)


def _is_docstring(node: object) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]

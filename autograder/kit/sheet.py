"""A student's notebook as `kit check` sees it: steps that are run in order, and questions tried after them."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.errors import KitError
from autograder.intake.reading import DEMO_TAG, Reading, read_cell

CHECK = re.compile(r"""grader\.check\(\s*["'](\w+)["']\s*\)""")
MAKES_GRADER = "otter.Notebook("
WORD = re.compile(r"[^\W\d]\w*")
AGAIN = "Unpack the assignment again beside it, and copy your answers over."


@dataclass(frozen=True)
class Step:
    """A code cell that is run."""

    source: str
    number: int
    """Among the code cells, from 1."""
    questions: tuple[str, ...] = ()
    """Those that are tried as the notebook stands after it."""

    @cached_property
    def reading(self) -> Reading:
        return read_cell(self.source)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name in it, in comments and texts too."""
        return frozenset(WORD.findall(self.source))

    @cached_property
    def only_binds(self) -> bool:
        """Whether all that running it does is to give names to things."""
        tree = self.reading.tree
        return tree is None or all(map(_only_binds, tree.body))


@dataclass(frozen=True)
class Sheet:
    """One reading of a notebook."""

    name: str
    steps: tuple[Step, ...]
    tests: dict[str, str] = field(hash=False)
    """Otter's public test files by question, in the order of the notebook."""
    points: dict[str, float] = field(hash=False)
    """What each question is worth, with the hidden checks."""
    references: dict[str, str] = field(hash=False)
    """Folded answers, in a notebook for self-study."""

    def keys(self) -> dict[str, str]:
        """Return for every question what stands for all that its checks depend on."""
        return {question: self._key(question) for question in self.tests}

    def _key(self, question: str) -> str:
        end = next(n for n, step in enumerate(self.steps, 1) if question in step.questions)
        needed = {question, *WORD.findall(self.tests[question])}
        sources: list[str] = []
        for step in reversed(self.steps[:end]):
            others = step.questions and question not in step.questions and step.only_binds
            if not others or step.reading.names & needed:
                needed |= step.words
                sources.append(step.source)
        return hashlib.sha256("\0".join([self.tests[question], *sources]).encode()).hexdigest()


def read_sheet(path: Path) -> Sheet:
    """Read the notebook at `path`.

    Raises:
        KitError: it is gone, half written, or no notebook of a course.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        tests = document["metadata"]["otter"]["tests"]
        points = document["metadata"].get("points", {})
        references = document["metadata"].get("references", {})
        cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
        steps = tuple(_steps(cells, tests))
    except FileNotFoundError:
        raise KitError(f"There is no notebook {path}; check the name, or save it again.") from None
    except OSError as error:
        raise KitError(f"{path} cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise KitError(f"{path} is not a notebook; save it again.") from None
    except (LookupError, TypeError, AttributeError):
        raise KitError(f"{path} has lost its checks. {AGAIN}") from None
    order = [question for step in steps for question in step.questions]
    return Sheet(path.stem, steps, {name: tests[name] for name in order}, points, references)


def _only_binds(node: ast.stmt) -> bool:
    match node:
        case ast.Assign(targets=targets):
            return all(isinstance(target, ast.Name | ast.Tuple) for target in targets)
        case ast.Expr(value=value):
            return isinstance(value, ast.Constant)
    return isinstance(
        node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.AnnAssign
    )


def _steps(cells: Sequence[dict[str, Any]], tests: dict[str, str]) -> Iterator[Step]:
    """Yield the cells that are run, each question with the last one before it is checked for the last time."""
    checked: dict[str, int] = {}
    run: list[tuple[int, str]] = []
    for number, cell in enumerate(cells, start=1):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        if DEMO_TAG in cell.get("metadata", {}).get("tags", []) or MAKES_GRADER in source:
            continue
        rest = CHECK.sub("", source)
        if rest.strip():
            run.append((number, source))
        for question in CHECK.findall(source):
            checked[question] = len(run) - 1
    run = run or [(1, "")]
    for place, (number, source) in enumerate(run):
        last = place == len(run) - 1
        asked = [
            question
            for question in tests
            if max(checked.get(question, len(run)), 0) == place
            or (last and question not in checked)
        ]
        yield Step(source, number, tuple(sorted(asked, key=lambda name: checked.get(name, 0))))

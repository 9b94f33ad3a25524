"""Lines of Otter's test files, which `build` made, told as lines of the files that an author wrote."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from autograder.authoring.master import HELPERS, QUESTION, read_question
from autograder.authoring.question_helpers import read_helpers
from autograder.authoring.script import Place
from autograder.errors import KitError

TEST_LINE = re.compile(r"\[test line (\d+)\]")
"""How the judge says where a test went wrong."""


def in_authors_lines(text: str, test_file: Path, folder: Path) -> str:
    """Return what the judge said of a test in `test_file` with file and line of the question's `folder`."""

    def told(match: re.Match[str]) -> str:
        place = place_of(int(match[1]), test_file, folder)
        return f"({place})" if place else match[0]

    return TEST_LINE.sub(told, text)


def place_of(line: int, test_file: Path, folder: Path) -> Place | None:
    """Return where the author wrote `line` of `test_file`; `None` where no author did, or does any more."""
    starts = _functions(folder)
    for node in ast.parse(test_file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            start = starts.get(node.name)
            return start.below(line - node.lineno) if start else None
    return None


def _functions(folder: Path) -> dict[str, Place]:
    """Return where each test and each helper of a question begins."""
    try:
        question = read_question(folder / QUESTION)
        helpers = read_helpers(folder / HELPERS)
    except (KitError, FileNotFoundError):  # changed since the zip was built
        return {}
    starts = {test.name: test.cell.at(test.function) for test in question.tests}
    return starts | {h.node.name: h.place for h in helpers if isinstance(h.node, ast.FunctionDef)}

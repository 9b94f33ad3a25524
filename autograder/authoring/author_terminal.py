"""What the author's commands say, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.markup import escape

from autograder.authoring.new import Made
from autograder.settings import FILE


def new_lines(made: Made, root: Path, assignment: str) -> Iterator[str]:
    """Yield what `autograder new` says."""
    for path in made.files:
        yield f"made {escape(str(path.relative_to(root)))}"
    if made.to_insert:
        yield f"[yellow]![/] put into {FILE}, where the question is to stand:"
        yield escape(made.to_insert.rstrip("\n"))
    else:
        yield f"{FILE} has its line; move it to where the question is to stand"
    yield f"now write it, then: autograder validate {escape(assignment)} -q {escape(made.question)}"

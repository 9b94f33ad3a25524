"""The command that grades one submission. Light: Otter's process imports it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.worker.fresh import fresh_command


def grading_command(
    source: Path, submission: Path, results: Path, told: Path | None, modules: Sequence[str]
) -> list[str]:
    """Return the command that grades one submission, to be run in a clean environment."""
    places = {"source": source, "submission": submission, "results": results, "told": told}
    options = [f"--{name}={path.absolute()}" for name, path in places.items() if path]
    return fresh_command("autograder.container", "--clean", *options, *modules)

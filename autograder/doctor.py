"""What confines submissions on this machine, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.markup import escape

from autograder.worker.layers import LAYERS

if TYPE_CHECKING:
    from autograder.container.self_test import Trial

UNCONFINED = (
    "Submissions can read your files here. "
    "Grade strangers' code in a Docker container; see docs/security.md."
)


def diagnosis(missing: Mapping[str, str], required: tuple[str, ...]) -> Iterator[str]:
    """Yield lines of rich markup.

    Args:
        missing: for each layer why this machine does not have it; empty if it does.
        required: the layers that `grading.yml` asks for.
    """
    for layer in LAYERS:
        if not missing[layer.name]:
            yield f"[green]✓[/] {layer.name}: keeps a submission from {layer.keeps_from} ({layer.by})"
            continue
        mark = "[red]✗[/]" if layer.name in required else "[yellow]·[/]"
        yield f"{mark} {layer.name}: not here, {missing[layer.name]}"
    yield from warning(missing)
    lacking = [layer for layer in required if missing[layer]]
    if lacking:
        yield f"grading.yml asks for {', '.join(lacking)}, so nothing is graded on this machine."
    python = ".".join(map(str, sys.version_info[:3]))
    yield f"Python {python} on {sys.platform}"


def warning(missing: Mapping[str, str]) -> Iterator[str]:
    """Yield a line if nothing here keeps submissions from the files of whoever grades them."""
    if missing["files"] and missing["user"]:
        yield f"[yellow]![/] {UNCONFINED}"


def self_test_lines(trial: Trial) -> Iterator[str]:
    """Yield lines of rich markup about one answer of the self-test."""
    if trial.as_it_should:
        yield f"[green]✓[/] {trial.what} earns {trial.score:g} points"
        return
    earned = "could not be graded" if trial.score is None else f"earns {trial.score:g} points"
    yield f"[red]✗[/] {trial.what} {earned}, and should earn {trial.expected:g}:"
    yield from (f"    {escape(line)}" for line in trial.said.splitlines())

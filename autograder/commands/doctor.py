"""What confines submissions on this machine, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from autograder.course.settings import FILE, find_kit_root, load_settings
from autograder.errors import KitError
from autograder.worker.layers import LAYERS, available

if TYPE_CHECKING:
    from autograder.container.self_test import Trial

UNCONFINED = (
    "Submissions can read your files here. "
    "Grade strangers' code in a Docker container; see docs/security.md."
)


def examine(console: Console, try_it: bool) -> bool:
    """Print what this machine can do; return whether it grades here, as `grading.yml` asks for.

    Args:
        console: where to print.
        try_it: whether to grade a miniature question, too.
    """
    missing, required = available(), required_layers()
    for line in diagnosis(missing, required):
        console.print(line)
    sound = not any(missing[layer] for layer in required)
    if try_it:
        from autograder.container.self_test import trials

        for trial in trials():
            for line in self_test_lines(trial):
                console.print(line)
            sound = sound and trial.as_it_should
    return sound


def required_layers() -> tuple[str, ...]:
    """Return the layers that `grading.yml` asks for: none where there is no such file, as in an image."""
    try:
        root = find_kit_root(Path.cwd())
    except KitError:
        return ()
    return load_settings(root / FILE).confinement


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

"""What several commands say on the terminal: errors, warnings, how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.course.settings import FILE, Settings
from autograder.course.sources import is_written, solutions_folder, source_digest
from autograder.errors import KitError
from autograder.safe_files import printable

NAMED = 20
"""How many files a warning names."""


def tell(console: Console, error: KitError) -> None:
    console.print(f"[red]error:[/] {escape(printable(str(error)))}")


def warn_if_stale(console: Console, root: Path, name: str, digest: str, settings: Settings) -> None:
    """Say so if the zip was built from another master than the one that stands there now."""

    if is_written(root, name) and source_digest(solutions_folder(root, name), settings) != digest:
        console.print(
            f"[yellow]![/] solutions/{name} or {FILE} changed since dist/{name}-autograder.zip was built; "
            f"`autograder build {name}` brings it up to date"
        )


def warn_of_files(console: Console, one: str, several: str, names: Sequence[str]) -> None:
    """Name files of which something is to be known, a few of them by name."""
    if names:
        rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        listed = escape(", ".join(names[:NAMED]))
        console.print(f"[yellow]![/] {listed}{rest} {one if len(names) == 1 else several}")


def progress_bar(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, transient=True)

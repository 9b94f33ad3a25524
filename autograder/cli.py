"""The command line. Each command only reads its arguments and hands them on."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.errors import KitError
from autograder.settings import Settings, find_kit_root, load_settings

WRONG = 1
BAD_USAGE = 2
WATCH_SECONDS = 0.5


def told_in_one_sentence(command: Callable[..., None]) -> Callable[..., None]:
    """End a command that meets a `KitError` with its sentence and exit status 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KitError as error:
            Console(stderr=True, highlight=False, soft_wrap=True).print(f"[red]error:[/] {error}")
            sys.exit(BAD_USAGE)

    return wrapped


def open_kit() -> tuple[Path, Settings]:
    root = find_kit_root(Path.cwd())
    return root, load_settings(root / "grading.yml")


def chosen(names: tuple[str, ...], root: Path, settings: Settings) -> list[str]:
    """Return the assignments named, or all that have a master."""
    for name in names:
        if name not in settings.assignments:
            known = ", ".join(settings.assignments)
            raise KitError(f"There is no assignment {name}. The assignments are: {known}.")
    return list(names) or [
        name for name in settings.assignments if (root / "solutions" / name / f"{name}.py").is_file()
    ]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build, check, grade and validate the course's assignments."""


@main.command()
@click.argument("assignments", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the zips.  [default: dist]")
@told_in_one_sentence
def build(assignments: tuple[str, ...], out: Path | None) -> None:
    """Make student notebooks and autograder zips from the masters."""
    from autograder.build import build_assignment
    from autograder.build.catalogue import update_readme

    root, settings = open_kit()
    console = Console(highlight=False, soft_wrap=True)
    for name in chosen(assignments, root, settings):
        started = time.monotonic()
        built = build_assignment(root, name, settings, out or root / "dist")
        what = "built" if built.changed else "built, unchanged:"
        console.print(f"{what} {name} ({time.monotonic() - started:.1f} s)")
        for path in built.strangers:
            console.print(f"[yellow]![/] {path} is not made by build, and was left alone")
    update_readme(root / "README.md", settings)


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("-q", "--question", "questions", multiple=True, help="Check only this question.")
@click.option("--watch", is_flag=True, help="Check again whenever the notebook is saved.")
@told_in_one_sentence
def check(notebook: Path, questions: tuple[str, ...], watch: bool) -> None:
    """Run the public tests on a notebook."""
    from autograder.check import check_notebook
    from autograder.judge.workers import Zygote
    from autograder.report.lines import check_lines
    from autograder.results import Outcome

    root, settings = open_kit()
    console = Console(highlight=False, soft_wrap=True)
    if not notebook.is_file():
        raise KitError(f"There is no notebook {notebook}.")
    zygote = Zygote()
    try:
        while True:
            saved = notebook.stat().st_mtime
            try:
                only = frozenset(questions) or None
                _, graded = check_notebook(notebook, root, settings, zygote, only)
            except KitError as error:
                if not watch:
                    raise
                console.print(f"[red]error:[/] {error}")
            else:
                for line in check_lines(graded.questions, graded.cell_errors):
                    console.print(line)
            if not watch:
                break
            console.print("[dim]waiting for the notebook to be saved (Ctrl-C ends)[/]")
            while notebook.stat().st_mtime == saved:
                time.sleep(WATCH_SECONDS)
    except KeyboardInterrupt:
        return
    finally:
        zygote.close()
    if any(question.outcome is not Outcome.PASSED for question in graded.questions):
        sys.exit(WRONG)


@main.command()
@click.argument("assignment")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the reports.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default="all processors", type=click.IntRange(1))
@told_in_one_sentence
def grade(assignment: str, paths: tuple[Path, ...], out: Path, jobs: int) -> None:
    """Grade notebooks, zips, or folders of them."""
    root, settings = open_kit()
    chosen((assignment,), root, settings)
    from autograder.batch import grade_many
    from autograder.judge.bundle import OpenBundle
    from autograder.report import ReportWriter, summary_table
    from autograder.submissions import find_submissions

    console = Console(highlight=False, soft_wrap=True)
    zip_path = root / "dist" / f"{assignment}-autograder.zip"
    with OpenBundle(zip_path) as bundle, tempfile.TemporaryDirectory(prefix="submissions-") as scratch:
        submissions = find_submissions(paths, Path(scratch), assignment)
        writer = ReportWriter(out, bundle.manifest)
        results = []
        with progress_bar(console) as progress:
            task = progress.add_task("grading", total=len(submissions))
            for result in grade_many(bundle, zip_path, submissions, jobs):
                results.append(result)
                writer.add(result)
                progress.advance(task)
        written = writer.finish(results)
        console.print(summary_table(results, bundle.manifest))
        console.print(f"grades: {written.grades}")
        console.print(f"report: {written.report}")


@main.command()
@click.argument("assignments", nargs=-1)
@click.option("--seed", default=0, show_default=True, help="Random state of the tests.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default="all processors", type=click.IntRange(1))
@told_in_one_sentence
def validate(assignments: tuple[str, ...], seed: int, jobs: int) -> None:
    """Grade the grader: try it on right answers, wrong answers and an empty notebook."""
    root, settings = open_kit()
    from autograder.judge.question import Selection
    from autograder.validate import table
    from autograder.validate import validate as validate_one

    console = Console(highlight=False, soft_wrap=True)
    sound = True
    for name in chosen(assignments, root, settings):
        finding = validate_one(root, name, root / "dist", jobs, Selection(seed=seed))
        console.print(table(finding))
        for problem in finding.problems:
            console.print(f"[red]✗[/] {problem}", markup=True)
        sound = sound and not finding.problems
    if not sound:
        sys.exit(WRONG)


def progress_bar(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )
    return Progress(*columns, console=console, transient=True)

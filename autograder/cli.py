"""The command line. Each command only reads its arguments and hands them on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from autograder.console import tell, warn_if_stale
from autograder.errors import KitError
from autograder.settings import FILE, Settings, find_kit_root, load_settings

WRONG = 1
BAD_USAGE = 2
STOPPED = 130
"""What a shell expects of a command that Ctrl-C ended."""
JOBS = click.IntRange(1)
LMS = ("blackboard", "canvas", "moodle")
"""The systems of `report/lms`, which would take its time to import."""
ROSTER_OPTION = click.option(
    "--roster", type=click.Path(path_type=Path), help="Table of students: id, name, e-mail."
)
LMS_OPTION = click.option(
    "--lms", multiple=True, type=click.Choice(LMS), help="Write what this system imports, too."
)


def told_in_one_sentence(command: Callable[..., None]) -> Callable[..., None]:
    """End a command that meets a `KitError` with its sentence and exit status 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KitError as error:
            tell(Console(stderr=True, highlight=False, soft_wrap=True), error)
            sys.exit(BAD_USAGE)

    return wrapped


def open_kit() -> tuple[Path, Settings]:
    root = find_kit_root(Path.cwd())
    return root, load_settings(root / FILE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="autograder", message="%(package)s %(version)s")
def main() -> None:
    """Build, check, grade and validate the course's assignments."""


@main.command()
@click.argument("assignment")
@click.argument("question", required=False)
@told_in_one_sentence
def new(assignment: str, question: str | None) -> None:
    """Make the folder of a new question, or of a new assignment, that builds and validates at once."""
    root, settings = open_kit()
    from autograder.authoring.author_terminal import new_lines
    from autograder.authoring.new import new as make

    console = Console(highlight=False, soft_wrap=True)
    for line in new_lines(make(root, assignment, question, settings), root, assignment):
        console.print(line)


@main.command()
@click.argument("assignments", nargs=-1)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the zips.  [default: dist]"
)
@told_in_one_sentence
def build(assignments: tuple[str, ...], out: Path | None) -> None:
    """Make student notebooks and autograder zips from the masters."""
    from autograder.authoring import build_assignment
    from autograder.authoring.catalogue import update_readme
    from autograder.authoring.master import chosen

    root, settings = open_kit()
    console = Console(highlight=False, soft_wrap=True)
    for name in chosen(assignments, root, settings):
        started = time.monotonic()
        built = build_assignment(root, name, settings, out or root / "dist")
        same = "" if built.changed else ", what students get is as it was"
        console.print(f"built {name} ({time.monotonic() - started:.1f} s){same}")
        for path in built.strangers:
            console.print(
                f"[yellow]![/] {escape(str(path))} is not made by build, and was left alone"
            )
    if told := update_readme(root / "README.md", settings):
        console.print(f"[yellow]![/] {escape(told)}")


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("-q", "--question", "questions", multiple=True, help="Check only this question.")
@click.option("--watch", is_flag=True, help="Check again whenever the notebook is saved.")
@told_in_one_sentence
def check(notebook: Path, questions: tuple[str, ...], watch: bool) -> None:
    """Run the public tests on a notebook."""
    root, settings = open_kit()
    from autograder.check import Checker, saves
    from autograder.report.terminal import check_lines
    from autograder.results import Outcome

    console = Console(highlight=False, soft_wrap=True)
    only = frozenset(questions) or None
    passed = False
    with Checker(root, settings) as checker:
        try:
            for _ in saves(notebook) if watch else [None]:
                try:
                    graded = checker.check(notebook, only)
                except KitError as error:
                    if not watch:
                        raise
                    tell(console, error)
                else:
                    for line in check_lines(graded.questions, graded.cell_errors):
                        console.print(line)
                    passed = all(q.outcome is Outcome.PASSED for q in graded.questions)
                if watch:
                    console.print("[dim]waiting for the notebook to be saved (Ctrl-C ends)[/]")
        except KeyboardInterrupt:
            if not watch:
                sys.exit(STOPPED)
    if not passed:
        sys.exit(WRONG)


@main.command()
@click.argument("assignment")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the reports."
)
@click.option("--jobs", default=os.cpu_count() or 1, show_default="all processors", type=JOBS)
@click.option("--only", multiple=True, help="Grade only this question anew.")
@click.option("--fresh", is_flag=True, help="Grade also what is graded already.")
@click.option(
    "--since", type=click.Path(path_type=Path), help="Reports of an earlier run to compare with."
)
@ROSTER_OPTION
@LMS_OPTION
@told_in_one_sentence
def grade(
    assignment: str,
    paths: tuple[Path, ...],
    out: Path,
    jobs: int,
    only: tuple[str, ...],
    fresh: bool,
    since: Path | None,
    roster: Path | None,
    lms: tuple[str, ...],
) -> None:
    """Grade notebooks, zips, or folders of them. What is graded already is not graded again."""
    root, settings = open_kit()
    settings.assignment(assignment)
    zip_path = root / "dist" / f"{assignment}-autograder.zip"
    from autograder.judge.warm_parents import started_early

    early = click.get_current_context().with_resource(started_early(zip_path))
    from autograder.class_run import ClassRun, Options, Stopped
    from autograder.doctor import warning
    from autograder.judge.bundle import OpenBundle
    from autograder.judge.folder import sweep_dead
    from autograder.judge.owned import owned_folder
    from autograder.ledger import Wanted
    from autograder.worker.layers import available

    console = Console(highlight=False, soft_wrap=True)
    for line in warning(available()):
        console.print(line)
    sweep_dead()
    options = Options(out, jobs, Wanted(frozenset(only) or None, fresh), since, roster, lms)
    with OpenBundle(zip_path) as bundle, owned_folder("submissions-") as scratch:
        try:
            lost = ClassRun(root, settings, bundle, options).carry_out(paths, scratch, early)
        except Stopped:
            sys.exit(STOPPED)
    if lost:
        console.print(f"[red]✗[/] the grader failed over {lost} of them; grade these again")
        sys.exit(WRONG)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@ROSTER_OPTION
@LMS_OPTION
@told_in_one_sentence
def report(folder: Path, roster: Path | None, lms: tuple[str, ...]) -> None:
    """Make table and pages anew from what was graded, with the teacher's tables of today.

    Of a folder of such folders: of each of them, and a table over all assignments.
    """
    from autograder.report.course import folders_of_reports
    from autograder.report.lms import write_imports
    from autograder.report.people import told_of_imports, told_of_people
    from autograder.report.remake import remake, remake_course

    console = Console(highlight=False, soft_wrap=True)
    warnings = Console(stderr=True, highlight=False, soft_wrap=True)
    if outs := folders_of_reports(folder):
        console.print(f"course: {escape(str(remake_course(folder, outs, roster)))}")
        return
    book, written = remake(folder, roster)
    for line in told_of_people(book):
        warnings.print(line)
    console.print(f"grades: {escape(str(written.grades))}")
    console.print(f"report: {escape(str(written.report))}")
    for system in lms:
        for line in told_of_imports(system, write_imports(book, system, folder)):
            console.print(line)


@main.command()
@click.argument("assignments", nargs=-1)
@click.option(
    "-q", "--question", "questions", multiple=True, help="Build, and try only this question."
)
@click.option("--matrix", is_flag=True, help="Show which wrong answer fails which test.")
@click.option("--mutants", is_flag=True, help="Try small slips in the reference instead.")
@click.option("--quick", is_flag=True, help="Leave out the stock and the hostile answers.")
@click.option("--seed", default=0, show_default=True, help="Random state of the tests.")
@click.option("--seeds", default=1, help="Try so many random states, from --seed on.", type=JOBS)
@click.option("--jobs", default=os.cpu_count() or 1, show_default="all processors", type=JOBS)
@told_in_one_sentence
def validate(
    assignments: tuple[str, ...],
    questions: tuple[str, ...],
    matrix: bool,
    mutants: bool,
    quick: bool,
    seed: int,
    seeds: int,
    jobs: int,
) -> None:
    """Grade the grader: try it on right answers, wrong answers and an empty notebook."""
    root, settings = open_kit()
    if questions and len(assignments) != 1:
        raise KitError("Name the assignment of the question: `autograder validate HW -q QUESTION`.")
    from autograder.authoring import build_assignment
    from autograder.authoring.author_terminal import (
        changed_verdicts,
        finding_lines,
        kept_on_average,
        survival_lines,
        tables,
    )
    from autograder.authoring.master import chosen
    from autograder.authoring.survivors import survival
    from autograder.authoring.validate import validate as validate_one
    from autograder.judge.question import Selection

    console = Console(highlight=False, soft_wrap=True)
    sound, findings = True, []
    for name in chosen(assignments, root, settings):
        if questions:
            build_assignment(root, name, settings, root / "dist")
        selection = Selection(seed=seed)
        if mutants:
            survived = survival(root, name, root / "dist", jobs, selection, questions)
            for line in survival_lines(name, survived):
                console.print(line, markup=False)
            sound = sound and not (survived.survivors or survived.listed_in_vain)
            continue
        finding = validate_one(root, name, root / "dist", jobs, selection, questions, quick)
        for shown in tables(finding, matrices=matrix):
            console.print(shown)
        warn_if_stale(console, root, name, finding.source_digest, settings)
        for line in finding_lines(finding):
            console.print(line)
        sound = sound and not finding.problems
        findings.append(finding)
        for other in range(seed + 1, seed + seeds):
            selection = Selection(seed=other)
            again = validate_one(root, name, root / "dist", jobs, selection, questions, quick)
            for line in changed_verdicts(finding, again):
                console.print(f"[red]✗[/] with seed {other}: {escape(line)}")
                sound = False
        if seeds > 1:
            console.print(f"{name}: tried with {seeds} random states.")
    if len(findings) > 1:
        console.print(f"{kept_on_average(findings)}.")
    if not sound:
        sys.exit(WRONG)


@main.command()
@click.option("--grade", "try_it", is_flag=True, help="Also grade a miniature question.")
@told_in_one_sentence
def doctor(try_it: bool) -> None:
    """Say what confines submissions on this machine, and whether it can grade."""
    from autograder.doctor import examine

    if not examine(Console(highlight=False, soft_wrap=True), try_it):
        sys.exit(WRONG)

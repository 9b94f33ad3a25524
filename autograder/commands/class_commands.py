"""The commands that concern a class: `grade` and `report`. Each only reads its arguments and hands them on."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from autograder.border.collector import resting
from autograder.commands.frame import JOBS, STOPPED, WRONG, open_kit, told_in_one_sentence

LMS = ("blackboard", "canvas", "moodle")
"""The systems of `report/lms`, which would take its time to import."""
ROSTER_OPTION = click.option(
    "--roster", type=click.Path(path_type=Path), help="Table of students: id, name, e-mail."
)
LMS_OPTION = click.option(
    "--lms", multiple=True, type=click.Choice(LMS), help="Write what this system imports, too."
)


@click.command()
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
@click.option("--dask", "cluster", help="Grade on the cluster whose scheduler has this address.")
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
    cluster: str | None,
    roster: Path | None,
    lms: tuple[str, ...],
) -> None:
    """Grade notebooks, zips, or folders of them. What is graded already is not graded again."""
    root, settings = open_kit()
    settings.assignment(assignment)
    zip_path = root / "dist" / f"{assignment}-autograder.zip"
    from autograder.judge.warm_parents import started_early

    here = started_early(zip_path) if cluster is None else nullcontext(None)
    early = click.get_current_context().with_resource(here)
    with resting():
        from autograder.commands.class_run import ClassRun, Options, Stopped
        from autograder.commands.doctor import warning
        from autograder.grading.ledger import Wanted
        from autograder.judge.bundle import OpenBundle
        from autograder.judge.folder import sweep_dead
        from autograder.judge.owned import owned_folder
        from autograder.worker.layers import available

    console = Console(highlight=False, soft_wrap=True)
    for line in warning(available()):
        console.print(line)
    sweep_dead()
    wanted = Wanted(frozenset(only) or None, fresh)
    options = Options(out, jobs, wanted, since, roster, lms, cluster)
    with OpenBundle(zip_path) as bundle, owned_folder("submissions-") as scratch:
        try:
            lost = ClassRun(root, settings, bundle, options).carry_out(paths, scratch, early)
        except Stopped:
            sys.exit(STOPPED)
    if lost:
        console.print(f"[red]✗[/] the grader failed over {lost} of them; grade these again")
        sys.exit(WRONG)


@click.command()
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

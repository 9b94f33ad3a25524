"""The command line. Each command only reads its arguments and hands them on."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from autograder.commands.class_commands import grade, report
from autograder.commands.console import tell, warn_if_stale
from autograder.commands.frame import JOBS, STOPPED, WRONG, open_kit, told_in_one_sentence
from autograder.errors import KitError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="autograder", message="%(package)s %(version)s")
def main() -> None:
    """Build, check, grade and validate the course's assignments."""


main.add_command(grade)
main.add_command(report)


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
@click.option(
    "--self-study", is_flag=True, help="Also make a zip with hidden tests and answers to reveal."
)
@told_in_one_sentence
def build(assignments: tuple[str, ...], out: Path | None, self_study: bool) -> None:
    """Make student notebooks and autograder zips from the masters."""
    from autograder.authoring import build_assignment
    from autograder.authoring.catalogue import update_readme
    from autograder.authoring.master import chosen

    root, settings = open_kit()
    console = Console(highlight=False, soft_wrap=True)
    for name in chosen(assignments, root, settings):
        started = time.monotonic()
        built = build_assignment(root, name, settings, out or root / "dist", self_study)
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
    from autograder.commands.check import Checker, saves
    from autograder.outcome.results import Outcome

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
                    # Not before: the process that imports torch would start later by as much.
                    from autograder.report.terminal import check_lines

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
@click.argument("assignments", nargs=-1)
@click.option(
    "-q", "--question", "questions", multiple=True, help="Build, and try only this question."
)
@click.option("--matrix", is_flag=True, help="Show which wrong answer fails which test.")
@click.option("--mutants", is_flag=True, help="Try small slips in the reference instead.")
@click.option("--quick", is_flag=True, help="Leave out the stock and the hostile answers.")
@click.option(
    "--few",
    default=0,
    help="Try at most so many wrong answers of a question, and half as many right ones.",
    type=click.IntRange(0),
)
@click.option("--seed", default=0, show_default=True, help="Random state of the tests.")
@click.option("--seeds", default=1, help="Try so many random states, from --seed on.", type=JOBS)
@click.option("--jobs", default=os.cpu_count() or 1, show_default="all processors", type=JOBS)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to keep what was found: a JSON per assignment, and a page on all of them.",
)
@told_in_one_sentence
def validate(
    assignments: tuple[str, ...],
    questions: tuple[str, ...],
    matrix: bool,
    mutants: bool,
    quick: bool,
    few: int,
    seed: int,
    seeds: int,
    jobs: int,
    out: Path | None,
) -> None:
    """Grade the grader: try it on right answers, wrong answers and an empty notebook."""
    root, settings = open_kit()
    if questions and len(assignments) != 1:
        raise KitError("Name the assignment of the question: `autograder validate HW -q QUESTION`.")
    if (questions or few) and out is not None:
        raise KitError("--out keeps what is known of whole assignments; leave -q and --few out.")
    from autograder.authoring import build_assignment
    from autograder.authoring.author_terminal import kept_on_average
    from autograder.authoring.examination import Examination
    from autograder.authoring.master import chosen

    console = Console(highlight=False, soft_wrap=True)
    examination = Examination(console, root, settings, jobs, questions, out, few)
    sound, findings = True, []
    for name in chosen(assignments, root, settings):
        if questions:
            build_assignment(root, name, settings, root / "dist")
        if mutants:
            sound &= examination.of_mutants(name, seed)
            continue
        passed, finding = examination.of_answers(
            name, range(seed, seed + seeds), quick=quick, matrices=matrix
        )
        warn_if_stale(console, root, name, finding.source_digest, settings)
        sound &= passed
        findings.append(finding)
    if len(findings) > 1:
        console.print(f"{kept_on_average(findings)}.")
    if not sound:
        sys.exit(WRONG)


@main.command()
@click.option("--grade", "try_it", is_flag=True, help="Also grade a miniature question.")
@told_in_one_sentence
def doctor(try_it: bool) -> None:
    """Say what confines submissions on this machine, and whether it can grade."""
    from autograder.commands.doctor import examine

    if not examine(Console(highlight=False, soft_wrap=True), try_it):
        sys.exit(WRONG)

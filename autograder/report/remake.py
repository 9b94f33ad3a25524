"""All reports anew, from what is on disk: after a change to a teacher's tables, or to the pages themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.errors import KitError
from autograder.outcome.records import read_records, read_run
from autograder.report.book import Book
from autograder.report.course import Assignment, write_course
from autograder.report.roster import keep_roster
from autograder.report.writer import ReportPaths, ReportWriter


def remake(out: Path, roster: Path | None = None) -> tuple[Book, ReportPaths]:
    """Write the reports in `out` again; return the class, and where they are.

    Args:
        roster: a list of students, if it is not the one of last time.

    Raises:
        KitError: there are no results, or something cannot be read or written.
    """
    run = read_run(out)
    results = [record.result for record in read_records(out).values()]
    if not results:
        raise KitError(f"{out} holds no results yet; `autograder grade` makes them.")
    if roster is not None:
        keep_roster(roster, out)
    with ReportWriter(out, run.manifest, len(results), run.known) as writer:
        for result in results:
            writer.add(result)
        return writer.book(results), writer.finish(results)


def remake_course(folder: Path, outs: Sequence[Path], roster: Path | None = None) -> Path:
    """Write the reports in each of `outs` again, and the table over them into `folder`; return where that is.

    Raises:
        KitError: something cannot be read or written.
    """
    assignments = [
        Assignment(out.relative_to(folder).as_posix(), remake(out, roster)[0]) for out in outs
    ]
    page, _ = write_course(assignments, folder)
    return page

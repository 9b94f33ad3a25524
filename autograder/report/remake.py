"""All reports anew, from what is on disk: after a change to a teacher's tables, or to the pages themselves."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import KitError
from autograder.records import read_records, read_run
from autograder.report.book import Book
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
    with ReportWriter(out, run.manifest, len(results)) as writer:
        for result in results:
            writer.add(result)
        return writer.book(results), writer.finish(results)

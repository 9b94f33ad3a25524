"""The files of a run, written as soon as there is something to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.course.manifest import Manifest
from autograder.errors import KitError
from autograder.outcome.records import Record, write_record
from autograder.outcome.results import SubmissionResult
from autograder.report.adjustments import read_adjustments
from autograder.report.book import Book
from autograder.report.by_hand import write_manual_pages
from autograder.report.class_report import class_page
from autograder.report.feedback import feedback_page
from autograder.report.gradescope import write_gradescope_json
from autograder.report.output_folder import Reserve, alone_in, put_aside, require_same_assignment
from autograder.report.roster import FILE as ROSTER
from autograder.report.roster import read_roster
from autograder.report.table import write_grades_csv
from autograder.safe_files import make_folder, safe_name, write_atomically

ROW_BYTES, FIGURE_BYTES = 1200, 24
"""What a row of the grades may take: names and a sentence of why, and the points of a question."""


@dataclass(frozen=True)
class ReportPaths:
    """Where the reports of a run lie."""

    grades: Path
    report: Path
    results: Path
    feedback: Path


class ReportWriter:
    """Writes one submission's files after the other, and at the end what sums them up.

    What is written stays, so that nothing already graded is lost if the run is stopped. A page that
    cannot be written stops nothing: the grades come first, and room for them is kept from the start.
    """

    def __init__(
        self,
        out: Path,
        manifest: Manifest,
        submissions: int = 0,
        known: Mapping[str, list[str]] | None = None,
    ) -> None:
        """Make the folders, and take the room that the grades of so many submissions will need.

        Args:
            known: by question the digests of answers that tell nothing of who wrote them: see `similar`.

        Raises:
            KitError: they cannot be made or written, or hold another assignment's grades; better said
                before an hour of grading.
        """
        self.manifest = manifest
        require_same_assignment(out, manifest.assignment)
        self.paths = ReportPaths(
            grades=make_folder(out) / "grades.csv",
            report=out / "index.html",
            results=make_folder(out / "results"),
            feedback=make_folder(out / "feedback"),
        )
        self.out = out
        self.known = known or {}
        self.adjustments = read_adjustments(out, manifest)
        roster = out / ROSTER
        self.roster = read_roster(roster) if roster.exists() else None
        self.earlier: list[str] = []
        """Pages of earlier runs that no row has, known once the run is over."""
        self.not_written: KitError | None = None
        """Why the last submission that was not written was not."""
        self._waiting: list[tuple[SubmissionResult, Record | None]] = []
        row = ROW_BYTES + FIGURE_BYTES * len(manifest.questions)
        self._stack = ExitStack()
        self._stack.enter_context(alone_in(out))
        self._reserve = Reserve(out, row * (submissions + 2))
        self._stack.callback(self._reserve.give_back)

    def __enter__(self) -> ReportWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, result: SubmissionResult, record: Record | None = None) -> bool:
        """Write one submission's `results/NAME.json` and `feedback/NAME.html`; its record first, if given.

        Return whether they are there. If not, `finish` tries again: there may be room by then.
        """
        self.not_written = _failure(partial(self._write, result, record))
        if self.not_written is not None:
            self._waiting.append((result, record))
        return self.not_written is None

    def _write(self, result: SubmissionResult, record: Record | None) -> None:
        name = safe_name(result.name)
        if record is not None:
            write_record(self.out, record)
        write_gradescope_json(result, self.manifest, self.paths.results / f"{name}.json")
        marks = self.book([result]).marks(result)
        page = feedback_page(result, self.manifest, marks)
        write_atomically(self.paths.feedback / f"{name}.html", page)

    def book(self, results: Iterable[SubmissionResult]) -> Book:
        """Return `results` as a class, with what the teacher adds."""
        return Book(results, self.manifest, self.adjustments, self.roster)

    def finish(self, results: Sequence[SubmissionResult]) -> ReportPaths:
        """Write the grades and, after them, all the rest; put pages that no row has aside.

        In which order the results came makes no difference.

        Raises:
            KitError: something was not written; the grades were, unless it is they.
        """
        self._reserve.give_back()
        book = self.book(results)
        write_grades_csv(book, self.paths.grades)
        steps: list[Callable[[], object]] = [partial(self._write, *each) for each in self._waiting]
        steps.append(lambda: write_atomically(self.paths.report, class_page(book, self.known)))
        steps.append(lambda: write_manual_pages(book, self.out))
        steps.append(lambda: self._put_aside(results))
        failures = [error for step in steps if (error := _failure(step)) is not None]
        if failures:
            raise KitError(
                f"{self.paths.grades} is whole, but other files are missing: {failures[0]} "
                "Then the same command goes on."
            )
        return self.paths

    def _put_aside(self, results: Sequence[SubmissionResult]) -> None:
        self.earlier = put_aside(self.out, {safe_name(result.name) for result in results})


def _failure(step: Callable[[], object]) -> KitError | None:
    """Take a step; return why something could not be written."""
    try:
        step()
    except KitError as error:
        return error
    return None


def write_reports(
    results: Sequence[SubmissionResult], manifest: Manifest, out: Path
) -> ReportPaths:
    """Write all reports of a run that is over.

    Raises:
        KitError: they cannot be written, or a table of the teacher's cannot be read.
    """
    with ReportWriter(out, manifest, len(results)) as writer:
        for result in results:
            writer.add(result)
        return writer.finish(results)

"""The files of a run, written as soon as there is something to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.manifest import Manifest
from autograder.report.class_report import class_page
from autograder.report.feedback import feedback_page
from autograder.report.gradescope import write_gradescope_json
from autograder.report.table import write_grades_csv
from autograder.results import SubmissionResult
from autograder.safe_files import make_folder, safe_name, write_atomically


@dataclass(frozen=True)
class ReportPaths:
    """Where the reports of a run lie."""

    grades: Path
    report: Path
    results: Path
    feedback: Path


class ReportWriter:
    """Writes one submission's files after the other, and at the end what sums them up.

    What is written stays, so that nothing already graded is lost if the run is stopped.
    """

    def __init__(self, out: Path, manifest: Manifest) -> None:
        """Make the folders.

        Raises:
            KitError: they cannot be made or written; better said before an hour of grading.
        """
        self.manifest = manifest
        self.paths = ReportPaths(
            grades=make_folder(out) / "grades.csv",
            report=out / "report.html",
            results=make_folder(out / "results"),
            feedback=make_folder(out / "feedback"),
        )

    def add(self, result: SubmissionResult) -> None:
        """Write one submission's `results/NAME.json` and `feedback/NAME.html`."""
        name = safe_name(result.name)
        write_gradescope_json(result, self.manifest, self.paths.results / f"{name}.json")
        page = feedback_page(result, self.manifest)
        write_atomically(self.paths.feedback / f"{name}.html", page)

    def finish(self, results: Sequence[SubmissionResult]) -> ReportPaths:
        """Write the class report and, last, the grades."""
        write_atomically(self.paths.report, class_page(results, self.manifest))
        write_grades_csv(results, self.manifest, self.paths.grades)
        return self.paths


def write_reports(
    results: Sequence[SubmissionResult], manifest: Manifest, out: Path
) -> ReportPaths:
    """Write all reports of a run that is over."""
    writer = ReportWriter(out, manifest)
    for result in results:
        writer.add(result)
    return writer.finish(results)

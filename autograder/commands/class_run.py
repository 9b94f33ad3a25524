"""One run of `autograder grade`: a class is taken in, what is not graded yet is graded, reports are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.commands.console import progress_bar, warn_if_stale, warn_of_files
from autograder.course.settings import Settings
from autograder.errors import KitError
from autograder.grading.batch import Done, grade_many, lost_over
from autograder.grading.fingerprint import fingerprints
from autograder.grading.ledger import Ledger, Sorted, Task, Wanted
from autograder.intake.submissions import take_in
from autograder.judge.bundle import Bundle
from autograder.judge.warm_parents import WarmParents
from autograder.outcome.records import Record, RunFile, read_records, write_run
from autograder.report import ReportWriter, summary_table
from autograder.report.changes import changes, changes_table, write_changes_csv
from autograder.report.lms import write_imports
from autograder.report.people import told_of_imports, told_of_people
from autograder.report.roster import keep_roster
from autograder.report.similar import known_shapes
from autograder.report.view import graders_fault
from autograder.safe_files import printable


class Stopped(Exception):
    """Ctrl-C ended the run; what was graded is on disk."""


@dataclass(frozen=True)
class Options:
    """What `autograder grade` was asked for, besides what to grade."""

    out: Path
    jobs: int
    wanted: Wanted = Wanted()
    since: Path | None = None
    """An earlier run's folder of reports to compare with."""
    roster: Path | None = None
    """A list of students."""
    lms: tuple[str, ...] = ()
    """Systems to write imports for."""
    cluster: str | None = None
    """The address of a `dask.distributed` scheduler, on whose machines to grade; `None` for this machine."""


class ClassRun:
    """Grades a class and says so."""

    def __init__(self, root: Path, settings: Settings, bundle: Bundle, options: Options) -> None:
        self.root, self.settings, self.bundle, self.options = root, settings, bundle, options
        self.manifest = bundle.manifest
        self.console = Console(highlight=False, soft_wrap=True)
        self.warnings = Console(stderr=True, highlight=False, soft_wrap=True)

    def carry_out(self, paths: Sequence[Path], scratch: Path, early: WarmParents | None) -> int:
        """Grade what lies at `paths`; return over how many submissions the grader itself failed.

        Raises:
            KitError: there is nothing to grade, or something could not be written.
            Stopped: by Ctrl-C.
        """
        options, manifest = self.options, self.manifest
        manifest.require_questions(options.wanted.only or ())
        self._warn_if_stale(self.console)
        before = self._earlier()
        if options.roster is not None:
            keep_roster(options.roster, options.out)
        taken = take_in(paths, scratch, manifest.assignment)
        ledger = Ledger(options.out, fingerprints(self.bundle))
        run = RunFile(manifest=manifest, known=self._known())
        count = len(taken.submissions)
        with ReportWriter(options.out, manifest, count, run.known) as writer:
            found = ledger.sort_out(taken.submissions, options.wanted)
            self._tell_kept(found)
            write_run(options.out, run)
            records = self._grade(writer, ledger, found, early)
            results = [record.result for record in records]
            book = writer.book(results)
            self.console.print(summary_table(book))
            warn_of_files(
                self.warnings, "is no submission", "are no submissions", taken.passed_over
            )
            written = writer.finish(results)
            for line in told_of_people(book):
                self.warnings.print(line)
        aside = f"of an earlier run; put aside in {options.out / 'earlier'}"
        warn_of_files(self.warnings, f"is {aside}", f"are {aside}", writer.earlier)
        if before is not None:
            self._tell_changes(before, {record.result.name: record for record in records})
        self.console.print(f"grades: {escape(str(written.grades))}")
        self.console.print(f"report: {escape(str(written.report))}")
        for system in options.lms:
            for line in told_of_imports(system, write_imports(book, system, options.out)):
                self.console.print(line)
        # Said again where it is read: the first lines are far above by now, or in another file.
        self._warn_if_stale(self.warnings)
        return sum(graders_fault(result) for result in results)

    def _grade(
        self, writer: ReportWriter, ledger: Ledger, found: Sorted, early: WarmParents | None
    ) -> list[Record]:
        """Grade what is to do; return the records of the whole class."""
        records, told = list(found.kept), False
        for record in found.kept:
            writer.add(record.result, record if record in found.moved else None)
        try:
            with progress_bar(self.console) as progress:
                bar = progress.add_task("grading", total=len(found.tasks))
                for done in self._work(ledger, found.tasks, early) if found.tasks else ():
                    record = ledger.record(done.task, done.result)
                    records.append(record)
                    if not writer.add(done.result, None if done.kept else record) and not told:
                        # In time for room to be made before the others want it.
                        self.warnings.print(
                            f"[yellow]![/] {escape(printable(str(writer.not_written)))} Grading goes on "
                            "meanwhile; what is not written is tried again at the end"
                        )
                        told = True
                    progress.advance(bar)
        except KeyboardInterrupt:
            total = len(found.kept) + len(found.tasks)
            self.console.print(
                f"stopped: {len(records)} of {total} submissions are graded, see "
                f"{escape(str(writer.paths.results))}; no table was written. The same command goes on."
            )
            raise Stopped from None
        return records

    def _work(
        self, ledger: Ledger, tasks: Sequence[Task], early: WarmParents | None
    ) -> Iterator[Done]:
        """Grade here, or on the machines of a cluster."""
        options = self.options
        if options.cluster is None:
            yield from grade_many(self.bundle, ledger, tasks, options.jobs, warm_parents=early)
            return
        from autograder.cluster.client import grade_on_cluster

        archive = self.root / "dist" / f"{self.manifest.assignment}-autograder.zip"
        for task, result in grade_on_cluster(options.cluster, archive, tasks):
            result = result or lost_over(task, self.bundle)
            yield Done(task, result, kept=ledger.keep(task, result))

    def _earlier(self) -> dict[str, Record] | None:
        """Return what an earlier run found, read before this one writes anything."""
        if self.options.since is None:
            return None
        records = read_records(self.options.since)
        if not records:
            raise KitError(
                f"{self.options.since} holds no results of an earlier run; name the folder that was its --out."
            )
        return records

    def _known(self) -> dict[str, list[str]]:
        """Return by question the answers that the course knows, which are no sign that somebody copied."""
        book = self.bundle.mistakes
        reference = known_shapes(book.reference)
        return {
            question.name: reference
            + known_shapes(wrong.source for wrong in book.wrong.get(question.name, []))
            for question in self.manifest.questions
        }

    def _tell_kept(self, found: Sorted) -> None:
        if found.kept:
            total = len(found.kept) + len(found.tasks)
            self.console.print(
                f"{len(found.kept)} of {total} submissions are graded already and did not change; "
                "--fresh grades them again"
            )

    def _tell_changes(self, before: dict[str, Record], after: dict[str, Record]) -> None:
        found = changes(before, after)
        path = self.options.out / "changes.csv"
        write_changes_csv(found, path)
        self.console.print(changes_table(found))
        self.console.print(f"changes: {escape(str(path))}")

    def _warn_if_stale(self, console: Console) -> None:
        manifest = self.manifest
        warn_if_stale(
            console, self.root, manifest.assignment, manifest.source_digest, self.settings
        )

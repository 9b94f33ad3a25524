"""What of a class is graded already, and what is still to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.errors import KitError
from autograder.grading.fingerprint import content_digest
from autograder.intake.submissions import Submission
from autograder.outcome.records import EARLIER, Fingerprint, Record, read_records, write_record
from autograder.outcome.results import SubmissionResult


@dataclass(frozen=True)
class Task:
    """A submission that is to be graded, or some questions of it."""

    submission: Submission
    digest: str
    """Of what was handed in."""
    only: frozenset[str] | None = None
    """The questions to grade; `None` for all."""
    known: Record | None = None
    """What was found of the others."""


@dataclass(frozen=True)
class Wanted:
    """What the instructor asked for."""

    only: frozenset[str] | None = None
    """Questions; `None` for all."""
    fresh: bool = False
    """Whether what is graded already is graded again."""


@dataclass
class Sorted:
    """A class, by what is to be done about it."""

    kept: list[Record] = field(default_factory=list)
    """What is graded already."""
    moved: list[Record] = field(default_factory=list)
    """Those among them that are not on disk under the name that they have today."""
    tasks: list[Task] = field(default_factory=list)


@dataclass(frozen=True)
class Ledger:
    """The results that a run puts on disk as they are found. Judges have copies of it."""

    out: Path
    prints: Mapping[str, Fingerprint]
    """What each question is graded by today."""

    def sort_out(self, submissions: Sequence[Submission], wanted: Wanted = Wanted()) -> Sorted:
        """Return what is graded already, under the names of today, and what is to do.

        What was handed in decides, not its name: a submission that was not changed is not graded again, as
        long as what grades it is the same. Where all was asked for, one question that is graded otherwise by
        now has the whole notebook graded again: later questions can depend on earlier ones.
        """
        here = read_records(self.out)
        aside = read_records(self.out / EARLIER)
        known = {r.submission: r for r in [*aside.values(), *here.values()] if r.submission}
        found = Sorted()
        for submission in submissions:
            digest = content_digest(submission)
            record = known.get(digest)
            task = self._task(submission, digest, record, wanted)
            if task is not None:
                found.tasks.append(task)
            elif record is not None:
                today = record.model_copy(update={"result": _renamed(record.result, submission)})
                found.kept.append(today)
                if here.get(submission.name) != today:
                    found.moved.append(today)
        return found

    def _task(
        self, submission: Submission, digest: str, record: Record | None, wanted: Wanted
    ) -> Task | None:
        if record is None:
            return Task(submission, digest)
        old = frozenset(self.prints) if wanted.fresh else record.outdated(self.prints)
        if wanted.only is None:
            return Task(submission, digest) if old else None
        return Task(submission, digest, old & wanted.only, record) if old & wanted.only else None

    def record(self, task: Task, result: SubmissionResult) -> Record:
        """Return what is to be remembered of a task that is done."""
        prints = dict(self.prints)
        if task.known is not None and task.only is not None:
            others = {n: p for n, p in task.known.graded_by.items() if n not in task.only}
            prints = {n: p for n, p in prints.items() if n in task.only} | others
        return Record(submission=task.digest, graded_by=prints, result=result)

    def keep(self, task: Task, result: SubmissionResult) -> bool:
        """Put a result on disk; return whether it is there now."""
        try:
            write_record(self.out, self.record(task, result))
        except KitError:
            return False
        return True


def _renamed(result: SubmissionResult, submission: Submission) -> SubmissionResult:
    return replace(result, name=submission.name, file=submission.file, note=submission.note)

"""A class as reports show it: what the tests found, whose it is, and what a teacher adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from autograder.course.manifest import Manifest
from autograder.outcome.results import SubmissionResult
from autograder.report.adjustments import Adjustment, Adjustments
from autograder.report.roster import Roster, Student
from autograder.report.tally import Marks, marks_of

ABSENT = "Nothing was handed in."


@dataclass(frozen=True)
class Entry:
    """One row of the class: a submission, whose it is if that is known, and its points."""

    result: SubmissionResult
    marks: Marks
    student: Student | None = None
    others: tuple[SubmissionResult, ...] = ()
    """What the same student handed in besides, which does not count."""

    @property
    def absent(self) -> bool:
        """Whether nothing was handed in."""
        return self.result.problem == ABSENT

    @property
    def graded(self) -> bool:
        return self.result.problem is None

    def final(self, whole: float) -> float | None:
        """Return the points for a gradebook that gives everybody `whole`; `None` for who has none yet.

        Who was excused from a question has the same share of all points. What could not be graded is no 0.
        """
        marks = self.marks
        given = any(isinstance(row.points, float) for row in marks.adjustments)
        if marks.total is None or marks.unread or not (self.graded or given):
            return None
        return marks.total if marks.possible == whole else whole * (marks.percent or 0.0)

    @property
    def known_as(self) -> str:
        return self.result.name if self.student is None else self.student.known_as

    @property
    def note(self) -> str:
        """What is to be known of the file."""
        if not self.others:
            return self.result.note
        files = ", ".join(other.file for other in self.others)
        several = f"the best of {len(self.others) + 1} files, besides {files}"
        return ", ".join(filter(None, [self.result.note, several]))


class Book:
    """The whole class."""

    def __init__(
        self,
        results: Iterable[SubmissionResult],
        manifest: Manifest,
        adjustments: Adjustments = Adjustments(),
        roster: Roster | None = None,
    ) -> None:
        # In which order they were graded makes no difference to any report.
        self.results = sorted(results, key=lambda result: (result.file, result.name))
        self.manifest, self.adjustments, self.roster = manifest, adjustments, roster

    @cached_property
    def entries(self) -> list[Entry]:
        """The rows, sorted by file; behind them those of the roster who handed in nothing."""
        of: dict[Student | None, list[SubmissionResult]] = {}
        for result in self.results:
            of.setdefault(self.owners[result.name], []).append(result)
        nobodys = [self._entry(result) for result in of.pop(None, [])]
        theirs = []
        for student, results in of.items():
            best, *others = sorted(results, key=lambda r: (r.problem is not None, -r.score))
            theirs.append(self._entry(best, student, tuple(others)))
        handed_in = sorted([*nobodys, *theirs], key=lambda e: (e.result.file, e.result.name))
        students = self.roster.students if self.roster else ()
        absent = [SubmissionResult("", "", (), problem=ABSENT) for _ in students]
        return [
            *handed_in,
            *(self._entry(r, s) for r, s in zip(absent, students, strict=True) if s not in of),
        ]

    @cached_property
    def owners(self) -> dict[str, Student | None]:
        """Whose each submission is, by its name."""
        roster = self.roster or Roster(())
        return {result.name: roster.owner(result) for result in self.results}

    @property
    def graded(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.graded]

    @property
    def absent(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.absent]

    @property
    def unowned(self) -> list[SubmissionResult]:
        """Submissions of nobody on the roster."""
        return [r for r in self.results if self.roster and self.owners[r.name] is None]

    @property
    def not_applied(self) -> list[tuple[Adjustment, str]]:
        """Adjustments of nobody here, each with a guess who is meant."""
        students = self.roster.students if self.roster else ()
        names = [name for result in self.results for name in (result.name, result.file)]
        return self.adjustments.unknown([*names, *(n for s in students for n in s.names)])

    def marks(self, result: SubmissionResult) -> Marks:
        """Return the points of any submission, also of one that does not count."""
        student = self.owners.get(result.name)
        return marks_of(
            result, self.manifest, self.adjustments, *(student.names if student else ())
        )

    def _entry(
        self,
        result: SubmissionResult,
        student: Student | None = None,
        others: tuple[SubmissionResult, ...] = (),
    ) -> Entry:
        names = student.names if student else ()
        marks = marks_of(result, self.manifest, self.adjustments, *names)
        return Entry(result, marks, student, others)

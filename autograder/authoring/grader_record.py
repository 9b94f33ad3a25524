"""What is known of a grader, on disk: one file per assignment, from which the page on all of them is made.

Trying an assignment from fifty random states takes an hour, and so does trying its mutants: each command writes its
own part of the file and leaves the other as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.authoring.finding import Finding
from autograder.authoring.matrix import AnswerSeen, TestSeen
from autograder.authoring.survivors import Survival
from autograder.errors import KitError
from autograder.outcome.results import Outcome, Role
from autograder.safe_files import make_folder, write_atomically


class Part(BaseModel):
    """Something that is written and read again."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TestRecord(Part):
    """One test of a question."""

    name: str
    hidden: bool
    role: Role
    seconds: float
    failed_by: int
    """How many wrong answers do not pass it."""
    false_alarms: tuple[float, ...]
    """How often it turns a right answer away by chance, as its author states it."""


class AnswerRecord(Part):
    """One answer to a question, and what became of it in every test: see `matrix.AnswerSeen`."""

    kind: str
    name: str
    place: str
    kept: float
    ended: dict[str, Outcome]
    named: bool
    reads: tuple[str, ...]
    unseen: str


class QuestionRecord(Part):
    """One question: its tests, and every answer that was tried."""

    name: str
    points: float
    tests: tuple[TestRecord, ...]
    answers: tuple[AnswerRecord, ...]

    def of(self, kind: str) -> list[AnswerRecord]:
        """Return the answers of one kind."""
        return [answer for answer in self.answers if answer.kind == kind]

    @property
    def false_alarms(self) -> float:
        """Return the sum of the rates that its tests state."""
        return sum(rate for test in self.tests for rate in test.false_alarms)


class ChangeRecord(Part):
    """A verdict that another random state of the tests changed."""

    seed: int
    what: str


class Tried(Part):
    """The answers of an assignment, tried."""

    source_digest: str
    quick: bool
    """Whether stock and hostile answers were left out."""
    seeds: tuple[int, ...]
    """The random states that they were tried from; what is not said of a state is of the first."""
    drawing: tuple[str, ...] = ()
    """The questions that were tried from all of these states: in the others nothing draws random numbers."""
    changes: tuple[ChangeRecord, ...]
    right_gradings: int
    """How often a right answer was graded, over all states."""
    right_lost: int
    """How often it did not get full marks."""
    questions: tuple[QuestionRecord, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


class MutantRecord(Part):
    """A slip in the reference that costs no points."""

    question: str
    slip: str
    before: str
    after: str
    reason: str
    """Why it need not; empty if nobody gave one."""


class MutantsTried(Part):
    """The mutants of an assignment, tried."""

    source_digest: str
    tried: int
    alive: tuple[MutantRecord, ...]
    listed_in_vain: tuple[str, ...]


class GraderRecord(Part):
    """What is known of one assignment's grader."""

    assignment: str
    tried: Tried | None = None
    mutants: MutantsTried | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is known against it."""
        tried = self.tried is None or not (self.tried.problems or self.tried.changes)
        mutants = self.mutants
        return tried and (
            mutants is None
            or not (mutants.listed_in_vain or any(not each.reason for each in mutants.alive))
        )

    @property
    def of_one_state(self) -> bool:
        """Whether both parts were found of the same solutions."""
        digests = {part.source_digest for part in (self.tried, self.mutants) if part}
        return len(digests) < 2


def tried_from(
    findings: Sequence[tuple[int, Finding]], changes: Sequence[tuple[int, str]], quick: bool
) -> Tried:
    """Return the record of what `validate` found, from each random state."""
    _, first = findings[0]
    right = [
        answer
        for _, finding in findings
        for matrix in finding.matrices
        if matrix.question in finding.tried
        for kind in ("reference", "right")
        for answer in matrix.of(kind)
    ]
    points = {row.question: row.points for row in first.rows}
    return Tried(
        source_digest=first.source_digest,
        quick=quick,
        seeds=tuple(seed for seed, _ in findings),
        drawing=tuple(sorted(findings[-1][1].tried)) if len(findings) > 1 else (),
        changes=tuple(ChangeRecord(seed=seed, what=what) for seed, what in changes),
        right_gradings=len(right),
        right_lost=sum(not answer.full for answer in right),
        questions=tuple(
            QuestionRecord(
                name=matrix.question,
                points=points[matrix.question],
                tests=tuple(map(_test, matrix.tests)),
                answers=tuple(map(_answer, matrix.answers)),
            )
            for matrix in first.matrices
        ),
        problems=first.problems,
        warnings=first.warnings,
    )


def _test(test: TestSeen) -> TestRecord:
    return TestRecord(
        name=test.name,
        hidden=test.hidden,
        role=test.role,
        seconds=round(test.seconds, 3),
        failed_by=len(test.failed_by),
        false_alarms=test.false_alarms,
    )


def _answer(answer: AnswerSeen) -> AnswerRecord:
    return AnswerRecord(
        kind=answer.kind,
        name=answer.name,
        place=answer.place,
        kept=round(answer.kept, 4),
        ended=dict(answer.ended),
        named=answer.named,
        reads=answer.reads,
        unseen=answer.unseen,
    )


def mutants_from(survival: Survival) -> MutantsTried:
    """Return the record of what became of an assignment's mutants."""
    alive = [*((q, m, "") for q, m in survival.survivors), *survival.equivalents]
    return MutantsTried(
        source_digest=survival.source_digest,
        tried=survival.tried,
        alive=tuple(
            MutantRecord(
                question=question,
                slip=mutant.slip,
                before=mutant.before,
                after=mutant.after,
                reason=reason,
            )
            for question, mutant, reason in alive
        ),
        listed_in_vain=survival.listed_in_vain,
    )


def keep(folder: Path, assignment: str, **parts: Tried | MutantsTried) -> None:
    """Write the part that is new of what is known of an assignment; the other one stays.

    Raises:
        KitError: the folder cannot be written, or what stands there is no such record.
    """
    make_folder(folder)
    path = folder / f"{assignment}.json"
    before = _read(path) if path.exists() else GraderRecord(assignment=assignment)
    write_atomically(path, before.model_copy(update=parts).model_dump_json(indent=1) + "\n")


def records(folder: Path, order: Sequence[str]) -> Iterator[GraderRecord]:
    """Yield what is known, in the `order` of the course's assignments.

    Raises:
        KitError: what stands there is no such record.
    """
    for name in order:
        if (folder / f"{name}.json").exists():
            yield _read(folder / f"{name}.json")


def _read(path: Path) -> GraderRecord:
    try:
        return GraderRecord.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise KitError(
            f"{path} is not what `autograder validate --out` writes; remove it, or name another folder."
        ) from None

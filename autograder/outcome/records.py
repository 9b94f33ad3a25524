"""What a run found, on disk: one file per submission, for staff, from which all reports can be made again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.course.manifest import Manifest
from autograder.errors import KitError
from autograder.outcome.results import Outcome, SubmissionResult
from autograder.safe_files import UNKNOWN, make_folder, safe_name, write_atomically

STAFF = Path("results") / "staff"
"""Where they lie in a folder of reports. Everything below holds messages of hidden tests."""
RECORDS = "records"
RUN = "run.json"
EARLIER = "earlier"
"""Where what belongs to no submission of a later run is put aside, in the folder of reports."""
MAX_BYTES = 16 * 1024**2
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Fingerprint:
    """What one question is graded by."""

    tests: str
    """Its test file, the mistakes that it is compared with, the data."""
    settings: str
    """Its points and limits."""
    grader: str
    """The kit itself, and the versions of what it computes with."""

    def differs_in(self, other: Fingerprint) -> list[str]:
        """Return in words what is not the same."""
        mine, theirs = asdict(self), asdict(other)
        return [what for what in mine if mine[what] != theirs[what]]


class Record(BaseModel):
    """One submission: what was found, and of what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    submission: str
    """SHA-256 of the file that was handed in; empty where there was none to read."""
    graded_by: dict[str, Fingerprint]
    """By question."""
    result: SubmissionResult

    @property
    def unsettled(self) -> frozenset[str]:
        """The questions over which the grader itself failed: they are graded again."""
        questions = self.result.questions
        return frozenset(q.name for q in questions if q.outcome is Outcome.GRADER_ERROR)

    def outdated(self, prints: Mapping[str, Fingerprint]) -> frozenset[str]:
        """Return the questions that are graded otherwise by now, or not settled."""
        old = {name for name, mark in prints.items() if self.graded_by.get(name) != mark}
        return frozenset(old) | self.unsettled


class RunFile(BaseModel):
    """What all records of a run have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manifest: Manifest
    known: dict[str, list[str]] = {}
    """By question the shapes of answers that tell nothing of who wrote them: see `report/similar`."""


def write_record(out: Path, record: Record) -> None:
    """Put `record` into the folder of reports `out`, in one step.

    Raises:
        KitError: it cannot be written.
    """
    _write(make_folder(out / STAFF / RECORDS) / f"{safe_name(record.result.name)}.json", record)


def read_records(out: Path) -> dict[str, Record]:
    """Return the records in `out` by the submission's name; one that is damaged counts as none."""
    return {record.result.name: record for record in _read(out)}


def write_run(out: Path, run: RunFile) -> None:
    """Write what a run is of.

    Raises:
        KitError: it cannot be written.
    """
    _write(make_folder(out / STAFF) / RUN, run)


def read_run(out: Path) -> RunFile:
    """Return what the run was of whose reports are in `out`.

    Raises:
        KitError: there was none, or one of another version of the kit.
    """
    path = out / STAFF / RUN
    try:
        return RunFile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise KitError(
            f"{out} holds no results of `autograder grade`; name the folder that was its --out."
        ) from None
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror}.") from None
    except ValidationError:
        raise KitError(f"{path} is of another version of the kit; grade again.") from None


def _read(out: Path) -> Iterator[Record]:
    for path in sorted((out / STAFF / RECORDS).glob("[!.]*.json")):
        try:
            if path.stat().st_size <= MAX_BYTES:
                yield Record.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            continue


def _write(path: Path, content: BaseModel) -> None:
    # What a student's code said may hold halves of characters, which no file in UTF-8 can.
    text = SURROGATE.sub(UNKNOWN, json.dumps(content.model_dump(), indent=1, ensure_ascii=False))
    write_atomically(path, text + "\n")

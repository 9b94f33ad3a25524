"""What the judge is answered, each reply a class: the counterpart of `requests`.

The judge reads them as what strangers say: every field is checked to be what its type says, and nothing that a
reply claims is believed for being in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from autograder.border.crossing import Encoded, Reader


@dataclass(frozen=True)
class ErrorReport:
    """An exception of the student's code, as far as it is told."""

    classes: list[str]
    """Its builtin classes, nearest first."""
    message: str = ""
    cell: int = 0
    line: int = 0
    """Where in the notebook it happened, counted from 1; 0 for nowhere."""


# From a snapshot


@dataclass(frozen=True)
class Output:
    """A tensor that hangs on a graph, which the worker keeps under a number."""

    graph: int
    value: Encoded


@dataclass(frozen=True)
class Returned:
    """What was asked for was done, and this came of it."""

    value: Encoded
    """It may name the outputs: they are decoded before it."""
    outputs: list[Output] = field(default_factory=list)
    changed_table: bool = False
    """Whether a table of pandas that the student's code was given is not what it was."""


@dataclass(frozen=True)
class Raised:
    """The student's code raised."""

    report: ErrorReport


@dataclass(frozen=True)
class TooLarge:
    """What came of it is more than a message may hold."""


FromSnapshot: TypeAlias = Returned | Raised | TooLarge


# From the process of a submission


@dataclass(frozen=True)
class Listening:
    """The process is there; `unconfined` says which layer was refused, if one was."""

    unconfined: str | None = None


@dataclass(frozen=True)
class CellRan:
    """The cell came to its end."""

    error: ErrorReport | None = None
    """What stopped it."""
    skipped: list[ErrorReport] = field(default_factory=list)
    """Why statements in it were left out."""


@dataclass(frozen=True)
class Forked:
    """A snapshot was taken; no `pid` if the cells left too many processes for one more."""

    pid: int | None


# From the warm parent


@dataclass(frozen=True)
class Ready:
    """Everything is imported."""


@dataclass(frozen=True)
class Done:
    """What was asked for was done."""


@dataclass(frozen=True)
class Killed:
    """The process is gone; `crowded` says whether the whole submission was ended for having too many."""

    crowded: bool


@dataclass(frozen=True)
class Counted:
    """How many threads the submission's processes have."""

    threads: int


@dataclass(frozen=True)
class Ended:
    """The submission was ended; `crowded` says whether it had been before, for having too many processes."""

    left: int
    """How many of its processes withstood."""
    crowded: bool


FromWarmParent: TypeAlias = Ready | Done | Killed | Counted | Ended


FROM_SNAPSHOT: Reader[FromSnapshot] = Reader(FromSnapshot)
LISTENING: Reader[Listening] = Reader(Listening)
CELL_RAN: Reader[CellRan] = Reader(CellRan)
FORKED: Reader[Forked] = Reader(Forked)
FROM_WARM_PARENT: Reader[FromWarmParent] = Reader(FromWarmParent)

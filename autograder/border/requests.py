"""What the judge asks for, each request a class: who sends it, the wire and who answers it read it here.

There are three who answer: a snapshot, the process of a submission, the warm parent. A field of type
`Value`, `Values` or `NamedValues` crosses through the codec; every other field is JSON (`crossing`). What is
answered stands in `replies`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

from autograder.border.crossing import NamedValues, Reader, Value, Values
from autograder.border.wire import Malformed

# To a snapshot


@dataclass(frozen=True)
class Begin:
    """Start a test case from a known random state, with nothing left of the one before.

    Give the dtype that tensors are made of, and the notebook's objects of these names, by name, as far as it
    binds them.
    """

    seed: int
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drew:
    """Say whether a generator of random numbers stands otherwise than `Begin` with this seed left it."""

    seed: int


@dataclass(frozen=True)
class Define:
    """Run the source of a stand-in."""

    source: str


@dataclass(frozen=True)
class Lookup:
    """Give the notebook's object of this name."""

    name: str


@dataclass(frozen=True)
class Lacking:
    """Give those of the names that the notebook does not bind."""

    names: list[str]


@dataclass(frozen=True)
class Call:
    """Call `target(*args, **kwargs)`."""

    target: Value
    args: Values
    kwargs: NamedValues


@dataclass(frozen=True)
class Spy:
    """Call; give the result, the names of the functions of torch that were called, and the number of steps."""

    target: Value
    args: Values
    kwargs: NamedValues


@dataclass(frozen=True)
class GetAttribute:
    """Give `target.name`."""

    target: Value
    name: str


@dataclass(frozen=True)
class SetAttribute:
    """Do `target.name = value`."""

    target: Value
    name: str
    value: Value


@dataclass(frozen=True)
class GetItem:
    """Give `target[key]`."""

    target: Value
    key: Value


@dataclass(frozen=True)
class SetItem:
    """Do `target[key] = value`."""

    target: Value
    key: Value
    value: Value


@dataclass(frozen=True)
class Contains:
    """Say whether `value in target`."""

    target: Value
    value: Value


@dataclass(frozen=True)
class Length:
    """Give `len(target)`."""

    target: Value


@dataclass(frozen=True)
class Truth:
    """Give `bool(target)`."""

    target: Value


@dataclass(frozen=True)
class Float:
    """Give `float(target)`."""

    target: Value


@dataclass(frozen=True)
class Iterate:
    """Give `iter(target)`."""

    target: Value


@dataclass(frozen=True)
class Next:
    """Give the next item in a list of one, or an empty list at the end."""

    target: Value


@dataclass(frozen=True)
class Backward:
    """Send gradients from outputs of an earlier call back to what that call was given.

    Gradients of `inputs` are returned, to be accumulated by the judge's own autograd; those of all
    other leaves (the parameters inside a module) are accumulated in the worker.
    """

    outputs: list[int]
    """Numbers of the worker's graphs."""
    gradients: Values
    inputs: list[str]
    """Names of twins."""


ToSnapshot: TypeAlias = (
    Begin
    | Drew
    | Define
    | Lookup
    | Lacking
    | Call
    | Spy
    | GetAttribute
    | SetAttribute
    | GetItem
    | SetItem
    | Contains
    | Length
    | Truth
    | Float
    | Iterate
    | Next
    | Backward
)


# To the process of a submission


@dataclass(frozen=True)
class RunCell:
    """Run one cell and say what it raised."""

    number: int
    source: str
    answers: list[str] = field(default_factory=list)
    """Names of answers: what `def` and `class` make of them is kept."""
    keep: list[str] = field(default_factory=list)
    """Names of answers that are kept as they stand after the cell."""


@dataclass(frozen=True)
class TakeSnapshot:
    """Fork; the copy serves a question on the line whose descriptor follows, with answers as they were kept."""

    own: list[str] = field(default_factory=list)
    """The question's own names."""
    called: list[str] = field(default_factory=list)
    """Answers that it calls, put back where they cannot be called any more."""


ToSubmission: TypeAlias = RunCell | TakeSnapshot


# To the warm parent


@dataclass(frozen=True)
class Start:
    """Fork a worker, confine it, and have it listen on the line whose descriptor follows."""

    folder: str
    """Where it lives."""
    layers: list[str]
    """What confines it, by the names in `worker/confine.py`."""
    memory_mb: int
    output_kb: int
    processes: int


@dataclass(frozen=True)
class Kill:
    """Kill one process of the submission at hand, if it is one."""

    pid: int


@dataclass(frozen=True)
class Clear:
    """Kill what the submission's cells started and left running."""


@dataclass(frozen=True)
class Count:
    """Say how many threads all processes of the submission at hand have."""


@dataclass(frozen=True)
class EndSubmission:
    """Leave nothing of the submission running."""


@dataclass(frozen=True)
class Clone:
    """Fork a warm parent for another judge, which listens on the line whose descriptor follows."""

    for_many: bool
    """Whether to prepare for many forks first (see `warm_parent`)."""


ToWarmParent: TypeAlias = Start | Kill | Clear | Count | EndSubmission | Clone


TO_SNAPSHOT: Reader[ToSnapshot] = Reader(ToSnapshot)
TO_SUBMISSION: Reader[ToSubmission] = Reader(ToSubmission)
TO_WARM_PARENT: Reader[ToWarmParent] = Reader(ToWarmParent)


def never(request: NoReturn) -> NoReturn:
    """Stand where all requests of a union are answered: mypy finds one that was forgotten."""
    raise Malformed(f"{type(request).__name__} is not answered here")

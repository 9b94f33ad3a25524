"""What passes between `kit check` and the process that runs the notebook: lines of JSON."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from typing import Any

from autograder.kit.sheet import Step
from autograder.outcome.results import Outcome


@dataclass(frozen=True)
class Ready:
    """The process has imported what it needs, or could not."""

    problem: str = ""


@dataclass(frozen=True)
class Began:
    """A cell is run, or a question after it is tried."""

    cell: int
    question: str
    group: int
    """The process group to kill if this must end."""


@dataclass(frozen=True)
class Stopped:
    """An exception, or a limit, stopped a cell."""

    cell: int
    line: int | None
    text: str


@dataclass(frozen=True)
class Lost:
    """A cell took its process with it."""

    cell: int
    """0 if nothing is left of the whole notebook."""
    group: int
    """The process group that it was."""


@dataclass(frozen=True)
class Verdict:
    """What came of one question."""

    question: str
    outcome: Outcome
    earned: float = 0.0
    """Points of public checks that passed."""
    text: str = ""
    """What the student reads, as in the notebook."""


@dataclass(frozen=True)
class Done:
    """All that was asked for is told."""


Event = Ready | Began | Stopped | Lost | Verdict | Done
KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Ready, Began, Stopped, Lost, Verdict, Done)
}


@dataclass(frozen=True)
class Request:
    """The steps of a notebook, and the questions to be tried on the way."""

    number: int
    steps: tuple[Step, ...]
    tests: dict[str, str]
    """Of the questions that are wanted."""

    def line(self) -> bytes:
        """Return it as it is sent."""
        steps = [[step.source, step.number, step.questions] for step in self.steps]
        return json.dumps([self.number, steps, self.tests]).encode() + b"\n"

    @staticmethod
    def of(line: bytes) -> Request:
        """Return what was sent."""
        number, steps, tests = json.loads(line)
        return Request(number, tuple(Step(s, n, tuple(q)) for s, n, q in steps), tests)

    @property
    def length(self) -> int:
        """How many of the steps must be run."""
        return max((n for n, step in enumerate(self.steps, 1) if self.wanted(step)), default=0)

    def wanted(self, step: Step) -> list[str]:
        """Return the questions to be tried after a step."""
        return [question for question in step.questions if question in self.tests]


class Teller:
    """Writes events to a file descriptor, each whole: several processes hold it, one after another."""

    def __init__(self, out: int) -> None:
        self._out = out

    def tell(self, number: int, event: Event) -> None:
        """Write an event of the request `number`."""
        text = json.dumps([number, type(event).__name__, asdict(event)])
        # What a process that was killed left unfinished must not swallow this.
        data = f"\n{text}\n".encode()
        while data:
            data = data[os.write(self._out, data) :]


def heard(line: bytes | str) -> tuple[int, Event] | None:
    """Return an event and the request that it belongs to; of half a line nothing."""
    try:
        number, kind, content = json.loads(line)
        values = {field.name: content[field.name] for field in fields(KINDS[kind])}
        if "outcome" in values:
            values["outcome"] = Outcome(values["outcome"])
        return number, KINDS[kind](**values)
    except (ValueError, LookupError, TypeError):
        return None

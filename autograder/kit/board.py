"""What is known of a notebook's questions at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.kit.sheet import Sheet
from autograder.kit.telling import Began, Stopped, Verdict
from autograder.outcome.results import Outcome


@dataclass
class Board:
    """The last reading of a notebook, and what came of its questions."""

    sheet: Sheet
    asked: tuple[str, ...]
    """The questions that are looked at, in order."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    stopped: dict[int, Stopped] = field(default_factory=dict)
    """Cells that did not run to their end, by number."""
    fresh: set[str] = field(default_factory=set)
    """Questions that were tried since the last change."""
    at_work: Began | None = None
    problem: str = ""
    """Why the file cannot be read just now."""
    seconds: float | None = None
    """From the last change to the verdicts on it."""

    @property
    def earned(self) -> float:
        """Points of public checks that passed."""
        return sum(verdict.earned for verdict in self.verdicts.values())

    @property
    def possible(self) -> float:
        """Points of the questions that are looked at, hidden checks included."""
        return sum(self.sheet.points.get(question, 0.0) for question in self.asked)

    @property
    def passed(self) -> bool:
        """Whether every question passes its public checks."""
        return all(self._passes(question) for question in self.asked)

    def _passes(self, question: str) -> bool:
        verdict = self.verdicts.get(question)
        return verdict is not None and verdict.outcome is Outcome.PASSED

    def fails(self, question: str) -> bool:
        """Whether a question was begun and is not right."""
        verdict = self.verdicts.get(question)
        if verdict is None or verdict.outcome is Outcome.PASSED:
            return False
        return verdict.outcome is not Outcome.NOT_ATTEMPTED or bool(self._stopped_for(question))

    def first_failure(self) -> str | None:
        """Return the question to show in full: of those just tried the first that fails, else of all."""
        failing = [question for question in self.asked if self.fails(question)]
        return next((q for q in failing if q in self.fresh), next(iter(failing), None))

    def told(self, question: str) -> str:
        """Return what the student reads of a question: of its cell first, where that stopped."""
        verdict = self.verdicts[question]
        if verdict.outcome is Outcome.PASSED:
            return verdict.text
        lines = [cell_told(stopped) for stopped in self._stopped_for(question)]
        if not lines or verdict.outcome is not Outcome.NOT_ATTEMPTED:
            lines.append(verdict.text)
        return "\n".join(lines)

    def told_of_cells(self) -> Iterator[str]:
        """Yield what is said of the cells that stopped and answer nothing."""
        told = {s.cell for question in self.asked for s in self._stopped_for(question)}
        yield from (
            cell_told(s) for number, s in sorted(self.stopped.items()) if number not in told
        )

    def _stopped_for(self, question: str) -> list[Stopped]:
        return [
            self.stopped[step.number]
            for step in self.sheet.steps
            if question in step.questions and step.number in self.stopped
        ]


def cell_told(stopped: Stopped) -> str:
    """Say what stopped a cell."""
    line = "" if stopped.line is None else f", line {stopped.line}"
    return f"cell {stopped.cell}{line}: {stopped.text}"

"""Which cell of a notebook answers which name, and as of which cell a question is judged."""

from __future__ import annotations

import builtins
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from autograder.course.manifest import Manifest, QuestionManifest
from autograder.intake.notebook import Notebook
from autograder.intake.reading import Binding, Reading, read_cell

CHECK = re.compile(r"""^[^#\n]*\.check\(\s*["'](\w+)["']""", re.MULTILINE)
OF_PYTHON = frozenset(dir(builtins))
MAX_SOURCE = 40_000
"""Characters of an answer that are kept for people to read."""


@dataclass(frozen=True)
class Stand:
    """One question's place in the notebook: what answers it, and as of when it is judged."""

    question: QuestionManifest
    answered_in: int
    """The last cell that holds a part of the answer."""
    after: int
    """The cell after which the question is judged: its check, mostly."""
    kept_after: int
    """The cell after which a value that was given as an answer is the answer, whatever comes later: where
    the question would be judged if it called nothing."""
    uses: frozenset[str]
    """What the answer reads, directly or through what it calls."""
    calls: frozenset[str]


class Answers:
    """What of a notebook answers what.

    A cell that still is the stub defines nothing, so that a copy of the stub further down takes no answer
    away. Of several answers the last one counts; a line that uses the name for something else is none.
    """

    def __init__(self, notebook: Notebook, manifest: Manifest) -> None:
        self.readings = {cell.number: read_cell(cell.source) for cell in notebook.cells}
        shapes = {read_cell(question.stub).shape for question in manifest.questions} - {None}
        self.stubs = {n for n, reading in self.readings.items() if reading.shape in shapes}
        self.demos = {c.number for c in notebook.cells if manifest.is_demo(c.source, c.tags)}
        self.written = written(self.readings.values())
        self.checks = self._checks()
        self.bound_in = self._bound_in()
        self.place: dict[str, int] = {}
        """The cell that answers each name of a question."""
        self.rank: dict[str, Binding] = {}
        """How it does."""
        for question in manifest.questions:
            for name in question.defines:
                cell = self._answer(name, self.checks.get(question.name, []))
                if cell is not None:
                    self.place[name] = cell
            if not self.parts(question):
                broken = self._broken(question)
                self.place.update(broken)
                self.rank.update(dict.fromkeys(broken, Binding.REUSE))
        self.borders = set(self.place.values()) | self.stubs | set(chain(*self.checks.values()))

    def parts(self, question: QuestionManifest) -> set[int]:
        """Return the cells that answer a question."""
        return {self.place[name] for name in question.defines if name in self.place}

    def source(self, name: str) -> str | None:
        """Return the student's definition of `name`, also where it is imported from a file of theirs."""
        cell = self.place.get(name) or next(reversed(self.bound_in.get(name) or [0]))
        reading = self.readings.get(cell)
        if reading is None:
            return None
        modules = reading.modules | reading.taken_whole
        module = next((m for m in sorted(modules) if m in self.written), None)
        if module is not None and reading.bindings.get(name) in (None, Binding.IMPORTED):
            reading = self.written[module]
        return reading.source

    def stand(self, question: QuestionManifest) -> Stand:
        """Return where a question that is answered is judged.

        At its check; where that is gone, before the next question. And where cells were dragged about, not
        before what the answer calls.
        """
        parts = self.parts(question)
        last = max(parts)
        check = next((n for n in self.checks.get(question.name, []) if n >= last), None)
        kept = check if check is not None else self._before_next_question(last)
        reached, after = self._needed(parts, kept)
        readings = [self.readings[number] for number in reached]
        return Stand(
            question=question,
            answered_in=last,
            after=after,
            kept_after=kept,
            uses=frozenset().union(*(reading.uses for reading in readings)),
            calls=frozenset().union(*(reading.calls for reading in readings)),
        )

    def kept_after(self, name: str, stand: Stand) -> int | None:
        """Return the cell after which the value of an answer is kept; `None` for a `def` or `class`.

        Those the worker keeps as they are made. Functions made otherwise are kept at once, values at their
        check: whatever a later line calls by the name.
        """
        how = self.readings[self.place[name]].bindings.get(name)
        if how is Binding.DEFINED:
            return None
        return self.place[name] if self.rank[name] is Binding.DEFINED else stand.kept_after

    def _checks(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, reading in self.readings.items():
            for name in CHECK.findall(reading.source):
                found[name].append(number)
        return dict(found)

    def _bound_in(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, reading in self.readings.items():
            if number not in self.stubs:
                whole = [self.written[m] for m in reading.taken_whole if m in self.written]
                for name in set().union(reading.bindings, *(taken.bindings for taken in whole)):
                    found[name].append(number)
        return dict(found)

    def _answer(self, name: str, checks: Collection[int]) -> int | None:
        """Return the cell that answers `name`, if one does."""
        stub = max((n for n in self.stubs if name in self.readings[n].names), default=0)
        rated = {}
        for number in self.bound_in.get(name, []):
            how = self._how(name, self.readings[number], any(n >= number for n in checks))
            # What only borrows the name is no answer where the stub binds it again.
            if how >= Binding.ASSIGNED or number > stub:
                rated[number] = how
        best = max(rated.values(), default=None)
        if best is not None:
            self.rank[name] = best
        cells = [number for number, how in rated.items() if how is best]
        if best is not None and best < Binding.DEFINED:
            # A value stands as it was checked; a number of the same name further down is another matter.
            cells = [n for n in cells if any(check >= n for check in checks)] or cells
        return cells[-1] if cells else None

    def _how(self, name: str, reading: Reading, checked: bool) -> Binding:
        how = reading.bindings.get(
            name, Binding.DEFINED
        )  # if not here, it is from a file of theirs
        if how is Binding.FUNCTION:
            return Binding.DEFINED if checked else Binding.ASSIGNED
        if how is Binding.IMPORTED and reading.modules & self.written.keys():
            return Binding.DEFINED
        return how

    def _broken(self, question: QuestionManifest) -> dict[str, int]:
        """Return cells that are not Python and look like an answer: their author should read why."""
        wanted = "|".join(map(re.escape, question.defines))
        looks = re.compile(rf"^(?:(?:def|class)\s+(?:{wanted})\b|(?:{wanted})\s*=)", re.M)
        broken = [n for n, r in self.readings.items() if r.tree is None and looks.search(r.source)]
        return dict.fromkeys(question.defines, broken[-1]) if broken else {}

    def _before_next_question(self, cell: int) -> int:
        later = [number for number in self.borders if number > cell]
        return min(later) - 1 if later else max(self.readings)

    def _needed(self, parts: Iterable[int], kept: int) -> tuple[set[int], int]:
        """Return the cells of an answer and of what it calls, and when the last of them has run."""
        reached, waiting, after = set(parts), list(parts), kept
        while waiting:
            for name in sorted(self.readings[waiting.pop()].uses):
                cell = self._binds(name, after)
                if cell is not None and cell not in reached:
                    reached.add(cell)
                    waiting.append(cell)
                    after = max(after, cell)
        return reached, after

    def _binds(self, name: str, after: int) -> int | None:
        """Return the cell that binds what an answer means by `name`, if one does."""
        if name in self.place:
            return self.place[name]
        cells = [number for number in self.bound_in.get(name, []) if number not in self.demos]
        before = [number for number in cells if number <= after]
        if before or name in OF_PYTHON:
            return before[-1] if before else None
        # A helper, an import or a constant below the check; the student ran it before.
        reused = Binding.REUSE
        return next((n for n in cells if self.readings[n].bindings.get(name) is not reused), None)


def written(readings: Iterable[Reading]) -> dict[str, Reading]:
    """Return the modules that cells write, and what stands in each at the end."""
    sources: dict[str, str] = {}
    for reading in readings:
        if reading.written is not None:
            module, source, added = reading.written
            sources[module] = (sources.get(module, "") + "\n") * added + source
    return {module: read_cell(source) for module, source in sources.items()}


def sources_of(notebook: Notebook, manifest: Manifest) -> dict[str, str]:
    """Return by question the cells that answer it, as the student wrote them."""
    answers = Answers(notebook, manifest)
    return {
        question.name: "\n\n".join(
            answers.readings[cell].source.strip("\n") for cell in sorted(answers.parts(question))
        )[:MAX_SOURCE]
        for question in manifest.questions
    }

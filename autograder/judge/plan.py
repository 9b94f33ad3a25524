"""Reading a notebook before it is run: which cells to run, and which questions to judge after them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from autograder.course.manifest import Manifest
from autograder.intake.notebook import Cell, Notebook
from autograder.judge.answered import Answers, Stand
from autograder.judge.unanswered import what_stops, why_unanswered


@dataclass(frozen=True)
class Plan:
    """The cells to run, in order, and the questions to judge after them."""

    cells: tuple[Cell, ...]
    judged_after: dict[int, list[Stand]]
    """Questions by the number of the cell after which they are judged."""
    missing: dict[str, str]
    """Why a question is not judged at all."""
    sources: dict[str, str] = field(default_factory=dict)
    """The student's source by the name that it defines."""
    kept: dict[int, list[str]] = field(default_factory=dict)
    """Names of answers by the number of the cell after which their values are kept."""
    names: frozenset[str] = frozenset()
    """The names of all answers: what `def` and `class` make of them is kept."""
    remarks: dict[str, str] = field(default_factory=dict)
    """What to say of a question if it turns out not to be attempted."""


def make_plan(notebook: Notebook, manifest: Manifest, only: frozenset[str] | None = None) -> Plan:
    """Decide what to run. A question is judged as the notebook stood at its check; see `Answers`."""
    answers = Answers(notebook, manifest)
    wanted = [q for q in manifest.questions if only is None or q.name in only]
    stands = [answers.stand(question) for question in wanted if answers.parts(question)]
    last = max((stand.after for stand in stands), default=0)
    cells = tuple(c for c in notebook.cells if c.number <= last and _is_run(c, answers))
    run = [cell.number for cell in cells]
    judged_after: dict[int, list[Stand]] = defaultdict(list)
    kept: dict[int, list[str]] = defaultdict(list)
    for stand in stands:
        judged_after[_run_by(stand.after, run)].append(stand)
        for name in stand.question.defines:
            cell = answers.kept_after(name, stand) if name in answers.place else None
            if cell is not None:
                kept[_run_by(cell, run)].append(name)
    return Plan(
        cells=cells,
        judged_after=dict(judged_after),
        missing={
            question.name: why_unanswered(question, notebook, answers, manifest)
            for question in wanted
            if not answers.parts(question)
        },
        sources={
            name: source
            for name in answers.place.keys() | answers.bound_in.keys()
            if (source := answers.source(name)) is not None
        },
        kept=dict(kept),
        names=frozenset(answers.place),
        remarks={
            question.name: remark
            for question in manifest.questions
            if (remark := what_stops(question, answers))
        },
    )


def _run_by(number: int, run: list[int]) -> int:
    """Return the last cell that has been run when the notebook stands at cell `number`."""
    return run[bisect_right(run, number) - 1]


def _is_run(cell: Cell, answers: Answers) -> bool:
    """Whether a cell is run: a demonstration is not, nor a stub whose question is answered elsewhere."""
    if cell.number in answers.place.values():
        return True
    names = answers.readings[cell.number].names
    if cell.number in answers.stubs:
        return not names <= answers.place.keys()
    return cell.number not in answers.demos or bool(names & answers.place.keys())

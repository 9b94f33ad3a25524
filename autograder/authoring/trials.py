"""The notebooks that the grader is tried on: reference, starter, wrong and right answers, stock answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from autograder.authoring.hostile_answers import hostile_answers
from autograder.authoring.master import Master
from autograder.authoring.stock_answers import stock_answers
from autograder.authoring.variants import Kind, Variant
from autograder.border.wire import WireError
from autograder.course.manifest import QuestionManifest
from autograder.intake.notebook import Notebook
from autograder.intake.reading import read_cell
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection
from autograder.outcome.results import Graded

REFERENCE, STARTER = "reference", "starter"


@dataclass(frozen=True)
class Trial:
    """One notebook to grade, and what it is meant to show."""

    name: str
    notebook: Notebook
    questions: frozenset[str]
    """The questions that are graded."""
    variant: Variant | None = None
    stock: bool = False
    """Whether it is an answer that must not earn a point."""

    def of(self, question: str, kind: Kind) -> bool:
        """Whether it tries a variant of that kind of that question."""
        return (
            self.variant is not None
            and self.variant.kind is kind
            and self.variant.question == question
        )


def trials(
    master: Master,
    bundle: Bundle,
    solved: Notebook,
    starter: Notebook,
    variants: Collection[Variant],
    chosen: frozenset[str],
    quick: bool = False,
) -> Iterator[Trial]:
    """Yield what the questions `chosen` are tried on, if `quick` without stock and hostile answers."""
    yield Trial(REFERENCE, solved, chosen)
    yield Trial(STARTER, starter, chosen)
    by_name = {question.name: question for question in bundle.manifest.questions}
    for variant in variants:
        notebook = with_answer(solved, by_name[variant.question], variant.source)
        only = frozenset([variant.question])
        yield Trial(f"{variant.place}, {variant.name}", notebook, only, variant)
    for question in () if quick else bundle.manifest.questions:
        if question.name not in chosen:
            continue
        answer = answer_to(solved, question)
        prose = f"{master.question(question.name).prose}\n\n{question.stub}"
        for kind, answers in (
            ("stock", stock_answers(question.stub, answer, prose)),
            ("hostile", hostile_answers(question.stub, answer)),
        ):
            for stock in answers:
                notebook = with_answer(solved, question, stock.source)
                only = frozenset([question.name])
                name = f"{kind} answer, {stock.name}"
                yield Trial(name, notebook, only, stock=True)


@dataclass(frozen=True)
class Fared:
    """What became of one trial."""

    graded: Graded
    drawn: frozenset[str]
    """The questions in whose test cases random numbers were drawn, where the selection has it noted."""


def grade_trial(grader: Grader, trial: Trial, *, selection: Selection) -> Graded | None:
    """Return what was graded; `None` if the grader lost its own process."""
    fared = try_trial(grader, trial, selection=selection)
    return None if fared is None else fared.graded


def try_trial(grader: Grader, trial: Trial, *, selection: Selection) -> Fared | None:
    """Return how a trial fared; `None` if the grader lost its own process."""
    # Mistakes are named where there is one: in all else that is lost nobody should look for them.
    wrong = trial.variant is not None and trial.variant.kind is Kind.WRONG
    judge = grader if wrong else Grader(grader.bundle, grader.warm_parent)
    try:
        run = judge.run(trial.notebook, selection, trial.questions)
    except WireError:
        return None
    return Fared(run.graded(), frozenset(run.drawn))


def answer_to(solved: Notebook, question: QuestionManifest) -> str:
    """Return the source of the cell that answers a question."""
    return next(cell.source for cell in solved.cells if _answers(cell.source, question))


def with_answer(solved: Notebook, question: QuestionManifest, source: str) -> Notebook:
    """Return the solved notebook with one answer exchanged."""
    cells = tuple(
        replace(cell, source=source) if _answers(cell.source, question) else cell
        for cell in solved.cells
    )
    return replace(solved, cells=cells)


def _answers(source: str, question: QuestionManifest) -> bool:
    return bool(read_cell(source).names & set(question.defines))

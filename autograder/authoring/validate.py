"""Grading the grader: right answers must pass, wrong ones must be caught, an empty notebook earns nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.table import Table

from autograder.authoring.author_lines import in_authors_lines
from autograder.authoring.marking import unmarked
from autograder.authoring.master import Master, read_master, solutions_folder
from autograder.authoring.stock_answers import stock_answers
from autograder.authoring.variants import Kind, Variant, read_variants
from autograder.border.wire import WireError
from autograder.intake.notebook import Notebook, read_notebook
from autograder.intake.reading import read_cell
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection
from autograder.manifest import QuestionManifest
from autograder.pool import run_in_pool
from autograder.results import Outcome, QuestionResult
from autograder.settings import FILE, load_settings


@dataclass(frozen=True)
class Trial:
    """One notebook to grade, and what it is meant to show."""

    name: str
    notebook: Notebook
    question: str | None = None
    """The one question that is graded; `None` for all."""
    variant: Variant | None = None
    stock: bool = False
    """Whether it is an answer that must not earn a point."""


@dataclass(frozen=True)
class Finding:
    """What validation found of one assignment."""

    assignment: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    source_digest: str
    """Of what the zip was built from."""


@dataclass(frozen=True)
class Row:
    """One question of the table."""

    question: str
    points: float
    cases: int
    hidden: int
    reference: bool
    caught: int
    misconceptions: int
    accepted: int
    alternatives: int
    kept: float
    """The share of the points that a wrong answer keeps, on average."""
    empty: int
    """How many of the stock answers earn nothing."""
    stock: int


def validate(
    root: Path, name: str, dist: Path, jobs: int = 1, selection: Selection = Selection()
) -> Finding:
    """Grade the reference, the starter and every variant of one assignment."""
    folder = solutions_folder(root, name)
    master = read_master(folder, load_settings(root / FILE).assignment(name))
    with OpenBundle(dist / f"{name}-autograder.zip") as bundle:
        questions = [question.name for question in bundle.manifest.questions]
        variants = read_variants(folder, questions)
        solved = read_notebook(dist / f"{name}-solved.ipynb")
        starter = read_notebook(root / "assignments" / name / f"{name}.ipynb")
        trials = [
            Trial("reference", solved),
            Trial("starter", starter),
            *(make_trial(variant, solved, bundle) for variant in variants),
            *stock_trials(master, solved, bundle),
        ]
        task = partial(_grade_trial, selection=selection)
        graded = {trial.name: result for trial, result in run_in_pool(bundle, task, trials, jobs)}
        return judge_trials(master, bundle, trials, graded)


def make_trial(variant: Variant, solved: Notebook, bundle: Bundle) -> Trial:
    """Return the solved notebook with one answer exchanged for the variant."""
    question = next(q for q in bundle.manifest.questions if q.name == variant.question)
    name = f"{variant.place}, {variant.name}"
    return Trial(name, _with_answer(solved, question, variant.source), variant.question, variant)


def stock_trials(master: Master, solved: Notebook, bundle: Bundle) -> Iterator[Trial]:
    """Yield the solved notebook with one answer exchanged for each of the stock answers."""
    for question in bundle.manifest.questions:
        answer = next(c.source for c in solved.cells if _answers(c.source, question))
        prose = f"{master.question(question.name).prose}\n\n{question.stub}"
        for stock in stock_answers(question.stub, answer, prose):
            notebook = _with_answer(solved, question, stock.source)
            yield Trial(f"stock answer, {stock.name}", notebook, question.name, stock=True)


def _with_answer(solved: Notebook, question: QuestionManifest, source: str) -> Notebook:
    cells = tuple(
        replace(cell, source=source) if _answers(cell.source, question) else cell
        for cell in solved.cells
    )
    return replace(solved, cells=cells)


def _answers(source: str, question: QuestionManifest) -> bool:
    return bool(read_cell(source).names & set(question.defines))


def _grade_trial(
    grader: Grader, trial: Trial, *, selection: Selection
) -> tuple[QuestionResult, ...] | None:
    """Return the questions that were graded; `None` if the grader lost its own process."""
    only = frozenset([trial.question]) if trial.question else None
    try:
        return grader.grade(trial.notebook, selection, only).questions
    except WireError:
        return None


def judge_trials(
    master: Master,
    bundle: Bundle,
    trials: Sequence[Trial],
    graded: dict[str, tuple[QuestionResult, ...] | None],
) -> Finding:
    """Compare what the trials earned with what they should have earned."""
    problems = []
    for trial in trials:
        results = graded[trial.name]
        if results is None:
            problems.append(f"{trial.name}: the grader died over it.")
            continue
        for result in results:
            problem = _problem(trial, result)
            if problem:
                test_file = Path(bundle.tests[result.name].path)
                problem = in_authors_lines(problem, test_file, master.folder / result.name)
                problems.append(f"{trial.name}: {problem}")
    rows = tuple(_row(question, bundle, trials, graded) for question in bundle.manifest.questions)
    problems += _too_few(rows)
    for question in master.questions:
        broken = {
            case.title
            for trial in trials
            if trial.question == question.name and trial.variant
            for result in graded[trial.name] or ()
            for case in result.cases
            if case.outcome is not Outcome.PASSED
        }
        problems += unmarked(question, broken)
    return Finding(master.name, rows, tuple(problems), bundle.manifest.source_digest)


def _problem(trial: Trial, result: QuestionResult) -> str:
    lost = [case for case in result.cases if case.outcome is not Outcome.PASSED]
    if any(case.outcome is Outcome.GRADER_ERROR for case in lost):
        return f"{result.name}: a test went wrong: {lost[0].staff_message}"
    if trial.name == "starter":
        if result.score or result.outcome is not Outcome.NOT_ATTEMPTED:
            return f"{result.name} is {result.outcome.value} with {result.score:g} points untouched"
        return ""
    if trial.stock:
        return f"{result.name}: earns {result.score:g} points" if result.score else ""
    wrong = trial.variant is not None and trial.variant.kind is Kind.WRONG
    if wrong:
        return "" if lost else f"earns all points of {result.name}"
    if not lost:
        return ""
    return f"{result.name}: {lost[0].title}: {lost[0].staff_message or lost[0].message or result.message}"


def _row(
    question: QuestionManifest,
    bundle: Bundle,
    trials: Sequence[Trial],
    graded: dict[str, tuple[QuestionResult, ...] | None],
) -> Row:
    def full(trial: Trial) -> bool:
        results = graded[trial.name] or ()
        return any(r.name == question.name and r.outcome is Outcome.PASSED for r in results)

    def share(trial: Trial) -> float:
        (result, *_) = graded[trial.name] or (None,)
        return result.score / result.possible if result and result.possible else 0.0

    stock = [trial for trial in trials if trial.stock and trial.question == question.name]
    mine = [trial for trial in trials if trial.variant and trial.question == question.name]
    wrong = [t for t in mine if t.variant and t.variant.kind is Kind.WRONG]
    right = [t for t in mine if t.variant and t.variant.kind is Kind.RIGHT]
    cases = bundle.tests[question.name].test_cases
    return Row(
        question.name,
        question.points,
        cases=len(cases),
        hidden=sum(case.hidden for case in cases),
        reference=full(trials[0]),
        caught=sum(not full(t) for t in wrong),
        misconceptions=len(wrong),
        accepted=sum(full(t) for t in right),
        alternatives=len(right),
        kept=sum(map(share, wrong)) / len(wrong) if wrong else 0.0,
        empty=sum(not share(t) for t in stock),
        stock=len(stock),
    )


def _too_few(rows: Sequence[Row]) -> list[str]:
    """Every question needs wrong answers that it was tried on."""
    return [
        f"{row.question}: has no wrong answers to be tried on"
        for row in rows
        if not row.misconceptions
    ]


def table(finding: Finding) -> Table:
    """Return the table that `autograder validate` prints."""
    made = Table(title=f"{finding.assignment}: is the grader right?", title_justify="left")
    for heading in (
        *("question", "points", "tests", "hidden", "reference", "caught", "keep", "accepted"),
        "stock",
    ):
        made.add_column(heading, justify="left" if heading == "question" else "right")
    made.caption = kept_on_average([finding])
    made.caption_justify = "left"
    for row in finding.rows:
        made.add_row(
            row.question,
            f"{row.points:g}",
            str(row.cases),
            str(row.hidden),
            "full" if row.reference else "[red]lost points[/]",
            _share(row.caught, row.misconceptions),
            f"{row.kept:.0%}",
            _share(row.accepted, row.alternatives),
            _share(row.empty, row.stock),
        )
    return made


def kept_on_average(findings: Sequence[Finding]) -> str:
    """Return the sentence on what wrong answers keep."""
    rows = [row for finding in findings for row in finding.rows]
    wrong = sum(row.misconceptions for row in rows)
    kept = sum(row.kept * row.misconceptions for row in rows) / max(wrong, 1)
    return f"{wrong} wrong answers keep {kept:.1%} of their question's points on average"


def _share(got: int, of: int) -> str:
    return f"{got}/{of}" if got == of else f"[red]{got}/{of}[/]"

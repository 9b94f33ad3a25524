"""Grading the grader: right answers must pass, wrong ones must be caught, an empty notebook earns nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from autograder.authoring.author_lines import in_authors_lines
from autograder.authoring.chance import too_likely, unstated
from autograder.authoring.marking import unmarked
from autograder.authoring.master import Master, Question, read_master
from autograder.authoring.matrix import SLOW_SECONDS, Matrix, matrix
from autograder.authoring.naming import Tried, is_named, misnamed, nameless, too_few_named
from autograder.authoring.never_tried import never_tried
from autograder.authoring.trials import REFERENCE, STARTER, Trial, grade_trial, trials
from autograder.authoring.unseen import misjudged
from autograder.authoring.variants import Kind, Variant, read_variants, sampled
from autograder.course.settings import FILE, load_settings
from autograder.course.sources import solutions_folder
from autograder.grading.pool import run_in_pool
from autograder.intake.notebook import Notebook, read_notebook
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.question import Selection, in_words
from autograder.outcome.results import CellError, Graded, Outcome, QuestionResult

ENOUGH = {False: {Kind.WRONG: 4, Kind.RIGHT: 2}, True: {Kind.WRONG: 2, Kind.RIGHT: 0}}
"""How many answers of a kind a question needs, by whether it is a quiz."""
NOTHING = Graded((), (), ())


@dataclass(frozen=True)
class Finding:
    """What validation found of one assignment."""

    assignment: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    """What makes the assignment unsound."""
    warnings: tuple[str, ...]
    """What it could do better."""
    matrices: tuple[Matrix, ...]
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
    named: int
    """How many of the wrong answers read their own hint, and no other."""
    misconceptions: int
    accepted: int
    alternatives: int
    kept: float
    """The share of the points that a wrong answer keeps, on average."""
    empty: int
    """How many of the stock answers earn nothing."""
    stock: int


def validate(
    root: Path,
    name: str,
    dist: Path,
    jobs: int = 1,
    selection: Selection = Selection(),
    only: Collection[str] = (),
    quick: bool = False,
    few: int = 0,
) -> Finding:
    """Grade the reference, the starter and every variant of one assignment, or of the questions `only`.

    Args:
        quick: whether to leave out stock and hostile answers, which must not earn a point.
        few: how many wrong and how many right answers of a question to try at most; 0 for all. What only all
            of them show is not asked then.

    Raises:
        KitError: a question is unknown, something is not built, or an author's file is not as it must be.
    """
    folder = solutions_folder(root, name)
    master = read_master(folder, load_settings(root / FILE).assignment(name))
    with OpenBundle(dist / f"{name}-autograder.zip") as bundle:
        bundle.manifest.require_questions(only)
        chosen = frozenset(only or (question.name for question in bundle.manifest.questions))
        solved = read_notebook(dist / f"{name}-solved.ipynb")
        starter = read_notebook(root / "assignments" / name / f"{name}.ipynb")
        in_order = [q.name for q in bundle.manifest.questions if q.name in chosen]
        variants = read_variants(folder, in_order)
        if few:
            variants = sampled(variants, few)
            _know_only(bundle, variants)
        all_trials = list(trials(master, bundle, solved, starter, variants, chosen, quick))
        task = partial(grade_trial, selection=selection)
        graded = {
            trial.name: result for trial, result in run_in_pool(bundle, task, all_trials, jobs)
        }
        whole = not few
        finding = _Validation(master, bundle, all_trials, graded, chosen, whole).finding(solved)
    # What was never tried, or is right, passes the public checks too, and is told already.
    told = {problem.partition(": ")[0] for problem in finding.problems}
    unseen = [
        text
        for text in misjudged(master, root, dist, variants)
        if text.partition(": ")[0] not in told
    ]
    return replace(finding, problems=(*finding.problems, *unseen))


def _know_only(bundle: Bundle, variants: Collection[Variant]) -> None:
    """Have the judge compare students' answers with these wrong answers alone."""
    names = {(variant.question, variant.name) for variant in variants}
    book = bundle.mistakes
    known = {
        q: [each for each in wrong if (q, each.name) in names] for q, wrong in book.wrong.items()
    }
    vars(bundle)["mistakes"] = book.model_copy(update={"wrong": known})


@dataclass(frozen=True)
class _Validation:
    """Compares what the trials earned with what they should have earned."""

    master: Master
    bundle: Bundle
    trials: Sequence[Trial]
    graded: Mapping[str, Graded | None]
    chosen: frozenset[str]
    whole: bool
    """Whether every wrong and right answer was tried."""

    def finding(self, solved: Notebook) -> Finding:
        questions = [q for q in self.master.questions if q.name in self.chosen]
        matrices = [matrix(question, self.trials, self.graded) for question in questions]
        rows = [self._row(question) for question in questions]
        problems = [
            *self._stopped_cells(solved),
            *self._tests_gone_wrong(),
            *self._problems(),
            *(
                f"{r.question}: has no wrong answers to be tried on"
                for r in rows
                if not r.misconceptions
            ),
        ]
        if self.whole:
            problems += too_few_named(self.master.name, self._wrong())
        tests = [test for question in questions for test in question.tests]
        problems += too_likely(self.master.name, tests)
        warnings = [*nameless(self._wrong()), *unstated(tests)]
        for question, seen in zip(questions, matrices, strict=True):
            failed = {in_words(test.name) for test in seen.tests if test.failed_by}
            problems += unmarked(question, failed if self.whole else None)
            warnings += self._could_be_better(question, seen)
        digest = self.bundle.manifest.source_digest
        return Finding(
            self.master.name, tuple(rows), tuple(problems), tuple(warnings), tuple(matrices), digest
        )

    def _results(self) -> Iterator[tuple[Trial, QuestionResult]]:
        for trial in self.trials:
            for result in (self.graded[trial.name] or NOTHING).questions:
                yield trial, result

    def _wrong(self, question: str = "") -> list[Tried]:
        """Return the wrong answers with what they earned, those of one question or all."""
        return [
            (trial.variant, result)
            for trial, result in self._results()
            if trial.variant and trial.of(question or result.name, Kind.WRONG)
        ]

    def _stopped_cells(self, solved: Notebook) -> Iterator[str]:
        """Yield the cells of the notebook with the answers that do not run."""
        sources = {cell.number: cell.source for cell in solved.cells}
        for error in (self.graded[REFERENCE] or NOTHING).cell_errors:
            yield f"{self._place(sources.get(error.cell, ''), error)}: this cell stops: {error.message}"

    def _place(self, source: str, error: CellError) -> str:
        for cell in self.master.cells:
            if cell.source.strip() == source.strip():
                return str(cell.place.below((error.line or 1) - 1))
        return f"cell {error.cell} of {self.master.name}-solved.ipynb"

    def _tests_gone_wrong(self) -> Iterator[str]:
        """Yield each test that itself went wrong, once."""
        told: set[tuple[str, str]] = set()
        for trial, result in self._results():
            for case in result.cases:
                if case.outcome is Outcome.GRADER_ERROR and (result.name, case.name) not in told:
                    told.add((result.name, case.name))
                    text = f"{result.name}: the test of {case.title!r} went wrong: {case.staff_message}"
                    yield f"{self._in_authors_lines(text, result)}; first over {trial.name}"

    def _problems(self) -> Iterator[str]:
        for trial in self.trials:
            if self.graded[trial.name] is None:
                yield f"{trial.name}: the grader died over it."
        defines = {q.name: q.defines for q in self.bundle.manifest.questions}
        for trial, result in self._results():
            if any(case.outcome is Outcome.GRADER_ERROR for case in result.cases):
                continue
            problem = _problem(trial, result)
            if not problem and trial.of(result.name, Kind.WRONG) and trial.variant:
                slip = never_tried(trial.variant, defines[result.name], result)
                problem = slip or misnamed(trial.variant, result)
            if problem:
                yield f"{trial.name}: {self._in_authors_lines(problem, result)}"

    def _in_authors_lines(self, text: str, result: QuestionResult) -> str:
        test_file = Path(self.bundle.tests[result.name].path)
        return in_authors_lines(text, test_file, self.master.folder / result.name)

    def _could_be_better(self, question: Question, seen: Matrix) -> Iterator[str]:
        for kind, enough in ENOUGH[question.is_quiz].items() if self.whole else ():
            have = sum(trial.of(question.name, kind) for trial in self.trials)
            if have < enough:
                yield f"{question.name}: {kind.value}.py has {have} answers; {enough} are asked for"
        if not any(test.hidden for test in question.tests):
            yield f"{question.name}: has no hidden test"
        for test, case in zip(question.tests, seen.tests, strict=True):
            if case.slow:
                place = test.cell.at(test.function)
                text = f"{test.name} takes {case.seconds:.1f} s; a student waits for it"
                yield f"{place}: {text}, so keep it below {SLOW_SECONDS:g} s"

    def _row(self, question: Question) -> Row:
        def full(trial: Trial) -> bool:
            return any(
                r.name == question.name and r.outcome is Outcome.PASSED
                for r in (self.graded[trial.name] or NOTHING).questions
            )

        def share(trial: Trial) -> float:
            (result, *_) = (self.graded[trial.name] or NOTHING).questions or (None,)
            return result.score / result.possible if result and result.possible else 0.0

        stock = [t for t in self.trials if t.stock and question.name in t.questions]
        wrong = [t for t in self.trials if t.of(question.name, Kind.WRONG)]
        right = [t for t in self.trials if t.of(question.name, Kind.RIGHT)]
        cases = self.bundle.tests[question.name].test_cases
        (points,) = (q.points for q in self.bundle.manifest.questions if q.name == question.name)
        return Row(
            question.name,
            points,
            cases=len(cases),
            hidden=sum(case.hidden for case in cases),
            reference=full(self.trials[0]),
            caught=sum(not full(t) for t in wrong),
            named=sum(is_named(*tried) for tried in self._wrong(question.name)),
            misconceptions=len(wrong),
            accepted=sum(full(t) for t in right),
            alternatives=len(right),
            kept=sum(map(share, wrong)) / len(wrong) if wrong else 0.0,
            empty=sum(not share(t) for t in stock),
            stock=len(stock),
        )


def _problem(trial: Trial, result: QuestionResult) -> str:
    lost = [case for case in result.cases if case.outcome is not Outcome.PASSED]
    if trial.name == STARTER:
        if result.score or result.outcome is not Outcome.NOT_ATTEMPTED:
            return f"{result.name} is {result.outcome.value} with {result.score:g} points untouched"
        return ""
    if trial.stock:
        return f"{result.name}: earns {result.score:g} points" if result.score else ""
    if trial.of(result.name, Kind.WRONG):
        return "" if lost else f"earns all points of {result.name}"
    if not lost:
        return ""
    text = lost[0].staff_message or lost[0].message or result.message
    if text.startswith("InputChanged"):
        text += f"; if that is the task, write `in_place: true` into {FILE}"
    return f"{result.name}: {lost[0].title}: {text}"

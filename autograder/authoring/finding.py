"""What the answers that a grader was tried on show of it: the rows of its table, and its problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.author_lines import in_authors_lines
from autograder.authoring.chance import too_likely, unstated
from autograder.authoring.marking import unmarked
from autograder.authoring.master import Master, Question
from autograder.authoring.matrix import SLOW_SECONDS, Matrix, matrix
from autograder.authoring.naming import Tried, is_named, misnamed, nameless, too_few_named
from autograder.authoring.never_tried import never_tried
from autograder.authoring.trials import REFERENCE, STARTER, Trial
from autograder.authoring.variants import Kind
from autograder.course.settings import FILE
from autograder.intake.notebook import Notebook
from autograder.judge.bundle import Bundle
from autograder.judge.question import in_words
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
    tried: frozenset[str] = frozenset()
    """The questions that were tried from this random state; of the others it is known that they draw nothing."""


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


@dataclass(frozen=True)
class Validation:
    """Compares what the trials earned with what they should have earned."""

    master: Master
    bundle: Bundle
    trials: Sequence[Trial]
    graded: Mapping[str, Graded | None]
    chosen: frozenset[str]
    whole: bool
    """Whether every wrong and right answer was tried."""
    tried: frozenset[str]
    """The questions that were tried from this random state."""

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
        return Finding(
            self.master.name,
            tuple(rows),
            tuple(problems),
            tuple(warnings),
            tuple(matrices),
            source_digest=self.bundle.manifest.source_digest,
            tried=self.tried,
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

"""Grading one notebook: cells in a worker, each question against a snapshot of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from autograder.intake.notebook import Cell, Notebook
from autograder.judge.answered import Stand
from autograder.judge.apart import Apart
from autograder.judge.bundle import Bundle
from autograder.judge.cells_told import Spent, bounded, errors_of, why_stopped
from autograder.judge.exceptions import StudentError
from autograder.judge.instruments import JudgeTools
from autograder.judge.plan import Plan, make_plan
from autograder.judge.question import Selection, defines_any, judge_question, without_tests
from autograder.judge.recognition import Recogniser, with_hints
from autograder.judge.second_run import Hearsay, plan_again, quoted, quoted_errors, withheld
from autograder.judge.session import Session
from autograder.judge.set_up import SetUp, told
from autograder.judge.stand_ins import lend
from autograder.judge.trace import Tried
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import ENDED, CellEnd, Lost, Ran, WasDead, Worker
from autograder.results import CellError, Graded, Outcome, QuestionResult, Tell

MAX_RETRIES = 3
"""How often a cell is begun again in a fresh worker where the last one was gone before it began."""
OUT_OF_TIME = "The time for the whole notebook was used up"


class Grader:
    """Grades notebooks of one assignment, one at a time, through one warm parent."""

    def __init__(
        self,
        bundle: Bundle,
        warm_parent: WarmParent,
        spare: Callable[[], WarmParent] | None = None,
    ) -> None:
        """Prepare to grade.

        Args:
            bundle: with tests, manifest and data.
            warm_parent: what submissions are forked from.
            spare: makes another one, in which mistakes are recognised; without it none is.
        """
        self.bundle = bundle
        self.warm_parent = warm_parent
        self.recogniser = Recogniser(bundle, spare) if spare is not None else None

    def close(self) -> None:
        """End what recognises mistakes; the warm parent is the caller's."""
        if self.recogniser is not None:
            self.recogniser.close()

    def grade(
        self,
        notebook: Notebook,
        selection: Selection = Selection(),
        only: frozenset[str] | None = None,
        tell: Tell = lambda graded: None,
        known: Iterable[QuestionResult] = (),
    ) -> Graded:
        """Run the notebook and judge its questions, or only those named; `known` are others' results."""
        run = Run(self, make_plan(notebook, self.bundle.manifest, only), selection)
        run.results |= {question.name: question for question in known}
        run.tell = tell
        run.carry_out()
        if run.hearsay:
            run.quote_again()
        if self.recogniser is not None:
            run.name_mistakes(self.recogniser)
        return run.graded()


class Run:
    """One notebook on its way through the worker.

    If the worker is lost to a cell (it hung, or ended the process), another is forked, the cells before
    are run again, and that cell is left out: it costs its own question and no other.
    """

    def __init__(self, grader: Grader, plan: Plan, selection: Selection) -> None:
        self.tell: Tell = lambda graded: None
        self.grader, self.bundle, self.warm_parent = grader, grader.bundle, grader.warm_parent
        self.limits = grader.bundle.manifest.limits
        self.plan, self.selection = plan, selection
        self.hearsay = Hearsay()
        self.deadline = time.monotonic() + self.limits.submission_seconds
        self.results: dict[str, QuestionResult] = {}
        self.errors: list[CellError] = []
        self.records: dict[str, float] = {}
        self.tried: dict[str, Mapping[int, Tried]] = {}
        """How the answers fared that did not pass, by question and number of the test case."""
        self.lost: dict[int, Lost] = {}
        """Cells that took the worker with them."""
        self.stopped: dict[int, StudentError | None] = {}
        """What the cells raised."""
        self.set_up = SetUp(grader.bundle.manifest.set_up)
        self.supplied: set[str] = set()
        """Names that cells lacked, taken from the notebook as it was handed out."""
        self.spent = Spent()
        self.worker: Worker | None = None
        self.position = 0
        """How many cells of the plan the worker has behind it."""
        for name, reason in plan.missing.items():
            self._decide(name, Outcome.NOT_ATTEMPTED, reason)

    def carry_out(self) -> None:
        try:
            self.all_cells()
        finally:
            self.leave()

    def quote_again(self) -> None:
        """Put the words of a run without hidden tests in place of what was said after one."""
        names = self.hearsay.questions
        again = Run(
            self.grader, plan_again(self.plan, names), replace(self.selection, public_only=True)
        )
        again.deadline = self.deadline
        # Earlier answers that are wrong are replaced as before.
        again.results.update(self.results)
        again.carry_out()
        for name in names:
            judged = again.results[name] is not self.results[name]
            self.results[name] = quoted(self.results[name], again.results[name] if judged else None)
        if self.hearsay.cells:
            self.errors = quoted_errors(self.errors, again.errors)

    def name_mistakes(self, recogniser: Recogniser) -> None:
        """Say of lost test cases which of the course's wrong answers behaves the same."""
        for name, tried in self.tried.items():
            (question,) = (q for q in self.bundle.manifest.questions if q.name == name)
            explained = recogniser.explain(question, tried, self.selection.seed)
            self.results[name] = with_hints(self.results[name], explained, self.bundle.tests[name])

    def all_cells(self) -> None:
        for index, cell in enumerate(self.plan.cells):
            self._reach(index, cell)
            for stand in self.plan.judged_after.get(cell.number, []):
                self._judge(stand)
                self.tell(withheld(self.graded(), self.hearsay))

    def graded(self) -> Graded:
        order = [question.name for question in self.bundle.manifest.questions]
        done = tuple(self.results[name] for name in order if name in self.results)
        return Graded(done, bounded(self.errors), tuple(sorted(self.records.items())))

    def leave(self) -> None:
        """End the worker: whatever comes next runs in another one."""
        if self.worker is not None:
            self.worker.close()
            self.worker = None

    @property
    def behind(self) -> int:
        """How many cells of the plan the present worker has behind it."""
        return self.position if self.worker is not None and self.worker.alive else 0

    # Cells

    def _reach(self, index: int, cell: Cell) -> None:
        """Have a worker that has run the cells up to `index`, and take down what that cell raised."""
        end: CellEnd = WasDead()
        for _ in range(MAX_RETRIES):
            self._catch_up(index)
            end = self._run(cell)
            if not isinstance(end, WasDead):
                break
        self.position = index + 1
        self._note(cell, end)

    def _catch_up(self, index: int) -> None:
        """Run again what a fresh worker has not run yet, without the cells that took a worker along."""
        while not all(self._runs_again(cell) for cell in self.plan.cells[self.behind : index]):
            pass

    def _runs_again(self, cell: Cell) -> bool:
        """Run a cell again, or leave it out; return whether the worker is still there."""
        if cell.number in self.lost:
            return True
        end = self._run(cell)
        if isinstance(end, WasDead):
            self.lost[cell.number] = ENDED
        return isinstance(end, Ran)

    def _run(self, cell: Cell) -> CellEnd:
        """Run one cell; where it lacks what the notebook sets up, again with that."""
        asked: set[str] = set()
        while True:
            end = self._run_once(cell)
            lacking = self.set_up.lacking(end) - asked if isinstance(end, Ran) else set()
            if not lacking:
                return end
            asked |= lacking
            self.supplied |= lacking
            self._run_once(self.set_up.cell_for(lacking))

    def _run_once(self, cell: Cell) -> CellEnd:
        """Run one cell in the worker, a fresh one if need be."""
        if cell.number in self.lost:
            return self.lost[cell.number]
        if time.monotonic() >= self.deadline:
            end: CellEnd = Lost(Outcome.TIMEOUT, f"{OUT_OF_TIME}{self.spent}.")
        else:
            if self.worker is None or not self.worker.alive:
                manifest = self.bundle.manifest
                self.worker = Worker(
                    self.warm_parent, self.limits, self.bundle.files, manifest.hidden_files
                )
            keep = self.plan.kept.get(cell.number, [])
            names = sorted(self.plan.names)
            with self.spent.on(cell.number):
                end = self.worker.run(cell.number, cell.source, self.deadline, names, keep)
        if isinstance(end, Lost):
            self.lost[cell.number] = end
        return end

    def _note(self, cell: Cell, end: CellEnd) -> None:
        if cell.number in self.lost:
            self.errors.append(CellError(cell.number, None, self.lost[cell.number].words))
        elif isinstance(end, Ran):
            self.stopped[cell.number] = end.error or next(reversed(end.skipped), None)
            if errors := errors_of(cell, end):
                self.hearsay.note_cell()
                self.errors += errors

    # Questions

    def _judge(self, stand: Stand) -> None:
        question, cell = stand.question, stand.answered_in
        if cell in self.lost:
            lost = self.lost[cell]
            words = f"{lost.words} It holds your answer (cell {cell})."
            self._decide(question.name, lost.outcome, words)
            return
        if time.monotonic() >= self.deadline:
            words = f"{OUT_OF_TIME} before this question{self.spent}."
            self._decide(question.name, Outcome.TIMEOUT, words)
            return
        session = self._snapshot(stand)
        if session is None:
            # What was left running may be to blame: its processes, or that it brought the worker down.
            if self.worker is not None:
                self.worker.clear()
            self._catch_up(self.position)
            session = self._snapshot(stand)
        if session is None or self.worker is None:
            words = "The notebook's process was lost before this question."
            self._decide(question.name, Outcome.CRASHED, words)
            return
        before = self.worker.contents()
        try:
            result = self._judge_in(session, stand)
            self.results[question.name] = result
            self.hearsay.note_question(result, self.bundle.tests[question.name])
        finally:
            self.worker.dismiss(session)
        if before is None or self.worker.contents() != before:
            # No other question may find what this one's tests left: another worker, in another folder.
            self.leave()

    def _snapshot(self, stand: Stand) -> Session | None:
        if self.worker is None or not self.worker.alive:
            return None
        called = sorted(self.plan.names & stand.calls)
        return self.worker.snapshot(stand.question, self.deadline, called)

    def _judge_in(self, session: Session, stand: Stand) -> QuestionResult:
        """Judge one question, with what is supplied and lent to it."""
        tests = self.bundle.tests[stand.question.name]
        supplied = self.set_up.supply(session, stand.uses)
        notes = [
            told(self.supplied.intersection(stand.uses).union(supplied)),
            lend(session, stand, self.bundle.manifest, self.results),
        ]
        stopped = self.stopped.get(stand.answered_in)
        if stopped is not None and not defines_any(session, stand.question.defines):
            why = why_stopped(stopped)
            return without_tests(tests, Outcome.ERROR, why, self.selection.public_only)
        apart = Apart(self.warm_parent, self.limits, self.deadline)
        tools = JudgeTools(session, self.plan.sources, self.bundle.files, apart)
        judged = judge_question(tests, session, tools, self.selection)
        result = judged.result
        if result.outcome is not Outcome.PASSED:
            self.tried[stand.question.name] = judged.tried
        self.records.update(tools.records)
        if result.outcome is Outcome.NOT_ATTEMPTED:
            notes.append(self.plan.remarks.get(stand.question.name, ""))
        return replace(result, message=" ".join(filter(None, notes)))

    def _decide(self, name: str, outcome: Outcome, message: str) -> None:
        """Decide a question without running its tests."""
        tests = self.bundle.tests[name]
        self.results[name] = without_tests(tests, outcome, message, self.selection.public_only)

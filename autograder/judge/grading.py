"""Grading one notebook: cells in a worker, each question against a snapshot of its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from autograder.border.requests import Lookup
from autograder.intake.notebook import Cell, Notebook
from autograder.judge.bundle import Bundle
from autograder.judge.exceptions import StudentError
from autograder.judge.instruments import JudgeTools
from autograder.judge.plan import Plan, make_plan
from autograder.judge.question import Selection, judge_question, without_tests
from autograder.judge.recognition import Recogniser, with_hints
from autograder.judge.second_run import Hearsay, plan_again, quoted, quoted_errors, withheld
from autograder.judge.session import Session
from autograder.judge.stand_ins import lend
from autograder.judge.trace import Tried
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import ENDED, CellEnd, Lost, Ran, WasDead, Worker
from autograder.manifest import QuestionManifest
from autograder.results import CellError, Graded, Outcome, QuestionResult, Tell

MAX_RETRIES = 3
"""How often a cell is begun again in a fresh worker where the last one was gone before it began."""
OUT_OF_TIME = Lost(Outcome.TIMEOUT, "The time for the whole notebook was used up.")


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
    ) -> Graded:
        """Run the notebook and judge its questions, or only those named; `tell` after each of them."""
        run = Run(self, make_plan(notebook, self.bundle.manifest, only), selection)
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
            error = self._reach(index, cell)
            for question in self.plan.judged_after.get(cell.number, []):
                self._judge(question, cell, error)
                self.tell(withheld(self.graded(), self.hearsay))

    def graded(self) -> Graded:
        order = [question.name for question in self.bundle.manifest.questions]
        done = tuple(self.results[name] for name in order if name in self.results)
        return Graded(done, tuple(self.errors), tuple(sorted(self.records.items())))

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

    def _reach(self, index: int, cell: Cell) -> StudentError | None:
        """Have a worker that has run the cells up to `index`; return what that cell raised."""
        end: CellEnd = WasDead()
        for _ in range(MAX_RETRIES):
            self._catch_up(index)
            end = self._run(cell)
            if not isinstance(end, WasDead):
                break
        self.position = index + 1
        error = end.error if isinstance(end, Ran) else None
        self._note(cell, error)
        return error

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
        """Run one cell in the worker, a fresh one if need be."""
        if cell.number in self.lost:
            return self.lost[cell.number]
        if time.monotonic() >= self.deadline:
            end: CellEnd = OUT_OF_TIME
        else:
            if self.worker is None or not self.worker.alive:
                manifest = self.bundle.manifest
                self.worker = Worker(
                    self.warm_parent, self.limits, self.bundle.files, manifest.hidden_files
                )
            end = self.worker.run(cell.number, cell.source, self.deadline)
        if isinstance(end, Lost):
            self.lost[cell.number] = end
        return end

    def _note(self, cell: Cell, error: StudentError | None) -> None:
        if cell.number in self.lost:
            self.errors.append(CellError(cell.number, None, self.lost[cell.number].words))
        elif error is not None and error.type_name != "NotImplementedError":
            self.hearsay.note_cell()
            line = error.place[1] if error.place and error.place[0] == cell.number else None
            text = f"{error.type_name}: {error.text}" if error.text else error.type_name
            self.errors.append(CellError(cell.number, line, text))

    # Questions

    def _judge(self, question: QuestionManifest, cell: Cell, error: StudentError | None) -> None:
        if cell.number in self.lost:
            lost = self.lost[cell.number]
            words = f"{lost.words} It holds your answer (cell {cell.number})."
            self._decide(question.name, lost.outcome, words)
            return
        if time.monotonic() >= self.deadline:
            words = "The time for the whole notebook was used up before this question."
            self._decide(question.name, Outcome.TIMEOUT, words)
            return
        session = self._snapshot(question)
        if session is None:
            # What was left running may be to blame: its processes, or that it brought the worker down.
            if self.worker is not None:
                self.worker.clear()
            self._catch_up(self.position)
            session = self._snapshot(question)
        if session is None or self.worker is None:
            words = "The notebook's process was lost before this question."
            self._decide(question.name, Outcome.CRASHED, words)
            return
        before = self.worker.contents()
        try:
            result = self._judge_in(session, question, error)
            self.results[question.name] = result
            self.hearsay.note_question(result, self.bundle.tests[question.name])
        finally:
            self.worker.dismiss(session)
        if before is None or self.worker.contents() != before:
            # No other question may find what this one's tests left: another worker, in another folder.
            self.leave()

    def _snapshot(self, question: QuestionManifest) -> Session | None:
        if self.worker is None or not self.worker.alive:
            return None
        return self.worker.snapshot(question, self.deadline)

    def _judge_in(
        self, session: Session, question: QuestionManifest, error: StudentError | None
    ) -> QuestionResult:
        tests = self.bundle.tests[question.name]
        note = lend(session, question, self.bundle.manifest, self.results, self.plan.sources)
        if error is not None and not self._defines_any(session, question):
            place = f" (cell {error.place[0]}, line {error.place[1]})" if error.place else ""
            message = f"The cell with your answer stopped: {error.type_name}: {error.text}{place}"
            return without_tests(tests, Outcome.ERROR, message, self.selection.public_only)
        tools = JudgeTools(session, self.plan.sources, self.bundle.files)
        judged = judge_question(tests, session, tools, self.selection)
        result = judged.result
        if result.outcome is not Outcome.PASSED:
            self.tried[question.name] = judged.tried
        self.records.update(tools.records)
        if note:
            return QuestionResult(result.name, result.cases, result.outcome, note, result.seconds)
        return result

    def _defines_any(self, session: Session, question: QuestionManifest) -> bool:
        for name in question.defines:
            with contextlib.suppress(Exception):
                session.ask(Lookup(name))
                return True
        return False

    def _decide(self, name: str, outcome: Outcome, message: str) -> None:
        """Decide a question without running its tests."""
        tests = self.bundle.tests[name]
        self.results[name] = without_tests(tests, outcome, message, self.selection.public_only)

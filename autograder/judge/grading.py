"""Grading one notebook: cells in a worker, each question against a snapshot of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from autograder.intake.notebook import Notebook
from autograder.judge.answered import Stand
from autograder.judge.apart import Apart
from autograder.judge.bundle import Bundle
from autograder.judge.cells_run import OUT_OF_TIME, CellsRun
from autograder.judge.cells_told import bounded, why_stopped
from autograder.judge.instruments import JudgeTools
from autograder.judge.plan import Plan, make_plan
from autograder.judge.question import Selection, asked, defines_any, judge_question, without_tests
from autograder.judge.recognition import Recogniser, with_hints
from autograder.judge.second_run import plan_again, quoted, quoted_errors, withheld
from autograder.judge.session import Session
from autograder.judge.set_up import told
from autograder.judge.stand_ins import lend
from autograder.judge.trace import Tried
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import Graded, Outcome, QuestionResult, Tell


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
        return self.run(notebook, selection, only, tell, known).graded()

    def run(
        self,
        notebook: Notebook,
        selection: Selection = Selection(),
        only: frozenset[str] | None = None,
        tell: Tell = lambda graded: None,
        known: Iterable[QuestionResult] = (),
    ) -> Run:
        """Do what `grade` does; return all that is known of it afterwards."""
        started = time.monotonic()
        run = Run(self, make_plan(notebook, self.bundle.manifest, only), selection)
        run.deadline = started + self.bundle.manifest.limits.submission_seconds
        run.results |= {question.name: question for question in known}
        run.tell = tell
        run.carry_out()
        if run.hearsay:
            run.quote_again()
        if self.recogniser is not None:
            run.name_mistakes(self.recogniser)
        return run


class Run(CellsRun):
    """One notebook on its way through the worker: each question is judged after its cells."""

    def __init__(self, grader: Grader, plan: Plan, selection: Selection) -> None:
        super().__init__(grader.bundle, grader.warm_parent, plan)
        self.tell: Tell = lambda graded: None
        self.grader, self.selection = grader, selection
        self.results: dict[str, QuestionResult] = {}
        self.records: dict[str, float] = {}
        self.tried: dict[str, Mapping[int, Tried]] = {}
        """How the answers fared, by question and number of the test case; without draws noted, those that did not pass."""
        self.drawn: set[str] = set()
        """Questions in whose test cases random numbers were drawn, where the selection has it noted."""
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
        again.storms.counting = self.storms.counting
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
            self.reach(index, cell)
            for stand in self.plan.judged_after.get(cell.number, []):
                self.take_up(stand)

    def take_up(self, stand: Stand) -> None:
        """Judge one question, whose cells have just been run."""
        self._judge(stand)
        self.tell(withheld(self.graded(), self.hearsay))

    def graded(self) -> Graded:
        order = [question.name for question in self.bundle.manifest.questions]
        done = tuple(self.results[name] for name in order if name in self.results)
        return Graded(done, bounded(self.errors), tuple(sorted(self.records.items())))

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
            self.catch_up(self.position)
            session = self._snapshot(stand)
        if session is None and self.storms.suspected():
            self._judge_without_storms(stand)
            return
        if session is None or self.worker is None:
            words = "The notebook's process was lost before this question."
            self._decide(question.name, Outcome.CRASHED, words)
            return
        before = self.worker.contents()
        try:
            result = self._judge_in(session, stand)
        finally:
            self.worker.dismiss(session)
        if self.worker.crowded and self.storms.suspected():
            self._judge_without_storms(stand)
            return
        self.results[question.name] = result
        self.hearsay.note_question(result, self.bundle.tests[question.name])
        if before is None or self.worker.contents() != before:
            # No other question may find what this one's tests left: another worker, in another folder.
            self.leave()

    def _judge_without_storms(self, stand: Stand) -> None:
        """Judge a question for which nothing could be started, after cells that leave too much running are left out."""
        self.leave()
        self.catch_up(self.position)
        self._judge(stand)

    def _snapshot(self, stand: Stand) -> Session | None:
        if self.worker is None or not self.worker.alive:
            return None
        called = sorted(self.plan.names & stand.calls)
        return self.worker.snapshot(stand.question, self.deadline, called)

    def _judge_in(self, session: Session, stand: Stand) -> QuestionResult:
        """Judge one question, with what is supplied and lent to it."""
        tests = self.bundle.tests[stand.question.name]
        supplied = self.set_up.supply(session, stand.uses | asked(tests))
        notes = [
            told(self.supplied.intersection(stand.uses).union(supplied)),
            lend(session, stand, self.bundle.manifest, self.results, left_out=bool(self.lost)),
        ]
        stopped = self.stopped.get(stand.answered_in)
        if stopped is not None and not defines_any(session, stand.question.defines):
            why = why_stopped(stopped)
            return without_tests(tests, Outcome.ERROR, why, self.selection.public_only)
        apart = Apart(self.warm_parent, self.limits, self.deadline)
        tools = JudgeTools(session, self.plan.sources, self.bundle.files, apart)
        judged = judge_question(tests, session, tools, self.selection)
        result = judged.result
        if result.outcome is not Outcome.PASSED or self.selection.note_draws:
            self.tried[stand.question.name] = judged.tried
        if any(each.draws and each.draws.any for each in judged.tried.values()):
            self.drawn.add(stand.question.name)
        self.records.update(tools.records)
        if result.outcome is Outcome.NOT_ATTEMPTED:
            notes.append(self.plan.remarks.get(stand.question.name, ""))
        return replace(result, message=" ".join(filter(None, notes)))

    def _decide(self, name: str, outcome: Outcome, message: str) -> None:
        """Decide a question without running its tests."""
        tests = self.bundle.tests[name]
        self.results[name] = without_tests(tests, outcome, message, self.selection.public_only)

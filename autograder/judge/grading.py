"""Grading one notebook: cells in a worker, each question against a snapshot of its own."""

from __future__ import annotations

import contextlib
import socket
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.border.requests import Lookup
from autograder.border.wire import Body, Channel, Closed, Malformed, TimedOut, WireError
from autograder.intake.notebook import Cell, Notebook
from autograder.judge.bundle import Bundle
from autograder.judge.exceptions import student_error
from autograder.judge.folder import Contents, contents
from autograder.judge.instruments import JudgeTools
from autograder.judge.plan import Plan, make_plan
from autograder.judge.question import Selection, judge_question, settled
from autograder.judge.second_run import Hearsay, plan_again, quoted, quoted_errors, withheld
from autograder.judge.session import Session
from autograder.judge.stand_ins import lend
from autograder.judge.warm_parents import WarmParent, submission_folder
from autograder.manifest import QuestionManifest
from autograder.results import CellError, Graded, Outcome, QuestionResult, Tell

SNAPSHOT_SECONDS = 10.0
MAX_RETRIES = 3


class Grader:
    """Grades notebooks of one assignment, one at a time, through one warm parent."""

    def __init__(self, bundle: Bundle, warm_parent: WarmParent) -> None:
        self.bundle = bundle
        self.warm_parent = warm_parent

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
        self.folders = contextlib.ExitStack()
        self.folder: Path | None = None
        """Where the worker lives."""
        self.deadline = time.monotonic() + self.limits.submission_seconds
        self.results: dict[str, QuestionResult] = {}
        self.errors: list[CellError] = []
        self.records: dict[str, float] = {}
        self.lost: dict[int, tuple[Outcome, str]] = {}
        """Cells that took the worker with them."""
        self.channel: Channel | None = None
        self._was_dead = False
        """Whether the worker was gone before the last cell could be sent."""
        self.position = 0
        """How many cells of the plan the worker has behind it."""
        for name, reason in plan.missing.items():
            self._settle(name, Outcome.NOT_ATTEMPTED, reason)

    def carry_out(self) -> None:
        try:
            self.all_cells()
        finally:
            self.finish()

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

    def finish(self) -> None:
        if self.channel is not None:
            self.channel.close()
            self.channel = None
        with contextlib.suppress(WireError):
            self.warm_parent.finish()
        self.folders.close()
        self.folder = None

    # Cells

    def _reach(self, index: int, cell: Cell) -> dict[str, Any] | None:
        """Have a worker that has run the cells up to `index`; return what that cell raised."""
        error = None
        for _ in range(MAX_RETRIES):
            self._catch_up(index)
            error = self._run(cell)
            if not self._was_dead:
                break
            # The worker was lost before this cell began (a question's process may have killed it):
            # not this cell's doing.
            del self.lost[cell.number]
        self.position = index + 1
        self._note(cell, error)
        return error

    def _catch_up(self, index: int) -> None:
        """Run again what a fresh worker has not run yet, without the cells that took a worker along."""
        while True:
            lost = len(self.lost)
            for cell in self.plan.cells[self.position if self.channel else 0 : index]:
                self._run(cell)
                if len(self.lost) > lost:
                    break
            else:
                return

    def _run(self, cell: Cell) -> dict[str, Any] | None:
        """Run one cell in the worker, a fresh one if need be; return what it raised."""
        self._was_dead = False
        if cell.number in self.lost:
            return None
        now = time.monotonic()
        if now >= self.deadline:
            self.lost[cell.number] = (
                Outcome.TIMEOUT,
                "The time for the whole notebook was used up.",
            )
            return None
        try:
            if self.channel is None:
                # A fresh one for every worker: the last one's may be full of what brought it down.
                folder = submission_folder(self.bundle.files, self.bundle.manifest.hidden_files)
                self.folder = self.folders.enter_context(folder)
                self.channel = self.warm_parent.start(self.limits, self.folder)
            message: Body = {"op": "run", "cell": cell.number, "source": cell.source}
            limit = min(now + self.limits.cell_seconds, self.deadline)
            try:
                self.channel.send(message, deadline=limit)
            except Closed:
                self._was_dead = True
                raise
            reply, _ = self.channel.receive(limit)
        except TimedOut:
            seconds = self.limits.cell_seconds
            self._lose(cell, Outcome.TIMEOUT, f"The cell was not done after {seconds:g} seconds.")
            return None
        except Closed:
            self._lose(cell, Outcome.CRASHED, "The cell ended its Python process.")
            return None
        except Malformed:
            self._lose(cell, Outcome.CRASHED, "The cell broke the line to the grader.")
            return None
        error = reply.get("error")
        return error if isinstance(error, dict) else None

    def _lose(self, cell: Cell, outcome: Outcome, message: str) -> None:
        self.lost[cell.number] = (outcome, message)
        self.finish()

    def _note(self, cell: Cell, error: dict[str, Any] | None) -> None:
        if cell.number in self.lost:
            self.errors.append(CellError(cell.number, None, self.lost[cell.number][1]))
        elif error is not None:
            raised = student_error(error)
            if raised.type_name != "NotImplementedError":
                self.hearsay.note_cell()
                line = raised.place[1] if raised.place and raised.place[0] == cell.number else None
                text = f"{raised.type_name}: {raised.text}" if raised.text else raised.type_name
                self.errors.append(CellError(cell.number, line, text))

    # Questions

    def _judge(self, question: QuestionManifest, cell: Cell, error: dict[str, Any] | None) -> None:
        if cell.number in self.lost:
            outcome, message = self.lost[cell.number]
            self._settle(
                question.name, outcome, f"{message} It holds your answer (cell {cell.number})."
            )
            return
        if time.monotonic() >= self.deadline:
            message = "The time for the whole notebook was used up before this question."
            self._settle(question.name, Outcome.TIMEOUT, message)
            return
        snapshot = self._snapshot(question)
        if snapshot is None:
            # What was left running may be to blame: its processes, or that it brought the worker down.
            with contextlib.suppress(WireError):
                self.warm_parent.clear()
            self._catch_up(self.position)
            snapshot = self._snapshot(question)
        if snapshot is None:
            message = "The notebook's process was lost before this question."
            self._settle(question.name, Outcome.CRASHED, message)
            return
        session, pid = snapshot
        before = self._contents()
        try:
            result = self._judge_in(session, question, error)
            self.results[question.name] = result
            self.hearsay.note_question(result, self.bundle.tests[question.name])
        finally:
            session.close()
            with contextlib.suppress(WireError):
                self.warm_parent.kill(pid)
        if before is None or self._contents() != before:
            # No other question may find what this one's tests left: another worker, in another folder.
            self.finish()

    def _contents(self) -> Contents | None:
        return None if self.folder is None else contents(self.folder)

    def _judge_in(
        self, session: Session, question: QuestionManifest, error: dict[str, Any] | None
    ) -> QuestionResult:
        tests = self.bundle.tests[question.name]
        note = lend(session, question, self.bundle.manifest, self.results, self.plan.sources)
        if error is not None and not self._defines_any(session, question):
            raised = student_error(error)
            place = f" (cell {raised.place[0]}, line {raised.place[1]})" if raised.place else ""
            message = f"The cell with your answer stopped: {raised.type_name}: {raised.text}{place}"
            return settled(tests, Outcome.ERROR, message, self.selection.public_only)
        tools = JudgeTools(session, self.plan.sources, self.bundle.files)
        result = judge_question(tests, session, tools, self.selection)
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

    def _snapshot(self, question: QuestionManifest) -> tuple[Session, int] | None:
        """Fork the worker as it stands; return the line to the copy, and its process id as claimed."""
        if self.channel is None:
            return None
        ours, theirs = socket.socketpair()
        deadline = time.monotonic() + SNAPSHOT_SECONDS
        try:
            with theirs:
                self.channel.send_descriptor({"op": "snapshot"}, theirs.fileno(), deadline)
            reply, _ = self.channel.receive(deadline)
        except WireError:
            ours.close()
            self.finish()
            return None
        pid = reply.get("pid")
        if pid is None:
            ours.close()
            return None
        limit = min(
            time.monotonic() + (question.seconds or self.limits.question_seconds), self.deadline
        )
        return Session(Channel(ours), limit, question.in_place), pid if type(pid) is int else 0

    def _settle(self, name: str, outcome: Outcome, message: str) -> None:
        tests = self.bundle.tests[name]
        self.results[name] = settled(tests, outcome, message, self.selection.public_only)

"""Where the course's own answers are tried: in a worker that has run the reference, an answer in the place of its own.

They run where a submission's would, with the border between them and the tests, so that a trace of theirs and a
student's can be compared. No student's process is there at the same time.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

from autograder.border.requests import Define
from autograder.course.manifest import QuestionManifest
from autograder.course.mistakes import WrongAnswer
from autograder.judge.apart import Apart
from autograder.judge.bundle import Bundle
from autograder.judge.exceptions import BorderMisuse, StudentError
from autograder.judge.instruments import JudgeTools
from autograder.judge.parting import Beside, Parted
from autograder.judge.question import Selection, run_case
from autograder.judge.seeds import Side, draws_elsewhere, seed_for
from autograder.judge.session import Session
from autograder.judge.trace import Draws, Trace, Tried
from autograder.judge.warm_parents import LostWorker, WarmParent
from autograder.judge.worker import Ran, Worker

REFERENCE = WrongAnswer(name="", hint="", source="")
"""Stands for the right answer: it takes no other's place."""
BRIEF_SECONDS = 60
"""What is measured apart for longer is a training, which no mistake is named by."""


class Brief(Apart):
    """Measures apart what does not take long: a file that an answer wrote, and not what a network learns."""

    def run(self, measure: Callable[..., Any], args: tuple[Any, ...], seconds: int) -> Any:
        """Return `measure(*args)`.

        Raises:
            BorderMisuse: it may take too long.
        """
        if seconds > BRIEF_SECONDS:
            raise BorderMisuse("no mistake is named by a training")
        return super().run(measure, args, seconds)


class Stage:
    """Has one answer of the course tried after another, each in a process of its own."""

    def __init__(self, bundle: Bundle, warm_parent: WarmParent) -> None:
        """Prepare; nothing runs before the first `session`.

        Args:
            bundle: with the tests, the reference and the wrong answers.
            warm_parent: this stage's alone.
        """
        self.bundle, self.warm_parent = bundle, warm_parent
        self._worker: Worker | None = None
        self._held: Session | None = None
        self._of = ("", "")
        """Of which question and answer it is."""

    def session(self, question: QuestionManifest, answer: WrongAnswer) -> Session:
        """Return a session with the reference, `answer` in the place of its own.

        The same answer gets the same session again, for as long as that works and until `rest`.
        """
        of = (question.name, answer.name)
        if self._worker is None or not self._worker.alive:
            self._worker, self._held = self._rehearsed(), None
        if self._held is None or self._of != of or self._held.broken is not None:
            self.rest()
            self._held, self._of = self._worker.snapshot(question, self._deadline()), of
            if self._held is None:
                raise LostWorker("the worker with the reference is lost")
            if answer is not REFERENCE:
                # A cell of wrong code may stop: what it defines before that counts, as in a notebook.
                with contextlib.suppress(StudentError):
                    self._held.ask(Define(answer.source))
        self._held.deadline = self._worker.time_for(question, self._deadline())
        return self._held

    def _deadline(self) -> float:
        return time.monotonic() + self.bundle.manifest.limits.submission_seconds

    def rest(self) -> None:
        """End the session that is open, if one is."""
        if self._held is not None and self._worker is not None:
            self._worker.dismiss(self._held)
        self._held = None

    def run_case(
        self,
        session: Session,
        question: QuestionManifest,
        answer: WrongAnswer,
        number: int,
        selection: Selection,
        shift: int = 0,
        beside: Trace | None = None,
    ) -> Tried:
        """Run one test case in the session of `answer`, as `run_case` does for a student's.

        Args:
            beside: another answer's trace, from which it may part: then the case is left there.
        """
        tests = self.bundle.tests[question.name]
        sources = dict.fromkeys(question.defines, answer.source)
        apart = Brief(self.warm_parent, self.bundle.manifest.limits, session.deadline)
        tools = JudgeTools(session, sources, self.bundle.files, apart)
        if beside is not None:
            there = seed_for(tests.source, number, Side.WORKER, selection.seed, shift)
            elsewhere = self.draws_elsewhere(question, answer)
            session.beside = Beside(beside, lambda: elsewhere or session.drew(there))
        try:
            return run_case(tests, number, session, tools, selection, shift)[1]
        except Parted:
            return Tried(None, session.trace, Draws(test=False, answer=False))
        finally:
            session.beside = None

    def draws_elsewhere(self, question: QuestionManifest, answer: WrongAnswer) -> bool:
        """Whether `answer`, or what it is tried with, may draw where nobody sees it (see `seeds`)."""
        tests, reference = self.bundle.tests[question.name], self.bundle.mistakes.reference
        return draws_elsewhere([answer.source, tests.source, *reference])

    def _rehearsed(self) -> Worker:
        """Return a worker that has run the reference."""
        limits, hidden = self.bundle.manifest.limits, self.bundle.manifest.hidden_files
        worker = Worker(self.warm_parent, limits, self.bundle.files, hidden)
        for number, source in enumerate(self.bundle.mistakes.reference, 1):
            end = worker.run(number, source, time.monotonic() + limits.submission_seconds)
            if not isinstance(end, Ran):
                worker.close()
                raise LostWorker("the reference took its worker along")
        return worker

    def close(self) -> None:
        """End the worker and its warm parent."""
        self.rest()
        if self._worker is not None:
            self._worker.close()
        self.warm_parent.close()

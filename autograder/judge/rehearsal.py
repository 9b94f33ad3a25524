"""The reference and the wrong answers of a question, tried in the same test cases as a student's answer.

They are the course's own code, and run where a submission's would: in a worker, with the border between
them and the tests, so that a trace of theirs and a student's can be compared. No student's process is
there at the same time.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograder.border.requests import Define
from autograder.course.manifest import QuestionManifest
from autograder.course.mistakes import WrongAnswer
from autograder.judge.apart import Apart
from autograder.judge.bundle import Bundle
from autograder.judge.exceptions import BorderMisuse, StudentError
from autograder.judge.instruments import JudgeTools
from autograder.judge.question import Selection, run_case
from autograder.judge.seeds import draws_elsewhere
from autograder.judge.session import Session
from autograder.judge.shelf import Shelf
from autograder.judge.trace import Tried
from autograder.judge.warm_parents import LostWorker, WarmParent
from autograder.judge.worker import Ran, Worker

REFERENCE = WrongAnswer(name="", hint="", source="")
"""Stands for the right answer: it takes no other's place."""
BRIEF_SECONDS = 60
"""What is measured apart for longer is a training, which no mistake is named by."""
AHEAD_SECONDS = 0.3
"""So long other test cases are tried in a process that is there already: a process of their own costs more."""


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


class Rehearsal:
    """Tries the course's own answers, once each for all judges of a run: the tests' random state is one for the whole class."""

    def __init__(self, bundle: Bundle, warm_parent: WarmParent) -> None:
        """Prepare; nothing runs before the first `tried`.

        Args:
            bundle: with the tests, the reference and the wrong answers.
            warm_parent: this rehearsal's alone.
        """
        self.bundle, self.warm_parent = bundle, warm_parent
        self.selection = Selection(note_draws=True)
        self._worker: Worker | None = None
        self._shelf = Shelf(bundle.shelf)
        self._known: dict[tuple[str, str, int], dict[int, Tried]] = {}
        """By question, answer and random state of the worker: how the test cases ended, by number."""
        self._supposed: dict[tuple[str, str], Mapping[int, Tried]] = {}
        """By question and answer: how test cases ended elsewhere."""

    def start_from(self, seed: int) -> None:
        """Have the tests begin from this random state."""
        if seed != self.selection.seed:
            self.selection = Selection(seed=seed, note_draws=True)
            self._known.clear()
            self.forget()

    def tried(
        self, question: QuestionManifest, answer: WrongAnswer, numbers: list[int], shift: int = 0
    ) -> dict[int, Tried]:
        """Return how `answer` fares in the test cases `numbers` of `question`.

        Args:
            shift: which of several random states the worker starts from; 0 is a submission's own. The
                test's own random state is the same for all.
        """
        supposed = self._supposed.get((question.name, answer.name), {})
        if not shift and supposed.keys() >= set(numbers):
            return {number: supposed[number] for number in numbers}
        about = question.name, answer.name, shift
        known = self._known.setdefault(about, {})
        if not known.keys() >= set(numbers):
            known |= self._shelf.take(*about, self.selection.seed)
        if missing := [number for number in numbers if number not in known]:
            ahead = [n for n in self._asked_next(question, answer, shift) if n not in known]
            with self._session(question, answer) as session:
                started = time.monotonic()
                for number in dict.fromkeys([*missing, *ahead]):
                    if number in missing or time.monotonic() < started + AHEAD_SECONDS:
                        known[number] = self._try(session, question, answer, number, shift)
            self._shelf.put(known, *about, self.selection.seed)
        return {number: known[number] for number in numbers}

    def _asked_next(self, question: QuestionManifest, answer: WrongAnswer, shift: int) -> list[int]:
        """Return the test cases that will be asked for next: all; from other random states those that were lost."""
        if not shift:
            return list(range(1, len(self.bundle.tests[question.name].test_cases) + 1))
        first = self._known.get((question.name, answer.name, 0), {})
        return [number for number, tried in first.items() if not tried.passed]

    def know(self, question: QuestionManifest, fared: Mapping[str, Mapping[int, Tried]]) -> None:
        """Take it for rehearsed how answers to `question` fare, by their names: they did so as submissions."""
        self._supposed = {(question.name, name): tried for name, tried in fared.items()}

    def forget(self) -> None:
        """Take nothing for rehearsed that was not."""
        self._supposed = {}

    def draws(self, question: QuestionManifest, answer: WrongAnswer, number: int) -> bool:
        """Whether `answer` draws random numbers in a test case: what does not, does the same from every state."""
        draws = self.tried(question, answer, [number])[number].draws
        tests, reference = self.bundle.tests[question.name], self.bundle.mistakes.reference
        return (
            draws is None
            or draws.answer
            or draws_elsewhere([answer.source, tests.source, *reference])
        )

    def _try(
        self,
        session: Session,
        question: QuestionManifest,
        answer: WrongAnswer,
        number: int,
        shift: int,
    ) -> Tried:
        tests = self.bundle.tests[question.name]
        sources = dict.fromkeys(question.defines, answer.source)
        apart = Brief(self.warm_parent, self.bundle.manifest.limits, session.deadline)
        tools = JudgeTools(session, sources, self.bundle.files, apart)
        _, tried = run_case(tests, number, session, tools, self.selection, shift)
        return tried

    @contextlib.contextmanager
    def _session(self, question: QuestionManifest, answer: WrongAnswer) -> Iterator[Session]:
        """Yield a session with the reference, `answer` in the place of its own."""
        if self._worker is None or not self._worker.alive:
            self._worker = self._rehearsed()
        deadline = time.monotonic() + self.bundle.manifest.limits.submission_seconds
        session = self._worker.snapshot(question, deadline)
        if session is None:
            raise LostWorker("the worker with the reference is lost")
        try:
            if answer is not REFERENCE:
                # A cell of wrong code may stop: what it defines before that counts, as in a notebook.
                with contextlib.suppress(StudentError):
                    session.ask(Define(answer.source))
            yield session
        finally:
            self._worker.dismiss(session)

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
        if self._worker is not None:
            self._worker.close()
        self.warm_parent.close()

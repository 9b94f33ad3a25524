"""How the reference and the wrong answers of a question fare in the test cases that a student's answer lost.

The tests' random state is one for the whole class, so that each answer is tried once, for all judges of a run, and
only as far as somebody asks: most differ from what a student's answer does at the first call.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from autograder.course.manifest import QuestionManifest
from autograder.course.mistakes import WrongAnswer
from autograder.judge.agreement import agree
from autograder.judge.bundle import Bundle
from autograder.judge.parting import parts_from
from autograder.judge.question import Selection
from autograder.judge.resemblance import loosely
from autograder.judge.shelf import Shelf
from autograder.judge.stage import Stage
from autograder.judge.trace import Trace, Tried
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import Outcome

Case: TypeAlias = tuple[int, int]
"""The number of a test case, and from which of several random states the worker starts it."""
RUNS, FIRST_RUNS = 6, 3
"""Random states from which a random answer is tried, in all and at first; 0 is a submission's own."""
AHEAD_SECONDS = 0.3
"""So long other test cases are tried in a process that is there already: one of their own costs more."""


class Rehearsal:
    """Tries the course's own answers."""

    def __init__(self, bundle: Bundle, warm_parent: WarmParent) -> None:
        """Prepare; nothing runs before the first `tried`.

        Args:
            bundle: with the tests, the reference and the wrong answers.
            warm_parent: this rehearsal's alone.
        """
        self.bundle, self.stage = bundle, Stage(bundle, warm_parent)
        self.selection = Selection(note_draws=True)
        self._shelf = Shelf(bundle.shelf)
        self._known: dict[tuple[str, str], dict[Case, Tried]] = {}
        """By question and answer. What was not tried to its end has no outcome."""
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
            shift: which of `RUNS` random states the worker starts from. The test's own is the same for all.
        """
        supposed = self._supposed.get((question.name, answer.name), {})
        if not shift and supposed.keys() >= set(numbers):
            return {number: supposed[number] for number in numbers}
        wanted = [(number, shift) for number in numbers]
        known = self._recall(question, answer, wanted)
        if missing := [case for case in wanted if not _whole(known, case)]:
            # All cases, or those wanted from the next states, will be asked for next.
            every = range(1, len(self.bundle.tests[question.name].test_cases) + 1)
            runs = FIRST_RUNS if shift < FIRST_RUNS else RUNS
            ahead = (
                [(number, other) for other in range(shift, runs) for number in numbers]
                if shift
                else [(number, 0) for number in every]
            )
            self._try(question, answer, missing, [c for c in ahead if not _whole(known, c)])
        return {number: known[number, shift] for number in numbers}

    def differs(
        self, question: QuestionManifest, answer: WrongAnswer, student: Mapping[int, Trace]
    ) -> bool:
        """Whether `answer` passes these test cases or gives other numbers in them, and not at random.

        Args:
            student: what the test cases saw of the student's answer, by number, `loosely`.
        """
        if (question.name, answer.name) in self._supposed:
            return False  # how it fares is known without any work

        def rules_out(case: Case) -> bool | None:
            """Whether it differs in this one; `None` if more of it must be tried."""
            tried, trace = known.get(case), student[case[0]]
            if tried is None:
                return None
            if tried.outcome is None:
                return parts_from(loosely(tried.trace), trace) or None
            if tried.passed or tried.outcome is Outcome.GRADER_ERROR:
                return True
            return not (agree(trace, loosely(tried.trace)) or self.draws(question, answer, case[0]))

        cases = [(number, 0) for number in student]
        known = self._recall(question, answer, cases)
        if missing := [case for case in cases if rules_out(case) is None]:
            if any(rules_out(case) is False for case in cases):
                return False
            self._try(question, answer, missing, (), student)
        return all(map(rules_out, cases))

    def _try(
        self,
        question: QuestionManifest,
        answer: WrongAnswer,
        missing: Collection[Case],
        ahead: Iterable[Case],
        beside: Mapping[int, Trace] | None = None,
    ) -> None:
        """Run the test cases `missing`, and those `ahead` in the time that there is; see `Stage.run_case`."""
        known = self._known[question.name, answer.name]
        session = self.stage.session(question, answer)
        started = time.monotonic()
        for case in dict.fromkeys([*missing, *ahead]):
            if case in missing or time.monotonic() < started + AHEAD_SECONDS:
                number, shift = case
                trace = None if beside is None else beside[number]
                known[case] = self.stage.run_case(
                    session, question, answer, number, self.selection, shift, trace
                )
        self._shelf.put(known, question.name, answer.name, self.selection.seed)

    def _recall(
        self, question: QuestionManifest, answer: WrongAnswer, wanted: Collection[Case]
    ) -> dict[Case, Tried]:
        """Return what is known of an answer, from other judges too if that is not enough."""
        known = self._known.setdefault((question.name, answer.name), {})
        if not all(_whole(known, case) for case in wanted):
            others = self._shelf.take(question.name, answer.name, self.selection.seed)
            known |= {case: others[case] for case in others if not _whole(known, case)}
        return known

    def know(self, question: QuestionManifest, fared: Mapping[str, Mapping[int, Tried]]) -> None:
        """Take it for rehearsed how answers to `question` fare, by their names: they did so as submissions."""
        self._supposed = {(question.name, name): tried for name, tried in fared.items()}

    def forget(self) -> None:
        """Take nothing for rehearsed that was not."""
        self._supposed = {}

    def draws(self, question: QuestionManifest, answer: WrongAnswer, number: int) -> bool:
        """Whether `answer` draws random numbers in a test case: what does not, does the same from every state."""
        draws = self.tried(question, answer, [number])[number].draws
        return draws is None or draws.answer or self.stage.draws_elsewhere(question, answer)

    def rest(self) -> None:
        """Leave no process of an answer running."""
        self.stage.rest()

    def close(self) -> None:
        """End what runs."""
        self.stage.close()


def _whole(known: Mapping[Case, Tried], case: Case) -> bool:
    """Whether a test case was tried to its end."""
    return case in known and known[case].outcome is not None

"""Naming a student's mistake: the wrong answer of the course that behaves as theirs did.

Only behaviour counts, never the text. A wrong answer explains a failed test case if it leaves the same
trace there and fails no test case that the student's answer passed. Where it does not explain
all that was lost, equal counts may be chance; so may equal exceptions, where it fails another case in its own
way or leaves most of the lost ones unexplained. If no wrong answer leaves the same trace, one counts that does but for
memory, or else leaves the same wrong numbers (`resemblance`). Where the wrong answers that explain a case are all of
one kind, that is, share one hint, the student reads it. A wrong hint is worse than none: where two kinds explain a
case equally well, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from autograder.border.wire import WireError
from autograder.course.manifest import QuestionManifest
from autograder.course.mistakes import WrongAnswer
from autograder.judge.agreement import Statistics, agree, begins_as, may_be_chance
from autograder.judge.bundle import Bundle
from autograder.judge.otter_tests import ExceptionTestFile
from autograder.judge.rehearsal import FIRST_RUNS, RUNS, Rehearsal
from autograder.judge.resemblance import View, exactly, loosely, wherever
from autograder.judge.stage import REFERENCE
from autograder.judge.trace import Trace, Tried
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import Outcome, QuestionResult

TELLING = {Outcome.FAILED, Outcome.ERROR}
"""How a test case must have ended for its trace to be complete."""


@dataclass(frozen=True)
class Explained:
    """The mistake behind a failed test case, or those among which nobody can choose."""

    mistake: str = ""
    """The name of the wrong answer."""
    hint: str = ""
    rivals: tuple[str, ...] = ()
    """The names of wrong answers of different kinds that explain it equally well; no hint is given."""


def with_hints(
    result: QuestionResult, explained: Mapping[int, Explained], tests: ExceptionTestFile
) -> QuestionResult:
    """Return the result of a question with the mistakes named that explain its test cases."""
    by_name = {tests.test_cases[number - 1].name: found for number, found in explained.items()}
    cases = tuple(
        replace(case, **asdict(by_name[case.name])) if case.name in by_name else case
        for case in result.cases
    )
    return replace(result, cases=cases)


class Recogniser:
    """Compares what students' answers did with what the wrong answers of the course do."""

    def __init__(self, bundle: Bundle, spare: Callable[[], WarmParent]) -> None:
        """Prepare; nothing is started before the first lost test case.

        Args:
            bundle: with the tests and the course's wrong answers.
            spare: makes the warm parent in which these are tried.
        """
        self.bundle, self.spare = bundle, spare
        self._rehearsal: Rehearsal | None = None
        self._known: dict[tuple[str, str, int, int, int, View, int | None], Statistics] = {}
        """By question, answer, test case, number of runs, random state, view and how much of each trace: the same for
        the whole class."""

    def close(self) -> None:
        if self._rehearsal is not None:
            self._rehearsal.close()
            self._rehearsal = None

    @property
    def rehearsal(self) -> Rehearsal:
        if self._rehearsal is None:
            self._rehearsal = Rehearsal(self.bundle, self.spare())
        return self._rehearsal

    def explain(
        self, question: QuestionManifest, student: Mapping[int, Tried], seed: int
    ) -> dict[int, Explained]:
        """Return by the number of the test case which mistake, or mistakes, explain that it was lost.

        Where the process in which wrong answers are tried is lost, nothing is explained: a hint is a gift.

        Args:
            question: one whose test cases are not all passed.
            student: how the student's answer fared, by the number of the test case.
            seed: the random state of the tests.
        """
        if question.name not in self.bundle.mistakes.wrong:
            return {}
        try:
            self.rehearsal.start_from(seed)
            return self._explain(question, student)
        except WireError:
            self.close()
            return {}
        finally:
            if self._rehearsal is not None:
                self._rehearsal.rest()

    def suppose(
        self, question: QuestionManifest, fared: Mapping[str, Mapping[int, Tried]], seed: int
    ) -> None:
        """Compare answers to `question` with how these fared from `seed` as submissions; see `Rehearsal.know`."""
        self.rehearsal.start_from(seed)
        self.rehearsal.know(question, fared)

    def forget(self) -> None:
        """Compare with what is rehearsed indeed."""
        self.rehearsal.forget()
        self._known.clear()

    def _explain(
        self, question: QuestionManifest, student: Mapping[int, Tried]
    ) -> dict[int, Explained]:
        lost = [number for number, tried in student.items() if tried.outcome in TELLING]
        views = (exactly, wherever, loosely)
        tries = (self._suspects(question, student, lost, view) for view in views)
        suspects = next(filter(None, tries), {})
        found: dict[int, Explained] = {}
        for number in lost:
            best = _likeliest(number, suspects)
            if len({answer.hint for answer in best}) == 1:
                found[number] = Explained(best[0].name, best[0].hint)
            elif best:
                found[number] = Explained(rivals=tuple(answer.name for answer in best))
        return found

    def _suspects(
        self,
        question: QuestionManifest,
        student: Mapping[int, Tried],
        lost: Sequence[int],
        view: View,
    ) -> dict[WrongAnswer, frozenset[int]]:
        """Return the wrong answers that explain lost test cases, as far as `view` sees, and which."""
        theirs = {number: loosely(student[number].trace) for number in lost}
        return {
            answer: explained
            for answer in self.bundle.mistakes.wrong[question.name]
            if not self.rehearsal.differs(question, answer, theirs)
            and (explained := self._explained(question, answer, student, lost, view))
        }

    def _explained(
        self,
        question: QuestionManifest,
        answer: WrongAnswer,
        student: Mapping[int, Tried],
        lost: Sequence[int],
        view: View,
    ) -> frozenset[int]:
        """Return the lost test cases that `answer` explains; none if it fails one that the student passed."""
        tried = self.rehearsal.tried(question, answer, list(lost))
        # What cannot be rehearsed (a training in `judge.apart`) says nothing.
        lost = [number for number in lost if tried[number].outcome is not Outcome.GRADER_ERROR]
        failed = [number for number in lost if not tried[number].passed]
        same = {
            n
            for n in failed
            if agree(view(student[n].trace), view(tried[n].trace))
            and (view is exactly or not self._is_right(question, n, student[n].trace, view))
        }
        drawn = [n for n in failed if n not in same and self.rehearsal.draws(question, answer, n)]
        if not same and not drawn:
            return frozenset()
        # From other random states it takes several runs each, so what is cheaper is asked first.
        others = [number for number, case in student.items() if case.passed]
        fares = self.rehearsal.tried(question, answer, others)
        told = [case for case in fares.values() if case.outcome is not Outcome.GRADER_ERROR]
        if not all(case.passed for case in told):
            return frozenset()
        alike = {n for n in drawn if self._alike(question, answer, n, student[n].trace, view)}
        explained = same | alike
        if explained == set(lost):
            return frozenset(explained)
        little = 2 * len(explained) < len(lost)
        contradicted = explained != set(failed)
        if contradicted and little:
            explained = same  # what one answer does at random is soon near what another does
        return frozenset(
            n
            for n in explained
            if not may_be_chance(
                student[n].trace, self._trace(question, REFERENCE, n), contradicted or little
            )
        )

    def _is_right(self, question: QuestionManifest, number: int, trace: Trace, view: View) -> bool:
        """Whether a trace differs from the reference's in nothing that `view` sees, as far as it goes.

        What `view` does not see, a test may, and ends there.
        """
        return begins_as(view(self._trace(question, REFERENCE, number)), view(trace))

    def _alike(
        self, question: QuestionManifest, answer: WrongAnswer, number: int, trace: Trace, view: View
    ) -> bool:
        """Whether `answer` is random and a trace could be its own, and not that of the reference."""
        if not self._varies(question, answer, number):
            return False

        def may_be(of: WrongAnswer, runs: int, length: int | None = None) -> bool:
            statistics = self._statistics(question, of, number, runs, view, length)
            return statistics.holds(view(trace))

        # What `view` does not see, a test may, and ends there: see `_is_right`.
        length = None if view is exactly else len(trace.observations)
        # Most are far off already after the first runs.
        return (
            may_be(answer, FIRST_RUNS)
            and may_be(answer, RUNS)
            and not may_be(REFERENCE, RUNS, length)
        )

    def _varies(self, question: QuestionManifest, answer: WrongAnswer, number: int) -> bool:
        """Whether what `answer` does, which draws, depends on the random state."""
        first, second = (self._trace(question, answer, number, shift) for shift in (0, 1))
        return not agree(first, second)

    def _statistics(
        self,
        question: QuestionManifest,
        answer: WrongAnswer,
        number: int,
        runs: int,
        view: View,
        length: int | None,
    ) -> Statistics:
        seed = self.rehearsal.selection.seed
        key = (question.name, answer.name, number, runs, seed, view, length)
        if key not in self._known:
            traces = [view(self._trace(question, answer, number, shift)) for shift in range(runs)]
            self._known[key] = Statistics([Trace(each.observations[:length]) for each in traces])
        return self._known[key]

    def _trace(
        self, question: QuestionManifest, answer: WrongAnswer, number: int, shift: int = 0
    ) -> Trace:
        return self.rehearsal.tried(question, answer, [number], shift)[number].trace


def _likeliest(
    number: int, suspects: Mapping[WrongAnswer, frozenset[int]]
) -> Sequence[WrongAnswer]:
    """Return the wrong answers that explain a case best.

    Those that explain the most lost cases do: one mistake behind all of them is likelier than several.
    """
    explaining = {answer: cases for answer, cases in suspects.items() if number in cases}
    most = max(map(len, explaining.values()), default=0)
    return [answer for answer, cases in explaining.items() if len(cases) == most]

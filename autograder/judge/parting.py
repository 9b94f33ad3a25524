"""Leaving a test case as soon as an answer is seen to do otherwise in it than another one did.

Most wrong answers of a course behave differently from a student's at the first call. What they would do afterwards
nobody asks. Only what drew random numbers until then, and gave other numbers of the same form, goes on to the end: it
may be compared by its statistics.
"""

from __future__ import annotations

from collections.abc import Callable

from autograder.judge.agreement import begins_as, only_counts_differ, same
from autograder.judge.resemblance import loosely
from autograder.judge.trace import MAX_OBSERVATIONS, Observation, Trace

MORE = Observation("more")
"""Ends a trace that was left because there would have been more."""


class Parted(BaseException):
    """The test case is left here. No `Exception`: a test that expects one would take it for the answer's."""


class Beside:
    """Compares a growing trace with another answer's."""

    def __init__(self, other: Trace, may_vary: Callable[[], bool]) -> None:
        """Prepare for one test case.

        Args:
            other: the whole trace of the other answer, as `loosely` sees it.
            may_vary: whether what was done until now may be another thing from another random state.
        """
        self._other, self._may_vary = other.observations, may_vary
        self._compared, self._undecided = 0, False

    def before_more(self, trace: Trace) -> None:
        """Say that there will be more, before the work for it is done.

        Raises:
            Parted: the other trace ends here.
        """
        if self._compared == len(self._other) < MAX_OBSERVATIONS:
            trace.observations.append(MORE)
            raise Parted

    def compare(self, trace: Trace) -> None:
        """Compare what was added since the last call.

        Raises:
            Parted: it differs, and not by chance.
        """
        fresh = loosely(Trace(trace.observations[self._compared :])).observations
        there = self._other[self._compared :][: len(fresh)]
        self._compared += len(fresh)
        if len(there) < len(fresh) or not all(map(_same_form, there, fresh)):
            raise Parted
        if not self._undecided and not all(map(same, there, fresh)):
            if not self._may_vary():
                raise Parted
            self._undecided = True


def parts_from(left: Trace, whole: Trace) -> bool:
    """Whether the beginning of a trace, left somewhere, is already another behaviour than a whole one."""
    if left.observations[-1:] == [MORE]:
        begun = Trace(left.observations[:-1])
        return len(whole.observations) == len(begun.observations) or not begins_as(whole, begun)
    return not begins_as(whole, left)


def _same_form(one: Observation, other: Observation) -> bool:
    """Whether two observations differ in numbers at most."""
    return only_counts_differ(one.form, other.form)

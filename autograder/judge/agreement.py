"""Whether two traces show the same behaviour: number by number, or, for random answers, by statistics."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import zip_longest

import numpy as np

from autograder.judge.trace import LARGE, Numbers, Observation, Trace, forms

RELATIVE, ABSOLUTE = 1e-4, 1e-6
"""Far above what another order of float32 operations makes, far below what a mistake does."""
DEVIATIONS = {6: 8.0, 3: 44.0}
"""By the number of runs, how many of their deviations a statistic may be off their mean. Where it is near normal,
seven in ten thousand of an answer's own are (Student's t with 5 and with 2 degrees of freedom)."""
SPARE = 0.02
"""Of a statistic's size, granted on top: it may hardly vary at all."""
TOO_MANY_FOR_CHANCE = 3
"""So many wrong numbers two different mistakes do not share."""
QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def agree(one: Trace, other: Trace) -> bool:
    """Whether two traces are the same up to rounding."""
    return len(one.observations) == len(other.observations) and begins_as(one, other)


def begins_as(one: Trace, other: Trace) -> bool:
    """Whether a trace begins with all of another, up to rounding."""
    return len(one.observations) >= len(other.observations) and all(
        map(same, one.observations, other.observations)
    )


def same(one: Observation, other: Observation) -> bool:
    """Whether two observations are the same up to rounding."""
    return one.form == other.form and all(
        len(a) == len(b) and np.allclose(a, b, rtol=RELATIVE, atol=_atol(b), equal_nan=True)
        for a, b in zip(one.numbers, other.numbers)
    )


def may_be_chance(one: Trace, right: Trace, contradicted: bool) -> bool:
    """Whether a wrong trace differs from the right one in so little that another mistake may share it.

    The counts that two mistakes give, say, are soon equal somewhere. Many mistakes raise the same exception,
    too: that is no evidence of one that is `contradicted` elsewhere, or explains little of what was lost.
    """
    wrong, parted = 0, False
    for first, second in zip_longest(one.observations, right.observations):
        if first is None:
            continue
        if contradicted and raised(first):
            break
        if second is None or not only_counts_differ(first.form, second.form):
            if parted:
                break  # after a wrong count a test asks for what its message says
            return False
        parted = parted or first.form != second.form
        for a, b in zip(first.numbers, second.numbers):
            same = np.isclose(a, b, rtol=RELATIVE, atol=_atol(b), equal_nan=True)
            wrong += int((~same).sum())
    return wrong < TOO_MANY_FOR_CHANCE


def raised(observation: Observation) -> bool:
    """Whether a request ended in an exception."""
    form = observation.form
    return isinstance(form, tuple) and form[1:2] == ("raised",)


def only_counts_differ(one: Hashable, other: Hashable) -> bool:
    """Whether two forms are the same but for small whole numbers, truth values and what kind of object stands there."""
    if one == other:
        return True
    if not (isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other)):
        return False
    if one[0] == other[0] == "object":
        return True
    if one[0] == other[0] and one[0] in ("number", "bool"):
        return bool(abs(one[1]) <= LARGE)
    return all(map(only_counts_differ, one, other))


def _atol(numbers: Numbers) -> float:
    """Return what counts as zero beside the largest of the numbers."""
    finite = np.abs(numbers[np.isfinite(numbers)])
    return max(ABSOLUTE, RELATIVE * float(finite.max(initial=0.0)) * 1e-2)


class Statistics:
    """How one random answer behaves in one test case, over several random states."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.forms = {forms(trace.observations) for trace in traces}
        vectors = [statistics_of(trace) for trace in traces]
        self.usable = len({len(vector) for vector in vectors}) == 1
        if self.usable:
            table = np.stack(vectors)
            self.mean = table.mean(axis=0)
            spread = DEVIATIONS[len(traces)] * table.std(axis=0, ddof=1)
            self.reach = spread + SPARE * np.abs(self.mean) + ABSOLUTE

    def holds(self, trace: Trace) -> bool:
        """Whether a trace could be this answer's."""
        if not self.usable or forms(trace.observations) not in self.forms:
            return False
        vector = statistics_of(trace)
        return len(vector) == len(self.mean) and bool(
            np.all((np.abs(vector - self.mean) <= self.reach) | _same_nonfinite(vector, self.mean))
        )


def _same_nonfinite(one: Numbers, other: Numbers) -> Numbers:
    same: Numbers = (np.isnan(one) & np.isnan(other)) | (one == other)
    return same


def statistics_of(trace: Trace) -> Numbers:
    """Return the statistics of every array of numbers in a trace, in order."""
    found = [
        _statistics(numbers)
        for observation in trace.observations
        for numbers in observation.numbers
    ]
    return np.concatenate(found) if found else np.zeros(0)


def _statistics(numbers: Numbers) -> Numbers:
    """Return mean, deviation, quantiles, the shares of zeros and of negative ones, and how many differ."""
    if not len(numbers):
        return np.zeros(0)
    with np.errstate(all="ignore"):
        numbers = np.sort(numbers)
        distinct = 1 + np.count_nonzero(numbers[1:] != numbers[:-1])
        return np.asarray(
            [
                numbers.mean(),
                numbers.std(),
                *np.quantile(numbers, QUANTILES),
                (numbers == 0).mean(),
                (numbers < 0).mean(),
                distinct / len(numbers),
            ]
        )

"""Whether two traces show the same behaviour: number by number, or, for random answers, by statistics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.judge.trace import Numbers, Trace, forms

RELATIVE, ABSOLUTE = 1e-4, 1e-6
"""Far above what another order of float32 operations makes, far below what a mistake does."""
DEVIATIONS = 6.0
"""Of the mean over runs: a statistic outside is not that answer's, with less than one error in a million
where the statistic is near normal."""
SPARE = 0.02
"""Of a statistic's size, granted on top: the deviation is itself estimated from few runs."""
QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def agree(one: Trace, other: Trace) -> bool:
    """Whether two traces are the same up to rounding."""
    if forms(one.observations) != forms(other.observations):
        return False
    return all(
        len(a) == len(b) and np.allclose(a, b, rtol=RELATIVE, atol=_atol(b), equal_nan=True)
        for first, second in zip(one.observations, other.observations)
        for a, b in zip(first.numbers, second.numbers)
    )


def _atol(numbers: Numbers) -> float:
    """Return what counts as zero beside the largest of the numbers."""
    finite = np.abs(numbers[np.isfinite(numbers)])
    return max(ABSOLUTE, RELATIVE * float(finite.max(initial=0.0)) * 1e-2)


class Statistics:
    """How one random answer behaves in one test case, over several random states."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.forms = {forms(trace.observations) for trace in traces}
        vectors = [statistics_of(trace) for trace in traces]
        self.usable = len({len(vector) for vector in vectors}) == 1 and len(vectors) > 2
        if self.usable:
            table = np.stack(vectors)
            self.mean = table.mean(axis=0)
            # Of a few runs the deviation comes out too small as often as too large.
            spread = table.std(axis=0, ddof=1) * (1 + 2 / len(vectors))
            self.reach = DEVIATIONS * spread + SPARE * np.abs(self.mean) + ABSOLUTE

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
        distinct = len(np.unique(numbers)) / len(numbers)
        return np.asarray(
            [
                numbers.mean(),
                numbers.std(),
                *np.quantile(numbers, QUANTILES),
                (numbers == 0).mean(),
                (numbers < 0).mean(),
                distinct,
            ]
        )

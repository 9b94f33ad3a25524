"""A test case is left as soon as an answer is seen to do otherwise, and never when more of it could agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from autograder.judge.parting import MORE, Beside, Parted, parts_from
from autograder.judge.trace import MAX_OBSERVATIONS, Observation, Trace


def trace(*values: float) -> Trace:
    return Trace([Observation("float", (np.array([value]),)) for value in values])


def follow(other: Trace, steps: Sequence[Observation], may_vary: bool = False) -> Trace:
    """Return how far a trace grows, a request at a time, beside another one."""
    beside, grown = Beside(other, lambda: may_vary), Trace()
    try:
        for step in steps:
            beside.before_more(grown)
            grown.observations.append(step)
            beside.compare(grown)
    except Parted:
        pass
    return grown


def test_what_agrees_goes_on_to_its_end() -> None:
    steps = trace(1, 2, 3).observations
    assert follow(trace(1, 2 + 1e-7, 3), steps).observations == steps


def test_the_first_difference_ends_it() -> None:
    steps = trace(1, 5, 3).observations
    assert follow(trace(1, 2, 3), steps).observations == steps[:2]


def test_what_may_vary_goes_on() -> None:
    steps = trace(1, 5, 3).observations
    assert follow(trace(1, 2, 3), steps, may_vary=True).observations == steps


def test_another_form_ends_it_even_if_it_may_vary() -> None:
    wider = Observation(("tensor", (2, 3)), (np.zeros(6),))
    narrow = Observation(("tensor", (2, 1)), (np.zeros(2),))
    assert len(follow(Trace([wider, wider]), [narrow, wider], may_vary=True).observations) == 1


def test_counts_may_vary_as_numbers_do() -> None:
    counted, other = Observation(("number", 4)), Observation(("number", 5))
    assert len(follow(Trace([counted] * 2), [other] * 2, may_vary=True).observations) == 2
    assert len(follow(Trace([counted] * 2), [other] * 2).observations) == 1


def test_a_request_that_the_other_did_not_make_is_not_made() -> None:
    grown = follow(trace(1, 2), trace(1, 2, 3).observations)
    assert len(grown.observations) == 3 and grown.observations[-1] == MORE


def test_a_trace_that_is_too_long_to_be_kept_ends_nothing() -> None:
    whole = trace(*range(MAX_OBSERVATIONS))
    beside, grown = Beside(whole, lambda: False), Trace(list(whole.observations))
    beside.compare(grown)
    beside.before_more(grown)


def test_no_test_takes_the_parting_for_an_answers_exception() -> None:
    assert not issubclass(Parted, Exception)


@pytest.mark.parametrize(
    ("left", "whole", "parts"),
    [
        pytest.param(trace(1, 5), trace(1, 2, 3), True, id="another number"),
        pytest.param(trace(1, 5), trace(1, 5, 3), False, id="as far as it goes the same"),
        pytest.param(trace(1, 5), trace(1), True, id="a shorter one"),
        pytest.param(Trace([*trace(1).observations, MORE]), trace(1), True, id="one without more"),
        pytest.param(
            Trace([*trace(1).observations, MORE]), trace(1, 2), False, id="one with more, too"
        ),
        pytest.param(
            Trace([*trace(1).observations, MORE]), trace(4, 2), True, id="more of another one"
        ),
    ],
)
def test_what_was_left_rules_out_only_what_it_differs_from(
    left: Trace, whole: Trace, parts: bool
) -> None:
    assert parts_from(left, whole) is parts

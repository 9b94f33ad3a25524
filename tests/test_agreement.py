"""When two traces show one behaviour."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from autograder.border.replies import ErrorReport
from autograder.border.requests import Spy
from autograder.judge.agreement import DEVIATIONS, Statistics, agree, may_be_chance
from autograder.judge.exceptions import StudentError, student_error
from autograder.judge.rehearsal import FIRST_RUNS, RUNS
from autograder.judge.trace import MAX_ENTRIES, MAX_OBSERVATIONS, Observation, Trace

X = torch.tensor([[-1.5, 0.0, 2.0], [7.0, -0.25, 6.5]])


def trace_of(*values: object) -> Trace:
    trace = Trace()
    for value in values:
        trace.note_value("Call", value, {})
    return trace


def test_rounding_makes_no_difference() -> None:
    assert agree(trace_of(X.softmax(1)), trace_of(X.exp() / X.exp().sum(1, keepdim=True)))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(-X, id="values"),
        pytest.param(X.double(), id="dtype"),
        pytest.param(X.reshape(3, 2), id="shape"),
        pytest.param(X.clone().requires_grad_(), id="whether it hangs on a graph"),
        pytest.param(X.tolist(), id="type"),
        pytest.param(torch.full_like(X, torch.nan), id="not a number"),
    ],
)
def test_another_result_is_another_behaviour(other: object) -> None:
    assert not agree(trace_of(X), trace_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(torch.device("cuda:0"), torch.device("cuda:1"), id="devices"),
        pytest.param([torch.device("cpu")], [torch.device("cuda:0")], id="devices in a list"),
        pytest.param(torch.float32, torch.float64, id="dtypes"),
        pytest.param(np.float32(0.5), np.float32(0.25), id="numbers of numpy"),
        pytest.param(np.int64(3), np.int64(4), id="whole numbers of numpy"),
    ],
)
def test_values_of_one_kind_are_told_apart(one: object, other: object) -> None:
    assert agree(trace_of(one), trace_of(one))
    assert not agree(trace_of(one), trace_of(other))


def test_the_order_in_which_a_dictionary_was_filled_makes_no_difference() -> None:
    record = {"epoch": 1, "loss": 0.5, "accuracy": 0.25}
    assert agree(trace_of([record]), trace_of([dict(reversed(record.items()))]))
    assert not agree(trace_of(record), trace_of({**record, "loss": 0.25, "accuracy": 0.5}))


def test_a_count_is_compared_exactly() -> None:
    assert agree(trace_of(65_546_000), trace_of(65_546_000.0))
    assert not agree(trace_of(65_546_000), trace_of(65_546_010))


@pytest.mark.parametrize(
    ("wrong", "right", "chance"),
    [
        pytest.param(3, 5, True, id="a small count"),
        pytest.param(True, False, True, id="a truth value"),
        pytest.param([0.5, 2.0], [0.5, 1.0], True, id="a single number"),
        pytest.param(65_547_010, 65_546_000, False, id="a large count"),
        pytest.param(-X, X, False, id="many numbers"),
        pytest.param(X.double(), X, False, id="another dtype"),
        pytest.param(None, X, False, id="nothing"),
    ],
)
def test_two_mistakes_may_share_a_little_by_chance(
    wrong: object, right: object, chance: bool
) -> None:
    assert may_be_chance(trace_of(wrong), trace_of(right), contradicted=False) is chance


def test_the_same_exception_is_no_evidence_of_a_mistake_that_is_contradicted() -> None:
    raised = Trace()
    raised.note_exception("Call", student_error(ErrorReport(["RuntimeError"], "sizes"), {}))
    assert may_be_chance(raised, trace_of(X), contradicted=True)
    assert not may_be_chance(raised, trace_of(X), contradicted=False)


def test_what_a_test_asks_after_a_wrong_count_is_no_evidence() -> None:
    # It asks a second time, for its message, where the right answer is asked for something else.
    assert may_be_chance(trace_of(2, 2), trace_of(1, X), contradicted=True)
    assert may_be_chance(trace_of(2, 2), trace_of(1), contradicted=True)
    assert not may_be_chance(trace_of(2.5 * X, 2), trace_of(X, X), contradicted=True)


def test_the_kind_of_layer_in_a_place_is_soon_the_same_in_two_mistakes() -> None:
    def holding(layer: tuple[str, ...]) -> Trace:
        trace = trace_of(1)
        trace.observations.append(Observation(("Index", ("object", True, layer))))
        return trace

    assert may_be_chance(holding(("ReLU",)), holding(("Linear",)), contradicted=True)


def test_on_how_many_lines_an_answer_stands_is_no_behaviour() -> None:
    def watched(calls: set[str], steps: int) -> Trace:
        trace = Trace()
        trace.note_value(Spy.__name__, (X, calls, steps), {})
        return trace

    assert agree(watched({"stack", "add"}, 6), watched({"stack", "add"}, 15))
    assert not agree(watched({"stack", "add"}, 6), watched({"add"}, 6))


def test_nan_in_the_same_place_is_the_same_behaviour() -> None:
    assert agree(trace_of(torch.log(X)), trace_of(torch.log(X.double()).float()))


def test_a_result_that_shares_memory_differs_from_a_copy() -> None:
    view, copy = Trace(), Trace()
    view.note_value("Call", X.view(-1), {"j1": X})
    copy.note_value("Call", X.reshape(-1).clone(), {"j1": X})
    assert not agree(view, copy)


@pytest.mark.parametrize("known", [True, False], ids=["by a later call", "by the first call"])
def test_what_changed_in_the_tests_own_tensors_is_seen(known: bool) -> None:
    traces = []
    for factor in (1.0, 2.0):
        trace, parameter = Trace(), torch.ones(3)
        trace.note_value("Begin", None, {"j1": parameter} if known else {})
        parameter.mul_(factor)
        trace.note_value("Call", None, {"j1": parameter})
        traces.append(trace)
    assert not agree(*traces)


def raised(name: str, message: str) -> StudentError:
    return student_error(ErrorReport([name], message), {})


def test_exceptions_agree_by_kind_and_words_but_not_by_numbers() -> None:
    def trace(error: StudentError) -> Trace:
        made = Trace()
        made.note_exception("Call", error)
        return made

    one = trace(raised("RuntimeError", "shape '[5]' is invalid for input of size 6"))
    assert agree(one, trace(raised("RuntimeError", "shape '[7]' is invalid for input of size 12")))
    assert not agree(one, trace(raised("RuntimeError", "expected scalar type Float")))
    assert not agree(one, trace(raised("ValueError", "shape '[5]' is invalid for input of size 6")))


def test_a_trace_is_bounded() -> None:
    trace = trace_of(*[torch.arange(10_000.0)] * (MAX_OBSERVATIONS + 50))
    assert len(trace.observations) <= MAX_OBSERVATIONS + 1
    assert all(len(n) <= MAX_ENTRIES for o in trace.observations for n in o.numbers)


def dropout(scale: float, keep: float) -> Callable[[int], Trace]:
    def run(seed: int) -> Trace:
        generator = torch.Generator().manual_seed(seed)
        mask = (torch.rand(4000, generator=generator) < keep).float()
        return trace_of(mask * scale)

    return run


RIGHT, UNSCALED, INVERTED = dropout(1 / 0.8, 0.8), dropout(1.0, 0.8), dropout(1 / 0.8, 0.2)


@pytest.mark.parametrize("runs", [FIRST_RUNS, RUNS])
@pytest.mark.parametrize("name", ["right", "unscaled", "inverted"])
def test_random_answers_are_told_apart_by_their_statistics(name: str, runs: int) -> None:
    answers = {"right": RIGHT, "unscaled": UNSCALED, "inverted": INVERTED}
    trace = answers[name](1_000)
    held = {n for n, a in answers.items() if Statistics([a(s) for s in range(runs)]).holds(trace)}
    assert held == {name}


def test_what_varies_little_is_not_ruled_out_by_few_runs() -> None:
    """Three runs that happen to agree say little about how far a fourth may be off."""
    runs = [trace_of(torch.tensor([1.0, value])) for value in (5.0, 5.1, 5.2)]
    assert Statistics(runs).holds(trace_of(torch.tensor([1.0, 7.0])))
    assert not Statistics(runs).holds(trace_of(torch.tensor([1.0, 17.0])))


def test_every_number_of_runs_that_is_used_has_its_bound() -> None:
    assert set(DEVIATIONS) == {FIRST_RUNS, RUNS}


def test_numbers_are_taken_from_arrays_and_lists_too() -> None:
    one = trace_of(np.arange(6), [1, 2.5, {"loss": 3.0}])
    assert agree(one, trace_of(np.arange(6), [1, 2.5, {"loss": 3.0 + 1e-9}]))
    assert not agree(one, trace_of(np.arange(6), [1, 2.5, {"loss": 3.1}]))

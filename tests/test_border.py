"""A test that talks to a proxy sees what it would see in the student's own process."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from torch import nn

from autograder.judge.exceptions import (
    BorderMisuse,
    InputChanged,
    StudentError,
    UnreadableValue,
    WorkerGone,
)
from autograder.judge.proxy import Proxy
from autograder.outcome.results import Outcome

Run = Callable[..., Any]
ECHO = "def echo(*args): return args[0] if len(args) == 1 else args\n"


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -7,
        2**70,
        1.5,
        math.inf,
        "Grüße",
        b"\x00\xff",
        1 + 2j,
        [1, [2.0, "x"]],
        (1,),
        {"a": (1, 2), 3: None},
        {1, 2},
        ...,
        slice(1, None, 2),
        torch.Size([2, 3]),
        torch.float16,
        torch.device("cuda:1"),
        np.float32(0.5),
    ],
    ids=repr,
)
def test_plain_values_come_back_as_they_are_with_their_exact_type(student: Run, value: Any) -> None:
    back = student(ECHO).echo(value)
    assert back == value and type(back) is type(value)


@pytest.mark.parametrize(
    "dtype",
    [torch.float32, torch.float64, torch.bfloat16, torch.int64, torch.bool, torch.complex128],
)
@pytest.mark.parametrize("shape", [(), (0, 3), (2, 3), (4, 1, 2)])
def test_tensors_keep_dtype_shape_and_values(
    student: Run, dtype: torch.dtype, shape: tuple[int, ...]
) -> None:
    X = torch.arange(math.prod(shape)).reshape(shape).to(dtype)
    back = student("def twin(X): return X.clone()\n").twin(X)
    assert back.dtype == dtype and torch.equal(back, X)


def test_a_device_that_no_machine_has_is_no_nonsense(student: Run) -> None:
    names = student("def where(i): return torch.device('cuda', i)\n")
    assert names.where(1000) != torch.device("cpu")
    assert names.where(3) == torch.device("cuda:3")


def test_odd_strides_arrive_as_odd_strides(student: Run) -> None:
    X = torch.arange(24.0).reshape(4, 6)[:, ::2].T
    assert student("def layout(X): return X.stride(), X.is_contiguous()\n").layout(X) == (
        X.stride(),
        False,
    )


def test_a_view_of_an_argument_is_a_view_of_the_tests_own_tensor(student: Run) -> None:
    x = torch.arange(6)
    rows = student("def rows(x): return x.view(-1, 3)\n").rows(x)
    rows[0, 0] = 99
    assert x[0] == 99


def test_a_copy_shares_nothing(student: Run) -> None:
    x = torch.arange(6)
    flat = student("def flat(x): return x.clone()\n").flat(x)
    flat[0] = 99
    assert x[0] == 0


def test_a_tensor_made_from_an_array_shares_the_tests_own_array(student: Run) -> None:
    a = np.arange(4.0)
    names = student(
        "def share(a): return torch.from_numpy(a)\ndef twin(a): return torch.tensor(a)\n"
    )
    shared, copied = names.share(a), names.twin(a)
    a[0] = 99.0
    assert shared[0] == 99 and copied[0] == 0


def test_an_argument_that_is_returned_is_the_same_object(student: Run) -> None:
    y = torch.zeros(3)
    assert student(ECHO).echo(y) is y


def test_writing_in_place_is_seen_where_it_is_the_task(student: Run) -> None:
    y = torch.zeros(3)
    add = student("def add(y, x):\n    y += x\n    return y\n", in_place=True).add
    assert add(y, torch.ones(3)) is y and torch.equal(y, torch.ones(3))


def test_writing_into_an_argument_fails_where_it_is_not_the_task(student: Run) -> None:
    relu = student("def relu(X):\n    X[X < 0] = 0\n    return X\n").relu
    with pytest.raises(InputChanged):
        relu(torch.tensor([-1.0, 2.0]))


@pytest.mark.parametrize(
    ("claim", "change"),
    [
        ("X.grad = X.detach()", "X.zero_()"),
        ("kept = nn.Parameter(X.detach())", "X.zero_()"),
        ("X.grad = other.detach()", "other.zero_()"),
        ("X.grad = other", "other.zero_()"),
    ],
    ids=["its own gradient", "a parameter", "a view as gradient", "another as gradient"],
)
def test_no_claim_about_an_argument_gives_leave_to_change_it(
    student: Run, claim: str, change: str
) -> None:
    names = student(
        "kept = None\n"
        "def first(X, other):\n"
        "    global kept\n"
        f"    {claim}\n"
        "    return kept\n"
        "def second(X, other):\n"
        f"    {change}\n"
    )
    X, other = torch.ones(2), torch.ones(2)
    names.first(X, other)
    with pytest.raises(InputChanged):
        names.second(X, other)


def test_what_the_test_gave_a_parameter_as_memory_may_be_trained(student: Run) -> None:
    names = student(
        "net = nn.Linear(2, 1, bias=False)\n"
        "def step(net):\n"
        "    net(torch.ones(1, 2)).sum().backward()\n"
        "    with torch.no_grad(): net.weight -= net.weight.grad\n"
    )
    K = torch.full((1, 2), 3.0)
    names.net.weight.data = K
    names.step(names.net)
    assert K.tolist() == [[2.0, 2.0]]


def test_rounding_left_by_a_step_there_and_back_is_no_change(student: Run) -> None:
    step = student(
        "def step(x):\n    x += 1e-3\n    x -= 2e-3\n    x += 1e-3\n    return x.sum()\n"
    ).step
    x = torch.randn(50)
    before = x.clone()
    step(x)
    assert torch.equal(x, before)
    assert torch.equal(step(x), step(before))


def test_an_empty_array_is_no_change_either(student: Run) -> None:
    assert student("def size(a): return a.size\n").size(np.zeros((0, 3))) == 0


def test_writing_into_a_table_fails(student: Run) -> None:
    spoil = student("def spoil(t):\n    t['b'] = 1\n    return 0\n").spoil
    with pytest.raises(InputChanged):
        spoil(pd.DataFrame({"a": [1.0, None], "c": ["x", None]}))


def test_tables_arrive_with_dtypes_and_missing_values(student: Run) -> None:
    source = (
        "def see(t): return [str(d) for d in t.dtypes], int(t.isna().sum().sum()), list(t.index)\n"
    )
    table = pd.DataFrame({"a": [1.5, None], "b": ["x", None], "c": [True, False]}, index=[3, 5])
    assert student(source).see(table) == ([str(d) for d in table.dtypes], 2, [3, 5])


def test_gradients_flow_through_a_students_function(student: Run) -> None:
    square = student("def square(X): return X ** 2\n").square
    X = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
    (torch.tensor([1.0, 10.0, 100.0]) * square(2 * X)).sum().backward()
    assert X.grad is not None
    assert torch.equal(X.grad, 8 * X.detach() * torch.tensor([1.0, 10.0, 100.0]))


def test_a_detached_result_needs_no_gradient(student: Run) -> None:
    X = torch.ones(2, requires_grad=True)
    assert not student("def f(X): return X.detach() * 2\n").f(X).requires_grad


def test_gradients_reach_parameters_inside_a_students_module(student: Run) -> None:
    net = student("net = nn.Linear(3, 2)\n").net
    net(torch.ones(4, 3)).sum().backward()
    assert torch.equal(net.weight.grad, torch.full((2, 3), 4.0))
    net(torch.ones(4, 3)).sum().backward()
    assert torch.equal(net.bias.grad, torch.full((2,), 8.0))


def test_autograd_grad_knows_a_students_parameters(student: Run) -> None:
    net = student("net = nn.Linear(3, 2)\n").net
    weight = net.weight
    (gradient,) = torch.autograd.grad(net(torch.ones(1, 3)).sum(), [weight])
    assert torch.equal(gradient, torch.ones(2, 3)) and weight.grad is None


def test_setting_a_students_parameter_is_seen_by_the_student(student: Run) -> None:
    net = student("net = nn.Linear(3, 2)\n").net
    net.weight.data.fill_(1.0)
    with torch.no_grad():
        net.bias.zero_()
    gc.collect()
    assert torch.equal(net(torch.ones(1, 3)).detach(), torch.full((1, 2), 3.0))
    net.weight.data = torch.zeros(2, 3)
    assert torch.equal(net(torch.ones(1, 3)).detach(), torch.zeros(1, 2))


def test_an_optimizer_here_trains_a_net_there(student: Run) -> None:
    net = student("net = nn.Linear(1, 1)\n").net
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    X = torch.linspace(-1, 1, 8).reshape(-1, 1)
    for _ in range(60):
        optimizer.zero_grad()
        ((net(X) - (2 * X + 1)) ** 2).mean().backward()
        optimizer.step()
    assert abs(net.weight.item() - 2) < 0.1 and abs(net.bias.item() - 1) < 0.01


def test_a_module_of_the_test_is_trained_by_the_students_code(student: Run) -> None:
    source = (
        "def fit(net, data, loss, optimizer):\n"
        "    net.train()\n"
        "    for X, y in data:\n"
        "        optimizer.zero_grad(); loss(net(X), y).backward(); optimizer.step()\n"
    )
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1)).eval()
    before = [p.detach().clone() for p in net.parameters()]
    data = [(torch.randn(4, 2), torch.randn(4, 1))]
    fit = student(source, trains=True).fit
    fit(net, data, nn.MSELoss(), torch.optim.Adam(net.parameters(), lr=0.1))
    assert net.training and all(module.training for module in net)
    assert not any(torch.equal(a, b) for a, b in zip(before, net.parameters()))
    assert net[1].num_batches_tracked == 1


CHANGES = {
    "writes into a parameter": "torch.no_grad().__enter__(); net[0].weight.zero_()",
    "lays a parameter elsewhere": "net[0].weight.data = torch.zeros(3, 2)",
    "replaces a parameter": "net[0].weight = nn.Parameter(torch.zeros(3, 2))",
    "writes through a view": "net[0].weight.detach().view(-1)[:2].fill_(5.0)",
    "calls it a gradient": "net[0].weight.grad = net[0].weight.detach(); net[0].weight.grad.zero_()",
    "writes into a buffer": "net[1].running_mean.fill_(3.0)",
    "trains": "torch.optim.SGD(net.parameters(), 1.0).step() if net(X).sum().backward() is None else 0",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_network_of_the_test_stays_as_it_was_where_training_is_not_the_task(
    student: Run, change: str
) -> None:
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)).eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    f = student(f"def f(net, X):\n    {CHANGES[change]}\n    return net(X)\n").f
    with pytest.raises(InputChanged, match="network"):
        f(net, torch.randn(4, 2))
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())


def test_a_network_of_the_test_may_be_called_and_set_to_either_mode(student: Run) -> None:
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
    f = student(
        "def f(net, X):\n    net.eval()\n    net(X).sum().backward()\n    net.train(False)\n"
    ).f
    f(net, torch.randn(4, 2))
    assert not net.training and net[0].weight.grad is not None


def test_a_parameter_that_is_replaced_is_replaced_in_the_tests_own_module(student: Run) -> None:
    init = student(
        "def init(m):\n"
        "    m.weight = nn.Parameter(torch.full_like(m.weight, 7.0))\n"
        "    m.bias.data = torch.ones(2)\n",
        trains=True,
    ).init
    net = nn.Linear(3, 2)
    init(net)
    assert torch.equal(net.weight, torch.full((2, 3), 7.0)) and torch.equal(net.bias, torch.ones(2))
    net(torch.ones(1, 3)).sum().backward()
    assert net.weight.grad is not None


def test_temporary_files_can_be_written(student: Run) -> None:
    source = "import tempfile\ndef write():\n    with tempfile.TemporaryFile() as f: return f.write(b'abc')\n"
    assert student(source).write() == 3


def test_a_module_that_is_returned_is_the_tests_own(student: Run) -> None:
    net = nn.Linear(1, 1)
    assert student(ECHO).echo(net) is net


def test_proxies_of_modules_look_like_modules(student: Run) -> None:
    net = student("net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))\n").net
    assert isinstance(net, nn.Module) and isinstance(net, nn.Sequential)
    assert isinstance(net[1], nn.ReLU) and len(net) == 3
    assert [tuple(p.shape) for p in net.parameters()] == [(3, 2), (3,), (1, 3), (1,)]
    assert list(net.state_dict()) == ["0.weight", "0.bias", "2.weight", "2.bias"]
    assert isinstance(net[0].weight, nn.Parameter) and net[0].weight is net[0].weight
    net.eval()
    assert net[1].training is False


def test_functions_of_the_test_run_beside_the_students_code(student: Run) -> None:
    derivative = student(
        "def derivative(f, x):\n"
        "    x = x.clone().requires_grad_()\n"
        "    return torch.autograd.grad(f(x).sum(), x)[0]\n"
    ).derivative
    x, scale = torch.tensor([1.0, 2.0]), 3.0

    def cube(t: torch.Tensor) -> torch.Tensor:
        return scale * t**3

    assert torch.allclose(derivative(cube, x), 9 * x**2)
    assert torch.allclose(derivative(torch.sin, x), x.cos())
    assert torch.allclose(derivative(lambda t: cube(t) + t, x), 9 * x**2 + 1)


def test_generators_are_read_one_item_at_a_time(student: Run) -> None:
    count = student(
        "def count():\n    n = 0\n    while True:\n        yield n\n        n += 1\n"
    ).count
    assert [n for n, _ in zip(count(), range(3))] == [0, 1, 2]


def test_a_students_exception_is_that_exception_here(student: Run) -> None:
    raises = student("def raises():\n    raise ValueError('k is too small')\n").raises
    with pytest.raises(ValueError, match="k is too small") as caught:
        raises()
    assert isinstance(caught.value, StudentError) and caught.value.place == (1, 5)


def test_exit_is_an_exception_like_others(student: Run) -> None:
    with pytest.raises(StudentError) as caught:
        student("import sys\ndef leave(): sys.exit(3)\n").leave()
    assert caught.value.type_name == "SystemExit"


def test_ending_the_process_ends_the_session(student: Run) -> None:
    names = student("import os\ndef leave(): os._exit(0)\ndef stay(): return 1\n")
    for call in (names.leave, names.stay):
        with pytest.raises(WorkerGone) as caught:
            call()
        assert caught.value.outcome is Outcome.CRASHED
        break


def test_an_endless_loop_ends_at_the_deadline(student: Run) -> None:
    names = student("def loop():\n    while True: pass\n", seconds=1.0)
    with pytest.raises(WorkerGone) as caught:
        names.loop()
    assert caught.value.outcome is Outcome.TIMEOUT


def test_printing_without_end_ends_with_what_is_wrong(student: Run) -> None:
    names = student("def shout():\n    while True: print('still here', flush=True)\n")
    with pytest.raises(StudentError, match=r"more than 4096 KB were printed.*never ends"):
        names.shout()


def test_each_test_case_may_print_as_much_as_the_last(student: Run) -> None:
    names = student("def print_much(): print('x' * (3 << 20))\n")
    for _ in range(3):
        names.session.begin(0)
        names.print_much()


def test_memory_is_bounded(student: Run) -> None:
    with pytest.raises(StudentError, match="memory"):
        student("def big(): return torch.ones(1 << 32)\n").big()


def test_objects_stay_objects_whatever_they_claim(student: Run) -> None:
    yes = student(
        "class Yes:\n"
        "    def __eq__(self, other): return True\n"
        "    def __len__(self): return 1 << 62\n"
        "yes = Yes()\n"
    ).yes
    assert type(yes) is Proxy
    equal_to_all: Any = yes
    assert equal_to_all != 1
    with pytest.raises(ValueError, match="no sensible length"):
        len(yes)


def test_a_tensor_subclass_is_not_taken_for_a_tensor(student: Run) -> None:
    fake = student("class Fake(torch.Tensor): pass\nfake = torch.ones(2).as_subclass(Fake)\n").fake
    assert type(fake) is Proxy
    with pytest.raises((AssertionError, TypeError)):
        torch.testing.assert_close(fake, torch.ones(2))


def test_more_data_than_a_test_can_read_is_said_to_be_so(student: Run) -> None:
    with pytest.raises((UnreadableValue, WorkerGone)):
        student("def much(): return 'x' * (40 << 20)\n").much()


def test_what_a_test_may_not_send_is_the_tests_mistake(student: Run) -> None:
    with pytest.raises(BorderMisuse):
        student(ECHO).echo(object())


def test_calls_are_named_under_whatever_import(student: Run) -> None:
    names = student(
        "from torch.nn.functional import relu as mine\n"
        "def a(X): return mine(X)\n"
        "def b(X): return nn.ReLU()(X)\n"
        "def c(X): return torch.ops.aten.relu(X)\n"
        "def d(X): return X.clamp(min=0)\n"
        "def e(): nn.init.xavier_uniform_(nn.Linear(2, 2).weight)\n"
        "def f(X):\n"
        "    from concurrent.futures import ThreadPoolExecutor\n"
        "    with ThreadPoolExecutor(1) as pool: return pool.submit(torch.relu, X).result()\n"
    )
    X = torch.randn(3)
    for function in (names.a, names.b, names.c, names.f):
        assert any("relu" in name for name in names.tools.watch(function, X).calls)
    assert not any("relu" in name for name in names.tools.watch(names.d, X).calls)
    assert "xavier_uniform_" in names.tools.watch(names.e).calls


def test_a_result_that_is_returned_again_arrives_again(student: Run) -> None:
    names = student(
        "kept = {}\n"
        "def cached(x): return kept.setdefault(x, torch.tensor([x, 1.0]))\n"
        "out = torch.zeros(2)\n"
        "def buffered(x): return out.fill_(x)\n"
    )
    for function, expected in ((names.cached, [2.0, 1.0]), (names.buffered, [2.0, 2.0])):
        for _ in range(3):  # nobody holds the last result
            assert function(2.0).tolist() == expected
            gc.collect()


def test_many_small_results_do_not_pile_up(student: Run) -> None:
    names = student("def double(X): return 2 * X\n")
    double = names.double
    X = torch.ones(2)
    for _ in range(200):
        X = double(X) / 2
    assert double.__name__ == "double"  # one more message: what was dropped is forgotten with it
    assert len(names.session.codec.mirror.regions) < 10

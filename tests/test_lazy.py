"""What is slow to import waits until it is needed, and is whole when it is there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.border.lazy import LazyModule, LazyPackage, put_off
from autograder.judge.otter_tests import ExceptionTestFile
from autograder.worker.lazy_torch import COMPILER, MANY_MACHINES, SHAPES
from tests.example_class import ROOT

BEGIN = f"""
import sys
from autograder.worker.warm_parent import prepare_torch
prepare_torch()
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

def waits():
    return [sys.modules[name]._waits for name in ("{COMPILER}", "{SHAPES}", "{MANY_MACHINES}")]

def train(kind):
    net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))
    optimizer = kind(net.parameters(), lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    for (X,) in DataLoader(TensorDataset(torch.randn(8, 3)), batch_size=4, shuffle=True):
        optimizer.zero_grad()
        net(X).sum().backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    optimizer.load_state_dict(optimizer.state_dict())
"""
ORDINARY = """
import importlib.metadata
import io
import numpy as np
for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop, torch.optim.Adagrad):
    train(kind)
X = torch.ones(3, 2, requires_grad=True)
(X * 2).backward(torch.ones(3, 2))
torch.autograd.grad(X.exp(), X, torch.ones(3, 2))
torch.testing.assert_close(X.grad, torch.full((3, 2), 2.0))
torch.func.grad(lambda x: (x**2).sum())(torch.ones(3))
torch.func.vmap(torch.sin)(torch.ones(3))
torch.func.jacrev(torch.sin)(torch.ones(3))
torch.func.functional_call(nn.Linear(2, 2), {}, (torch.ones(1, 2),))
torch.autograd.functional.jacobian(torch.sin, torch.ones(3))
torch.autograd.gradcheck(torch.sin, torch.ones(2, dtype=torch.float64, requires_grad=True))
file = io.BytesIO()
torch.save(nn.Linear(2, 2).state_dict(), file)
file.seek(0)
torch.load(file)
nn.TransformerEncoderLayer(8, 2)(torch.randn(2, 3, 8))
nn.LSTM(3, 4)(torch.randn(2, 3))
nn.utils.parametrizations.weight_norm(nn.Linear(2, 2))(torch.ones(1, 2))
np.random.default_rng(0).normal()
list(importlib.metadata.entry_points())
importlib.invalidate_caches()
assert waits() == [True] * 3, waits()
"""
SHAPES_DIFFER = """
X = torch.ones(3, requires_grad=True)
try:
    (X * 2).backward(torch.ones(2))
except RuntimeError as error:
    assert "shape" in str(error), error
else:
    raise SystemExit("a gradient of another shape was taken")
"""
COMPILED = """
train(torch.optim.Adam)
step = torch.optim.Adam.zero_grad.__wrapped__
assert vars(step)["__dynamo_disable"] is step
double = torch.compile(lambda X: 2 * X, backend="eager")
assert double(torch.ones(2)).tolist() == [2.0, 2.0]
assert waits()[0] is False
train(torch.optim.Adam)
assert vars(step)["__dynamo_disable"] is not step
"""
MODULES = """
from torch._dynamo.utils import counters
import torch._dynamo.utils, torch._dynamo.config
assert torch._dynamo.utils is sys.modules["torch._dynamo.utils"]
assert torch._dynamo.utils.counters is counters
assert torch._dynamo.convert_frame.config is torch._dynamo.config
from torch.fx.experimental.symbolic_shapes import ShapeEnv, guard_bool
assert guard_bool(True) is True and ShapeEnv()
"""


PLAYED = """
from autograder.judge.elsewhere import where_it_lies
from autograder.worker.warm_parent import preload
preload([])
assert waits() == [True, False, True], waits()
X = torch.ones(2, 3)
assert where_it_lies(lambda X: torch.where(X > 0, X, 0.0).softmax(1), (X,)) == "there"
assert where_it_lies(lambda X: X + torch.ones(2, 3), (X,)) == "torn"
train(torch.optim.Adam)
assert waits()[0], "the compiler was imported"
"""


@pytest.mark.parametrize("work", [ORDINARY, SHAPES_DIFFER, COMPILED, MODULES, PLAYED])
def test_torch_works_as_if_all_of_it_were_there(work: str) -> None:
    run(BEGIN + work)


def test_the_judge_needs_nothing_of_otter_but_its_test_files() -> None:
    run("""
import sys
import autograder.grading.batch, autograder.commands.class_run, autograder.grading.pool
assert not {"pandas", "nbformat", "nbconvert", "otter.api"} & sys.modules.keys()
from otter.test_files import test_case
from autograder.judge.otter_tests import ExceptionTestFile
assert not {"pandas", "nbformat"} & sys.modules.keys()
from otter.test_files import ExceptionTestFile as again, GradingResults
assert again is ExceptionTestFile
import otter
import otter.assign
assert otter.Notebook and otter.assign.Assignment and GradingResults
""")


def test_a_test_file_is_otters_own() -> None:
    import otter.test_files

    assert otter.test_files.ExceptionTestFile is ExceptionTestFile


def test_asking_for_what_no_module_has_is_an_attribute_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for module in (LazyModule("colorsys"), LazyPackage("wsgiref")):
        monkeypatch.setitem(sys.modules, module.__name__, module)
        put_off(module)
        with pytest.raises(AttributeError):
            _ = module.__wrapped__
        with pytest.raises(AttributeError, match="nothing_of_the_kind"):
            _ = module.nothing_of_the_kind
    with pytest.raises(ModuleNotFoundError):
        LazyModule("no_such_module")


def run(script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr

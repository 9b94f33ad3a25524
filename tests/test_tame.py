"""What does not go well with forks, small machines and no screen is taken out of libraries, and harms nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_compiled_function_is_the_function(student: Run) -> None:
    names = student(
        "@torch.compile\n"
        "def one(x): return x + 1\n"
        "@torch.compile(mode='reduce-overhead', fullgraph=True)\n"
        "def two(x): return x + 2\n"
        "net = torch.compile(nn.Linear(2, 3), backend='inductor')\n"
        "results = [one(1), two(1), tuple(net(torch.ones(4, 2)).shape)]"
    )
    assert names.results == [2, 3, (4, 3)]


@pytest.mark.parametrize("stop", ["breakpoint()", "import pdb; pdb.set_trace()"])
def test_a_debugger_that_was_forgotten_stops_nothing(student: Run, stop: str) -> None:
    assert student(f"def f(x):\n    {stop}\n    return x\nx = f(3)").x == 3


@pytest.mark.parametrize("device", ["'cuda'", "torch.device('cuda', 0)", "'mps'"])
def test_a_default_device_that_is_not_here_has_no_effect(student: Run, device: str) -> None:
    names = student(f"torch.set_default_device({device})\nplace = str(torch.ones(2).device)")
    assert names.place == "cpu"


def test_a_default_device_that_is_here_is_the_default(student: Run) -> None:
    names = student("torch.set_default_device('meta')\nplace = str(torch.ones(2).device)")
    assert names.place == "meta"


@pytest.mark.parametrize(
    "options",
    [
        "4, True, None, None, 2",
        "batch_size=4, shuffle=True, num_workers=2",
        "4, num_workers=2, prefetch_factor=4, persistent_workers=True",
    ],
)
def test_a_loader_with_worker_processes_gives_the_same_batches(student: Run, options: str) -> None:
    names = student(
        "from torch.utils.data import DataLoader, TensorDataset\n"
        f"loader = DataLoader(TensorDataset(torch.arange(10)), {options})\n"
        "workers, batches = loader.num_workers, [X.tolist() for X, in loader]"
    )
    assert names.workers == 0
    assert [len(batch) for batch in names.batches] == [4, 4, 2]
    assert sorted(x for batch in names.batches for x in batch) == list(range(10))


def test_threads_stay_one_for_the_sake_of_forks(student: Run) -> None:
    names = student(
        "torch.set_num_threads(4)\ntorch.set_num_interop_threads(4)\nthreads = torch.get_num_threads()"
    )
    assert names.threads == 1


@pytest.mark.parametrize("how", ["os.chdir('{}')", "%cd {}"])
def test_a_folder_that_is_not_the_submissions_does_not_become_the_working_directory(
    student: Run, how: str
) -> None:
    names = student(
        "import os\nhome = os.getcwd()\nos.mkdir('mine')\n"
        f"{how.format('mine')}\ninside = os.path.relpath(os.getcwd(), home)\n"
        f"{how.format('/')}\nstill = os.path.relpath(os.getcwd(), home)"
    )
    assert (names.inside, names.still) == ("mine", "mine")


def test_figures_are_drawn_in_memory(student: Run) -> None:
    names = student(
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2])\n"
        "figure.canvas.draw()\nplt.savefig('figure.png')\nplt.show()\n"
        "backend, many = type(figure.canvas).__name__, len(plt.get_fignums())"
    )
    assert (names.backend, names.many) == ("FigureCanvasAgg", 1)


@pytest.mark.parametrize(
    "line",
    [
        "import matplotlib; matplotlib.use('TkAgg')",
        "import matplotlib.pyplot as plt; plt.switch_backend('QtAgg')",
        "%matplotlib qt",
        "import matplotlib\nmatplotlib.use('module://ipympl.backend_nbagg', force=True)",
    ],
)
def test_a_backend_with_windows_does_no_harm(student: Run, line: str) -> None:
    names = student(
        f"import matplotlib\nimport matplotlib.pyplot as plt\n{line}\n"
        "figure, axes = plt.subplots()\naxes.plot([1, 2])\nplt.show()\ndone = True"
    )
    assert names.done is True

"""The lessons and the answers on a GPU that is really there: `make test-gpu`, on a machine with CUDA.

Whether an answer would keep to a device is judged with played devices, on any machine. Here tensors really move.
"""

from __future__ import annotations

import pytest
import torch

from tests.lessons import SETTINGS, cells_of, found_by, public_tests, run_cells

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no GPU for CUDA"),
]
LESSONS = list(SETTINGS.assignments)
AT_HOME_ON_THE_CPU = ("Generator(", "numpy", "pandas", "cpu")
"""What a test names that draws, shares or expects its numbers there."""
ON_THE_GPU = "import torch\ntorch.set_default_device('cuda')"
TRY = """
import inspect

failed = {}
for source in SOURCES:
    place = {}
    exec(source, place)
    (name,) = [name for name in place if name.startswith("test_")]
    try:
        place[name](*[globals()[argument] for argument in inspect.signature(place[name]).parameters])
    except Exception as error:
        failed[name] = repr(error)[:500]
"""


@pytest.mark.parametrize("assignment", LESSONS)
def test_a_solved_notebook_runs_on_a_machine_with_a_gpu(assignment: str) -> None:
    found_by(assignment)


@pytest.mark.parametrize("assignment", LESSONS)
def test_answers_hold_where_every_tensor_lies_on_the_gpu(assignment: str) -> None:
    tests = public_tests(assignment)
    sources = [each for each in tests if not any(word in each for word in AT_HOME_ON_THE_CPU)]
    cells = [("device", ON_THE_GPU), *cells_of(assignment, demonstrations=False)]
    cells.append(("tests", f"SOURCES = {sources!r}\n{TRY}"))
    assert run_cells(assignment, cells, "failed") == [{}]


def test_the_training_loop_trains_on_the_gpu_that_it_is_given() -> None:
    device, memory, history = found_by(
        "hw9_training",
        "str(device)",
        "torch.cuda.max_memory_allocated()",
        "mlp_history",
        through="train",
    )
    assert device == "cuda" and memory > 1_000_000
    assert history[-1]["train_acc"] > 0.85


def test_networks_files_and_runs_move_between_gpu_and_cpu() -> None:
    chosen, everywhere, fixed, output, loaded, epoch = found_by(
        "hw7_blocks",
        "str(try_gpu())",
        "[str(device) for device in try_all_gpus()]",
        "str((fixed := FixedHiddenMLP().to('cuda')).rand_weight.device)",
        "str(fixed(torch.rand(2, 20, device='cuda')).device)",
        "(save_parameters(fixed, 'there.params'), load_parameters(here := FixedHiddenMLP(), 'there.params'),"
        " torch.equal(here.rand_weight, fixed.rand_weight.cpu()))[-1]",
        "(save_training(fixed, torch.optim.Adam(fixed.parameters()), 5, 'run.pt'),"
        " resume_training(here, torch.optim.Adam(here.parameters()), 'run.pt'))[-1]",
    )
    assert chosen == fixed == output == "cuda:0"
    assert everywhere == [f"cuda:{i}" for i in range(torch.cuda.device_count())]
    assert loaded is True and epoch == 5

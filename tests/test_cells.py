"""The worker runs a cell as Jupyter does: the same cells in a real ipykernel and here bind the same names."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from autograder.border.requests import Lookup
from autograder.course.manifest import QuestionManifest
from autograder.course.settings import Limits
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import Ran, Worker

CELLS = yaml.safe_load(Path(__file__).with_name("cells.yml").read_text(encoding="utf-8"))
SAME: dict[str, list[str]] = CELLS["same"]
GOES_ON: dict[str, dict[str, list[str]]] = CELLS["goes_on"]
OF_THE_SHELL = {"In", "Out", "get_ipython", "exit", "quit", "open"}
NAMES = (
    "sorted([name, type(value).__name__] for name, value in globals().items() "
    f"if name[:1] != '_' and name not in {sorted(OF_THE_SHELL)})"
)
ANEW = (
    "%cd -q {}\nget_ipython().reset(new_session=True)\nget_ipython().compile.reset_compiler_flags()"
)
SECONDS = 60

Done = tuple[list[list[str]], list[int]]
"""The names that cells bind, each with its value's type, and the numbers of the cells that raise."""


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(startup_timeout=SECONDS)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def in_kernel(kernel: BlockingKernelClient, cells: list[str], folder: Path) -> Done:
    def run(source: str, **options: object) -> dict[str, object]:
        reply = kernel.execute_interactive(
            source, timeout=SECONDS, allow_stdin=False, output_hook=lambda message: None, **options
        )
        content: dict[str, object] = reply["content"]
        return content

    run(ANEW.format(folder), store_history=False)  # cells are counted from 1 again
    raised = [n for n, source in enumerate(cells, 1) if run(source)["status"] == "error"]
    names = run("", user_expressions={"names": NAMES})["user_expressions"]
    return ast.literal_eval(names["names"]["data"]["text/plain"]), raised  # type: ignore[index]


def in_worker(warm_parent: WarmParent, cells: list[str]) -> Done:
    worker = Worker(warm_parent, Limits())
    deadline = time.monotonic() + SECONDS
    raised = []
    try:
        for number, source in enumerate(cells, 1):
            end = worker.run(number, source, deadline)
            assert isinstance(end, Ran)
            if end.error is not None or end.skipped:
                raised.append(number)
        worker.run(len(cells) + 1, f"_names = {NAMES}", deadline)
        question = QuestionManifest(name="q", points=1, defines=[], stub="", seconds=10)
        session = worker.snapshot(question, deadline)
        assert session is not None
        session.begin(0)
        names = session.ask(Lookup("_names"))
        worker.dismiss(session)
    finally:
        worker.close()
    return names, raised


@pytest.mark.parametrize("group", SAME)
def test_cells_bind_the_same_names_as_in_a_real_kernel(
    group: str, kernel: BlockingKernelClient, warm_parent: WarmParent, tmp_path: Path
) -> None:
    assert in_worker(warm_parent, SAME[group]) == in_kernel(kernel, SAME[group], tmp_path)


@pytest.mark.parametrize("group", GOES_ON)
def test_below_what_only_the_students_machine_has_the_worker_goes_on(
    group: str, kernel: BlockingKernelClient, warm_parent: WarmParent, tmp_path: Path
) -> None:
    cells, further = GOES_ON[group]["cells"], GOES_ON[group]["further"]
    (here, raised), (there, raised_there) = (
        in_worker(warm_parent, cells),
        in_kernel(kernel, cells, tmp_path),
    )
    assert raised == raised_there
    assert [name for name, _ in here if [name, _] not in there] == further
    assert [bound for bound in here if bound[0] not in further] == there

"""What several tests need: a warm parent, and a student's cell to talk to."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import build_assignment
from autograder.course.manifest import QuestionManifest
from autograder.course.settings import Limits, load_settings
from autograder.judge.instruments import JudgeTools
from autograder.judge.question import StudentNames
from autograder.judge.session import Session
from autograder.judge.warm_parents import WarmParent
from autograder.judge.worker import Ran, Worker

IMPORTS = "import torch, numpy as np\nfrom torch import nn\nfrom torch.nn import functional as F\n"


DEAREST = (
    "test_masters",
    "test_corpus",
    "test_kit_zips",
    "test_lessons",
    "test_container",
    "test_ways_in",
)
"""The files whose tests take longest: they are begun first, so that no process is left to itself with one in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    nameless = [item.nodeid for item in items if " object at 0x" in item.nodeid]
    if nameless:  # processes beside each other must find the same tests
        raise pytest.UsageError(f"a test is named after an address in memory: {nameless[0]}")
    last = len(DEAREST)
    items.sort(key=lambda i: DEAREST.index(i.path.stem) if i.path.stem in DEAREST else last)


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    warm = WarmParent()
    yield warm
    warm.close()


class Student(StudentNames):
    """The names of a student's cell, and the session behind them."""

    def __init__(self, session: Session, source: str) -> None:
        self.session = session
        self.tools = JudgeTools(session, {"answer": source}, Path("/nonexistent"))
        super().__init__(session, self.tools)

    def __getattr__(self, name: str) -> Any:
        return self.get(name)


@contextmanager
def run_cell(
    warm_parent: WarmParent,
    source: str,
    seconds: float = 20.0,
    in_place: bool = False,
    trains: bool = False,
) -> Iterator[Student]:
    """Run one cell in a fresh worker and yield its names."""
    question = QuestionManifest(
        name="answer",
        points=1,
        defines=[],
        stub="",
        seconds=seconds,
        in_place=in_place,
        trains=trains,
    )
    worker = Worker(warm_parent, Limits())
    deadline = time.monotonic() + 30 + seconds
    try:
        assert worker.run(1, IMPORTS + source, deadline) == Ran()
        session = worker.snapshot(question, deadline)
        assert session is not None
        session.begin(0)
        yield Student(session, source)
        worker.dismiss(session)
    finally:
        worker.close()


@pytest.fixture
def student(warm_parent: WarmParent) -> Iterator[Callable[..., Student]]:
    """`student(source)` runs a cell and gives its names."""
    opened: list[AbstractContextManager[Student]] = []

    def run(source: str, **options: Any) -> Student:
        for context in opened:
            context.__exit__(None, None, None)
        opened[:] = [run_cell(warm_parent, source, **options)]
        return opened[0].__enter__()

    yield run
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture(scope="session")
def built_hw4() -> Path:
    """The folder with hw4_mlp's zips, built by the kit itself."""
    root = Path(__file__).resolve().parents[1]
    with build_lock(root):
        settings = load_settings(root / "grading.yml")
        return build_assignment(root, "hw4_mlp", settings, root / "dist").autograder_zip.parent


@contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Let only one of several test processes build at a time."""
    (root / "dist").mkdir(exist_ok=True)
    with (root / "dist" / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

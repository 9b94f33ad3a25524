"""The engine, the images and the figures of one test run. All of it is made once, and only if it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.authoring import build_assignment
from autograder.course.settings import load_settings
from tests.conftest import build_lock
from tests.docker.base import base_image
from tests.docker.classes import HW4, HW9
from tests.docker.containers import LIMITS, Image, build_as_gradescope, with_source
from tests.docker.engine import Engine, NoEngineError, engine
from tests.example_class import ROOT

SELF_TEST = ("-I", "-m", "autograder", "doctor", "--grade")
FIGURES = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("docker")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    figures = config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("measured in containers")
        for line in figures:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def figure(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Note a line to be printed at the end."""
    return pytestconfig.stash.setdefault(FIGURES, []).append


@pytest.fixture(scope="session")
def docker() -> Iterator[Engine]:
    try:
        with engine() as found:
            yield found
    except NoEngineError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def base(docker: Engine) -> Iterator[str]:
    try:
        with base_image(docker) as name:
            yield name
    except NoEngineError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def built() -> Callable[[str], None]:
    """Build an assignment's zip."""

    def build(assignment: str) -> None:
        with build_lock(ROOT):
            build_assignment(ROOT, assignment, load_settings(ROOT / "grading.yml"), ROOT / "dist")

    return build


@pytest.fixture(scope="session")
def hw4_image(docker: Engine, base: str, built: Callable[[str], None]) -> Image:
    """hw4's image, by Gradescope's recipe."""
    built(HW4)
    image = build_as_gradescope(docker, base, HW4)
    # Whoever reads a file first is charged for the memory that it lies in: not a submission that is measured.
    docker("run", "--rm", *LIMITS, image.name, "/opt/autograder/bin/python", *SELF_TEST)
    return image


@pytest.fixture(scope="session")
def hw9_image(docker: Engine, hw4_image: Image, built: Callable[[str], None]) -> str:
    built(HW9)
    return with_source(docker, hw4_image, HW9)

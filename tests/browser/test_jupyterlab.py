"""hw4 in JupyterLab: a wrong and a right answer, an endless loop, a half-done notebook, and handing in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.authoring import build_assignment
from autograder.course.settings import load_settings
from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection
from autograder.judge.warm_parents import WarmParent
from tests.browser.lab import (
    NoBrowserError,
    OpenNotebook,
    browser_path,
    chromium,
    jupyterlab,
    opened,
)
from tests.conftest import build_lock
from tests.example_class import ROOT
from tests.install.machine import set_up, unpacked
from tests.install.running import answer

HW = "hw4_mlp"
WRONG = "def relu(X):\n    return torch.abs(X)"
RIGHT = "def relu(X):\n    return torch.where(X > 0, X, torch.zeros_like(X))"
ENDLESS = "def relu(X):\n    while True:\n        pass"
CHECK = 'grader.check("relu")'
QUESTIONS = list(load_settings(ROOT / "grading.yml").assignment(HW).questions)
HALF = QUESTIONS[: len(QUESTIONS) // 2]
STDERR = ".jp-RenderedText[data-mime-type*=stderr]"

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Lab:
    """JupyterLab, and three unpackings of the zip: untouched, half done, solved."""

    address: str
    folder: Path
    browser: Browser

    def home(self, way: str) -> Path:
        return self.folder / way / HW


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    try:
        browser_path()
    except NoBrowserError as error:
        pytest.skip(str(error))
    with build_lock(ROOT):
        built = build_assignment(ROOT, HW, load_settings(ROOT / "grading.yml"), ROOT / "dist")
    scratch, folder = (tmp_path_factory.mktemp(name) for name in ("scratch", "student"))
    mine, half, solved = (unpacked(built, folder / way) for way in ("mine", "half", "solved"))
    answer(built, half / f"{HW}.ipynb", HALF)
    answer(built, solved / f"{HW}.ipynb")
    machine = set_up(mine, scratch)
    with jupyterlab(machine.python, folder, scratch) as address, chromium() as browser:
        yield Lab(address, folder, browser)


@pytest.fixture(scope="module")
def notebook(lab: Lab) -> Iterator[OpenNotebook]:
    with opened(lab.browser, lab.address, f"mine/{HW}/{HW}.ipynb") as notebook:
        yield notebook


def test_run_all_of_an_untouched_notebook_reaches_the_last_check(notebook: OpenNotebook) -> None:
    notebook.command("notebook:run-all-cells")
    last = notebook.cell('grader.check("sigmoid_slope")')
    last.locator(".jp-OutputArea-output").wait_for()
    assert "not begun yet" in notebook.shown(last)
    assert "not begun yet" in notebook.shown(notebook.cell(CHECK))
    assert not notebook.page.locator(STDERR).count()
    missing = notebook.page.locator(".jp-OutputArea", has_text="This needs your `")
    assert missing.count() and not missing.locator("img").count(), "axes without anything in them"
    notebook.photograph("untouched")


def test_a_wrong_answer_reads_what_is_wrong_with_it(notebook: OpenNotebook) -> None:
    notebook.write(notebook.cell("def relu(X"), WRONG)
    notebook.run(notebook.cell("def relu(X"))
    said = notebook.run(notebook.cell(CHECK))
    assert "expected" in said and "got" in said and "|x|" in said
    notebook.photograph("wrong")


def test_an_endless_loop_ends_by_interrupting(notebook: OpenNotebook) -> None:
    notebook.write(notebook.cell("def relu(X"), ENDLESS)
    notebook.run(notebook.cell("def relu(X"))
    check = notebook.cell(CHECK)
    notebook.start(check)
    notebook.page.wait_for_timeout(2000)
    notebook.command("kernelmenu:interrupt")
    said = notebook.shown(check)
    assert len(said) < 1000 and "json" not in said.lower(), said
    assert "stopped" in said or "interrupted" in said.lower(), said


def test_a_right_answer_passes_and_is_graded_as_it_was_saved(
    notebook: OpenNotebook, lab: Lab, warm_parent: WarmParent
) -> None:
    notebook.write(notebook.cell("def relu(X"), RIGHT)
    notebook.run(notebook.cell("def relu(X"))
    assert "passed" in notebook.run(notebook.cell(CHECK))
    notebook.command("docmanager:save")
    with OpenBundle(ROOT / "dist" / f"{HW}-autograder.zip") as bundle:
        handed_in = read_notebook(lab.home("mine") / f"{HW}.ipynb")
        graded = Grader(bundle, warm_parent).grade(handed_in, Selection())
    scores = {question.name: question.score for question in graded.questions}
    assert scores.pop("relu") == 4 and not any(scores.values())


@pytest.mark.parametrize("way", ["half", "solved"])
def test_run_all_passes_what_is_answered_and_reaches_every_other_check(way: str, lab: Lab) -> None:
    questions = QUESTIONS if way == "solved" else HALF
    with opened(lab.browser, lab.address, f"{way}/{HW}/{HW}.ipynb") as notebook:
        notebook.command("notebook:run-all-cells")
        said = {q: notebook.shown(notebook.cell(f'grader.check("{q}")')) for q in QUESTIONS}
        right = {q for q, text in said.items() if " passed!" in text or ": noted: " in text}
        assert right == set(questions), said
        assert all(said.values())
        assert not notebook.page.locator(STDERR).count()
        notebook.photograph(way)

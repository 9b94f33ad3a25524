"""hw4 in JupyterLab: a wrong and a right answer, an endless loop, a half-done notebook, and handing in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring import build_assignment
from autograder.course.settings import load_settings
from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection
from autograder.judge.warm_parents import WarmParent
from tests.browser.lab import NoBrowserError, OpenNotebook, browser_path, jupyterlab, opened
from tests.conftest import build_lock
from tests.example_class import ROOT

HW = "hw4_mlp"
WRONG = "def relu(X):\n    return torch.abs(X)"
RIGHT = "def relu(X):\n    return torch.where(X > 0, X, torch.zeros_like(X))"
ENDLESS = "def relu(X):\n    while True:\n        pass"
CHECK = 'grader.check("relu")'

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a student has after unpacking the zip."""
    try:
        browser_path()
    except NoBrowserError as error:
        pytest.skip(str(error))
    with build_lock(ROOT):
        built = build_assignment(ROOT, HW, load_settings(ROOT / "grading.yml"), ROOT / "dist")
    folder = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(built.student_zip) as archive:
        archive.extractall(folder)
    return folder / HW


@pytest.fixture(scope="module")
def notebook(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenNotebook]:
    scratch = tmp_path_factory.mktemp("jupyter")
    with jupyterlab(home, scratch) as address, opened(address, f"{HW}.ipynb") as notebook:
        yield notebook


def test_run_all_of_an_untouched_notebook_reaches_the_last_check(notebook: OpenNotebook) -> None:
    notebook.command("notebook:run-all-cells")
    last = notebook.cell('grader.check("sigmoid_slope")')
    last.locator(".jp-OutputArea-output").wait_for()
    assert "not begun yet" in notebook.shown(last)
    assert "not begun yet" in notebook.shown(notebook.cell(CHECK))
    assert not notebook.page.locator(".jp-RenderedText[data-mime-type*=stderr]").count()


def test_a_wrong_answer_reads_what_is_wrong_with_it(notebook: OpenNotebook) -> None:
    notebook.write(notebook.cell("def relu(X"), WRONG)
    notebook.run(notebook.cell("def relu(X"))
    said = notebook.run(notebook.cell(CHECK))
    assert "expected" in said and "got" in said and "|x|" in said


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
    notebook: OpenNotebook, home: Path, warm_parent: WarmParent
) -> None:
    notebook.write(notebook.cell("def relu(X"), RIGHT)
    notebook.run(notebook.cell("def relu(X"))
    assert "passed" in notebook.run(notebook.cell(CHECK))
    notebook.command("docmanager:save")
    with OpenBundle(ROOT / "dist" / f"{HW}-autograder.zip") as bundle:
        handed_in = read_notebook(home / f"{HW}.ipynb")
        graded = Grader(bundle, warm_parent).grade(handed_in, Selection())
    scores = {question.name: question.score for question in graded.questions}
    assert scores.pop("relu") == 4 and not any(scores.values())

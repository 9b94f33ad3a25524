"""Every master is sound: as a grader, as a notebook for students, as a module and as a lesson.

Masters are built in a folder of their own, so that what is committed under `assignments/` stays.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

from autograder.authoring import Built, build_assignment
from autograder.authoring.master import read_master
from autograder.authoring.student import answer_cells
from autograder.course.manifest import DEMO_TAG
from autograder.course.settings import load_settings
from autograder.course.sources import is_written, solutions_folder
from autograder.intake.notebook import Notebook, read_notebook
from autograder.intake.reading import read_cell
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection
from autograder.judge.warm_parents import WarmParent
from autograder.outcome.results import Graded, Outcome
from tests.example_class import ROOT
from tests.no_engine import without_engine

SETTINGS = load_settings(ROOT / "grading.yml")
NAMES = [name for name in SETTINGS.assignments if is_written(ROOT, name)]
LESSON_SECONDS = 300
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"} | {
    "OMP_NUM_THREADS": "1"  # on a busy machine, two threads wait for each other
}
JOBS = "1" if "PYTEST_XDIST_WORKER" in os.environ else "2"
"""Where tests run beside each other already, more processes would only wait for one another."""
COMMAND = (sys.executable, "-m", "autograder")
FEW = "4"
"""Wrong answers and right answers of every question that decide whether a change lands."""
TRY_ENGINE = """
try:
    import autograder
except ImportError:
    print("there is no engine")
"""


@dataclass(frozen=True)
class Kit:
    """One assignment, built in a kit of its own."""

    root: Path
    name: str
    built: Built


@pytest.fixture(scope="module", params=NAMES)
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kit:
    name: str = request.param
    root = tmp_path_factory.mktemp(name)
    clutter = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in (
        "solutions",
        "assignments",
    ):  # the hints in the notebook of before are taken over
        shutil.copytree(ROOT / folder / name, root / folder / name, ignore=clutter)
    for file in ("grading.yml", "requirements.lock"):
        shutil.copy(ROOT / file, root)
    return Kit(root, name, build_assignment(root, name, SETTINGS, root / "dist"))


def test_the_grader_is_right_about_a_sample_of_right_and_wrong_answers(kit: Kit) -> None:
    # In a process of its own: its judges are forks, and this one may have used threads.
    done = subprocess.run(
        # `make validate` tries all 1,800, and the stock and the hostile answers: half an hour.
        [*COMMAND, "validate", kit.name, "--jobs", JOBS, "--quick", "--few", FEW],
        cwd=kit.root,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def grade(kit: Kit, notebook: Notebook, warm_parent: WarmParent, selection: Selection) -> Graded:
    with OpenBundle(kit.built.autograder_zip) as bundle:
        return Grader(bundle, warm_parent).grade(notebook, selection)


def test_an_untouched_notebook_is_not_attempted(kit: Kit, warm_parent: WarmParent) -> None:
    graded = grade(kit, read_notebook(kit.built.notebook), warm_parent, Selection())
    assert graded.cell_errors == ()
    assert [question.name for question in graded.questions] == list(
        SETTINGS.assignments[kit.name].questions
    )
    assert {question.outcome for question in graded.questions} == {Outcome.NOT_ATTEMPTED}
    assert sum(question.score for question in graded.questions) == 0


def test_the_cells_of_the_notebook_run_with_stubs_in_it(kit: Kit, warm_parent: WarmParent) -> None:
    """An answer to the last question has grading run all cells before it."""
    starter = read_notebook(kit.built.notebook)
    last = set(kit.built.manifest.questions[-1].defines)
    (answer,) = [
        cell.source
        for cell in read_notebook(kit.built.solved).cells
        if last & read_cell(cell.source).names
    ]
    cells = tuple(
        replace(cell, source=answer) if last & read_cell(cell.source).names else cell
        for cell in starter.cells
    )
    graded = grade(kit, replace(starter, cells=cells), warm_parent, Selection(public_only=True))
    assert graded.cell_errors == ()
    assert graded.questions[-1].outcome is not Outcome.NOT_ATTEMPTED
    untouched = {question.outcome for question in graded.questions[:-1]}
    assert untouched <= {Outcome.NOT_ATTEMPTED}


def test_every_file_of_the_master_opens_as_a_notebook(kit: Kit) -> None:
    for path in files_of_the_master(kit):
        notebook = jupytext.read(path)
        nbformat.validate(notebook)
        assert {cell.cell_type for cell in notebook.cells} <= {"markdown", "code", "raw"}
        assert len(notebook.cells) > 1


def test_the_joined_master_is_a_module_that_defines_every_answer(kit: Kit) -> None:
    """Its syntax only; that its cells run, one after another, is what the lesson shows."""
    names = {name for question in kit.built.manifest.questions for name in question.defines}
    files = [path.read_text(encoding="utf-8") for path in files_of_the_master(kit)]
    joined = "\n".join(files)
    assert names <= {name for file in files for name in read_cell(file).names}
    compile(joined, f"{kit.name}.py", "exec")  # which refuses magics and shell lines


def files_of_the_master(kit: Kit) -> list[Path]:
    """Return `intro.py` and every `question.py`, in the order in which they are joined."""
    master = read_master(solutions_folder(kit.root, kit.name), SETTINGS.assignments[kit.name])
    return list(dict.fromkeys(cell.place.path for cell in master.cells))


@pytest.mark.slow
def test_the_solved_notebook_runs_from_top_to_bottom_without_the_engine(
    kit: Kit, tmp_path: Path
) -> None:
    lesson = solved_by_a_student(kit)
    home = tmp_path / kit.name
    shutil.copytree(kit.built.notebook.parent, home)
    nbformat.write(lesson, home / kit.built.notebook.name)  # Otter reads the tests from the file
    execute(lesson, home, tmp_path)
    assert lesson.cells[-1].outputs[0]["text"] == "there is no engine\n"
    for cell in lesson.cells:
        if cell.cell_type != "code":
            continue
        assert not stopped(cell), cell.source  # Jupyter goes on below a demonstration that stops
        if "plt.show()" in cell.source:
            assert "image/png" in shown(cell), cell.source
        if cell.source.startswith("grader.check("):
            said = shown(cell)["text/plain"]
            assert "passed!" in said or ": noted: " in said, cell.source


@pytest.mark.slow
def test_running_all_of_an_untouched_notebook_reaches_every_check(kit: Kit, tmp_path: Path) -> None:
    """A demonstration that needs an answer says which; nothing shows a traceback."""
    lesson: nbformat.NotebookNode = nbformat.read(kit.built.notebook, as_version=4)
    execute(lesson, kit.built.notebook.parent, tmp_path)
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert not [cell.source for cell in code if any(o.output_type == "error" for o in cell.outputs)]
    checks = [cell for cell in code if cell.source.startswith("grader.check(")]
    assert checks and all(shown(cell) for cell in checks)
    missing = {said for cell in code for said in stopped(cell)}
    answers = {question.name for question in kit.built.manifest.questions}
    assert missing <= answers
    demonstrations = [cell for cell in code if DEMO_TAG in cell.metadata.get("tags", [])]
    assert missing or not demonstrations  # a new assignment has none yet


def solved_by_a_student(kit: Kit) -> nbformat.NotebookNode:
    """Return the student notebook with the answers filled in, and nothing of the hidden tests."""
    lesson: nbformat.NotebookNode = nbformat.read(kit.built.notebook, as_version=4)
    solved = nbformat.read(kit.built.solved, as_version=4)
    for cell, answer in zip(answer_cells(lesson), answer_cells(solved), strict=True):
        cell.source = answer.source
    lesson.cells.append(nbformat.v4.new_code_cell(TRY_ENGINE))
    return lesson


def execute(lesson: nbformat.NotebookNode, home: Path, scratch: Path) -> None:
    """Run the notebook in a plain kernel."""
    environment = {**ENVIRONMENT, **without_engine(scratch)}
    client = NotebookClient(
        lesson,
        timeout=LESSON_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(home)}},
    )
    client.execute(env=environment)


def stopped(cell: nbformat.NotebookNode) -> list[str]:
    """Return what stopped a cell: names of answers that it misses, or what it raised."""
    raised = [output.ename for output in cell.outputs if output.output_type == "error"]
    printed = "".join(output.get("text", "") for output in cell.outputs)
    return raised + re.findall(r"^This needs .*your `(\w+)`", printed, re.M)


def shown(cell: nbformat.NotebookNode) -> dict[str, str]:
    """Return what a cell shows, by kind."""
    kinds: dict[str, str] = {}
    for output in cell.outputs:
        kinds.update(output.get("data", {}))
    return kinds

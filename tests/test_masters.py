"""Every master is sound: as a grader, as a notebook for students, as a module and as a lesson.

Masters are built in a folder of their own, so that what is committed under `assignments/` stays.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
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
COMMANDS = """
import json, os, sys
from click.testing import CliRunner
from autograder.commands.cli import main

for line in sys.stdin:
    folder, arguments = json.loads(line)
    os.chdir(folder)
    result = CliRunner().invoke(main, arguments)
    print(json.dumps([result.exit_code, result.output]), flush=True)
"""
"""Says `autograder …`, in a kit, for every line that is read."""
FEW = "2"
"""Wrong answers of every question that decide whether a change lands, with half as many right ones."""
TRY_ENGINE = """
try:
    import autograder
except ImportError:
    print("there is no engine")
"""
FORGET = """
get_ipython().run_line_magic("reset", "-f")
print([name for name in dir() if not name.startswith("_") and name not in ("In", "Out", "exit", "quit", "get_ipython", "open")])
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


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A process that says `autograder …`: validate's judges are forks, and pytest's own process may have used threads.

    One for all assignments, as for `make validate`: to import everything takes longer than a few questions.
    """
    with subprocess.Popen(
        [sys.executable, "-c", COMMANDS],
        cwd=tmp_path_factory.mktemp("commands"),
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_the_grader_is_right_about_a_sample_of_right_and_wrong_answers(
    kit: Kit, commands: subprocess.Popen[str]
) -> None:
    # `make validate` tries all 1,800, and the stock and the hostile answers: half an hour.
    arguments = ["validate", kit.name, "--jobs", JOBS, "--quick", "--few", FEW]
    assert commands.stdin is not None and commands.stdout is not None
    print(json.dumps([str(kit.root), arguments]), file=commands.stdin, flush=True)
    answered, _, _ = select.select([commands.stdout], [], [], 900)
    assert answered, "validate takes more than a quarter of an hour"
    status, said = json.loads(commands.stdout.readline())
    assert status == 0, said


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


@dataclass(frozen=True)
class Lesson:
    """The code cells of both notebooks, as a plain kernel ran them."""

    solved: list[nbformat.NotebookNode]
    """With the answers filled in, as a student would have done it."""
    untouched: list[nbformat.NotebookNode]


@pytest.fixture(scope="module")
def lesson(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    """Run both in one kernel without the engine: to start one, and to import torch and Otter, is most of what it takes.

    The solved notebook has the kernel to itself; for the untouched one, every name is forgotten.
    """
    scratch = tmp_path_factory.mktemp("lesson")
    home = scratch / kit.name
    shutil.copytree(
        kit.built.notebook.parent, home
    )  # Otter reads the tests from the notebook there
    both, untouched = solved_by_a_student(kit), nbformat.read(kit.built.notebook, as_version=4)
    both.cells += [nbformat.v4.new_code_cell(source) for source in (TRY_ENGINE, FORGET)]
    count = len(both.cells)
    both.cells += untouched.cells
    execute(both, home, scratch)
    solved, reset = both.cells[: count - 1], both.cells[count - 1]
    assert reset.outputs[0]["text"] == "[]\n", "names of the solved notebook are left"
    return Lesson(
        *([c for c in part if c.cell_type == "code"] for part in (solved, both.cells[count:]))
    )


@pytest.mark.slow
def test_the_solved_notebook_runs_from_top_to_bottom_without_the_engine(lesson: Lesson) -> None:
    assert lesson.solved[-1].outputs[0]["text"] == "there is no engine\n"
    for cell in lesson.solved:
        assert not stopped(cell), cell.source  # Jupyter goes on below a demonstration that stops
        if "plt.show()" in cell.source:
            assert "image/png" in shown(cell), cell.source
        if cell.source.startswith("grader.check("):
            said = shown(cell)["text/plain"]
            assert "passed!" in said or ": noted: " in said, cell.source


@pytest.mark.slow
def test_running_all_of_an_untouched_notebook_reaches_every_check(kit: Kit, lesson: Lesson) -> None:
    """A demonstration that needs an answer says which; nothing shows a traceback."""
    code = lesson.untouched
    assert not [cell.source for cell in code if any(o.output_type == "error" for o in cell.outputs)]
    checks = [cell for cell in code if cell.source.startswith("grader.check(")]
    assert checks and all(shown(cell) for cell in checks)
    passed = [cell.source for cell in checks if "passed!" in shown(cell)["text/plain"]]
    assert not passed, "a check is content with a stub"
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

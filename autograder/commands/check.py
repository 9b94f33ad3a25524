"""A student's self-check: the public tests of a released notebook, in a worker.

What imports torch is imported when the warm parent is on its way, which does the same meanwhile.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from autograder.border.collector import resting
from autograder.border.wire import WireError
from autograder.course.manifest import DEMO_TAG, Manifest, QuestionManifest, imported_by
from autograder.course.settings import Settings
from autograder.errors import KitError
from autograder.intake.notebook import Notebook, UnreadableNotebook, read_notebook
from autograder.intake.reading import read_cell
from autograder.judge.bundle import Bundle
from autograder.judge.warm_parents import WarmParent
from autograder.kit.saved import saved_at
from autograder.outcome.results import Graded
from autograder.voice.spoken import without_voice

CHECK_CELL = re.compile(r'grader\.check\("(\w+)"\)')
WATCH_SECONDS = 0.5


class Checker:
    """Checks notebooks, as often as they are saved, through one warm parent."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root, self.settings = root, settings
        self._warm_parent: WarmParent | None = None

    def __enter__(self) -> Checker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if self._warm_parent is not None:
            self._warm_parent.close()

    def check(self, path: Path, only: frozenset[str] | None = None) -> Graded:
        """Run the public tests on the notebook at `path`, or those of the questions in `only`.

        Raises:
            KitError: it is not a notebook of the kit, or `only` names a question that it does not have.
        """
        if path.is_dir():
            raise KitError(f"{path} is a folder; name the notebook in it.")
        if not path.is_file():
            raise KitError(f"There is no notebook {path}; check the path.")
        try:
            notebook = read_notebook(path)
        except UnreadableNotebook as error:
            raise KitError(f"{path}: {error}") from None
        name = self._assignment(path, notebook)
        warm_parent = self._warm(name)
        with resting():
            from autograder.worker.warm_parent import prepare_torch

            prepare_torch()
            from autograder.judge.grading import Grader
            from autograder.judge.question import Selection

        with public_bundle(self.root, name, self.settings) as bundle:
            bundle.manifest.require_questions(only or ())
            try:
                return Grader(bundle, warm_parent).grade(
                    notebook, Selection(public_only=True), only
                )
            except WireError as error:
                lost = f"The check lost its own process ({type(error).__name__}); run it again."
                raise KitError(lost) from None

    def _assignment(self, path: Path, notebook: Notebook) -> str:
        """Return which assignment the notebook is of; its file's name counts if it does not say."""
        name = notebook.assignment or path.stem
        if name not in self.settings.assignments:
            known = ", ".join(self.settings.assignments)
            raise KitError(f"{path} is not a notebook of this course, which has {known}.")
        return name

    def _warm(self, name: str) -> WarmParent:
        """Return the warm parent, which has imported what the notebook does that was handed out."""
        if self._warm_parent is None or not self._warm_parent.alive:
            self._warm_parent = WarmParent(imported_before(released(self.root, name)))
        return self._warm_parent


def saves(path: Path) -> Iterator[None]:
    """Yield once, and again whenever the file at `path` was saved."""
    while True:
        last = saved_at(path)
        yield
        while saved_at(path) in (None, last):  # some editors take the file away for a moment
            time.sleep(WATCH_SECONDS)


@contextmanager
def public_bundle(root: Path, name: str, settings: Settings) -> Iterator[Bundle]:
    """Open the public tests of an assignment, taken from the notebook that was handed out.

    Never from the student's copy: what stands in its metadata is not ours to run.

    Raises:
        KitError: the notebook that is handed out was not built, or not from these settings.
    """
    path = released(root, name)
    again = f"`autograder build {name}`"
    if not path.is_file():
        raise KitError(f"There is no {path}. Make it first: {again}.")
    try:
        notebook = read_notebook(path)
        tests = _tests(path)
        manifest = _manifest(name, notebook, tests, settings)
    except (UnreadableNotebook, LookupError, TypeError, AttributeError):
        raise KitError(
            f"{path} does not fit {root / 'grading.yml'}. Make it again: {again}."
        ) from None
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        (Path(folder) / "tests").mkdir()
        for question in manifest.questions:
            file = Path(folder) / "tests" / f"{question.name}.py"
            file.write_text(tests[question.name], encoding="utf-8")
        yield Bundle(manifest, Path(folder), files=path.parent)


def released(root: Path, name: str) -> Path:
    """Return where the notebook of the assignment `name` lies that is handed out."""
    return root / "assignments" / name / f"{name}.ipynb"


def imported_before(path: Path) -> list[str]:
    """Return what a notebook imports before its demonstrations; nothing if it cannot be read."""
    try:
        cells = read_notebook(path).cells
    except (UnreadableNotebook, OSError):
        return []
    return imported_by(cell.source for cell in cells if DEMO_TAG not in cell.tags)


def _tests(path: Path) -> dict[str, str]:
    """Return Otter's public test files by question."""
    document = json.loads(path.read_text(encoding="utf-8"))
    tests: dict[str, str] = document["metadata"]["otter"]["tests"]
    return {question: without_voice(text) for question, text in tests.items()}


def _manifest(name: str, released: Notebook, tests: dict[str, str], settings: Settings) -> Manifest:
    """Return what a self-check needs to know, which is without stand-ins."""
    from autograder.judge.set_up import set_up_cells

    assignment = settings.assignments[name]
    stubs = _stubs(released)
    questions = [
        QuestionManifest.of_released(
            question,
            assignment,
            stub=stubs[question],
            defines=sorted(read_cell(stubs[question]).names),
        )
        for question in assignment.questions
        if question in tests
    ]
    demos = [cell.source for cell in released.cells if DEMO_TAG in cell.tags]
    manifest = Manifest.of_released(name, settings, questions, demos)
    manifest.set_up = set_up_cells(released.cells, stubs.values())
    return manifest


def _stubs(released: Notebook) -> dict[str, str]:
    """Return each question's stub: the cell before the one that checks the question."""
    stubs, before = {}, ""
    for cell in released.cells:
        match = CHECK_CELL.search(cell.source)
        if match:
            stubs[match[1]] = before
        before = cell.source
    return stubs

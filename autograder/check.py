"""A student's self-check: the public tests of a released notebook, in a worker."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import KitError
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Graded, Grader
from autograder.judge.question import Selection
from autograder.judge.workers import Zygote
from autograder.manifest import Manifest, QuestionManifest
from autograder.notebook import Notebook, defined_names, read_notebook
from autograder.settings import Settings

CHECK_CELL = re.compile(r'grader\.check\("(\w+)"\)')


@contextmanager
def public_bundle(root: Path, name: str, settings: Settings) -> Iterator[Bundle]:
    """Open the public tests of an assignment, taken from the notebook that was handed out.

    Never from the student's copy: what stands in its metadata is not ours to run.
    """
    released = root / "assignments" / name / f"{name}.ipynb"
    if not released.is_file():
        raise KitError(f"There is no {released}. Make it first: `autograder build {name}`.")
    tests: dict[str, str] = json.loads(released.read_text(encoding="utf-8"))["metadata"]["otter"]["tests"]
    assignment = settings.assignments[name]
    stubs = _stubs(read_notebook(released))
    questions = [
        QuestionManifest(
            name=question,
            points=entry.points,
            defines=sorted(defined_names(stubs[question])),
            stub=stubs[question],
            seconds=entry.seconds,
            in_place=entry.in_place,
        )
        for question, entry in assignment.questions.items()
        if question in tests
    ]
    manifest = Manifest(
        assignment=name,
        title=assignment.title,
        questions=questions,
        limits=settings.limits,
        hidden_tests="nothing",
    )
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        for question, source in tests.items():
            path = Path(folder) / "tests" / f"{question}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(source, encoding="utf-8")
        yield Bundle(manifest, Path(folder), files=released.parent)


def _stubs(released: Notebook) -> dict[str, str]:
    """Return each question's stub: the cell before the one that checks the question."""
    stubs, before = {}, ""
    for cell in released.cells:
        match = CHECK_CELL.search(cell.source)
        if match:
            stubs[match[1]] = before
        before = cell.source
    return stubs


def check_notebook(
    path: Path, root: Path, settings: Settings, zygote: Zygote, only: frozenset[str] | None = None
) -> tuple[Manifest, Graded]:
    """Run the public tests on the notebook at `path`.

    Raises:
        KitError: it is not a notebook of the kit, or `only` names a question that it does not have.
    """
    notebook = read_notebook(path)
    if notebook.assignment not in settings.assignments:
        known = ", ".join(settings.assignments)
        raise KitError(f"{path} is not a notebook of this course. The assignments are: {known}.")
    with public_bundle(root, notebook.assignment, settings) as bundle:
        known = [question.name for question in bundle.manifest.questions]
        unknown = sorted((only or frozenset()) - set(known))
        if unknown:
            raise KitError(f"There is no question {unknown[0]}. The questions are: {', '.join(known)}.")
        return bundle.manifest, Grader(bundle, zygote).grade(notebook, Selection(public_only=True), only)

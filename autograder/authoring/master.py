"""Reading a master: `intro.py` and a folder for each question, in the order of `grading.yml`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

from autograder.authoring.question_helpers import Helper, needed, read_helpers
from autograder.authoring.script import Cell, Place, read_script, shown
from autograder.authoring.test_cells import TestCell, no_test_marks, read_test
from autograder.course.settings import FILE, AssignmentSettings, Settings
from autograder.course.sources import INTRO, is_written
from autograder.errors import KitError, did_you_mean

QUESTION = "question.py"
WRONG = "wrong.py"
RIGHT = "right.py"
STAND_IN = "stand_in.py"
HELPERS = "helpers.py"
OF_A_QUESTION = frozenset({QUESTION, WRONG, RIGHT, STAND_IN, HELPERS})
"""What a question's folder may hold."""
MARK = re.compile(r"#\s+(BEGIN|END)\s+(QUESTION|SOLUTION|TESTS)\s*$")


@dataclass(frozen=True)
class Question:
    """One question."""

    name: str
    place: Place
    solution: Cell
    tests: tuple[TestCell, ...]
    helpers: tuple[Helper, ...]
    """What its tests share."""
    prose: str
    """What students read before they answer: the text cells above the answer."""

    @property
    def public_helpers(self) -> list[Helper]:
        """The helpers that students get, since a public test needs them."""
        return needed(self.helpers, [test.function for test in self.tests if not test.hidden])

    @property
    def hidden_helpers(self) -> list[Helper]:
        """The helpers that a hidden test needs, whether or not a public one does too."""
        return needed(self.helpers, [test.function for test in self.tests if test.hidden])

    @property
    def folder(self) -> Path:
        """Where its files stand."""
        return self.place.path.parent

    @property
    def is_quiz(self) -> bool:
        """Whether the answer is a value, not a function or a class."""
        body = self.solution.tree.body
        return not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body)


@dataclass(frozen=True)
class Master:
    """A master, joined."""

    folder: Path
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]
    ordinary: tuple[Cell, ...]
    """Code and prose outside answers and tests: what students see as it is."""

    @property
    def name(self) -> str:
        """The name of the assignment."""
        return self.folder.name

    def question(self, name: str) -> Question:
        """Return the question of that name, which the master has."""
        return next(question for question in self.questions if question.name == name)

    def notebook(self) -> nbformat.NotebookNode:
        """Return all cells as one notebook."""
        whole: nbformat.NotebookNode = nbformat.v4.new_notebook()
        whole.cells = [cell.node for cell in self.cells]
        return whole


def chosen(names: Iterable[str], root: Path, settings: Settings) -> list[str]:
    """Return the assignments named, each once, or all that have a master.

    Raises:
        KitError: a name is unknown, or there is no master.
    """
    named = list(dict.fromkeys(names))
    for name in named:
        settings.assignment(name)
    found = named or [name for name in settings.assignments if is_written(root, name)]
    if not found:
        raise KitError(f"There is no master in {root / 'solutions'}; write solutions/HW/{INTRO}.")
    return found


def read_master(folder: Path, settings: AssignmentSettings) -> Master:
    """Join what stands in the assignment's `folder`, in the order of `settings`, and take it apart.

    Raises:
        KitError: something is missing or not in the format of docs/writing-questions.md; names file
            and line.
    """
    folders = list(question_folders(folder, [*settings.files, *settings.hidden_files]))
    try:
        intro = _read_intro(folder / INTRO)
    except FileNotFoundError:
        raise KitError(
            f"{shown(folder / INTRO)} is missing; write it, or take the assignment out of {FILE}."
        ) from None
    for name in folders:
        if name not in settings.questions:
            hint = did_you_mean(name, settings.questions)
            text = f"the question {name} has no points in {FILE}{hint}"
            raise Place(folder / name / QUESTION, 1).refusal(text)
    cells, ordinary, questions = list(intro), list(intro), []
    for name in settings.questions:
        path = folder / name / QUESTION
        try:
            own = read_script(path)
        except FileNotFoundError:
            hint = did_you_mean(name, set(folders) - set(settings.questions))
            raise KitError(
                f"{FILE} names the question {name}, and {shown(path)} is missing{hint}; write it, or "
                "take the question out."
            ) from None
        question, around = _read_question(path, own)
        cells += own
        ordinary += around
        questions.append(question)
    return Master(folder, tuple(cells), tuple(questions), tuple(ordinary))


def read_question(path: Path) -> Question:
    """Return the question of the `question.py` at `path`.

    Raises:
        KitError: it is not in the format of docs/writing-questions.md; names file and line.
        FileNotFoundError: there is none.
    """
    return _read_question(path, read_script(path))[0]


def question_folders(folder: Path, data: Iterable[str] = ()) -> Iterator[str]:
    """Yield the names of the folders in an assignment's `folder` that hold a question's files."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in data and any((path / file).is_file() for file in OF_A_QUESTION):
            yield path.name


def _read_intro(path: Path) -> list[Cell]:
    cells = read_script(path)
    for cell in cells:
        if cell.kind == "raw":
            text = f"questions stand in folders of their own, as {path.parent.name}/relu/{QUESTION}"
            raise cell.place.refusal(text)
    return cells


def _read_question(path: Path, cells: Sequence[Cell]) -> tuple[Question, list[Cell]]:
    """Return the question of a `question.py`, and its cells outside answer and tests."""
    first = MARK.match(cells[0].source.split("\n", 1)[0]) if cells else None
    if not first or first.groups() != ("BEGIN", "QUESTION"):
        place = cells[0].place if cells else Place(path, 1)
        raise place.refusal(f"a {QUESTION} begins with a raw cell, `# # BEGIN QUESTION`")
    (question, *more), ordinary = _Blocks().read(cells)
    if more:
        raise more[0].place.refusal("a second question begins here; give it a folder of its own")
    if question.name != path.parent.name:
        text = f"the question is named {question.name}, and its folder {path.parent.name}"
        raise question.place.refusal(f"{text}; give both one name")
    return question, ordinary


class _Blocks:
    """Takes the cells of a question apart along its BEGIN and END marks."""

    def __init__(self) -> None:
        self.open: list[tuple[str, Place]] = []
        self.questions: list[Question] = []
        self.ordinary: list[Cell] = []
        self.name = ""
        self.solutions: list[Cell] = []
        self.tests: list[TestCell] = []
        self.prose: list[str] = []

    def read(self, cells: Sequence[Cell]) -> tuple[list[Question], list[Cell]]:
        for cell in cells:
            if cell.kind == "raw":
                self._mark(cell)
            elif self._inside("TESTS"):
                self.tests.append(read_test(cell))
            elif self._inside("SOLUTION"):
                self._solution(cell)
            else:
                no_test_marks(cell)
                self.ordinary.append(cell)
                if cell.kind == "markdown" and not self.solutions:
                    self.prose.append(cell.source)
        if self.open:
            what, place = self.open[-1]
            raise place.refusal(f"this BEGIN {what} has no END {what}")
        return self.questions, self.ordinary

    def _inside(self, what: str) -> bool:
        return bool(self.open) and self.open[-1][0] == what

    def _mark(self, cell: Cell) -> None:
        first = cell.source.split("\n", 1)[0]
        match = MARK.match(first)
        if not match:
            text = f"a raw cell marks a QUESTION, SOLUTION or TESTS block; this one says {first!r}"
            raise cell.place.refusal(text)
        edge, what = match.groups()
        if edge == "END":
            if not self._inside(what):
                where = f"inside the {self.open[-1][0]} block" if self.open else "without a BEGIN"
                raise cell.place.refusal(f"this END {what} stands {where}")
            _, place = self.open.pop()
            if what == "QUESTION":
                self._finish(place)
            return
        around = [block for block, _ in self.open]
        if around != ([] if what == "QUESTION" else ["QUESTION"]):
            where = f"inside the {around[-1]} block" if around else "outside a question"
            raise cell.place.refusal(f"this BEGIN {what} stands {where}")
        self.open.append((what, cell.place))
        if what == "QUESTION":
            self.name = _question_name(cell)
            self.solutions, self.tests, self.prose = [], [], []

    def _solution(self, cell: Cell) -> None:
        if cell.kind != "code":
            raise cell.place.refusal("a SOLUTION block holds one code cell and no prose")
        if self.solutions:
            text = f"the question {self.name} has a second solution cell; join it with the first"
            raise cell.place.refusal(text)
        no_test_marks(cell)
        self.solutions.append(cell)

    def _finish(self, place: Place) -> None:
        if not self.solutions:
            raise place.refusal(f"the question {self.name} has no solution cell")
        if all(test.hidden for test in self.tests):
            text = f"the question {self.name} has no public test; students need one to check with"
            raise place.refusal(text)
        helpers = read_helpers(place.path.with_name(HELPERS))
        prose = "\n\n".join(self.prose)
        question = Question(self.name, place, self.solutions[0], tuple(self.tests), helpers, prose)
        self.questions.append(question)


def _question_name(cell: Cell) -> str:
    try:
        config = yaml.safe_load(cell.source)
    except yaml.YAMLError:
        config = None
    if not isinstance(config, dict) or set(config) != {"name"}:
        text = f"a question begins with its name alone, as `name: relu`; points stand in {FILE}"
        raise cell.place.refusal(text)
    return str(config["name"])

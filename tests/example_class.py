"""A class of submissions of hw4_mlp, made from the student notebook and named by what they are.

`python -m tests.example_class FOLDER` writes them, with two dozen more that hold common mistakes; `make grade`
grades them.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from functools import partial, reduce
from pathlib import Path
from typing import Any

from autograder.course.settings import FILE, load_settings
from tests.strangers import STRANGERS

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "hw4_mlp"
POINTS_OF = {
    name: question.points
    for name, question in load_settings(ROOT / FILE).assignments[ASSIGNMENT].questions.items()
}
POINTS = sum(POINTS_OF.values())
HALF_DONE = ("relu", "sigmoid", "tanh", "prelu", "activation_gradient", "weight_count")
"""The questions that `half_done` answers."""

Document = dict[str, Any]


def load(path: Path) -> Document:
    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


def solved(assignment: str = ASSIGNMENT, dist: Path = ROOT / "dist") -> Document:
    return load(dist / f"{assignment}-solved.ipynb")


def starter(assignment: str = ASSIGNMENT) -> Document:
    return load(ROOT / "assignments" / assignment / f"{assignment}.ipynb")


def source_of(cell: Document) -> str:
    return "".join(cell["source"])


def answer_index(document: Document, name: str) -> int:
    """Return the index of the cell that defines `name`."""
    starts = (f"def {name}(", f"class {name}(", f"class {name}:", f"{name} =")
    for index, cell in enumerate(document["cells"]):
        lines = source_of(cell).split("\n")
        if cell["cell_type"] == "code" and any(line.startswith(starts) for line in lines):
            return index
    raise LookupError(name)


def functions() -> list[str]:
    """Return the questions of `ASSIGNMENT` whose answer is a function, not a value."""
    document = solved()
    answers = {
        name: source_of(document["cells"][answer_index(document, name)]) for name in POINTS_OF
    }
    return [name for name, source in answers.items() if f"def {name}(" in source]


def with_answer(document: Document, name: str, source: str) -> Document:
    """Return the notebook with the cell that defines `name` replaced."""
    changed = copy.deepcopy(document)
    changed["cells"][answer_index(changed, name)]["source"] = source
    return changed


def code_cell(source: str, number: int = 0) -> Document:
    return {
        "cell_type": "code",
        "id": f"added-{number}",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def with_cell_before(document: Document, name: str, source: str) -> Document:
    """Return the notebook with a code cell in front of the one that defines `name`."""
    changed = copy.deepcopy(document)
    changed["cells"].insert(answer_index(changed, name), code_cell(source))
    return changed


def combined(*mistakes: Callable[[Document], Document]) -> Document:
    """Return the solved notebook with several mistakes in it."""
    return reduce(lambda document, mistake: mistake(document), mistakes, solved())


def half_done() -> Document:
    done, fresh = solved(), starter()
    for name in HALF_DONE:
        fresh["cells"][answer_index(fresh, name)]["source"] = done["cells"][
            answer_index(done, name)
        ]["source"]
    return fresh


def exception_in_a_cell(right: Document) -> Document:
    return with_cell_before(right, "tanh", "scores = [1, 2, 3]\nscores[3]  # one too far\n")


def infinite_loop_in_relu(right: Document) -> Document:
    return with_answer(right, "relu", "def relu(X):\n    while True:\n        pass\n")


def calls_exit(right: Document) -> Document:
    return with_answer(right, "sigmoid", "import sys\n\n\ndef sigmoid(X):\n    sys.exit()\n")


def ends_the_process(right: Document) -> Document:
    return with_answer(right, "prelu", "import os\n\n\ndef prelu(X, alpha):\n    os._exit(0)\n")


def cell_ends_the_process(right: Document) -> Document:
    return with_answer(right, "prelu", "import os\n\nprelu = os._exit(0)\n")


def deleted_answer_cell(right: Document) -> Document:
    changed = copy.deepcopy(right)
    del changed["cells"][answer_index(changed, "mlp_forward")]
    return changed


def duplicated_answer_cell(right: Document) -> Document:
    """The first copy of `tanh` is wrong, the second, further down, is right."""
    changed = copy.deepcopy(right)
    index = answer_index(changed, "tanh")
    right = copy.deepcopy(changed["cells"][index])
    changed["cells"][index]["source"] = "def tanh(X):\n    return X\n"
    changed["cells"].insert(index + 4, {**right, "id": "duplicate"})
    return changed


def stub_copied_to_the_end(right: Document) -> Document:
    changed, fresh = right, starter()
    changed["cells"].append({**fresh["cells"][answer_index(fresh, "relu")], "id": "stub"})
    return changed


def cells_in_reverse_order(right: Document) -> Document:
    """Imports first, then every answer in reverse, as after much dragging about."""
    changed = copy.deepcopy(right)
    cells = [cell for cell in changed["cells"] if cell["cell_type"] == "code"]
    first = next(i for i, cell in enumerate(cells) if "import torch" in source_of(cell))
    changed["cells"] = [cells[first], *reversed(cells[:first] + cells[first + 1 :])]
    return changed


def syntax_error(right: Document) -> Document:
    return with_answer(right, "relu", "def relu(X)\n    return X.clamp(min=0)\n")


def wrong_quiz_answers(right: Document) -> Document:
    changed = with_answer(right, "weight_count", "weight_count = 65547010\n")
    return with_answer(changed, "parameter_count", "parameter_count = 65546000\n")


def without_tags(right: Document) -> Document:
    """Saved by a tool that keeps no metadata of cells."""
    changed = copy.deepcopy(right)
    for cell in changed["cells"]:
        cell["metadata"] = {}
    return changed


MISTAKES: tuple[Callable[[Document], Document], ...] = (
    exception_in_a_cell,
    infinite_loop_in_relu,
    calls_exit,
    ends_the_process,
    cell_ends_the_process,
    deleted_answer_cell,
    duplicated_answer_cell,
    stub_copied_to_the_end,
    cells_in_reverse_order,
    syntax_error,
    wrong_quiz_answers,
    without_tags,
)
"""Each makes its mistake in a right notebook."""
MAKERS: dict[str, Callable[[], Document]] = {
    "half_done": half_done,
    **{mistake.__name__: partial(combined, mistake) for mistake in MISTAKES},
}
"""One submission for each mistake, by name."""


def write_class(folder: Path) -> None:
    """Write the whole class into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = {"perfect": solved(), "untouched": starter()}
    documents |= {name: make() for name, make in MAKERS.items()}
    for name, document in documents.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(document, indent=1), encoding="utf-8")
    (folder / "not_a_notebook.ipynb").write_text(
        "Dear teacher, my notebook is attached.\n", encoding="utf-8"
    )


def write_mistaken(folder: Path) -> None:
    """Write a notebook for each stranger's wrong answer into `folder`, all else in it right."""
    for number, stranger in enumerate(STRANGERS, start=1):
        document = with_answer(solved(), stranger.question, stranger.source)
        name = f"student_{number:02}_{stranger.question}.ipynb"
        (folder / name).write_text(json.dumps(document, indent=1), encoding="utf-8")


if __name__ == "__main__":
    write_class(Path(sys.argv[1]))
    write_mistaken(Path(sys.argv[1]))

"""From Otter's notebooks to the ones that are kept: the same bytes from every build."""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import nbformat

from autograder.authoring.convert import KERNEL
from autograder.authoring.master import Master
from autograder.authoring.opening import Surroundings, opening
from autograder.course.manifest import DEMO_TAG
from autograder.course.settings import AssignmentSettings, QuestionSettings
from autograder.intake.reading import read_cell

ANSWER_TAG = "otter_answer_cell"
SOLUTION_TAG = "otter_assign_solution_cell"
GOES_ON = "raises-exception"
"""Jupyter runs the cells below one with this tag whatever happens in it."""
BLANK = "..."
NOTED = "*The check only notes the kind of your answer. Whether it is right you learn after handing in.*"
"""Stands under the text of a quiz."""
PROMPT = "...  # your code"
TITLE = re.compile(r"^(<details[^>\n]*>\s*<summary>.*</summary>)$", re.MULTILINE)
END = re.compile(r"^(?:</details>)+$", re.MULTILINE)


def finish(
    master: Master,
    settings: AssignmentSettings,
    student: nbformat.NotebookNode,
    solved: nbformat.NotebookNode,
    around: Surroundings,
) -> None:
    """Make Otter's student notebook, and the solved one beside it, ready to be written.

    Raises:
        KitError: a stub is not Python; names file and line of its answer.
    """
    answers = answer_cells(student)
    for question, cell in zip(master.questions, answers, strict=True):
        try:
            cell.source = ask(cell.source, question.name)
        except SyntaxError as error:
            text = (
                f"what is left for students to fill in is not Python ({error.msg}); move its marks"
            )
            raise question.solution.place.refusal(text) from None
    begin = 0
    for question, answer in zip(master.questions, answers, strict=True):
        end = student.cells.index(answer)
        for notebook in (student, solved):
            before = notebook.cells[begin:end]
            _say_what_it_earns(before, settings.questions[question.name])
            if question.is_quiz and before[-1].cell_type == "markdown":
                before[-1].source = f"{before[-1].source.rstrip()}\n\n{NOTED}"
            elif question.is_quiz:
                notebook.cells.insert(end, nbformat.v4.new_markdown_cell(NOTED))
        begin = student.cells.index(answer)
    for notebook in (student, solved):
        shown = {name for cell in demo_cells(notebook) for name in read_cell(cell.source).names}
        questions = [question.name for question in master.questions]
        notebook.cells[0].source = opening(master.name, questions, shown - {"_"}, around)
        _fold(notebook.cells[0])
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = indent_hints(cell.source)
        for cell in demo_cells(notebook):
            _fold(cell)
            cell.metadata.tags = [*cell.metadata.tags, GOES_ON]
    ids = list(_ids(student.cells))
    for notebook in (student, solved):
        _clean(notebook, ids)


def _say_what_it_earns(before: list[nbformat.NotebookNode], question: QuestionSettings) -> None:
    """Write the points below the last heading of the cells `before` an answer."""
    words = f"{question.points:g} point{'s' * (question.points != 1)}"
    for cell in reversed(before):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading, _, text = cell.source.partition("\n")
            cell.source = f"{heading}\n\n*{words}*\n{text}"
            return


def ask(source: str, question: str) -> str:
    """Return the stub with each `...` that Otter left marked as the place for an answer.

    In a function an exception follows it, so that calling an unfinished answer says whose it is.
    """
    blanks = dict(_blanks(ast.parse(source), in_function=False))
    lines: list[str] = []
    for number, line in enumerate(source.split("\n"), start=1):
        if number not in blanks or line.strip() != BLANK:
            lines.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        lines.append(indent + PROMPT)
        if blanks[number]:
            lines.append(f'{indent}raise NotImplementedError("{question}")')
    return "\n".join(lines).rstrip()


def indent_hints(text: str) -> str:
    """Return the text with what opens on a click set off from the rest: a quotation, which every viewer indents.

    Where `<details>` and its end do not stand in pairs, on lines of their own, the text is left as it is.
    """
    ends = "".join(END.findall(text)).count("</details>")
    if len(TITLE.findall(text)) != ends:
        return text
    quoted = TITLE.sub(r"\1<blockquote>", text)
    return END.sub(lambda line: line[0].replace("<", "</blockquote><"), quoted)


def answer_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells that students fill in, one per question."""
    return [cell for cell in notebook.cells if ANSWER_TAG in cell.metadata.get("tags", [])]


def demo_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells that grading skips."""
    return [cell for cell in notebook.cells if DEMO_TAG in cell.metadata.get("tags", [])]


def _fold(cell: nbformat.NotebookNode) -> None:
    """Have Jupyter show a cell's first line only, and what it draws."""
    cell.metadata.jupyter = {"source_hidden": True}


def write(notebook: nbformat.NotebookNode) -> bytes:
    """Return the notebook's file."""
    text: str = nbformat.writes(notebook, version=4)
    return text.rstrip("\n").encode() + b"\n"


def _blanks(node: ast.AST, in_function: bool) -> Iterator[tuple[int, bool]]:
    """Yield the line of each statement `...`, and whether a function runs it."""
    match node:
        case ast.Expr(value=ast.Constant(value=value)) if value is Ellipsis:
            yield node.lineno, in_function
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            in_function = True
        case ast.ClassDef():
            in_function = False
    for child in ast.iter_child_nodes(node):
        yield from _blanks(child, in_function)


def _ids(cells: Sequence[nbformat.NotebookNode]) -> Iterator[str]:
    """Yield an id for each cell that depends on its content, and on nothing else of the notebook."""
    seen: Counter[str] = Counter()
    for cell in cells:
        content = f"{cell.cell_type}\0{cell.source}"
        digest = hashlib.sha256(f"{content}\0{seen[content]}".encode()).hexdigest()
        seen[content] += 1
        yield digest[:12]


def _clean(notebook: nbformat.NotebookNode, ids: Sequence[str]) -> None:
    """Take away what differs between builds and what only Otter and jupytext need."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    otter = notebook.metadata["otter"]
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}, "otter": otter}
    )
    for cell, identity in zip(notebook.cells, ids, strict=True):
        cell.id = identity
        cell.metadata.pop("lines_to_next_cell", None)
        if SOLUTION_TAG in cell.metadata.get("tags", []):
            tags = [ANSWER_TAG if tag == SOLUTION_TAG else tag for tag in cell.metadata.tags]
            cell.metadata.tags = tags
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None

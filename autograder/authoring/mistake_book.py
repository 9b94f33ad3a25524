"""Wrong answers and reference as the judge gets them, to recognise students' mistakes by."""

from __future__ import annotations

import nbformat

from autograder.authoring.master import Master
from autograder.authoring.student import demo_cells
from autograder.authoring.variants import Kind, read_variants
from autograder.course.mistakes import MistakeBook, WrongAnswer


def mistake_book(master: Master, solved: nbformat.NotebookNode) -> MistakeBook:
    """Return the book of `master`, whose notebook with the answers is `solved`."""
    demos = demo_cells(solved)
    wrong: dict[str, list[WrongAnswer]] = {}
    for variant in read_variants(master.folder, [question.name for question in master.questions]):
        if variant.kind is Kind.WRONG:
            answer = WrongAnswer(name=variant.name, hint=variant.hint, source=variant.source)
            wrong.setdefault(variant.question, []).append(answer)
    cells = [cell for cell in solved.cells if cell.cell_type == "code" and cell not in demos]
    return MistakeBook(reference=[cell.source for cell in cells], wrong=wrong)

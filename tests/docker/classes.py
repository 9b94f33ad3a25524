"""What is graded in containers: the example class of hw4, and right and wrong answers of hw9."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.authoring.variants import Kind, read_variants
from autograder.course.settings import load_settings
from autograder.course.sources import solutions_folder
from autograder.intake.reading import read_cell
from tests.example_class import (
    ROOT,
    Document,
    solved,
    source_of,
    starter,
    with_answer,
    write_class,
    write_mistaken,
)

HW4, HW9 = "hw4_mlp", "hw9_training"
BROKEN, MISTAKEN = "broken_notebooks", "mistaken_answers"


def part_of_example_class(folder: Path, part: str) -> Path:
    """Write one half of the example class of hw4 into a new folder."""
    folder.mkdir()
    (write_class if part == BROKEN else write_mistaken)(folder)
    return folder


def class_of_hw9(folder: Path) -> Path:
    """Write submissions of hw9 into a new folder: at every question right or wrong, each in two ways."""
    documents = {
        "right": solved(HW9),
        "also_right": with_variants(HW9, Kind.RIGHT),
        "wrong": with_variants(HW9, Kind.WRONG),
        "also_wrong": with_variants(HW9, Kind.WRONG, 1),
        "untouched": starter(HW9),
    }
    for name, document in documents.items():
        write(folder, name, document)
    return folder


def with_variants(assignment: str, kind: Kind, number: int = 0) -> Document:
    """Return the solved notebook with one variant of this kind, if there are so many, at each question."""
    document, seen = solved(assignment), dict[str, int]()
    questions = load_settings(ROOT / "grading.yml").assignments[assignment].questions
    for variant in read_variants(solutions_folder(ROOT, assignment), questions):
        if variant.kind is kind:
            seen[variant.question] = seen.get(variant.question, -1) + 1
            if seen[variant.question] == number:
                document = with_answer(
                    document, name_of(document, variant.question), variant.source
                )
    return document


def name_of(document: Document, question: str) -> str:
    """Return a name that the answer defines which is checked as `question`."""
    sources = [source_of(cell) for cell in document["cells"]]
    check = sources.index(f'grader.check("{question}")')
    answer = next(source for source in reversed(sources[:check]) if read_cell(source).names)
    return max(read_cell(answer).names, key=lambda name: answer.count(f" {name}"))


def write(folder: Path, name: str, document: Document) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path

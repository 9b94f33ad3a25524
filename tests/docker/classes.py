"""What is graded in containers: the example class of hw4, and right and wrong answers of hw9."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.authoring.master import solutions_folder
from autograder.authoring.variants import Kind, read_variants
from autograder.settings import load_settings
from tests.example_class import ROOT, Document, solved, starter, with_answer, write_class

HW4, HW9 = "hw4_mlp", "hw9_training"


def example_class(folder: Path) -> Path:
    """Write the example class of hw4 into a new folder."""
    write_class(folder)
    return folder


def class_of_hw9(folder: Path) -> Path:
    """Write right and wrong submissions of hw9 into a new folder."""
    write(folder, "right", solved(HW9))
    write(folder, "wrong", with_variants(HW9, Kind.WRONG))
    return folder


def large_class_of_hw9(folder: Path) -> Path:
    """The same, with an untouched notebook and other answers, right and wrong."""
    class_of_hw9(folder)
    write(folder, "untouched", starter(HW9))
    write(folder, "also_right", with_variants(HW9, Kind.RIGHT))
    write(folder, "wrong_otherwise", with_variants(HW9, Kind.WRONG, 1))
    return folder


def with_variants(assignment: str, kind: Kind, number: int = 0) -> Document:
    """Return the solved notebook with one variant of this kind, if there are so many, at each question."""
    document, seen = solved(assignment), dict[str, int]()
    questions = load_settings(ROOT / "grading.yml").assignments[assignment].questions
    for variant in read_variants(solutions_folder(ROOT, assignment), questions):
        if variant.kind is kind:
            seen[variant.question] = seen.get(variant.question, -1) + 1
            if seen[variant.question] == number:
                document = with_answer(document, variant.question, variant.source)
    return document


def write(folder: Path, name: str, document: Document) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path

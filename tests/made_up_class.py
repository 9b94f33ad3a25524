"""A made-up class of sixty for hw4_mlp, in files as Canvas names them, of which everything is known beforehand.

`python -m tests.made_up_class FOLDER` writes `FOLDER/submissions` and `FOLDER/students.csv`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.authoring.variants import Kind, Variant, read_variants
from tests.example_class import ASSIGNMENT, ROOT, Document, half_done, solved, starter, with_answer
from tests.small_class import signed

FIRST = (
    *("Ada", "Ben", "Chloé", "Deniz", "Emma", "Farid", "Grace", "Hugo", "Ines", "Jonas"),
    *("Kaya", "Lars", "Mina", "Noah", "Olga", "Paul", "Qi", "Rosa", "Sven", "Tara"),
)
LAST = ("Adler", "Brandt", "Çelik")
MISTAKES = {
    ("relu", "absolute_value"): 6,
    ("relu", "leaky_slope"): 4,
    ("mlp_forward", "no_relu"): 5,
    ("init_mlp_params", "sigma_squared"): 4,
    ("make_mlp", "relu_left_out"): 2,
}
"""How many make each mistake, and none other."""
RIGHT, ALTERNATIVE, LATE, UNTOUCHED, HALF, CUT, PDF, ABSENT = 15, 6, 3, 4, 3, 3, 2, 3
MADE_ALIKE = """\
def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
    parameters = []
    for rows, columns in ((num_inputs, num_hiddens), (num_hiddens, num_outputs)):
        weight = torch.empty(rows, columns)
        weight.normal_(mean=0.0, std=sigma)
        bias = torch.full((columns,), 0.0)
        for parameter in (weight, bias):
            parameters.append(parameter.requires_grad_(True))
    return parameters
"""


@dataclass(frozen=True)
class Person:
    """One of the class, and what they hand in."""

    number: int
    name: str
    what: str
    document: Document | None = None
    late: bool = False

    @property
    def file(self) -> str:
        first, last = self.name.split()
        who = f"{last}{first}".lower()
        late = "LATE_" if self.late else ""
        kind = "pdf" if self.what == "PDF" else "ipynb"
        return f"{who}_{late}{1000 + self.number}_{7000 + self.number}_hw4.{kind}"


def everybody() -> list[Person]:
    """Return the class, sixty people."""
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    made = list(_work())
    assert len(made) == len(names) == 60
    people = []
    for number, (name, (what, document, late)) in enumerate(zip(names, made, strict=True)):
        signed_by = signed(document, name) if document else None
        people.append(Person(number, name, what, signed_by, late))
    return people


def _work() -> Iterator[tuple[str, Document | None, bool]]:
    alternatives = [v for v in variants() if v.kind is Kind.RIGHT]
    for number in range(RIGHT + LATE):
        yield "right", solved(), number >= RIGHT
    for number in range(ALTERNATIVE - 2):
        variant = alternatives[number * len(alternatives) // ALTERNATIVE]
        yield "alternative", with_answer(solved(), variant.question, variant.source), False
    for source in (MADE_ALIKE, MADE_ALIKE.replace("parameter", "tensor").replace("bias", "b")):
        yield "alternative", with_answer(solved(), "init_mlp_params", source), False
    for (question, name), count in MISTAKES.items():
        (wrong,) = (v for v in variants() if (v.question, v.name) == (question, name))
        for _ in range(count):
            yield f"{question}: {name}", with_answer(solved(), question, wrong.source), False
    yield from [("untouched", starter(), False)] * UNTOUCHED
    yield from [("half done", half_done(), False)] * HALF
    yield from [("cut off", solved(), False)] * CUT
    yield from [("PDF", None, False)] * PDF
    yield from [("absent", None, False)] * ABSENT


@cache
def variants() -> list[Variant]:
    folder = ROOT / "solutions" / ASSIGNMENT
    return read_variants(folder, sorted(p.name for p in folder.iterdir() if p.is_dir()))


def count_of(what: str) -> int:
    """Return how many handed in something of a kind."""
    return Counter(person.what for person in everybody())[what]


def write_made_up_class(folder: Path) -> list[Person]:
    """Write what is handed in, and the roster; return the class."""
    submissions = folder / "submissions"
    submissions.mkdir(parents=True, exist_ok=True)
    people = everybody()
    for person in people:
        text = json.dumps(person.document)
        if person.what == "PDF":
            (submissions / person.file).write_bytes(b"%PDF-1.7 my answers")
        elif person.what != "absent":
            whole = len(text) // 2 if person.what == "cut off" else len(text)
            (submissions / person.file).write_text(text[:whole], encoding="utf-8")
    lines = [f"{1000 + p.number},{p.name},{p.file.partition('_')[0]}@example.edu" for p in people]
    (folder / "students.csv").write_text("\n".join(["id,name,email", *lines]) + "\n", "utf-8")
    return people


if __name__ == "__main__":
    write_made_up_class(Path(sys.argv[1]))

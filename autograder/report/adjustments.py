"""What a teacher adds to what the tests found: `adjustments.csv` beside the grades.

    student,question,points,factor,reason
    ann,all,,0.9,a day late
    bob,relu,1.5,,right but for a slip of the pen
    *,tanh,dropped,,the text was misleading
    cem,all,excused,,ill

It is applied whenever reports are made, so it outlives every grading; and never silently: whoever reads the
points reads the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from autograder.course.manifest import Manifest
from autograder.errors import did_you_mean
from autograder.report.tables_in import Row, TableIn, read_table

FILE = "adjustments.csv"
EVERYBODY = "*"
ALL = "all"
Word = Literal["dropped", "bonus", "excused"]
WORDS = {
    "dropped": "does not count",
    "bonus": "counts on top",
    "excused": "excused",
}
"""What a student reads of each."""


def _number(value: object) -> object:
    """Take a comma for a point, as half of Europe writes it."""
    return value.replace(",", ".") if isinstance(value, str) else value


Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]


class Adjustment(BaseModel):
    """One line of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    student: str = Field(min_length=1, description="a name of a submission, or * for everybody")
    question: str = Field(ALL, description="a question, or all")
    points: Annotated[Number | Word | None, Field(union_mode="left_to_right")] = Field(
        None, description="points to add, such as 1.5 or -2, or dropped, bonus or excused"
    )
    factor: Annotated[Number, Field(ge=0, le=10)] | None = Field(
        None, description="a number from 0 to 10 that what was earned is multiplied by, such as 0.9"
    )
    reason: str = Field(min_length=1, description="a reason, which the student reads")
    line: int = 0

    @property
    def what(self) -> str:
        """What is done, as a student reads it."""
        parts = []
        if isinstance(self.points, float):
            parts.append(f"{self.points:+g} {'point' if abs(self.points) == 1 else 'points'}")
        elif self.points is not None:
            parts.append(WORDS[self.points])
        if self.factor is not None:
            parts.append(f"× {self.factor:g}")
        return ", ".join(parts)

    @property
    def words(self) -> str:
        """The whole line, as a student reads it."""
        where = "" if self.question == ALL else f"{self.question}: "
        return f"{where}{self.reason}" + (f" ({self.what})" if self.what else "")


@dataclass(frozen=True)
class Adjustments:
    """The whole file."""

    rows: tuple[Adjustment, ...] = ()

    def of(self, *names: str) -> tuple[Adjustment, ...]:
        """Return what concerns a student, who is known by any of `names`."""
        known = {name.casefold() for name in names if name}
        return tuple(
            r for r in self.rows if r.student == EVERYBODY or r.student.casefold() in known
        )

    def unknown(self, names: Iterable[str]) -> list[tuple[Adjustment, str]]:
        """Return the lines whose student is none of `names`, each with a guess who is meant."""
        whole = [name for name in names if name]
        known = {name.casefold() for name in whole} | {EVERYBODY}
        return [
            (row, did_you_mean(row.student, whole))
            for row in self.rows
            if row.student.casefold() not in known
        ]


def read_adjustments(folder: Path, manifest: Manifest) -> Adjustments:
    """Read the file in a folder of reports; nothing is adjusted where there is none.

    Raises:
        KitError: something in it is wrong; names line and column.
    """
    path = folder / FILE
    if not path.exists():
        return Adjustments()
    table = read_table(path)
    fields = [name for name in Adjustment.model_fields if name != "line"]
    for column in table.columns:
        if column and column.lower() not in fields:
            hint = did_you_mean(column.lower(), fields)
            raise table.wrong(
                Row(1, {}), column, f"there is none of that name{hint}; write {', '.join(fields)}"
            )
    questions = [question.name for question in manifest.questions]
    return Adjustments(tuple(_adjustment(table, row, questions) for row in table.rows))


def _adjustment(table: TableIn, row: Row, questions: Sequence[str]) -> Adjustment:
    cells = {column.lower(): cell for column, cell in row.cells.items() if column and cell}
    try:
        made = Adjustment.model_validate({**cells, "line": row.line})
    except ValidationError as error:
        column = str(error.errors()[0]["loc"][0])
        allowed = Adjustment.model_fields[column].description
        said = f"{cells[column]!r} is none" if column in cells else "it is empty"
        raise table.wrong(row, column, f"{said}; write {allowed}") from None
    if made.question not in (ALL, *questions):
        hint = did_you_mean(made.question, questions)
        raise table.wrong(
            row, "question", f"there is no {made.question!r}{hint}; write {ALL} or a question"
        )
    if made.points in ("dropped", "bonus") and made.question == ALL:
        raise table.wrong(row, "points", f"name the question that is {made.points}")
    return made

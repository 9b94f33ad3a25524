"""The list of those who should have handed in, and which submission is whose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import KitError
from autograder.outcome.results import SubmissionResult
from autograder.report.tables_in import Row, read_table
from autograder.safe_files import make_folder, write_atomically

FILE = "roster.csv"
"""Its copy in the folder of reports."""
HEADINGS = {
    "id": (
        "id",
        "student id",
        "sis user id",
        "id number",
        "student number",
        "matriculation number",
    ),
    "login": ("login", "username", "user name", "sis login id", "login id", "user"),
    "name": ("name", "student", "full name", "student name"),
    "first": ("first name", "given name", "forename"),
    "last": ("last name", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail"),
}
"""What systems and people call the columns, in lower case."""
POINTS_POSSIBLE = "points possible"
"""The second line of Canvas's gradebook, which is nobody."""


@dataclass(frozen=True)
class Student:
    """One line of the roster."""

    id: str
    name: str
    email: str
    login: str = ""
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The line as it stood, by column: imports give it back."""

    @property
    def known_as(self) -> str:
        return self.name or self.email or self.login or self.id

    @property
    def names(self) -> tuple[str, ...]:
        """What may name the student in a table of the teacher's."""
        return tuple(text for text in (self.id, self.login, self.email, self.name) if text)


@dataclass(frozen=True)
class Roster:
    """The whole list, in its order."""

    students: tuple[Student, ...]
    columns: tuple[str, ...] = ()
    """As they stood."""

    def owner(self, result: SubmissionResult) -> Student | None:
        """Return whose a submission is; `None` where nobody's name, or those of several, are in its own."""
        text = _folded(f"{result.name} {result.file}")
        words = set(re.findall(r"[^\W_]+", text))
        rated = [(_likeness(student, text, words), student) for student in self.students]
        best = max((likeness for likeness, _ in rated), default=0)
        found = [student for likeness, student in rated if likeness == best]
        return found[0] if best and len(found) == 1 else None


def read_roster(path: Path) -> Roster:
    """Read a list of students with any of the columns of `HEADINGS`: a gradebook's export will do.

    Raises:
        KitError: it cannot be read, names nobody, or names somebody twice.
    """
    table = read_table(path)
    columns = {_kind(column): column for column in reversed(table.columns)}
    if not columns.keys() & HEADINGS.keys():
        raise KitError(
            f"{path.name} has no column that names students; its first line should hold id, name or email."
        )
    students: list[Student] = []
    taken: dict[str, Row] = {}
    for row in table.rows:
        student = _student(row, columns)
        if not student.names or student.name.lower() == POINTS_POSSIBLE:
            continue
        if student.id and (other := taken.setdefault(student.id, row)) is not row:
            raise table.wrong(row, columns["id"], f"{student.id!r} stands in line {other.line} too")
        students.append(student)
    if not students:
        raise KitError(f"{path.name} names no students.")
    return Roster(tuple(students), table.columns)


def keep_roster(path: Path, out: Path) -> None:
    """Put a copy of the list at `path` into the folder of reports `out`, where every report finds it.

    Raises:
        KitError: it is none, or cannot be written.
    """
    read_roster(path)
    write_atomically(make_folder(out) / FILE, path.read_bytes())


def _kind(column: str) -> str:
    heading = column.strip().lower()
    return next((kind for kind, words in HEADINGS.items() if heading in words), "")


def _student(row: Row, columns: Mapping[str, str]) -> Student:
    cells = {kind: row.cells.get(column, "") for kind, column in columns.items()}
    whole = " ".join(filter(None, [cells.get("first", ""), cells.get("last", "")]))
    return Student(
        id=cells.get("id", ""),
        name=cells.get("name", "") or whole,
        email=cells.get("email", ""),
        login=cells.get("login", ""),
        cells=row.cells,
    )


def _likeness(student: Student, text: str, words: set[str]) -> int:
    """Return how many characters of a student's names a submission's name holds, in one of them whole."""
    return max((len(name) for name in _found(student, text, words)), default=0)


def _found(student: Student, text: str, words: set[str]) -> Iterator[str]:
    local = student.email.partition("@")[0]
    for exact in filter(None, (student.id, student.login, student.email, local)):
        key = _folded(exact)
        if re.search(rf"(?<![^\W_]){re.escape(key)}(?![^\W_])", text):
            yield key
    parts = re.findall(r"[^\W_]+", _folded(student.name))
    orders: Sequence[Sequence[str]] = (parts, parts[::-1], [*parts[-1:], *parts[:-1]])
    joined = {"".join(order) for order in orders}
    if parts and (set(parts) <= words or joined & words):
        yield "".join(parts)


def _folded(text: str) -> str:
    """Return a name without accents, in lower case."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))

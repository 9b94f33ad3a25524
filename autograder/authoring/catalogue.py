"""The list of assignments in the README, made from `grading.yml`."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import KitError
from autograder.safe_files import write_atomically
from autograder.settings import Settings

BEGIN = "<!-- assignments: made by `autograder build` from grading.yml -->"
END = "<!-- end of assignments -->"


def catalogue(settings: Settings) -> str:
    """Return the list as Markdown."""
    rows = ["| assignment | questions (points) | points | minutes |", "|---|---|--:|--:|"]
    for name, assignment in settings.assignments.items():
        questions = ", ".join(
            f"`{question}` {entry.points:g}" for question, entry in assignment.questions.items()
        )
        points = sum(entry.points for entry in assignment.questions.values())
        title = f"**{name}**<br>{assignment.title}"
        rows.append(f"| {title} | {questions} | {points:g} | {assignment.minutes or ''} |")
    return "\n".join(rows) + "\n"


def update_readme(readme: Path, settings: Settings) -> None:
    """Put the list between its marks.

    Raises:
        KitError: the marks are missing.
    """
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise KitError(
            f"{readme.name} has no place for the list: put the lines {BEGIN} and {END} into it."
        )
    updated = f"{before}{BEGIN}\n{catalogue(settings)}{END}{after}"
    if updated != text:
        write_atomically(readme, updated)

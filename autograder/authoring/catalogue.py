"""The list of assignments in the README, made from `grading.yml`."""

from __future__ import annotations

from pathlib import Path

from autograder.course.settings import Settings
from autograder.errors import KitError
from autograder.safe_files import write_atomically

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


def update_readme(readme: Path, settings: Settings) -> str:
    """Put the list between its marks; a course may do without.

    Returns:
        What is to be told if the README has no place for it; mostly nothing.

    Raises:
        KitError: the README cannot be read or written.
    """
    try:
        text = readme.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{readme.name} cannot be read: {error}.") from None
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        return f"{readme.name} has no place for the list of assignments: {BEGIN} and {END}"
    updated = f"{before}{BEGIN}\n{catalogue(settings)}{END}{after}"
    if updated != text:
        write_atomically(readme, updated)
    return ""

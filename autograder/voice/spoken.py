"""Public tests with their voice, as they stand in the notebook, and without it, as the judge runs them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

MARK = (
    "\n\n# What follows puts the outcome into words, with the voice in the notebook's metadata.\n"
)
SPEAKS = """\
import json
with open((lambda: None).__code__.co_filename, encoding="utf-8") as notebook:
    voice = json.load(notebook)["metadata"].get("voice", [])
if voice:
    exec("\\n".join(voice), place := {})
    place["speak"](globals(), quiz=QUIZ, hints=HINTS)  # KEY
"""
CALL = re.compile(r"hints=(\{[^}]*\})\)  # (\w*)\n$")
IMPORT = re.compile(r"^from autograder\.\S+ import (\([^)]*\)|.*)\n", re.MULTILINE)
FILES = ("explain.py", "locked.py", "own_place.py", "speak.py")
FUTURE = "from __future__ import annotations\n"


def with_voice(tests: str, quiz: bool, hints: Mapping[str, str], key: str = "") -> str:
    """Return a question's public tests with what speaks for them.

    Args:
        tests: Otter's test file.
        quiz: whether the question is one.
        hints: as `autograder.voice.speak.hint_for` reads them.
        key: of what the hints were made from.
    """
    table = json.dumps(dict(sorted(hints.items())), indent=1)
    speaks = SPEAKS.replace("QUIZ", str(quiz)).replace("HINTS", table).replace("KEY", key)
    return f"{tests.rstrip()}{MARK}{speaks}"


def without_voice(tests: str) -> str:
    """Return a question's public tests as they were before `with_voice`."""
    before, mark, _ = tests.partition(MARK)
    return before + "\n" if mark else tests


def is_quiz(tests: str) -> bool:
    """Whether public tests that speak say nothing about right and wrong."""
    return "(globals(), quiz=True," in tests.partition(MARK)[2]


def hints_in(tests: str) -> dict[str, str]:
    """Return the hints in public tests that speak."""
    found = CALL.search(tests)
    hints: dict[str, str] = json.loads(found[1]) if found else {}
    return hints


def hints_of(tests: str, key: str) -> dict[str, str] | None:
    """Return the hints in public tests that speak, if they were made from what `key` stands for."""
    found = CALL.search(tests)
    return hints_in(tests) if found and found[2] == key else None


@cache
def voice_lines() -> list[str]:
    """Return the lines of `FILES` as one module that imports nothing of the kit."""
    folder = Path(__file__).parent
    texts = [(folder / name).read_text(encoding="utf-8") for name in FILES]
    text = FUTURE + "\n\n".join(IMPORT.sub("", text).replace(FUTURE, "") for text in texts)
    return text.split("\n")

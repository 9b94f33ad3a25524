"""Answers that open after an honest try, where nobody grades: the notebooks of `autograder build --self-study`."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import zlib
from pathlib import Path

from autograder.errors import KitError
from autograder.kit.sheet import Sheet

TRIED = ".kit-tried-{}.json"
"""Beside the notebook: the questions that were tried."""


def note_try(path: Path, sheet: Sheet, question: str) -> None:
    """Remember that a question of the notebook at `path` was tried, if it holds answers to open."""
    if question in sheet.references and question not in (tried := tried_in(path)):
        draft = _file(path).with_suffix(".draft")
        with contextlib.suppress(OSError):  # a folder that cannot be written to
            draft.write_text(json.dumps(sorted([*tried, question])), encoding="utf-8")
            os.replace(draft, _file(path))


def tried_in(path: Path) -> list[str]:
    """Return the questions of the notebook at `path` that were tried."""
    try:
        return [str(name) for name in json.loads(_file(path).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def reference(path: Path, sheet: Sheet, question: str) -> str:
    """Return an answer to a question.

    Raises:
        KitError: the notebook holds none, or the question was not tried.
    """
    if not sheet.references:
        raise KitError(f"{path.name} holds no answers: a course grades it.")
    if question not in sheet.references:
        known = ", ".join(sheet.references)
        raise KitError(f"{path.name} has no question {question!r}; it has {known}.")
    if question not in tried_in(path):
        raise KitError(
            f"Try {question} first: write an answer of your own, save, and let `kit check` see it."
        )
    return zlib.decompress(base64.b64decode(sheet.references[question])).decode()


def _file(path: Path) -> Path:
    return path.with_name(TRIED.format(path.stem))

"""What another judge of the same run has tried already: rehearsals on a shelf that all of them reach.

A text for each answer, read by `ast.literal_eval` and by nothing that could run what it says.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import numpy as np

from autograder.errors import KitError
from autograder.judge.trace import Draws, Observation, Trace, Tried
from autograder.outcome.results import Outcome
from autograder.safe_files import write_atomically


class Shelf:
    """A folder of rehearsals, or none: then every judge tries for itself."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def take(self, *about: str | int) -> dict[tuple[int, int], Tried]:
        """Return by the test case and its random state what was put there under the key `about`; empty if nothing was."""
        if self.folder is None:
            return {}
        try:
            known = ast.literal_eval(self._path(about).read_text(encoding="utf-8"))
        except (OSError, ValueError, SyntaxError, RecursionError):
            return {}  # not tried yet, or what cannot be read: then it is tried again
        return {case: _tried(written) for case, written in known.items()}

    def put(self, known: Mapping[tuple[int, int], Tried], *about: str | int) -> None:
        """Put there how an answer fared by test case and random state, in the place of what was there before."""
        if self.folder is not None:
            text = repr({case: _written(tried) for case, tried in known.items()})
            with suppress(KitError):  # a full disk: then others try for themselves
                write_atomically(self._path(about), text)

    def _path(self, about: tuple[str | int, ...]) -> Path:
        assert self.folder is not None
        return self.folder / hashlib.sha256(repr(about).encode()).hexdigest()


Written: TypeAlias = tuple[str | None, list[tuple[object, list[bytes]]], tuple[bool, bool] | None]


def _written(tried: Tried) -> Written:
    seen: list[tuple[object, list[bytes]]] = [
        (each.form, [part.tobytes() for part in each.numbers]) for each in tried.trace.observations
    ]
    draws = tried.draws
    outcome = None if tried.outcome is None else tried.outcome.name
    return outcome, seen, None if draws is None else (draws.test, draws.answer)


def _tried(written: Written) -> Tried:
    outcome, seen, draws = written
    observations = [
        Observation(form, tuple(np.frombuffer(part, np.float64) for part in parts))
        for form, parts in seen
    ]
    ended = None if outcome is None else Outcome[outcome]
    return Tried(ended, Trace(observations), None if draws is None else Draws(*draws))

"""The error that a user reads, and the guess at what they meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KitError(Exception):
    """Something that the user can put right, said in one sentence with the way out."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)`, or nothing if no known word is near."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""

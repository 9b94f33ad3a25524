"""A notebook without what its cells printed and drew, which grading never needs.

Outputs can be hundreds of megabytes, so they are skipped in the file as it lies on disk: only what
is kept comes into memory. What is not JSON stays what it is, and is told by the parser.
"""

from __future__ import annotations

import re
from mmap import mmap

from autograder.errors import KitError

SKIPPED = frozenset({b"outputs", b"attachments", b"widgets"})
"""Keys of notebooks whose values are left out, at whatever depth."""
LONGEST_KEY = max(map(len, SKIPPED))
MAX_STEPS = 1_000_000
"""Quotes and brackets that are looked at one by one: a bound on time."""
SHORT, PIECE = 1 << 8, 1 << 18
"""How far is looked at a time: at first, and in what is long."""

AFTER_KEY = re.compile(rb"\s*:\s*")
MARK = re.compile(rb'["\[\]{}]')
NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
FOLDS = 8
STRING = re.compile(rb'"[^"]*"')
PLAIN = re.compile(rb"[^\s,\]}]*")


class TooLarge(KitError):
    """More is left than a notebook needs."""


def without_outputs(data: bytes | mmap, limit: int) -> bytes:
    """Return the JSON in `data`, in an encoding in which ASCII is ASCII, with `null` for outputs.

    Raises:
        TooLarge: more than `limit` bytes are left, or there is too much to skip.
    """
    return _Slimmer(data, limit).slim()


class _Slimmer:
    def __init__(self, data: bytes | mmap, limit: int) -> None:
        self.data, self.limit = data, limit
        self.steps = 0

    def slim(self) -> bytes:
        data, kept, start, place = self.data, bytearray(), 0, 0
        while (quote := data.find(b'"', place)) >= 0:
            place = self._string_end(quote)
            short = place - quote - 2 <= LONGEST_KEY
            if short and data[quote + 1 : place - 1] in SKIPPED:
                colon = AFTER_KEY.match(data, place)
                if colon:
                    self._keep(kept, start, colon.end())
                    kept += b"null"
                    start = place = self._value_end(colon.end())
        self._keep(kept, start, len(data))
        return bytes(kept)

    def _keep(self, kept: bytearray, start: int, end: int) -> None:
        if len(kept) + end - start > self.limit:
            raise TooLarge("The notebook is too large.")
        kept += self.data[start:end]

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooLarge("The notebook holds too many values.")

    def _string_end(self, quote: int) -> int:
        """Return the place behind the string that opens at `quote`."""
        self._step()
        place, width = quote + 1, SHORT
        while bare := _without_escapes(self.data[place : place + width]):
            found = bare.find(b'"')
            if found >= 0:
                return place + found + 1
            place += max(
                1, len(bare) - bare.endswith(b"\\")
            )  # what it escapes is in the next piece
            width = PIECE
        return len(self.data)

    def _value_end(self, start: int) -> int:
        """Return the place behind the value that begins at `start`."""
        if self.data[start : start + 1] == b'"':
            return self._string_end(start)
        if self.data[start : start + 1] not in (b"[", b"{"):
            plain = PLAIN.match(self.data, start)
            return plain.end() if plain else start
        depth, place, tried = 1, start + 1, start  # most values end before a piece does
        while depth > 0:
            if place - tried >= PIECE:
                tried = place
                place, depth = self._hurry(place, depth)
            mark = MARK.search(self.data, place)
            if mark is None:
                return len(self.data)
            self._step()
            if mark[0] == b'"':
                place = self._string_end(mark.start())
            else:
                place = mark.end()
                depth += 1 if mark[0] in b"[{" else -1
        return place

    def _hurry(self, place: int, depth: int) -> tuple[int, int]:
        """Go on by whole pieces, outside strings, as long as the value surely does not end in them."""
        while True:
            piece = self.data[place : place + PIECE]
            bare = _without_escapes(piece)
            if bare.count(b'"') % 2:
                bare = bare[: bare.rfind(b'"')]  # the last string goes on behind the piece
            outside = STRING.sub(b"", bare)
            marks = outside.translate(None, NO_BRACKETS)
            for _ in range(FOLDS):  # what opens and closes within the piece does not count
                marks = marks.replace(b"[]", b"").replace(b"{}", b"")
            closed = marks.count(b"]") + marks.count(b"}")
            if not bare or closed >= depth:
                return place, depth
            place += len(bare)
            depth += len(marks) - 2 * closed


def _without_escapes(piece: bytes) -> bytes:
    """Return JSON of the same length in which every quote opens or closes a string."""
    return piece.replace(b"\\\\", b"..").replace(b'\\"', b"..")

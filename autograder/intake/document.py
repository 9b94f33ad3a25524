"""Reading the file of a notebook that nobody vouches for: of bounded size, in any encoding."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Any

from autograder.errors import KitError
from autograder.intake.kinds import HAND_IN, ZIP_STARTS, kind_by_start
from autograder.intake.slim import TooLarge, without_outputs

MAX_FILE_BYTES = 256 * 1024 * 1024
"""What a file may have, outputs included."""
MAX_BYTES = 20 * 1024 * 1024
"""What may be left of it without outputs."""
SLIM_FROM = 1024 * 1024
"""Larger files are read without their outputs."""
MAX_DEPTH = 100
"""Levels of nesting; what Jupyter itself writes stays under twenty."""
MAX_VALUES = 2_000_000
"""Values in the file: a bound on the memory that parsing takes."""

TOO_MUCH = "The notebook holds too much data; clear its outputs, save it and hand it in again."
LFS = b"version https://git-lfs"
CONFLICT = b"<<<<<<< "
STRAY = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8, as Python's `surrogateescape` keeps it."""


class UnreadableNotebook(KitError):
    """A file that cannot be read as a Python notebook, and why."""


def read_document(path: Path) -> tuple[dict[str, Any], str]:
    """Return the JSON object in the file at `path` and the SHA-256 of what was read of it.

    Of a large file the outputs are left out.

    Raises:
        UnreadableNotebook: it is none, or is beyond the bounds of this module.
    """
    data, slimmed = _read(path)
    _refuse_lookalikes(data)
    document = _parse(decode(data), slimmed)
    if not isinstance(document, dict):
        raise UnreadableNotebook("The file is JSON but not a notebook.")
    return document, hashlib.sha256(data).hexdigest()


def _read(path: Path) -> tuple[bytes, bool]:
    """Return the content of a file, and whether its outputs were left out."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block, a device never end
            raise UnreadableNotebook("This is not an ordinary file.")
        with path.open("rb") as file:
            data = file.read(SLIM_FROM)
            if len(data) < SLIM_FROM:
                return data, False
            return _read_large(file, data[:4])
    except OSError as error:
        raise UnreadableNotebook(f"The file cannot be read: {error.strerror}.") from None


def _read_large(file: IO[bytes], head: bytes) -> tuple[bytes, bool]:
    if file.seek(0, 2) > MAX_FILE_BYTES:
        raise UnreadableNotebook(too_large())
    if not json.detect_encoding(head).startswith("utf-8"):  # rare: two bytes to each character
        file.seek(0)
        data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UnreadableNotebook(too_large(MAX_BYTES))
        return data, False
    with mmap(file.fileno(), 0, access=ACCESS_READ) as data_on_disk:
        try:
            return without_outputs(data_on_disk, MAX_BYTES), True
        except TooLarge:
            raise UnreadableNotebook(TOO_MUCH) from None


def too_large(limit: int = MAX_FILE_BYTES) -> str:
    """Return the sentence for a notebook of more than `limit` bytes."""
    return (
        f"The notebook is larger than {limit // 1024**2} MB; clear its outputs, save it and "
        "hand it in again."
    )


def _refuse_lookalikes(data: bytes) -> None:
    start = data[:4096].lstrip()
    if not start.strip(b"\0") and not data.strip(b"\0 \t\r\n"):
        raise UnreadableNotebook("The file is empty; save the notebook and hand it in again.")
    if start.startswith(LFS):
        why = "is a Git LFS pointer, not a notebook; run `git lfs pull` first"
    elif start.startswith(CONFLICT):
        why = "holds marks of a Git merge conflict; resolve it first"
    elif start.startswith(ZIP_STARTS):
        why = "is a zip file by content; rename it to .zip or unpack it"
    elif kind := kind_by_start(start):
        why = f"is {kind.what} by content; {kind.way_out}"
    else:
        return
    raise UnreadableNotebook(f"The file {why}.")


def decode(data: bytes) -> str:
    """Return the text of a JSON file: UTF-8 or UTF-16, with stray bytes taken for Windows' own.

    A single such byte in a text cell, left by an editor, must not cost the rest of the notebook.
    """
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        return data.decode(encoding, "replace").lstrip("\ufeff")
    text = data.decode("utf-8", "surrogateescape").lstrip("\ufeff")
    return STRAY.sub(lambda match: _from_windows(ord(match[0]) - 0xDC00), text)


def _from_windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _parse(text: str, slimmed: bool) -> Any:
    text = text.rstrip("\0 \t\r\n")  # a crash while saving leaves zero bytes behind
    _bound(text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated string") or error.pos >= len(text):
            why = "is cut off in the middle; save and hand it in again"
        elif "\n<<<<<<< " in text:
            why = "holds marks of a Git merge conflict; resolve it first"
        elif not text.lstrip().startswith("{"):
            why = f"is not a notebook; {HAND_IN}"
        else:
            where = "it" if slimmed else f"its line {error.lineno}"
            why = f"is damaged: {where} is not valid JSON"
        raise UnreadableNotebook(f"The file {why}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or nesting
        raise UnreadableNotebook("The file is JSON that no notebook needs.") from None


def _bound(text: str) -> None:
    """Refuse what would take the parser too deep or too much memory, in linear time."""
    unescaped = text.replace("\\\\", "").replace('\\"', "")
    if unescaped.count('"') > 4 * MAX_VALUES:
        raise UnreadableNotebook(TOO_MUCH)
    outside = "".join(unescaped.split('"')[::2])  # every second part lies outside strings
    marks = re.sub(r"[^][{},]+", "", outside)
    if len(marks) > 2 * MAX_VALUES:
        raise UnreadableNotebook(TOO_MUCH)
    depth = 0
    for mark in marks:
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise UnreadableNotebook("The file is nested deeper than any notebook.")

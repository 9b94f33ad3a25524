"""Files that are written whole or not at all, and names that are safe for them."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path

from autograder.errors import KitError

MAX_NAME_BYTES = 120
"""Leaves room for a number and a suffix within the 255 bytes that file systems allow."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""
DRAFT = ".tmp"
"""Ends the name of a file that is not whole yet."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def write_atomically(path: Path, content: bytes | str) -> None:
    """Put `content` at `path` in one step, so that nobody ever reads half of it.

    Raises:
        KitError: the folder may not be written, or the disk is full.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    draft = path.with_name(f".{secrets.token_hex(8)}{DRAFT}")
    try:
        with draft.open("xb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        with suppress(OSError):  # there is one only if something went wrong
            draft.unlink()


def make_folder(path: Path) -> Path:
    """Make the folder `path` with its parents, if it is not there, and return it.

    Raises:
        KitError: it cannot be made, or holds something that may not be replaced.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise KitError(f"The folder {path} may not be written; choose another one.")
    return path


def cannot_write(path: Path, error: OSError) -> KitError:
    """Return the error that says why `path` was not written."""
    reason = error.strerror or type(error).__name__
    return KitError(f"{path} cannot be written ({reason}); choose another folder or make room.")


def safe_name(text: str) -> str:
    """Return `text` as a file name that every system takes and that stays in its folder."""
    name = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", text)).strip("._-")
    name = name.encode("utf-8")[:MAX_NAME_BYTES].decode("utf-8", "ignore").rstrip("._-")
    return f"{name}_" if RESERVED.fullmatch(name) else name or "submission"


def printable(text: str) -> str:
    """Return `text` on one line, without what a terminal or a table should never get."""
    kept = (char if char.isprintable() else " " if char.isspace() else UNKNOWN for char in text)
    return "".join(kept)

"""The folder that a run writes to: it belongs to one assignment, and keeps no page that no row has."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from autograder.errors import KitError
from autograder.outcome.records import EARLIER, RECORDS, STAFF
from autograder.safe_files import DRAFT, cannot_write, make_folder

LOOKED_AT = 20
MAX_BYTES = 4 * 1024 * 1024
RESERVE = ".reserved"
WRITTEN = ("feedback", "results", (STAFF / RECORDS).as_posix())
"""Where a file for each submission lies."""


def require_same_assignment(out: Path, assignment: str) -> None:
    """Refuse a folder that holds the results of another assignment.

    Raises:
        KitError: it does; a second table would replace the first one without a word.
    """
    other = _assignment_in(out / "results")
    if other not in (None, assignment):
        raise KitError(
            f"{out} holds the grades of {other}; choose another folder for {assignment} (--out)."
        )


def _assignment_in(results: Path) -> str | None:
    """Return which assignment the results in a folder are of; `None` if there are none."""
    for path in islice(results.glob("*.json"), LOOKED_AT):
        try:
            if path.stat().st_size > MAX_BYTES:
                continue
            said = json.loads(path.read_bytes())["extra_data"]["assignment"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        if isinstance(said, str):
            return said
    return None


def put_aside(out: Path, names: Collection[str]) -> list[str]:
    """Move pages and results of earlier runs that are not in `names` to `out/earlier`; return their names.

    They are nobody's row in the table, and must not be handed back with those that are.
    """
    moved = set()
    for folder in WRITTEN:
        for path in sorted((out / folder).glob("[!.]*.*")):
            if path.stem not in names:
                target = make_folder(out / EARLIER / folder) / path.name
                try:
                    os.replace(path, target)
                except OSError as error:
                    raise cannot_write(target, error) from None
                moved.add(path.stem)
    return sorted(moved)


@contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Keep other runs out of a folder of reports, and clear away what one that was killed left half written.

    Raises:
        KitError: another run is at work there.
    """
    lock = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KitError(
                f"Another run is writing to {out}; wait for it, or choose another folder (--out)."
            ) from None
        except OSError:  # a file system without locks
            pass
        for folder in (".", *WRITTEN):
            for draft in (out / folder).glob(f".*{DRAFT}"):
                draft.unlink(missing_ok=True)
        yield
    finally:
        os.close(lock)


class Reserve:
    """Room on the disk that is kept until it is needed for what must not be lost."""

    def __init__(self, out: Path, size: int) -> None:
        """Take the room.

        Raises:
            KitError: there is not even that much.
        """
        self.path = out / RESERVE
        try:
            with self.path.open("wb") as file:
                file.write(bytes(size))
        except OSError as error:
            self.give_back()
            raise cannot_write(self.path, error) from None

    def give_back(self) -> None:
        self.path.unlink(missing_ok=True)

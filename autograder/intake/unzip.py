"""Taking single files out of zips that nobody vouches for.

Nothing is unpacked but what is asked for, to a path of our own choosing, in small pieces, and no
further than a budget goes.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import KitError

PIECE = 64 * 1024
MAX_RATIO = 300
"""How far a member may swell. Text with pictures swells two to tenfold."""
FREE_BYTES = 1024 * 1024
"""Up to this size a member may swell as it likes: a page of repeated text does."""
LOCAL_HEADER_BYTES = 30
ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flag bits: encrypted, strongly encrypted, with masked headers."""
DAMAGED = "The zip is damaged; make it again or hand in the notebook itself."
SWELLS = (
    f"A file in the zip swells over {MAX_RATIO} times when it is unpacked; hand in the notebook "
    "itself, without outputs."
)

BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What `zipfile` raises at damaged or forged files."""


class UnusableZip(KitError):
    """A zip, or a member of one, that is not unpacked, and why."""


class Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, size: int) -> None:
        self.size = self.left = size

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise UnusableZip(f"The zip unpacks to more than {self.size // 1024**2} MB.")


class _Piecewise(io.BufferedReader):
    """A file that is not read in giant pieces, as a forged table of contents would have it."""

    def __init__(self, path: Path, longest: int) -> None:
        super().__init__(io.FileIO(path))
        self.longest = longest

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self.longest:
            raise UnusableZip("The zip lists too many files.")
        return super().read(size)


@contextmanager
def open_zip(path: Path, max_listing: int) -> Iterator[zipfile.ZipFile]:
    """Open the zip at `path` if its table of contents has at most `max_listing` bytes.

    Raises:
        UnusableZip: it is damaged, or built so that its members overlap.
    """
    with _Piecewise(path, max(max_listing, 4 * PIECE)) as file:
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN:
            raise UnusableZip(DAMAGED) from None
        with archive:
            _refuse_overlaps(archive)
            yield archive


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    """Refuse members that share bytes, by which a small zip holds a giant."""
    free = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < free:
            raise UnusableZip("The zip is forged: its members overlap.")
        free = info.header_offset + LOCAL_HEADER_BYTES + info.compress_size


def member_parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the parts of a member's path, also if Windows wrote it."""
    return tuple(part for part in info.filename.replace("\\", "/").split("/") if part != "")


def member_problem(info: zipfile.ZipInfo) -> str | None:
    """Return why a member is not taken out, judging by what the zip says of it."""
    path = info.filename.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or re.match("[A-Za-z]:", path):
        return "The zip is forged: it holds a path that leads out of it."
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "The zip holds a link where the notebook should be; hand in the notebook itself."
    if info.flag_bits & ENCRYPTED:
        return "The zip is encrypted; hand it in without a password."
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Only these two can be unpacked piece by piece within bounded memory.
        return "The zip is compressed in an unusual way; make an ordinary zip."
    return None


def take_out(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, limit: int, budget: Budget
) -> Path:
    """Write one member to a new file in `folder` and return its path.

    Raises:
        UnusableZip: the member is damaged, or goes beyond `limit`, the budget or the ratio.
    """
    swollen = max(FREE_BYTES, MAX_RATIO * info.compress_size)
    descriptor, name = tempfile.mkstemp(suffix=".ipynb", dir=folder)
    target, size = Path(name), 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in _pieces(archive, info):
                size += len(piece)
                budget.spend(len(piece))
                if size > limit:
                    raise UnusableZip(f"The zip holds a file of more than {limit // 1024**2} MB.")
                if size > swollen:
                    raise UnusableZip(SWELLS)
                file.write(piece)
    except UnusableZip:
        target.unlink()
        raise
    return target


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as member:
            while piece := member.read(PIECE):
                yield piece
    except BROKEN:
        raise UnusableZip(DAMAGED) from None

"""What lies in folders and zips that may be a notebook. Follows no link."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import KitError
from autograder.intake.document import MAX_FILE_BYTES, too_large
from autograder.intake.kinds import HEAD_BYTES, is_clutter, is_company, is_notebook, is_wanted
from autograder.intake.unzip import BROKEN, member_parts, member_problem

MAX_FILES = 200_000
MAX_LEVELS = 12
OUR_OWN = {"grades.csv", "results", "feedback"}
"""What a folder of an earlier run's reports holds: its pages are nobody's submissions."""
LINK = "This is a symbolic link, which is not followed; put the file itself in its place."
FOLDER = "This is a folder named like a file; hand in the .ipynb file."

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A file, on disk or in a zip; or the trace of a folder."""

    parts: Parts
    """Its path as the instructor knows it; a folder's ends with an empty part."""
    source: int = 0
    """Which of the given paths it lies in."""
    path: Path | None = None
    archive: zipfile.ZipFile | None = None
    info: zipfile.ZipInfo | None = None
    problem: str | None = None
    """Why it is not used, in one sentence."""

    @property
    def name(self) -> str:
        """The file's own name; empty for the trace of a folder."""
        return self.parts[-1]

    @property
    def is_file(self) -> bool:
        return self.path is not None or self.info is not None

    @property
    def counts(self) -> bool:
        """Whether it is named as a submission is, or should have been one."""
        return self.problem is not None or is_wanted(self.name)

    @property
    def size(self) -> int:
        """The bytes of the file, as far as it can be told; 0 for folders and links."""
        if self.info:
            return self.info.file_size
        try:
            return self.path.lstat().st_size if self.path else 0
        except OSError:
            return 0

    def head(self) -> bytes:
        """Return the first bytes of the file; none if it cannot be read."""
        try:
            if self.archive and self.info and member_problem(self.info) is None:
                with self.archive.open(self.info) as member:
                    return member.read(HEAD_BYTES)
            if self.path and stat.S_ISREG(self.path.lstat().st_mode):
                with self.path.open("rb") as file:
                    return file.read(HEAD_BYTES)
        except BROKEN:
            pass
        return b""


def given_file(path: Path, label: Parts, source: int = 0) -> Found:
    return Found(label, source, path, problem=_file_problem(path.stat(), path.name))


def walk(root: Path, label: Parts, source: int = 0) -> Iterator[Found]:
    """Yield the files under `root` and the traces of folders.

    Raises:
        KitError: there are so many that this cannot be a folder of submissions.
    """
    waiting = [(root, label)]
    count = 0
    while waiting:
        folder, parts = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            why = f"The folder cannot be opened: {error.strerror}."
            yield Found((*parts, ""), source, problem=why)
            continue
        if {entry.name for entry in entries} >= OUR_OWN:
            continue
        yield Found((*parts, ""), source)
        count += len(entries)
        if count > MAX_FILES:
            raise KitError(f"{root} holds over {MAX_FILES:,} files; give a smaller folder.")
        for entry in entries:
            if is_clutter(entry.name):
                continue
            inner = (*parts, entry.name)
            if not entry.is_dir(follow_symlinks=False):
                yield _file(entry, inner, source)
            elif is_notebook(entry.name):
                yield Found(inner, source, problem=FOLDER)
            elif len(inner) <= len(label) + MAX_LEVELS:
                waiting.append((Path(entry.path), inner))


def _file(entry: os.DirEntry[str], parts: Parts, source: int) -> Found:
    if entry.is_symlink():
        problem = None if is_company(entry.name) else LINK
        return Found(parts, source, problem=problem)
    problem = None
    if is_wanted(entry.name):
        problem = _file_problem(entry.stat(follow_symlinks=False), entry.name)
    return Found(parts, source, Path(entry.path), problem=problem)


def _file_problem(status: os.stat_result, name: str) -> str | None:
    if not stat.S_ISREG(status.st_mode):
        return "This is not an ordinary file; hand in the .ipynb file."
    return too_large() if is_notebook(name) and status.st_size > MAX_FILE_BYTES else None


def members(archive: zipfile.ZipFile, label: Parts, source: int = 0) -> Iterator[Found]:
    """Yield the files in a zip and the traces of folders."""
    for info in archive.infolist():
        parts = member_parts(info)
        if not parts or any(is_clutter(part) for part in parts):
            continue
        if info.is_dir():
            yield Found((*label, *parts, ""), source)
            continue
        problem = member_problem(info) if is_wanted(parts[-1]) else None
        if problem is None and is_notebook(parts[-1]) and info.file_size > MAX_FILE_BYTES:
            problem = too_large()
        yield Found((*label, *parts), source, archive=archive, info=info, problem=problem)

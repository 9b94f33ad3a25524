"""Zips that are the same bytes from every build, and folders that are never left half written."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.course.sources import files_below
from autograder.safe_files import cannot_write, make_folder

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the earliest that a zip can hold."""
SCRIPTS = {"setup.sh", "run_autograder"}


def make_zip(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip of `entries` that depends on nothing but them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3  # Unix, on every system
            info.external_attr = (0o100755 if name in SCRIPTS else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name])
    return buffer.getvalue()


def read_data(paths: list[Path]) -> dict[str, bytes]:
    """Return the content of the files and folders at `paths` by their names in the assignment."""
    content: dict[str, bytes] = {}
    for path in paths:
        for file in files_below(path) if path.is_dir() else [path]:
            content[file.relative_to(path.parent).as_posix()] = file.read_bytes()
    return content


def write_folder(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Make `files` the content of `folder`, and return whether anything changed.

    Everything is written beside first and moved into place last, file by file. What else lies in the
    folder stays.

    Raises:
        KitError: the folder cannot be written.
    """
    changed = {name: data for name, data in files.items() if _content(folder / name) != data}
    if not changed:
        return False
    make_folder(folder)
    try:
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, data in changed.items():
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            for name in changed:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(draft / name, folder / name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    return True


def strangers(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Return what lies in `folder` although `files` does not hold it."""
    return [p for p in files_below(folder) if p.relative_to(folder).as_posix() not in files]


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None

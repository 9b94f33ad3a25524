"""Where the container's harness puts things, and keeping submissions out of there."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import KitError
from autograder.judge.warm_parents import usable_layers
from autograder.safe_files import make_folder

METADATA = "submission_metadata.json"
"""Gradescope's, with names and addresses. Nothing of it is needed, so that it may be anything."""


@dataclass(frozen=True)
class Places:
    """The three folders of a harness."""

    source: Path
    """The unpacked autograder zip."""
    submission: Path
    """What was handed in. Nothing of it is changed: it may be somebody's folder."""
    results: Path

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Let no other user in meanwhile: a worker has one of its own where there is root.

        Raises:
            KitError: a folder is missing, or stays open to submissions.
        """
        for needed in (self.source, self.submission):
            if not needed.is_dir():
                raise KitError(f"There is no folder {needed}; the harness puts it there.")
        make_folder(self.results)
        metadata = self.source.parent / METADATA
        with ExitStack() as stack:
            for path in (self.source, self.submission, self.results, metadata):
                if path.exists():
                    stack.enter_context(_closed(path))
            yield


@contextmanager
def _closed(path: Path) -> Iterator[None]:
    mode = stat.S_IMODE(path.stat().st_mode)
    try:
        path.chmod(mode & 0o700)
    except OSError as error:  # read-only, or somebody else's
        if mode & 0o077 and "files" not in usable_layers():
            raise KitError(
                f"{path} cannot be closed to submissions ({error.strerror}), and this system has nothing "
                "else to keep them out; let it belong to the user who grades."
            ) from None
        yield
        return
    try:
        yield
    finally:
        path.chmod(mode)

"""An autograder zip, opened: the manifest, Otter's test files, the data."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from autograder.course.manifest import CONFIG, Manifest
from autograder.course.mistakes import MISTAKES, MistakeBook
from autograder.errors import KitError
from autograder.judge.otter_tests import ExceptionTestFile
from autograder.judge.owned import owned_folder
from autograder.judge.warm_parents import require_layers


class Bundle:
    """What the judge holds and no student gets."""

    def __init__(
        self,
        manifest: Manifest,
        folder: Path,
        files: Path | None = None,
        shelf: Path | None = None,
    ) -> None:
        self.manifest = manifest
        self.shelf = shelf
        """Where the judges that have this bundle put what they tried, each for the others."""
        self.folder = folder
        self.files = files or folder / "files"
        """The data; all but the hidden files a submission finds in its working directory."""

    @cached_property
    def tests(self) -> dict[str, ExceptionTestFile]:
        """Otter's test files by question."""
        return {
            question.name: ExceptionTestFile.from_file(
                str(self.folder / "tests" / f"{question.name}.py")
            )
            for question in self.manifest.questions
        }

    @cached_property
    def mistakes(self) -> MistakeBook:
        """The wrong answers that the course knows; none in what students check themselves with."""
        try:
            return MistakeBook.model_validate_json((self.folder / MISTAKES).read_bytes())
        except FileNotFoundError:
            return MistakeBook()


class OpenBundle:
    """Unpacks an autograder zip into a folder that only this user can read, for as long as needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stack = ExitStack()

    def __enter__(self) -> Bundle:
        folder = self._stack.enter_context(owned_folder("judge-"))
        with self._stack:
            bundle = self._open(folder)
            # Only where all went well does the folder outlive this.
            self._stack = self._stack.pop_all()
        return bundle

    def _open(self, folder: Path) -> Bundle:
        try:
            with zipfile.ZipFile(self.path) as archive:
                archive.extractall(folder)
            manifest = Manifest.from_config((folder / CONFIG).read_bytes())
        except FileNotFoundError:
            raise KitError(f"There is no {self.path}. Make it first: `autograder build`.") from None
        except (zipfile.BadZipFile, KitError, ValueError):
            raise KitError(
                f"{self.path} is not an autograder of this kit (or of another version of it). "
                "Make it again: `autograder build`."
            ) from None
        require_layers(manifest.confinement)
        shelf = folder / "shelf"
        shelf.mkdir()
        return Bundle(manifest, folder, shelf=shelf)

    def __exit__(self, *_: object) -> None:
        self._stack.close()

"""The Otter plugin that takes `otter run` through the judge.

`before_grading` takes everything a student handed in out of Otter's reach but the notebook, and starts the
judge in a process of its own. `before_execution` puts an empty notebook in the student's place, so that Otter's
kernel runs nothing of theirs; while it does so, the judge works. `after_grading` fills in what the judge found.

Otter's process imports this module: it needs neither torch nor the judge.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files import ExceptionTestFile

from autograder.container.command import grading_command
from autograder.container.told import WITHHELD, test_files
from autograder.worker.fresh import FOLDER, fresh_environment

NOTEBOOK = "notebook.ipynb"
SPARE_SECONDS = 300.0
"""Beyond `limits.submission_seconds`, after which the judge ends by itself."""


class BorderPlugin(AbstractOtterPlugin):
    """Keeps student code out of Otter's process and out of its kernel."""

    _judge: subprocess.Popen[str] | None = None

    def before_grading(self, config: Any) -> None:
        """Empty the submission's folder, which is the kernel's working directory, but for the notebook.

        A `torch.py` there would be imported by the trusted kernel, an `.OTTER_LOG` unpickled by Otter, and
        tests run by the kernel.
        """
        notebook = Path(self.submission_path)
        folder, upload = notebook.parent, self._aside / "upload"
        self._aside.mkdir(mode=0o700)
        upload.mkdir()
        if notebook.is_symlink():  # to somebody else's notebook, say
            raise RuntimeError("the notebook is a symbolic link")
        # The worker has a user of its own where there is root; these are not that user's to enter.
        for private in (folder, self._source, folder.parent / "results"):
            with contextlib.suppress(FileNotFoundError):
                private.chmod(0o700)
        shutil.copyfile(notebook, upload / NOTEBOOK)
        for entry in list(folder.iterdir()):
            if entry.name != notebook.name:
                # Not a rename: the folder may be a file system of its own.
                shutil.move(entry, self._aside / f"student-{entry.name}")
        self._start_judge(upload)

    def _start_judge(self, upload: Path) -> None:
        command = grading_command(
            self._source, upload, self._aside / "results", self._told, self.plugin_config["preload"]
        )
        self._judge = subprocess.Popen(
            command,
            env=fresh_environment(),
            cwd=FOLDER,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def before_execution(self, submission: Any) -> Any:
        """Return the notebook that Otter runs in place of the student's: an empty one."""
        notebook = nbformat.v4.new_notebook()
        notebook.metadata["kernelspec"] = {"name": "python3", "language": "python"}
        return notebook

    def after_grading(self, results: Any) -> None:
        """Put the judge's results in place of the kernel's, which are none.

        Raises:
            RuntimeError: there are no results of the judge's. Otter would count zeros, silently.
        """
        assert self._judge is not None
        limit = self.plugin_config["limits"]["submission_seconds"] + SPARE_SECONDS
        try:
            _, said = self._judge.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            self._judge.kill()
            raise RuntimeError(f"the judge was not done after {limit:g} seconds") from None
        if self._judge.returncode or not self._told.is_file():
            raise RuntimeError(f"the judge failed: {said.strip() or self._judge.returncode}")
        if results.has_catastrophic_failure():
            raise RuntimeError(f"Otter's kernel failed: {results.catastrophic_error}")
        told = json.loads(self._told.read_text(encoding="utf-8"))
        results.results = {file.name: file for file in test_files(told, JudgedTestFile)}

    @property
    def _source(self) -> Path:
        return Path(self.submission_path).parent.parent / "source"

    @property
    def _aside(self) -> Path:
        return Path(self.submission_path).parent.parent / "aside"

    @property
    def _told(self) -> Path:
        return self._aside / "told.json"


class JudgedTestFile(ExceptionTestFile):
    """A question's results in Otter's form. Its summary promises nothing about hidden tests."""

    def summary(self, public_only: bool = False) -> str:
        shown = [r for r in self.test_case_results if not (public_only and r.test_case.hidden)]
        earned = all(r.passed and not str(r.message).startswith(WITHHELD) for r in shown)
        if public_only and earned:
            return f"{self.name}: public checks passed"
        return "\n".join([f"{self.name}:", *(f"    {result.message}" for result in shown)])

"""The plugin keeps what a student handed in out of Otter's process, wherever it lies, and never invents zeros."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from otter.test_files import GradingResults

from autograder.course.manifest import CONFIG, Manifest
from autograder.otter_plugin import BorderPlugin
from tests.example_class import ASSIGNMENT, POINTS, ROOT, solved

OTHER_FILE_SYSTEM = Path("/dev/shm")
LIGHT = """
import sys
import autograder.container.start, autograder.otter_plugin
heavy = {"torch", "autograder.judge.grading", "matplotlib"} & set(sys.modules)
assert not heavy, heavy
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system, as a volume in a container is."""
    if not OTHER_FILE_SYSTEM.is_dir() or (
        OTHER_FILE_SYSTEM.stat().st_dev == tmp_path.stat().st_dev
    ):
        pytest.skip("there is no other file system to try")
    with tempfile.TemporaryDirectory(dir=OTHER_FILE_SYSTEM) as folder:
        yield Path(folder)


def plugin_for(root: Path, submission: Path, autograder: Path) -> BorderPlugin:
    """Return the plugin as Otter makes it, for the notebook in `submission`."""
    source = root / "source"
    with zipfile.ZipFile(autograder) as archive:
        archive.extractall(source)
    (root / "submission").symlink_to(submission)
    notebook = root / "submission" / f"{ASSIGNMENT}.ipynb"
    notebook.write_text(json.dumps(solved()), encoding="utf-8")
    manifest = Manifest.from_config((source / CONFIG).read_bytes())
    return BorderPlugin(str(notebook), {}, manifest.model_dump(mode="json"))


def test_a_submission_on_another_file_system_is_graded(
    built_hw4: Path, tmp_path: Path, elsewhere: Path
) -> None:
    plugin = plugin_for(tmp_path, elsewhere, built_hw4 / f"{ASSIGNMENT}-autograder.zip")
    (elsewhere / "torch.py").write_text("raise SystemExit")
    (elsewhere / "tests").mkdir()
    (elsewhere / "tests" / "relu.py").touch()
    (elsewhere / ".OTTER_LOG").touch()
    plugin.before_grading(None)
    assert [path.name for path in elsewhere.iterdir()] == [f"{ASSIGNMENT}.ipynb"]
    assert not plugin.before_execution(None).cells
    results = GradingResults([])
    plugin.after_grading(results)
    assert results.total == results.possible == POINTS
    assert "public checks passed" in results.summary(public_only=True)


def test_a_judge_that_fails_is_an_error_and_never_a_zero(
    built_hw4: Path, tmp_path: Path, elsewhere: Path
) -> None:
    plugin = plugin_for(tmp_path, elsewhere, built_hw4 / f"{ASSIGNMENT}-autograder.zip")
    (tmp_path / "source" / CONFIG).unlink()
    plugin.before_grading(None)
    with pytest.raises(RuntimeError, match=f"the judge failed: error: There is no {CONFIG}"):
        plugin.after_grading(GradingResults([]))


def test_otters_process_does_without_torch_and_without_the_judge() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, timeout=240, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr

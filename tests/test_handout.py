"""What lies beside the notebook in a student's folder."""

from __future__ import annotations

import functools
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from autograder.authoring import Built, build_assignment
from autograder.course.settings import load_settings
from autograder.errors import KitError
from autograder.intake.reading import read_cell
from tests.example_class import ROOT

TINY = ROOT / "tests" / "kits" / "tiny"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """The tiny kit, with the text for students."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    (root / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "students.md", root / "docs")
    return root


def build_tiny(root: Path) -> Built:
    return build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")


def test_the_readme_tells_how_to_begin_with_this_very_assignment(kit: Path) -> None:
    readme = (build_tiny(kit).notebook.parent / "README.md").read_text()
    assert "jupyter lab tiny.ipynb" in readme and "hw4_mlp" not in readme
    assert readme.index("--torch-backend=cpu") < readme.index("pip install -r requirements.txt`")
    for place in ("PowerShell", "macOS", "VS Code", "Colab", "JupyterHub"):
        assert place in readme


def test_a_course_changes_what_its_students_read(kit: Path) -> None:
    (kit / "docs" / "students.md").write_text("# For students\n\nAsk Ann about hw4_mlp.\n")
    readme = (build_tiny(kit).notebook.parent / "README.md").read_text()
    assert readme.endswith("\n\nAsk Ann about tiny.\n")


def test_assistants_are_asked_to_tutor(kit: Path) -> None:
    text = (build_tiny(kit).notebook.parent / "AGENTS.md").read_text()
    assert "Do not write or complete the code of a question" in text


def test_data_that_would_replace_the_readme_is_refused(kit: Path) -> None:
    settings = kit / "grading.yml"
    settings.write_text(settings.read_text().replace("[data", "[README.md, data"))
    (kit / "solutions" / "tiny" / "README.md").write_text("mine")
    with pytest.raises(KitError, match=r"README\.md"):
        build_tiny(kit)


def test_the_notebook_says_what_each_question_earns(kit: Path) -> None:
    master = kit / "solutions" / "tiny" / "double" / "question.py"
    prose = (
        "# %% [markdown]\n# ## 1 · Double\n#\n# Twice as much.\n\n# %% [raw]\n# # BEGIN SOLUTION"
    )
    master.write_text(master.read_text().replace("# %% [raw]\n# # BEGIN SOLUTION", prose, 1))
    cells = nbformat.read(build_tiny(kit).notebook, as_version=4).cells
    heading = "## 1 · Double\n\n*3 points*\n\nTwice as much."
    assert heading in [cell.source for cell in cells]


def test_the_first_cell_fetches_what_is_missing_from_the_courses_address(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(kit / "dist"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = kit / "grading.yml"
        address = f"address: http://127.0.0.1:{server.server_port}/\n"
        settings.write_text(address + settings.read_text())
        cell = nbformat.read(build_tiny(kit).notebook, as_version=4).cells[0].source
        home = tmp_path / "colab"
        home.mkdir()
        (home / "data").mkdir()
        monkeypatch.chdir(home)
        shell = SimpleNamespace(set_custom_exc=lambda *_: None)
        names = {"get_ipython": lambda: shell}
        exec(cell, names)
        server.shutdown()
    released = kit / "assignments" / "tiny"
    for file in released.rglob("*"):
        assert (
            file.is_dir() or (home / file.relative_to(released)).read_bytes() == file.read_bytes()
        )
    assert type(names["grader"]).__name__ == "Notebook"
    exec(cell, names)  # all is there: the server is gone and nobody asks it


def test_the_first_cell_takes_no_name_that_a_student_or_a_demonstration_could_want(
    kit: Path,
) -> None:
    cells = nbformat.read(build_tiny(kit).notebook, as_version=4).cells
    assert read_cell(cells[0].source).names == {"otter", "grader", "say_what_is_missing"}

"""What students upload by mistake ends with no points and a sentence, and the harness is content."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.docker.classes import HW4, write
from tests.docker.containers import Image, grade
from tests.docker.engine import Engine
from tests.example_class import solved, starter


def nothing(folder: Path) -> list[Path]:
    return []


def two_notebooks(folder: Path) -> list[Path]:
    return [write(folder, "first", solved()), write(folder, "second", starter())]


def a_zip(folder: Path) -> list[Path]:
    path = folder / "submission.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{HW4}.ipynb", json.dumps(solved()))
    return [path]


def a_pdf(folder: Path) -> list[Path]:
    path = folder / f"{HW4}.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    return [path]


@pytest.mark.slow
@pytest.mark.parametrize("make", [nothing, two_notebooks, a_zip, a_pdf])
def test_a_bad_upload_is_told_in_a_sentence(
    docker: Engine, hw4_image: Image, tmp_path: Path, make: object
) -> None:
    assert callable(make)
    graded = grade(docker, hw4_image.name, *make(tmp_path))
    assert graded.status == 0 and graded.results is not None, graded.said
    assert graded.results["score"] == 0
    assert f"Upload your notebook, {HW4}.ipynb" in graded.results["output"]

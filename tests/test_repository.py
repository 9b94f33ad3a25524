"""What is said in one place is said nowhere else: versions, errors, names, what changed."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from autograder.course.settings import ImageSettings, load_settings
from tests.example_class import ROOT
from tests.test_architecture import SOURCES, files_of_the_kit

SAY_TOO_LITTLE = {
    *(
        "answers",
        "base",
        "choice",
        "common",
        "core",
        "data",
        "files",
        "helpers",
        "lines",
        "listing",
    ),
    *("misc", "tools", "utils"),
}
"""Names that could be any module's."""


def test_the_version_of_torch_stands_in_one_place() -> None:
    """All else derives it: the installer, the image, what students install."""
    image = ImageSettings()
    pins = (f"torch=={image.torch}", f"torchvision=={image.torchvision}")
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(pyproject.count(f'"{pin}"') == 1 for pin in pins), "run make install"
    version = re.compile(rf"(?<![\d.]){re.escape(image.torch)}(?![\d.])".encode())
    found = {
        path.relative_to(ROOT)
        for path in files_of_the_kit()
        if path.suffix in {".py", ".toml", ".yml", ".yaml", ".md", ".in", ".sh", ".lock", ""}
        and version.search(path.read_bytes())
    }
    assert found == {Path("pyproject.toml")}


def test_what_students_install_is_what_the_kit_is_made_for() -> None:
    image = load_settings(ROOT / "grading.yml").image
    for path in (ROOT / "assignments").glob("*/requirements.txt"):
        assert f"torch=={image.torch}" in path.read_text(encoding="utf-8").splitlines(), path


def test_a_modules_name_says_what_it_is_about() -> None:
    assert not {path.stem for path in SOURCES} & SAY_TOO_LITTLE


def test_the_hooks_before_a_commit_download_nothing() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    repositories = yaml.safe_load(text)["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    assert {repository["repo"] for repository in repositories} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/python -m ") for hook in hooks)


def test_others_may_check_their_types_against_ours() -> None:
    assert (ROOT / "autograder" / "py.typed").is_file()
    assert "py.typed" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_changelog_begins_with_what_is_not_released() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.*)$", text, re.M)
    assert versions[0].startswith("Unreleased")
    released = [version for version in versions[1:] if re.match(r"\d+\.\d+\.\d+", version)]
    assert released == versions[1:], "a version is a number"
    parts = set(re.findall(r"^### (.*)$", text, re.M))
    assert parts <= {"Added", "Changed", "Fixed", "Removed", "Scores may change"}

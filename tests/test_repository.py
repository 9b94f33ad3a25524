"""What is said in one place is said nowhere else: versions, errors, names, what changed."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

import autograder
from autograder.settings import ImageSettings, load_settings
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
ERRORS_BEGIN, ERRORS_END = "<!-- errors -->\n\n", "\n<!-- end of errors -->"


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


def test_the_documents_list_every_error_of_the_kit() -> None:
    """One tree to read: what each error is, where it lives, what it means."""
    page = ROOT / "docs" / "architecture.md"
    _, _, rest = page.read_text(encoding="utf-8").partition(ERRORS_BEGIN)
    listed = rest.partition(ERRORS_END)[0]
    assert listed == error_tree(), f"write into {page.name} instead:\n\n{error_tree()}"


def error_tree() -> str:
    """Return the error classes of the package as an indented list, each below what it is."""
    lines: list[str] = []

    def add(kind: type[BaseException], depth: int) -> None:
        place = kind.__module__.removeprefix("autograder.").replace(".", "/")
        meaning = (kind.__doc__ or "").strip().partition("\n")[0]
        lines.append(f"    {'  ' * depth + kind.__name__:<24}{place:<20}{meaning}")
        for child in ours:
            if child.__mro__[1] is kind:
                add(child, depth + 1)

    ours = list(errors_of_the_kit())
    foreign = sorted({kind.__mro__[1] for kind in ours} - set(ours), key=lambda kind: kind.__name__)
    for base in foreign:
        lines.append(f"    {base.__name__}")
        for kind in ours:
            if kind.__mro__[1] is base:
                add(kind, 1)
    return "\n".join(lines) + "\n"


def errors_of_the_kit() -> Iterator[type[BaseException]]:
    found = set()
    for info in pkgutil.walk_packages(autograder.__path__, "autograder."):
        if info.name.endswith("__main__"):
            continue
        found |= {
            value
            for value in vars(importlib.import_module(info.name)).values()
            if isinstance(value, type)
            and issubclass(value, BaseException)
            and value.__module__ == info.name
        }
    yield from sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def test_every_error_says_what_it_means() -> None:
    for kind in errors_of_the_kit():
        assert kind.__doc__ and kind.__doc__ != kind.__mro__[1].__doc__, kind


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

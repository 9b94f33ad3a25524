"""What the README promises is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.authoring.catalogue import BEGIN, END, catalogue
from autograder.commands.cli import main
from autograder.course.settings import load_settings
from tests.example_class import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROOMS = sorted(path.parent.name for path in (ROOT / "autograder").glob("*/__init__.py"))
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as code forges make them."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_list_of_assignments_is_current() -> None:
    listed = README.partition(BEGIN)[2].partition(END)[0].lstrip("\n")
    assert listed == catalogue(load_settings(ROOT / "grading.yml"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_named_in_the_readme() -> None:
    linked = set(LINK.findall(README))
    assert {page.relative_to(ROOT).as_posix() for page in PAGES[1:]} <= linked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_make_targets_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = re.findall(r"(?:^ +|`)make ([a-z]+)", text, re.MULTILINE)
    assert set(named) <= targets
    commands = re.findall(r"(?:^ +(?:\S+/)?|`)autograder ([a-z]+)", text, re.MULTILINE)
    assert set(commands) <= set(main.commands)


def test_the_readme_names_every_command() -> None:
    assert all(f"autograder {command}" in README for command in main.commands)


def test_modules_that_the_architecture_names_are_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for room, module in re.findall(rf"`({'|'.join(ROOMS)})/([a-z_]+)(?:\.py)?`", text):
        assert (ROOT / "autograder" / room / f"{module}.py").is_file(), f"{room}/{module}"
    places = ("autograder/**/*.py", "tests/*.py", "solutions/**/*.py")
    modules = {path.name for place in places for path in ROOT.glob(place)}
    assert set(re.findall(r"`(?:[a-z]+/)?([a-z_]+\.py)`", text)) <= modules


def test_files_that_the_readme_names_in_code_are_there() -> None:
    for path in re.findall(r"`((?:assignments|solutions|docs|tests)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path

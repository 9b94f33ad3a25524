"""`autograder new`: what it makes builds and validates, and `grading.yml` keeps every line it had."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.authoring import build_assignment
from autograder.authoring.minutes import HEADING
from autograder.authoring.validate import validate
from autograder.commands.cli import main
from autograder.course.settings import load_settings
from tests.test_build import TINY


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny kit, with comments in its settings."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    text = (root / "grading.yml").read_text()
    (root / "grading.yml").write_text(
        "# of the course\n" + text.rstrip("\n") + "  # counted\n\n# the end\n"
    )
    monkeypatch.chdir(root)
    return root


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def made_and_sound(root: Path, name: str, question: str) -> None:
    settings = load_settings(root / "grading.yml")
    build_assignment(root, name, settings, root / "dist")
    finding = validate(root, name, root / "dist")
    (row,) = [row for row in finding.rows if row.question == question]
    assert not [problem for problem in finding.problems if question in problem]
    assert row.reference and row.hidden
    assert 0 < row.caught == row.misconceptions
    assert 0 < row.accepted == row.alternatives


def test_a_new_question_builds_and_validates_at_once(kit: Path) -> None:
    before = (kit / "grading.yml").read_text()
    shown = run("new", "tiny", "batch_norm").output
    assert "solutions/tiny/batch_norm/question.py" in shown
    assert "autograder validate tiny -q batch_norm" in shown
    after = (kit / "grading.yml").read_text()
    assert after == before.replace(
        "many: 1  # counted\n", "many: 1  # counted\n      batch_norm: 4\n"
    )
    intro = kit / "solutions" / "tiny" / "intro.py"
    intro.write_text(
        intro.read_text().replace("from torch import nn", "import torch\nfrom torch import nn")
    )
    made_and_sound(kit, "tiny", "batch_norm")


def test_a_new_assignment_builds_and_validates_at_once(kit: Path) -> None:
    before = (kit / "grading.yml").read_text()
    run("new", "hw10_attention")
    after = (kit / "grading.yml").read_text()
    assert after.startswith(before.partition("\n\n# the end")[0]) and after.endswith(
        "\n# the end\n"
    )
    assert load_settings(kit / "grading.yml").assignments["hw10_attention"].title == "Attention"
    made_and_sound(kit, "hw10_attention", "warm_up")


def test_what_is_made_says_its_minutes_as_the_other_lessons_do(kit: Path) -> None:
    run("new", "hw10_attention")
    folder = kit / "solutions" / "hw10_attention"
    said = load_settings(kit / "grading.yml").assignments["hw10_attention"].minutes
    (minutes,) = HEADING.findall(
        (folder / "warm_up" / "question.py").read_text().replace("# ##", "##")
    )
    assert said is not None and int(minutes) + 10 <= said <= int(minutes) + 45
    assert f"**{said} minutes**" in (folder / "intro.py").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tiny",), "name the question"),
        (("tiny", "double"), "is there already"),
        (("tiny", "not-python"), "write a Python name"),
        (("hw-10", "relu"), "letters, digits and underscores"),
        (("../up", "relu"), "letters, digits and underscores"),
    ],
)
def test_what_cannot_be_made_leaves_everything_as_it_was(
    kit: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = {path: path.read_bytes() for path in kit.rglob("*") if path.is_file()}
    result = run("new", *arguments)
    assert result.exit_code == 2 and says in result.output
    assert {path: path.read_bytes() for path in kit.rglob("*") if path.is_file()} == before


def test_settings_on_one_line_are_left_alone_and_the_lines_are_shown(kit: Path) -> None:
    text = (
        "assignments:\n  tiny:\n    files: [data]\n    questions: {double: 3, Twice: 1, many: 1}\n"
    )
    (kit / "grading.yml").write_text(text)
    shown = run("new", "tiny", "batch_norm").output
    assert "put into grading.yml" in shown and "batch_norm: 4" in shown
    assert (kit / "grading.yml").read_text() == text


def test_line_ends_of_windows_stay(kit: Path) -> None:
    text = (kit / "grading.yml").read_text().replace("\n", "\r\n")
    (kit / "grading.yml").write_bytes(text.encode())
    run("new", "tiny", "batch_norm")
    written = (kit / "grading.yml").read_bytes()
    assert b"      batch_norm: 4\r\n" in written
    assert written.count(b"\r\n") == written.count(b"\n") == text.count("\n") + 1

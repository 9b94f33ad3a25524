"""Settings are checked whole: what is wrong is told with its line and with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.settings import Limits, Settings, find_kit_root, load_settings
from autograder.errors import KitError

ROOT = Path(__file__).resolve().parents[1]
SOUND = """\
course: Deep Learning
image: {torch: "2.99.0"}
limits:
  cell_seconds: 30
hidden_tests: hint
assignments:
  hw1:
    title: One
    questions:
      relu: 4
      train: {points: 2.5, in_place: true}
    leaderboard: [train]
"""


def load(folder: Path, text: str) -> Settings:
    path = folder / "grading.yml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_the_kits_own_settings_are_sound() -> None:
    settings = load_settings(ROOT / "grading.yml")
    assert {path.name for path in (ROOT / "solutions").iterdir()} >= set(settings.assignments)
    assert list(settings.assignments["hw4_mlp"].questions)[:2] == ["relu", "sigmoid"]


def test_a_question_is_its_points_or_a_mapping(tmp_path: Path) -> None:
    questions = load(tmp_path, SOUND).assignments["hw1"].questions
    assert (questions["relu"].points, questions["relu"].in_place) == (4, False)
    assert (questions["train"].points, questions["train"].in_place) == (2.5, True)


def test_everything_but_the_questions_has_a_default(tmp_path: Path) -> None:
    settings = load(tmp_path, "assignments: {hw1: {questions: {relu: 1}}}\n")
    assert settings.limits == Limits()
    assert settings.hidden_tests == "hint"
    assert settings.assignments["hw1"].files == ()


def test_limits_survive_the_way_through_a_zip() -> None:
    limits = Limits(cell_seconds=1.5)
    assert Limits.model_validate_json(limits.model_dump_json()) == limits


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("cell_seconds: 30", "cell_secnods: 30", 4, "did you mean 'cell_seconds'"),
        (
            "cell_seconds: 30",
            "cell_secnods: 30",
            4,
            "question_seconds, submission_seconds, memory_mb",
        ),
        ("cell_seconds: 30", "cell_seconds: 0", 4, "above 0"),
        ("cell_seconds: 30", "cell_seconds: soon", 4, "'soon'; write a number of seconds"),
        ("cell_seconds: 30", "cell_seconds: yes", 4, "is true; write a number"),
        ("cell_seconds: 30", "cell_seconds: .nan", 4, "is nan; write a number"),
        ("cell_seconds: 30", "memory_mb: 2.5", 4, "a whole number of MB"),
        ("cell_seconds: 30", "memory_mb: 8", 4, "from 256 to"),
        (
            "cell_seconds: 30",
            "cell_seconds: 30\n  cell_seconds: 5",
            5,
            "a second time (first in line 4)",
        ),
        ("hidden_tests: hint", "hidden_tests: hints", 5, "'hints'; write nothing, outcome or hint"),
        ("hidden_tests: hint", "hidden_test: hint", 5, "did you mean 'hidden_tests'"),
        ("hidden_tests: hint", "12: hint", 5, "quote it"),
        ("hidden_tests: hint", "hidden_tests: [hint", 6, "not YAML"),
        ("hidden_tests: hint", "\thidden_tests: hint", 5, "not YAML"),
        ('{torch: "2.99.0"}', "{torch: 2.10}", 2, 'in quotes, such as "2.10"'),
        ('{torch: "2.99.0"}', "{torch_index: pytorch}", 2, "the address of a package index"),
        ("relu: 4", "relu: -1", 10, "points above 0"),
        ("relu: 4", "relu: [4]", 10, "is a list; write a number of points"),
        ("relu: 4", "relu: {in_place: true}", 10, "relu.points is missing"),
        ("relu: 4", "re-lu: 4", 10, "write a Python name"),
        ("relu: 4", "relu: 4\n      relu: 5", 11, "a second time"),
        ("in_place: true", "inplace: true", 11, "did you mean 'in_place'"),
        ("[train]", "[trian]", 12, "no question here (did you mean 'train'?)"),
        ("[train]", "train", 12, "write a list"),
        ("[train]", "[train]\n    files: [../x]", 13, "not beside intro.py"),
        ("  hw1:", "  hw-1:", 7, "letters, digits and underscores"),
        ("    title: One", "    titel: One", 8, "did you mean 'title'"),
    ],
)
def test_an_error_names_the_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in SOUND
    with pytest.raises(KitError) as caught:
        load(tmp_path, SOUND.replace(old, new))
    message = str(caught.value)
    assert message.startswith(f"grading.yml, line {line}: ")
    assert says in message
    assert "\n" not in message


def test_hidden_rows_on_gradescope_say_what_they_cost(tmp_path: Path) -> None:
    rows = "gradescope: {rows: hidden}\n"
    with pytest.raises(KitError, match="after_published, at the cost that students see no total"):
        load(tmp_path, SOUND + rows)
    assert load(tmp_path, SOUND + rows.replace("hidden", "after_published")).gradescope.rows


@pytest.mark.parametrize("text", ["", "- hw1\n", "assignments: {}\n", "a: *b\n", "a: \0\n"])
def test_a_file_without_assignments_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(KitError, match=r"^grading.yml, line 1: .*\.$"):
        load(tmp_path, text)


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "grading.yml").write_bytes(b"course: \xff\n")
    with pytest.raises(KitError, match="UTF-8"):
        load_settings(tmp_path / "grading.yml")
    with pytest.raises(KitError, match="cannot be read"):
        load_settings(tmp_path / "none.yml")


def test_an_unknown_assignment_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(KitError, match=r"did you mean 'hw1'.*it has hw1"):
        load(tmp_path, SOUND).assignment("hw11")


def test_the_kits_folder_is_found_from_below_and_else_where_the_kit_came_from(
    tmp_path: Path,
) -> None:
    (tmp_path / "course" / "solutions" / "hw1").mkdir(parents=True)
    (tmp_path / "course" / "grading.yml").touch()
    found = find_kit_root(tmp_path / "course" / "solutions" / "hw1")
    assert found == (tmp_path / "course").resolve()
    assert find_kit_root(tmp_path) == ROOT

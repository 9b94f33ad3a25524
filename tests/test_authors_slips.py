"""Slips of an author that would leak an answer, cost students points or prove nothing: build refuses them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.authoring import build_assignment
from autograder.authoring.code_of_tests import TOOLS
from autograder.commands.cli import main
from autograder.course.settings import load_settings
from autograder.errors import KitError
from autograder.judge.instruments import JudgeTools
from tests.test_build import TINY, change

PUBLIC = "    assert double(3) == 6"
HIDDEN = "    assert double(-7) == -14, message"
ANSWER = "    return x + x  # the answer"
LONG = "    return abs(x) + (x + x) - abs(x)"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A copy of the tiny kit."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    return root


def refusal(root: Path) -> str:
    with pytest.raises(KitError) as caught:
        build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")
    return str(caught.value)


def line_of(root: Path, file: str, text: str) -> str:
    written = (root / "solutions" / "tiny" / file).read_text()
    number = written[: written.index(text)].count("\n") + 1
    return f"solutions/tiny/{file}, line {number}: "


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (HIDDEN, f"{HIDDEN}\n    torch.ones(2)", "torch.ones", "imports what it needs inside itself"),
        (HIDDEN, f"{HIDDEN}\n    lambda: mesage", "lambda: mesage", "mesage is defined nowhere"),
        (PUBLIC, f"    assert exact\n{PUBLIC}", "assert exact", "exact is defined nowhere"),
        (HIDDEN, f"    judge.prob(double)\n{HIDDEN}", "judge.prob", "did you mean 'probe'"),
        (HIDDEN, f'    judge.loops("dubble")\n{HIDDEN}', "judge.loops", "did you mean 'double'"),
        (HIDDEN, f"    judge.loops(message)\n{HIDDEN}", "judge.loops", "written out"),
        (HIDDEN, f"    print(double(2))\n{HIDDEN}", "print(", "a test prints nothing"),
        ("    # END SOLUTION", "", "    # BEGIN SOLUTION", "has no END SOLUTION"),
        ("    # BEGIN SOLUTION", "", "    # END SOLUTION", "has no BEGIN SOLUTION"),
        ("    # END SOLUTION", "    # BEGIN SOLUTION", "    # BEGIN SOLUTION", "no END SOLUTION"),
        ("# HIDDEN\ndef test_double_of_other_numbers(double, judge):",
         "def test_double_of_other_numbers(double):\n    # HIDDEN", "    # HIDDEN", "# HIDDEN"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(kit: Path, old: str, new: str, at: str, says: str) -> None:
    change(kit, "double/question.py", old, new)
    told = refusal(kit)
    assert told.startswith(line_of(kit, "double/question.py", at)) and says in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# %% [raw]\n# # BEGIN SOLUTION",
         "# %% [markdown]\n# Do not write `abs(x) + (x+x) - abs(x)`.\n\n# %% [raw]\n# # BEGIN SOLUTION"),
        ('    """Return 2x."""', '    """Return 2x."""\n    # such as abs(x) + (x + x) - abs(x)'),
        (PUBLIC, f"    # is abs(x) + (x + x) - abs(x)\n{PUBLIC}"),
        ("# # END QUESTION",
         '# # END QUESTION\n\n# %% tags=["otter_ignore"]\nx = 3\ny = abs(x) + (x + x) - abs(x)'),
        ("# # END QUESTION", "# # END QUESTION\n\n# %%\nx = 3  # abs(x) + (x + x) - abs(x)"),
    ],
)  # fmt: skip
def test_an_answer_that_students_read_elsewhere_is_told(kit: Path, old: str, new: str) -> None:
    change(kit, "double/question.py", ANSWER, LONG)
    change(kit, "double/question.py", old, new)
    told = refusal(kit)
    assert "'abs(x)+(x+x)-abs(x)', which the answer to double does" in told
    change(kit, "double/question.py", LONG, f"{LONG}  # shown")
    build_assignment(kit, "tiny", load_settings(kit / "grading.yml"), kit / "dist")


def test_a_tool_that_the_prose_names_is_no_answer(kit: Path) -> None:
    change(kit, "double/question.py", ANSWER, "    return max(x + x, x + x)")
    change(kit, "double/question.py", "# # END QUESTION", "# # END QUESTION\n\n# %%\nx = 3  # max")
    build_assignment(kit, "tiny", load_settings(kit / "grading.yml"), kit / "dist")


@pytest.mark.parametrize(
    ("file", "mark"), [("wrong.py", 'wrong(hint="No.")'), ("right.py", "right")]
)
def test_an_answer_that_lives_on_an_import_of_its_file_is_told(
    kit: Path, file: str, mark: str
) -> None:
    """In the notebook of a student it would fail by a name that is not there, whatever it was to show."""
    path = kit / "solutions" / "tiny" / "double" / file
    body = "    def double(x):\n        return math.ldexp(x, 1)\n"
    marks = f"from autograder.authoring.marks import {mark.partition('(')[0]}\n\n\n@{mark}\n"
    path.write_text(f"import math\n\n{marks}def power():\n{body}")
    told = refusal(kit)
    assert told.startswith(line_of(kit, f"double/{file}", "def power"))
    assert "power uses math, which this file imports and the notebook does not" in told
    path.write_text(f"import math\n\n{marks}def power():\n    import math\n\n{body}")
    build_assignment(kit, "tiny", load_settings(kit / "grading.yml"), kit / "dist")


def test_build_knows_what_judge_has() -> None:
    assert {name for name in vars(JudgeTools) if not name.startswith("_")} == TOOLS


@pytest.mark.parametrize("readme", [None, "# A course\n"])
def test_a_course_needs_no_readme(
    kit: Path, readme: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if readme is not None:
        (kit / "README.md").write_text(readme)
    monkeypatch.chdir(kit)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 0 and "built tiny" in result.output
    assert ("no place for the list" in result.output) == (readme is not None)

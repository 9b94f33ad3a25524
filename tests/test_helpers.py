"""What several tests of a question share: where it goes, what students get of it, what is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from otter.test_files.exception_test import ExceptionTestFile

from autograder.authoring import Built, build_assignment
from autograder.authoring.author_lines import place_of
from autograder.authoring.script import Place
from autograder.authoring.validate import validate
from autograder.course.settings import load_settings
from autograder.errors import KitError
from autograder.judge.bundle import OpenBundle
from autograder.voice.spoken import without_voice
from tests.test_build import TINY, change, entries, notebook

HELPERS = '''\
"""Shared."""

EXACT = 1e-9


def apart(a, b):
    import math

    return math.fabs(a - b)


# measures beside the student's code
def doubled(double, x):
    return double(x)


def assert_near(a, b, message="Twice as much is expected."):
    assert apart(a, b) < EXACT, message
'''
WRONG = """\
from autograder.authoring.marks import wrong


@wrong(hint="This is x + 1.")
def one_more():
    def double(x):
        return x + 1
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """The tiny kit, whose hidden test uses helpers, one of them in a probe."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    (root / "solutions" / "tiny" / "double" / "helpers.py").write_text(HELPERS)
    change(
        root,
        "double/question.py",
        '    message = "Twice as much is expected."\n    assert double(-7) == -14, message\n',
        "    assert_near(judge.probe(doubled, double, -7), -14)\n"
        "    assert_near(judge.probe(lambda f: doubled(f, 4), double), 8)\n",
    )
    return root


def line_of(text: str, path: Path) -> int:
    return path.read_text().split(text)[0].count("\n") + 1


def built(root: Path) -> Built:
    return build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")


def shown(one: Built) -> str:
    tests: dict[str, str] = notebook(one.notebook).metadata.otter.tests
    return tests["double"]


def test_helpers_stand_above_the_tests_and_stay_with_staff_if_only_hidden_ones_use_them(
    kit: Path,
) -> None:
    one = built(kit)
    file = entries(one.autograder_zip)["tests/double.py"].decode()
    assert "# measures beside the student's code\ndef doubled(double, x):" in file
    assert file.index("EXACT = ") < file.index("def apart") < file.index("@test_case(")
    assert len(ExceptionTestFile.from_string(file).test_cases) == 2
    assert shown(one).startswith("from otter") and "math" not in shown(one)
    assert "apart" not in shown(one) + one.notebook.read_text()


def test_students_get_the_helpers_that_public_tests_need(kit: Path) -> None:
    change(
        kit,
        "double/question.py",
        'assert double(3) == 6, f"Got {double(3)}."',
        "assert apart(double(3), 6) == 0",
    )
    one = built(kit)
    assert "def apart(a, b):" in shown(one)
    assert not re.search(r"EXACT|doubled|assert_near", one.notebook.read_text())
    (case,) = ExceptionTestFile.from_string(without_voice(shown(one))).test_cases
    case.body.call_func({"double": lambda x: 2 * x})
    with pytest.raises(AssertionError):
        case.body.call_func({"double": lambda x: x})


def test_a_probe_takes_its_helpers_to_the_worker(kit: Path) -> None:
    (kit / "solutions" / "tiny" / "double" / "wrong.py").write_text(WRONG)
    one = built(kit)
    finding = validate(kit, "tiny", one.autograder_zip.parent)
    (double,) = [row for row in finding.rows if row.question == "double"]
    assert double.reference
    assert (double.caught, double.misconceptions) == (1, 1)


def test_validate_names_the_lines_that_the_author_wrote(kit: Path) -> None:
    change(kit, "double/helpers.py", "< EXACT, message", "> EXACT, message")
    change(kit, "double/question.py", "== 6", "== 7")
    one = built(kit)
    finding = validate(kit, "tiny", one.autograder_zip.parent)
    (said,) = [problem for problem in finding.problems if problem.startswith("reference: double")]
    folder = kit / "solutions" / "tiny" / "double"
    in_question = line_of("== 7", folder / "question.py")
    assert f"(solutions/tiny/double/question.py, line {in_question})" in said
    assert "test line" not in said
    with OpenBundle(one.autograder_zip) as bundle:
        file = Path(bundle.tests["double"].path)
        place = place_of(line_of("> EXACT", file), file, folder)
        assert place == Place(folder / "helpers.py", line_of("> EXACT", folder / "helpers.py"))
        assert place_of(1, file, folder) is None


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("def apart(a, b)", "def other(a, b):\n    return a\n\n\ndef apart(a, b)", "def other", "no test of double uses"),
        ("EXACT = 1e-9", "import re\nEXACT = 1e-9", "import re", "imports what it needs inside itself"),
        ("EXACT = 1e-9", "name = 1\nEXACT = 1e-9", "name = 1", "cannot be called name"),
        ("EXACT = 1e-9", "print(1)\nEXACT = 1e-9", "print", "functions and constants only"),
        ("EXACT, message", 'EXACT, f"Got {a}."', "    assert apart", "plain string"),
        ("return double(x)", "return double(x", "    return double(x", "not Python"),
    ],
)  # fmt: skip
def test_what_is_no_helper_is_told_with_its_line(
    kit: Path, old: str, new: str, at: str, says: str
) -> None:
    change(kit, "double/helpers.py", old, new)
    with pytest.raises(KitError) as caught:
        built(kit)
    text = (kit / "solutions" / "tiny" / "double" / "helpers.py").read_text()
    line = text[: text.index(at)].count("\n") + 1
    assert str(caught.value).startswith(f"solutions/tiny/double/helpers.py, line {line}: ")
    assert says in str(caught.value)

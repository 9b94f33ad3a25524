"""What `validate` finds: slips that would prove nothing, each told with the author's own file and line."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.authoring import build_assignment
from autograder.authoring.naming import is_named, misnamed
from autograder.authoring.script import Place
from autograder.authoring.validate import Finding, validate
from autograder.authoring.variants import Kind, Variant
from autograder.cli import main
from autograder.errors import KitError
from autograder.results import CaseResult, Outcome, QuestionResult, Role
from autograder.settings import load_settings
from tests.test_build import TINY, change

WRONG = """\
from autograder.authoring.marks import wrong


@wrong(hint="This is x + 1.")
def one_more():
    def double(x):
        return x + 1
"""
DOUBLE = "solutions/tiny/double"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """The tiny kit, with a wrong answer to its first question."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    (root / DOUBLE / "wrong.py").write_text(WRONG)
    return root


def found(root: Path, *questions: str) -> Finding:
    build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")
    return validate(root, "tiny", root / "dist", only=questions or ("double",))


def add_wrong(root: Path, answer: str, mark: str = 'hint="No."') -> None:
    text = f"\n\n@wrong({mark})\ndef other():\n{answer}"
    (root / DOUBLE / "wrong.py").write_text(WRONG + text)


def line_of(root: Path, file: str, text: str) -> str:
    written = (root / "solutions" / "tiny" / file).read_text()
    return f"solutions/tiny/{file}, line {written[: written.index(text)].count(chr(10)) + 1}"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("    def dubble(x):\n        return x + 1\n", "it defines dubble, not double"),
        ("    def double(x):\n        return x.twise()\n", "'int' object has no attribute 'twise'"),
        ("    def double(x):\n        return mth.pow(x, 2)\n", "name 'mth' is not defined"),
        ("    double = lambda x: x + one\n", "name 'one' is not defined"),
    ],
)
def test_a_wrong_answer_that_fails_by_a_slip_is_not_caught_but_told(
    kit: Path, answer: str, says: str
) -> None:
    add_wrong(kit, answer)
    problems = [p for p in found(kit).problems if "other" in p]
    (problem,) = problems
    assert problem.startswith(
        f"{line_of(kit, 'double/wrong.py', 'def other')}, other: is never tried"
    )
    assert says in problem


def test_a_mistake_that_is_a_missing_name_says_so(kit: Path) -> None:
    add_wrong(kit, "    def double(x):\n        return x.t()\n", 'hint="No.", raises=True')
    assert not [p for p in found(kit).problems if "other" in p]


def test_who_says_that_it_raises_must_raise(kit: Path) -> None:
    add_wrong(kit, "    def double(x):\n        return x + 3\n", 'hint="No.", raises=True')
    assert any("does not fail by a name" in p for p in found(kit).problems)


def test_a_mistake_that_fails_some_tests_by_a_missing_attribute_is_tried(kit: Path) -> None:
    add_wrong(kit, "    def double(x):\n        return x + 4 if x > 0 else x.foo\n")
    assert not [p for p in found(kit).problems if "other" in p]


def test_two_answers_of_one_name_are_refused(kit: Path) -> None:
    (kit / DOUBLE / "wrong.py").write_text(WRONG + "\n\n" + WRONG.partition("\n\n\n")[2])
    with pytest.raises(KitError, match=r"wrong\.py, line 11: there are two answers named one_more"):
        found(kit)


def test_a_test_that_goes_wrong_is_told_once_with_its_line_and_its_own_message(kit: Path) -> None:
    change(
        kit,
        "double/question.py",
        "    assert double(-7) == -14, message",
        '    judge.data("none.csv")\n    assert double(-7) == -14, message',
    )
    problems = [p for p in found(kit).problems if "went wrong" in p]
    (problem,) = problems
    assert "no data file none.csv" in problem
    assert line_of(kit, "double/question.py", "    judge.data") in problem
    assert "[test line" not in " ".join(found(kit).problems)


def test_a_cell_that_stops_is_told_with_its_line(kit: Path) -> None:
    change(
        kit,
        "intro.py",
        "from torch import nn\n",
        "from torch import nn\n\n# %%\nsize = 3\ntable = open('data/none.csv')\n",
    )
    (problem,) = [p for p in found(kit).problems if "stops" in p]
    assert problem.startswith(f"{line_of(kit, 'intro.py', 'table = ')}: this cell stops")
    assert "none.csv" in problem


def test_a_question_with_less_than_the_documents_ask_for_is_warned_of(kit: Path) -> None:
    warnings = "\n".join(found(kit, "double", "Twice").warnings)
    assert "double: wrong.py has 1 answers; 4 are asked for" in warnings
    assert "double: right.py has 0 answers; 2 are asked for" in warnings
    assert "Twice: has no hidden test" in warnings and "double: has no hidden test" not in warnings


def test_a_slow_test_is_warned_of_with_its_line(kit: Path) -> None:
    change(
        kit,
        "double/question.py",
        "    message = ",
        "    import time\n\n    time.sleep(1.2)\n    message = ",
    )
    (warning,) = [w for w in found(kit).warnings if "takes" in w]
    at = line_of(kit, "double/question.py", "def test_double_of_other_numbers")
    assert warning.startswith(f"{at}: test_double_of_other_numbers takes 1.")


def test_a_reference_that_must_change_its_argument_is_told_of_in_place(kit: Path) -> None:
    path = kit / "solutions" / "tiny" / "Twice" / "question.py"
    text = path.read_text().replace("    assert isinstance(Twice(), nn.Module)", CHANGES)
    path.write_text(text.replace("return _by_two * X", "return X.mul_(_by_two)"))
    settings = kit / "grading.yml"
    settings.write_text(settings.read_text().replace(", in_place: true", ""))
    assert any("`in_place: true`" in p for p in found(kit, "Twice").problems)


CHANGES = "    import torch\n\n    Twice()(torch.ones(2))"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_one_question_is_built_and_tried_alone(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kit)
    change(
        kit,
        "double/question.py",
        "def test_double_of_the_example",
        "# CORE\ndef test_double_of_the_example",
    )
    monkeypatch.setenv("COLUMNS", "200")
    shown = run("validate", "tiny", "-q", "double", "--matrix")
    assert shown.exit_code == 0, shown.output
    assert " double" in shown.output and "many" not in shown.output
    assert "test_double_of_other_numbers (hidden)" in shown.output
    assert "│ one_more" in shown.output


def test_a_test_that_no_wrong_answer_fails_is_marked(kit: Path) -> None:
    (kit / DOUBLE / "wrong.py").write_text(WRONG.replace("x + 1", "x + abs(x)"))
    (seen,) = found(kit).matrices
    assert [(test.name, bool(test.failed_by)) for test in seen.tests] == [
        ("test_double_of_the_example", False),
        ("test_double_of_other_numbers", True),
    ]


def test_an_unknown_question_is_told(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kit)
    assert "did you mean 'double'" in run("validate", "tiny", "-q", "duble").output
    assert "Name the assignment" in run("validate", "-q", "double").output


def test_wrong_answers_that_behave_the_same_are_told_until_they_share_a_hint(kit: Path) -> None:
    """No student could earn either hint: the other answer does the same."""
    answer = "    def double(x):\n        return 1 + x\n"
    add_wrong(kit, answer)
    finding = found(kit)
    assert finding.rows[0].named == 0
    assert any("one_more: behaves as `other`" in warning for warning in finding.warnings)
    assert any("0 of 2 wrong answers are named" in problem for problem in finding.problems)
    add_wrong(kit, answer, 'hint="This is x + 1."')
    finding = found(kit)
    assert finding.rows[0].named == 2
    assert not any("are named" in problem for problem in finding.problems)
    assert not any("behaves as" in warning for warning in finding.warnings)


def test_a_wrong_answer_that_reads_anothers_hint_is_a_problem() -> None:
    place = Place(Path("wrong.py"), 5)
    variant = Variant(Kind.WRONG, "double", "one_more", "", place, hint="This is x + 1.")
    lost = CaseResult("double - 1", "doubles", False, 1.0, Outcome.FAILED)
    theirs = replace(lost, mistake="other", hint="This is 3x.")
    assert not misnamed(variant, QuestionResult("double", (lost,), Outcome.FAILED))
    problem = misnamed(variant, QuestionResult("double", (theirs,), Outcome.FAILED))
    assert "reads the hint of `other`" in problem


def test_an_answer_that_only_breaks_a_rule_is_told_so_by_the_rule() -> None:
    place = Place(Path("wrong.py"), 5)
    variant = Variant(Kind.WRONG, "double", "built_in", "", place, hint="Write it yourself.")
    for role, named in ((Role.RULE, True), (Role.CORE, False)):
        case = CaseResult("double - 1", "is yours", False, 0.0, Outcome.FAILED, role=role)
        assert is_named(variant, QuestionResult("double", (case,), Outcome.FAILED)) is named


PASSES = "    def double(x):\n        return 2 * x if x > 0 else x\n"


def test_a_wrong_answer_that_passes_all_public_checks_says_why(kit: Path) -> None:
    def told() -> list[str]:
        return [text for text in found(kit).problems if "other: " in text and "public" in text]

    add_wrong(kit, PASSES)
    (missed,) = told()
    assert "passes all public checks" in missed
    assert missed.startswith(line_of(kit, "double/wrong.py", "def other"))
    add_wrong(kit, PASSES, 'hint="No.", public=False, reason="Large numbers are secret."')
    assert not told()
    caught = PASSES.replace("> 0", "> 9")
    add_wrong(kit, caught, 'hint="No.", public=False, reason="Large numbers are secret."')
    (seen,) = told()
    assert "a public check catches it" in seen


@pytest.mark.parametrize("half", ["public=False", 'reason="It is secret."'])
def test_who_passes_public_checks_gives_the_reason(kit: Path, half: str) -> None:
    add_wrong(kit, PASSES, f'hint="No.", {half}')
    with pytest.raises(KitError, match="write both, or neither"):
        found(kit)


def test_a_verdict_that_depends_on_the_random_state_is_named(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_chance = "import torch\n\n    assert double(-7) == -14 or torch.rand(()) < 0.5, message"
    change(kit, "double/question.py", "assert double(-7) == -14, message", by_chance)
    add_wrong(kit, "    def double(x):\n        return 6\n")
    monkeypatch.chdir(kit)
    done = CliRunner().invoke(main, ["validate", "tiny", "-q", "double", "--seeds", "5"])
    assert done.exit_code == 1
    assert re.search(r"with seed [1-4]: double: caught \d became \d", done.output), done.output

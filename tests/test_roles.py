"""A test is a core test, a detail or a rule, and the points follow from that in every way in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring import Built, build_assignment
from autograder.commands.check import public_bundle
from autograder.container.otter_results import tell
from autograder.container.told import test_files as otter_files
from autograder.course.settings import load_settings
from autograder.errors import KitError
from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.question import Selection
from autograder.judge.warm_parents import WarmParent
from autograder.otter_plugin import JudgedTestFile
from autograder.outcome.results import (
    UNWATCHED,
    CaseResult,
    Outcome,
    QuestionResult,
    Role,
    SubmissionResult,
)
from autograder.report.feedback import feedback_page
from autograder.report.gradescope import gradescope_results
from autograder.report.terminal import check_lines
from autograder.report.view import broken_rule

TINY = Path(__file__).resolve().parent / "kits" / "tiny"
TESTS = """\
# %%
# CORE
def test_double_of_the_example(double):
    assert double(3) == 6, f"Got {double(3)}."

# %%
# HIDDEN
# CORE
def test_double_of_other_numbers(double):
    assert double(-7) == -14, "Twice as much is expected."

# %%
def test_double_of_nothing(double):
    assert double(0) == 0

# %%
# HIDDEN
def test_double_keeps_fractions(double):
    assert double(0.5) == 1.0

# %%
# HIDDEN
# RULE
def test_double_has_no_loop(double, judge):
    assert not judge.loops("double"), "Write double without a loop."

"""
RIGHT = "def double(x):\n    return 2 * x\n"
SLIP = "def double(x):\n    return 2 * int(x)\n"
ONLY_THE_EXAMPLE = "def double(x):\n    return 6 if x == 3 else 0\n"
LOOP = "def double(x):\n    for _ in range(1):\n        x = x + x\n    return x\n"
NOTHING = "def double(x):\n    return None\n"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The tiny kit, with a question whose tests have roles."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    write_tests(root, TESTS)
    return root


def write_tests(root: Path, tests: str) -> None:
    path = root / "solutions" / "tiny" / "double" / "question.py"
    text = path.read_text()
    mark = "# # BEGIN TESTS\n\n"
    before, end = (
        text[: text.index(mark) + len(mark)],
        text[text.index("# %% [raw]\n# # END TESTS") :],
    )
    path.write_text(before + tests + end)


def weigh(root: Path, weights: str) -> None:
    path = root / "grading.yml"
    path.write_text(
        path.read_text().replace("double: 3", f"double: {{points: 3, weights: {weights}}}")
    )


def build(root: Path) -> Built:
    return build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")


@pytest.fixture
def grade(tiny: Path, warm_parent: WarmParent) -> Callable[..., SubmissionResult]:
    """`grade(answer)` gives the result of a notebook with this answer to `double`."""

    def graded(answer: str, public_only: bool = False) -> SubmissionResult:
        made = build(tiny)
        notebook = read_notebook(made.solved)
        cells = tuple(
            replace(cell, source=answer) if cell.source.startswith("def double") else cell
            for cell in notebook.cells
        )
        notebook, only = replace(notebook, cells=cells), frozenset(["double"])
        settings = load_settings(tiny / "grading.yml")
        opened = (
            public_bundle(tiny, "tiny", settings)
            if public_only
            else OpenBundle(made.autograder_zip)
        )
        with opened as bundle:
            result = Grader(bundle, warm_parent).grade(notebook, Selection(public_only), only)
            whole = SubmissionResult("name", "file", result.questions)
        (theirs,) = otter_files(tell(whole))
        assert theirs.score == whole.score
        return whole

    return graded


@pytest.mark.parametrize(
    ("answer", "score"),
    [(RIGHT, 3), (SLIP, 2.25), (ONLY_THE_EXAMPLE, 0), (LOOP, 0), (NOTHING, 0)],
)
def test_nothing_is_earned_without_the_core_or_against_a_rule(
    grade: Callable[..., SubmissionResult], answer: str, score: float
) -> None:
    result = grade(answer)
    assert result.score == score
    assert result.possible == 3


def test_a_check_that_passed_and_earns_nothing_says_why_everywhere(
    grade: Callable[..., SubmissionResult], tiny: Path
) -> None:
    why = "passed, but earns nothing until “of other numbers” passes"
    result, manifest = grade(ONLY_THE_EXAMPLE), build(tiny).manifest
    (written, *_) = gradescope_results(result, manifest)["tests"]
    assert written["score"] == 0
    assert f"of the example ({why})" in written["output"]
    assert why in feedback_page(result, manifest)
    (theirs,) = otter_files(tell(result), JudgedTestFile)
    shown = theirs.summary(public_only=True)
    assert "of the example (passed, but earns nothing until a hidden check passes)" in shown


def test_a_broken_rule_is_named(grade: Callable[..., SubmissionResult], tiny: Path) -> None:
    result, manifest = grade(LOOP), build(tiny).manifest
    page = gradescope_results(result, manifest)["tests"][0]["output"]
    assert "You were asked to write it yourself: the rule “has no loop” is broken" in page
    assert "Write double without a loop." in page
    assert "✓" not in page


def test_a_hidden_rule_or_core_is_not_named_where_hidden_tests_are_not_shown(
    grade: Callable[..., SubmissionResult], tiny: Path
) -> None:
    manifest = build(tiny).manifest.model_copy(update={"hidden_tests": "nothing"})
    for answer in (LOOP, ONLY_THE_EXAMPLE):
        page = gradescope_results(grade(answer), manifest)["tests"][0]["output"]
        assert "earns nothing" in page
        assert "no loop" not in page
        assert "other numbers" not in page


def test_a_self_check_says_it_too(grade: Callable[..., SubmissionResult]) -> None:
    result = grade(NOTHING.replace("None", "x"), public_only=True)
    told = "\n".join(check_lines(result.questions))
    assert "of nothing: passed, but earns nothing until “of the example” passes" in told


def test_a_weighed_rule_costs_its_share_only(
    grade: Callable[..., SubmissionResult], tiny: Path
) -> None:
    weigh(tiny, "{test_double_has_no_loop: 1, test_double_keeps_fractions: 3}")
    assert grade(LOOP).score == pytest.approx(3 * 6 / 7, abs=1e-4)
    assert grade(SLIP).score == pytest.approx(3 * 4 / 7, abs=1e-4)
    assert grade(RIGHT).score == pytest.approx(3, abs=1e-4)


def test_students_see_public_tests_as_they_were(tiny: Path) -> None:
    tests = read_notebook(build(tiny).notebook)
    text = build(tiny).notebook.read_text()
    assert "# CORE" not in text and "# RULE" not in text
    assert r"roles = [\"core\", \"detail\"]" in text
    assert tests.cells


def test_a_question_without_roles_shares_its_points_evenly(
    grade: Callable[..., SubmissionResult], tiny: Path
) -> None:
    write_tests(tiny, TESTS.replace("# CORE\n", "").replace("# RULE\n", ""))
    assert grade(LOOP).score == pytest.approx(3 * 4 / 5)
    assert grade(ONLY_THE_EXAMPLE).score == pytest.approx(3 * 3 / 5)


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("# HIDDEN\n# CORE\n", "# CORE\n# HIDDEN\n", "# HIDDEN\ndef test_double_of_other", "first line of a test cell"),
        ("# HIDDEN\n# CORE\n", "# HIDDEN\n# CORE\n# RULE\n", "# RULE\ndef test_double_of_other", "one role"),
        ("# HIDDEN\n# CORE\n", "# HIDDEN\n# COER\n", "# COER", "did you mean '# CORE'"),
        ("# HIDDEN\n# CORE\n", "# HIDDEN\n# core\n", "# core", "did you mean '# CORE'"),
        ("    assert double(0) == 0\n", "    # RULE\n    assert double(0) == 0\n", "    # RULE", "nowhere else"),
    ],
)  # fmt: skip
def test_a_role_in_the_wrong_place_is_refused_with_its_line(
    tiny: Path, old: str, new: str, at: str, says: str
) -> None:
    write_tests(tiny, TESTS.replace(old, new))
    with pytest.raises(KitError) as caught:
        build(tiny)
    text = (tiny / "solutions" / "tiny" / "double" / "question.py").read_text()
    line = text[: text.index(at)].count("\n") + 1
    assert f"solutions/tiny/double/question.py, line {line}: " in str(caught.value)
    assert says in str(caught.value)


def test_a_role_outside_the_tests_is_refused(tiny: Path) -> None:
    path = tiny / "solutions" / "tiny" / "double" / "question.py"
    path.write_text(path.read_text().replace("def double(x):", "# CORE\ndef double(x):", 1))
    with pytest.raises(KitError, match=r"double/question.py, line 9: '# CORE' stands above"):
        build(tiny)


def test_weights_of_no_test_and_of_nothing_are_refused(tiny: Path) -> None:
    weigh(tiny, "{test_double_has_no_lop: 1}")
    with pytest.raises(KitError, match="did you mean 'test_double_has_no_loop'"):
        build(tiny)
    write_tests(tiny, TESTS.replace("# CORE\n", "").split("# %%\n# HIDDEN")[0])
    (tiny / "grading.yml").write_text(
        (tiny / "grading.yml")
        .read_text()
        .replace("test_double_has_no_lop: 1", "test_double_of_the_example: 0")
    )
    with pytest.raises(KitError, match="no test of double earns anything"):
        build(tiny)


def test_a_wrong_answer_that_a_test_of_a_rule_turns_away_too_is_not_told_that_it_broke_the_rule() -> (
    None
):
    """Such a test compares what the watched call returned, so that it does not pass either."""
    core = CaseResult("test_example", "of the example", False, 1.0, Outcome.FAILED, role=Role.CORE)
    rule = CaseResult("test_own", "is your own", True, 0.0, Outcome.FAILED, role=Role.RULE)
    assert broken_rule(QuestionResult("double", (core, rule), Outcome.FAILED), "hint") == ""
    passed = replace(core, outcome=Outcome.PASSED)
    told = broken_rule(QuestionResult("double", (passed, rule), Outcome.FAILED), "hint")
    assert told.startswith("You were asked to write it yourself")
    open_ = QuestionResult("double", (passed, replace(rule, message=UNWATCHED)), Outcome.FAILED)
    told = broken_rule(open_, "hint")
    assert told.startswith("Your result is wrong where the rule “is your own” was to be checked")

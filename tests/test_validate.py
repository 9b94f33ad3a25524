"""What `validate` finds: slips that would prove nothing, each told with the author's own file and line."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from autograder.authoring import build_assignment
from autograder.authoring.finding import Finding
from autograder.authoring.master import read_master
from autograder.authoring.matrix import matrix, matrix_tables
from autograder.authoring.naming import is_named, misnamed
from autograder.authoring.script import Place
from autograder.authoring.trials import Trial
from autograder.authoring.validate import validate
from autograder.authoring.variants import Kind, Variant, read_variants
from autograder.commands.cli import main
from autograder.course.settings import load_settings
from autograder.errors import KitError
from autograder.intake.notebook import Notebook
from autograder.judge.question import in_words
from autograder.outcome.results import CaseResult, Graded, Outcome, QuestionResult, Role
from tests.test_build import TINY, change

WRONG = """\
from autograder.authoring.marks import wrong


@wrong(hint="This is x + 1.")
def one_more():
    def double(x):
        return x + 1
"""
DOUBLE = "solutions/tiny/double"
SLIPS = {
    "misspelt": ("    def dubble(x):\n        return x + 1\n", "it defines dubble, not double"),
    "a_method": ("    def double(x):\n        return x.twise()\n", "'int' object has no attribute 'twise'"),
    "a_module": ("    def double(x):\n        return mth.pow(x, 2)\n", "name 'mth' is not defined"),
    "a_name": ("    double = lambda x: x + one\n", "name 'one' is not defined"),
}  # fmt: skip
"""Wrong answers that fail by a slip of their author, and what is said of them."""
BY_CHANCE = """\
# %%
# HIDDEN
def test_double_by_chance_{}(double):
    import torch

    assert double(1) == 2 and torch.rand(()) < 0.5, "Twice as much is expected."

"""
CHANGES = "    import torch\n\n    Twice()(torch.ones(2))"
PASSES = "    def double(x):\n        return 2 * x if x > 0 else x\n"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """The tiny kit, with a wrong answer to its first question."""
    return copied(tmp_path)


def copied(folder: Path) -> Path:
    root = folder / "kit"
    shutil.copytree(TINY, root)
    (root / DOUBLE / "wrong.py").write_text(WRONG)
    return root


def found(root: Path, *questions: str) -> Finding:
    build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")
    return validate(root, "tiny", root / "dist", only=questions, quick=True)


def add_wrong(root: Path, name: str, answer: str, mark: str = 'hint="No."') -> None:
    path = root / DOUBLE / "wrong.py"
    path.write_text(f"{path.read_text()}\n\n@wrong({mark})\ndef {name}():\n{answer}")


def line_of(root: Path, file: str, text: str) -> str:
    written = (root / "solutions" / "tiny" / file).read_text()
    return f"solutions/tiny/{file}, line {written[: written.index(text)].count(chr(10)) + 1}"


# A kit with a fault of every kind, tried once


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit in which much is wrong, each fault where it hides no other."""
    root = copied(tmp_path_factory.mktemp("faulty"))
    for name, (answer, _) in SLIPS.items():
        add_wrong(root, name, answer)
    missing = "    def double(x):\n        return x.t()\n"
    add_wrong(root, "meant_to_raise", missing, 'hint="No.", raises=True')
    three = "    def double(x):\n        return x + 3\n"
    add_wrong(root, "does_not_raise", three, 'hint="No.", raises=True')
    add_wrong(
        root,
        "raises_at_times",
        "    def double(x):\n        return x + 4 if x > 0 else x.foo\n",
    )
    change(root, "intro.py", "import nn\n", "import nn\n\n# %%\nsize = 3\ntable = open('no.csv')\n")
    many = "many/question.py"
    change(
        root,
        many,
        "    assert many > 0",
        "    import time\n\n    time.sleep(1.2)\n    assert many > 0",
    )
    change(root, many, "test_many_is_right(many)", "test_many_is_right(many, judge)")
    change(root, many, "    assert many ==", '    judge.data("none.csv")\n    assert many ==')
    change(root, "Twice/question.py", "    assert isinstance(Twice(), nn.Module)", CHANGES)
    change(root, "Twice/question.py", "return _by_two * X", "return X.mul_(_by_two)")
    settings = root / "grading.yml"
    settings.write_text(settings.read_text().replace(", in_place: true", ""))
    return root


@pytest.fixture(scope="module")
def told(faulty: Path) -> Finding:
    return found(faulty)


def problems_of(finding: Finding, name: str) -> list[str]:
    return [problem for problem in finding.problems if f", {name}: " in problem]


@pytest.mark.parametrize("name", SLIPS)
def test_a_wrong_answer_that_fails_by_a_slip_is_not_caught_but_told(
    faulty: Path, told: Finding, name: str
) -> None:
    (problem,) = problems_of(told, name)
    place = line_of(faulty, "double/wrong.py", f"def {name}")
    assert problem.startswith(f"{place}, {name}: is never tried")
    assert SLIPS[name][1] in problem


def test_a_mistake_that_is_a_missing_name_says_so_and_must_raise(told: Finding) -> None:
    assert not problems_of(told, "meant_to_raise")
    (problem,) = problems_of(told, "does_not_raise")
    assert "does not fail by a name" in problem


def test_a_mistake_that_fails_some_tests_by_a_missing_attribute_is_tried(told: Finding) -> None:
    assert not problems_of(told, "raises_at_times")


def test_a_test_that_goes_wrong_is_told_once_with_its_line_and_its_own_message(
    faulty: Path, told: Finding
) -> None:
    (problem,) = [p for p in told.problems if "went wrong" in p]
    assert "no data file none.csv" in problem
    assert line_of(faulty, "many/question.py", "    judge.data") in problem
    assert "[test line" not in " ".join(told.problems)


def test_a_cell_that_stops_is_told_with_its_line(faulty: Path, told: Finding) -> None:
    (problem,) = [p for p in told.problems if "stops" in p]
    assert problem.startswith(f"{line_of(faulty, 'intro.py', 'table = ')}: this cell stops")
    assert "no.csv" in problem


def test_a_question_with_less_than_the_documents_ask_for_is_warned_of(told: Finding) -> None:
    warnings = "\n".join(told.warnings)
    assert "Twice: wrong.py has 0 answers; 4 are asked for" in warnings
    assert "double: right.py has 0 answers; 2 are asked for" in warnings
    assert "double: wrong.py" not in warnings
    assert "Twice: has no hidden test" in warnings and "double: has no hidden test" not in warnings


def test_a_slow_test_is_warned_of_with_its_line(faulty: Path, told: Finding) -> None:
    (warning,) = [w for w in told.warnings if "takes" in w]
    at = line_of(faulty, "many/question.py", "def test_many_is_positive")
    assert warning.startswith(f"{at}: test_many_is_positive takes 1.")


def test_a_reference_that_must_change_its_argument_is_told_of_in_place(told: Finding) -> None:
    assert any("`in_place: true`" in p for p in told.problems)


def test_a_sample_is_spread_over_the_list_and_not_asked_what_only_all_of_it_shows(
    faulty: Path, told: Finding
) -> None:
    sample = validate(faulty, "tiny", faulty / "dist", only=["double"], quick=True, few=2)
    (row,) = sample.rows
    assert row.misconceptions == 2
    tried = {answer.name for answer in sample.matrices[0].of("wrong")}
    assert tried == {"one_more", "a_name"}, "the first of each half"
    assert not any("asked for" in warning for warning in sample.warnings)
    assert not any("are named" in problem for problem in sample.problems)


# Hints, and the notebook's own checks


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finding]:
    """A kit with wrong answers that behave the same, or pass all public checks, and what is found of them."""
    root = copied(tmp_path_factory.mktemp("alike"))
    add_wrong(root, "also_one_more", "    def double(x):\n        return 1 + x\n")
    for name in ("two_more", "also_two_more"):
        add_wrong(root, name, "    def double(x):\n        return x + 2\n", 'hint="This is x + 2."')
    add_wrong(root, "passes_unsaid", PASSES)
    secret = 'hint="No.", public=False, reason="Negative numbers are secret."'
    add_wrong(root, "passes_and_says_so", PASSES, secret)
    add_wrong(root, "says_so_and_is_caught", PASSES.replace("> 0", "> 9"), secret)
    return root, found(root, "double")


def test_wrong_answers_that_behave_the_same_are_told_unless_they_share_a_hint(
    alike: tuple[Path, Finding],
) -> None:
    """No student could earn either hint: the other answer does the same."""
    _, finding = alike
    warnings = "\n".join(finding.warnings)
    assert "one_more: behaves as `also_one_more`" in warnings and "two_more: " not in warnings
    named = {answer.name for answer in finding.matrices[0].of("wrong") if answer.named}
    assert {"two_more", "also_two_more"} <= named and "one_more" not in named
    assert any("7 wrong answers are named" in problem for problem in finding.problems)


def test_a_wrong_answer_that_passes_all_public_checks_says_why(
    alike: tuple[Path, Finding],
) -> None:
    root, finding = alike
    (missed,) = problems_of(finding, "passes_unsaid")
    assert "passes all public checks" in missed
    assert missed.startswith(line_of(root, "double/wrong.py", "def passes_unsaid"))
    assert not problems_of(finding, "passes_and_says_so")
    (seen,) = problems_of(finding, "says_so_and_is_caught")
    assert "a public check catches it: double: of the example · double(3) · Got 3.;" in seen, seen
    assert "No." not in seen, "the author knows the hint; what they look for is what the check saw"


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
    shown = run("validate", "tiny", "-q", "double", "--matrix", "--quick")
    assert shown.exit_code == 0, shown.output
    assert " double" in shown.output and "many" not in shown.output
    assert "test_double_of_other_numbers (hidden)" in shown.output
    assert "│ one_more" in shown.output


def test_an_unknown_question_is_told(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kit)
    assert "did you mean 'double'" in run("validate", "tiny", "-q", "duble").output
    assert "Name the assignment" in run("validate", "-q", "double").output


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


@pytest.mark.parametrize("half", ["public=False", 'reason="It is secret."'])
def test_who_passes_public_checks_gives_the_reason(kit: Path, half: str) -> None:
    add_wrong(kit, "other", PASSES, f'hint="No.", {half}')
    with pytest.raises(KitError, match="write both, or neither"):
        read_variants(kit / "solutions" / "tiny", ["double"])


def test_a_verdict_that_depends_on_the_random_state_is_named(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = "# %% [raw]\n# # END TESTS"
    change(kit, "double/question.py", end, "".join(map(BY_CHANCE.format, range(8))) + end)
    monkeypatch.chdir(kit)
    done = run("validate", "tiny", "-q", "double", "--quick", "--seeds", "2")
    assert done.exit_code == 1
    changed = r"with seed 1: double, reference: test_double_by_chance_\d (passed|failed) became "
    assert re.search(changed, done.output), done.output


def tried_from(root: Path, seeds: int) -> str:
    """Return what is said of `double` from so many random states."""
    return run("validate", "tiny", "-q", "double", "--quick", "--seeds", str(seeds)).output


def test_a_wrong_answer_that_is_caught_by_luck_is_named(
    kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lucky = (
        "    def double(x):\n        import random\n        return 2 * x + (random.random() < {})\n"
    )
    add_wrong(kit, "by_luck", lucky.format(0.3))
    add_wrong(
        kit, "by_its_own_luck", lucky.format(0.3).replace("random.random", "random.Random().random")
    )
    monkeypatch.chdir(kit)
    said = tried_from(kit, 9)
    for name in ("by_luck", "by_its_own_luck"):
        changed = rf"with seed \d: double, {name}: test_double_\w+ (passed|failed) became "
        assert re.search(changed, said), said
    assert "double, one_more:" not in said
    assert "1 of 1 questions draw" in said
    done = run("validate", "tiny", "-q", "double", "--quick")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception


@pytest.mark.parametrize(
    ("draws", "times"),
    # Reference and wrong answer, and at first that once more as what it is compared with.
    [("", 3), ("torch.rand(())", 3 + 3 * 2)],
    ids=["draws nothing", "draws"],
)
def test_only_what_draws_is_tried_from_other_random_states(
    kit: Path, monkeypatch: pytest.MonkeyPatch, draws: str, times: int
) -> None:
    runs = kit / "runs"
    counted = f"""\
# %%
# HIDDEN
def test_double_is_counted(double):
    import torch
    from pathlib import Path

    with Path({str(runs)!r}).open("a") as file:
        file.write("x")
    {draws}
    assert double(4) == 8, "Twice as much is expected."

"""
    end = "# %% [raw]\n# # END TESTS"
    change(kit, "double/question.py", end, counted + end)
    monkeypatch.chdir(kit)
    said = tried_from(kit, 4)
    assert "✗ with seed" not in said
    assert f"{int(bool(draws))} of 1 questions draw" in said
    assert runs.stat().st_size == times


def test_two_answers_of_one_name_are_refused(kit: Path) -> None:
    (kit / DOUBLE / "wrong.py").write_text(WRONG + "\n\n" + WRONG.partition("\n\n\n")[2])
    with pytest.raises(KitError, match=r"wrong\.py, line 11: there are two answers named one_more"):
        read_variants(kit / "solutions" / "tiny", ["double"])


def test_a_test_that_no_wrong_answer_fails_is_marked(kit: Path) -> None:
    settings = load_settings(kit / "grading.yml").assignment("tiny")
    question = read_master(kit / "solutions" / "tiny", settings).question("double")
    (wrong,) = read_variants(kit / "solutions" / "tiny", ["double"])
    trial = Trial("one", Notebook(None, ()), frozenset(["double"]), wrong)
    cases = tuple(
        CaseResult(test.name, in_words(test.name), test.hidden, 1.0, outcome)
        for test, outcome in zip(question.tests, (Outcome.PASSED, Outcome.FAILED))
    )
    result = QuestionResult("double", cases, Outcome.FAILED)
    seen = matrix(question, [trial], {"one": Graded((result,), (), ())})
    assert [(test.name, bool(test.failed_by)) for test in seen.tests] == [
        ("test_double_of_the_example", False),
        ("test_double_of_other_numbers", True),
    ]
    shown = Console(width=100, record=True, file=io.StringIO())
    for table in matrix_tables(seen):
        shown.print(table)
    text = shown.export_text()
    assert "! none" in text and "test_double_of_other_numbers (hidden)" in text
    assert "│ one_more" in text

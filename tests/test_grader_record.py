"""What `validate --out` keeps: every answer in every test, the mutants, and a page that shows both."""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.authoring import test_cells
from autograder.authoring.chance import MOST, stated, too_likely, unstated
from autograder.authoring.grader_page import ceiling, figures, grader_page
from autograder.authoring.grader_record import (
    ChangeRecord,
    GraderRecord,
    MutantRecord,
    MutantsTried,
    QuestionRecord,
    Tried,
)
from autograder.authoring.master import read_master
from autograder.authoring.mutants import EQUIVALENTS
from autograder.commands.cli import main
from autograder.course.settings import load_settings
from autograder.course.sources import solutions_folder
from autograder.outcome.results import Outcome
from tests.example_class import ROOT
from tests.test_build import TINY, change
from tests.test_validate import DOUBLE, WRONG

HIDDEN = "    assert double(-7) == -14, message"
ANSWERS = f"""{WRONG}

@wrong(hint="This <b>is</b> |2x|.", public=False, reason="Signs are what the hidden test is about.")
def no_sign():
    def double(x):
        return abs(x + x)
"""
RATES = """\
    # 7 standard errors.
    # False alarms: below 2e-8, those of the mean 1 in 10 ** 9.
"""
REASON = "Nothing & nobody is taken away."


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny kit, its answers and its mutants tried and kept in `grader`; and the working directory."""
    root, before = tmp_path_factory.mktemp("kept") / "kit", Path.cwd()
    shutil.copytree(TINY, root)
    (root / DOUBLE / "wrong.py").write_text(ANSWERS)
    change(root, "double/question.py", "return x + x", "return x + x + 0")
    change(root, "double/question.py", HIDDEN, RATES + HIDDEN)
    (root / EQUIVALENTS).write_text(f"tiny: {{double: {{return x + x - 0: {REASON}}}}}\n")
    os.chdir(root)
    try:
        assert run("build").exit_code == 0
        run("validate", "tiny", "--out", "grader")
        run("validate", "tiny", "--mutants", "--out", "grader")
        yield root
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def kept(kit: Path) -> GraderRecord:
    return GraderRecord.model_validate_json((kit / "grader" / "tiny.json").read_bytes())


@pytest.fixture(scope="module")
def tried(kept: GraderRecord) -> Tried:
    assert kept.tried is not None
    return kept.tried


@pytest.fixture(scope="module")
def double(tried: Tried) -> QuestionRecord:
    (found,) = (question for question in tried.questions if question.name == "double")
    return found


class Shown(HTMLParser):
    """The texts of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.texts.append(" ".join(data.split()))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_every_answer_is_kept_with_how_it_ended_in_every_test(double: QuestionRecord) -> None:
    assert [test.hidden for test in double.tests] == [False, True]
    one_more, no_sign = double.of("wrong")
    example, others = (test.name for test in double.tests)
    assert one_more.ended == {example: Outcome.FAILED, others: Outcome.FAILED}
    assert no_sign.ended == {example: Outcome.PASSED, others: Outcome.FAILED}
    assert no_sign.place.startswith(f"{DOUBLE}/wrong.py, line ")
    assert no_sign.unseen and not one_more.unseen
    assert one_more.named and one_more.reads == ("one_more",)
    assert double.of("reference")[0].kept == 1.0
    assert len(double.of("stock")) > 5 and not any(each.kept for each in double.of("stock"))


def test_what_is_counted_is_what_was_kept(tried: Tried, double: QuestionRecord) -> None:
    assert {question.name for question in tried.questions} == {"double", "Twice", "many"}
    assert tried.seeds == (0,) and (tried.right_gradings, tried.right_lost) == (3, 0)
    assert ceiling(tried) == 1.0
    counted = figures([double])
    assert counted.caught.whole and counted.caught.of == 2 and counted.accepted.of == 1
    assert counted.empty.whole and counted.false_alarms == pytest.approx(2.1e-8)


def test_answers_and_mutants_are_kept_beside_each_other(kept: GraderRecord, kit: Path) -> None:
    assert kept.mutants is not None and kept.of_one_state
    found = {(each.reason, each.after) for each in kept.mutants.alive}
    assert (REASON, "return x + x - 0") in found
    page = Shown((kit / "grader" / "index.html").read_text())
    assert {REASON, "no_sign", "its own"} <= set(page.texts)
    assert "b" not in page.tags, "what authors write is text, not HTML"


def test_the_page_says_what_is_unsound_and_what_is_out_of_date(kept: GraderRecord) -> None:
    assert kept.tried is not None
    alive = MutantRecord(question="double", slip="off by one", before="1", after="2", reason="")
    mutants = MutantsTried(source_digest="other", tried=9, alive=(alive,), listed_in_vain=())
    change = ChangeRecord(seed=3, what="double, one_more: test_x failed became passed")
    both = kept.model_copy(
        update={"mutants": mutants, "tried": kept.tried.model_copy(update={"changes": (change,)})}
    )
    assert not both.sound and not both.of_one_state
    texts = " ".join(Shown(grader_page("Course", {}, [both])).texts)
    assert "with random state 3: double, one_more: test_x failed became passed" in texts
    assert "no reason is given: sharpen a test" in texts and "different states" in texts
    lost = kept.tried.model_copy(update={"right_lost": 1})
    assert ceiling(lost) is None


def test_what_is_no_record_is_left_alone_and_told_before_anything_is_tried(kit: Path) -> None:
    (kit / "mine").mkdir()
    (kit / "mine" / "tiny.json").write_text(json.dumps({"mine": 1}))
    done = run("validate", "tiny", "--out", "mine")
    assert done.exit_code == 2 and "is not what `autograder validate --out` writes" in done.output
    assert "is the grader right" not in done.output
    assert json.loads((kit / "mine" / "tiny.json").read_text()) == {"mine": 1}
    assert (
        "leave -q and --few out"
        in run("validate", "tiny", "-q", "double", "--out", "grader").output
    )


def cells_of(root: Path) -> list[test_cells.TestCell]:
    settings = load_settings(root / "grading.yml").assignment("tiny")
    master = read_master(solutions_folder(root, "tiny"), settings)
    return [test for question in master.questions for test in question.tests]


@pytest.mark.parametrize(
    ("comment", "rates", "problems", "warnings"),
    [
        (RATES, [2e-8, 1e-9], 0, 0),
        ("    # Two checks of six standard deviations: below 3e-6.\n", [3e-6], 1, 0),
        ("    # False alarms are rare.\n", [], 0, 1),
        ("    # The bound is 10 standard errors.\n", [math.erfc(10 / 2**0.5)], 0, 0),
        ("    # float32 keeps such numbers to about 6e-5.\n", [], 0, 0),
    ],
)
def test_false_alarms_are_read_summed_and_asked_for(
    tmp_path: Path, comment: str, rates: list[float], problems: int, warnings: int
) -> None:
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    change(root, "double/question.py", HIDDEN, comment + HIDDEN)
    tests = cells_of(root)
    assert [rate for test in tests for chance in stated(test) for rate in chance.rates] == rates
    assert len(list(too_likely("tiny", tests))) == problems
    told = list(unstated(tests))
    assert len(told) == warnings
    text = (root / DOUBLE / "question.py").read_text()
    line = text[: text.index(comment)].count("\n") + 1
    assert all(each.startswith(f"{DOUBLE}/question.py, line {line}: ") for each in told)


def test_the_whole_course_turns_away_less_than_one_right_submission_in_a_million() -> None:
    tests = [
        test
        for name, assignment in load_settings(ROOT / "grading.yml").assignments.items()
        for question in read_master(solutions_folder(ROOT, name), assignment).questions
        for test in question.tests
    ]
    rates = [rate for test in tests for chance in stated(test) for rate in chance.rates]
    assert len(rates) > 30 and sum(rates) < MOST
    assert not list(unstated(tests))

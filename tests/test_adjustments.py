"""What a teacher adds is applied whenever reports are made, outlives every grading, and is never silent."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.manifest import Manifest
from autograder.errors import KitError
from autograder.grading.batch import counted
from autograder.outcome.records import Record as Kept
from autograder.outcome.records import RunFile, write_record, write_run
from autograder.outcome.results import Outcome, SubmissionResult
from autograder.report import write_reports
from autograder.report.adjustments import FILE, read_adjustments
from autograder.report.book import Book
from autograder.report.feedback import feedback_page
from autograder.report.people import told_of_people
from autograder.report.remake import remake
from autograder.report.tally import Marks, marks_of
from tests.test_report import PASSED, Page, manifest, mixed, question, submission, unreadable

HEADINGS = "student,question,points,factor,reason\n"
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(lines)` puts them into adjustments.csv and returns its folder."""

    def put(lines: str, headings: str = HEADINGS) -> Path:
        (tmp_path / FILE).write_text(headings + lines, encoding="utf-8")
        return tmp_path

    return put


def marks(folder: Path, result: SubmissionResult, of: Manifest | None = None) -> Marks:
    of = of or manifest()
    return marks_of(result, of, read_adjustments(folder, of))


def by_hand() -> Manifest:
    """An assignment whose `answer` a person reads."""
    one = manifest()
    one.questions[2].manual = True
    return one


def read(name: str) -> SubmissionResult:
    """A submission of it."""
    known = question("answer")
    cases = tuple(replace(case, possible=0.0) for case in known.cases)
    answer = replace(known, cases=cases, by_hand=2.0, source=f"answer = 'I am {name}'")
    return submission(name, questions=(question("relu"), question("make_mlp"), answer))


# What counts


@pytest.mark.parametrize(
    ("lines", "total", "possible"),
    [
        ("", 9, 9),
        ("alice,all,,0.9,late\n", 8.1, 9),
        ("alice,all,-2,,late\n", 7, 9),
        ("alice,relu,-1,,a slip\n", 8, 9),
        ("alice,relu,,0.5,half\n", 7, 9),
        ("alice,relu,-2,0.5,both: points first\n", 6, 9),
        ("alice,all,,0.5,late\nalice,relu,-2,,earlier though below\n", 3.5, 9),
        ("alice,all,-99,,never below nothing\n", 0, 9),
        ("*,relu,dropped,,misleading\n", 5, 5),
        ("*,relu,bonus,,on top\n", 9, 5),
        ("alice,relu,excused,,ill\n", 5, 5),
        ("alice,all,excused,,ill\n", None, 9),
        ("alice,,,,a word of praise\n", 9, 9),
        ("bob,all,,0.5,late\n", 9, 9),
        ("ALICE.ipynb,all,,0.5,by the file's name\n", 4.5, 9),
    ],
)
def test_points_are_adjusted(
    write: Write, lines: str, total: float | None, possible: float
) -> None:
    found = marks(write(lines), submission())
    assert (found.total, found.possible, found.found) == (total, possible, 9)


def test_the_order_of_lines_makes_no_difference(write: Write) -> None:
    lines = ["alice,relu,1,,a\n", "alice,relu,,0.5,b\n", "alice,all,,0.9,c\n", "alice,all,1,,d\n"]
    there, back = (marks(write("".join(each)), submission()) for each in (lines, lines[::-1]))
    assert there.total == back.total == 7.65


def test_a_table_of_half_of_europes_spreadsheets_is_read(tmp_path: Path) -> None:
    text = "\ufeffStudent;Question;Points;Factor;Reason\r\nalice;all;;0,9;zu spät\r\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert marks(tmp_path, submission()).total == 8.1
    (tmp_path / FILE).write_bytes(text.lstrip("\ufeff").encode("cp1252"))
    assert "zu spät" in marks(tmp_path, submission()).reasons


# Errors


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("ann,relu,one,,x\n", "line 2, column points: 'one' is none; write points to add"),
        ("ann,relu,1,,x\nann,relu,nan,,x\n", "line 3, column points: 'nan' is none"),
        ("ann,relu,,-1,x\n", "line 2, column factor: '-1' is none; write a number from 0"),
        ("ann,relu,1,,\n", "line 2, column reason: it is empty; write a reason"),
        (",relu,1,,x\n", "line 2, column student: it is empty"),
        ("ann,relo,1,,x\n", r"line 2, column question: there is no 'relo' \(did you mean 'relu'"),
        ("ann,all,dropped,,x\n", "line 2, column points: name the question that is dropped"),
        ('ann,relu,1,,"two\nlines"\nann,relu,?,,x\n', "line 4, column points"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(write: Write, lines: str, said: str) -> None:
    with pytest.raises(KitError, match=said):
        read_adjustments(write(lines), manifest())


def test_a_column_of_another_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("student,question,point,reason\nann,relu,1,x\n", encoding="utf-8")
    with pytest.raises(KitError, match=r"line 1, column point: .*did you mean 'points'"):
        read_adjustments(tmp_path, manifest())


def test_a_mistake_is_told_before_anything_is_written(write: Write) -> None:
    folder = write("ann,relu,one,,x\n")
    with pytest.raises(KitError, match="line 2"):
        write_reports([submission()], manifest(), folder)
    assert not (folder / "grades.csv").exists()


def test_a_line_that_concerns_nobody_is_told(write: Write) -> None:
    folder = write("alise,all,,0.9,late\n")
    book = Book([submission()], manifest(), read_adjustments(folder, manifest()))
    (line,) = told_of_people(book)
    assert "line 2" in line and "'alise' (did you mean 'alice'?)" in line


# Never silently


def table(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_the_table_has_the_points_that_count_and_why(write: Write) -> None:
    folder = write("alice,all,,0.9,a day late\n*,relu,bonus,,hard\nbob,relu,1,,by hand\n")
    write_reports([submission("alice"), mixed("bob"), submission("cem")], manifest(), folder)
    rows = table(folder)
    assert rows["points-per-question"]["total_points_earned"] == "5"
    assert rows["alice.ipynb"]["total_points_earned"] == "8.1"
    assert rows["alice.ipynb"]["adjusted"] == "a day late (× 0.9); relu: hard (counts on top)"
    assert (rows["bob.ipynb"]["relu"], rows["bob.ipynb"]["total_points_earned"]) == ("5", "7")
    assert rows["cem.ipynb"]["percent_correct"] == "1.8"


def test_a_student_reads_what_was_done_and_what_the_checks_found(write: Write) -> None:
    adjusted = marks(write("alice,all,,0.9,a day <late>\nalice,relu,-1,,copied\n"), submission())
    text = " ".join(Page(feedback_page(submission(), manifest(), adjusted)).text.split())
    assert "a day <late> (× 0.9)" in text and "relu: copied (-1 point)" in text
    assert "The checks found 9 points; 7.2 count." in text


def test_adjustments_outlive_a_grading(write: Write) -> None:
    folder = write("alice,all,,0.5,late\n")
    for _ in range(2):
        write_reports([submission("alice")], manifest(), folder)
        assert table(folder)["alice.ipynb"]["total_points_earned"] == "4.5"


def test_reports_are_made_anew_from_what_was_graded(write: Write, tmp_path: Path) -> None:
    write_run(tmp_path, RunFile(manifest=manifest()))
    for result in (submission("alice"), mixed("bob"), unreadable("cem")):
        write_record(tmp_path, Kept(submission=result.name, graded_by={}, result=result))
    remake(tmp_path)
    before = table(tmp_path)
    assert before["alice.ipynb"]["total_points_earned"] == "9"
    assert {path.name for path in (tmp_path / "feedback").iterdir()} == {
        *("alice.html", "bob.html", "cem.html"),
    }
    write("alice,all,,0.5,late\n")
    remake(tmp_path)
    assert table(tmp_path)["alice.ipynb"]["total_points_earned"] == "4.5"
    assert table(tmp_path)["bob.ipynb"]["total_points_earned"] == "6"


def test_a_folder_without_results_is_told(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="holds no results of `autograder grade`"):
        remake(tmp_path)


# Read by a person


def test_what_a_person_reads_has_no_points_until_they_are_given(write: Write) -> None:
    found = marks(write("ann,answer,1.5,,well put\n"), read("ann"), by_hand())
    assert (found.total, found.possible, found.unread) == (8.5, 9, ())
    found = marks(write(""), read("bob"), by_hand())
    assert (found.total, found.possible, found.unread) == (7, 9, ("answer",))


def test_answers_to_be_read_stand_on_one_page(write: Write) -> None:
    folder = write("ann,answer,1.5,,well put\n")
    write_reports([read("ann"), read("bob")], by_hand(), folder)
    text = Page((folder / "by_hand" / "answer.html").read_text(encoding="utf-8")).text
    assert "I am ann" in text and "I am bob" in text and "1 answer still has none" in text
    assert "bob,answer,0 to 2,,a reason" in text and "ann,answer" not in text
    row = table(folder)
    assert (row["ann.ipynb"]["answer"], row["bob.ipynb"]["answer"]) == ("1.5", "")


@pytest.mark.parametrize("outcome", [PASSED, Outcome.FAILED, Outcome.NOT_ATTEMPTED])
def test_tests_of_what_a_person_reads_earn_nothing_themselves(outcome: Outcome) -> None:
    found = counted(question("answer", (outcome,)), by_hand(), {"answer": "answer = 42"})
    assert (found.score, found.possible, found.outcome) == (0, 2, outcome)
    assert found.source == "answer = 42"
    automatic = counted(question("relu", (PASSED,)), by_hand(), {})
    assert (automatic.score, automatic.possible) == (4, 4)


def test_a_student_reads_that_a_person_reads_it() -> None:
    text = Page(feedback_page(read("ann"), by_hand())).text
    assert "read by a person" in text and "gives its points" in text


def test_tests_of_such_a_question_that_fail_are_told_as_ever() -> None:
    failed = replace(question("answer", (Outcome.FAILED,), ()), by_hand=2.0)
    page = Page(feedback_page(submission(questions=(failed,)), by_hand())).text
    assert "message 0" in page

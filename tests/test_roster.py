"""Everybody on the roster has one row, and what goes back into a gradebook is what it takes."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from autograder.commands.class_commands import LMS
from autograder.errors import KitError
from autograder.outcome.records import Record, RunFile, write_record, write_run
from autograder.outcome.results import Outcome, SubmissionResult
from autograder.report import write_grades_csv, write_reports
from autograder.report.book import Book
from autograder.report.lms import SYSTEMS, Imports, write_imports
from autograder.report.people import told_of_people
from autograder.report.remake import remake
from autograder.report.roster import FILE, Roster, read_roster
from autograder.report.writer import ReportWriter
from tests.test_report import manifest, mixed, rows, submission, unreadable

PLAIN = "id,name,email\n1001,Ann Doe,ann.doe@example.edu\n1002,Zoë Müller,zoe@example.edu\n"


def roster(tmp_path: Path, text: str = PLAIN) -> Roster:
    path = tmp_path / "students.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def owner(tmp_path: Path, file: str, text: str = PLAIN) -> str:
    name = file.rpartition("/")[0] or file.removesuffix(".ipynb")
    found = roster(tmp_path, text).owner(submission(name.replace(" ", "_"), file=file))
    return found.known_as if found else "nobody"


# Whose it is


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("1001.ipynb", "Ann Doe"),
        ("hw4_1001.ipynb", "Ann Doe"),
        ("ann.doe.ipynb", "Ann Doe"),
        ("Ann Doe/hw4_mlp.ipynb", "Ann Doe"),
        ("Doe, Ann - final.ipynb", "Ann Doe"),
        ("doeann_77_4711_hw4.ipynb", "Ann Doe"),
        ("Ann Doe_11_assignsubmission_file_/hw4.ipynb", "Ann Doe"),
        ("Zoe Muller.ipynb", "Zoë Müller"),
        ("zoe_attempt.ipynb", "Zoë Müller"),
        ("Annika Doering.ipynb", "nobody"),
        ("hw4_mlp.ipynb", "nobody"),
        ("11001.ipynb", "nobody"),
    ],
)
def test_a_submission_is_known_by_what_its_name_holds(tmp_path: Path, file: str, name: str) -> None:
    assert owner(tmp_path, file) == name


def test_a_longer_name_decides_between_two(tmp_path: Path) -> None:
    both = "login,name\nann,Ann Lee\ndoe,Ann Doe\n"
    assert owner(tmp_path, "Ann Doe_11.ipynb", both) == "Ann Doe"
    assert owner(tmp_path, "hw4_ann.ipynb", both) == "Ann Lee"


def test_what_could_be_either_is_nobodys(tmp_path: Path) -> None:
    assert owner(tmp_path, "lee.ipynb", "login,name\nlee,Ann Lee\nlee,Bob Lee\n") == "nobody"


def test_a_gradebooks_export_is_a_roster(tmp_path: Path) -> None:
    canvas = (
        "Student,ID,SIS Login ID,Section,Multilayer perceptrons (77)\n"
        '    Points Possible,,,,9\n"Doe, Ann",5,ann,A,\n'
    )
    (student,) = roster(tmp_path, canvas).students
    assert (student.id, student.name, student.login) == ("5", "Doe, Ann", "ann")
    moodle = "First name;Surname;ID number;Email address\nAnn;Doe;1001;ann@example.edu\n"
    (student,) = roster(tmp_path, moodle).students
    assert (student.id, student.name, student.email) == ("1001", "Ann Doe", "ann@example.edu")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour,size\nred,1\n", "no column that names students"),
        ("id,name\n", "names no students"),
        ("", "no headings"),
        ("id,name\n1,Ann\n2,Bob\n1,Cem\n", "line 4, column id: '1' stands in line 2 too"),
    ],
)
def test_a_roster_that_is_none_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KitError, match=said):
        roster(tmp_path, text)


# One row each


def test_everybody_has_one_row_and_the_absent_no_points(tmp_path: Path) -> None:
    results = [mixed("ann.doe"), submission("1001_second"), submission("stranger")]
    book = Book(results, manifest(), roster=roster(tmp_path))
    write_grades_csv(book, tmp_path / "grades.csv")
    heading, _, *lines = rows(tmp_path / "grades.csv")
    table = [dict(zip(heading, line, strict=True)) for line in lines]
    assert [row["student"] for row in table] == ["Ann Doe", "", "Zoë Müller"]
    ann, stranger, zoe = table
    assert ann["total_points_earned"] == "9" and "best of 2 files" in ann["note"]
    assert stranger["file"] == "stranger.ipynb"
    assert zoe["grading_status"] == "Nothing was handed in."
    assert {
        zoe[name] for name in (*["file", "relu", "total_points_earned", "percent_correct"],)
    } == {""}
    told = list(told_of_people(book))
    assert any("nobody on the roster: stranger.ipynb" in line for line in told)
    assert any("nothing came from 1 of the roster: Zoë Müller" in line for line in told)


def test_the_roster_stays_with_the_reports(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / FILE).write_text(PLAIN, encoding="utf-8")
    write_reports([submission("1001")], manifest(), out)
    assert [row[0] for row in rows(out / "grades.csv")[2:]] == ["1001.ipynb", ""]


# Imports


def test_the_command_line_knows_every_system() -> None:
    assert set(LMS) == set(SYSTEMS)


def imports(
    tmp_path: Path, system: str, results: list[SubmissionResult], text: str | None = None
) -> tuple[Imports, list[list[str]]]:
    """Return what was written for a system, and its table."""
    if text is not None:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
    with ReportWriter(tmp_path, manifest(), len(results)) as writer:
        for result in results:
            writer.add(result)
        writer.finish(results)
        written = write_imports(writer.book(results), system, tmp_path)
    data = written.grades.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return written, list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def pages(written: Imports) -> list[str]:
    with zipfile.ZipFile(written.feedback) as archive:
        return archive.namelist()


def of(system: str, name: str, problem: str | None = None) -> str:
    return {
        "canvas": f"{name}_LATE_5_4711_hw4-1.ipynb",
        "moodle": f"{name}_11_assignsubmission_file_/hw4.ipynb",
        "blackboard": f"hw4_{name}_attempt_2026-01-30-15-30-10_hw4.ipynb",
    }[system]


def test_canvas_gets_its_gradebook_and_files_by_their_numbers(tmp_path: Path) -> None:
    results = [
        submission("ann_5", file=of("canvas", "doeann")),
        unreadable("bob_6"),
    ]
    written, table = imports(tmp_path, "canvas", results)
    assert table == [
        [*["Student", "ID", "SIS User ID", "SIS Login ID", "Section"], "Multilayer perceptrons"],
        ["    Points Possible", "", "", "", "", "9"],
        ["ann_5", "5", "", "", "", "9"],
    ]
    assert pages(written) == ["doeann_5_4711_feedback.html"]
    assert written.without_row == written.without_page == ["bob_6"]


def test_canvas_gets_its_own_columns_back(tmp_path: Path) -> None:
    own = (
        "Student,ID,SIS Login ID,Section,Multilayer perceptrons (77)\n"
        '    Points Possible,,,,9\n"Doe, Ann",5,ann,A,\n"Lee, Bob",6,bob,B,\n"Roe, Cem",7,cem,B,\n'
    )
    results = [mixed("ann"), unreadable("cem")]
    _, table = imports(tmp_path, "canvas", results, own)
    assert table[0][-1] == "Multilayer perceptrons (77)"
    assert table[2:] == [
        ["Doe, Ann", "5", "", "ann", "A", "6"],
        ["Roe, Cem", "7", "", "cem", "B", ""],  # could not be graded: no 0
        ["Lee, Bob", "6", "", "bob", "B", ""],  # absent
    ]


def test_moodle_gets_its_worksheet_and_files_by_participant(tmp_path: Path) -> None:
    results = [submission("Ann_Doe_11", file=of("moodle", "Ann Doe"))]
    (tmp_path / "adjustments.csv").write_text(
        "student,points,reason\nAnn_Doe_11,-1,late\n", encoding="utf-8"
    )
    written, table = imports(tmp_path, "moodle", results)
    row = dict(zip(*table, strict=True))
    assert (row["Identifier"], row["Full name"]) == ("Participant 11", "Ann Doe")
    assert (row["Grade"], row["Maximum grade"]) == ("8", "9")
    assert row["Feedback comments"] == "late (-1 point)"
    assert pages(written) == ["Ann Doe_11_assignsubmission_file_feedback.html"]


def test_blackboard_gets_its_column_and_files_by_attempt(tmp_path: Path) -> None:
    results = [submission(name, file=of("blackboard", name)) for name in ("ann", "bob_lee")]
    written, table = imports(tmp_path, "blackboard", results)
    assert table[0][-1] == "Multilayer perceptrons [Total Pts: 9 Score]"
    assert [row[2:] for row in table[1:]] == [["ann", "", "9"], ["bob_lee", "", "9"]]
    assert pages(written)[0] == "hw4_ann_attempt_2026-01-30-15-30-10_feedback.html"


def test_who_is_excused_from_a_question_has_the_same_share_of_all_points(tmp_path: Path) -> None:
    (tmp_path / "adjustments.csv").write_text(
        "student,question,points,reason\nmixed,answer,excused,ill\n", encoding="utf-8"
    )
    result = mixed("mixed")
    entry = Book([result], manifest(), ReportWriter(tmp_path, manifest()).adjustments).entries[0]
    assert (entry.marks.total, entry.marks.possible) == (6, 7)
    assert entry.final(9) == pytest.approx(9 * 6 / 7, abs=0.001)


def test_a_grade_is_blank_as_long_as_the_grader_failed(tmp_path: Path) -> None:
    lost = unreadable("ann", Outcome.GRADER_ERROR)
    assert Book([lost], manifest()).entries[0].final(9) is None


def test_a_roster_that_is_named_to_report_is_kept(tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "students.csv"
    path.write_text(PLAIN, encoding="utf-8")
    write_run(out, RunFile(manifest=manifest()))
    write_record(out, Record(submission="ab", graded_by={}, result=submission("1001")))
    assert len(remake(out)[0].entries) == 1
    for roster_given in (path, None):
        assert [entry.known_as for entry in remake(out, roster_given)[0].entries] == [
            *("Ann Doe", "Zoë Müller"),
        ]

"""An output folder belongs to one assignment, and a full disk costs pages but not the grades."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.grading.ledger import Ledger
from autograder.intake.submissions import Submission
from autograder.report import ReportWriter, write_grades_csv, write_reports
from autograder.report.book import Book
from autograder.report.view import plain
from tests.small_disk import fill, small_disk_at
from tests.test_report import manifest, rows, submission


def test_another_assignment_is_refused_and_loses_nothing(tmp_path: Path) -> None:
    write_reports([submission("ann")], manifest(), tmp_path)
    before = (tmp_path / "grades.csv").read_bytes()
    with pytest.raises(KitError, match="holds the grades of hw4_mlp; choose another folder"):
        write_reports([submission()], manifest().model_copy(update={"assignment": "hw5"}), tmp_path)
    assert (tmp_path / "grades.csv").read_bytes() == before
    write_reports([submission("ann")], manifest(), tmp_path)


def test_pages_of_an_earlier_run_that_no_row_has_are_put_aside(tmp_path: Path) -> None:
    write_reports([submission("ann"), submission("bob")], manifest(), tmp_path)
    with ReportWriter(tmp_path, manifest()) as writer:
        writer.add(submission("ann"))
        writer.finish([submission("ann")])
    assert writer.earlier == ["bob"]
    assert [path.stem for path in (tmp_path / "feedback").iterdir()] == ["ann"]
    assert (tmp_path / "earlier" / "feedback" / "bob.html").is_file()
    assert (tmp_path / "earlier" / "results" / "bob.json").is_file()


def test_no_room_is_held_once_a_run_is_over(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), ReportWriter(tmp_path, manifest(), 30):
        assert any(path.stat().st_size > 30_000 for path in tmp_path.iterdir())
        raise KeyboardInterrupt
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feedback", "results"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk_at(tmp_path / "disk", 256 << 10) as disk:
        yield disk


def test_on_a_full_disk_the_grades_are_written_before_anything_larger(small_disk: Path) -> None:
    results = [submission(f"student_{number:02}") for number in range(40)]
    with ReportWriter(small_disk / "out", manifest(), len(results)) as writer:
        for result in results:
            writer.add(result)
        with pytest.raises(KitError, match="No space left"):
            writer.finish(results)
    table = rows(small_disk / "out" / "grades.csv")
    assert [row[0] for row in table[2:]] == [result.file for result in results]
    assert not list((small_disk / "out").rglob(".*"))


def test_a_disk_that_is_full_from_the_start_is_told_before_anything_is_graded(
    small_disk: Path,
) -> None:
    fill(small_disk)
    with pytest.raises(KitError, match=r"No space left on device\); choose another folder or make"):
        ReportWriter(small_disk / "out", manifest(), 30)


def test_a_disk_that_fills_up_on_the_way_loses_nothing_that_was_graded(small_disk: Path) -> None:
    out, book = small_disk / "out", Ledger(small_disk / "out", {})
    handed_in = [
        Submission(name, f"{name}.ipynb", _file(small_disk / f"{name}.ipynb", name), None)
        for name in ("ann", "bob", "cem")
    ]
    results = {each.name: submission(each.name) for each in handed_in}
    with ReportWriter(out, manifest(), len(handed_in)) as writer:
        first, *rest = book.sort_out(handed_in).tasks
        assert book.keep(first, results["ann"])
        filler = fill(small_disk)
        for task in rest:
            result = results[task.submission.name]
            assert not book.keep(task, result)
            writer.add(result, book.record(task, result))
        with pytest.raises(KitError, match="No space left"):
            writer.finish(list(results.values()))
    assert [row[0] for row in rows(out / "grades.csv")[2:]] == [
        "ann.ipynb",
        "bob.ipynb",
        "cem.ipynb",
    ]
    filler.unlink()
    found = book.sort_out(handed_in)
    # What was held for the grades may have had room for one more.
    kept = {record.result.name: record.result for record in found.kept}
    assert kept == {name: results[name] for name in kept} and "ann" in kept
    assert [task.submission.name for task in found.tasks] == [n for n in results if n not in kept]
    assert found.tasks


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_to_be_noted_stands_behind_otters_columns(tmp_path: Path) -> None:
    late = replace(submission("ann"), note="late, attempt 2")
    write_grades_csv(Book([late, submission("bob")], manifest()), tmp_path / "grades.csv")
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as file:
        notes = [(row["grading_status"], row["note"]) for row in csv.DictReader(file)]
    assert notes == [("--", ""), ("Completed", "late, attempt 2"), ("Completed", "")]


@pytest.mark.parametrize(
    "name",
    [
        "a;=1+1",
        'a";@SUM(A1)',
        "a, -1",
        "\N{FULLWIDTH EQUALS SIGN}1",
        "a;\N{FULLWIDTH COMMERCIAL AT}x",
        "'=1",
        "a|=cmd",
    ],
)
def test_no_part_of_a_cell_becomes_a_formula(tmp_path: Path, name: str) -> None:
    write_grades_csv(Book([submission(file=name)], manifest()), tmp_path / "grades.csv")
    cell = rows(tmp_path / "grades.csv")[-1][0]
    signs = [place for place, char in enumerate(cell) if char in "=@+-\uff1d\uff20"][:1]
    assert all(cell[place - 1] == "'" for place in signs)


def test_an_ordinary_name_stays_what_it_is(tmp_path: Path) -> None:
    name = "Zoë O'Hara - hw4-final (1).ipynb"
    write_grades_csv(Book([submission(file=name)], manifest()), tmp_path / "grades.csv")
    assert rows(tmp_path / "grades.csv")[-1][0] == name


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\U000e0041", "\u061c", "\u202e"]
)
def test_invisible_characters_are_made_visible(hidden: str) -> None:
    assert plain(f"a{hidden}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_escape_sequences_are_taken_out() -> None:
    assert plain("\x1b]0;title\x07a\x1b[2Jb\x1b]8;;http://evil\x1b\\c\x9b31m") == "abc 31m"

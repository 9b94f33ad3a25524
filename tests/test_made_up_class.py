"""A class of sixty goes in, and its reports show exactly the counts that went in."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from autograder.course.settings import load_settings
from autograder.outcome.records import read_records, read_run
from autograder.outcome.results import Outcome
from autograder.report.book import Book
from autograder.report.remake import remake
from autograder.report.stats import ClassStats, class_stats
from autograder.report.to_look_at import ToLookAt, to_look_at
from tests.example_class import ASSIGNMENT, HALF_DONE, ROOT
from tests.made_up_class import (
    ABSENT,
    ALTERNATIVE,
    CUT,
    HALF,
    LATE,
    MISTAKES,
    PDF,
    RIGHT,
    UNTOUCHED,
    everybody,
    write_made_up_class,
)
from tests.small_class import grade
from tests.test_report import Page

GRADED = 60 - CUT - PDF - ABSENT
SETTINGS = load_settings(ROOT / "grading.yml").assignments[ASSIGNMENT]
POSSIBLE = sum(question.points for question in SETTINGS.questions.values())


@pytest.fixture(scope="module")
def folder(built_hw4: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of reports on the class."""
    base = tmp_path_factory.mktemp("sixty")
    write_made_up_class(base)
    (base / "out").mkdir()
    late = [p.name for p in everybody() if p.late]
    lines = ["student,question,points,factor,reason", *(f"{n},all,,0.9,a day late" for n in late)]
    (base / "out" / "adjustments.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    roster = base / "students.csv"
    done = grade(base / "submissions", "--out", base / "out", "--roster", roster, "--lms", "canvas")
    assert done.returncode == 0, done.stderr
    return base / "out"


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return remake(folder)[0]


@pytest.fixture(scope="module")
def stats(book: Book) -> ClassStats:
    return class_stats(book)


@pytest.fixture(scope="module")
def look(folder: Path, book: Book) -> ToLookAt:
    return to_look_at(book, read_run(folder).known)


def test_everybody_is_counted_once(book: Book, stats: ClassStats) -> None:
    assert len(book.entries) == 60
    assert (stats.graded, stats.problems, stats.absent) == (GRADED, CUT + PDF, ABSENT)
    assert stats.full == RIGHT + ALTERNATIVE
    assert sum(stats.bins) == GRADED
    assert stats.bins[0] == UNTOUCHED and stats.best == stats.possible == POSSIBLE


def test_each_mistake_has_its_name_and_its_students(book: Book, stats: ClassStats) -> None:
    found = {
        (question.name, mistake.name.replace(" ", "_")): {e.known_as for e in mistake.students}
        for question in stats.questions
        for mistake in question.mistakes
    }
    theirs = {
        key: {p.name for p in everybody() if p.what == f"{key[0]}: {key[1]}"} for key in MISTAKES
    }
    assert found == theirs
    assert {key: len(who) for key, who in found.items()} == MISTAKES


def test_the_outcomes_of_a_question_add_up(stats: ClassStats) -> None:
    (relu,) = (question for question in stats.questions if question.name == "relu")
    wrong = sum(count for (question, _), count in MISTAKES.items() if question == "relu")
    assert dict(relu.outcomes) == {
        Outcome.PASSED: GRADED - wrong - UNTOUCHED,
        Outcome.FAILED: wrong,
        Outcome.NOT_ATTEMPTED: UNTOUCHED,
    }
    assert relu.full == GRADED - wrong - UNTOUCHED
    assert all(q.discrimination is None or q.discrimination > 0 for q in stats.questions)


def test_who_needs_help_is_who_has_less_than_half(look: ToLookAt) -> None:
    names = {each.entry.known_as for each in look.struggling}
    assert {p.name for p in everybody() if p.what == "untouched"} <= names
    assert names <= {p.name for p in everybody() if p.what in ("untouched", "half done")}


def test_only_those_who_wrote_the_same_are_named_alike(look: ToLookAt, book: Book) -> None:
    (alike,) = look.alike
    owners = {book.owners[name] for name in alike.names}
    twins = [p.name for p in everybody() if p.what == "alternative"][-2:]
    assert alike.question == "init_mlp_params"
    assert sorted(student.known_as for student in owners if student) == sorted(twins)


# What a teacher reads


class Words(Page):
    """A page whose elements are told apart by a space."""

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    """What the class report says, on one line."""
    return " ".join(Words((folder / "index.html").read_text(encoding="utf-8")).text.split())


def between(page: str, start: str, end: str) -> str:
    """Return what stands between two headings, each of which stands there once."""
    _, found = page.split(start)
    found, _ = found.split(end)
    return found


def those(what: str) -> set[str]:
    return {person.name for person in everybody() if person.what == what}


def named_in(text: str) -> set[str]:
    return {person.name for person in everybody() if person.name in text}


def test_the_page_counts_those_who_were_graded_and_those_who_were_not(page: str) -> None:
    assert f"graded {GRADED} and {CUT + PDF} not not handed in {ABSENT} mean" in page
    assert f"full marks {RIGHT + ALTERNATIVE} totals" in page


def test_the_page_says_what_could_not_be_graded_and_why(page: str) -> None:
    said = between(page, f"Not graded: {CUT + PDF} submissions", "People")
    assert named_in(said) == those("cut off") | those("PDF")
    assert said.count("is cut off in the middle") == CUT
    assert said.count("This is a PDF") == PDF


def test_the_page_names_who_handed_in_nothing(page: str) -> None:
    said = between(page, f"Nothing was handed in by {ABSENT}:", "Totals")
    assert named_in(said) == those("absent")


def test_the_page_shows_how_many_have_which_share_of_the_points(folder: Path) -> None:
    shown = Page((folder / "index.html").read_text(encoding="utf-8"))
    titles = [attrs.get("title") or "" for tag, attrs in shown.tags if tag == "li"]
    bars = [int(title.rpartition(" ")[2]) for title in titles if " and up: " in title]
    assert sum(bars) == GRADED and bars[0] == UNTOUCHED
    assert bars[-1] >= RIGHT + ALTERNATIVE + LATE  # who has nine tenths is in the last tenth, too


def test_the_page_says_how_each_question_ended(page: str) -> None:
    cards = between(page, "Questions The bar", "Mistakes by name Wrong")
    ends = re.findall(r"(\w+) [\d.]+ / [\d.]+ .*? (\d+ passed[^)]*\)(?:, [^)]*\))*)", cards)
    assert [name for name, _ in ends] == list(SETTINGS.questions)
    for name, said in ends:
        wrong = sum(count for (question, _), count in MISTAKES.items() if question == name)
        idle = UNTOUCHED + (0 if name in HALF_DONE else HALF)
        shown = Counter({how: int(count) for count, how in re.findall(r"(\d+) ([a-z ]+) \(", said)})
        assert shown["passed"] == GRADED - wrong - idle, name
        assert (shown["failed"] + shown["error"], shown["not attempted"]) == (wrong, idle), name
        assert shown.total() == GRADED, name


def test_the_page_calls_each_mistake_by_its_name_with_its_students(page: str) -> None:
    said = between(page, "Mistakes by name Wrong", "Who needs help Less")
    counts = [int(count) for count in re.findall(r"(\d+)× ", said)]
    assert sorted(counts) == sorted(MISTAKES.values())
    for (question, mistake), count in MISTAKES.items():
        name = mistake.replace("_", " ")
        (line,) = re.findall(rf"(?<=\b{count}× ){name} .*?(?=\d× |$)", said)
        assert named_in(line) == those(f"{question}: {mistake}"), mistake


def test_the_page_names_who_needs_help(page: str, look: ToLookAt) -> None:
    said = between(page, "Who needs help Less", "To look at by hand Answers")
    assert those("untouched") <= named_in(said) <= those("untouched") | those("half done")
    assert said.count("nothing in any question") == UNTOUCHED


def test_the_page_has_a_line_for_each_who_was_graded(page: str) -> None:
    said = between(page, "Submissions full marks part of them", "Statistics leave out")
    graded = [p for p in everybody() if p.what not in ("cut off", "PDF", "absent")]
    assert [p.name for p in graded if said.count(p.name) != 1] == []
    assert named_in(said) == {person.name for person in graded}
    assert len(re.findall(r"ipynb late ", said)) == LATE


def test_the_page_says_what_late_work_cost(page: str) -> None:
    assert page.count("a day late (× 0.9)") == LATE


def test_late_work_is_noted_and_costs_what_the_teacher_said(folder: Path) -> None:
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    late = [p.name for p in everybody() if p.late]
    assert len(late) == LATE
    for name in late:
        assert float(rows[name]["total_points_earned"]) == pytest.approx(0.9 * POSSIBLE)
        assert (rows[name]["note"], rows[name]["adjusted"]) == ("late", "a day late (× 0.9)")
    assert sum(row["note"] == "late" for row in rows.values()) == LATE


def test_the_gradebook_has_sixty_lines_and_no_zero_for_what_was_not_graded(folder: Path) -> None:
    with (folder / "lms" / "canvas-grades.csv").open(encoding="utf-8-sig", newline="") as file:
        _, _, *rows = csv.reader(file)
    grades = [row[-1] for row in rows]
    assert len(grades) == 60
    assert (grades.count(""), grades.count("0")) == (CUT + PDF + ABSENT, UNTOUCHED)


def test_every_kind_of_work_is_there(folder: Path) -> None:
    assert len(read_records(folder)) == 60 - ABSENT
    assert {p.what for p in everybody()} >= {"right", "alternative", "untouched", "half done"}
    assert sum(p.what == "half done" for p in everybody()) == HALF

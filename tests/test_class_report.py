"""The class report names mistakes with their students, one line for each, and says where to look by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.cli import main
from autograder.outcome.records import Record, RunFile, write_record, write_run
from autograder.outcome.results import Outcome, QuestionResult, SubmissionResult
from autograder.report.book import Book
from autograder.report.class_report import class_page
from autograder.report.said import same_words
from autograder.report.stats import ENOUGH, class_stats
from autograder.report.to_look_at import to_look_at
from tests.test_report import PASSED, Page, manifest, mixed, question, submission, unreadable

FAILED = Outcome.FAILED


def told(name: str, message: str) -> SubmissionResult:
    """A submission whose relu was told `message`."""
    return submission(name, questions=(question("relu", (FAILED,), (), case_message=message),))


def mistaken(name: str, mistake: str, hint: str) -> SubmissionResult:
    """A submission whose relu is a known mistake."""
    wrong = question("relu", (FAILED,), (), case_message="not 3 but 4")
    cases = tuple(replace(case, mistake=mistake, hint=hint) for case in wrong.cases)
    return submission(name, questions=(replace(wrong, cases=cases),))


# One mistake is one line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("largest difference 0.25 at (1, 2)", "largest difference 1e-07 at (0, 11)"),
        ("expected 3 values, got 12", "expected 3 values, got -4"),
        ("got nan after 1_000 steps", "got nan after 20 steps"),
        ("shape (2, 3), not (3, 2)", "shape (5, 7), not (7, 5)"),
    ],
)
def test_messages_that_differ_by_numbers_are_one_line(one: str, other: str) -> None:
    stats = class_stats(Book([told("ann", one), told("bob", other)], manifest()))
    (line,) = stats.questions[0].messages
    assert line.count == 2
    assert [entry.result.name for entry in line.students] == ["ann", "bob"]
    assert line.text == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("`relu1` is not defined", "`relu2` is not defined"),
        ("float32, not float64", "float64, not float32"),
        ("W1 must be a leaf", "W2 must be a leaf"),
    ],
)
def test_numbers_in_names_tell_messages_apart(one: str, other: str) -> None:
    assert same_words(one) != same_words(other)
    stats = class_stats(Book([told("ann", one), told("bob", other)], manifest()))
    assert [line.count for line in stats.questions[0].messages] == [1, 1]


def test_a_mistake_stands_by_its_name_with_its_students_and_once() -> None:
    results = [
        mistaken("ann", "leaky_slope", "No slope below 0."),
        mistaken("bob", "leaky_by_maximum", "No slope below 0."),
        mistaken("cem", "absolute_value", "This is |x|."),
    ]
    relu = class_stats(Book(results, manifest())).questions[0]
    assert [(m.name, [e.result.name for e in m.students]) for m in relu.mistakes] == [
        ("leaky by maximum", ["ann", "bob"]),
        ("absolute value", ["cem"]),
    ]
    assert relu.messages == ()
    text = Page(class_page(Book(results, manifest()))).text
    assert text.count("No slope below 0.") == 1


# Figures


def graded(name: str, relu: bool, make_mlp: bool) -> SubmissionResult:
    outcomes = {True: PASSED, False: FAILED}
    questions = (
        question("relu", (outcomes[relu],), ()),
        question("make_mlp", (outcomes[make_mlp],), ()),
        question("answer", (PASSED,), ()),
    )
    return submission(name, questions=questions)


def test_discrimination_is_how_a_question_goes_with_the_rest() -> None:
    along = [graded(str(n), n % 2 == 0, n % 2 == 0) for n in range(ENOUGH)]
    against = [graded(str(n), n % 2 == 0, n % 2 == 1) for n in range(ENOUGH)]
    for results, value in ((along, 1.0), (against, -1.0)):
        relu, _, answer = class_stats(Book(results, manifest())).questions
        assert relu.discrimination == value
        assert answer.discrimination is None  # everybody has it
    few = class_stats(Book(along[:-1], manifest())).questions[0]
    assert few.discrimination is None


def test_the_order_of_results_changes_nothing() -> None:
    results = [mixed("ann"), told("bob", "a 1"), told("cem", "a 2"), unreadable("dan")]
    pages = {class_page(Book(each, manifest())) for each in (results, results[::-1])}
    assert len(pages) == 1


# To look at by hand


def test_what_needs_eyes_is_listed() -> None:
    slow = question("relu", (Outcome.TIMEOUT,), ())
    missed = question("relu", (Outcome.NOT_ATTEMPTED,), (), message="A text cell holds it.")
    results = [
        submission("ann", questions=(slow,), seconds=9.0),
        submission("bob", questions=(missed,)),
        submission("cem", seconds=1.0),
        unreadable("dan"),
    ]
    look = to_look_at(Book(results, manifest()), {})
    assert [(a.entry.result.name, a.text) for a in look.stopped] == [("ann", "timeout")]
    assert [(a.entry.result.name, a.text) for a in look.missed] == [
        ("bob", "A text cell holds it.")
    ]
    assert [entry.result.name for entry in look.problems] == ["dan"]
    assert [entry.result.name for entry in look.slowest] == ["ann", "cem", "bob"]
    assert [each.entry.result.name for each in look.struggling] == ["ann", "bob"]
    assert look.struggling[0].open == ("relu", "make_mlp", "answer")


def test_a_page_needs_no_script_and_no_network() -> None:
    text = class_page(Book([mixed("ann"), unreadable("bob")], manifest()))
    page = Page(text)
    assert "script" not in {tag for tag, _ in page.tags}
    assert all(link.startswith(("#", "feedback/")) for link in page.links())


# The whole course


def reports(folder: Path, assignment: str, *results: SubmissionResult) -> None:
    """Put the results of an assignment where `autograder grade` does."""
    one = manifest().model_copy(update={"assignment": assignment})
    write_run(folder, RunFile(manifest=one))
    for result in results:
        write_record(folder, Record(submission=result.name, graded_by={}, result=result))


def test_a_folder_of_reports_has_a_table_over_all_assignments(tmp_path: Path) -> None:
    reports(tmp_path / "one", "hw1", submission("ann"), mixed("bob"), unreadable("cem"))
    reports(tmp_path / "two", "hw2", mixed("ann"), submission("dan", questions=no_answers()))
    done = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert done.exit_code == 0, done.output
    table = (tmp_path / "course.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table == [
        "student,hw1,hw2,mean share",
        "ann,9,6,0.83335",
        "bob,6,,0.6667",
        "cem,,,",
        "dan,,0,0",
    ]
    page = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert {"one/index.html", "two/index.html", "one/feedback/ann.html"} <= set(page.links())
    assert (tmp_path / "two" / "index.html").is_file()


def no_answers() -> tuple[QuestionResult, ...]:
    nothing = (Outcome.NOT_ATTEMPTED,)
    return tuple(question(name, nothing, ()) for name in ("relu", "make_mlp", "answer"))

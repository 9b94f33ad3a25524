"""Reports say what happened: to students no more than they may know, to staff everything."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from html.parser import HTMLParser
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autograder.course.manifest import Manifest, QuestionManifest
from autograder.course.settings import Limits
from autograder.errors import KitError
from autograder.outcome.results import (
    CaseResult,
    CellError,
    Outcome,
    QuestionResult,
    SubmissionResult,
)
from autograder.report import (
    ReportWriter,
    gradescope_results,
    summary_table,
    write_grades_csv,
    write_reports,
)
from autograder.report.book import Book
from autograder.report.class_report import class_page
from autograder.report.feedback import feedback_page
from autograder.report.stats import class_stats
from autograder.report.view import plain, points, question_views, readable
from autograder.safe_files import write_atomically

UNTOUCHED_STUB = "Not attempted: the stub is as you were given it."
QUESTIONS = {"relu": 4.0, "make_mlp": 3.0, "answer": 2.0}
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
TOTALS = ("total_points_earned", "percent_correct", "grading_status")
STAFF_SECRET = "assert X[3] == 0.731 [test line 9]"


def manifest(hidden_tests: str = "hint") -> Manifest:
    return Manifest(
        assignment="hw4_mlp",
        title="Multilayer perceptrons",
        course="Deep Learning",
        questions=[
            QuestionManifest(name=name, points=possible, defines=[name], stub="")
            for name, possible in QUESTIONS.items()
        ],
        limits=Limits(),
        hidden_tests=hidden_tests,
    )


def question(
    name: str,
    public: tuple[Outcome, ...] = (PASSED,),
    hidden: tuple[Outcome, ...] = (PASSED,),
    outcome: Outcome | None = None,
    message: str = "",
    case_message: str = "",
) -> QuestionResult:
    outcomes = (*public, *hidden)
    cases = tuple(
        CaseResult(
            name=f"{name} - {number}",
            title=f"keeps_{'secret' if number >= len(public) else 'open'}_{number}",
            hidden=number >= len(public),
            possible=QUESTIONS[name] / len(outcomes),
            outcome=each,
            message="" if each is PASSED else case_message or f"message {number}",
            staff_message="" if each is PASSED else STAFF_SECRET,
        )
        for number, each in enumerate(outcomes)
    )
    lost = (each for each in outcomes if each is not PASSED)
    return QuestionResult(name, cases, outcome or next(lost, PASSED), message, 0.1)


def submission(name: str = "alice", **changes: Any) -> SubmissionResult:
    result = SubmissionResult(name, f"{name}.ipynb", tuple(question(name) for name in QUESTIONS))
    return replace(result, **changes)


def mixed(name: str = "mixed") -> SubmissionResult:
    """Return a submission that has full marks, hidden failures and nothing."""
    questions = (
        question("relu"),
        question("make_mlp", hidden=(FAILED, PASSED)),
        question("answer", (Outcome.NOT_ATTEMPTED,), (Outcome.NOT_ATTEMPTED,)),
    )
    return submission(name, questions=questions)


def unreadable(
    name: str = "unreadable", outcome: Outcome = Outcome.NOT_ATTEMPTED
) -> SubmissionResult:
    questions = tuple(question(each, (outcome,), (outcome,)) for each in QUESTIONS)
    return submission(name, questions=questions, problem="The file is empty; save it again.")


def untouched(first: str = UNTOUCHED_STUB) -> SubmissionResult:
    """A notebook whose every question but the first says that its stub is as it was given."""
    blank = unreadable()
    questions = (
        replace(blank.questions[0], message=first),
        *(replace(each, message=UNTOUCHED_STUB) for each in blank.questions[1:]),
    )
    return replace(blank, questions=questions, problem=None)


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


# grades.csv


def test_grades_have_otters_columns_and_order(tmp_path: Path) -> None:
    results = [submission("zoe"), mixed("bob"), unreadable("ann")]
    write_grades_csv(Book(results, manifest()), tmp_path / "grades.csv")
    assert rows(tmp_path / "grades.csv") == [
        ["file", "answer", "make_mlp", "relu", *TOTALS],
        ["points-per-question", "2", "3", "4", "9", "1", "--"],
        ["ann.ipynb", "0", "0", "0", "0", "0", "The file is empty; save it again."],
        ["bob.ipynb", "0", "2", "4", "6", "0.6667", "Completed"],
        ["zoe.ipynb", "2", "3", "4", "9", "1", "Completed"],
    ]


def test_grades_agree_with_otter_itself(tmp_path: Path) -> None:
    otter = pytest.importorskip("otter.grade.utils")
    pandas = pytest.importorskip("pandas")

    class Scores:
        def __init__(self, result: SubmissionResult) -> None:
            self.result, self.file = result, result.file
            self.total, self.possible, self.percent = result.score, result.possible, result.percent
            self.catastrophic_error = result.problem

        def has_catastrophic_failure(self) -> bool:
            return self.result.problem is not None

        def to_dict(self) -> dict[str, dict[str, float]]:
            questions = self.result.questions
            return {
                each.name: {"score": each.score, "possible": each.possible} for each in questions
            }

    results = [submission("zoe"), mixed("bob"), unreadable("ann")]
    write_grades_csv(Book(results, manifest()), tmp_path / "grades.csv")
    theirs = otter.merge_scores_to_df([Scores(result) for result in results])
    theirs.to_csv(tmp_path / "otter.csv", index=False)
    ours = pandas.read_csv(tmp_path / "grades.csv")
    pandas.testing.assert_frame_equal(
        ours, pandas.read_csv(tmp_path / "otter.csv"), check_dtype=False
    )


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\n=1"])
def test_names_cannot_become_formulas(tmp_path: Path, name: str) -> None:
    result = submission(file=f"{name}.ipynb", problem=f"{name} is wrong\nand =2")
    write_grades_csv(Book([result], manifest()), tmp_path / "grades.csv")
    *_, row = rows(tmp_path / "grades.csv")
    for cell in (row[0], row[-1]):
        assert cell.startswith("'")
        assert cell.isprintable()
    assert len((tmp_path / "grades.csv").read_text().splitlines()) == 3


# What a student may be told


def test_hints_are_shown_where_the_course_wants_them() -> None:
    _, view, _ = question_views(mixed(), manifest("hint"))
    assert [case.message for case in view.cases] == ["", "message 1", ""]
    assert [case.title for case in view.cases] == [
        "keeps open 0",
        "keeps secret 1",
        "keeps secret 2",
    ]
    assert (view.label, view.tone.value) == ("public checks passed", "part")


def test_only_outcomes_are_shown_where_the_course_wants_that() -> None:
    _, view, _ = question_views(mixed(), manifest("outcome"))
    assert [case.label for case in view.cases] == ["passed", "not yet right", "passed"]
    assert all(case.message == "" for case in view.cases)


def test_nothing_of_hidden_tests_is_shown_where_the_course_wants_that() -> None:
    result = mixed()
    for text in (feedback_page(result, manifest("nothing")), str(gradescope(result, "nothing"))):
        assert "secret" not in text
        assert "message 1" not in text
        assert "hidden check" in text
        assert "all checks passed" not in text.lower()
        assert "public checks passed" in text.lower()


def test_success_is_called_complete_only_if_every_check_is_shown() -> None:
    labels = {
        setting: question_views(submission(), manifest(setting))[0].label
        for setting in ("hint", "outcome", "nothing")
    }
    assert labels == {
        "hint": "all checks passed",
        "outcome": "all checks passed",
        "nothing": "public checks passed",
    }


def test_a_question_of_hidden_tests_only_is_not_called_passed() -> None:
    result = submission(questions=(question("relu", (), (FAILED,)),))
    view = question_views(result, manifest("nothing"))[0]
    assert "passed" not in view.label


@pytest.mark.parametrize("hidden_tests", ["nothing", "outcome", "hint"])
def test_staff_messages_never_reach_a_student(hidden_tests: str) -> None:
    result = replace(mixed(), questions=tuple(question(n, (FAILED,), (FAILED,)) for n in QUESTIONS))
    assert STAFF_SECRET not in feedback_page(result, manifest(hidden_tests))
    assert STAFF_SECRET not in json.dumps(gradescope(result, hidden_tests))
    assert STAFF_SECRET in class_page(Book([result], manifest(hidden_tests)))


def test_a_check_is_titled_without_the_name_of_its_question() -> None:
    assert readable("relu_keeps_the_shape", "relu") == "keeps the shape"
    assert readable("make mlp has layers", "make_mlp") == "has layers"
    assert readable("relu", "relu") == "relu"


def test_why_a_question_counts_as_not_attempted_is_told() -> None:
    reason = "Not attempted: no cell of your notebook defines `relu`."
    untouched = question("relu", (Outcome.NOT_ATTEMPTED,), (), message=reason)
    assert question_views(submission(questions=(untouched,)), manifest())[0].message == reason


def test_what_stops_every_case_is_told_once() -> None:
    stopped = question("relu", (Outcome.ERROR,) * 3, case_message="NameError: name 'trch'")
    view = question_views(submission(questions=(stopped,)), manifest())[0]
    assert [case.message for case in view.cases] == ["NameError: name 'trch'", "", "", ""]
    assert view.cases[1].label == "stopped with an error, as above"


def test_a_fault_of_ours_is_not_blamed_on_the_student() -> None:
    ours = question("relu", (Outcome.GRADER_ERROR,), (), case_message="KeyError in the test")
    page = feedback_page(submission(questions=(ours,)), manifest())
    assert "not yours" in page
    assert "KeyError" not in page
    lost = unreadable(outcome=Outcome.GRADER_ERROR)
    page = feedback_page(lost, manifest())
    assert "not yours" in page
    assert "The file is empty" not in page


def test_text_of_students_is_made_plain() -> None:
    assert plain("a\x1b[31mred\x1b[0m\x00 \u202eevil\ud800\r\nb") == (
        "ared  \N{REPLACEMENT CHARACTER}evil\N{REPLACEMENT CHARACTER}\nb"
    )
    assert len(plain("x" * 100_000)) < 5000


@pytest.mark.parametrize(
    ("value", "text"), [(4.0, "4"), (1 / 3, "0.33"), (10, "10"), (2.50, "2.5")]
)
def test_points_have_the_decimals_they_need(value: float, text: str) -> None:
    assert points(value) == text


# Gradescope


def gradescope(result: SubmissionResult, hidden_tests: str = "hint") -> dict[str, Any]:
    content = gradescope_results(result, manifest(hidden_tests))
    parsed: dict[str, Any] = json.loads(json.dumps(content, allow_nan=False))
    return parsed


def test_a_submission_that_the_grader_lost_has_no_points_in_the_table(tmp_path: Path) -> None:
    results = [submission("ann"), unreadable("bob", Outcome.GRADER_ERROR)]
    write_grades_csv(Book(results, manifest()), tmp_path / "grades.csv")
    lost = rows(tmp_path / "grades.csv")[-1]
    assert lost == ["bob.ipynb", *[""] * 5, "The file is empty; save it again."]


def test_gradescope_gets_one_visible_entry_per_question() -> None:
    content = gradescope(mixed())
    assert content["score"] == 6
    tests = content["tests"]
    assert [test["name"] for test in tests] == list(QUESTIONS)
    assert [test["number"] for test in tests] == ["1", "2", "3"]
    assert [(test["score"], test["max_score"]) for test in tests] == [(4, 4), (2, 3), (0, 2)]
    assert [test["status"] for test in tests] == ["passed", "failed", "failed"]
    assert {test["visibility"] for test in tests} == {"visible"}
    assert "stdout_visibility" not in content  # that is the instructor's to choose


@pytest.mark.parametrize("when", ["after_due_date", "after_published"])
def test_rows_that_gradescope_hides_are_told_by_the_public_checks_alone(when: str) -> None:
    content = gradescope_results(mixed(), manifest().model_copy(update={"gradescope_rows": when}))
    assert {test["visibility"] for test in content["tests"]} == {when}
    assert content["visibility"] == "visible"
    assert "2. make_mlp\nPublic checks passed.\n✓ keeps open 0" in content["output"]
    for hidden in (
        "points.",
        "secret",
        "message 1",
    ):  # also not the total, which tells of hidden tests
        assert hidden not in content["output"]


def test_gradescope_is_told_that_grading_was_cut_short() -> None:
    content = gradescope(submission(questions=(question("relu"),), finished=False))
    assert content["score"] == 4
    assert content["output"].startswith("Grading was cut short.")
    assert [test["tags"] for test in content["tests"][1:]] == [["not graded"]] * 2


def test_gradescope_keeps_what_a_score_depends_on() -> None:
    extra = gradescope(submission(seed=7, digest="ab12", seconds=1.5))["extra_data"]
    assert (extra["seed"], extra["submission_sha256"], extra["seconds"]) == (7, "ab12", 1.5)
    assert extra["versions"]["otter-grader"] == metadata.version("otter-grader")
    assert {"python", "torch", "numpy"} <= extra["versions"].keys()


def test_gradescope_has_only_keys_of_its_schema() -> None:
    content = gradescope(replace(mixed(), leaderboard=(("accuracy", 0.9),)))
    assert set(content) <= {
        *("score", "execution_time", "output", "output_format", "test_output_format"),
        *("test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"),
        "leaderboard",
    }
    for test in content["tests"]:
        assert set(test) <= {
            *("score", "max_score", "status", "name", "name_format", "number", "output"),
            *("output_format", "tags", "visibility", "extra_data"),
        }


def test_gradescope_lists_the_cases_in_the_output() -> None:
    output = gradescope(mixed())["tests"][1]["output"].splitlines()
    assert output == [
        "Public checks passed.",
        "✓ keeps open 0",
        "✗ hidden: keeps secret 1 (not yet right)",
        "    message 1",
        "✓ hidden: keeps secret 2",
    ]


def test_gradescope_is_told_why_nothing_was_graded() -> None:
    content = gradescope(unreadable())
    assert content["score"] == 0
    assert "The file is empty" in content["output"]
    assert {test["output"] for test in content["tests"]} == {"Not graded."}


def test_a_leaderboard_holds_only_numbers() -> None:
    board = (("accuracy", 0.9), ("loss", float("nan")), ("time", float("inf")))
    content = gradescope(submission(leaderboard=board))
    assert content["leaderboard"] == [{"name": "accuracy", "value": 0.9}]
    assert "leaderboard" not in gradescope(submission())


# Pages


class Page(HTMLParser):
    """What a browser would make of a page."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        names = ("href", "src", "action", "data", "poster", "srcset")
        return [value for _, attrs in self.tags for name in names if (value := attrs.get(name))]


EVIL = "<script>alert(1)</script>\"onload=x ' {{ 7*191 }} & <img src=http://evil>"


def evil() -> SubmissionResult:
    return submission(
        file=EVIL,
        questions=(
            question("relu", (FAILED,), case_message=f"`{EVIL}`\n{EVIL}", message=EVIL),
            question("make_mlp"),
        ),
        cell_errors=(CellError(3, 2, EVIL), CellError(4, None, EVIL)),
    )


def test_pages_are_whole_self_contained_and_escaped() -> None:
    pages = [
        feedback_page(evil(), manifest()),
        feedback_page(replace(evil(), problem=EVIL), manifest()),
        class_page(Book([evil(), replace(evil(), name="other", problem=EVIL)], manifest())),
    ]
    for text in pages:
        page = Page(text)
        assert "<script" not in text and "<img" not in text
        assert "<script>alert(1)</script>" in page.text
        assert "1337" not in page.text
        assert all(link.startswith(("#", "feedback/")) for link in page.links())
        assert "@import" not in text and "url(" not in text
        policy = next(a for t, a in page.tags if t == "meta" and "http-equiv" in a)["content"]
        assert policy and policy.startswith("default-src 'none'")
        assert {"charset", "viewport"} <= {
            key or ""
            for t, a in page.tags
            if t == "meta"
            for key in ("charset", a.get("name"))
            if t
        }


def test_feedback_names_cell_and_line() -> None:
    result = submission(cell_errors=(CellError(3, 2, "NameError: name 'trch' is not defined"),))
    text = Page(feedback_page(result, manifest())).text
    assert "Code cell 3, line 2" in text
    assert "NameError: name 'trch' is not defined" in text


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (submission(), "Full marks. Well done!"),
        (mixed(), "1 question has full marks; 2 questions are worth another look."),
        (untouched(), "Nothing is filled in yet."),
        (untouched("Not attempted: no cell of your notebook defines `relu`."), "Nothing is filled"),
        (untouched("Not attempted: a text cell holds your answer."), "A start is made."),
        (replace(unreadable(), problem=None), "A start is made."),
        (unreadable(), "This notebook could not be graded"),
    ],
)
def test_feedback_opens_with_what_matters(result: SubmissionResult, words: str) -> None:
    assert words in Page(feedback_page(result, manifest())).text


def test_code_in_hints_is_set_as_code() -> None:
    wrong = question("relu", (FAILED,), case_message="Use `2 * X`, not `X`.\n\na  b\nc")
    page = feedback_page(submission(questions=(wrong,)), manifest())
    assert "<p>Use <code>2 * X</code>, not <code>X</code>.</p><pre>a  b\nc</pre>" in page


def test_the_class_report_puts_problems_and_our_faults_first() -> None:
    ours = question("relu", (Outcome.GRADER_ERROR,), ())
    results = [
        submission("good"),
        unreadable("lost", Outcome.GRADER_ERROR),
        unreadable("empty"),
        submission("hit", questions=(ours, question("make_mlp"), question("answer"))),
    ]
    text = Page(class_page(Book(results, manifest()))).text
    places = [
        text.index(word)
        for word in (
            "grader itself went wrong",
            STAFF_SECRET,
            "Not graded: 1",
            "Totals",
            "Questions",
        )
    ]
    assert places == sorted(places)
    assert "2 not" in text.replace("and ", "")


def test_the_class_report_can_do_without_a_class() -> None:
    for results in ([], [unreadable()]):
        Page(class_page(Book(results, manifest())))


def test_statistics_leave_out_what_was_not_graded() -> None:
    stats = class_stats(Book([submission("a"), mixed("b"), unreadable("c")], manifest()))
    assert (stats.graded, stats.problems, stats.full) == (2, 1, 1)
    assert (stats.mean, stats.best) == (7.5, 9)
    assert stats.bins == (0, 0, 0, 0, 0, 0, 1, 0, 0, 1)
    relu, make_mlp, _ = stats.questions
    assert (relu.mean, relu.full) == (4, 2)
    assert dict(make_mlp.outcomes) == {PASSED: 1, FAILED: 1}
    assert [(said.text, said.where, said.count) for said in make_mlp.messages] == [
        ("message 1", "keeps secret 1", 1)
    ]


# Files


def test_all_reports_are_written(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    paths = write_reports([submission("a b"), unreadable("é")], manifest(), out)
    written = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert written == {
        *("grades.csv", "index.html", "results/a_b.json", "feedback/a_b.html"),
        *("results/é.json", "feedback/é.html"),
    }
    assert paths.grades == out / "grades.csv"
    assert json.loads((paths.results / "a_b.json").read_text())["score"] == 9


def test_what_is_graded_survives_an_interruption(tmp_path: Path) -> None:
    writer = ReportWriter(tmp_path, manifest())
    writer.add(submission("alice"))
    assert (tmp_path / "results" / "alice.json").is_file()
    assert (tmp_path / "feedback" / "alice.html").is_file()
    assert not (tmp_path / "grades.csv").exists()


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    ReportWriter(tmp_path / "out", manifest()).add(submission("../../evil"))
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


def test_an_output_folder_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KitError, match=r"cannot be written .*choose another folder"):
        ReportWriter(tmp_path / "file" / "out", manifest())


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "grades.csv"
    write_atomically(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(KitError, match="No space left"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "grades.csv").mkdir()
    with pytest.raises(KitError, match="cannot be written"):
        write_grades_csv(Book([submission()], manifest()), tmp_path / "grades.csv")


# Terminal


def printed(results: list[SubmissionResult], width: int = 100) -> str:
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(summary_table(Book(results, manifest())))
    return console.export_text()


def test_the_terminal_shows_one_line_per_submission() -> None:
    text = printed([submission("alice"), mixed("bob"), unreadable("carol")])
    assert "✓ ✓ ✓" in text and "✓ ◐ ○" in text
    assert "The file is empty; save it again." in text
    assert text.index("bob") < text.index("carol")
    assert "mean 7.5 of 9 · 1 not graded" in text


def test_the_terminal_is_safe_from_names() -> None:
    text = printed([submission("[red]a[/red]\x1b[2J\n", problem="[bold]x[/] \x1b]0;title\x07")])
    assert "[red]a[/red]" in text
    assert "\x1b" not in text and "\x07" not in text


def test_a_large_class_does_not_flood_the_terminal() -> None:
    text = printed([submission(f"s{n}") for n in range(300)] + [unreadable("a")])
    assert len(text.splitlines()) < 80
    assert "more in the report" in text
    assert "The file is empty" in text


def test_a_students_own_code_is_shown_in_colours_and_as_text_only() -> None:
    source = f"def relu(X):\n    # {EVIL}\n    return X  # \u202e\x1b[2J"
    answer = replace(question("relu", (FAILED,), ()), source=source)
    text = feedback_page(submission(questions=(answer,)), manifest())
    assert '<span class="k">def</span>' in text
    assert "<script" not in text and "\x1b" not in text and "\u202e" not in text
    assert "alert(1)" in Page(text).text

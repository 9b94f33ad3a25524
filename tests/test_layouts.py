"""What the names in a download tell of students, lateness and attempts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.intake.attempts import HandedIn
from autograder.intake.layouts import LAYOUTS, owners
from autograder.intake.layouts.blackboard import Blackboard
from autograder.intake.layouts.brightspace import Brightspace
from autograder.intake.layouts.canvas import Canvas
from autograder.intake.layouts.gradescope_export import Gradescope, submitters
from autograder.intake.layouts.layout import Layout
from autograder.intake.layouts.moodle import Moodle
from autograder.intake.loose import sort_out
from autograder.intake.submissions import Submission, take_in
from autograder.intake.walk import Found


def notebook(text: str = "x = 1") -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "source": text, "outputs": []}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}).encode()


def taken(folder: Path, files: Mapping[str, bytes]) -> list[Submission]:
    for name, content in files.items():
        path = folder / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return take_in([folder / "class"], folder / "scratch").submissions


def rows(folder: Path, files: Mapping[str, bytes]) -> list[tuple[str, str, str]]:
    """Return name, code (or why there is none) and note of each submission."""
    found = []
    for each in taken(folder, files):
        said = each.problem or ""
        if each.notebook:
            said = json.loads(each.notebook.read_bytes())["cells"][0]["source"]
        found.append((each.name, said, each.note))
    return found


@pytest.mark.parametrize(
    ("layout", "name", "title", "late"),
    [
        (Canvas(), "smithjane_12345_67890_hw4_mlp.ipynb", "smithjane_12345", False),
        (Canvas(), "smithjane_LATE_12345_67890_hw4_mlp-1.ipynb", "smithjane_12345", True),
        (Canvas(), "o_neil_jr_123_45678_a_1_2_b.ipynb", "o_neil_jr_123", False),
        (Canvas(), "anon_aB3dE_67890_hw4.ipynb", "anon_aB3dE", False),
        (Canvas(), "LATE_anon_aB3dE_67890_hw4.ipynb", "anon_aB3dE", True),
        (Canvas(), "名前_12345_67890_hw4.ipynb", "名前_12345", False),
        (Canvas(), "smithjane_12345_text.html", "smithjane_12345", False),
        (Moodle(), "Ann Doe_11_assignsubmission_file_hw4.ipynb", "Ann Doe_11", False),
        (Moodle(), "Ann Doe_11_assignsubmission_onlinetext_", "Ann Doe_11", False),
        (Blackboard(), "hw4_ann_attempt_2026-01-30-15-30-10_hw4.ipynb", "ann", False),
        (Brightspace(), "12-34 - Ann Doe - Jan 5, 2026 105 PM - hw4.ipynb", "Ann Doe_12", False),
    ],
)
def test_a_name_tells_the_student(layout: Layout, name: str, title: str, late: bool) -> None:
    (owner,) = layout.owners([(name,)]).values()
    assert (owner.title, owner.late) == (title, late)


@pytest.mark.parametrize(
    "name",
    ["hw4_mlp.ipynb", "ann_101_hw4_mlp.ipynb", "hw4_2026_11_ann.ipynb", "submission_1.ipynb"],
)
def test_a_students_own_name_for_a_file_is_no_layout(name: str) -> None:
    assert all(not layout.owners([(name,)]) for layout in LAYOUTS)


def test_a_date_in_names_does_not_make_one_student_of_two() -> None:
    paths = [("hw4_2026_1127_ann.ipynb",), ("hw4_2026_1127_bob.ipynb",)]
    assert Canvas().owners(paths) == {}


def test_canvas_counts_the_last_upload_and_says_which_and_that_it_is_late(tmp_path: Path) -> None:
    files = {
        "smithjane_LATE_12345_67890_hw4-1.ipynb": notebook("second"),
        "smithjane_12345_67000_hw4.ipynb": notebook("first"),
        "smithjane_12345_67001_plot.png": b"\x89PNG",
        "doejohn_22222_67002_hw4.pdf": b"%PDF-1.7",
        "smithjane_33333_67003_hw4.ipynb": notebook("a namesake"),
    }
    assert rows(tmp_path, files) == [
        ("doejohn_22222", "This is a PDF; hand in the .ipynb file.", ""),
        ("smithjane_33333", "a namesake", ""),
        ("smithjane_12345", "second", "late, attempt 2, the last of 2"),
    ]


def test_blackboard_counts_the_last_attempt_that_holds_a_notebook(tmp_path: Path) -> None:
    first, second = "attempt_2026-01-30-15-30-10", "attempt_2026-02-01-09-00-00"
    receipt = b"Name: Ann Doe (ann_d)\nAssignment: hw4\n"
    files = {
        f"hw_4_ann_d_{first}_hw4.ipynb": notebook("old"),
        f"hw_4_ann_d_{first}.txt": receipt,
        f"hw_4_ann_d_{second}_hw4.ipynb": notebook("new"),
        f"hw_4_ann_d_{second}.txt": receipt,
        f"hw_4_bob_{first}_hw4.ipynb": notebook("bob"),
        f"hw_4_bob_{second}_hw4.pdf": b"%PDF-1.7",
        f"hw_4_cy_{first}.txt": b"no name in it",
    }
    by_name = {name: (said, note) for name, said, note in rows(tmp_path, files)}
    assert by_name == {
        "Ann_Doe-ann_d": ("new", "attempt of 2026-02-01 09:00, the last of 2"),
        "bob": ("bob", "attempt of 2026-01-30 15:30, the later one holds no notebook"),
        "cy": ("There is no notebook in it; hand in the .ipynb file.", ""),
    }


def test_brightspace_counts_the_last_attempt(tmp_path: Path) -> None:
    files = {
        "12-34 - Ann Doe - Jan 5, 2026 1000 PM - hw4.ipynb": notebook("late at night"),
        "12-35 - Ann Doe - Jan 5, 2026 946 AM - hw4.ipynb": notebook("morning"),
    }
    assert rows(tmp_path, files) == [
        ("Ann_Doe_12", "late at night", "attempt of 2026-01-05 22:00, the last of 2")
    ]


@pytest.mark.parametrize(
    ("scalar", "name"),
    [
        ("2001-99-99", "2001-99-99"),
        ("2026-01-01", "2026-01-01"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("No", "No"),
        ("Null", None),
        ("~", None),
        ("'Null'", "Null"),
        ('"Zo\\xEB"', "Zoë"),
        ("[" * 150, "[" * 150),
        ("!!python/object:os.system x", "x"),
        ("{a: b}", "{a: b}"),
    ],
)
def test_a_name_that_yaml_takes_for_something_else_costs_nobody_the_name(
    scalar: str, name: str | None
) -> None:
    lines = [
        "submission_1:",
        "  :submitters:",
        f"  - :name: {scalar}",
        "submission_2:",
        "  :submitters:",
        "  - :name: Bob",
    ]
    named = submitters(lines)
    assert named["submission_2"] == "Bob" and named.get("submission_1") == name


def test_gradescope_names_only_folders() -> None:
    assert Gradescope().owners([("submission_1",), ("x", "submission_2", "a.py")]).keys() == {
        ("x", "submission_2", "a.py")
    }


def test_all_files_of_a_student_are_one_submission() -> None:
    paths = [("submission_1", ""), ("submission_1", "a.ipynb"), ("submission_1", "b", "c.ipynb")]
    found = [Found(parts) for parts in paths]
    known = owners(found)
    assert len({owner.key for owner in known.values()}) == 1 and len(known) == 3
    student = HandedIn(("submission_1",))
    for item in found:
        student.add(item, known[0, item.parts])
    assert len(student.items) == 3


# Files that no system has named


def test_everything_handed_in_has_a_row_and_clutter_has_none(tmp_path: Path) -> None:
    files = {
        "a.ipynb": notebook("a"),
        "b.ipynb.json": notebook("b"),
        "c.ipynb.txt": notebook("c"),
        "d.ipynb.download": notebook("d"),
        "e.ipynb (1)": notebook("e"),
        "f.json": notebook("f"),
        "g": notebook("g"),
        "h.pdf": notebook("h"),
        "i.pdf": b"%PDF-1.7",
        "j.rar": b"Rar!\x1a\x07",
        "k.7z": b"7z\xbc\xaf\x27\x1c",
        "l.docx": b"PK\x03\x04rest",
        "m.HEIC": b"\0\0\0 ftypheic",
        "n.url": b"[InternetShortcut]\r\n",
        "o.txt": b"",
        "p.xyz": b"?",
        "q.zip": b"Rar!\x1a\x07",
        "r.tar.gz": b"\x1f\x8b\x08",
        "s/deep/hw4.py": b"import torch",
        "t.ipynb.crdownload": b'{"cells": [',
        "Thumbs.db": b"x",
        "desktop.ini": b"x",
        "~$l.docx": b"x",
        "__MACOSX/._a.ipynb": b"x",
        "ipynb_checkpoints/a-checkpoint.ipynb": notebook(),
    }
    found = taken(tmp_path, files)
    assert [each.name[:1] for each in found] == [chr(ord("a") + n) for n in range(20)]
    graded = [each.name for each in found if each.notebook]
    assert graded == [*"abcdefgh", "t"]
    problems = {each.name[0]: each.problem or "" for each in found}
    for name, words in {
        "i": "a PDF",
        "j": "a RAR archive",
        "k": "a 7z archive",
        "l": "a text document",
        "m": "a picture",
        "n": "a link to a file",
        "o": "empty",
        "p": "not a notebook",
        "q": "a RAR archive",
        "r": "a packed file",
        "s": "a Python script",
    }.items():
        assert words in problems[name] and problems[name].endswith(".")


def test_what_lies_beside_somebodys_notebook_has_no_row_of_its_own(tmp_path: Path) -> None:
    found = [
        Found(("ann", "hw4.ipynb"), path=tmp_path),
        Found(("ann", "hw4.pdf"), path=tmp_path),
        Found(("ann", "plots", "1.png"), path=tmp_path),
        Found(("ann", "essay.pdf"), path=tmp_path),
        Found(("bob.pdf",), path=tmp_path),
        Found(("README.md",), path=tmp_path),
        Found(("section", "cy.ipynb"), path=tmp_path),
        Found(("section", "di.ipynb"), path=tmp_path),
        Found(("section", "eve.pdf"), path=tmp_path),
    ]
    told = sort_out([Found(("",)), *found])
    assert ["/".join(item.parts) for item in told.rows] == [
        "ann/hw4.ipynb",
        "section/cy.ipynb",
        "section/di.ipynb",
        "bob.pdf",
        "section/eve.pdf",
    ]
    assert told.passed_over == [("ann", "essay.pdf"), ("README.md",)]


def test_folders_in_which_nothing_is_are_named(tmp_path: Path) -> None:
    found = [
        Found(("ann", "hw4.ipynb"), path=tmp_path),
        Found(("ann", "data", "")),
        Found(("ann", "mine.py"), path=tmp_path),
        Found(("bob", "")),
        Found(("bob", "src", "")),
        Found(("cy", "hw4.ipynb"), path=tmp_path),
    ]
    for root in ([], [Found(("",))]):  # a zip lists no folder that everything lies in
        told = sort_out([*root, *found])
        assert [item.parts[0] for item in told.rows] == ["ann", "cy"]
        assert told.passed_over == [("bob", "")]


def test_the_folder_is_part_of_the_name(tmp_path: Path) -> None:
    files = {"ann/hw4_mlp.ipynb": notebook("a"), "bob/Untitled.ipynb": notebook("b")}
    assert [row[0] for row in rows(tmp_path, files)] == ["ann-hw4_mlp", "bob-Untitled"]


def test_reports_of_an_earlier_run_are_not_submissions(tmp_path: Path) -> None:
    files = {
        "ann.ipynb": notebook("a"),
        "grades/grades.csv": b"file",
        "grades/index.html": b"<!doctype html>",
        "grades/feedback/ann.html": b"<!doctype html>",
        "grades/results/ann.json": b"{}",
    }
    assert [row[0] for row in rows(tmp_path, files)] == ["ann"]

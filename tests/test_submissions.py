"""Submissions are found in the layouts that instructors meet, whatever students put into them."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.intake.submissions import Submission, find_submissions
from autograder.intake.unzip import Budget, UnusableZip, take_out
from autograder.safe_files import safe_name

MIB = 1024**2


def notebook(text: str = "x = 1", assignment: str | None = None) -> bytes:
    metadata = {"otter": {"assignment_name": assignment}} if assignment else {}
    cell = {"cell_type": "code", "metadata": {}, "source": text, "outputs": []}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4}).encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, content)
    return file.getvalue()


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "scratch"


def the_only(found: list[Submission]) -> Submission:
    assert len(found) == 1
    return found[0]


def problem(found: list[Submission]) -> str:
    submission = the_only(found)
    assert submission.notebook is None
    assert submission.problem and submission.problem.endswith(".")
    return submission.problem


def source(submission: Submission) -> str:
    assert submission.problem is None
    assert submission.notebook
    document = json.loads(submission.notebook.read_bytes())
    return str(document["cells"][0]["source"])


# Layouts


def test_a_folder_of_notebooks_is_a_class(inbox: Path, scratch: Path) -> None:
    put(inbox, {"bob.ipynb": notebook("b"), "alice.IPYNB": notebook("a"), "data.csv": b"1,2"})
    found = find_submissions([inbox], scratch)
    assert [(each.name, each.file) for each in found] == [
        ("alice", "alice.IPYNB"),
        ("bob", "bob.ipynb"),
    ]
    assert [source(each) for each in found] == ["a", "b"]
    assert list(scratch.iterdir()) == []


def test_notebooks_of_the_same_name_are_told_apart_by_folder(inbox: Path, scratch: Path) -> None:
    put(inbox, {"alice/hw4.ipynb": notebook(), "bob/hw4.ipynb": notebook(), "c.ipynb": notebook()})
    found = find_submissions([inbox], scratch)
    assert [each.name for each in found] == ["alice-hw4", "bob-hw4", "c"]
    assert [each.file for each in found] == ["alice/hw4.ipynb", "bob/hw4.ipynb", "c.ipynb"]


def test_several_paths_are_told_apart(inbox: Path, scratch: Path) -> None:
    put(inbox, {"a/hw4.ipynb": notebook("a"), "b/hw4.ipynb": notebook("b")})
    found = find_submissions([inbox / "a" / "hw4.ipynb", inbox / "b" / "hw4.ipynb"], scratch)
    assert [(each.name, source(each)) for each in found] == [("a-hw4", "a"), ("b-hw4", "b")]
    found = find_submissions([inbox / "a", inbox / "b"], scratch)
    assert [each.file for each in found] == ["a/hw4.ipynb", "b/hw4.ipynb"]


def test_the_working_directory_can_be_given(
    inbox: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, {"a.ipynb": notebook()})
    monkeypatch.chdir(inbox)
    assert the_only(find_submissions([Path()], scratch)).file == "a.ipynb"


def test_a_students_zip_is_named_after_the_zip(inbox: Path, scratch: Path) -> None:
    put(inbox, {"alice.zip": zipped({"work/hw4.ipynb": notebook("a"), "work/data.csv": b"1"})})
    submission = the_only(find_submissions([inbox / "alice.zip"], scratch))
    assert (submission.name, submission.file) == ("alice", "alice.zip")
    assert source(submission) == "a"
    assert [path.suffix for path in scratch.iterdir()] == [".ipynb"]


def test_a_zip_that_comes_alone_may_hold_a_class(inbox: Path, scratch: Path) -> None:
    inner = zipped({"hw4.ipynb": notebook("c")})
    members = {"alice.ipynb": notebook("a"), "b/bob.ipynb": notebook("b"), "carol.zip": inner}
    put(inbox, {"class.zip": zipped(members), "readme.txt": b"all of them"})
    for given in (inbox, inbox / "class.zip"):
        found = find_submissions([given], scratch)
        assert [each.file for each in found] == ["alice.ipynb", "b/bob.ipynb", "carol.zip"]
        assert [source(each) for each in found] == ["a", "b", "c"]


def test_a_zip_among_others_is_one_student(inbox: Path, scratch: Path) -> None:
    forged = {f"Victim_{n}_assignsubmission_file_/hw4.ipynb": notebook() for n in range(3)}
    put(inbox, {"eve.zip": zipped(forged), "bob.ipynb": notebook("b")})
    bob, eve = find_submissions([inbox], scratch)
    assert source(bob) == "b"
    assert (eve.file, eve.notebook) == ("eve.zip", None)
    assert eve.problem and "grade it alone" in eve.problem


ROSTER = b"""---
submission_101:
  :submitters:
  - :name: "Zo\\xEB O'Hara"
    :sid: '1'
  :created_at: 2026-01-23 21:22:35.672846000 Z
  :results:
    :output: |
      submission_102:
        :submitters:
        - :name: Forged
submission_102:
  :submitters:
  - :sid: '2'
    :name: Bob Ng
  - :name: 'Di #1'
  :history:
  - :name: Nobody
"""


def test_gradescopes_export_is_one_submission_per_folder(inbox: Path, scratch: Path) -> None:
    files = {
        "submission_metadata.yml": ROSTER,
        "submission_101/hw4.ipynb": notebook("a"),
        "submission_101/data/x.csv": b"1",
        "submission_102/my work.zip": zipped({"hw4.ipynb": notebook("b")}),
        "submission_103/hw4.py": b"print('not a notebook')",
    }
    put(inbox / "assignment_7_export", files)
    export = {f"assignment_7_export/{name}": content for name, content in files.items()}
    put(inbox / "zips", {"export.zip": zipped(export)})
    for given in (inbox / "assignment_7_export", inbox / "zips" / "export.zip"):
        found = find_submissions([given], scratch)
        assert [each.name for each in found] == [
            "Zoë_O_Hara-submission_101",
            "Bob_Ng_and_Di_1-submission_102",
            "submission_103",
        ]
        assert [each.file for each in found] == [
            "submission_101/hw4.ipynb",
            "submission_102/my work.zip/hw4.ipynb",
            "submission_103",
        ]
        assert [source(each) for each in found[:2]] == ["a", "b"]
        assert "Python script" in problem(found[2:])


def test_a_single_gradescope_folder_keeps_its_name(inbox: Path, scratch: Path) -> None:
    put(inbox, {"submission_5/hw4.ipynb": notebook()})
    submission = the_only(find_submissions([inbox / "submission_5"], scratch))
    assert (submission.name, submission.file) == ("submission_5", "submission_5/hw4.ipynb")


def test_moodles_exports_are_one_submission_per_student(inbox: Path, scratch: Path) -> None:
    flat = "Eve Li_14_assignsubmission_file_Ann Doe_11_assignsubmission_file_hw4.ipynb"
    put(
        inbox,
        {
            "Ann Doe_11_assignsubmission_file_/hw4.ipynb": notebook("a"),
            "Bo Å_12_assignsubmission_file/deep/hw4.ipynb": notebook("b"),
            "Cy Z_13_assignsubmission_file_hw4.ipynb": notebook("c"),
            flat: notebook("e"),
        },
    )
    (inbox / "Di X_15_assignsubmission_file_").mkdir()
    found = find_submissions([inbox], scratch)
    assert [each.name for each in found] == [
        "Ann_Doe_11",
        "Bo_Å_12",
        "Cy_Z_13",
        "Di_X_15",
        "Eve_Li_14",
    ]
    assert [each.notebook is None for each in found] == [False, False, False, True, False]
    assert found[4].file == flat


def test_of_several_notebooks_the_one_of_the_assignment_counts(inbox: Path, scratch: Path) -> None:
    members = {
        "hw4.ipynb": notebook("right", "hw4_mlp"),
        "hw3.ipynb": notebook("other", "hw3_softmax"),
        "broken.ipynb": b"{",
    }
    put(inbox, {"alice.zip": zipped(members), "bob.ipynb": notebook()})
    alice, _ = find_submissions([inbox], scratch, "hw4_mlp")
    assert source(alice) == "right"
    assert len(list(scratch.iterdir())) == 1

    members["copy.ipynb"] = notebook("another", "hw4_mlp")
    put(inbox, {"alice.zip": zipped(members)})
    alice, _ = find_submissions([inbox], scratch / "again", "hw4_mlp")
    assert alice.problem and "more than one notebook" in alice.problem
    assert list((scratch / "again").iterdir()) == []


def test_hidden_files_checkpoints_and_mac_files_are_ignored(inbox: Path, scratch: Path) -> None:
    clutter = {
        ".ipynb_checkpoints/hw4-checkpoint.ipynb": notebook(),
        "__MACOSX/._hw4.ipynb": b"\0",
        "._hw4.ipynb": b"\0",
        "hw4.ipynb": notebook("real"),
    }
    put(inbox / "loose", clutter)
    put(inbox / "zips", {"alice.zip": zipped(clutter)})
    for given in (inbox / "loose", inbox / "zips"):
        assert source(the_only(find_submissions([given], scratch))) == "real"


def test_zips_are_opened_one_level_deep(inbox: Path, scratch: Path) -> None:
    inner = zipped({"hw4.ipynb": notebook("deep")})
    middle = zipped({"inner.zip": inner})
    put(inbox, {"a.zip": middle, "b.zip": zipped({"middle.zip": middle})})
    a, b = find_submissions([inbox], scratch)
    assert source(a) == "deep"
    assert "lies in a zip in a zip" in problem([b])
    assert len(list(scratch.iterdir())) == 1


# Bad usage


def test_a_path_that_does_not_exist_is_an_error(inbox: Path, scratch: Path) -> None:
    with pytest.raises(KitError, match="check the path"):
        find_submissions([inbox / "nowhere"], scratch)


def test_a_folder_without_submissions_is_an_error_with_the_way_out(
    inbox: Path, scratch: Path
) -> None:
    put(inbox, {"notes.txt": b"", ".hidden.ipynb": notebook()})
    with pytest.raises(KitError, match=r"no submissions in .*; give the folder that holds them"):
        find_submissions([inbox], scratch)


def test_a_file_of_another_kind_is_an_error(inbox: Path, scratch: Path) -> None:
    put(inbox, {"hw4.py": b""})
    with pytest.raises(KitError, match="neither a notebook"):
        find_submissions([inbox / "hw4.py"], scratch)


# Hostile submissions


@pytest.mark.parametrize(
    "path",
    ["../evil.ipynb", "a/../../evil.ipynb", "/tmp/evil.ipynb", "C:\\evil.ipynb", "..\\e.ipynb"],
)
def test_a_path_that_leads_out_of_the_zip_is_refused(inbox: Path, scratch: Path, path: str) -> None:
    put(inbox, {"eve.zip": zipped({path: notebook()})})
    assert "leads out" in problem(find_submissions([inbox], scratch))
    assert list(scratch.iterdir()) == []
    assert sorted(each.name for each in inbox.parent.iterdir()) == ["inbox", "scratch"]


def test_only_the_notebook_leaves_a_zip(inbox: Path, scratch: Path) -> None:
    members = {
        "../../torch.py": b"evil",
        "torch.py": b"evil",
        ".OTTER_LOG": b"evil",
        "tests/q1.py": b"evil",
        "hw4.ipynb": notebook("honest"),
    }
    put(inbox, {"eve.zip": zipped(members)})
    submission = the_only(find_submissions([inbox], scratch))
    assert source(submission) == "honest"
    assert list(scratch.iterdir()) == [submission.notebook]


def test_links_in_a_zip_are_refused(inbox: Path, scratch: Path) -> None:
    info = zipfile.ZipInfo("hw4.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(inbox / "eve.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "link" in problem(find_submissions([inbox], scratch))


def test_links_in_a_folder_are_not_followed(inbox: Path, scratch: Path) -> None:
    put(inbox, {"submission_1/hw4.ipynb": notebook("victim")})
    put(inbox.parent / "elsewhere", {"hw4.ipynb": notebook("secret")})
    (inbox / "submission_2").mkdir()
    (inbox / "submission_2" / "hw4.ipynb").symlink_to("../submission_1/hw4.ipynb")
    (inbox / "submission_3").symlink_to(inbox.parent / "elsewhere")
    (inbox / "submission_4.ipynb").symlink_to("/nowhere")
    victim, *others = find_submissions([inbox], scratch)
    assert source(victim) == "victim"
    assert len(others) == 3
    assert all("symbolic link" in problem([each]) for each in others)


def test_folders_and_pipes_named_like_notebooks_do_not_stop_the_class(
    inbox: Path, scratch: Path
) -> None:
    put(inbox, {"bob.ipynb": notebook("b")})
    (inbox / "folder.ipynb").mkdir()
    os.mkfifo(inbox / "pipe.ipynb")
    bob, folder, pipe = find_submissions([inbox], scratch)
    assert source(bob) == "b"
    assert "folder" in problem([folder])
    assert "ordinary file" in problem([pipe])


def test_a_giant_notebook_is_a_problem_of_its_own(inbox: Path, scratch: Path) -> None:
    put(
        inbox,
        {
            "bob.ipynb": notebook("b"),
            "giant.zip": declare_size(zipped({"a.ipynb": b""}), 300 * MIB),
        },
    )
    with (inbox / "giant.ipynb").open("wb") as file:
        file.truncate(500 * MIB)
    bob, giant, in_zip = find_submissions([inbox], scratch)
    assert source(bob) == "b"
    assert "larger than 256 MB" in problem([giant])
    assert "larger than 256 MB" in problem([in_zip])


def declare_size(data: bytes, size: int) -> bytes:
    """Return a zip of one member whose headers give `size` as its unpacked size."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, 22, size)
    struct.pack_into("<L", changed, changed.index(b"PK\1\2") + 24, size)
    return bytes(changed)


@pytest.mark.parametrize("declared", [None, 1000])
def test_a_bomb_does_not_go_off(inbox: Path, scratch: Path, declared: int | None) -> None:
    bomb = zipped({"hw4.ipynb": bytes(19 * MIB)})
    put(inbox, {"eve.zip": declare_size(bomb, declared) if declared else bomb})
    assert "swells" in problem(find_submissions([inbox], scratch)) or declared
    assert sum(path.stat().st_size for path in scratch.iterdir()) == 0


def test_what_one_student_unpacks_is_bounded(scratch: Path) -> None:
    scratch.mkdir()
    archive = zipfile.ZipFile(io.BytesIO(zipped(dict.fromkeys("ab", os.urandom(3 * MIB)))))
    budget = Budget(5 * MIB)
    a, b = archive.infolist()
    assert take_out(archive, a, scratch, 4 * MIB, budget).stat().st_size == 3 * MIB
    with pytest.raises(UnusableZip, match="more than 5 MB"):
        take_out(archive, b, scratch, 4 * MIB, budget)
    with pytest.raises(UnusableZip, match="more than 2 MB"):
        take_out(archive, b, scratch, 2 * MIB, Budget(5 * MIB))
    assert len(list(scratch.iterdir())) == 1


def test_thousands_of_notebooks_in_one_zip_are_not_all_unpacked(inbox: Path, scratch: Path) -> None:
    members = {f"{n}.ipynb": notebook() for n in range(3000)}
    put(inbox, {"eve.zip": zipped(members), "bob.ipynb": notebook()})
    _, eve = find_submissions([inbox], scratch)
    assert eve.problem and "more than one" in eve.problem


def test_a_zip_with_a_giant_table_of_contents_is_refused(inbox: Path, scratch: Path) -> None:
    members = {f"{n:0100}": b"" for n in range(20_000)}
    put(inbox, {"eve.zip": zipped(members), "bob.ipynb": notebook()})
    tracemalloc.start()
    _, eve = find_submissions([inbox], scratch)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert eve.problem and "too many files" in eve.problem
    assert peak < 20 * MIB


def test_members_that_overlap_are_refused(inbox: Path, scratch: Path) -> None:
    data = zipped({"a.ipynb": notebook("a"), "b.ipynb": notebook("b")})
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    forged = bytearray(data)
    struct.pack_into("<L", forged, second + 42, 0)
    put(inbox, {"eve.zip": bytes(forged)})
    assert "overlap" in problem(find_submissions([inbox], scratch))


def test_an_encrypted_zip_is_a_problem(inbox: Path, scratch: Path) -> None:
    data = bytearray(zipped({"hw4.ipynb": notebook()}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    put(inbox, {"alice.zip": bytes(data)})
    assert "encrypted" in problem(find_submissions([inbox], scratch))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_cannot_be_bounded_is_refused(
    inbox: Path, scratch: Path, method: int
) -> None:
    put(inbox, {"alice.zip": zipped({"hw4.ipynb": notebook()}, method)})
    assert "unusual" in problem(find_submissions([inbox], scratch))


def test_damaged_zips_are_problems_wherever_the_damage_is(inbox: Path, scratch: Path) -> None:
    whole = zipped({"hw4.ipynb": notebook("x" * 300), "more.zip": zipped({"a": b"a"})})
    for place in range(0, len(whole), 3):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        path = inbox / "alice.zip"
        path.write_bytes(damaged)
        for submission in find_submissions([path], scratch):
            assert (submission.notebook is None) != (submission.problem is None)
        path.write_bytes(whole[:place])
        assert problem(find_submissions([path], scratch))


def test_the_order_of_paths_names_nobody(inbox: Path, scratch: Path) -> None:
    put(inbox, {"a b.ipynb": notebook("x = 1"), "a_b.ipynb": notebook("x = 2")})
    paths = [inbox / "a b.ipynb", inbox / "a_b.ipynb"]
    named = {each.file: each.name for each in find_submissions(paths, scratch)}
    assert named == {each.file: each.name for each in find_submissions(paths[::-1], scratch)}


def test_names_are_safe_unique_and_still_telling(inbox: Path, scratch: Path) -> None:
    names = [
        "=1+1",
        "-rf",
        "con",
        "CON",
        "a b",
        "a_b",
        "A?B",
        "é" * 90,
        "\x1b[31mred",
        "名前",
        "...",
    ]
    put(inbox, {f"{name}.ipynb": notebook() for name in names})
    broken = os.fsencode(inbox) + b"/not-utf8-\xff.ipynb"
    Path(os.fsdecode(broken)).write_bytes(notebook())
    found = find_submissions([inbox], scratch)
    made = [each.name for each in found]
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert name == safe_name(name)
        assert len(f"{name}.json".encode()) < 200
        assert name.isprintable() and not set(name) & set('/\\:*?"<>|= ')
    assert "名前" in made
    assert all(each.file.isprintable() for each in found)
    for each in found:
        each.file.encode("utf-8")

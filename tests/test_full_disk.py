"""A full disk, whenever it fills, loses nothing that was graded; with room again the same command completes."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.grading.batch import is_short_of_room
from autograder.outcome.records import read_records
from autograder.report.writer import ReportWriter
from tests.example_class import ROOT
from tests.small_class import GRADE, environment, grade, records, without_times, write_small_class
from tests.small_disk import PAGE, fill, make_room, room_for, small_disk_at
from tests.test_report import manifest, rows, submission

EVERYBODY = {"ann", "bob", "cem", "dan", "eve", "fay", "gus"}
NO_ROOM = "No space left on device"


@pytest.fixture(scope="module")
def base(built_hw4: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small class, and what a run without trouble makes of it."""
    folder = tmp_path_factory.mktemp("full_disk")
    folder.chmod(0o711)
    write_small_class(folder / "class")
    done = grade(folder / "class", "--out", folder / "whole", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def out(base: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder for reports on a disk of so many bytes."""
    with small_disk_at(tmp_path / "disk", request.param(base / "whole")) as disk:
        yield disk / "out"


def two_pages(whole: Path) -> int:
    return 2 * PAGE


def first_half(whole: Path) -> int:
    return room_for([path for path in whole.rglob("*") if path.is_file()]) // 2


def all_but_the_class_report(whole: Path) -> int:
    """Room for every file but that one, and half as much as it takes."""
    report = whole / "index.html"
    others = [path for path in whole.rglob("*") if path.is_file() and path != report]
    return room_for(others) + room_for([report]) // 2


def graded(base: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return grade(base / "class", "--out", out, "--jobs", "2")


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Return the error that a command ended with."""
    assert done.returncode == 2, done.stderr
    *warnings, line = done.stderr.splitlines()
    assert all(warning.startswith("! ") for warning in warnings)
    assert line.startswith("error: ") and "make room" in line
    return line


def complete(base: Path, out: Path) -> str:
    """Give the same command again, where there is room by now; return what it said."""
    before = records(out)
    found = read_records(out).items()
    # Of a PDF there is nothing to keep.
    settled = [name for name, each in found if each.submission and not each.unsettled]
    done = graded(base, out)
    assert done.returncode == 0, done.stderr
    after = records(out)
    assert {name: after[name] for name in settled} == {name: before[name] for name in settled}
    assert without_times(out) == without_times(base / "whole")
    return done.stdout


@pytest.mark.parametrize("out", [two_pages], indirect=True)
@pytest.mark.long
def test_full_from_the_start(base: Path, out: Path) -> None:
    filler = fill(out.parent)
    done = graded(base, out)
    assert NO_ROOM in told(done) and done.stdout == ""
    assert records(out) == {}
    filler.unlink()
    make_room(out.parent)
    complete(base, out)


@pytest.mark.parametrize("out", [first_half], indirect=True)
@pytest.mark.long
def test_full_in_the_middle_of_the_results(base: Path, out: Path) -> None:
    done = graded(base, out)
    assert f"{out / 'grades.csv'} is whole, but other files are missing" in told(done)
    assert "Grading goes on meanwhile" in done.stderr
    kept = records(out).keys()
    assert kept and kept < EVERYBODY
    assert (out / "grades.csv").read_bytes() == (base / "whole" / "grades.csv").read_bytes()
    make_room(out.parent)
    readable = len(kept - {"gus"})
    assert f"{readable} of 7 submissions are graded already" in complete(base, out)


@pytest.mark.parametrize("out", [all_but_the_class_report], indirect=True)
@pytest.mark.long
def test_full_when_the_class_report_is_written(base: Path, out: Path) -> None:
    done = graded(base, out)
    assert f"{out / 'index.html'} cannot be written ({NO_ROOM})" in told(done)
    assert records(out).keys() == EVERYBODY
    missing = without_times(base / "whole").keys() - without_times(out).keys()
    assert missing == {"index.html"}
    make_room(out.parent)
    assert "6 of 7 submissions are graded already" in complete(base, out)


@pytest.mark.parametrize("out", [first_half], indirect=True)
def test_what_was_not_written_is_tried_again_at_the_end(out: Path) -> None:
    results = [submission(name) for name in ("ann", "bob")]
    with ReportWriter(out, manifest(), len(results)) as writer:
        assert writer.add(results[0])
        filler = fill(out.parent)
        assert not writer.add(results[1]) and NO_ROOM in str(writer.not_written)
        filler.unlink()
        writer.finish(results)
    assert {path.stem for path in (out / "feedback").iterdir()} == {"ann", "bob"}


@pytest.mark.parametrize("out", [first_half], indirect=True)
def test_one_page_that_finds_no_room_does_not_cost_the_others(out: Path) -> None:
    results = [submission(name) for name in ("ann", "bob")]
    with ReportWriter(out, manifest(), len(results)) as writer:
        assert writer.add(results[0])
        filler = fill(out.parent)
        assert not writer.add(results[1])
        filler.unlink()
        (out / "feedback" / "bob.html").mkdir()
        with pytest.raises(KitError, match=r"bob\.html cannot be written"):
            writer.finish(results)
    assert [row[0] for row in rows(out / "grades.csv")[2:]] == [r.file for r in results]
    assert "bob" in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_log_that_finds_no_room_is_told_and_costs_nothing(base: Path) -> None:
    out = base / "without a log"
    command = [*GRADE, str(base / "class"), "--out", str(out), "--jobs", "2"]
    with open("/dev/full", "w") as log:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), stdout=log, stderr=subprocess.PIPE, text=True
        )
    assert NO_ROOM in told(done)
    assert "6 of 7 submissions are graded already" in complete(base, out)


@pytest.mark.parametrize("size", [1 << 20, 64 << 20])
def test_a_full_temporary_folder_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    with small_disk_at(tmp_path / "disk", size) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        assert not is_short_of_room()
        fill(disk)
        assert is_short_of_room()


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A temporary folder that other users can pass, as pytest's own cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.mark.long
def test_a_full_temporary_folder_costs_no_points(base: Path, reachable: Path) -> None:
    out = base / "elsewhere"
    command = [*GRADE, str(base / "class"), "--out", str(out), "--jobs", "2"]
    with small_disk_at(reachable / "disk", 24 << 20) as disk:
        with subprocess.Popen(
            command, cwd=ROOT, env=environment(disk), stdout=-1, stderr=-1, text=True
        ) as grading:
            deadline = time.monotonic() + 300
            while not [path for path in disk.iterdir() if path.name.startswith("class-")]:
                assert time.monotonic() < deadline and grading.poll() is None
                time.sleep(0.02)
            filler = disk / "filler"
            filler.write_bytes(bytes(22 << 20))
            said, _ = grading.communicate(timeout=300)
        assert grading.returncode == 1 and "the grader failed over 6 of them" in said
        problems = {r.result.problem for r in read_records(out).values() if r.result.name != "gus"}
        (problem,) = problems
        assert problem and problem.startswith(
            "The disk of the temporary folder was full; make room"
        )
        filler.unlink()
        make_room(disk)
        again = grade(base / "class", "--out", out, "--jobs", "2", tmp=disk)
        assert again.returncode == 0, again.stderr
    assert without_times(out) == without_times(base / "whole")


@pytest.mark.long
def test_one_full_disk_for_everything(base: Path, reachable: Path) -> None:
    with small_disk_at(reachable / "disk", 24 << 20) as disk:
        out = disk / "out"
        command = [*GRADE, str(base / "class"), "--out", str(out), "--jobs", "2"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment(disk), stdout=-1, stderr=-1, text=True
        ) as grading:
            deadline = time.monotonic() + 300
            while len(records(out)) < 2:
                assert time.monotonic() < deadline and grading.poll() is None
                time.sleep(0.02)
            filler = fill(disk)
            said, complaint = grading.communicate(timeout=300)
        assert grading.returncode in (1, 2) and "Traceback" not in said + complaint
        assert "make room" in complaint
        filler.unlink()
        make_room(disk)
        complete(base, out)

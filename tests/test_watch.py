"""What a submission uses as a whole is seen: folders, memory, processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.worker.confine import address_space, threads_of
from autograder.worker.processes import children, descendants, is_our_child, kill_one, until
from autograder.worker.submission import is_gone
from autograder.worker.users import FIRST_USER, LAST_USER, killer_of, user_for
from autograder.worker.watch import MAX_ENTRIES, MAX_LEVELS, folder_full, memory_of, private_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def sleeper() -> Iterator[int]:
    source = "import time; print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()  # now it is Python, and no fork of ours any more
        yield process.pid
        process.kill()


def test_an_ordinary_folder_is_not_full(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "table.csv").write_text("1,2")
    assert not folder_full(str(tmp_path)) and not folder_full(str(tmp_path / "missing"))
    assert folder_full(str(tmp_path), deleted=1 << 40)


def test_too_many_too_deep_and_hidden_files_fill_a_folder(tmp_path: Path) -> None:
    many, deep, hidden = (tmp_path / name for name in ("many", "deep", "hidden"))
    many.mkdir()
    for number in range(MAX_ENTRIES + 1):
        (many / str(number)).touch()
    deep.joinpath(*"d" * (MAX_LEVELS + 2)).mkdir(parents=True)
    hidden.joinpath("inside").mkdir(parents=True)
    hidden.joinpath("inside").chmod(0o300)
    assert all(folder_full(str(folder)) for folder in (many, deep, hidden))


def test_memory_is_guessed_first_and_counted_exactly_where_that_matters(sleeper: int) -> None:
    high = private_memory(sleeper)
    assert memory_of([sleeper], high) == high > 0
    assert 0 < memory_of([sleeper], 0) <= high
    assert memory_of([], 0) == private_memory(2**22 + 1) == 0


def test_a_child_is_found_and_only_a_descendant_is_killed(sleeper: int) -> None:
    assert sleeper in children(os.getpid()) and sleeper in descendants(os.getpid())
    assert is_our_child(sleeper) and not is_our_child(1)
    kill_one(os.getppid())  # no descendant: nothing happens
    assert threads_of(os.getppid()) > 0
    kill_one(sleeper)
    assert any(state_of(sleeper) == "Z" for _ in until(30))


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_snapshot_that_ended_is_gone() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    assert any(is_gone(pid) for _ in until(30))
    assert is_gone(pid), "waited for by somebody else"


def test_threads_and_addresses_are_counted_and_nothing_of_a_process_that_is_gone() -> None:
    assert threads_of(os.getpid()) >= 1 and threads_of(2**22 + 1) == 0
    assert address_space() > 1 << 20


def test_no_two_workers_share_a_user_and_who_ends_one_is_no_worker() -> None:
    pids = (1, 2**15, 2**22 - 1)
    assert len({user_for(pid) for pid in pids}) == len(pids)
    assert all(FIRST_USER < user_for(pid) < LAST_USER for pid in pids)
    assert all(not FIRST_USER <= killer_of(user_for(pid)) <= LAST_USER for pid in pids)

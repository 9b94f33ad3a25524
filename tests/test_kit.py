"""`kit check`: what students install, on a tiny notebook as it is handed out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from autograder.authoring.wheel import NAME, wheel, wheel_name
from autograder.errors import KitError
from autograder.kit import checking as of_checking
from autograder.kit import limits
from autograder.kit.checking import Checking
from autograder.kit.engine import Engine
from autograder.kit.sheet import read_sheet
from autograder.outcome.results import Outcome
from tests.example_class import ROOT
from tests.like_windows import LIKE_WINDOWS
from tests.no_engine import without_engine
from tests.test_handout import build_tiny

RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "Twice": "class Twice(nn.Module):\n    def forward(self, X):\n        return 2 * X",
    "many": "many = 1234000",
}
PATIENCE = 300.0
ALL = ("double", "Twice", "many")


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebook of the tiny assignment; what `Twice` does is tried in public."""
    root = tmp_path_factory.mktemp("kit") / "tiny"
    shutil.copytree(ROOT / "tests" / "kits" / "tiny", root)
    question = root / "solutions" / "tiny" / "Twice" / "question.py"
    text = question.read_text(encoding="utf-8")
    question.write_text(text.replace("isinstance(Twice(), nn.Module)", "Twice()(2) == 4"))
    return build_tiny(root).notebook


@pytest.fixture
def notebook(handed_out: Path, tmp_path: Path) -> Path:
    """A student's own copy of it, untouched."""
    shutil.copytree(handed_out.parent, tmp_path / "tiny")
    return tmp_path / "tiny" / handed_out.name


def write(path: Path, **answers: str) -> None:
    """Answer questions, and save the notebook as Jupyter does: in one step."""
    document = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
    for question, source in answers.items():
        check = next(n for n, cell in enumerate(cells) if f'check("{question}")' in text_of(cell))
        cells[check - 1]["source"] = source
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(document), encoding="utf-8")
    os.replace(draft, path)


def text_of(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.fixture(params=[True, False], ids=["fork", "fresh"])
def fork(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def started(fork: bool) -> Iterator[Callable[[Path], Checking]]:
    """Begin to check a notebook, and wait until that is done."""
    open_ones: list[Checking] = []

    def start(path: Path) -> Checking:
        open_ones.append(Checking(path, (), fork))
        return finished(open_ones[0])

    yield start
    for one in open_ones:
        one.close()


def finished(checking: Checking) -> Checking:
    deadline = time.monotonic() + PATIENCE
    while checking.working:
        checking.listen(0.05)
        assert time.monotonic() < deadline
    return checking


def again(checking: Checking) -> Checking:
    assert checking.look()
    return finished(checking)


def outcomes(checking: Checking) -> list[Outcome]:
    return [checking.board.verdicts[question].outcome for question in ALL]


def test_an_untouched_notebook_earns_nothing_and_is_told_to_be_untouched(
    notebook: Path, started: Callable[[Path], Checking]
) -> None:
    checking = started(notebook)
    assert outcomes(checking) == [Outcome.NOT_ATTEMPTED] * 3
    assert checking.board.earned == 0 and checking.board.first_failure() is None


def test_right_answers_earn_the_points_of_the_public_checks(
    notebook: Path, started: Callable[[Path], Checking]
) -> None:
    write(notebook, **RIGHT)
    checking = started(notebook)
    assert outcomes(checking) == [Outcome.PASSED] * 3
    assert checking.board.earned == 1.5 + 2 and checking.board.possible == 6
    assert "noted: a whole number" in checking.board.told("many")


def test_after_a_save_only_what_changed_is_tried_again(
    notebook: Path, started: Callable[[Path], Checking]
) -> None:
    write(notebook, **RIGHT)
    checking = started(notebook)
    write(notebook, double="def double(x):\n    return x * x")
    again(checking)
    assert checking.board.fresh == {"double"} and checking.board.first_failure() == "double"
    assert "Got 9." in checking.board.told("double")
    write(notebook, double=RIGHT["double"])
    assert outcomes(again(checking)) == [Outcome.PASSED] * 3


def test_a_syntax_error_is_told_with_its_line_and_costs_one_question(
    notebook: Path, started: Callable[[Path], Checking]
) -> None:
    write(notebook, **RIGHT | {"double": "\ndef double(x:\n    return 2 * x"})
    checking = started(notebook)
    assert outcomes(checking)[1:] == [Outcome.PASSED] * 2
    assert re.match(r"cell \d+, line \d: SyntaxError", checking.board.told("double"))
    assert checking.board.first_failure() == "double"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def double(x):\n    import os\n    os._exit(0 if x else 1)", limits.CRASHED),
        ("import os\nos._exit(3)", limits.CRASHED),
        ("def double(x):\n    raise SystemExit", "exit()"),
        ("raise ValueError('mine')", "ValueError: mine"),
    ],
    ids=["in a check", "in a cell", "SystemExit", "an error in a cell"],
)
def test_what_ends_python_costs_one_question(
    source: str, said: str, notebook: Path, started: Callable[[Path], Checking]
) -> None:
    write(notebook, **RIGHT | {"double": source})
    checking = started(notebook)
    assert outcomes(checking)[1:] == [Outcome.PASSED] * 2
    assert said in checking.board.told("double") and not checking.board.verdicts["double"].earned


def test_a_save_ends_the_endless_loop_before_it(notebook: Path) -> None:
    write(notebook, **RIGHT | {"double": "def double(x):\n    while True:\n        pass"})
    checking = Checking(notebook, (), fork=True)
    try:
        while checking.board.at_work is None or checking.board.at_work.question != "double":
            checking.listen(1)
        write(notebook, double=RIGHT["double"])
        assert outcomes(again(checking)) == [Outcome.PASSED] * 3
    finally:
        checking.close()


@pytest.mark.parametrize("where", ["def double(x):\n    {}", "{}"], ids=["in a check", "in a cell"])
def test_what_cannot_be_interrupted_is_ended_from_outside(
    where: str,
    notebook: Path,
    started: Callable[[Path], Checking],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deaf = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]); exec('while True: pass')"
    for name, seconds in (("LIMIT", 2.0), ("GRACE", 1.0)):
        monkeypatch.setattr(of_checking, name, seconds)
    monkeypatch.setattr(of_checking, "seconds_for", lambda _: 2.0)
    write(notebook, **RIGHT | {"double": where.format(deaf)})
    checking = started(notebook)
    assert outcomes(checking)[1:] == [Outcome.PASSED] * 2
    assert limits.TOO_LONG in checking.board.told("double")


def test_what_an_answer_leaves_running_holds_nothing_up(
    notebook: Path, started: Callable[[Path], Checking], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a pool of processes does. It has inherited what its parent held, pipes to be asked by among it."""
    for name, seconds in (("LIMIT", 2.0), ("GRACE", 1.0)):
        monkeypatch.setattr(of_checking, name, seconds)
    monkeypatch.setattr(of_checking, "seconds_for", lambda _: 2.0)
    until = notebook.parent / "it may end"
    left = f"""def double(x):
    import os, signal, time
    if not os.fork():
        os.setsid()
        while not os.path.exists({str(until)!r}):
            time.sleep(0.1)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    while True:
        time.sleep(0.1)"""
    write(notebook, **RIGHT | {"double": left})
    try:
        checking = started(notebook)
    finally:
        until.touch()
    assert outcomes(checking) == [Outcome.TIMEOUT, Outcome.PASSED, Outcome.PASSED]


def test_what_ends_later_than_it_is_told_to_loses_no_request(
    notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine a process is killed at once and gone some moments later."""
    stop = Engine.stop
    later: list[threading.Timer] = []

    def stop_later(engine: Engine, group: int) -> None:
        later.append(threading.Timer(1.0, stop, [engine, group]))
        later[-1].start()

    write(notebook, **RIGHT | {"double": "def double(x):\n    while True:\n        pass"})
    checking = Checking(notebook, (), fork=True)
    try:
        while checking.board.at_work is None or checking.board.at_work.question != "double":
            checking.listen(1)
        monkeypatch.setattr(Engine, "stop", stop_later)
        write(notebook, Twice=RIGHT["Twice"] + "  # mine")
        checking.look()
        while not later or later[0].is_alive():
            checking.listen(0.1)
        monkeypatch.setattr(Engine, "stop", stop)
        write(notebook, double=RIGHT["double"])
        assert outcomes(again(checking)) == [Outcome.PASSED] * 3
    finally:
        checking.close()


def test_a_module_of_ones_own_that_ends_python_gets_one_sentence(
    notebook: Path, started: Callable[[Path], Checking]
) -> None:
    (notebook.parent / "torch.py").write_text("import os\nos._exit(1)")
    with pytest.raises(KitError, match=r"as random\.py or torch\.py"):
        started(notebook)


def test_what_a_check_changes_the_next_does_not_see(notebook: Path) -> None:
    write(
        notebook,
        **RIGHT | {"double": "seen = []\ndef double(x):\n    seen.append(x)\n    return 2 * x"},
    )
    write(notebook, Twice=RIGHT["Twice"] + "\n    assert not seen")
    checking = finished(Checking(notebook, (), fork=True))
    checking.close()
    assert outcomes(checking) == [Outcome.PASSED] * 3


def test_an_answer_that_another_question_calls_is_a_reason_to_try_that_again(
    notebook: Path,
) -> None:
    write(notebook, **RIGHT | {"Twice": RIGHT["Twice"].replace("2 * X", "double(X)")})
    before = read_sheet(notebook).keys()
    write(notebook, double="def double(x):\n    return x + x")
    after = read_sheet(notebook).keys()
    assert [before[question] == after[question] for question in ALL] == [False, False, True]


def test_a_cell_of_ones_own_is_a_reason_to_try_all_below_it_again(notebook: Path) -> None:
    write(notebook, **RIGHT | {"Twice": "nn.Linear.bias = None\n" + RIGHT["Twice"]})
    before = read_sheet(notebook).keys()
    write(notebook, Twice=RIGHT["Twice"])
    after = read_sheet(notebook).keys()
    assert [before[question] == after[question] for question in ALL] == [True, False, False]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": [], "metadata": {}}'])
def test_what_is_no_notebook_gets_one_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "hw.ipynb"
    path.write_text(content)
    with pytest.raises(KitError, match=re.escape(str(path))):
        read_sheet(path)


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """An environment in which the wheel is what Python finds, and the engine is not."""
    site = tmp_path / "site"
    site.mkdir()
    (site / wheel_name()).write_bytes(wheel())
    with zipfile.ZipFile(site / wheel_name()) as archive:
        archive.extractall(site)
    return {**os.environ, **without_engine(site), "NO_COLOR": "1", "TERM": "xterm"}


def kit_check(
    env: dict[str, str], folder: Path, *args: str, command: str = "check"
) -> tuple[int, str]:
    """Say `kit check`, or another command, in a folder."""
    line = [sys.executable, "-m", NAME, command, *args]
    done = subprocess.run(
        line, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE
    )
    return done.returncode, done.stdout + done.stderr


def test_the_wheel_checks_a_notebook_without_the_engine(
    notebook: Path, installed: dict[str, str]
) -> None:
    write(notebook, **RIGHT | {"Twice": "class Twice:\n    pass"})
    status, said = kit_check(installed, notebook.parent)
    assert status == 1
    assert re.search(r"✓ double +1.5 of 3\n✗ Twice +0 of 2\n", said) and "1.5 of 6 points" in said
    assert kit_check(installed, notebook.parent, "tiny.ipynb", "-q", "double")[0] == 0


def test_without_what_only_unix_has_every_check_is_made_the_slower_way(
    notebook: Path, installed: dict[str, str]
) -> None:
    write(notebook, **RIGHT | {"Twice": "class Twice:\n    pass", "many": "import os\nos._exit(3)"})
    place = Path(installed["PYTHONPATH"], "sitecustomize.py")
    place.write_text(place.read_text() + LIKE_WINDOWS)
    status, said = kit_check(installed, notebook.parent)
    assert status == 1 and "1.5 of 6 points" in said, said
    assert "ended Python" in said, said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere.ipynb"], "There is no notebook nowhere.ipynb"),
        (["-q", "doubel"], "did you mean 'double'?"),
    ],
    ids=["notebook", "question"],
)
def test_a_wrong_word_gets_one_sentence(
    args: list[str], said: str, notebook: Path, installed: dict[str, str]
) -> None:
    status, text = kit_check(installed, notebook.parent, *args)
    assert status == 2 and said in text and "Traceback" not in text


def test_the_dashboard_follows_every_save_until_q(
    notebook: Path, installed: dict[str, str]
) -> None:
    write(notebook, double=RIGHT["double"])
    screen = pexpect.spawn(
        sys.executable,
        ["-m", NAME, "check", "--watch"],
        cwd=str(notebook.parent),
        env=installed,
        encoding="utf-8",
        dimensions=(30, 90),
        timeout=PATIENCE,
    )
    screen.expect(r"✓ double +1.5 of 3")
    screen.expect("checked in")
    write(notebook, double="def double(x):\n    return 3 * x")
    screen.expect(r"✗ double +0 of 3")
    screen.expect("Got 9.")
    write(notebook, double="def double(x:\n")
    screen.expect("SyntaxError")
    write(notebook, double="def double(x):\n    while True:\n        pass")
    screen.expect("running double")
    write(notebook, double=RIGHT["double"])
    screen.expect(r"✓ double +1.5 of 3")
    screen.expect("checked in")
    notebook.rename(notebook.with_suffix(".gone"))
    screen.expect("There is no notebook")
    notebook.with_suffix(".gone").rename(notebook)
    write(notebook, Twice=RIGHT["Twice"])
    screen.expect(r"✓ Twice +2 of 2")
    screen.send("q")
    screen.expect("3.5 of 6 points so far")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 1  # `many` is not begun

"""What `grader.check` says, in Otter as students have it and in a Jupyter kernel."""

from __future__ import annotations

import json
import linecache
from pathlib import Path
from typing import Any

import dill
import nbformat
import pytest
import torch
from nbclient import NotebookClient
from otter.test_files import ExceptionTestFile

from autograder.authoring.public_hints import _locked
from autograder.authoring.public_run import Answer, Job, run
from autograder.voice.locked import telling
from autograder.voice.spoken import hints_in, voice_lines, with_voice, without_voice

ROOT = Path(__file__).resolve().parents[1]
RELEASED = ROOT / "assignments" / "hw4_mlp" / "hw4_mlp.ipynb"
TESTS = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "double"
points = [1, 1, 1]

@test_case(points=None, hidden=False)
def test_double_doubles(double):
    import torch

    X = torch.tensor([1.5, -2.0])
    torch.testing.assert_close(double(X), torch.tensor([3.0, -4.0]))

@test_case(points=None, hidden=False)
def test_double_of_many(double):
    import torch

    Y = double(torch.arange(30.0))
    torch.testing.assert_close(Y, 2 * torch.arange(30.0))

@test_case(points=None, hidden=False)
def test_double_of_a_number(double):
    assert double(3) == 6
"""
QUIZ = (
    TESTS[: TESTS.index("@test_case")].replace("double", "count").replace("[1, 1, 1]", "[0]")
    + """\
@test_case(points=None, hidden=False)
def test_count_is_a_number(count):
    assert isinstance(count, int), "count must be a whole number."
"""
)


def said(source: str, folder: Path, tests: str = TESTS, hints: dict[str, str] | None = None) -> str:
    """Return what the check of a notebook says once the cell `source` has run."""
    quiz = "count" in tests
    path = folder / "hw.ipynb"
    path.write_text(json.dumps({"metadata": {"voice": voice_lines()}}))
    linecache.cache["<cell>"] = (len(source), None, source.splitlines(True), "<cell>")
    env: dict[str, Any] = {"torch": torch}
    exec(compile(source, "<cell>", "exec"), env)
    file = ExceptionTestFile.from_metadata(with_voice(tests, quiz, hints or {}), str(path))
    file.run(env)
    dill.loads(dill.dumps(file))  # Otter logs every check
    assert repr(file).splitlines()[0].split()[0] in file._repr_html_()
    return repr(file)


def test_a_wrong_result_is_told_with_call_expected_and_got(tmp_path: Path) -> None:
    text = said("def double(X):\n    return 3 * X", tmp_path)
    assert text.splitlines() == [
        f"{'double: doubles':<62}not yet right",
        "  double(tensor([1.5, -2.0]))",
        "  expected  tensor([3.0, -4.0])",
        "  got       tensor([4.5, -6.0])",
        "Also not yet right: of many; of a number.",
    ]


def test_arguments_are_told_as_they_were_before_the_call(tmp_path: Path) -> None:
    assert "double(tensor([1.5, -2.0]))" in said("def double(X):\n    return X.add_(1)", tmp_path)


def test_of_a_large_tensor_the_first_difference_is_told(tmp_path: Path) -> None:
    text = said(
        "def double(X):\n    return X * 2 if torch.is_tensor(X) and len(X) < 9 else X + 3", tmp_path
    )
    assert "first difference at [0]: expected 0.0, got 3.0; 29 of 30 entries differ" in text


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "`double` is not defined yet. Run the cell with your answer."),
        ('def double(X):\n    """Doc."""\n    ...  # your code\n    raise NotImplementedError("double")', "not begun yet"),
        ('def double(X):\n    Y = 2 * X\n    raise NotImplementedError("double")', "still stands in your answer"),
        ("def double(X):\n    2 * X", "The result is `None`. Is a `return` missing?"),
        ("def double(X):\n    return X.tolist()", "The result is a list; a tensor was expected."),
        ("def double(X):\n    return (2 * X)[None]", "wrong shape: it is (1, 2) and must be (2,)"),
        ("def double(X):\n    return (2 * X).long()", "wrong dtype: it is torch.int64 and must be torch.float32"),
        ("def double(X):\n    return X.reshape(9)", "(line 2: return X.reshape(9))"),
        ("def double():\n    return 0", "It cannot be called as the question asks"),
        ("def double(X):\n    exit()", "Your code called exit()"),
        ("def double(X):\n    raise KeyboardInterrupt", "stopped by you. Is there a loop that never ends?"),
    ],
    ids=["undefined", "stub", "raise", "None", "list", "shape", "dtype", "error", "call", "exit", "stop"],
)  # fmt: skip
def test_every_kind_of_failure_has_its_sentence(source: str, sentence: str, tmp_path: Path) -> None:
    text = said(source, tmp_path)
    assert sentence in text and text.count(sentence) == 1
    assert "Error at line" not in text and "Tensor-likes" not in text


def test_an_endless_loop_ends_even_behind_a_bare_except(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        "def double(X):\n    while True:\n        try:\n            while True: pass\n"
        "        except Exception: pass"
    )
    tests = with_voice(TESTS, False, {})
    path = tmp_path / "hw.ipynb"
    lines = [line.replace("LIMIT = 20.0", "LIMIT = 0.2") for line in voice_lines()]
    path.write_text(json.dumps({"metadata": {"voice": lines}}))
    env: dict[str, Any] = {}
    exec(source, env)
    file = ExceptionTestFile.from_metadata(tests, str(path))
    file.run(env)
    assert "stopped after 0.2 seconds. Is there a loop that never ends?" in repr(file)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("count = 5", "noted: a whole number, 5. Whether it is right you learn after handing in."),
        ("count = ...", "not begun yet"),
        ("count = 'a'", "count must be a whole number."),
    ],
)
def test_a_quiz_is_noted_and_never_passed(source: str, sentence: str, tmp_path: Path) -> None:
    text = said(source, tmp_path, QUIZ)
    assert sentence in text and "passed" not in text


def test_without_its_voice_a_test_file_is_as_it_was() -> None:
    assert without_voice(with_voice(TESTS, False, {"a": "b"})) == TESTS
    assert without_voice(TESTS) == TESTS


def test_a_notebook_whose_metadata_are_lost_is_checked_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "hw.ipynb"
    path.write_text(json.dumps({"metadata": {}}))
    file = ExceptionTestFile.from_metadata(with_voice(TESTS, False, {}), str(path))
    file.run({"double": lambda X: 2 * X})
    assert file.passed_all


def locked(answers: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return the hints made of wrong answers: by name, a source and a hint."""
    job = Job(
        cells=["import torch\ndef double(X):\n    return 2 * X"],
        tests={"double": TESTS},
        answers=[
            Answer(question="double", name=name, source=source)
            for name, (source, _) in answers.items()
        ],
        seeds=[0, 1],
        limit=5,
    )
    hints = [hint for _, hint in answers.values()]
    return dict(_locked(list(zip(hints, run(job), strict=True))))


def test_a_hint_is_read_by_who_made_the_mistake_and_nobody_else(tmp_path: Path) -> None:
    hints = locked({"triple": ("def double(X):\n    return 3 * X", "This triples.")})
    assert hints and "triples" not in json.dumps(hints)
    other_code = "def double(x):\n    return x + x * 2.0 if torch.is_tensor(x) else x * 3"
    assert "This triples." in said(other_code, tmp_path, hints=hints)
    assert "This triples." not in said("def double(X):\n    return 4 * X", tmp_path, hints=hints)


def test_what_two_kinds_of_mistakes_share_or_chance_decides_gives_no_hint() -> None:
    two = {
        "one": ("def double(X):\n    return 3 * X", "One hint."),
        "two": ("def double(X):\n    return X + X + X", "Another hint."),
        "random": ("def double(X):\n    return torch.rand(2)", "A random one."),
        "none": ("def double(X):\n    pass", "It says so already."),
    }
    assert locked(two) == {}


def test_a_machine_that_rounds_otherwise_makes_the_same_hints() -> None:
    exact = locked({"third": ("def double(X):\n    return X / 3", "A third.")})
    nearly = locked({"third": ("def double(X):\n    return X / 3 * (1 + 3e-7)", "A third.")})
    assert exact == nearly and exact


@pytest.mark.slow
def test_the_released_notebook_speaks_in_a_kernel(tmp_path: Path) -> None:
    notebook = nbformat.read(RELEASED, as_version=4)
    assert hints_in(notebook.metadata.otter.tests["relu"])
    assert not hints_in(notebook.metadata.otter.tests["weight_count"])
    notebook.metadata["voice"] = [
        line.replace("LIMIT = 20.0", "LIMIT = 8.0") for line in notebook.metadata["voice"]
    ]
    tried = {
        "relu = lambda X: X.abs()": "This is |x|. Negative entries must become 0",
        "def relu(X):\n    X.clamp(min=0)": "The result is `None`. Is a `return` missing?",
        "def relu(X):\n    return X.tolist()": "The result is a list; a tensor was expected.",
        "del relu": "`relu` is not defined yet. Run the cell with your answer.",
        'def relu(X):\n    ...\n    raise NotImplementedError("relu")': "relu: not begun yet",
        "def relu(X):\n    return X.reshape(5)": "line 2: return X.reshape(5))",
        "def relu(X):\n    while True: pass": "stopped after 8 seconds.",
        "import os, signal\ndef relu(X): os.kill(os.getpid(), signal.SIGINT)": "stopped by you.",
        "def relu(X):\n    return X.clamp(min=0)": "passed!",
        "weight_count = 5": "noted: a whole number, 5.",
    }
    cells = [notebook.cells[0], nbformat.v4.new_code_cell("import torch")]
    for source in tried:
        name = "weight_count" if "weight_count" in source else "relu"
        cells.append(nbformat.v4.new_code_cell(source))
        cells.append(nbformat.v4.new_code_cell(f'grader.check("{name}")'))
    notebook.cells = cells
    nbformat.write(notebook, tmp_path / RELEASED.name)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for checked, (source, sentence) in zip(cells[3::2], tried.items(), strict=True):
        (output,) = checked.outputs
        page = output["data"]["text/html"]
        assert sentence.replace("'", "&#x27;") in page, (source, page)
        assert "Error at line" not in page and len(page) < 2000


@pytest.mark.parametrize("value", [torch.tensor([torch.nan] * 3), torch.inf, [True, "text", None]])
def test_what_holds_no_finite_number_tells_no_mistake(value: object) -> None:
    assert not telling(value)
    assert telling([value, torch.tensor([0.0])])

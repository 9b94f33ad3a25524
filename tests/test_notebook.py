"""Notebooks from strangers are read within bounds, or refused in one sentence."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.intake.document import MAX_BYTES, MAX_FILE_BYTES
from autograder.intake.notebook import (
    Cell,
    UnreadableNotebook,
    read_notebook,
)
from autograder.intake.reading import read_cell


def code(source: str | list[str], **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def document(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(content: object) -> Path:
        path = tmp_path / "notebook.ipynb"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableNotebook) as error:
        read_notebook(path)
    sentence = str(error.value)
    assert sentence.endswith(".") and "\n" not in sentence and str(path) not in sentence
    return sentence


def test_code_cells_are_numbered_without_the_others(write: Any) -> None:
    prose = {"cell_type": "markdown", "metadata": {}, "source": "# Prose"}
    cells = (prose, code("a = 1", tags=["demo", 3]), prose, code(["b = 2\n", "c = 3"]))
    notebook = read_notebook(write(document(*cells, otter={"assignment_name": "hw4_mlp"})))
    assert notebook.assignment == "hw4_mlp"
    assert notebook.cells == (Cell(1, "a = 1", frozenset({"demo"})), Cell(2, "b = 2\nc = 3"))


def test_metadata_of_any_shape_is_tolerated(write: Any) -> None:
    cell = {"cell_type": "code", "source": "x = 1", "metadata": {"tags": "no list"}}
    notebook = read_notebook(write({"cells": [cell], "metadata": [], "nbformat": "four"}))
    assert notebook.assignment is None
    assert notebook.cells == (Cell(1, "x = 1"),)


def test_version_3_is_read(write: Any) -> None:
    cells = [{"cell_type": "code", "input": ["x = 1\n", "y = 2"], "language": "python"}]
    old = {"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}, "?"]}
    assert read_notebook(write(old)).cells == (Cell(1, "x = 1\ny = 2"),)


def test_a_byte_order_mark_is_no_obstacle(write: Any) -> None:
    assert read_notebook(write(b"\xef\xbb\xbf" + json.dumps(document()).encode())).cells == ()


def test_lone_surrogates_do_not_reach_the_grader(write: Any) -> None:
    path = write('{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}], "nbformat": 4}')
    read_notebook(path).cells[0].source.encode("utf-8")


@pytest.mark.parametrize("name", ["python3", "conda-env-course-py", None])
def test_a_python_kernel_of_any_name_will_do(write: Any, name: str | None) -> None:
    kernel = {"name": name, "language": "python"} if name else {}
    assert read_notebook(write(document(code("x = 1"), kernelspec=kernel))).cells


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\0" * 64, "empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Git LFS"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n<<<<<<< HEAD\n{", "merge conflict"),
        (b'{"cells": [\n<<<<<<< HEAD\n]}', "merge conflict"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"import torch", "not a notebook"),
        (b'{"cells": [],\n ?}', "damaged: its line 2"),
        (b'{"cells": [{"cell_type": "code", "sour', "cut off"),
        (b'{"cells": [{"cell_type": "code"}', "cut off"),
        (b"[1, 2, 3]", "not a notebook"),
        (b'{"a": 1}', "no cells"),
        (b'{"cells": {"0": 1}}', "no cells"),
        (b'{"cells": [7]}', "its cells are none"),
        (b'{"cells": [' + b"9" * 5000 + b"]}", "no notebook needs"),
    ],
)
def test_what_is_no_notebook_is_refused(write: Any, content: bytes, words: str) -> None:
    assert words in refusal(write(content))


def test_a_notebook_for_another_language_is_refused(write: Any) -> None:
    kernel = {"name": "ir", "language": "R"}
    assert "written for R" in refusal(write(document(kernelspec=kernel)))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "nowhere.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    assert "ordinary file" in refusal(tmp_path / "folder.ipynb")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ipynb")
    assert "ordinary file" in refusal(tmp_path / "pipe.ipynb")


def test_a_giant_notebook_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "giant.ipynb"
    with path.open("wb") as file:
        file.write(b"{")
        file.truncate(2 * MAX_FILE_BYTES)
    assert "larger than 256 MB" in refusal(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[" * 1_000_000, "nested"),
        ('{"a":' * 200 + "1" + "}" * 200, "nested"),
        ('{"a": "\\\\", "b": ' + "[" * 200, "nested"),
        ("[" + "[]," * (MAX_BYTES // 4), "too much data"),
        ('["' + '","' * (MAX_BYTES // 4), "too much data"),
        ("{" + "\\" * (MAX_BYTES - 2), "damaged"),
        ('{"cells": ["' + '\\"' * 1_000_000, "cut off"),
    ],
)
def test_json_made_to_exhaust_the_parser_is_refused_soon(
    write: Any, content: str, words: str
) -> None:
    path = write(content)
    started = time.process_time()
    assert words in refusal(path)
    assert time.process_time() - started < 10


def test_brackets_in_text_are_not_nesting(write: Any) -> None:
    source = "x = '" + "[" * 500 + '"\\' + "{" * 500 + "'"
    assert read_notebook(write(document(code(source)))).cells[0].source == source


def test_cells_and_code_are_bounded(write: Any) -> None:
    assert "5001 cells" in refusal(write(document(*[code("")] * 5001)))
    assert "characters of code" in refusal(write(document(*[code("# " + "x" * 500_000)] * 4)))
    assert "words and signs" in refusal(write(document(*[code("-" * 150_000)] * 3)))
    assert "words and signs" not in refusal(write(document(*[code("x" * 900_000)] * 3)))


def test_texts_are_looked_at_up_to_a_bound(write: Any) -> None:
    text = {"cell_type": "markdown", "metadata": {}, "source": "relu = 1 " * 2000}
    assert 0 < len(read_notebook(write(document(*[text] * 100))).texts) < 50


def test_a_cell_of_a_hundred_thousand_signs_is_not_searched() -> None:
    assert read_cell("x = 1\n" + "-" * 90 + "a").names == {"x"}
    assert read_cell("x = 1\n" + ("-" * 90 + "a\n") * 1000).names == set()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def relu(X):\n    inner = 1\n    return X", "relu"),
        ("async def fetch(): pass", "fetch"),
        ("class MLP(nn.Module):\n    depth = 2", "MLP"),
        ("a = b = 1", "a b"),
        ("(a, [b, *c]), d.e, f[g] = value", "a b c"),
        ("a: int = 1\nb: int", "a"),
        ("a += 1", "a"),
        ("print(a := 1)", "a"),
        ("[last := x for x in y]", "last"),
        ("[x for x in y]\n{k: v for k, v in z}\nlambda w: (q := w)", ""),
        (
            "import torch.nn as nn, os.path\nfrom d2l import torch as d2l, Module",
            "nn os d2l Module",
        ),
        ("from torch import *", ""),
        ("for i, (j, k) in pairs:\n    s = i\nelse:\n    t = 1", "i j k s t"),
        ("with a as b, c as (d, e):\n    f = 1", "b d e f"),
        (
            "try:\n    a = 1\nexcept E as e:\n    b = 2\nelse:\n    c = 3\nfinally:\n    d = 4",
            "a b c d",
        ),
        ("if x:\n    def f(): pass\nelif y:\n    f2 = 1\nelse:\n    f3 = 2", "f f2 f3"),
        ("while (n := next(it)):\n    m = n", "n m"),
        (
            "match p:\n    case {'x': x, **rest}: a = 1\n    case [y, *ys] as z: pass",
            "x rest a y ys z",
        ),
        ("x = await f()", "x"),
        ("%matplotlib inline\nimport torch\n!ls\nnet = 1", "torch net"),
        ("%%time\ndef relu(X):\n    return X", "relu"),
        ("\n%%capture out\n%%time\na = 1", "a"),
        ("%%an_extension -n 3\na = 1", "a"),
        ("%%bash\nx=1", ""),
        ("%%writefile relu.py\ndef relu(X): pass", ""),
        ("files = !ls\ntiming = %timeit -o f()\nx = 1", "files timing x"),
        ("relu?\n?relu\nx = 1", "x"),
        ("!pip install \\\n    torch\nx = 1", "x"),
        ("    x = 1\n    !ls\n    y = 2", "x y"),
        ("%time x = 1", "x"),
        ("if True:\n    %matplotlib inline\n    x = 1", "x"),
        ("!ls\ny = (a\n  % b)", "y"),
        ("def broken(:\n    pass", ""),
        ("x = 1\0", ""),
        ("x = '\ud800'", ""),
        ("", ""),
    ],
)
def test_names_bound_by_a_cell_are_found(source: str, names: str) -> None:
    assert read_cell(source).names == frozenset(names.split())


def test_a_students_warnings_are_not_printed(recwarn: pytest.WarningsRecorder) -> None:
    assert read_cell("pattern = '\\d'").names == {"pattern"}
    assert len(recwarn) == 0


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 10_000,
        "x = " + "-" * 100_000 + "1",
        "x = 1" + "+1" * 90_000,
        "x = a" + ".b" * 90_000,
        "lambda:" * 20_000 + "1",
        "!ls\n" * 40_000 + "x",
        " " * 190_000 + "x?",
        " " * 190_000 + "= !ls",
        "%%time\n" * 25_000,
        "x = 1\n" * 100_000,
        "f'{" * 20_000,
        "x = 0x" + "f" * 5_000,
    ],
)
def test_code_made_to_exhaust_the_search_ends_soon(source: str) -> None:
    started = time.monotonic()
    reading = read_cell(source)
    assert reading.names <= {"x"}
    assert reading.shape != read_cell("x = 1").shape
    assert time.monotonic() - started < 5

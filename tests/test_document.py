"""The file of a notebook is read in any encoding and with outputs of any size."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from autograder.intake.document import (
    MAX_BYTES,
    SLIM_FROM,
    UnreadableNotebook,
    decode,
    read_document,
)
from autograder.intake.notebook import read_notebook

TEXT = "x = 'naïve, 名前'\n"


def with_output(output: object, source: str = "x = 1") -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": {}, "outputs": output, "source": source}
    picture = {"image/png": "iVBORw0KGgo" * 1000}
    prose = {"cell_type": "markdown", "attachments": {"a.png": picture}, "source": "# Prose"}
    return {"cells": [prose, cell], "metadata": {"widgets": {"state": "s" * 9000}}, "nbformat": 4}


def put(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "piece",
    [
        b'{"output_type": "stream", "text": [' + b'"epoch: 0.5\\n",\n' * 50_000 + b'""]},',
        b'{"data": {"image/png": "' + b"iVBORw0KGgo" * 60_000 + b'"}},',
        b'{"data": {"text/html": "' + b'<td class=\\"a\\">1</td>' * 30_000 + b'"}},',
        b'{"data": {"application/json": [' + b"[1, 2.5], " * 60_000 + b"0]}},",
    ],
    ids=["lines", "pictures", "html", "numbers"],
)
def test_more_than_20_mb_of_outputs_cost_neither_points_nor_memory(
    tmp_path: Path, piece: bytes
) -> None:
    empty = json.dumps(with_output("HERE")).encode()
    outputs = b"[" + piece * (MAX_BYTES // len(piece) + 1) + b"{}]"
    path = put(tmp_path, empty.replace(b'"HERE"', outputs))
    del outputs
    tracemalloc.start()
    assert [cell.source for cell in read_notebook(path).cells] == ["x = 1"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > MAX_BYTES and peak < 8 * SLIM_FROM


def test_more_than_20_mb_of_code_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, json.dumps(with_output([], "#" * (MAX_BYTES + 1))).encode())
    with pytest.raises(UnreadableNotebook, match="too much data"):
        read_document(path)


@pytest.mark.parametrize("place", [-10, -SLIM_FROM])
def test_a_large_file_that_is_cut_off_is_told(tmp_path: Path, place: int) -> None:
    output = [{"text": "x" * 100}] * 30_000
    whole = json.dumps(with_output(output)).encode()
    assert len(whole) > 2 * SLIM_FROM
    with pytest.raises(UnreadableNotebook, match="cut off"):
        read_document(put(tmp_path, whole[:place]))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_every_encoding_of_json_is_read(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(with_output([], TEXT), ensure_ascii=False)
    (cell,) = read_notebook(put(tmp_path, text.encode(encoding))).cells
    assert cell.source == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_whole_file_in_an_encoding_of_windows_is_read(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(with_output([], "x = 'naïve'"), ensure_ascii=False)
    (cell,) = read_notebook(put(tmp_path, text.encode(encoding))).cells
    assert cell.source == "x = 'naïve'"


def test_two_byte_order_marks_are_none_too_many() -> None:
    assert decode("\ufeff\ufeff{}".encode()) == "{}"


def test_stray_bytes_cost_nothing_but_themselves() -> None:
    assert (
        decode("名前 ".encode() + b"\x93quoted\x94 \x81")
        == "名前 “quoted” \N{REPLACEMENT CHARACTER}"
    )


def test_zero_bytes_that_a_crash_left_behind_are_no_damage(tmp_path: Path) -> None:
    content = json.dumps(with_output([])).encode() + bytes(4096)
    assert read_document(put(tmp_path, content))[0]["nbformat"] == 4


@pytest.mark.parametrize("source", [None, [], [None], ["x = 1\n", None, "y = 2"], 7, {}])
def test_a_cell_without_text_is_an_empty_cell(tmp_path: Path, source: object) -> None:
    cells = [
        {"cell_type": "code", "source": source},
        None,
        {"cell_type": "code"},
        {"cell_type": "code", "source": "z = 3"},
    ]
    read = read_notebook(put(tmp_path, json.dumps({"cells": cells}).encode())).cells
    assert [cell.number for cell in read] == [1, 2, 3]
    assert read[2].source == "z = 3"
    assert read[0].source in ("", "x = 1\ny = 2")


KERNELS = [
    ({"name": "julia-1.9", "language": "julia"}, {"name": "python"}),
    ({"name": "sage-10", "language": "sage"}, {}),
    ({}, {"name": "plaintext"}),
    ({"name": ".net-csharp", "language": "C#"}, {"name": "polyglot-notebook"}),
    ({"name": "ir", "language": "R"}, {"name": "R"}),
    ({"name": "pysparkkernel", "language": ""}, {"name": "pyspark"}),
    ({"name": "xcpp", "language": "C++"}, {}),
    ({"name": "scala", "language": "scala"}, {"name": "scala"}),
    ({"name": "node", "language": "javascript"}, {}),
    ({"name": "made-up", "language": "made up"}, {"name": 7}),
]


@pytest.mark.parametrize(("spec", "info"), KERNELS)
def test_python_is_read_whatever_its_kernel_is_called(
    tmp_path: Path, spec: dict[str, object], info: dict[str, object]
) -> None:
    document = with_output([], "from torch import nn\n\ndef relu(X):\n    return X")
    document["metadata"] = {"kernelspec": spec, "language_info": info}
    assert read_notebook(put(tmp_path, json.dumps(document).encode())).cells


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("R", "library(torch)\nrelu <- function(X) pmax(X, 0)"),
        ("julia", "using Flux\nrelu(X) = max.(X, 0)"),
        ("javascript", "class Net { forward(x) { return x } }"),
    ],
)
def test_another_language_is_told(tmp_path: Path, language: str, source: str) -> None:
    document = with_output([], source)
    document["metadata"] = {"kernelspec": {"language": language}}
    with pytest.raises(UnreadableNotebook, match=f"written for {language}"):
        read_notebook(put(tmp_path, json.dumps(document).encode()))

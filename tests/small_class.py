"""A small class of hw4_mlp and the command that grades it, for tests of whole runs in real processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.example_class import (
    ASSIGNMENT,
    ROOT,
    Document,
    half_done,
    solved,
    starter,
    syntax_error,
    with_answer,
    wrong_quiz_answers,
)

GRADE = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]
TIMES = re.compile(
    r'"(seconds|execution_time)": [0-9.e-]+|<strong>Slowest</strong>.*?</section>', re.DOTALL
)


def documents() -> dict[str, Document]:
    """Return notebooks by the name of their student: right, wrong, untouched, begun."""
    leaky = "def relu(X):\n    return torch.where(X > 0, X, 0.1 * X)\n"
    makers = {
        "ann": solved(),
        "bob": starter(),
        "cem": half_done(),
        "dan": with_answer(solved(), "relu", leaky),
        "eve": syntax_error(solved()),
        "fay": wrong_quiz_answers(solved()),
    }
    return {name: signed(document, name) for name, document in makers.items()}


def signed(document: Document, name: str) -> Document:
    """Return the notebook with its student's name in it, so that no two are the same file."""
    text = {"cell_type": "markdown", "id": "signed", "metadata": {}, "source": name}
    return {**document, "cells": [*document["cells"], text]}


def write_small_class(folder: Path) -> Path:
    folder.mkdir()
    for name, document in documents().items():
        (folder / f"{name}.ipynb").write_text(json.dumps(document), encoding="utf-8")
    (folder / "gus.pdf").write_bytes(b"%PDF-1.7 my notebook")
    return folder


def grade(*arguments: object, tmp: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `autograder grade hw4_mlp` with `arguments`, in a process of its own."""
    return subprocess.run(
        [*GRADE, *map(str, arguments)],
        cwd=ROOT,
        env=environment(tmp),
        capture_output=True,
        text=True,
        timeout=600,
    )


def environment(tmp: Path | None = None) -> dict[str, str]:
    """Return the environment of a run, with a temporary folder of its own."""
    own = {"TMPDIR": str(tmp)} if tmp is not None else {}
    return {**os.environ, "COLUMNS": "200", **own}


def without_times(out: Path) -> dict[str, str]:
    """Return what a run wrote, by file, with every time of day and duration taken out."""
    return {
        path.relative_to(out).as_posix(): TIMES.sub("", path.read_text(encoding="utf-8"))
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def records(out: Path) -> dict[str, Any]:
    """Return what tells a file that was written again from one that was left alone, by name."""
    folder = out / "results" / "staff" / "records"
    stats = {path.stem: path.stat() for path in folder.glob("[!.]*.json")}
    return {name: (each.st_ino, each.st_mtime_ns) for name, each in stats.items()}

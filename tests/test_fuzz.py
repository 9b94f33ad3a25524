"""Whatever a worker replies and whatever a notebook holds, the judge neither breaks, hangs nor gives points.

Over 10,000 cases: replies of a real worker's code, changed at random in their bytes and in what they say;
random bytes; notebooks and zips changed likewise. A case that fails is reported with its seed. `make attacks` tries
them all (`FUZZ=whole`), `make test` a fifth of them.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import random
import socket
import struct
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from otter.test_files import ExceptionTestFile
from torch import nn

from autograder.border.crossing import to_json, ways
from autograder.border.replies import FROM_SNAPSHOT, ErrorReport, Raised, Returned, TooLarge
from autograder.border.requests import Call, Lookup, Spy
from autograder.border.wire import HEADER, MAGIC, Channel, Closed, Malformed
from autograder.course.manifest import Manifest, QuestionManifest
from autograder.course.settings import Limits
from autograder.errors import KitError
from autograder.intake.notebook import read_notebook
from autograder.intake.submissions import find_submissions
from autograder.judge.exceptions import (
    InputChanged,
    StudentError,
    UnreadableValue,
    WorkerGone,
    student_error,
)
from autograder.judge.instruments import JudgeTools
from autograder.judge.plan import make_plan
from autograder.judge.proxy import Proxy
from autograder.judge.question import Selection, judge_question
from autograder.judge.session import Session
from autograder.outcome.results import Outcome
from autograder.worker.serve import Snapshot

OURS = (WorkerGone, StudentError, InputChanged, UnreadableValue)
"""All that a request may raise."""
SECONDS = 5.0
"""Until when a request is over, the judge's own work included."""
BATCH = 25
GRADINGS_EACH = 5
SEEDS = st.integers(0, 2**32)
REPLIES, BYTES, GRADINGS, REPORTS, NOTEBOOKS, ZIPS = 400, 1500, 150, 1000, 150, 60
"""Examples of each kind; replies, notebooks and zips come in batches."""


SHARE = 1 if os.environ.get("FUZZ") == "whole" else 5
"""One of so many is tried."""


def examples(count: int) -> settings:
    return settings(
        max_examples=count // SHARE,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


STUDENT = """
import torch, numpy as np
from torch import nn

class Box:
    value = 7
    def __iter__(self): return iter([1, torch.ones(2)])
    def __len__(self): return 2

net = nn.Linear(2, 2)

def tensor(X): return X * 2
def view(X): return X[:1]
def array(X): return np.arange(6.0).reshape(2, 3)
def plain(X): return [1, 2.5, "text", None, True, (1, 2), {"a": 1, 2: "b"}, {1, 2}, b"bytes", 1j, ..., slice(1, 2)]
def kinds(X): return [X.dtype, X.shape, X.device, np.float32(1.5), frozenset([1]), torch.tensor([True, False])]
def box(X): return Box()
def module(X): return nn.Sequential(nn.Linear(2, 2), nn.ReLU())
def parameter(X): return net.weight
def changes(X): X += 1
def raises(X): raise ValueError("no")
def relu(X): return X + 1
"""
CALLS = (
    "tensor",
    "view",
    "array",
    "plain",
    "kinds",
    "box",
    "module",
    "parameter",
    "changes",
    "raises",
)
NASTY: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**31, 2**61 - 1, 2**63, -(2**63), 10**400, 0.0, -0.0, 1e308, float("nan"), float("inf"),
    "", "w1", "w2", "j1", "j2", "x" * 3000, "value", "float32", "bool", "|b1", "quint8", "O", "V8", "parameter", "array",
    [], {}, [[]], [None], ["mirror", "j1"], ["mirror", "w1"], ["output", 0], ["handle", 1, [[], None]], ["handle", -1, [7, None]],
    ["handle", 3, [["torch.nn.parameter.Parameter", "torch.Tensor"], ["torch.nn.modules.module.Module"]]],
    ["global", "os", "system"], ["function", "f1", {}], ["optimizer", "torch.optim", "SGD", []], ["set", [0, 2**61 - 1]],
    ["dict", [[["list", []], 1]]], ["size", [2**62, 0]], ["dtype", "qint8"], ["device", "cuda:99"], ["scalar", "O", 1],
    ["complex", 10**400, 1], ["bytes", "zz"], ["w1", 0, 4], ["w1", 0, "tensor", "float32", [2**40], [0], False, None],
    ["w1", 0, "array", "|b1", [9], [2**61], False, None], ["j1", 8, "array", "<f4", [3], [-4], False, None],
)  # fmt: skip
"""What is put in place of parts of a message."""


# Changing messages


def mutate_tree(tree: Any, rng: random.Random) -> Any:
    """Return JSON with a few of its parts replaced, removed, doubled or exchanged."""
    tree = copy.deepcopy(tree)
    for _ in range(rng.randint(1, 3)):
        holders = [holder for holder in walk(tree) if holder]
        if not holders:
            return rng.choice(NASTY)
        holder = rng.choice(holders)
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key, other = rng.choice(keys), rng.choice(keys)
        match rng.randrange(6):
            case 0 | 1 | 2:
                holder[key] = copy.deepcopy(rng.choice(NASTY))
            case 3:
                del holder[key]
            case 4:
                holder[key], holder[other] = copy.deepcopy(holder[other]), holder[key]
            case 5:
                if isinstance(holder, list):
                    holder.insert(key, copy.deepcopy(holder[other]))
                else:
                    holder[
                        rng.choice(
                            (
                                "done",
                                "outputs",
                                "report",
                                "windows",
                                "regions",
                                "modes",
                                "slots",
                                "forget",
                                "x",
                            )
                        )
                    ] = copy.deepcopy(rng.choice(NASTY))
    return tree


NUMBERS = (0, 1, 2, 3, 4, 8, 9, -1, -4, -8, 2**20, 2**47, -(2**47), 2**61, -(2**61), 2**63)


def mutate_windows(reply: Any, rng: random.Random) -> Any:
    """Return a reply that describes its tensors and arrays with other places, shapes, strides or dtypes."""
    reply = copy.deepcopy(reply)
    for _, window in reply.get("windows", []):
        for _ in range(rng.randint(0, 3)):
            numbers = rng.choice([holder for holder in (window, window[4], window[5]) if holder])
            if numbers is not window:
                numbers[rng.randrange(len(numbers))] = rng.choice(NUMBERS)
            elif rng.random() < 0.5:
                window[1] = rng.choice(NUMBERS)
            else:
                window[2:4] = rng.choice(LOOKS)
    return reply


LOOKS = (
    *(["array", dtype] for dtype in ("|b1", "|u1", "<f8", ">c16", "?", "|O", "2<f4")),
    *(["tensor", dtype] for dtype in ("bool", "uint8", "float64", "complex64", "quint8")),
    ["parameter", "float32"],
)


def walk(tree: Any) -> Iterator[Any]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (dict, list)):
            yield node
            waiting += node.values() if isinstance(node, dict) else node


def mutate_bytes(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with some flipped, cut out, put in or doubled."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(changed) + 1)
        match rng.randrange(5):
            case 0:
                changed[place : place + 1] = rng.randbytes(1)
            case 1:
                del changed[place : place + rng.randint(1, 50)]
            case 2:
                changed[place:place] = rng.randbytes(rng.randint(1, 20))
            case 3:
                changed[place : place + 8] = struct.pack(
                    "<Q", rng.choice((0, 1, 2**31, 2**63, 2**64 - 1))
                )
            case 4:
                changed += changed[: rng.randint(1, 2000)]
    return bytes(changed)


def frame(body: bytes, blobs: bytes = b"") -> bytes:
    return HEADER.pack(MAGIC, len(body), len(blobs)) + body + blobs


def is_whole(data: bytes) -> bool:
    if len(data) < HEADER.size:
        return False
    _, body, blobs = HEADER.unpack(data[: HEADER.size])
    return bool(len(data) == HEADER.size + body + blobs)


# A worker without a process


class FakeLine(Channel):
    """The judge's line to a worker that lives in this process; `change` has a go at each of its replies."""

    def __init__(
        self, snapshot: Snapshot | None, change: Callable[[dict[str, Any], bytes], bytes]
    ) -> None:
        ours, self.theirs = socket.socketpair()
        self.theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        super().__init__(ours)
        self.snapshot, self.change = snapshot, change
        self.patient = False
        """Whether a reply that is not whole leaves the line open."""

    def send(self, body: Mapping[str, Any], blobs: Any = (), deadline: float | None = None) -> None:
        reply: dict[str, Any] = {"done": to_json(Returned(None))}
        out: list[bytes] = []
        if self.snapshot is not None:
            message = json.loads(json.dumps(body))
            answer = self.snapshot.answer(message, memoryview(b"".join(blobs)))
            reply = {"done": to_json(answer)}
            out = self.snapshot.codec.mirror.pack(reply)
        data = self.change(json.loads(json.dumps(reply)), b"".join(out))[: 1 << 17]
        self.theirs.setblocking(False)
        try:
            self.theirs.sendall(data)
            if not self.patient and not is_whole(data):
                self.theirs.shutdown(socket.SHUT_WR)  # else the judge would wait for the rest
        except BlockingIOError:
            raise Malformed("the fake line is full") from None
        except BrokenPipeError:
            raise Closed from None

    def close(self) -> None:
        super().close()
        self.theirs.close()


def honest(reply: dict[str, Any], blobs: bytes) -> bytes:
    return frame(json.dumps(reply).encode(), blobs)


def changed_by(rng: random.Random) -> Callable[[dict[str, Any], bytes], bytes]:
    """Return what changes one reply, in its bytes or in what it says; nothing follows it."""

    def change(reply: dict[str, Any], blobs: bytes) -> bytes:
        if rng.random() < 0.25:
            return mutate_bytes(honest(reply, blobs), rng)
        if rng.random() < 0.3:
            return honest(mutate_windows(reply, rng), blobs)
        if rng.random() < 0.2:
            blobs = mutate_bytes(blobs, rng)
        return honest(mutate_tree(reply, rng), blobs)

    return change


@lru_cache(maxsize=1)
def names() -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(compile(STUDENT, "<cell 1>", "exec"), namespace)
    return namespace


def check_value(value: Any, secret: torch.Tensor) -> None:
    """Do with a value what tests do. Nothing that a worker says can be what only the judge knows."""
    kind: type = type(value)
    assert not isinstance(value, torch.Tensor) or kind in (torch.Tensor, nn.Parameter, Proxy)
    with pytest.raises((AssertionError, TypeError, ValueError, RuntimeError, *OURS)):
        torch.testing.assert_close(value, secret)
    if isinstance(value, np.ndarray):
        value.tobytes()  # reads every byte that it claims to have
    if type(value) is Proxy:
        for use in (
            lambda: len(value),
            lambda: value.shape,
            lambda: value[0],
            lambda: float(value),
            lambda: list(value),
        ):
            try:
                use()
            except (ValueError, TypeError, AttributeError, StopIteration, *OURS):
                pass


# Replies


@examples(REPLIES)
@given(seed=SEEDS)
def test_a_changed_reply_breaks_nothing_and_equals_nothing(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(BATCH):
        line = FakeLine(Snapshot(names()), honest)
        session = Session(line, time.monotonic() + SECONDS, in_place=rng.random() < 0.3)
        X = torch.tensor([[1.0, -2.0], [3.0, 0.5]], requires_grad=rng.random() < 0.3)
        secret = torch.rand(2, 2)
        session.begin(1)
        function = session.ask(Lookup(rng.choice(CALLS)))
        line.change = changed_by(rng)
        started = time.monotonic()
        try:
            value = session.ask(rng.choice((Call, Call, Spy))(function, (X,), {}))
            check_value(value, secret)
        except OURS:
            pass
        finally:
            session.close()
        assert time.monotonic() - started < 2 * SECONDS


@examples(BYTES)
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=100).map(frame),
        st.text(max_size=60).map(lambda text: frame(text.encode())),
    )
)
def test_random_bytes_are_no_reply(data: bytes) -> None:
    line = FakeLine(None, lambda reply, blobs: data)
    session = Session(line, time.monotonic() + 0.02)
    try:
        session.ask(Lookup("x"))
    except OURS:
        pass
    finally:
        session.close()


@pytest.mark.parametrize("cut", [0, 3, 15, 16, 40])
def test_a_reply_that_stops_in_the_middle_is_waited_for_until_the_deadline_and_no_longer(
    cut: int,
) -> None:
    line = FakeLine(
        None, lambda reply, blobs: honest({"done": to_json(Returned("x" * 100))}, b"")[:cut]
    )
    line.patient = True
    session = Session(line, time.monotonic() + 0.3)
    started = time.monotonic()
    with pytest.raises(WorkerGone) as caught:
        session.ask(Lookup("x"))
    assert caught.value.outcome is Outcome.TIMEOUT
    assert 0.2 < time.monotonic() - started < 2
    session.close()


@pytest.fixture(scope="module")
def relu_tests(built_hw4: Path, tmp_path_factory: pytest.TempPathFactory) -> ExceptionTestFile:
    folder = tmp_path_factory.mktemp("tests")
    with zipfile.ZipFile(built_hw4 / "hw4_mlp-autograder.zip") as archive:
        archive.extract("tests/relu.py", folder)
    return ExceptionTestFile.from_file(str(folder / "tests" / "relu.py"))


@examples(GRADINGS)
@given(seed=SEEDS)
def test_changed_replies_award_no_point(seed: int, relu_tests: ExceptionTestFile) -> None:
    rng = random.Random(seed)
    untouched = grade_relu(relu_tests, honest)
    worth = {case.title: case.score for case in untouched.cases}
    assert untouched.score < untouched.possible
    for _ in range(GRADINGS_EACH):
        change, chance = changed_by(rng), rng.choice((0.05, 0.2, 0.5))

        def sometimes(reply: dict[str, Any], blobs: bytes, chance: float = chance) -> bytes:
            return change(reply, blobs) if rng.random() < chance else honest(reply, blobs)  # noqa: B023

        result = grade_relu(relu_tests, sometimes)
        assert all(case.score <= worth[case.title] for case in result.cases), result
        assert all(case.outcome is not Outcome.GRADER_ERROR for case in result.cases), result


def grade_relu(tests: ExceptionTestFile, change: Callable[[dict[str, Any], bytes], bytes]) -> Any:
    """Judge an answer that is wrong everywhere but in leaving its input alone and calling no `relu`."""
    session = Session(FakeLine(Snapshot(names()), change), time.monotonic() + SECONDS)
    try:
        return judge_question(
            tests, session, JudgeTools(session, {}, Path("/nonexistent")), Selection()
        ).result
    finally:
        session.close()


FIELDS = ["kind", "value", "graph", "classes", "message", "cell", "line"]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


@examples(REPORTS)
@given(data=st.data())
def test_any_json_is_a_reply_or_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([Returned, Raised, TooLarge]))
    fields = dict.fromkeys(ways(kind), JSON)
    said = data.draw(st.fixed_dictionaries({"kind": st.just(kind.__name__), **fields}))
    with contextlib.suppress(Malformed):
        assert type(FROM_SNAPSHOT.read(said)) is kind


CLASSES = st.one_of(st.sampled_from(["ValueError", "StopIteration", "KeyError", "print"]), st.text(max_size=20))  # fmt: skip


@examples(REPORTS)
@given(
    report=st.builds(
        ErrorReport, st.lists(CLASSES, max_size=4), st.text(), st.integers(), st.integers()
    )
)
def test_any_report_of_an_exception_is_one(report: ErrorReport) -> None:
    error = student_error(report, {1: 3})
    assert isinstance(error, StudentError) and not isinstance(
        error, (StopIteration, StopAsyncIteration)
    )
    assert len(error.text) <= 1000
    assert error.place is None or (error.place[0] == 1 and 0 < error.place[1] <= 3)


# Notebooks and zips


MANIFEST = Manifest(
    assignment="hw",
    title="HW",
    questions=[
        QuestionManifest(
            name=name,
            points=1,
            defines=[name],
            stub=f"def {name}(X):\n    raise NotImplementedError('{name}')\n",
        )
        for name in ("relu", "tanh")
    ],
    limits=Limits(),
    hidden_tests="hint",
)
SMALL = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "language": "python"}, "otter": {"assignment_name": "hw"}},
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Title\n", "text"]},
        {"cell_type": "code", "id": "b", "metadata": {"tags": ["otter_ignore"]}, "source": "import torch", "outputs": [], "execution_count": 1},
        {"cell_type": "code", "id": "c", "metadata": {}, "source": ["def relu(X):\n", "    return X\n"], "outputs": [], "execution_count": None},
        {"cell_type": "code", "id": "d", "metadata": {}, "source": "%time x = 1\ndef tanh(X): return relu(X)", "outputs": []},
    ],
}  # fmt: skip
PIECES = ("def relu(X):\n", "relu = 1\n", "\0", "\ud800", "import a" + ".a" * 600, "(" * 300, "-" * 3000 + "1", "%%time\n", "!x\n", "x?\n", "\\\n", "'''", "\t", "if 1:\n", "lambda: " * 200, "9" * 5000)  # fmt: skip


def mutated_notebook(rng: random.Random) -> bytes:
    document: Any = mutate_tree(SMALL, rng)
    if rng.random() < 0.5:
        for holder in walk(document):
            if isinstance(holder, dict) and "source" in holder and rng.random() < 0.5:
                holder["source"] = "".join(rng.choices(PIECES, k=rng.randint(1, 4)))
    data = json.dumps(document).encode()
    return mutate_bytes(data, rng) if rng.random() < 0.3 else data


@examples(NOTEBOOKS)
@given(seed=SEEDS)
def test_a_changed_notebook_is_read_or_refused_in_words(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "notebook.ipynb"
    for _ in range(BATCH):
        path.write_bytes(mutated_notebook(rng))
        started = time.monotonic()
        try:
            plan = make_plan(read_notebook(path), MANIFEST)
        except KitError as error:
            assert str(error)
        else:
            assert all(isinstance(cell.source, str) for cell in plan.cells)
            assert {s.question.name for judged in plan.judged_after.values() for s in judged} | set(
                plan.missing
            ) == {"relu", "tanh"}
        assert time.monotonic() - started < SECONDS


@examples(ZIPS)
@given(seed=SEEDS)
def test_a_changed_zip_is_unpacked_or_refused_in_words(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = random.Random(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(
        buffer, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as archive:
        archive.writestr("student/notebook.ipynb", json.dumps(SMALL))
        archive.writestr("torch.py", "import this")
    folder = tmp_path_factory.mktemp("zip")
    for number in range(BATCH):
        (folder / f"{number}.zip").write_bytes(mutate_bytes(buffer.getvalue(), rng))
    for submission in find_submissions([folder], folder / "scratch", "hw"):
        assert (submission.notebook is None) != (submission.problem is None)
        if submission.notebook is not None:
            assert submission.notebook.parent == folder / "scratch"
    assert {path.name for path in folder.iterdir()} <= {
        "scratch",
        *(f"{number}.zip" for number in range(BATCH)),
    }


def test_there_are_over_ten_thousand_cases() -> None:
    batches = BATCH * (REPLIES + NOTEBOOKS + ZIPS)
    assert batches + BYTES + REPORTS + GRADINGS * GRADINGS_EACH >= 10_000

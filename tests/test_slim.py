"""Outputs are left out of a notebook without being read, and nothing else is."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from autograder.intake import slim
from autograder.intake.slim import SKIPPED, TooLarge, without_outputs

LIMIT = 10**6
STRINGS = ["", "a", "\\", '"', "[", "]}", "outputs", '\\"', "é\n", "x" * 40]
KEYS = ["outputs", "widgets", "attachments", "a", 'b"', "c\\"]


def any_value(choose: random.Random, depth: int = 0) -> Any:
    kind = choose.random()
    if depth > 5 or kind < 0.3:
        return choose.choice([None, True, 1.5, -3, *STRINGS])
    if kind < 0.65:
        return [any_value(choose, depth + 1) for _ in range(choose.randint(0, 5))]
    return {choose.choice(KEYS): any_value(choose, depth + 1) for _ in range(choose.randint(0, 5))}


def expected(value: Any) -> Any:
    if isinstance(value, list):
        return [expected(each) for each in value]
    if isinstance(value, dict):
        return {
            key: None if key.encode() in SKIPPED else expected(each) for key, each in value.items()
        }
    return value


@pytest.mark.parametrize(("short", "piece"), [(2, 3), (9, 20), (256, 1 << 18)])
def test_any_json_keeps_everything_but_its_outputs(
    monkeypatch: pytest.MonkeyPatch, short: int, piece: int
) -> None:
    monkeypatch.setattr(slim, "SHORT", short)
    monkeypatch.setattr(slim, "PIECE", piece)
    choose = random.Random(piece)
    for _ in range(1000):
        value = any_value(choose)
        text = json.dumps(value, indent=choose.choice([None, 1]), ensure_ascii=False).encode()
        assert json.loads(without_outputs(text, LIMIT)) == expected(value), text


def test_what_is_damaged_does_not_stop_it() -> None:
    choose = random.Random(7)
    for _ in range(1000):
        text = bytearray(json.dumps(any_value(choose)).encode())
        text[choose.randrange(len(text))] = choose.choice(b'"\\[]{}:,')
        assert (
            len(without_outputs(bytes(text), LIMIT)) <= len(text) + 4 * text.count(b"outputs") + 100
        )
        without_outputs(bytes(text[: choose.randrange(len(text))]), LIMIT)


def test_what_is_left_is_bounded() -> None:
    with pytest.raises(TooLarge):
        without_outputs(json.dumps({"a": "x" * 100}).encode(), 50)


def test_steps_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slim, "MAX_STEPS", 100)
    with pytest.raises(TooLarge):
        without_outputs(b'["' + b'","' * 200 + b'"]', LIMIT)
    with pytest.raises(TooLarge):
        without_outputs(b'{"outputs": [' + b"[]," * 200 + b"1]}", LIMIT)


class Counted(bytes):
    """Bytes that know how many of them were copied out."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        taken = super().__getitem__(key)
        self.copied += len(taken) if isinstance(key, slice) else 1
        return taken


def test_the_work_is_in_proportion_to_the_file_however_many_outputs_are_empty() -> None:
    cells = [{"outputs": [], "source": "x = 1"} for _ in range(2_000)]
    data = Counted(json.dumps({"cells": cells, "pad": "x" * slim.PIECE}).encode())
    without_outputs(data, LIMIT)
    # Each cell's four strings are looked at in pieces of SHORT bytes.
    assert data.copied < 2_000 * 5 * slim.SHORT + 2 * len(data)

"""What a file is, by how it begins and what it is called."""

from __future__ import annotations

import pytest

from autograder.intake.kinds import (
    KINDS,
    Shape,
    is_clutter,
    is_company,
    is_notebook,
    kind_of,
    shape_of,
)

NOTEBOOK = b'{\n "cells": ['


@pytest.mark.parametrize("name", ["hw4.ipynb", "hw4.ipynb.json", "hw4.ipynb (1)", "hw4.IPYNB.txt"])
def test_a_notebook_is_one_whatever_a_browser_put_behind(name: str) -> None:
    assert is_notebook(name) and shape_of(name, b"") is Shape.NOTEBOOK


@pytest.mark.parametrize(
    ("name", "head", "shape"),
    [
        ("homework", NOTEBOOK, Shape.NOTEBOOK),
        ("homework.zip", NOTEBOOK, Shape.NOTEBOOK),
        ("homework.txt", NOTEBOOK.decode().encode("utf-16"), Shape.NOTEBOOK),
        ("hw4.ipynb", b"PK\x03\x04", Shape.ZIP),
        ("essay.docx", b"PK\x03\x04", Shape.OTHER),
        ("hw4.zip", b"%PDF-1.7", Shape.OTHER),
        ("hw4.zip", b"", Shape.ZIP),
        ("hw4.json", b'{"a": 1}', Shape.OTHER),
    ],
)
def test_the_beginning_of_a_file_counts_more_than_its_name(
    name: str, head: bytes, shape: Shape
) -> None:
    assert shape_of(name, head) is shape


@pytest.mark.parametrize(
    ("name", "head", "what"),
    [
        ("hw4.pdf", b"", "a PDF"),
        ("hw4.ipynb", b"%PDF-1.7", "a PDF"),
        ("hw4", b"\xef\xbb\xbf <!DOCTYPE html>", "a web page"),
        ("hw4.tar.gz", b"", "a packed file"),
        ("hw4.xyz", b"", "not a notebook"),
    ],
)
def test_what_is_no_notebook_is_told_by_its_kind(name: str, head: bytes, what: str) -> None:
    kind = kind_of(name, head)
    assert kind.what == what and kind.sentence.startswith(f"This is {what}; ")


def test_no_two_kinds_share_a_suffix() -> None:
    suffixes = [suffix for kind in KINDS for suffix in kind.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_clutter_and_company_are_nobodys_submission() -> None:
    assert all(map(is_clutter, (".DS_Store", "__MACOSX", "~$essay.docx", ".ipynb_checkpoints")))
    assert all(map(is_company, ("data.csv", "README", "requirements.txt", "LICENSE.md")))
    assert not any(is_clutter(name) or is_company(name) for name in ("hw4.ipynb", "hw4.zip", ".."))

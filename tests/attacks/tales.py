"""What no output may hold: secrets, what hidden tests pass in, a student's markup, signs that nobody sees."""

from __future__ import annotations

import json
import re
import socket
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.judge.quoting import SHORTEST_NAME
from tests.attacks.lab import SECRET
from tests.example_class import ROOT

TELL_TALES = (
    SECRET,
    "SMUGGLED",
    "77777",
    "cell 7654",
    "line 777",
    "TabError",
    str(ROOT),
    "root:",
    *([socket.gethostname()] if len(socket.gethostname()) >= SHORTEST_NAME else []),
    "<script>alert",
)


OWN_CODE = re.compile(r'<pre class="code">.*?</pre>', re.DOTALL)
"""A student's own code on their own page: what stands in it they wrote themselves, before any test ran."""


def tell_tales(out: Path) -> list[str]:
    """Return what no output may hold: secrets, what hidden tests pass in, and a student's markup."""
    found = []
    for path in out.rglob("*"):
        if path == out / "index.html" or out / "results" / "staff" in path.parents:
            continue  # for staff, who may know
        text = text_of(path) if path.is_file() else ""
        found += [
            f"U+{ord(sign):04X} in {path.name!a}" for sign in sorted(unseen(text + path.name))
        ]
        text = OWN_CODE.sub("", text)
        for what in TELL_TALES:
            # Gradescope is told that its file holds plain text.
            if what in text and (what != "<script>alert" or path.suffix == ".html"):
                found.append(f"{what!r} in {path.name}")
    return found


def text_of(path: Path) -> str:
    """Return what a reader of a file gets: of JSON the texts, which it holds in escapes; of bytes the letters."""
    text = path.read_text(errors="replace")
    if path.suffix == ".pkl":  # which Otter reads
        return "".join(letter for letter in text if letter.isprintable())
    return "".join(texts_in(json.loads(text))) if path.suffix == ".json" else text


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *texts_in(item))
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)


def unseen(text: str) -> set[str]:
    """Return the signs of a text that a terminal obeys, or that nobody sees."""
    return {
        sign
        for sign in set(text) - {"\n", "\t"}
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs")
    }


def computes(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula, or a part of it if it splits lines at other marks."""
    parts = re.split(r"[;\t,|\"\r\n]", cell)
    return any(
        unicodedata.normalize("NFKC", part).lstrip()[:1] in tuple("=+-@")
        for part in (cell, *parts)
        if part.strip() and part.strip() != "--"
    )

"""Attacks by the file that is handed in: zips, giants, JSON and sources that are hard to read."""

from __future__ import annotations

import io
import json
import stat
import zipfile

from tests.attacks.attack import Lab, as_bytes, files, notebooks
from tests.example_class import Document, code_cell, solved, with_cell_before

NAME = "hw4_mlp.ipynb"


def zipped(entries: dict[str, bytes], **attributes: int) -> bytes:
    """Return a zip; `attributes` hold file types by entry."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (attributes.get(name, stat.S_IFREG) | 0o644) << 16
            archive.writestr(info, data)
    return buffer.getvalue()


@files(".zip", graded=True)
def brings_modules_and_tests_in_its_zip(lab: Lab) -> bytes:
    """Bring a `torch.py`, Otter's files, a log to unpickle and results beside an honest notebook."""
    evil = f"open({lab['planted']!r}, 'w').close()".encode()
    names = (
        "torch.py",
        "otter/__init__.py",
        "autograder/__init__.py",
        "ipykernel_launcher.py",
        "sitecustomize.py",
    )
    entries = {NAME: as_bytes(solved()), **dict.fromkeys(names, evil)}
    entries |= {"tests/relu.py": evil, "tests/__init__.py": evil, "__init__.py": evil}
    entries[".OTTER_LOG"] = b"cposix\nsystem\n(S'touch " + lab["planted"].encode() + b"'\ntR."
    entries["results.json"] = entries["results/results.json"] = b'{"score": 100}'
    return zipped(entries)


@files(".zip", graded=False)
def climbs_out_of_its_zip(lab: Lab) -> bytes:
    """Name the notebook by a path that leads out of the zip."""
    return zipped({f"../../../..{lab['planted']}.ipynb": as_bytes(solved())})


@files(".zip", graded=False)
def names_an_absolute_path_in_its_zip(lab: Lab) -> bytes:
    """Name the notebook by an absolute path."""
    return zipped({f"{lab['planted']}.ipynb": as_bytes(solved())})


@files(".zip", graded=False)
def links_out_of_its_zip(lab: Lab) -> bytes:
    """Make the notebook a symbolic link to the solved one."""
    return zipped({NAME: lab["private"][1].encode()}, **{NAME: stat.S_IFLNK})


@files(".zip", graded=False)
def swells_in_its_zip(lab: Lab) -> bytes:
    """A zip bomb: 19 MB of nothing in a few kilobytes."""
    return zipped({NAME: b" " * (19 << 20)})


@files(".zip", graded=False)
def nests_zips(lab: Lab) -> bytes:
    """A zip in a zip in a zip in a zip."""
    inner = zipped({NAME: as_bytes(solved())})
    for _ in range(3):
        inner = zipped({"inner.zip": inner})
    return inner


@files(".zip", graded=False)
def overlaps_in_its_zip(lab: Lab) -> bytes:
    """A hundred entries that share the same bytes."""
    data = bytearray(
        zipped({"0.ipynb": b" " * 1_000_000, **{f"{n}.ipynb": b"" for n in range(1, 100)}})
    )
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        data[start + 42 : start + 46] = bytes(4)  # every entry begins at byte 0
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


@files(".ipynb", graded=True)
def is_a_giant(lab: Lab) -> bytes:
    """A notebook of 30 MB, most of it output, which is left out."""
    document = solved()
    document["cells"][0]["outputs"] = [{"output_type": "stream", "text": "x" * (30 << 20)}]
    return as_bytes(document)


@files(".ipynb", graded=False)
def is_a_giant_of_code(lab: Lab) -> bytes:
    """A notebook of 30 MB, most of it the source of one cell."""
    document = solved()
    document["cells"][0]["source"] = "# " + "x" * (30 << 20)
    return as_bytes(document)


@files(".ipynb", graded=False)
def has_cells_that_are_slow_to_read(lab: Lab) -> bytes:
    """Ten cells of 90,000 signs each: a syntax tree of a million nodes, which takes half a minute to walk."""
    document = solved()
    document["cells"] += [code_cell(("-" * 90 + "a\n") * 1000, number) for number in range(10)]
    return as_bytes(document)


@notebooks()
def has_a_number_too_long_to_say(lab: Lab) -> Document:
    """A number of 5,000 hexadecimal digits, which Python reads and will not write."""
    return with_cell_before(solved(), "relu", "x = 0x" + "f" * 5000 + "\n")


@files(".ipynb", graded=False)
def has_a_hundred_thousand_cells(lab: Lab) -> bytes:
    """A notebook of 100,000 cells."""
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": []}
    return json.dumps({"cells": [cell] * 100_000, "metadata": {}, "nbformat": 4}).encode()


@files(".ipynb", graded=False)
def nests_its_json(lab: Lab) -> bytes:
    """JSON that is nested deeper than a parser can follow."""
    return b'{"cells": ' + b"[" * 500_000 + b"]" * 500_000 + b"}"


@files(".ipynb", graded=False)
def is_no_notebook(lab: Lab) -> bytes:
    """A pickle that is named like a notebook."""
    planted: str = lab["planted"]
    return f"cposix\nsystem\n(S'touch {planted}'\ntR.".encode()


@files(".ipynb", graded=False)
def is_another_assignments(lab: Lab) -> bytes:
    """Claim to be another assignment, whose name is an attack on whatever shows it."""
    document = solved()
    document["metadata"]["otter"]["assignment_name"] = "<script>alert(1)</script>[/red]\x1b[2J" * 20
    return as_bytes(document)


@notebooks()
def nests_its_source(lab: Lab) -> Document:
    """A sum of five thousand terms and ninety brackets in each other: trees too deep to walk."""
    deep = "x = " + " + ".join(["1"] * 5000) + "\ny = " + "(" * 90 + "1" + ")" * 90 + "\n"
    minus = "z = " + "-" * 900 + "1\n"
    document = with_cell_before(solved(), "relu", deep)
    # Read in time that grows with the square of the parts of the name.
    document["cells"].insert(0, code_cell("import " + ".".join(["a"] * 90_000), 2))
    document["cells"].insert(0, code_cell(minus, 1))
    return document


@notebooks()
def has_sources_that_are_no_python(lab: Lab) -> Document:
    """Null bytes, lone surrogates, giant numbers, a million brackets, endless lines of magics."""
    document = solved()
    for number, source in enumerate(
        (
            "a\0b",
            "\ud800 = 1",
            "x = " + "9" * 100_000,
            "(" * 100_000,
            "%time " * 20_000,
            "if 1:\n" * 3000,
            "\\\n" * 50_000,
        )
    ):
        document["cells"].insert(1, code_cell(source, number))
    return document

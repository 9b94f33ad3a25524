"""Attacks by words: signs that terminals obey, tables compute and pages hide, wherever a stranger's text is read."""

from __future__ import annotations

import io
import zipfile

from tests.attacks.attack import ALL_RELU, Lab, as_bytes, files, notebooks
from tests.example_class import Document, answer_index, solved, with_answer, with_cell_before

FORMULAS = "=1+1 ;=cmd|'!A1' \t=2+2 \r=3+3 ＝4+4 \u00a0@SUM(1) ,+5 \"-6"
ESCAPES = "\x1b[2J\x1b]0;title\x07\x9b31m\x1b[8m\x08\x7f\x00"
UNSEEN = """
import sys, unicodedata
signs = "".join(c for c in map(chr, range(sys.maxunicode)) if unicodedata.category(c) in ("Cf", "Cc"))
signs += "\\x1b[2J\\x1b]0;title\\x07\\x9b31m\\u2028\\u2029\\n=1+1;=2+2\\t=3+3\\r\\uff1d4"
"""
NAME = "~" + FORMULAS + ESCAPES.replace("\0", "") + "\u202e\u200b\u2066\ufeff\U000e0041<b>[red]"
"""A file name may hold all but a slash and a zero."""


@notebooks(relu=ALL_RELU)
def says_every_sign_that_is_not_seen(lab: Lab) -> Document:
    """Put every control and format character into exceptions, names of classes, prints, tags and names of cells."""
    speaker = (
        UNSEEN
        + "print(signs)\nprint(signs, file=sys.stderr)\nraise type(signs[9:60], (ValueError,), {})(signs)\n"
    )
    answer = UNSEEN + "def relu(X):\n    print(signs)\n    raise ValueError(signs)\n"
    document = with_answer(with_cell_before(solved(), "sigmoid", speaker), "relu", answer)
    cell = document["cells"][answer_index(document, "relu")]
    cell["metadata"], cell["id"] = {"tags": [ESCAPES], ESCAPES: FORMULAS}, ESCAPES
    document["metadata"]["kernelspec"] = {
        "name": ESCAPES,
        "display_name": FORMULAS,
        "language": "python",
    }
    document["metadata"]["authors"] = [{"name": NAME}]
    return document


@files(f"{NAME}.ipynb", graded=True)
def is_named_by_signs(lab: Lab) -> bytes:
    """Hand in a file whose name is formulas, markup, escape sequences and marks that turn the line round."""
    return as_bytes(solved())


@files(f"{NAME}.zip", graded=True, otter_reads=False)  # which looks into no folder of a zip
def is_packed_in_folders_named_by_signs(lab: Lab) -> bytes:
    """Hand in a zip in which folders and other files are named so, too."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{NAME}/hw4_mlp.ipynb", as_bytes(solved()))
        archive.writestr(f"{NAME}/{NAME}.csv", FORMULAS)
        archive.writestr(f"{NAME}/{NAME}.pdf", "%PDF")
    return packed.getvalue()

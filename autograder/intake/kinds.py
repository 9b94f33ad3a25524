"""What a file is: told by how it begins, and by its name where the beginning tells nothing.

Students hand in what their browser, their phone or their editor saved. A notebook is a notebook
under any name; everything else gets the sentence that says what to hand in instead.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

HEAD_BYTES = 512
"""How much of a file is looked at to tell what it is."""
NAMED_NOTEBOOK = re.compile(r"\.ipynb(?![a-z])", re.IGNORECASE)
"""Also `hw4.ipynb.json`, `.ipynb.txt`, `.ipynb.download`, `.ipynb (1)`, as browsers save them."""
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
NOTEBOOK_START = re.compile(
    r'\s*\{\s*"(cells|metadata|nbformat|nbformat_minor|worksheets)"\s*:', re.IGNORECASE
)
HAND_IN = "hand in the .ipynb file"
PACK = "hand in the .ipynb file itself, or an ordinary zip"


class Shape(Enum):
    """What the grader does with a file."""

    NOTEBOOK = "notebook"
    ZIP = "zip"
    OTHER = "other"


@dataclass(frozen=True)
class Kind:
    """What students hand in for a notebook."""

    what: str
    """In words, with its article."""
    suffixes: tuple[str, ...]
    starts: tuple[bytes, ...] = ()
    """How such a file begins, in lower case where it is text."""
    way_out: str = HAND_IN

    @property
    def sentence(self) -> str:
        return f"This is {self.what}; {self.way_out}."


KINDS = (
    Kind("a PDF", (".pdf",), (b"%pdf",)),
    Kind("a Python script", (".py", ".pyw")),
    Kind("a RAR archive", (".rar",), (b"rar!\x1a",), PACK),
    Kind("a 7z archive", (".7z",), (b"7z\xbc\xaf\x27\x1c",), PACK),
    Kind(
        "a packed file",
        (".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".zipx"),
        (b"\x1f\x8b", b"bzh", b"\xfd7zxz", b"\x28\xb5\x2f\xfd"),
        PACK,
    ),
    Kind("a text document", (".docx", ".doc", ".odt", ".rtf", ".pages", ".tex"), (b"{\\rtf",)),
    Kind("a presentation", (".pptx", ".ppt", ".odp", ".key")),
    Kind("a spreadsheet", (".xlsx", ".xls", ".ods", ".numbers")),
    Kind(
        "a picture",
        (
            *(".png", ".jpg", ".jpeg", ".heic", ".heif", ".gif", ".webp", ".bmp", ".tif"),
            *(".tiff", ".svg"),
        ),
        (b"\x89png", b"\xff\xd8\xff", b"gif8"),
    ),
    Kind("a recording", (".mp4", ".mov", ".webm", ".mkv", ".avi", ".mp3", ".m4a", ".wav")),
    Kind(
        "a link to a file, not the file",
        (".url", ".webloc", ".lnk", ".desktop", ".gdoc", ".gslides", ".gsheet"),
        (b"[internetshortcut]", b"[desktop entry]"),
    ),
    Kind(
        "a web page",
        (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
        (b"<",),
        "download the notebook itself, the raw .ipynb file, and hand that in",
    ),
    Kind(
        "an unfinished download",
        (".crdownload", ".part", ".partial", ".download"),
        (),
        "wait until the browser is done, or download it again",
    ),
    Kind("a text file", (".txt", ".text")),
    Kind("JSON but not a notebook", (".json",)),
)
OFFICE = (".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".pages", ".numbers", ".key", ".zipx")
"""Zips by content that are no zips to their owners."""
UNKNOWN = Kind("not a notebook", ())

COMPANY = frozenset(
    {
        *(".csv", ".tsv", ".yml", ".yaml", ".toml", ".cfg", ".ini", ".lock", ".log", ".md", ".rst"),
        *(".npy", ".npz", ".pt", ".pth", ".pkl", ".parquet", ".h5", ".db", ".sqlite"),
        *(".pyc", ".css", ".js", ".bib"),
    }
)
"""Suffixes of what lies beside notebooks and is never handed in for one."""
NOTES = re.compile(r"(readme|licen[sc]e|requirements|makefile|environment)\b.*", re.IGNORECASE)

CLUTTER = frozenset(
    {
        *("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "@eadir"),
        *("$recycle.bin", "system volume information", "lost+found", "__pycache__"),
        *("ipynb_checkpoints", "_ipynb_checkpoints", "node_modules", "venv"),
    }
)
"""What systems and tools leave behind, in lower case."""


def is_clutter(name: str) -> bool:
    """Whether a file or folder is hidden, a checkpoint, or left behind by a system."""
    hidden = name.startswith(".") and name != ".."
    return hidden or name.startswith("~$") or name.lower() in CLUTTER


def is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def is_notebook(name: str) -> bool:
    """Whether a file is named as one, whatever a browser put behind."""
    return bool(NAMED_NOTEBOOK.search(name)) and not is_zip(name)


def is_wanted(name: str) -> bool:
    return is_notebook(name) or is_zip(name)


def is_company(name: str) -> bool:
    """Whether a file lies beside notebooks and is nobody's submission: data, notes, settings."""
    return PurePath(name).suffix.lower() in COMPANY or bool(NOTES.fullmatch(name))


def shape_of(name: str, head: bytes) -> Shape:
    """Return what a file is, from its name and its first `HEAD_BYTES`."""
    suffix = PurePath(name).suffix.lower()
    if _begins_like_a_notebook(head):
        return Shape.NOTEBOOK
    if head.startswith(ZIP_STARTS):
        return Shape.OTHER if suffix in OFFICE else Shape.ZIP
    if is_notebook(name):
        return Shape.NOTEBOOK  # its reader says what is wrong with it
    if is_zip(name) and kind_by_start(head) is None:
        return Shape.ZIP
    return Shape.OTHER


def _begins_like_a_notebook(head: bytes) -> bool:
    text = head[: len(head) - len(head) % 4].decode(json.detect_encoding(head), "replace")
    return bool(NOTEBOOK_START.match(text))


def kind_of(name: str, head: bytes) -> Kind:
    """Return what a file is that is neither a notebook nor a zip."""
    suffix = PurePath(name).suffix.lower()
    by_name = next((kind for kind in KINDS if suffix in kind.suffixes), UNKNOWN)
    return kind_by_start(head) or by_name


def kind_by_start(head: bytes) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for kind in KINDS if kind.starts and start.startswith(kind.starts)), None)

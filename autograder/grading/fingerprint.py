"""What a result depends on, as digests: where they are the same, grading again would find the same."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from autograder.intake.submissions import Submission
from autograder.judge.bundle import Bundle
from autograder.outcome.records import Fingerprint
from autograder.outcome.versions import versions

PACKAGE = Path(__file__).resolve().parents[1]
ENGINE = (
    *("border", "course", "grading", "intake", "judge", "outcome", "voice", "worker"),
    *("errors.py", "safe_files.py"),
)
"""What of the kit a score can depend on: all that grading imports."""
NOT_GRADED_BY = {"source_digest", "title", "course", "questions", "gradescope_rows", "hidden_tests"}
"""What of the manifest only reports read, and what stands in the question's own entry."""
POINTS = re.compile(rb"^points = .*$", re.MULTILINE)
CHUNK = 1024**2


def fingerprints(bundle: Bundle) -> dict[str, Fingerprint]:
    """Return by question what it is graded by."""
    manifest = bundle.manifest.model_dump(mode="json")
    entries = {entry["name"]: entry for entry in manifest["questions"]}
    shared = {key: value for key, value in manifest.items() if key not in NOT_GRADED_BY}
    shared["answers"] = [[entry["defines"], entry["stub"]] for entry in manifest["questions"]]
    data, grader = _of_files(bundle.files, ["."]), grader_digest()
    prints = {}
    for name, entry in entries.items():
        source = (bundle.folder / "tests" / f"{name}.py").read_bytes()
        points = POINTS.findall(source)
        mistakes = [each.model_dump() for each in bundle.mistakes.wrong.get(name, [])]
        prints[name] = Fingerprint(
            tests=_digest([POINTS.sub(b"", source).decode(), mistakes, data]),
            settings=_digest([shared, entry, [each.decode() for each in points]]),
            grader=grader,
        )
    return prints


def grader_digest() -> str:
    """Return what stands for the kit itself and the versions of what it computes with."""
    return _digest([_of_files(PACKAGE, ENGINE), versions()])


def content_digest(submission: Submission) -> str:
    """Return the SHA-256 of the notebook that was handed in; empty where there is none to read."""
    path = submission.notebook
    if path is None:
        return ""
    digest = hashlib.sha256()
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block
            return ""
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _of_files(folder: Path, below: Iterable[str]) -> list[list[str]]:
    """Return the names and digests of the files in `folder`, of those `below` names."""
    found = []
    for part in below:
        top = folder / part
        paths = [top] if top.is_file() else sorted(top.rglob("*"))
        for path in paths:
            if path.is_file() and "__pycache__" not in path.parts:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                found.append([path.relative_to(folder).as_posix(), content])
    return found


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]

"""What a student reads for each of the course's wrong answers: `python -m tools.public_voice HW…`.

Every wrong answer goes through the public checks as the built notebook holds them. Printed is a table: checks
that say nothing (*unseen*), that speak in a machine's words, in the kit's own, and with the mistake's own hint.
With `--all`, every text. Ends with 1 where a machine speaks or a hint of another mistake is given.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path

from autograder.authoring.public_hints import public_job, try_answers
from autograder.mistakes import MISTAKES, MistakeBook
from autograder.voice.spoken import hints_in, without_voice

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("machine", "own", "hint", "unseen", "slow")
MACHINE = re.compile(
    r"Tensor-likes|Scalars are not|comparison pair|None mismatch|values for attribute|Error at line|Traceback"
)


def table_of(name: str, show: bool) -> tuple[Counter[str], list[str]]:
    """Return how many wrong answers of an assignment get which kind of text, and the wrong hints."""
    folder = ROOT / "assignments" / name
    with zipfile.ZipFile(ROOT / "dist" / f"{name}-autograder.zip") as archive:
        book = MistakeBook.model_validate_json(archive.read(MISTAKES))
    document = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))
    spoken = document["metadata"]["otter"]["tests"]
    tests = {question: without_voice(text) for question, text in spoken.items()}
    hints = {question: hints_in(text) for question, text in spoken.items()}
    answers = [(q, one.name, one.source) for q in book.wrong for one in book.wrong[q]]
    right = {(q, one.name): one.hint for q in book.wrong for one in book.wrong[q]}
    data = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".ipynb"
    }
    job = public_job(book, tests, answers, seeds=[7], hints=hints)
    counts: Counter[str] = Counter()
    false: list[str] = []
    for answer, outcome in zip(job.answers, try_answers(job, data), strict=True):
        came = outcome.runs[0]
        kind = "own"
        if came.passed:
            kind = "unseen"
        elif came.hint:
            kind = "hint"
            if came.hint != right[answer.question, answer.name]:
                false.append(f"{name} {answer.question} {answer.name}: {came.hint}")
        elif came.slow and not came.text:
            kind = "slow"
        elif not came.text or MACHINE.search(came.text):
            kind = "machine"
        counts[kind] += 1
        if show:
            print(f"--- {answer.question}: {answer.name} ({kind})\n{came.text}\n")
    return counts, false


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="HW")
    parser.add_argument("--all", action="store_true", help="print every text")
    options = parser.parse_args()
    names = options.names or sorted(path.name for path in (ROOT / "assignments").iterdir())
    total: Counter[str] = Counter()
    false: list[str] = []
    print(f"{'':<20}" + "".join(f"{kind:>9}" for kind in KINDS) + f"{'all':>9}")
    for name in names:
        counts, wrong = table_of(name, options.all)
        total += counts
        false += wrong
        _row(name, counts)
    if len(names) > 1:
        _row("together", total)
    for line in false:
        print(f"a hint of another mistake: {line}")
    return 1 if total["machine"] or false else 0


def _row(name: str, counts: Counter[str]) -> None:
    cells = "".join(f"{counts[kind]:>9}" for kind in KINDS)
    print(f"{name:<20}{cells}{counts.total():>9}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Throughput beside `otter run`: the same 24 different submissions, both ways, in one run.

`python -m benchmarks.throughput` prints seconds and their ratio. `otter run` takes one at a time, as it
does; `autograder grade` runs as a whole process too, its start included.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

from autograder.authoring.master import solutions_folder
from autograder.authoring.variants import read_variants
from autograder.settings import FILE, load_settings
from tests.example_class import ASSIGNMENT, ROOT, answer_index, solved, with_answer

SUBMISSIONS = 24
JOBS = 2
TIMEOUT = 600.0


def make_submissions(folder: Path) -> list[Path]:
    """Write 24 submissions that differ in two answers each, right and wrong ones."""
    questions = load_settings(ROOT / FILE).assignment(ASSIGNMENT).questions
    variants = read_variants(solutions_folder(ROOT, ASSIGNMENT), questions)
    pairs = [(a, b) for a, b in combinations(variants, 2) if a.question != b.question]
    step = len(pairs) // SUBMISSIONS
    paths = []
    for number in range(SUBMISSIONS):
        document = solved()
        for variant in pairs[number * step]:
            answer_index(document, variant.question)
            document = with_answer(document, variant.question, variant.source)
        path = folder / f"student{number:02d}.ipynb"
        path.write_text(json.dumps(document), encoding="utf-8")
        paths.append(path)
    return paths


def timed(command: list[str], cwd: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, cwd=cwd)
    return time.perf_counter() - started


def main() -> None:
    autograder_zip = ROOT / "dist" / f"{ASSIGNMENT}-autograder.zip"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        submissions = make_submissions(folder)
        otter = [sys.executable, "-m", "otter", "run", "-a", str(autograder_zip), "-o", scratch]
        by_otter = sum(timed([*otter, str(path)], folder) for path in submissions)
        kit = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--jobs", str(JOBS)]
        names = [str(path) for path in submissions]
        by_kit = timed([*kit, "--out", str(folder / "grades"), *names], ROOT)
    print(f"{SUBMISSIONS} submissions of {ASSIGNMENT}")
    print(
        f"otter run, one at a time:       {by_otter:7.1f} s  ({by_otter / SUBMISSIONS:.2f} s each)"
    )
    print(
        f"autograder grade --jobs {JOBS}:      {by_kit:7.1f} s  ({by_kit / SUBMISSIONS:.2f} s each)"
    )
    print(f"ratio:                          {by_otter / by_kit:7.1f}")


if __name__ == "__main__":
    main()

"""What a student reads for each of the course's wrong answers: `python -m tools.public_voice HW…`.

Every wrong answer goes through the public checks as the built notebook holds them. Printed is a table: checks
that speak in a machine's words, in the kit's own, and with the mistake's own hint; that were stopped (*slow*);
that let pass what they should see (*missed*), or what no public check can, for a reason that stands in `wrong.py`
(*unseen*). A *quiz* is noted and never judged. With `--all`, every text; with `--list`, those of the kinds named.
Ends with 1 where a machine speaks, something is missed or a hint of another mistake is given.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from autograder.authoring.master import read_master
from autograder.authoring.public_run import Came
from autograder.authoring.unseen import in_the_notebook
from autograder.authoring.variants import Kind, Variant, read_variants
from autograder.course.settings import FILE, load_settings
from autograder.course.sources import solutions_folder

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("machine", "own", "hint", "slow", "missed", "unseen", "quiz")
PASSED = ("missed", "unseen")
MACHINE = re.compile(
    r"Tensor-likes|Scalars are not|comparison pair|None mismatch|values for attribute|Error at line|Traceback"
)


def table_of(name: str, show: Collection[str]) -> tuple[Counter[str], list[str]]:
    """Return how many wrong answers of an assignment get which kind of text, and the wrong hints.

    Args:
        name: the assignment.
        show: the kinds whose texts are printed.
    """
    folder = solutions_folder(ROOT, name)
    questions = read_master(folder, load_settings(ROOT / FILE).assignment(name)).questions
    quizzes = {question.name for question in questions if question.is_quiz}
    variants = read_variants(folder, [question.name for question in questions])
    wrong = [variant for variant in variants if variant.kind is Kind.WRONG]
    counts: Counter[str] = Counter()
    false: list[str] = []
    notebook = ROOT / "assignments" / name / f"{name}.ipynb"
    for variant, came in in_the_notebook(notebook, ROOT / f"dist/{name}-autograder.zip", wrong):
        kind = kind_of(variant, came, variant.question in quizzes)
        if kind == "hint" and came.hint != variant.hint:
            false.append(f"{name} {variant.question} {variant.name}: {came.hint}")
        counts[kind] += 1
        if kind in show:
            print(f"--- {variant.question}: {variant.name} ({kind})\n{came.text}\n")
    return counts, false


def kind_of(variant: Variant, came: Came, quiz: bool) -> str:
    """Return which of `KINDS` a student reads."""
    if came.passed:
        return "quiz" if quiz else "unseen" if variant.unseen else "missed"
    if came.hint:
        return "hint"
    if came.slow and not came.text:
        return "slow"
    return "machine" if not came.text or MACHINE.search(came.text) else "own"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="HW")
    parser.add_argument("--all", action="store_true", help="print every text")
    parser.add_argument("--list", nargs="+", choices=KINDS, default=[], help="print these texts")
    options = parser.parse_args()
    names = options.names or sorted(path.name for path in (ROOT / "assignments").iterdir())
    total: Counter[str] = Counter()
    false: list[str] = []
    print(f"{'':<20}" + "".join(f"{kind:>9}" for kind in KINDS) + f"{'all':>9}{'passed':>9}")
    for name in names:
        counts, wrong = table_of(name, KINDS if options.all else options.list)
        total += counts
        false += wrong
        _row(name, counts)
    if len(names) > 1:
        _row("together", total)
    for line in false:
        print(f"a hint of another mistake: {line}")
    return 1 if total["machine"] or total["missed"] or false else 0


def _row(name: str, counts: Counter[str]) -> None:
    cells = "".join(f"{counts[kind]:>9}" for kind in KINDS)
    judged = counts.total() - counts["quiz"]
    passed = sum(counts[kind] for kind in PASSED) / judged if judged else 0.0
    print(f"{name:<20}{cells}{counts.total():>9}{passed:>9.0%}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

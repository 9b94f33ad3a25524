"""What the layers of confinement cost a submission: with and without them by turns, in one run.

`python -m benchmarks.confinement` grades the solved notebook as `autograder grade` does, through the copy of
a warm parent, and prints the medians. The limits of the kernel and the clean-up are there in both: they are
no layers that a system may lack.
"""

from __future__ import annotations

import statistics
import time

from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import OpenBundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParents, usable_layers
from autograder.worker.warm_parent import preload
from tests.example_class import ASSIGNMENT, ROOT

ROUNDS = 30


def main() -> None:
    preload([])
    seconds: dict[bool, list[float]] = {True: [], False: []}
    with OpenBundle(ROOT / "dist" / f"{ASSIGNMENT}-autograder.zip") as bundle:
        notebook = read_notebook(ROOT / "dist" / f"{ASSIGNMENT}-solved.ipynb")
        warm_parents = WarmParents(bundle.manifest.preload)
        try:
            grader = Grader(bundle, warm_parents.clone())
            grader.grade(notebook)  # what is done once only
            for turn in range(2 * ROUNDS):
                confined = turn % 2 == 0
                grader.warm_parent.layers = usable_layers() if confined else []
                started = time.perf_counter()
                graded = grader.grade(notebook)
                seconds[confined].append(time.perf_counter() - started)
                assert all(q.score == q.possible for q in graded.questions)
            grader.warm_parent.close()
        finally:
            warm_parents.close()
    with_layers, without = (1000 * statistics.median(seconds[key]) for key in (True, False))
    print(f"{ROUNDS} gradings each of the solved {ASSIGNMENT}, by turns")
    print(f"without layers:                        {without:7.1f} ms")
    print(f"{', '.join(usable_layers()):<39}{with_layers:7.1f} ms")
    print(f"difference                             {with_layers - without:7.1f} ms")
    print(f"ratio                                  {with_layers / without:7.2f}")


if __name__ == "__main__":
    main()

"""What grading costs: a class of several sizes, one submission, one question, and Otter by itself."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.commands.check import Checker
from autograder.course.settings import FILE, load_settings
from benchmarks.classes import write_class
from benchmarks.measure import Cost, run
from benchmarks.otter import otter_run, write_plain_zip
from tests.example_class import ASSIGNMENT, ROOT

KIT = (sys.executable, "-m", "autograder")
QUESTION = "relu"
CHECKS = 15


@dataclass(frozen=True)
class Class:
    """A class that was graded by `autograder grade`."""

    count: int
    cost: Cost


@dataclass(frozen=True)
class Figures:
    """All that was measured in one go."""

    jobs: int
    plain_runs: int
    plain: Cost
    """Of one plain `otter run`, on average."""
    plugin: Cost
    """Of one `otter run` through our plugin."""
    classes: tuple[Class, ...]
    memory: int | None
    """Bytes that grading the smallest class of more than one took."""
    check: Cost
    """Of `autograder check` on a solved notebook."""
    recheck: float
    """Seconds that checking one question again takes."""

    def times_plain(self, graded: Class) -> float:
        """Return how often the class would have been graded while plain Otter graded it once."""
        return graded.count * self.plain.wall / graded.cost.wall

    def times_less_work(self, graded: Class) -> float:
        """Return how much more of the processors' time plain Otter would have taken: load on the machine counts less."""
        return graded.count * self.plain.cpu / graded.cost.cpu

    @property
    def marginal(self) -> float:
        """Seconds of processors that one more submission takes: from the second largest class to the largest."""
        *_, fewer, more = (Class(0, Cost(0, 0)), *self.classes)
        return (more.cost.cpu - fewer.cost.cpu) / (more.count - fewer.count)


def measure(sizes: Sequence[int], plain_runs: int, jobs: int) -> Figures:
    """Grade classes of `sizes`, and `plain_runs` submissions of the largest by plain Otter."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        folder = Path(scratch)
        ours = ROOT / "dist" / f"{ASSIGNMENT}-autograder.zip"
        paths = write_class(folder / "class", max(sizes))
        plain_zip = write_plain_zip(ours, folder / "plain.zip")
        plain = [run(otter_run(plain_zip, path, folder), folder) for path in paths[:plain_runs]]
        tell(f"plain otter run: {_mean(plain).wall:.2f} s")
        plugin = run(otter_run(ours, paths[0], folder), folder)
        tell(f"otter run with the plugin: {plugin.wall:.2f} s")
        classes = []
        for size in sorted(sizes):
            classes.append(Class(size, grade(paths[:size], folder / f"out{size}", jobs)))
            cost = classes[-1].cost
            tell(f"{size} submissions: {cost.wall:.2f} s, {cost.cpu:.2f} s of processors")
        several = min((size for size in sizes if size > 1), default=1)
        memory = grade(paths[:several], folder / "memory", jobs, memory=True).memory
        solved = ROOT / "dist" / f"{ASSIGNMENT}-solved.ipynb"
        check = run([*KIT, "check", str(solved)], ROOT)
        return Figures(
            jobs, plain_runs, _mean(plain), plugin, tuple(classes), memory, check, recheck(solved)
        )


def grade(paths: Sequence[Path], out: Path, jobs: int, *, memory: bool = False) -> Cost:
    """Grade a class as an instructor does, from the start of the command to its end."""
    records = out / "results" / "staff" / "records"
    command = [*KIT, "grade", ASSIGNMENT, *map(str, paths), "--out", str(out), "--jobs", str(jobs)]
    return run(command, ROOT, lambda: any(records.glob("[!.]*.json")), memory=memory)


def recheck(notebook: Path) -> float:
    """Return the median of the seconds in which one question is checked again, as `check --watch` does."""
    seconds = []
    with Checker(ROOT, load_settings(ROOT / FILE)) as checker:
        for _ in range(1 + CHECKS):
            started = time.perf_counter()
            checker.check(notebook, frozenset({QUESTION}))
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[1:])


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _mean(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.mean(cost.wall for cost in costs), statistics.mean(cost.cpu for cost in costs)
    )

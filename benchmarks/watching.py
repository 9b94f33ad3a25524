"""How long a student waits for the verdict on an edit: `python -m benchmarks.watching [HW [QUESTION]]`.

Every save of another answer is timed from the moment the file is in place to the verdict on the question, by the
clock and in CPU seconds of all processes at work, this one included.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder.authoring import build_assignment
from autograder.course.settings import FILE, load_settings
from autograder.kit.checking import Checking

ROOT = Path(__file__).resolve().parents[1]
SAVES = 20
TICK = os.sysconf("SC_CLK_TCK")
LOOK = 0.02


def main(name: str = "hw4_mlp", question: str = "relu") -> None:
    """Print the latency of edits of one question in the solved notebook of an assignment."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        built = build_assignment(ROOT, name, load_settings(ROOT / FILE), root / "dist")
        for data in built.notebook.parent.iterdir():
            (root / data.name).symlink_to(data)
        path = root / f"{name}-mine.ipynb"
        solved = nbformat.read(built.solved, as_version=4)
        solved.metadata = nbformat.read(built.notebook, as_version=4).metadata
        nbformat.write(solved, path)
        began = time.monotonic()
        checking = Checking(path, (), fork=True)
        try:
            while checking.working:
                checking.listen(LOOK)
            right = sum(v.outcome == "passed" for v in checking.board.verdicts.values())
            print(f"{name}: {right} of {len(checking.board.asked)} right, first verdicts ", end="")
            print(f"complete after {time.monotonic() - began:.1f} s")
            waits, cpus = zip(*(_edit(checking, path, solved, question, n) for n in range(SAVES)))
        finally:
            checking.close()
    print(f"{question}, {SAVES} saves: median {statistics.median(waits):.3f} s, ", end="")
    print(f"longest {max(waits):.3f} s; CPU median {statistics.median(cpus):.3f} s")


def _edit(
    checking: Checking, path: Path, notebook: nbformat.NotebookNode, question: str, n: int
) -> tuple[float, float]:
    """Change the answer, and return seconds until its verdict: by the clock, of CPU."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    check = next(i for i, cell in enumerate(cells) if f'check("{question}")' in cell.source)
    cells[check - 1].source += f"\n# {n}"
    draft = path.with_suffix(".draft")
    nbformat.write(notebook, draft)
    checking.board.fresh.clear()
    cpu, began = _cpu(), time.monotonic()
    os.replace(draft, path)
    while question not in checking.board.fresh:
        checking.look()
        checking.listen(LOOK)
    wait, spent = time.monotonic() - began, _between(cpu, _cpu())
    while checking.working:
        checking.listen(LOOK)
    return wait, spent


def _cpu() -> dict[int, tuple[float, float]]:
    """Return, of this process and all that it started, the CPU seconds: its own, and of children that ended."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        user, system, *ended = (int(ticks) / TICK for ticks in fields[11:15])
        parents[int(stat.parent.name)] = int(fields[1])
        spent[int(stat.parent.name)] = user + system, sum(ended)
    return {pid: seconds for pid, seconds in spent.items() if os.getpid() in _above(pid, parents)}


def _above(pid: int, parents: dict[int, int]) -> Iterator[int]:
    """Yield a process and those that it comes from."""
    while pid:
        yield pid
        pid = parents.get(pid, 0)


def _between(
    before: dict[int, tuple[float, float]], after: dict[int, tuple[float, float]]
) -> float:
    """Return the CPU seconds spent. What a process that was there before waited for is not of this edit."""
    old = sum(own - before[pid][0] for pid, (own, _) in after.items() if pid in before)
    return old + sum(sum(seconds) for pid, seconds in after.items() if pid not in before)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The figures as docs/performance.md shows them: between marks, so that the words around them stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from autograder.safe_files import write_atomically
from benchmarks.classes import MIX
from benchmarks.measure import MEBIBYTE, machine
from benchmarks.throughput import QUESTION, Figures
from tests.example_class import ASSIGNMENT, ROOT

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "throughput.svg"
MANY = 100_000
CORES = (16, 64, 256)
UTILISED = 0.8
"""What part of many machines' time is taken to go into grading: some wait, some are started."""


def write_page(figures: Figures, page: Path = PAGE) -> None:
    """Put the tables in their places on the page."""
    text = page.read_text(encoding="utf-8")
    for name, lines in (("figures", measured(figures)), ("reckoned", reckoned(figures))):
        text = between_marks(text, name, lines)
    write_atomically(page, text)


def between_marks(text: str, name: str, lines: Iterable[str]) -> str:
    """Return `text` with other lines between `<!-- name -->` and `<!-- end of name -->`."""
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    inside = "\n".join([first, "", *lines, "", last])
    return re.sub(f"{first}.*?{last}", lambda _: inside, text, flags=re.DOTALL)


def measured(figures: Figures) -> list[str]:
    """Return the table of what was measured."""
    plain, plugin, check = figures.plain, figures.plugin, figures.check
    rows = [
        ("plain `otter run`, one submission", _s(plain.wall), _s(plain.cpu), "1", "1"),
        ("`otter run` with the kit's plugin", _s(plugin.wall), _s(plugin.cpu), "", ""),
    ]
    for graded in figures.classes:
        times = (f"{figures.times_plain(graded):.1f}", f"{figures.times_less_work(graded):.1f}")
        what = "one submission" if graded.count == 1 else f"a class of {graded.count}"
        rows.append(
            (f"`autograder grade`, {what}", _s(graded.cost.wall), _s(graded.cost.cpu), *times)
        )
    rows.append(("`autograder check`, one notebook", _s(check.wall), _s(check.cpu), "", ""))
    rows.append(("checking one question again (`check --watch`)", _s(figures.recheck), "", "", ""))
    largest = figures.classes[-1]
    rest = [
        f"One more submission takes {1000 * figures.marginal:.0f} ms of a processor's time.",
    ]
    if largest.cost.first is not None:
        rest.append(
            f"The first result of the class of {largest.count} is there after {largest.cost.first:.1f} s."
        )
    if figures.memory is not None:
        rest.append(
            f"All processes of `autograder grade --jobs {figures.jobs}` together take "
            f"{figures.memory / MEBIBYTE:.0f} MiB of memory (PSS)."
        )
    return [
        f"{machine()}; `{ASSIGNMENT}`, {figures.jobs} jobs. In the class, {MIX}; the question that is "
        f"checked again is `{QUESTION}`. Plain Otter graded {figures.plain_runs} of the class, one after "
        "another; its time for the others is taken to be the same.",
        "",
        "| | seconds | seconds of processors | times plain Otter | by processors' time |",
        "|---|---:|---:|---:|---:|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
        *rest,
        "",
        f"![Seconds over the size of the class, beside plain Otter](pictures/{PICTURE.name})",
    ]


def reckoned(figures: Figures) -> list[str]:
    """Return the table of what many submissions would take, from what one more took."""
    hours = MANY * figures.marginal / 3600
    lines = [
        f"{MANY:,} submissions like these: {hours:.1f} hours of a processor "
        f"(plain Otter: {MANY * figures.plain.cpu / 3600:.0f}). With {UTILISED:.0%} of the time spent on grading:",
        "",
        "| processors | hours |",
        "|---:|---:|",
    ]
    return lines + [f"| {cores} | {hours / cores / UTILISED:.2f} |" for cores in CORES]


def _s(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"

"""A plot of how long a class takes, beside plain Otter."""

from __future__ import annotations

from pathlib import Path

import matplotlib

from benchmarks.throughput import Figures

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "the same figures make the same file"
from matplotlib import pyplot as plt  # noqa: E402 - after the choice of what draws


def write_picture(figures: Figures, path: Path) -> None:
    """Draw seconds over the size of the class, both on logarithmic axes."""
    counts = [graded.count for graded in figures.classes]
    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    axes.loglog(counts, [n * figures.plain.wall for n in counts], "o--", label="plain otter run")
    axes.loglog(
        counts,
        [graded.cost.wall for graded in figures.classes],
        "o-",
        label=f"autograder grade, {figures.jobs} jobs",
    )
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.minorticks_off()
    axes.set_xlabel("submissions")
    axes.set_ylabel("seconds")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)

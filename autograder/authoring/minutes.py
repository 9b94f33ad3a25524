"""How long a lesson takes: what the headings of its questions say together, and some reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.authoring.master import Master
from autograder.course.settings import FILE

HEADING = re.compile(r"^## \d+ · .*\((\d+) min\)$", re.MULTILINE)
"""`## 1 · ReLU (10 min)`"""
LEAST, MOST = 10, 45
"""Minutes of reading."""


def misfit(master: Master, stated: int | None) -> Iterator[str]:
    """Yield how the minutes in the settings do not fit those of the headings, in a course that says both."""
    prose = "\n\n".join(cell.source for cell in master.cells if cell.kind == "markdown")
    minutes = [int(each) for each in HEADING.findall(prose)]
    if stated is None or not minutes:
        return
    together = sum(minutes)
    least, most = together + LEAST, together + MOST
    if len(minutes) != len(master.questions):
        told = f"{len(minutes)} of {len(master.questions)} headings say minutes"
        yield f"{master.name}: {told}; write each as `## 1 · ReLU (10 min)`"
    elif not least <= stated <= most:
        told = f"the headings say {together} minutes together, and {FILE} says {stated} in all"
        yield f"{master.name}: {told}; with the reading, say {least} to {most}"
    elif f"**{stated} minutes**" not in prose:
        yield f"{master.name}: {FILE} says {stated} minutes; write **{stated} minutes** in intro.py, too"

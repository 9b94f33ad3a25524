"""How learning management systems lay a class's files out when they are downloaded.

Each system is a module with one small class; a new one is a module more, and a line in `LAYOUTS`.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.intake.layouts.blackboard import Blackboard
from autograder.intake.layouts.brightspace import Brightspace
from autograder.intake.layouts.canvas import Canvas
from autograder.intake.layouts.gradescope_export import Gradescope
from autograder.intake.layouts.layout import Layout, Owner
from autograder.intake.layouts.moodle import Moodle
from autograder.intake.walk import Found, Parts

LAYOUTS: tuple[Layout, ...] = (Gradescope(), Moodle(), Blackboard(), Brightspace(), Canvas())
"""In the order in which they are asked whose a file is; the strictest names come first."""

Known = dict[tuple[int, Parts], Owner]


def owners(found: Sequence[Found]) -> Known:
    """Return whose each file is, by source and path; without those that no system has named."""
    known: Known = {}
    for source in sorted({item.source for item in found}):
        paths = [item.parts for item in found if item.source == source]
        for layout in LAYOUTS:
            for parts, owner in layout.owners(paths).items():
                known.setdefault((source, parts), owner)
    return known


def full_names(found: Sequence[Found]) -> dict[Parts, str]:
    """Return the students' names by the `key` of their files, from the lists that systems add."""
    return {key: name for layout in LAYOUTS for key, name in layout.names(found).items()}


__all__ = ["LAYOUTS", "Known", "Layout", "Owner", "full_names", "owners"]

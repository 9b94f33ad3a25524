"""Wrong answers that lose their points by a slip of their own: the mistake they stand for was never tried."""

from __future__ import annotations

import re
from collections.abc import Collection

from autograder.authoring.variants import Variant
from autograder.intake.reading import read_cell
from autograder.outcome.results import Outcome, QuestionResult

SLIP = re.compile(
    r"^Student((?:Name|UnboundLocal|Attribute|Import|ModuleNotFound|Syntax)Error: [^\[]*)"
)
"""What the judge says of an answer that names what is not there."""


def never_tried(variant: Variant, defines: Collection[str], result: QuestionResult) -> str:
    """Return why a wrong answer proves nothing; empty if it was tried.

    Args:
        variant: the wrong answer.
        defines: the names that the question asks for.
        result: what it earned.
    """
    named = read_cell(variant.source).names
    missing = [name for name in defines if name not in named]
    if missing:
        instead = f"{', '.join(sorted(named)) or 'nothing'}, not {' and '.join(missing)}"
        return f"is never tried, since it defines {instead}"
    slip = _slip(result)
    if slip and not variant.raises:
        return f"is never tried, since it raises {slip}; mend it, or mark it with raises=True"
    if variant.raises and not slip:
        return "is marked with raises=True, and does not fail by a name that is not there"
    return ""


def _slip(result: QuestionResult) -> str:
    """Return the one thing by which an answer fails wherever it fails, if that is a slip."""
    lost = [case for case in result.cases if case.outcome is not Outcome.PASSED]
    if lost and result.outcome is Outcome.ERROR and not any(case.staff_message for case in lost):
        return result.message.partition(": ")[2]  # its cell stopped
    slips = [SLIP.match(case.staff_message) for case in lost]
    return slips[0][1].strip() if slips and slips[0] and all(slips) else ""

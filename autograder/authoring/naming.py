"""Whether wrong answers are called by their names: each by its own hint, and none by another's."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.authoring.variants import Variant
from autograder.results import Outcome, QuestionResult, Role

ENOUGH = 0.9
"""The share of an assignment's wrong answers that must be named."""


def is_named(variant: Variant, result: QuestionResult) -> bool:
    """Whether a wrong answer's own hint, and no other, was found for what it lost.

    Of an answer that only breaks rules the rule's own sentence says enough.
    """
    lost = [case for case in result.cases if case.outcome is not Outcome.PASSED]
    hints = {case.hint for case in lost if case.hint}
    return hints == {variant.hint} or (not hints and {case.role for case in lost} == {Role.RULE})


def misnamed(variant: Variant, result: QuestionResult) -> str:
    """Return the problem of a wrong answer that is called by another's name; empty where it is not."""
    for case in result.cases:
        if case.hint and case.hint != variant.hint:
            return (
                f"{result.name}: {case.title}: reads the hint of `{case.mistake}`; "
                "give both one hint that fits both, or a test that tells them apart"
            )
    return ""


def nameless(variant: Variant, result: QuestionResult) -> str:
    """Return why a wrong answer gets no hint at all; empty where it gets one or passes."""
    lost = [case for case in result.cases if case.outcome is not Outcome.PASSED]
    if not lost or is_named(variant, result) or any(case.hint for case in lost):
        return ""
    rivals = sorted({name for case in lost for name in case.rivals} - {variant.name})
    if not rivals:
        return f"{result.name}: `{variant.name}` gets no hint: it is not known again"
    others = " and ".join(f"`{name}`" for name in rivals)
    return (
        f"{result.name}: nobody can earn the hint of `{variant.name}`: {others} always behaves the same. "
        "Give them one hint that fits all, or a test that tells them apart"
    )


def too_few_named(name: str, named: Iterable[bool]) -> list[str]:
    """Return the problem of an assignment whose wrong answers are too seldom named."""
    verdicts = list(named)
    if not verdicts or sum(verdicts) >= ENOUGH * len(verdicts):
        return []
    share = f"{sum(verdicts)} of {len(verdicts)}"
    return [f"{name}: only {share} wrong answers are named by their own hint, {ENOUGH:.0%} must be"]

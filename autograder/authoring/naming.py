"""Whether wrong answers are called by their names: each by its own hint, and none by another's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from autograder.authoring.variants import Variant
from autograder.outcome.results import CaseResult, Outcome, QuestionResult, Role

ENOUGH = 0.9
"""The share of an assignment's wrong answers that must be named."""
REMEDY = "Give them one hint that fits all, or add a test that tells them apart"
Tried: TypeAlias = tuple[Variant, QuestionResult]
"""A wrong answer and what it earned."""


def misnamed(variant: Variant, result: QuestionResult) -> str:
    """Return what is wrong if a wrong answer reads another's hint; empty where it does not."""
    for case in _lost(result):
        if case.hint and case.hint != variant.hint:
            return f"{case.title}: reads the hint of `{case.mistake}`. {REMEDY}"
    return ""


def too_few_named(assignment: str, tried: Sequence[Tried]) -> Iterator[str]:
    """Yield the problem of an assignment whose wrong answers seldom read their own hint."""
    named = sum(is_named(variant, result) for variant, result in tried)
    if named < ENOUGH * len(tried):
        share = f"{named} of {len(tried)} wrong answers are named by their own hint"
        yield f"{assignment}: {share}; {ENOUGH:.0%} must be"


def nameless(tried: Sequence[Tried]) -> Iterator[str]:
    """Yield the hints that no student can earn, with those that always behave the same."""
    for variant, result in tried:
        lost = _lost(result)
        if not lost or is_named(variant, result) or any(case.hint for case in lost):
            continue
        rivals = sorted({name for case in lost for name in case.rivals} - {variant.name})
        if rivals:
            text = f"behaves as {' and '.join(f'`{name}`' for name in rivals)}. {REMEDY}"
        else:
            text = "is not known again by what it does, so nobody reads its hint"
        yield f"{variant.place}, {variant.name}: {text}"


def is_named(variant: Variant, result: QuestionResult) -> bool:
    """Whether a wrong answer's own hint, and no other, was found for what it lost.

    Of an answer that only breaks rules the rule's own sentence says enough.
    """
    lost = _lost(result)
    hints = {case.hint for case in lost if case.hint}
    return hints == {variant.hint} or (not hints and {case.role for case in lost} == {Role.RULE})


def hints_read(result: QuestionResult) -> tuple[str, ...]:
    """Return the mistakes whose hints were found for what an answer lost, each once."""
    return tuple(dict.fromkeys(case.mistake for case in _lost(result) if case.hint))


def _lost(result: QuestionResult) -> list[CaseResult]:
    return [case for case in result.cases if case.outcome is not Outcome.PASSED]

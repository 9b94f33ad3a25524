"""How often a test turns a right answer away by chance, as its author states it in a comment.

An answer that draws numbers is judged by statistics, and every bound on one is missed at times. The comment of such
a test says how often, over all its checks: `false alarms below 1e-8`, `1 in 10 ** 8`, or how far the bound is away:
`0.03 is 10 standard errors`.
"""

from __future__ import annotations

import io
import math
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.authoring.script import Place
from autograder.authoring.test_cells import TestCell

MOST = 1e-6
"""The rate of all tests together above which a grader is unsound: one right submission in a million."""
MEANT = re.compile(
    r"\b(false alarms?|standard errors|standard deviations?|probability|rarer than|checks)\b|"
    r"\bin 10 ?\*\* ?\d",
    re.IGNORECASE,
)
"""What a comment on chance speaks of."""
PROMISED = re.compile(r"\bfalse alarms?\b", re.IGNORECASE)
FIGURE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?e-\d+)\b|\bin 10 ?\*\* ?(\d+)")
ERRORS = re.compile(r"\b(\d+(?:\.\d+)?) standard errors")


@dataclass(frozen=True)
class Chance:
    """What one comment of a test states."""

    place: Place
    rates: tuple[float, ...]
    promised: bool
    """Whether it speaks of false alarms, and must give a figure."""


def stated(test: TestCell) -> Iterator[Chance]:
    """Yield what the comments in a test say of false alarms."""
    for line, comment in _comments(test.cell.source):
        if MEANT.search(comment):
            rates, promised = tuple(_rates(comment)), PROMISED.search(comment) is not None
            yield Chance(test.cell.place.below(line - 1), rates, promised)


def _rates(comment: str) -> Iterator[float]:
    """Yield the figures of a comment: together they are at most the sum of all."""
    figures = FIGURE.findall(comment)
    yield from (float(rate) if rate else 10.0 ** -int(power) for rate, power in figures)
    if not figures:
        yield from (math.erfc(float(n) / math.sqrt(2)) for n in ERRORS.findall(comment))


def too_likely(assignment: str, tests: Iterable[TestCell]) -> Iterator[str]:
    """Yield the problem of tests that together turn right answers away too often."""
    rate = sum(rate for test in tests for chance in stated(test) for rate in chance.rates)
    if rate > MOST:
        yield f"{assignment}: its tests turn away {rate:.1g} of right answers by chance; {MOST:g} may"


def unstated(tests: Iterable[TestCell]) -> Iterator[str]:
    """Yield the comments that speak of false alarms without a figure."""
    for test in tests:
        for chance in stated(test):
            if chance.promised and not chance.rates:
                text = "speaks of false alarms; state their rate, such as 1e-8 or 1 in 10 ** 8"
                yield f"{chance.place}: {test.name} {text}"


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield the comments of a cell with their lines; lines that follow one another are one comment."""
    first = last = 0
    words: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        number = token.start[0]
        if words and number != last + 1:
            yield first, " ".join(words)
            words = []
        if not words:
            first = number
        words.append(token.string.lstrip("# ").rstrip())
        last = number
    if words:
        yield first, " ".join(words)

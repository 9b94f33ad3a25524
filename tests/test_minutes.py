"""How long a lesson takes is what its headings say together, and some reading."""

from __future__ import annotations

import re

import pytest

from tests.lessons import SETTINGS, prose_of

MINUTES = re.compile(r"^## \d+ · .*\((\d+) min\)$", re.MULTILINE)


@pytest.mark.parametrize("assignment", SETTINGS.assignments)
def test_a_lesson_takes_as_long_as_its_headings_and_some_reading(assignment: str) -> None:
    settings = SETTINGS.assignments[assignment]
    prose = prose_of(assignment)
    minutes = [int(each) for each in MINUTES.findall(prose)]
    assert len(minutes) == len(settings.questions), "a heading is `## 1 · ReLU (10 min)`"
    assert settings.minutes is not None, f"{assignment} needs `minutes` in grading.yml"
    least, most = sum(minutes) + 10, sum(minutes) + 45
    told = f"grading.yml gives {assignment} between {least} and {most} minutes"
    assert least <= settings.minutes <= most, told
    assert f"**{settings.minutes} minutes**" in prose, "intro.py says what grading.yml does"

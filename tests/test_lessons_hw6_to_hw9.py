"""What hw6 to hw9 say under their plots is what the numbers in the plots say.

A lesson sets its own random state, so the bounds are wide enough for any other.
"""

from __future__ import annotations

import re

import pytest

from tests.lessons import SETTINGS, found_by, prose_of

MINUTES = re.compile(r"^## \d+ · .*\((\d+) min\)$", re.MULTILINE)


@pytest.mark.parametrize("assignment", ["hw6_stability", "hw9_training"])
def test_a_lesson_takes_as_long_as_its_headings_and_some_reading(assignment: str) -> None:
    settings = SETTINGS.assignments[assignment]
    prose = prose_of(assignment)
    minutes = [int(each) for each in MINUTES.findall(prose)]
    assert len(minutes) == len(settings.questions)
    assert settings.minutes is not None
    assert sum(minutes) + 10 <= settings.minutes <= sum(minutes) + 45
    assert f"**{settings.minutes} minutes**" in prose


def test_a_start_decides_what_twenty_layers_let_through() -> None:
    clipped, signal, gradient, relu_signal, relu_gradient = found_by(
        "hw6_stability",
        "arrows.clamp(-1.5, 1.5)",
        "signal",
        "gradient",
        "relu_signal",
        "relu_gradient",
    )
    assert clipped[0] == clipped[1]  # arrows 1 and 2 become one
    falls = [below / above for above, below in zip(signal["std 0.01"], signal["std 0.01"][1:10])]
    assert all(0.004 < fall < 0.025 for fall in falls)  # a hundredth per layer
    assert all(1e-23 < norm < 1e-17 for norm in gradient["std 0.01"])
    assert all(0.6 < variance < 0.85 for variance in signal["std 0.3"])
    assert gradient["std 0.3"][0] > 100 * gradient["std 0.3"][-1]  # grows on its way down
    assert all(1e-3 < variance < 1 for variance in signal["Xavier"])
    assert max(gradient["Xavier"]) < 100 * min(gradient["Xavier"])
    assert gradient["sigmoid"][0] < 1e-6 * gradient["tanh"][0]
    assert gradient["scaled sigmoid"][0] > 0.1 * gradient["tanh"][0]
    assert relu_signal["Xavier"][-1] < 1e-4 * relu_signal["Xavier"][0]
    assert 0.1 < relu_signal["Kaiming"][-1] / relu_signal["Kaiming"][0] < 10
    assert all(
        1e-4 < x / k < 1e-2 for x, k in zip(relu_gradient["Xavier"], relu_gradient["Kaiming"])
    )

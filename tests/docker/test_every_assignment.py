"""Every assignment's solved notebook in a container as Gradescope gives it by default: the figures of the manual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.settings import load_settings
from tests.docker.classes import write
from tests.docker.containers import Image, grade, with_source
from tests.docker.engine import Engine
from tests.example_class import ROOT, solved

SETTINGS = load_settings(ROOT / "grading.yml")
HARNESS_SECONDS = 600
"""At which Gradescope gives 0, by default."""
MIB = 768


@pytest.mark.slow
@pytest.mark.parametrize("assignment", SETTINGS.assignments)
def test_an_assignment_fits_into_gradescopes_defaults(
    docker: Engine,
    hw4_image: Image,
    built: Callable[[str], None],
    figure: Callable[[str], None],
    tmp_path: Path,
    assignment: str,
) -> None:
    built(assignment)
    image = with_source(docker, hw4_image, assignment)
    graded = grade(docker, image, write(tmp_path, "solved", solved(assignment)))
    figure(
        f"{assignment}, solved: {graded.cpu_seconds:.1f} s of processor time, {graded.peak_mib:.0f} MiB, "
        f"{graded.seconds:.0f} s with docker run at half a processor"
    )
    questions = SETTINGS.assignments[assignment].questions.values()
    assert sum(graded.scores.values()) == pytest.approx(sum(q.points for q in questions))
    assert graded.peak_mib < MIB
    # Our own deadline comes before the harness's, which takes all points.
    assert SETTINGS.limits.submission_seconds <= HARNESS_SECONDS / 2

"""The image that Gradescope would build: small, soon built, and one for all assignments."""

from __future__ import annotations

from collections.abc import Callable

from tests.docker.containers import Image
from tests.docker.engine import Engine

MAX_MEGABYTES = 1300
BUILD_SECONDS = 120
"""Of processor time, on a quiet machine."""


def test_the_image_is_small_and_soon_built(hw4_image: Image, figure: Callable[[str], None]) -> None:
    figure(
        f"image: {hw4_image.megabytes:.0f} MB, of which the environment {hw4_image.environment_megabytes:.0f} MB; "
        f"setup.sh: {hw4_image.cpu_seconds:.0f} s of processor time (bound {BUILD_SECONDS})"
    )
    assert hw4_image.megabytes < MAX_MEGABYTES


def test_nothing_that_installs_or_compiles_is_left_in_it(docker: Engine, hw4_image: Image) -> None:
    found = docker(
        *("run", "--rm", "--network", "none", hw4_image.name, "bash", "-c"),
        "command -v gcc git wget conda xelatex chromium; ls /opt/autograder/bin | grep -E '^(pip|uv)'; true",
    )
    assert found == ""


def test_an_image_that_cannot_grade_is_not_made(docker: Engine, hw4_image: Image) -> None:
    """The self-test that ends setup.sh, in the image that it passed in, with something taken away."""
    spoil = "rm -r /opt/autograder/lib/python3*/site-packages/torch/_dynamo"
    done = docker.run(
        *("run", "--rm", "--network", "none", hw4_image.name, "bash", "-c"),
        f"{spoil}; /opt/autograder/bin/python -I -m autograder doctor --grade",
    )
    assert done.returncode != 0, done.stdout

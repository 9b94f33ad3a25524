"""A container that is killed leaves what it has graded; grading again repairs it."""

from __future__ import annotations

import json
import time
from pathlib import Path

from autograder.course.settings import load_settings
from tests.docker.classes import HW4, write
from tests.docker.containers import LIMITS, Image, harness
from tests.docker.engine import Engine
from tests.example_class import ROOT, Document, solved, with_answer

WAIT_SECONDS = 120
FIRST, SLOW = "relu", "prelu"


def slow_in_the_middle() -> Document:
    source = f"def {SLOW}(X, alpha):\n    while True:\n        pass\n"
    return with_answer(solved(), SLOW, source)


def scores(results: Path) -> dict[str, float]:
    content = json.loads(results.read_text(encoding="utf-8"))
    return {test["name"]: test["score"] for test in content["tests"] if test.get("score")}


def test_a_killed_container_leaves_what_was_graded_and_a_second_run_repairs_it(
    docker: Engine, hw4_image: Image, tmp_path: Path
) -> None:
    path = write(tmp_path, "submission", slow_in_the_middle())
    questions = load_settings(ROOT / "grading.yml").assignments[HW4].questions
    whole = {name: question.points for name, question in questions.items() if name != SLOW}
    with harness([path]) as (volumes, folder):
        results = folder / "results.json"
        container = docker("run", "--detach", *LIMITS, *volumes, hw4_image.name).strip()
        deadline = time.monotonic() + WAIT_SECONDS
        # It hangs at the slow question for as long as a question may take.
        while not (results.exists() and FIRST in scores(results)):
            assert time.monotonic() < deadline, docker("logs", container)
            time.sleep(0.05)
        docker("kill", container)
        left = scores(results)
        assert left and left.items() < whole.items()
        again = docker.run("run", "--rm", *LIMITS, *volumes, hw4_image.name)
        assert again.returncode == 0, again.stdout
        assert scores(results) == whole
        docker("rm", container)

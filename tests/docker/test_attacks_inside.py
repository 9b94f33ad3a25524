"""The suite of attacks, inside a container of the grading image, through its own harness."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.attacks import ATTACKS, POINTS
from tests.attacks.plans import ALONE, combinations
from tests.attacks.run import parts
from tests.docker.containers import Image
from tests.docker.engine import Engine
from tests.example_class import ROOT
from tests.test_attacks import is_deserved

SECONDS = 1800
NEEDED = ("tests", "dist", "assignments", "grading.yml")
"""Of the kit, beside the engine that the image has."""
COMMAND = """
mkdir /tmp/lab && PYTHONPATH=/kit exec /opt/autograder/bin/python -m tests.attacks.run /plan/plan.json /plan/report.json
"""


def carry_out(docker: Engine, image: Image, folder: Path, plan: dict[str, Any]) -> dict[str, Any]:
    content = {"way": "container", "root": "/tmp/lab", **plan}
    (folder / "plan.json").write_text(json.dumps(content))
    volumes = [word for name in NEEDED for word in ("-v", f"{ROOT / name}:/kit/{name}:ro")]
    docker(
        *("run", "--rm", "--network", "none", *volumes, "-v", f"{folder}:/plan"),
        *(image.name, "bash", "-c", COMMAND),
        seconds=SECONDS,
    )
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return report


def no_harm(report: dict[str, Any]) -> bool:
    return not (report["harm"] or report["left_running"] or report["told"])


@pytest.mark.slow
def test_combined_attacks_get_what_their_honest_part_deserves(
    docker: Engine, hw4_image: Image, figure: Callable[[str], None], tmp_path: Path
) -> None:
    plan = {"attacks": [], "combinations": combinations()}
    report = carry_out(docker, hw4_image, tmp_path, plan)
    for name, attacks in combinations().items():
        costs = {q: cost for attack in parts(attacks) for q, cost in attack.costs.items()}
        expected = {
            question: points - costs.get(question, 0) for question, points in POINTS.items()
        }
        assert report["scores"].get(name) == pytest.approx(expected, abs=1e-4), (attacks, report)
    assert no_harm(report), report
    count = sum(map(len, combinations().values()))
    figure(
        f"{count} attacks inside the container, in {len(combinations())} notebooks: none got through"
    )


@pytest.mark.slow
def test_single_attacks_get_what_their_honest_part_deserves(
    docker: Engine, hw4_image: Image, figure: Callable[[str], None], tmp_path: Path
) -> None:
    names = [name for name in ALONE if ATTACKS[name].suffix == ".ipynb"]
    report = carry_out(docker, hw4_image, tmp_path, {"attacks": names, "combinations": {}})
    wrong = [
        (name, report["scores"].get(name))
        for name in names
        if not is_deserved(report["scores"].get(name, {}), name, "contained")
    ]
    assert not wrong, report["output"]
    assert no_harm(report), report
    figure(f"{len(names)} attacks inside the container, a notebook each: none got through")

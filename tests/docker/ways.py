"""The other three ways of grading, as an instructor would start them: question by question, for a folder."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docker.containers import SECONDS, autograder_zip
from tests.docker.engine import Engine
from tests.example_class import ROOT

Scores = dict[str, dict[str, float]]
"""The points of each question, by submission."""
JOBS = os.cpu_count() or 1
OF_THE_ROW = {"file", "total_points_earned", "percent_correct", "grading_status"}
POSSIBLE = "points-per-question"


def by_autograder_grade(assignment: str, folder: Path) -> Scores:
    with TemporaryDirectory() as out:
        command = [sys.executable, "-m", "autograder", "grade", assignment, str(folder)]
        run([*command, "--out", out, "--jobs", str(JOBS)], ROOT)
        return scores(Path(out, "grades.csv"))[0]


def by_otter_run(assignment: str, folder: Path) -> Scores:
    def one(path: Path) -> dict[str, float]:
        with TemporaryDirectory() as out:
            command = [sys.executable, "-m", "otter", "run", "-a", str(autograder_zip(assignment))]
            run([*command, "-o", out, str(path)], Path(out))
            results = json.loads(Path(out, "results.json").read_text(encoding="utf-8"))
            return {test["name"]: test["score"] for test in results["tests"] if "score" in test}

    paths = sorted(folder.glob("*.ipynb"))
    with ThreadPoolExecutor(JOBS) as pool:
        return dict(zip((path.stem for path in paths), pool.map(one, paths), strict=True))


def by_otter_grade(
    docker: Engine, base: str, assignment: str, folder: Path
) -> tuple[Scores, dict[str, str]]:
    """Grade with `otter grade`, which builds its own image; return scores, and the status of each row."""
    with TemporaryDirectory() as out:
        command = [sys.executable, "-m", "otter", "grade", "-n", assignment, "--no-network"]
        command += ["-a", str(autograder_zip(assignment)), "--image", base, "-o", out]
        command += ["--containers", str(JOBS), "--timeout", "300", "--verbose", str(folder)]
        run(command, Path(out), docker.environment)
        return scores(Path(out, "final_grades.csv"))


def scores(table: Path) -> tuple[Scores, dict[str, str]]:
    """Read a table in Otter's columns."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = {Path(row["file"]).stem: row for row in csv.DictReader(file)}
    graded = {name: row for name, row in rows.items() if name != POSSIBLE}
    points = {
        name: {key: float(value or 0) for key, value in row.items() if key not in OF_THE_ROW}
        for name, row in graded.items()
    }
    return points, {name: row["grading_status"] for name, row in graded.items()}


def run(command: list[str], cwd: Path, environment: dict[str, str] | None = None) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**(environment or os.environ), "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=3 * SECONDS,
    )
    assert done.returncode == 0, done.stdout[-5000:]

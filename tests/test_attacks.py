"""Hostile submissions get what their honest part deserves, and do no harm: see `tests/attacks`.

They run as the user who runs the tests and, if that is root, as an ordinary user too; by `autograder grade`
and by `otter run`.
"""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.worker.openable import needed_folders, reachable
from tests.attacks import ATTACKS, POINTS
from tests.attacks.plans import ALONE, MOST, PLANS, combinations, missing_for, plan_of
from tests.attacks.run import HONEST, parts
from tests.attacks.tales import computes, unseen
from tests.example_class import ROOT

pytestmark = pytest.mark.attack

ORDINARY = 61_000 + os.getpid() % 1_000
"""A user of no other process."""
SECONDS = 1200
CAP_SYS_PTRACE = 19


def who() -> list[Any]:
    """Return the users to grade as, the tests' own first."""
    if os.geteuid() != 0:
        return [pytest.param("tester", id="as-an-ordinary-user")]
    closed = next((str(p) for p in [*needed_folders(), ROOT] if not reachable(p)), None)
    reason = f"other users cannot reach {closed}"
    skip = pytest.mark.skipif(closed is not None, reason=reason)
    return [
        pytest.param("tester", id="as-root"),
        pytest.param("ordinary", id="as-an-ordinary-user", marks=skip),
    ]


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, built_hw4: Path) -> Path:
    """The folder of what came of each plan, shared by all processes of a test run."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


def report_of(reports: Path, plan: str, user: str) -> dict[str, Any]:
    """Carry out a plan as a user, once; return what came of it."""
    path = reports / f"attacks-{plan}-{user}.json"
    with locked(path.with_suffix(".lock")):
        if not path.exists():
            path.write_text(carry_out(PLANS[plan], user))
    report: dict[str, Any] = json.loads(path.read_text())
    return report


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def carry_out(plan: dict[str, Any], user: str) -> str:
    attacks = [name for name in plan["attacks"] if not missing_for(ATTACKS[name])]
    # Not in pytest's folder, which no other user can reach.
    with tempfile.TemporaryDirectory(prefix="attacks-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        lab, out = folder / "lab", folder / "out"
        content = {**plan, "attacks": attacks, "root": str(lab)}
        (folder / "plan.json").write_text(json.dumps(content))
        identity: dict[str, Any] = {}
        for path in (lab, out):
            path.mkdir()
            if user == "ordinary":
                os.chown(path, ORDINARY, ORDINARY)
                identity = {"user": ORDINARY, "group": ORDINARY, "extra_groups": []}
        report = out / "report.json"
        command = [
            sys.executable,
            "-m",
            "tests.attacks.run",
            str(folder / "plan.json"),
            str(report),
        ]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            timeout=SECONDS,
            **identity,
        )
        assert done.returncode == 0, done.stderr
        return report.read_text()


def scores_of(report: dict[str, Any], name: str) -> dict[str, float]:
    """Return the scores of the submission whose name ends so."""
    found = [key for key in report["scores"] if key.partition("-")[2] == name]
    assert found, f"{name} was not graded: {report['output'][-2000:]}"
    scores: dict[str, float] = report["scores"][found[0]]
    return scores


def is_deserved(scores: dict[str, float], name: str, user: str) -> bool:
    """Whether the scores are what the honest part of an attack deserves.

    Args:
        user: who graded: "tester", who runs this, "ordinary", or "contained", the root of a container.
    """
    attack = ATTACKS[name]
    shared = user == "ordinary" or os.geteuid() != 0
    lost = {name: 0.0 for name in attack.crowds if shared and scores.get(name) == 0}
    deserved = [{**attack.scores, **lost}]
    hidden = attack.by_descriptors and (user != "tester" or not may_look_at_descriptors())
    if hidden or (attack.room_is_shared and shared):
        deserved.append(dict(POINTS))
    return any(scores == pytest.approx(each, abs=1e-4) for each in deserved)


def may_look_at_descriptors() -> bool:
    """Whether this process sees what one of another user has open; root does not in a default container."""
    text = Path("/proc/self/status").read_text()
    allowed = int(text.partition("CapEff:")[2].split()[0], 16)
    return bool(allowed >> CAP_SYS_PTRACE & 1)


def attempts_by_users() -> list[Any]:
    """Return every attack as every user; what only the judge decides, as another user too, takes its time."""
    return [
        pytest.param(
            name,
            *user.values,
            id=f"{name}-{user.id}",
            marks=[*user.marks, *[pytest.mark.slow] * (plan_of(name, user.values[0]) == "judged")],
        )
        for name in ATTACKS
        for user in who()
    ]


@pytest.mark.parametrize(("name", "user"), attempts_by_users())
def test_an_attack_gets_what_its_honest_part_deserves(reports: Path, name: str, user: str) -> None:
    if missing := missing_for(ATTACKS[name]):
        pytest.skip(f"this system lacks {missing}: {ATTACKS[name].tries}")
    report = report_of(reports, plan_of(name, user), user)
    said = {key: text for key, text in report["said"].items() if name in key}
    scores = scores_of(report, f"attack-{name}")
    assert is_deserved(scores, name, user), (scores, said)


@pytest.mark.parametrize(
    "plan", ["most", *(pytest.param(p, marks=pytest.mark.slow) for p in ("judged", "otter"))]
)
@pytest.mark.parametrize("user", who())
def test_attacks_do_no_harm(reports: Path, plan: str, user: str) -> None:
    report = report_of(reports, MOST[user] if plan == "most" else plan, user)
    assert report["harm"] == []
    assert report["left_running"] == []
    assert report["told"] == []


@pytest.mark.parametrize("user", who())
def test_the_graders_own_output_is_whole_and_clean(reports: Path, user: str) -> None:
    report = report_of(reports, MOST[user], user)
    assert report["status"] == 0
    assert "Traceback" not in report["output"] and not unseen(report["output"])
    assert not [
        cell for row in csv.reader(io.StringIO(report["grades"])) for cell in row if computes(cell)
    ]
    rows = list(csv.DictReader(io.StringIO(report["grades"])))
    assert len(rows) - 1 == report["submissions"] == len(report["scores"])
    names = set(report["scores"])
    expected = {
        f"{folder}/{name}.{kind}"
        for name in names
        for folder, kind in (("results", "json"), ("feedback", "html"))
    }
    for_staff = {f"results/staff/records/{name}.json" for name in names}
    for_staff |= {"grades.csv", "index.html", "results/staff/run.json"}
    assert set(report["files"]) == expected | for_staff


@pytest.mark.parametrize("user", who())
def test_honest_submissions_beside_attacks_are_untouched(reports: Path, user: str) -> None:
    alone = report_of(reports, "honest", "tester")
    beside = report_of(reports, MOST[user], user)
    for name in HONEST:
        assert scores_of(beside, f"honest-{name}") == scores_of(alone, f"honest-{name}"), name


@pytest.mark.parametrize("user", who())
def test_a_judge_that_is_killed_costs_the_submission_that_it_was_at(
    reports: Path, user: str
) -> None:
    report = report_of(reports, "killed", user)
    assert report["kills"] == 2, "at first beside the others, then alone"
    assert report["parallel"] == 2, "the rest of the class is graded in parallel again"
    assert not report["harm"] and not report["left_running"]
    (culprit,) = PLANS["killed"]["attacks"]
    assert not any(scores_of(report, f"attack-{culprit}").values())
    row = next(row for row in csv.reader(io.StringIO(report["grades"])) if culprit in row[0])
    assert "died over this submission" in " ".join(row)
    alone = report_of(reports, "honest", "tester")
    for name in list(HONEST)[:9]:
        assert scores_of(report, f"honest-{name}") == scores_of(alone, f"honest-{name}"), name


def test_a_check_prints_plain_text(built_hw4: Path, tmp_path: Path) -> None:
    """`says_every_sign_that_is_not_seen`, in the terminal of who checks it."""
    notebook = tmp_path / "hw4_mlp.ipynb"
    notebook.write_bytes(ATTACKS["says_every_sign_that_is_not_seen"].build({}))
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check", str(notebook), "-q", "relu", "-q", "tanh"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 1 and "relu" in done.stdout, done.stderr
    assert not unseen(done.stdout + done.stderr)


@pytest.mark.slow
def test_a_class_of_200_with_every_fifth_hostile_is_graded_as_without_them(reports: Path) -> None:
    alone = report_of(reports, "honest", "tester")
    report = report_of(reports, "class", "tester")
    assert report["submissions"] == len(report["scores"]) == 200
    assert not report["harm"] and not report["left_running"]
    graded = 0
    for key, scores in report["scores"].items():
        kind, _, name = key.partition("-")[2].partition("-")
        if kind == "honest":
            assert scores == scores_of(alone, f"honest-{name}"), key
            graded += 1
        else:
            assert is_deserved(scores, name, "tester"), (key, scores)
    assert graded == 160


@pytest.mark.slow
@pytest.mark.parametrize("user", who())
@pytest.mark.parametrize("name", combinations())
def test_otter_run_gives_combined_attacks_the_same(reports: Path, name: str, user: str) -> None:
    report = report_of(reports, "otter", user)
    attacks = parts(combinations()[name])
    costs = {question: cost for attack in attacks for question, cost in attack.costs.items()}
    expected = {question: points - costs.get(question, 0.0) for question, points in POINTS.items()}
    assert report["scores"].get(name) == pytest.approx(expected, abs=1e-4), (
        combinations()[name],
        report["said"].get(name),
        report["output"][-2000:],
    )


@pytest.mark.slow
@pytest.mark.parametrize("user", who())
@pytest.mark.parametrize("name", ALONE)
def test_otter_run_gives_single_attacks_the_same(reports: Path, name: str, user: str) -> None:
    report = report_of(reports, "otter", user)
    if ATTACKS[name].graded and ATTACKS[name].otter_reads:
        assert is_deserved(report["scores"].get(name, {}), name, user), report["scores"].get(name)
    else:
        assert report["status"][name] != 0 or not any(report["scores"][name].values()), report[
            "output"
        ]


def test_there_are_attacks_of_every_kind() -> None:
    assert len(ATTACKS) >= 40
    assert all(attack.tries for attack in ATTACKS.values())

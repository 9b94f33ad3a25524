"""`python -m tests.attacks.run PLAN REPORT`: a lab, submissions, one way of grading them, and what came of it.

A process of its own, so that it can be started as another user, and so that whatever a submission leaves
running comes back to it. PLAN and REPORT are JSON.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from autograder.course.manifest import CONFIG, Manifest
from tests.attacks import ATTACKS, POINTS, Attack, moved
from tests.attacks.attack import Lab, as_bytes, with_attempts, with_hostile_answers
from tests.attacks.killer import Killer
from tests.attacks.lab import SECRET, TOKEN, Bench, open_lab
from tests.attacks.tales import tell_tales
from tests.example_class import (
    ASSIGNMENT,
    MAKERS,
    ROOT,
    Document,
    functions,
    solved,
)

PR_SET_CHILD_SUBREAPER = 36
SECONDS = 900
JOBS = 2
HARNESS = Path("/autograder")
"""Of a container that is made from the grading image."""
LIMITS = {
    "cell_seconds": 4,
    "question_seconds": 4,
    "submission_seconds": 60,
    "memory_mb": 512,
    "processes": 24,
}
HONEST = {
    "perfect": solved,
    **{name: make for name, make in MAKERS.items() if "loop" not in name},
}


def main(plan_path: str, report_path: str) -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    plan = json.loads(Path(plan_path).read_text())
    root = Path(plan["root"])
    with open_lab(root) as bench:
        autograder = write_autograder(bench.work)
        started = time.monotonic()
        way = {"grade": grade, "otter": run_otter, "container": run_container}[plan["way"]]
        report = way(bench, autograder, plan)
        report["seconds"] = time.monotonic() - started
        report["left_running"] = left_running(bench.bystander.pid)
        report["harm"] = bench.harm()
        report["user"] = os.geteuid()
        Path(report_path).write_text(json.dumps(report))


def write_autograder(work: Path) -> Path:
    """Write the assignment's autograder with short limits and a secret to look for."""
    source = ROOT / "dist" / f"{ASSIGNMENT}-autograder.zip"
    target = work / "kit" / "dist" / source.name
    target.parent.mkdir(parents=True)
    (work / "kit" / "grading.yml").write_bytes((ROOT / "grading.yml").read_bytes())
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as copy:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename == CONFIG:
                data = with_short_limits(data)
            elif info.filename.startswith("tests/") and info.filename.endswith(".py"):
                data += f'\nSECRET = "{SECRET}"\n'.encode()
            copy.writestr(info, data)
    return target


def with_short_limits(config_text: bytes) -> bytes:
    manifest = Manifest.from_config(config_text)
    manifest.limits = manifest.limits.model_copy(update=LIMITS)
    for question in manifest.questions:
        question.seconds = None
    return manifest.into_config(config_text)


def environment(bench: Bench) -> dict[str, str]:
    """Return an instructor's environment, with a token in it."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(bench.work),
        "TMPDIR": str(bench.tmp),
        "LANG": "C.UTF-8",
        TOKEN: SECRET,
    }


def grade(bench: Bench, autograder: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """Grade attacks and honest submissions as one class with `autograder grade`."""
    folder, out = bench.work / "submissions", bench.work / "out"
    folder.mkdir()
    called: dict[str, str] = {}
    for number, (name, data, suffix) in enumerate(a_class(plan, bench.facts)):
        called[f"{number:03d}"] = f"{number:03d}-{name}"
        (folder / f"{number:03d}-{name}{suffix}").write_bytes(data)
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        ASSIGNMENT,
        str(folder),
        "--out",
        str(out),
    ]
    killer = Killer(bench.tmp, plan.get("kills"))
    with killer:
        done = run([*command, "--jobs", str(JOBS)], autograder.parents[1], bench)
    results = {
        called[path.stem[:3]]: json.loads(path.read_text())
        for path in (out / "results").glob("*.json")
    }
    return {
        "kills": killer.kills,
        "parallel": killer.parallel,
        **done,
        "submissions": len(list(folder.iterdir())),
        "scores": {
            name: {t["name"]: t["score"] for t in r["tests"]} for name, r in results.items()
        },
        "total": {name: r["score"] for name, r in results.items()},
        "said": {
            name: r["output"] + "\n".join(t["output"] for t in r["tests"])
            for name, r in results.items()
        },
        "files": sorted(
            path.relative_to(out).with_stem(called.get(path.stem[:3], path.stem)).as_posix()
            for path in out.rglob("*")
            if path.is_file()
        ),
        "told": tell_tales(out),
        "grades": (out / "grades.csv").read_text() if (out / "grades.csv").exists() else "",
    }


def a_class(plan: dict[str, Any], lab: Lab) -> Iterator[tuple[str, bytes, str]]:
    """Yield attacks and honest submissions by turns: name, content and suffix."""
    attacks = [(f"attack-{name}", *attack_file(name, lab)) for name in plan["attacks"]]
    honest = [(f"honest-{name}", as_bytes(make()), ".ipynb") for name, make in HONEST.items()]
    every = max(1, round(plan["honest"] / max(1, len(attacks))))
    left = plan["honest"]
    for number in range(max(len(attacks), plan["honest"])):
        yield from attacks[number : number + 1]
        for copy in range(min(left, every)):
            yield honest[(number * every + copy) % len(honest)]
        left -= min(left, every)


def attack_file(name: str, lab: Lab) -> tuple[bytes, str]:
    return ATTACKS[name].build(lab), ATTACKS[name].suffix


def run_otter(bench: Bench, autograder: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """Grade with `otter run`, two at a time: combinations of attacks, and single ones."""
    report = empty_report()
    with ThreadPoolExecutor(JOBS) as pool:
        done = [
            pool.submit(otter_one, bench, autograder, name, data, suffix, report)
            for name, (data, suffix) in one_by_one(plan, bench.facts).items()
        ]
    for one in done:
        one.result()
    return report


def run_container(bench: Bench, autograder: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """Grade inside a container of the grading image as its harness does, one after another."""
    report = empty_report()
    with zipfile.ZipFile(autograder) as archive:
        archive.extractall(HARNESS / "source")
    for name, (data, suffix) in one_by_one(plan, bench.facts).items():
        for folder in ("submission", "results"):
            shutil.rmtree(HARNESS / folder, ignore_errors=True)
            (HARNESS / folder).mkdir()
        (HARNESS / "submission" / f"{ASSIGNMENT}{suffix}").write_bytes(data)
        done = run([str(HARNESS / "run_autograder")], HARNESS, bench)
        note(report, name, done, HARNESS / "results")
    return report


def empty_report() -> dict[str, Any]:
    return {"scores": {}, "said": {}, "told": [], "status": {}, "output": ""}


def one_by_one(plan: dict[str, Any], lab: Lab) -> dict[str, tuple[bytes, str]]:
    """Return combinations of attacks and single ones: content and suffix by name."""
    files = {
        name: (as_bytes(combined(parts(attacks), lab)), ".ipynb")
        for name, attacks in plan["combinations"].items()
    }
    return files | {name: attack_file(name, lab) for name in plan["attacks"]}


def parts(attacks: dict[str, str]) -> list[Attack]:
    """Return the attacks named, hostile answers at the questions that are given with them."""
    return [
        moved(attack, question)
        if (attack := ATTACKS[name]).answer and attack.question != question
        else attack
        for name, question in attacks.items()
    ]


def combined(attacks: Sequence[Attack], lab: Lab) -> Document:
    """Return one notebook with hostile answers where they stand, and attempts at the other questions."""
    answers = {attack.question: attack.answer for attack in attacks if attack.answer}
    free = [question for question in functions() if question not in answers]
    attempts = [attack.attempt for attack in attacks if attack.attempt]
    shares = {question: attempts[number :: len(free)] for number, question in enumerate(free)}
    document = with_attempts(lab, {question: share for question, share in shares.items() if share})
    return with_hostile_answers(document, lab, answers)


def otter_one(
    bench: Bench, autograder: Path, name: str, data: bytes, suffix: str, report: dict[str, Any]
) -> None:
    folder = bench.work / name
    folder.mkdir()
    submission = folder / f"{ASSIGNMENT}{suffix}"
    submission.write_bytes(data)
    command = [sys.executable, "-m", "otter", "run", "-a", str(autograder), "-o", str(folder)]
    done = run([*command, str(submission)], folder, bench)
    submission.unlink()
    note(report, name, done, folder)


def note(report: dict[str, Any], name: str, done: dict[str, Any], folder: Path) -> None:
    """Put into the report what came of one submission, whose results are in `folder`."""
    report["status"][name] = done["status"]
    report["output"] += f"== {name}\n{done['output']}"
    path = folder / "results.json"
    if path.exists():
        tests = json.loads(path.read_text())["tests"]
        report["scores"][name] = {t["name"]: t["score"] for t in tests if t["name"] in POINTS}
        report["said"][name] = "\n".join(t["output"] for t in tests)
        report["told"] += [f"{name}: {tale}" for tale in tell_tales(folder)]


def run(command: list[str], cwd: Path, bench: Bench) -> dict[str, Any]:
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment(bench),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        return {"status": "timeout", "output": (error.stdout or b"").decode(errors="replace")}
    return {"status": done.returncode, "output": done.stdout.decode(errors="replace")}


def left_running(bystander: int) -> list[str]:
    """Return what still descends from this process, orphans included."""
    time.sleep(0.5)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    found, waiting = [], [os.getpid()]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                text = Path(f"/proc/{pid}/task/{task}/children").read_text()
                waiting += map(int, text.split())
            if pid not in (os.getpid(), bystander):
                found.append(f"{pid} {Path(f'/proc/{pid}/cmdline').read_bytes()!r}")
    return found


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

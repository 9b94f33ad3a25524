"""Every assignment on a student's machine: nothing but the zip, and an environment made as its README says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring import build_assignment
from autograder.course.settings import load_settings
from tests.conftest import build_lock
from tests.example_class import ROOT
from tests.install.machine import Machine, set_up, unpacked
from tests.install.running import answer, in_jupyter, in_terminal

SETTINGS = load_settings(ROOT / "grading.yml")
MOST = 400.0
"""Megabytes that the small way may download."""

pytestmark = pytest.mark.install


class Machines:
    """Environments by the requirements that they were made of: assignments that need the same share one."""

    def __init__(self) -> None:
        self.made: dict[str, Machine] = {}
        self.rows: list[str] = []

    def machine(self, home: Path, scratch: Path) -> Machine:
        needs = (home / "requirements.txt").read_text(encoding="utf-8")
        if needs not in self.made:
            self.made[needs] = made = set_up(home, scratch)
            self.rows.append(
                f"set-up of {home.name}: {made.minutes:.1f} minutes, {made.downloaded:.0f} MB downloaded, "
                f"{made.disk:.0f} MB of disk; torch {made.torch}"
            )
        return self.made[needs]


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    machines = Machines()
    yield machines
    print("\n\n" + "\n".join(machines.rows))


@pytest.mark.parametrize("name", SETTINGS.assignments)
def test_references_pass_and_the_untouched_notebook_does_not(
    name: str, machines: Machines, tmp_path: Path
) -> None:
    with build_lock(ROOT):
        built = build_assignment(ROOT, name, SETTINGS, ROOT / "dist")
    home = unpacked(built, tmp_path)
    machine = machines.machine(home, tmp_path)
    assert machine.downloaded < MOST
    questions = set(SETTINGS.assignment(name).questions)
    path = home / f"{name}.ipynb"
    untouched = in_jupyter(machine, path)
    assert untouched == dict.fromkeys(questions, False)
    assert in_terminal(machine, path) == set()
    answer(built, path)
    solved = in_jupyter(machine, path)
    assert solved == dict.fromkeys(questions, True)
    assert in_terminal(machine, path) == questions
    machines.rows.append(
        f"{name}: {sum(untouched.values())} of {len(questions)} checks pass untouched, "
        f"{sum(solved.values())} with the references; kit check says the same"
    )

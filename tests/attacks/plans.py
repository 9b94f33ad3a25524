"""Which attacks are tried together, in which way, and by which user."""

from __future__ import annotations

from typing import Any

from autograder.worker.layers import available
from tests.attacks import ATTACKS, Attack
from tests.attacks.run import HONEST

QUICK = [
    name
    for name, attack in ATTACKS.items()
    if not any(
        word in name + attack.tries for word in ("loop", "daemon", "stop", "drip", "memory", "fork")
    )
]
ALIKE = ("relu", "sigmoid", "tanh")
"""Questions of as many points, at each of which a hostile answer to the first is one too."""
EXCLUSIVE = [
    name
    for name, attack in ATTACKS.items()
    if attack.crowds or attack.by_descriptors or name == "forks_faster_than_it_can_be_named"
]
"""What would get in others' way within one notebook."""
ALONE = [
    name
    for name, attack in ATTACKS.items()
    if name in EXCLUSIVE or not (attack.attempt or attack.answer)
]


JUDGED = {"comparing", "containers", "metadata", "watching", "words"}
"""Modules of attacks on what the judge makes of replies and files: whose processes they are matters nothing there."""


def combinations() -> dict[str, dict[str, str]]:
    """Return notebooks of several attacks, with their questions, for `otter run`: each starts a kernel.

    An answer that some of its question's test cases rightly pass stays at that question.
    """
    rest = [name for name in ATTACKS if name not in ALONE and not missing_for(ATTACKS[name])]
    attempts = [name for name in rest if ATTACKS[name].attempt]
    answers = [name for name in rest if ATTACKS[name].question == ALIKE[0] and name not in attempts]
    answers.sort(key=lambda name: ATTACKS[name].costs[ALIKE[0]])
    quizzes = [name for name in rest if name not in attempts and name not in answers]
    count = -(-len(answers) // len(ALIKE))
    made = [dict(zip(answers[number::count], ALIKE)) for number in range(count)]
    for number, name in enumerate([*quizzes, *attempts]):
        made[0 if name in quizzes else number % count][name] = ATTACKS[name].question
    return {f"combination-{number}": attacks for number, attacks in enumerate(made)}


def missing_for(attack: Attack) -> list[str]:
    """Return the layers of confinement that hold this attack and are not here."""
    return [layer for layer in attack.needs if available()[layer]]


PLANS: dict[str, dict[str, Any]] = {
    "all": {"way": "grade", "attacks": list(ATTACKS), "honest": len(HONEST)},
    "confined": {
        "way": "grade",
        "attacks": [name for name, attack in ATTACKS.items() if attack.module not in JUDGED],
        "honest": len(HONEST),
    },
    "judged": {
        "way": "grade",
        "attacks": [name for name, attack in ATTACKS.items() if attack.module in JUDGED],
        "honest": 0,
    },
    "class": {"way": "grade", "attacks": (QUICK * 2)[:40], "honest": 160},
    "killed": {"way": "grade", "attacks": ["loops_for_ever_in_its_cell"], "honest": 9, "kills": 0},
    "honest": {"way": "grade", "attacks": [], "honest": len(HONEST)},
    "otter": {"way": "otter", "attacks": ALONE, "combinations": combinations()},
}
MOST = {"tester": "all", "ordinary": "confined"}
"""The plan with most of the attacks, by user."""


def plan_of(name: str, user: str) -> str:
    """Return the plan in which a user tries an attack."""
    if user == "tester":
        return "all"
    return "judged" if ATTACKS[name].module in JUDGED else "confined"

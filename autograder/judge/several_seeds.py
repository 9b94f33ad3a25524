"""One question of one notebook, judged from several random states: the cells before it run once for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from autograder.intake.notebook import Notebook
from autograder.judge.answered import Stand
from autograder.judge.grading import Grader, Run
from autograder.judge.plan import Plan, make_plan
from autograder.judge.question import Judged, Selection


class RunFrom(Run):
    """Judges each question of a plan once per random state, each time in a snapshot of its own."""

    def __init__(
        self, grader: Grader, plan: Plan, seeds: Sequence[int], before_each: Callable[[], None]
    ) -> None:
        super().__init__(grader, plan, Selection(note_draws=True))
        self.seeds, self.before_each = seeds, before_each
        self.judged: dict[int, Judged] = {}
        """By random state."""

    def take_up(self, stand: Stand) -> None:
        for seed in self.seeds:
            self.before_each()
            self.selection = replace(self.selection, seed=seed)
            # Each state has the time that a submission has.
            self.deadline = time.monotonic() + self.limits.submission_seconds
            self.tried.clear()
            self._judge(stand)
            name = stand.question.name
            self.judged[seed] = Judged(self.results[name], self.tried.get(name, {}))


def judge_from(
    grader: Grader,
    notebook: Notebook,
    question: str,
    seeds: Sequence[int],
    before_each: Callable[[], None] = lambda: None,
) -> Mapping[int, Judged]:
    """Return by random state what judging `question` found; no mistake is named yet.

    What cells draw is no part of a state: only test cases start from one.

    Raises:
        WireError: the warm parent is lost.
    """
    plan = make_plan(notebook, grader.bundle.manifest, frozenset([question]))
    run = RunFrom(grader, plan, seeds, before_each)
    run.carry_out()
    return run.judged

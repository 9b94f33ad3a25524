"""The slips in a reference that cost no points: what the tests of a question do not look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.authoring.mutants import Mutant, equivalents, mutants
from autograder.authoring.trials import Trial, answer_to, grade_trial, with_answer
from autograder.intake.notebook import Notebook, read_notebook
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.question import Selection
from autograder.pool import run_in_pool
from autograder.results import Outcome


@dataclass(frozen=True)
class Survival:
    """How the mutants of one assignment fared."""

    tried: int
    equivalent: int
    """How many of the survivors have a reason in the list of equivalents."""
    survivors: tuple[tuple[str, Mutant], ...]
    """The others, with their questions."""
    listed_in_vain: tuple[str, ...]
    """What the list names and the tests catch, or no slip makes."""


def survival(
    root: Path,
    name: str,
    dist: Path,
    jobs: int = 1,
    selection: Selection = Selection(),
    only: Collection[str] = (),
) -> Survival:
    """Grade every mutant of the assignment `name`, or of its questions `only`.

    Raises:
        KitError: a question is unknown, something is not built, or the list of equivalents is not as it must be.
    """
    known = equivalents(root, name)
    with OpenBundle(dist / f"{name}-autograder.zip") as bundle:
        bundle.manifest.require_questions(only)
        solved = read_notebook(dist / f"{name}-solved.ipynb")
        tried: dict[str, tuple[str, Mutant]] = {}
        trials: list[Trial] = []
        for trial, question, mutant in _trials(bundle, solved, only):
            trials.append(trial)
            tried[trial.name] = (question, mutant)
        task = partial(grade_trial, selection=selection)
        unharmed = {
            trial.name
            for trial, graded in run_in_pool(bundle, task, trials, jobs)
            if graded and all(r.outcome is Outcome.PASSED for r in graded.questions)
        }
    alive = [found for trial_name, found in tried.items() if trial_name in unharmed]
    survivors = [(q, m) for q, m in alive if m.after not in known.get(q, {})]
    living = {(question, mutant.after) for question, mutant in alive}
    asked = set(only) or {question for question, _ in tried.values()}
    vain = [
        f"{q}: {line}" for q in known if q in asked for line in known[q] if (q, line) not in living
    ]
    return Survival(len(tried), len(alive) - len(survivors), tuple(survivors), tuple(vain))


def _trials(
    bundle: Bundle, solved: Notebook, only: Collection[str]
) -> Iterator[tuple[Trial, str, Mutant]]:
    for question in bundle.manifest.questions:
        if only and question.name not in only:
            continue
        for number, mutant in enumerate(mutants(answer_to(solved, question)), 1):
            notebook = with_answer(solved, question, mutant.source)
            trial = Trial(f"{question.name}, mutant {number}", notebook, frozenset([question.name]))
            yield trial, question.name, mutant

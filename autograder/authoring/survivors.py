"""The slips in a reference that cost no points: what the tests of a question do not look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.authoring.mutants import Mutant, equivalents, mutants
from autograder.authoring.trials import Trial, answer_to, grade_trial, with_answer
from autograder.grading.pool import run_in_pool
from autograder.intake.notebook import Notebook, read_notebook
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.question import Selection
from autograder.outcome.results import Outcome


@dataclass(frozen=True)
class Survival:
    """How the mutants of one assignment fared."""

    tried: int
    survivors: tuple[tuple[str, Mutant], ...]
    """Those that cost no points and have no reason, with their questions."""
    equivalents: tuple[tuple[str, Mutant, str], ...]
    """Those that cost none, with the reason from the list of equivalents."""
    listed_in_vain: tuple[str, ...]
    """What the list names and the tests catch, or no slip makes."""
    source_digest: str
    """Of what the zip was built from."""

    @property
    def sound(self) -> bool:
        """Whether every slip costs points, or has a reason."""
        return not (self.survivors or self.listed_in_vain)


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
        digest = bundle.manifest.source_digest
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
    reasons = {(q, line): reason for q, lines in known.items() for line, reason in lines.items()}
    survivors = [(q, m) for q, m in alive if (q, m.after) not in reasons]
    explained = [(q, m, reasons[q, m.after]) for q, m in alive if (q, m.after) in reasons]
    living = {(question, mutant.after) for question, mutant in alive}
    asked = set(only) or {question for question, _ in tried.values()}
    vain = [
        f"{q}: {line}" for q in known if q in asked for line in known[q] if (q, line) not in living
    ]
    return Survival(len(tried), tuple(survivors), tuple(explained), tuple(vain), digest)


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

"""What becomes of a grader's answers from further random states, found without trying all of it again.

A verdict can change with the random state only where something draws: the test on its side of the border, or
the answer on the other. From the first state each test case was asked whether a generator moved in it. A question in
which none did, over all answers, does the same from every state by construction, and is not tried again; nor is an
answer in whose own test cases none did, but for the hint that it reads, since the wrong answers that it is compared with
may draw. Left out are starter, stock and hostile answers, which earn nothing by what they are.

For the states that are left, the cells of a notebook run once, and each state has a snapshot of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.authoring.trials import STARTER, Fared, Trial
from autograder.authoring.variants import Kind
from autograder.border.wire import WireError
from autograder.grading.pool import run_in_pool, take_up
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.question import Judged
from autograder.judge.recognition import with_hints
from autograder.judge.seeds import draws_elsewhere
from autograder.judge.several_seeds import judge_from
from autograder.judge.stage import REFERENCE
from autograder.outcome.results import Graded, QuestionResult

PART = 10
"""How many random states a judge tries a question from at a time: what it holds of each is let go afterwards."""


@dataclass(frozen=True)
class Again:
    """A question in which something draws, to be tried again."""

    question: str
    drawing: tuple[Trial, ...]
    """What is judged from each random state."""
    still: tuple[Trial, ...]
    """Wrong answers that draw nothing themselves: what each of them does is the same from every state."""
    first: Mapping[str, QuestionResult]
    """What they earned from the first random state, by trial."""
    seeds: tuple[int, ...] = ()


Results = Mapping[str, QuestionResult | None]
"""What a question earns by trial; `None` if the grader lost its own process."""


def from_further_seeds(
    bundle: Bundle,
    trials: Sequence[Trial],
    fared: Mapping[str, Fared | None],
    seeds: Sequence[int],
    jobs: int,
) -> Iterator[tuple[Mapping[str, Graded | None], frozenset[str]]]:
    """Yield for each of `seeds` what the trials earn, and which questions were tried from it.

    Args:
        trials: what was tried from the first random state.
        fared: how, by the name of the trial.
    """
    questions = list(to_try_again(bundle, trials, fared)) if seeds else []
    parts = [part for question in questions for part in _parts(question, seeds, jobs)]
    found: dict[int, list[Results]] = {seed: [] for seed in seeds}
    for part, results in run_in_pool(bundle, try_again, parts, jobs, many=True) if parts else ():
        for seed in part.seeds:
            lost = {trial.name: None for trial in part.drawing}
            found[seed].append(lost if results is None else results[seed])
    first = {name: each.graded if each else None for name, each in fared.items()}
    for seed in seeds:
        graded = dict(first)
        for earned in found[seed]:
            for name, result in earned.items():
                graded[name] = _with(graded[name], result)
        yield graded, frozenset(each.question for each in questions)


def to_try_again(
    bundle: Bundle, trials: Sequence[Trial], fared: Mapping[str, Fared | None]
) -> Iterator[Again]:
    """Yield the questions in which something draws."""
    answers = [trial for trial in trials if not trial.stock and trial.name != STARTER]
    sources = {t.name: [cell.source for cell in t.notebook.cells] for t in answers}
    elsewhere = {name for name, cells in sources.items() if draws_elsewhere(cells)}
    for question in bundle.manifest.questions:
        asked = [t for t in answers if question.name in t.questions and fared[t.name]]
        all_draw = draws_elsewhere([bundle.tests[question.name].source])

        def draws(trial: Trial, name: str = question.name, always: bool = all_draw) -> bool:
            known = fared[trial.name]
            return always or trial.name in elsewhere or bool(known and name in known.drawn)

        if any(map(draws, asked)):
            yield Again(
                question.name,
                drawing=tuple(trial for trial in asked if draws(trial)),
                still=tuple(t for t in asked if t.of(question.name, Kind.WRONG) and not draws(t)),
                first={
                    trial.name: result
                    for trial in asked
                    if (known := fared[trial.name])
                    for result in known.graded.questions
                    if result.name == question.name
                },
            )


def _parts(question: Again, seeds: Sequence[int], jobs: int) -> Iterator[Again]:
    """Yield a question with some of the random states at a time, so that every judge has something to do."""
    size = min(PART, -(-len(seeds) // jobs))
    for start in range(0, len(seeds), size):
        yield replace(question, seeds=tuple(seeds[start : start + size]))


def try_again(grader: Grader, again: Again) -> Mapping[int, Results]:
    """Return by random state what the answers to a question earn."""
    found: dict[int, dict[str, QuestionResult | None]] = {seed: {} for seed in again.seeds}
    fared: dict[int, dict[Trial, Judged]] = {seed: {} for seed in again.seeds}
    for trial in (*again.drawing, *again.still):
        one_for_all = trial in again.still
        seeds = again.seeds[:1] if one_for_all else again.seeds
        take_up()
        try:
            judged = judge_from(grader, trial.notebook, again.question, seeds, take_up)
        except WireError:
            for results in found.values():
                results[trial.name] = None
            continue
        for seed, each in judged.items():
            for state in again.seeds if one_for_all else [seed]:
                found[state][trial.name], fared[state][trial] = each.result, each
    # Mistakes are named state by state: what is known of the course's wrong answers is known of one state.
    for seed, results in found.items():
        results |= _named(grader, again, fared[seed], seed)
    return found


def _named(
    grader: Grader, again: Again, fared: Mapping[Trial, Judged], seed: int
) -> dict[str, QuestionResult]:
    """Return the results of the wrong answers, with the mistakes named that explain them.

    What an answer did as a submission stands for its rehearsal. Where it would read another hint than from the
    first random state, all are rehearsed, as for a student.
    """
    (question,) = (q for q in grader.bundle.manifest.questions if q.name == again.question)
    recogniser, tests = grader.recogniser, grader.bundle.tests[again.question]
    wrong = {t: each for t, each in fared.items() if t.of(again.question, Kind.WRONG)}
    if recogniser is None:
        return {}

    def named(trial: Trial) -> QuestionResult:
        take_up()
        judged = wrong[trial]
        return with_hints(judged.result, recogniser.explain(question, judged.tried, seed), tests)

    with contextlib.suppress(WireError):
        recogniser.suppose(question, {_name(t): each.tried for t, each in fared.items()}, seed)
    results = {trial.name: named(trial) for trial in wrong}
    others = [t for t in wrong if _hints(results[t.name]) != _hints(again.first[t.name])]
    if others:
        recogniser.forget()
    return results | {trial.name: named(trial) for trial in others}


def _name(trial: Trial) -> str:
    """Return by which name the judge knows an answer."""
    return trial.variant.name if trial.variant else REFERENCE.name


def _hints(result: QuestionResult) -> list[str]:
    return [case.hint for case in result.cases]


def _with(graded: Graded | None, result: QuestionResult | None) -> Graded | None:
    """Return what was graded, with another result of one question."""
    if graded is None or result is None:
        return None
    questions = (result if each.name == result.name else each for each in graded.questions)
    return replace(graded, questions=tuple(questions))

"""Grading the grader: right answers must pass, wrong ones must be caught, an empty notebook earns nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from autograder.authoring.finding import Finding, Validation
from autograder.authoring.further_seeds import from_further_seeds
from autograder.authoring.master import read_master
from autograder.authoring.minutes import misfit
from autograder.authoring.trials import trials, try_trial
from autograder.authoring.unseen import misjudged
from autograder.authoring.variants import Variant, read_variants, sampled
from autograder.course.settings import FILE, load_settings
from autograder.course.sources import solutions_folder
from autograder.grading.pool import run_in_pool
from autograder.intake.notebook import read_notebook
from autograder.judge.bundle import Bundle, OpenBundle
from autograder.judge.question import Selection
from autograder.outcome.results import Graded


def validate(
    root: Path,
    name: str,
    dist: Path,
    jobs: int = 1,
    only: Collection[str] = (),
    quick: bool = False,
    few: int = 0,
) -> Finding:
    """Return what `validate_from` finds from the random state that submissions are graded from."""
    (finding,) = validate_from([0], root, name, dist, jobs, only, quick, few)
    return finding


def validate_from(
    seeds: Sequence[int],
    root: Path,
    name: str,
    dist: Path,
    jobs: int = 1,
    only: Collection[str] = (),
    quick: bool = False,
    few: int = 0,
) -> Iterator[Finding]:
    """Grade the reference, the starter and every variant of one assignment, or of the questions `only`.

    Args:
        seeds: the random states of the tests. From the first of them everything is tried. From the others what can
            come out otherwise (see `further_seeds`): of questions in which something draws random numbers, all
            but starter, stock and hostile answers.
        quick: whether to leave out stock and hostile answers, which must not earn a point.
        few: how many wrong answers of a question to try at most, and half as many right ones; 0 for all. What
            only all of them show is not asked then.

    Yields:
        What was found from each of `seeds`, in their order.

    Raises:
        KitError: a question is unknown, something is not built, or an author's file is not as it must be.
    """
    folder = solutions_folder(root, name)
    assignment = load_settings(root / FILE).assignment(name)
    master = read_master(folder, assignment)
    with OpenBundle(dist / f"{name}-autograder.zip") as bundle:
        bundle.manifest.require_questions(only)
        chosen = frozenset(only or (question.name for question in bundle.manifest.questions))
        solved = read_notebook(dist / f"{name}-solved.ipynb")
        starter = read_notebook(root / "assignments" / name / f"{name}.ipynb")
        in_order = [q.name for q in bundle.manifest.questions if q.name in chosen]
        variants = read_variants(folder, in_order)
        if few:
            variants = sampled(variants, few)
            _know_only(bundle, variants)
        all_trials = list(trials(master, bundle, solved, starter, variants, chosen, quick))

        first, *others = seeds
        task = partial(try_trial, selection=Selection(seed=first, note_draws=bool(others)))
        fared = {trial.name: f for trial, f in run_in_pool(bundle, task, all_trials, jobs)}
        seen = tuple(misjudged(master, root, dist, variants))

        def found(graded: Mapping[str, Graded | None], tried: frozenset[str]) -> Finding:
            finding = Validation(
                master, bundle, all_trials, graded, chosen, not few, tried
            ).finding(solved)
            # What was never tried, or is right, passes the public checks too, and is told already.
            told = {problem.partition(": ")[0] for problem in finding.problems}
            unseen = [text for text in seen if text.partition(": ")[0] not in told]
            return replace(
                finding,
                problems=(*finding.problems, *unseen),
                warnings=(*finding.warnings, *misfit(master, assignment.minutes)),
            )

        yield found({name: f.graded if f else None for name, f in fared.items()}, chosen)
        for graded, tried in from_further_seeds(bundle, all_trials, fared, others, jobs):
            yield found(graded, tried)


def _know_only(bundle: Bundle, variants: Collection[Variant]) -> None:
    """Have the judge compare students' answers with these wrong answers alone."""
    names = {(variant.question, variant.name) for variant in variants}
    book = bundle.mistakes
    known = {
        q: [each for each in wrong if (q, each.name) in names] for q, wrong in book.wrong.items()
    }
    vars(bundle)["mistakes"] = book.model_copy(update={"wrong": known})

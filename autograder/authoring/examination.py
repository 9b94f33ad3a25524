"""What `autograder validate` does: grade the grader, say what was found and, where asked for, keep it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from autograder.authoring.author_terminal import (
    changed_verdicts,
    finding_lines,
    survival_lines,
    tables,
    tried_line,
)
from autograder.authoring.finding import Finding
from autograder.authoring.grader_page import PAGE, grader_page
from autograder.authoring.grader_record import (
    MutantsTried,
    Tried,
    keep,
    mutants_from,
    records,
    tried_from,
)
from autograder.authoring.survivors import survival
from autograder.authoring.validate import validate_from
from autograder.course.settings import Settings
from autograder.judge.question import Selection
from autograder.safe_files import write_atomically


@dataclass(frozen=True)
class Examination:
    """How the assignments of a course are tried."""

    console: Console
    root: Path
    settings: Settings
    jobs: int
    questions: Collection[str] = ()
    """The only ones that are tried; empty for all."""
    out: Path | None = None
    """Where what was found is kept."""
    few: int = 0
    """How many wrong answers of a question are tried at most, and half as many right ones; 0 for all."""

    def __post_init__(self) -> None:
        """Look at what is kept already: who has tried for an hour should not learn then that it is no record."""
        if self.out is not None:
            list(records(self.out, list(self.settings.assignments)))

    def of_answers(
        self, name: str, seeds: Sequence[int], *, quick: bool, matrices: bool
    ) -> tuple[bool, Finding]:
        """Try an assignment on its answers; return whether it is sound, and what the first state showed."""
        found = validate_from(
            seeds, self.root, name, self.root / "dist", self.jobs, self.questions, quick, self.few
        )
        first = next(found)
        for shown in tables(first, matrices=matrices):
            self.console.print(shown)
        for line in finding_lines(first):
            self.console.print(line)
        findings = [(seeds[0], first)]
        changes: list[tuple[int, str]] = []
        for seed, again in zip(seeds[1:], found, strict=True):
            findings.append((seed, again))
            for line in changed_verdicts(first, again):
                self.console.print(f"[red]✗[/] with seed {seed}: {escape(line)}")
                changes.append((seed, line))
        if len(seeds) > 1:
            self.console.print(tried_line(findings))
        self._keep(name, tried=tried_from(findings, changes, quick))
        return not (first.problems or changes), first

    def of_mutants(self, name: str, seed: int) -> bool:
        """Try small slips in an assignment's reference; return whether each costs points or has a reason."""
        found = survival(
            self.root, name, self.root / "dist", self.jobs, Selection(seed=seed), self.questions
        )
        for line in survival_lines(name, found):
            self.console.print(line, markup=False)
        self._keep(name, mutants=mutants_from(found))
        return found.sound

    def _keep(self, name: str, **parts: Tried | MutantsTried) -> None:
        """Write down what is new, and the page on all that is known."""
        if self.out is None:
            return
        keep(self.out, name, **parts)
        titles = {each: found.title for each, found in self.settings.assignments.items()}
        known = list(records(self.out, list(titles)))
        page = self.out / PAGE
        write_atomically(page, grader_page(self.settings.course, titles, known))
        self.console.print(f"kept in {escape(str(page))}")

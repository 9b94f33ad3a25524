"""What the author's commands say, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from autograder.authoring.finding import Finding
from autograder.authoring.matrix import matrix_tables
from autograder.authoring.new import Made
from autograder.authoring.survivors import Survival
from autograder.course.settings import FILE


def new_lines(made: Made, root: Path, assignment: str) -> Iterator[str]:
    """Yield what `autograder new` says."""
    for path in made.files:
        yield f"made {escape(str(path.relative_to(root)))}"
    if made.to_insert:
        yield f"[yellow]![/] put into {FILE}, where the question is to stand:"
        yield escape(made.to_insert.rstrip("\n"))
    else:
        yield f"{FILE} has its line; move it to where the question is to stand"
    yield f"now write it, then: autograder validate {escape(assignment)} -q {escape(made.question)}"


def tables(finding: Finding, *, matrices: bool) -> Iterator[Table]:
    """Yield the table of what was tried and, where asked for, of each question which answer fails which test."""
    yield table(finding)
    if matrices:
        for matrix in finding.matrices:
            yield from matrix_tables(matrix)


def table(finding: Finding) -> Table:
    """Return the table that `autograder validate` prints."""
    title = f"{finding.assignment}: is the grader right?"
    # A question's name is what its author looks for: the lines between columns would cost its last letters.
    made = Table(
        title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True
    )
    for heading in (
        *("question", "points", "hidden", "reference", "caught", "named", "keep"),
        *("accepted", "stock"),
    ):
        first = heading == "question"
        made.add_column(heading, justify="left" if first else "right", no_wrap=first)
    made.caption = kept_on_average([finding])
    made.caption_justify = "left"
    for row in finding.rows:
        made.add_row(
            row.question,
            f"{row.points:g}",
            f"{row.hidden}/{row.cases}",
            "full" if row.reference else "[red]lost[/]",
            _share(row.caught, row.misconceptions),
            f"{row.named}/{row.misconceptions}",
            f"{row.kept:.0%}",
            _share(row.accepted, row.alternatives),
            _share(row.empty, row.stock),
        )
    return made


def kept_on_average(findings: Sequence[Finding]) -> str:
    """Return the sentence on what wrong answers keep."""
    rows = [row for finding in findings for row in finding.rows]
    wrong = sum(row.misconceptions for row in rows)
    kept = sum(row.kept * row.misconceptions for row in rows) / max(wrong, 1)
    return f"{wrong} wrong answers keep {kept:.1%} of their question's points on average"


def _share(got: int, of: int) -> str:
    return f"{got}/{of}" if got == of else f"[red]{got}/{of}[/]"


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield what is wrong, then what could be better."""
    for problem in finding.problems:
        yield f"[red]✗[/] {escape(problem)}"
    for warning in finding.warnings:
        yield f"[yellow]![/] {escape(warning)}"


def survival_lines(assignment: str, survival: Survival) -> Iterator[str]:
    """Yield what became of an assignment's mutants."""
    yield (
        f"{assignment}: {survival.tried} mutants, {len(survival.survivors)} survive, "
        f"{len(survival.equivalents)} more are listed as equivalent"
    )
    for question, mutant in survival.survivors:
        yield f"  {question}, {mutant.slip}: {mutant.before}  ->  {mutant.after}"
    for line in survival.listed_in_vain:
        yield f"  listed as equivalent, and no survivor: {line}"


def tried_line(findings: Sequence[tuple[int, Finding]]) -> str:
    """Return the sentence on the random states that an assignment was tried from."""
    (_, first), (_, again), *_ = findings
    drawing, of = len(again.tried), len(first.tried)
    return (
        f"{escape(first.assignment)}: tried with {len(findings)} random states; "
        f"{drawing} of {of} questions draw random numbers, and could come out otherwise."
    )


def changed_verdicts(first: Finding, again: Finding) -> Iterator[str]:
    """Yield what another random state of the tests changed: figures of a question, and each answer's fate."""
    for before, after in zip(first.rows, again.rows, strict=True):
        for field in fields(before):
            was, now = getattr(before, field.name), getattr(after, field.name)
            if was != now and field.name != "kept":  # which the answers below say better
                yield f"{before.question}: {field.name} {was} became {now}"
    for matrix, other in zip(first.matrices, again.matrices, strict=True):
        fates = {(answer.kind, answer.name): answer.ended for answer in other.answers}
        for answer in matrix.answers:
            for test, was in answer.ended.items():
                now = fates.get((answer.kind, answer.name), {}).get(test, was)
                if now is not was:
                    who = f"{matrix.question}, {answer.name}"
                    yield f"{who}: {test} {was.value} became {now.value}"
    yield from sorted(set(again.problems) ^ set(first.problems))

"""Which of a student's attempts counts: the last one that holds a notebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.intake.layouts import Owner
from autograder.intake.pick import NONE, Choice, choose
from autograder.intake.walk import Found, Parts


@dataclass
class HandedIn:
    """What one student handed in, in all attempts."""

    key: Parts
    items: list[Found] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)
    """Whose each item is, with its attempt."""

    def add(self, item: Found, owner: Owner) -> None:
        self.items.append(item)
        self.owners.append(owner)

    def choose(self, scratch: Path, assignment: str | None) -> tuple[Choice, str]:
        """Return the notebook that counts, and what the instructor should know of it."""
        first: Choice | None = None
        for level, places in enumerate(self._levels()):
            files = [self.items[place] for place in places if not self.owners[place].receipt]
            nothing = Choice(self.items[places[0]].parts, problem=NONE)
            choice = choose(files, scratch, assignment) if files else nothing
            if choice.notebook:
                return choice, self._note(choice, level)
            first = first or choice
        assert first is not None
        return first, "late" if any(owner.late for owner in self.owners) else ""

    def _levels(self) -> Iterator[Sequence[int]]:
        """Yield the places of the items: first what nothing replaced, then what was replaced once, …"""
        series: dict[str, set[str]] = defaultdict(set)
        for owner in self.owners:
            series[owner.replaces].add(owner.attempt)
        ranks = {
            (replaces, attempt): rank
            for replaces, attempts in series.items()
            for rank, attempt in enumerate(sorted(attempts, reverse=True))
        }
        levels: dict[int, list[int]] = defaultdict(list)
        for place, owner in enumerate(self.owners):
            levels[ranks[owner.replaces, owner.attempt]].append(place)
        for rank in sorted(levels):
            yield levels[rank]

    def _note(self, choice: Choice, level: int) -> str:
        owner = next(
            owner
            for item, owner in zip(self.items, self.owners, strict=True)
            if choice.parts[: len(item.parts)] == item.parts
        )
        attempts = {each.attempt for each in self.owners if each.replaces == owner.replaces}
        words = ["late"] if owner.late else []
        if owner.said:
            words.append(owner.said)
        if level:
            words.append("the later one holds no notebook")
        elif len(attempts) > 1:
            words.append(f"the last of {len(attempts)}")
        return ", ".join(words)

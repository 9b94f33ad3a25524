"""What a learning management system tells by the names of files and folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from autograder.intake.walk import Found, Parts


@dataclass(frozen=True)
class Owner:
    """Whose a file is, and which of several attempts it belongs to."""

    key: Parts
    """What all files of one student have in common, and no other's: the path down to the part that
    names the student, in which only that name is kept."""
    title: str
    """The student, as far as the name tells."""
    attempt: str = ""
    """Attempts sort as they were made."""
    replaces: str = ""
    """Attempts replace each other where this is the same: the file's name before the system numbered
    it, say, or nothing where an attempt is a whole set of files."""
    said: str = ""
    """The attempt in words."""
    late: bool = False
    receipt: bool = False
    """Whether the system itself wrote the file."""


class Layout(Protocol):
    """A system's way to name what it exports."""

    def owners(self, paths: Sequence[Parts]) -> Mapping[Parts, Owner]:
        """Return the owners of those of `paths` that the system has named.

        All paths of a download come together: what is only told by their differences can be seen.
        """

    def names(self, found: Sequence[Found]) -> Mapping[Parts, str]:
        """Return full names by `Owner.key`, from lists that the system adds to its download."""

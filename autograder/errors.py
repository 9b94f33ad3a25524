"""The error that a user reads."""

from __future__ import annotations


class KitError(Exception):
    """Something that the user can put right, said in one sentence with the way out."""

"""Right versions of earlier answers, lent to later questions so that one mistake costs once."""

from __future__ import annotations

import contextlib

from autograder.border.requests import Define, Lookup
from autograder.course.manifest import Manifest
from autograder.judge.answered import Stand
from autograder.judge.session import Session
from autograder.outcome.results import Outcome, QuestionResult


def lend(
    session: Session,
    stand: Stand,
    manifest: Manifest,
    results: dict[str, QuestionResult],
    left_out: bool = False,
) -> str:
    """Put right versions in place of earlier answers that are wrong; say so.

    The student's code can read their source, so a stand-in is made of what earns no points as an answer.

    Args:
        left_out: whether cells were left out, among which that of an answer may be which passed before.
    """
    lent = []
    for name, source in manifest.stand_ins.items():
        owner = next((q.name for q in manifest.questions if name in q.defines), "")
        if owner == stand.question.name:
            continue
        result = results.get(owner)
        may_be_missing = result is None or left_out
        right = result is None or result.outcome is Outcome.PASSED
        if right and not (may_be_missing and _is_missing(session, name)):
            continue
        with contextlib.suppress(Exception):
            session.ask(Define(source))
            lent += [name] if name in stand.uses else []
    if not lent:
        return ""
    names = " and ".join(f"`{name}`" for name in lent)
    return f"Judged with a working {names} in place of yours, so that one mistake costs once."


def _is_missing(session: Session, name: str) -> bool:
    """Whether there is no such name: its question comes later, in cells that were dragged about, or its cell is left out."""
    try:
        session.ask(Lookup(name))
    except KeyError:
        return True
    except Exception:  # noqa: BLE001 - a session that is lost says so to the tests
        return False
    return False

"""Right versions of earlier answers, lent to later questions so that one mistake costs once."""

from __future__ import annotations

import contextlib

from autograder.border.requests import Define
from autograder.judge.answered import Stand
from autograder.judge.session import Session
from autograder.manifest import Manifest
from autograder.results import Outcome, QuestionResult


def lend(
    session: Session,
    stand: Stand,
    manifest: Manifest,
    results: dict[str, QuestionResult],
) -> str:
    """Put right versions in place of earlier answers that are wrong; say so.

    The student's code can read their source, so a stand-in is made of what earns no points as an answer.
    """
    lent = []
    for name, source in manifest.stand_ins.items():
        owner = next((q.name for q in manifest.questions if name in q.defines), "")
        result = results.get(owner) if owner != stand.question.name else None
        if result is None or result.outcome is Outcome.PASSED:
            continue
        with contextlib.suppress(Exception):
            session.ask(Define(source))
            lent += [name] if name in stand.uses else []
    if not lent:
        return ""
    names = " and ".join(f"`{name}`" for name in lent)
    return f"Judged with a working {names} in place of yours, so that one mistake costs once."

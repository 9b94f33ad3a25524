"""Whether the tests of a question are marked with what they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from autograder.authoring.master import Question
from autograder.authoring.stock_answers import forbidden
from autograder.judge.question import in_words
from autograder.outcome.results import Role


def unmarked(question: Question, failed: Collection[str] | None) -> Iterator[str]:
    """Yield what is missing in the roles of a question's tests.

    Args:
        failed: the tests, in words, that some wrong answer does not pass; `None` if not all were tried.
    """
    if question.is_quiz:
        return
    roles = {test.role for test in question.tests}
    if Role.CORE not in roles:
        yield f"{question.name}: has no core test; mark what the question is about with `# CORE`"
    forbids = forbidden(f"{question.prose}\n\n{question.solution.source}")
    if forbids and Role.RULE not in roles:
        text = f"{question.name}: has no rule, and says {forbids[0]!r}"
        yield f"{text}; mark the test that looks for it with `# RULE`"
    for test in question.tests:
        if failed is not None and test.role is Role.RULE and in_words(test.name) not in failed:
            yield f"{question.name}: no wrong answer breaks the rule {test.name}; write one"

"""The decorators of a question's `wrong.py` and `right.py`.

They return the function unchanged: what matters is its source, which
`autograder.authoring.variants` reads without running it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def wrong(
    *, hint: str, raises: bool = False, public: bool = True, reason: str = ""
) -> Callable[[F], F]:
    """Mark the body of the decorated function as a wrong answer to the question, which earns `hint`.

    Args:
        hint: what was done, then what is asked.
        raises: whether the mistake *is* a name that is not there. Else an answer that fails by one is taken
            for a slip of its author.
        public: whether the checks in the notebook catch it.
        reason: why they cannot, where they do not.
    """
    return lambda function: function


def right(function: F) -> F:
    """Mark the body of the decorated function as another right answer to the question."""
    return function

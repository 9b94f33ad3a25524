"""The decorators that mark wrong answers and other right answers beside a master.

They return the function unchanged: what matters is its source, which
`autograder.authoring.variants` reads without running it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def misconception(question: str, *, hint: str) -> Callable[[F], F]:
    """Mark the body of the decorated function as a wrong answer to `question`, which earns `hint`."""
    return lambda function: function


def alternative(question: str) -> Callable[[F], F]:
    """Mark the body of the decorated function as another right answer to `question`."""
    return lambda function: function

"""What two answers with one mistake may differ in all the same: precision, gradients, memory, the kind of a sequence.

A mistake is in the numbers; whether they come as a float or as a tensor of one entry is another matter, which
a student's answer and the course's need not have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeAlias

from autograder.judge.trace import Trace

View: TypeAlias = Callable[[Trace], Trace]
"""What of a trace is compared."""


def exactly(trace: Trace) -> Trace:
    """All of it."""
    return trace


def wherever(trace: Trace) -> Trace:
    """All of it but whose memory a tensor is: one answer cuts the graph with a copy, the other without."""
    return Trace([replace(each, form=_anywhere(each.form)) for each in trace.observations])


def loosely(trace: Trace) -> Trace:
    """The numbers of every reply, their shapes, and what kind of thing was raised; no object's class."""
    return Trace([replace(each, form=_loose(each.form)) for each in trace.observations])


def _anywhere(form: Hashable) -> Hashable:
    match form:
        case ("tensor", tuple(), *_):
            return form[:-1]
        case tuple():
            return tuple(map(_anywhere, form))
    return form


def _loose(form: Hashable) -> Hashable:
    match form:
        case ("tensor" | "array", (), *_):
            return "float"
        case ("tensor" | "array", shape, *_):
            return ("tensor", shape)
        case ("object", *_):
            return "object"
        case ("list" | "tuple", length, tuple() as parts):
            return ("sequence", length, tuple(map(_loose, parts)))
        case tuple():
            return tuple(map(_loose, form))
    return form

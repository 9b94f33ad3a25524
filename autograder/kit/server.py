"""The process that runs notebooks for `kit check`: `python -m exercise_kit.server fork`, or `once` where there is no fork."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograder.kit.telling import Began, Done, Ready, Request, Teller

if TYPE_CHECKING:
    from autograder.kit.lab import Lab


def main(way: str) -> None:
    """Read requests from the standard input and tell what comes of them on the standard output."""
    teller, requests = Teller(os.dup(1)), os.dup(0)
    try:
        import torch
        from otter.test_files import ExceptionTestFile  # noqa: F401 - loaded once, for every check

        from autograder.kit.lab import Lab
    except ImportError as error:
        teller.tell(0, Ready(f"{error}"))
        return
    # Own code prints to nobody, and asks nobody.
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    torch.set_num_threads(1)  # a fork of a process with more than one hangs
    lab = Lab()
    if way == "fork":
        import gc

        import torch._dynamo  # what the first optimizer of a process would load

        from autograder.kit.chain import Chain

        gc.freeze()
        teller.tell(0, Ready())
        Chain(lab, teller).serve(requests)
        return
    teller.tell(0, Ready())
    with open(requests, "rb") as lines:
        _once(lines, teller, lab)


def _once(lines: Iterable[bytes], teller: Teller, lab: Lab) -> None:
    """Do what the first request asks for in this process alone."""
    from autograder.kit.trying import try_question

    request = Request.of(next(iter(lines)))
    for step in request.steps[: request.length]:
        teller.tell(request.number, Began(step.number, "", os.getpid()))
        stopped = lab.run(step)
        if stopped is not None:
            teller.tell(request.number, stopped)
        for question in request.wanted(step):
            teller.tell(request.number, Began(step.number, question, os.getpid()))
            text = request.tests[question]
            teller.tell(request.number, try_question(question, text, lab.env))
    teller.tell(request.number, Done())


if __name__ == "__main__":
    main(sys.argv[1])

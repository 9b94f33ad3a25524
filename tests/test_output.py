"""Printing without end is named as such, and begins anew with each cell."""

from __future__ import annotations

import os

import pytest

from autograder.worker import output
from autograder.worker.output import CountedOutput, OutputLimit, count_anew


def test_more_than_the_limit_is_an_error_and_each_cell_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(output, "_allowed", 2048)
    monkeypatch.setattr(output, "_left", 0)
    with open(os.devnull, "wb") as null, CountedOutput(null) as stream:
        for _ in range(2):
            count_anew()
            print("x" * 2000, file=stream)
            with pytest.raises(OutputLimit, match="more than 2 KB"):
                print("x" * 2000, file=stream)

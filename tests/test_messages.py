"""Of a hidden test's mismatch a student reads the kind, and the kind is true."""

from __future__ import annotations

import math

import pytest
import torch

from autograder.judge.messages import verdict


@pytest.mark.parametrize(
    ("got", "expected", "kind"),
    [
        (torch.tensor([1.0, -2.0]), torch.tensor([1.0, 0.0]), "wrong values"),
        (torch.tensor([1.0, math.nan]), torch.tensor([1.0, 2.0]), "not finite"),
        (torch.tensor([1.0, -math.inf]), torch.tensor([1.0, 2.0]), "not finite"),
        (1.5, 0.0, "wrong values"),
        (math.nan, 1.0, "not finite"),
        (torch.ones(2, 1), torch.ones(2), "wrong shape"),
        (torch.ones(2, dtype=torch.float64), torch.ones(2), "wrong dtype"),
    ],
)
def test_a_hidden_mismatch_is_told_by_its_kind(got: object, expected: object, kind: str) -> None:
    with pytest.raises(AssertionError) as caught:
        torch.testing.assert_close(got, expected)
    told = verdict(caught.value, question="relu", hidden=True, test_path="")
    assert kind in told.message

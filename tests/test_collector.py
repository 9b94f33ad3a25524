"""While modules are imported nobody searches for garbage, and what they made is left alone afterwards."""

from __future__ import annotations

import gc

import pytest

from autograder.border import collector


def test_it_rests_and_goes_back_to_work() -> None:
    assert gc.isenabled()
    with collector.resting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_back_to_work_after_an_import_that_failed() -> None:
    with pytest.raises(ImportError), collector.resting():
        raise ImportError
    assert gc.isenabled()


def test_what_rested_before_rests_afterwards() -> None:
    with collector.resting():
        with collector.resting():
            pass
        assert not gc.isenabled()


def test_what_is_kept_is_looked_at_no_more() -> None:
    kept = [object()]
    collector.keep()
    try:
        assert not any(each is kept for each in gc.get_objects())
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()

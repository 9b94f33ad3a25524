"""Otter's test files, without the rest of Otter.

Importing `otter` imports pandas, nbconvert and a validator of notebooks, which takes longer than torch does. Here its
packages stand in place with the one module that test files need; whoever asks for more gets all of it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from autograder.border.lazy import LazyModule, put_off

if TYPE_CHECKING:
    from otter.test_files import ExceptionTestFile
    from otter.test_files.abstract_test import TestCase, TestCaseResult

PACKAGE, TESTS = "otter", "otter.test_files"
__all__ = ["ExceptionTestFile", "TestCase", "TestCaseResult"]


def _exception_test() -> Any:
    """Return Otter's module of the test files that are Python."""
    alone = PACKAGE not in sys.modules
    if alone:
        put_off(LazyModule(PACKAGE))
        put_off(LazyModule(TESTS))
    module = import_module(f"{TESTS}.exception_test")
    if alone:
        tests: Any = sys.modules[TESTS]
        tests.ExceptionTestFile, tests.test_case = module.ExceptionTestFile, module.test_case
    return module


if not TYPE_CHECKING:
    ExceptionTestFile = _exception_test().ExceptionTestFile
    from otter.test_files.abstract_test import TestCase, TestCaseResult

"""What the warm parent does before the first fork harms no notebook, and does not fail in silence."""

from __future__ import annotations

import importlib.util
import sys
from types import SimpleNamespace

import pytest

from autograder.worker.cells import cell_number, report_of
from autograder.worker.hugepages import HUGE, private_memory
from autograder.worker.tame import tame_matplotlib
from autograder.worker.torchvision_shim import prepare_torchvision
from autograder.worker.warm_parent import PRELOADED


@pytest.mark.parametrize("name", PRELOADED)
def test_what_is_imported_before_the_fork_is_there(name: str) -> None:
    """An import that fails is passed over: a misspelt one would only make every fork slow."""
    assert importlib.util.find_spec(name) is not None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_only_whole_huge_pages_are_gathered() -> None:
    found = list(private_memory())
    assert all(start % HUGE == end % HUGE == 0 and start < end for start, end in found)


def test_torchvision_can_be_imported_beside_a_torch_for_cpus() -> None:
    prepare_torchvision()
    prepare_torchvision()
    assert importlib.import_module("torchvision.transforms").ToTensor


def test_a_notebook_may_choose_any_backend_and_none_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen: list[str] = []
    pyplot = SimpleNamespace(switch_backend=chosen.append)
    matplotlib = SimpleNamespace(use=chosen.append)
    monkeypatch.setitem(sys.modules, "matplotlib", matplotlib)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)
    tame_matplotlib()
    tame_matplotlib()
    matplotlib.use("TkAgg")
    pyplot.switch_backend("TkAgg")
    assert chosen == ["agg"]


def test_an_exception_is_reported_with_the_last_line_of_the_notebook() -> None:
    source = "def f():\n    import json\n    json.loads('{')\nf()"
    try:
        exec(compile(source, "<cell 3>", "exec"), {})
    except ValueError as error:
        report = report_of(error)
    assert report.classes == ["ValueError", "Exception", "BaseException", "object"]
    assert (report.cell, report.line) == (3, 3) and "line 1 column 2" in report.message


def test_a_syntax_error_has_the_place_that_python_names() -> None:
    with pytest.raises(SyntaxError) as caught:
        compile("x = 1\ny = (", "<cell 2>", "exec")
    report = report_of(caught.value)
    assert (report.cell, report.line) == (2, 2)
    assert [cell_number(name) for name in ("<cell 12>", "<cell x>", "<cell >")] == [12, 0, 0]

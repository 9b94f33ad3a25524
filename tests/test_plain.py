"""A cell that is taken as it stands is one that IPython would have left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from autograder.authoring.script import read_script
from autograder.worker.plain import is_plain

ROOT = Path(__file__).parents[1]
CHANGED = {
    "a magic": "import torch\n%time x = 1",
    "a magic below a def": "def f():\n    %timeit 1\n    return 1",
    "a command": "x = 1\n!ls",
    "what a command says": "x = 1\ny = !ls",
    "help": "x = 1\nx?",
    "a cell magic": "%%time\nx = 1",
    "an automatic call": "x = 1\n/print x",
    "quoting": "x = 1\n,print a b",
    "prompts": ">>> x = 1\n>>> y = 2",
    "prompts of IPython": "In [1]: x = 1\nIn [2]: y = 2",
    "a prompt in a text": '"""\n>>> relu(1)\n"""\nx = 1',
    "an annotation that looks like a prompt": "In [1]: int\nx = 1",
    "continued prompts": "x = 1\n...: y = 2",
    "indented": "    x = 1\n    y = 2",
    "empty lines above": "\n\nx = 1\ny = 2",
    "blanks in a text": 'x = """\n    \n"""\ny = 2',
    "one line": "ls",
    "await": "import asyncio\nawait asyncio.sleep(0)",
    "a comprehension that waits": "a = 1\n[x async for x in a]",
    "no Python": "x = 1\ny = = 2",
}
PLAIN = {
    "a definition": "def f(x):\n    return x % 2 != 1  # how many\n",
    "a matrix product": "y = X @ W\ny @ y.T",
    "texts": "s = '%time !ls'\nt = f'{s!r}'",
    "a decorator": "@property\ndef f(self): ...",
    "several statements": "a = 1; b = 2\nb",
    "carriage returns": "a = 1\r\nb = 2\r\n",
}


@pytest.mark.parametrize("source", CHANGED.values(), ids=CHANGED.keys())
def test_what_ipython_would_change_or_wait_for_is_not_plain(source: str) -> None:
    assert not is_plain(source)


@pytest.mark.parametrize("source", PLAIN.values(), ids=PLAIN.keys())
def test_ordinary_python_is_plain_and_ipython_leaves_it_as_it_is(source: str) -> None:
    assert is_plain(source)
    stays_as_it_is(source)


def test_every_plain_cell_of_the_course_is_one_that_ipython_leaves_as_it_is() -> None:
    sources = [
        cell.source
        for path in sorted((ROOT / "solutions").glob("*/*/question.py"))
        for cell in read_script(path)
    ]
    plain = [source for source in sources if is_plain(source)]
    assert len(plain) > len(sources) / 4
    for source in plain:
        stays_as_it_is(source)


def stays_as_it_is(source: str) -> None:
    newline = "" if source.endswith("\n") else "\n"
    assert TransformerManager().transform_cell(source) == source + newline
    assert not _should_be_async(source)

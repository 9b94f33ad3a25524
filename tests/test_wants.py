"""A line that fails for want of what the student's machine has is left out; any other error ends its cell."""

from __future__ import annotations

import ast

import pytest

from autograder.worker.wants import bound, defined, separate, wants_environment

WANTING = {
    "a package": "import no_such_package",
    "a name of a package": "from math import no_such_name",
    "a file": "open('/no/such/file')",
    "a folder": "import os; os.chdir('/no/such/folder')",
    "an answer from the keyboard": "raise EOFError",
    "a program": "import subprocess; subprocess.run(['false'], check=True)",
    "a language": "import locale; locale.setlocale(locale.LC_ALL, 'xx_XX')",
    "a variable of the system": "import os; os.environ['NO_SUCH_VARIABLE']",
    "a graphics card": "raise RuntimeError('No CUDA GPUs are available')",
    "an Apple chip": "raise RuntimeError('PyTorch is not linked with support for mps devices')",
    "an assertion of a graphics card": "assert not 'cuda', 'choose another runtime'",
    "a download": "raise RuntimeError('Dataset not found. You can use download=True to download it')",
    "what a missing package gives": "drive.mount('/content/drive')",
}
MISTAKES = {
    "a division": "1 / 0",
    "a name": "no_such_name",
    "a key": "{}['cuda']",
    "a key named like a variable of the system": "{'a': 1}['KAGGLE_KEY']",
    "a shape": "raise RuntimeError('mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)')",
    "an assertion": "assert 1 == 2",
    "an assertion with a reason": "assert 1 == 2, 'one is not two'",
    "an attribute": "[].relu",
    "a mistake below %time": "get_ipython().run_line_magic('time', '1 / 0')",
    "the end of Python": "raise SystemExit",
    "an interruption": "raise KeyboardInterrupt",
}


class Shell:
    """What `%time 1 / 0` calls."""

    def run_line_magic(self, name: str, line: str) -> None:
        exec(line)


def raised(source: str) -> tuple[BaseException, ast.stmt]:
    """Return what the last statement of `source` raises, and that statement."""
    *before, last = ast.parse(source).body
    names = {"get_ipython": Shell}
    exec(compile(ast.Module(before, []), "<cell 1>", "exec"), names)
    with pytest.raises(BaseException) as caught:
        exec(compile(ast.Module([last], []), "<cell 1>", "exec"), names)
    return caught.value, last


@pytest.mark.parametrize("source", WANTING.values(), ids=WANTING)
def test_what_only_the_students_machine_has_is_recognized(source: str) -> None:
    assert wants_environment(*raised(source), missing={"drive"})


@pytest.mark.parametrize("source", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_the_students(source: str) -> None:
    assert not wants_environment(*raised(source), missing={"drive"})


def test_a_magic_that_is_not_there_is_left_out() -> None:
    (line,) = ast.parse("get_ipython().run_line_magic('tensorboard', '--logdir runs')").body
    assert wants_environment(AttributeError("no such magic"), line, missing=())


def test_of_an_import_only_the_part_that_is_missing_fails() -> None:
    (several,) = ast.parse("import torch, seaborn as sns, os.path").body
    assert [ast.unparse(part) for part in separate(several)] == [
        "import torch",
        "import seaborn as sns",
        "import os.path",
    ]
    (from_one,) = ast.parse("from ..a import b, c as d").body
    assert [ast.unparse(part) for part in separate(from_one)] == [
        "from ..a import b",
        "from ..a import c as d",
    ]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import a.b, c as d", {"a", "d"}),
        ("from a import b as c, d", {"c", "d"}),
        ("(a, *b), c.d, e[0] = f", {"a", "b"}),
        ("def a(b): c = 1", {"a"}),
        ("class A:\n    b = 1", {"A"}),
        ("for a in [b for b in c]:\n    d = lambda e: (f := 1)", {"a", "d"}),
        ("with a() as b, c() as (d, e): pass", {"b", "d", "e"}),
        ("if a:\n    import b\nelse:\n    c = (d := 1)", {"b", "c", "d"}),
        ("a: int = 1", {"a"}),
    ],
)
def test_the_names_that_a_statement_would_have_bound(source: str, names: set[str]) -> None:
    (statement,) = ast.parse(source).body
    assert set(bound(statement)) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def a():\n    def b(): pass", {"a"}),
        ("async def a(): pass", {"a"}),
        ("class A:\n    def b(self): pass", {"A"}),
        ("if c:\n    def a(): pass\nelse:\n    class B: pass", {"a", "B"}),
        ("try:\n    def a(): pass\nexcept E:\n    def b(): pass", {"a", "b"}),
        ("a = lambda: 0", set()),
    ],
)
def test_the_functions_and_classes_that_a_statement_defines(source: str, names: set[str]) -> None:
    (statement,) = ast.parse(source).body
    assert set(defined(statement)) == names

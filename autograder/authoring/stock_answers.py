"""The answers that somebody hands in without having begun: none of them may earn a point.

Of a function: it returns nothing, its first argument, zeros or ones of the shape of its first argument or
of the right result, it raises, or it calls what the prose forbids. Of a class: its constructor is the
right one, and its methods answer like this.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

FORBIDS = re.compile(
    r"\byourself:|earns? no points|takes the question to 0"
    r"|without (?:a |any |a single |python )?(?:python )?loops?\b|no (?:python )?loops?\b"
    r"|(?:do not|don't|must not|may not|never) (?:use|call)\b",
    re.IGNORECASE,
)
"""How a question says that something is forbidden."""
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z`*<])")
BUILT_IN = re.compile(r"`(torch\.[\w.]+|F\.\w+|nn\.[\w.]+|Tensor\.\w+|torch\.Tensor\.\w+)`")
IMPORTS = "import torch\nfrom torch import Tensor, nn\nfrom torch.nn import functional as F\n\n"
BODIES = {
    "returns nothing": "return None",
    "returns its first argument": "return {first}",
    "returns zeros": "import torch\nreturn torch.zeros_like(torch.as_tensor({first}))",
    "returns ones": "import torch\nreturn torch.ones_like(torch.as_tensor({first}))",
    "raises": 'raise ValueError("not written")',
}
SHAPED = """\


def _shaped_like(right, fill):
    import torch

    def like(value):
        if isinstance(value, tuple):
            return tuple(like(part) for part in value)
        if isinstance(value, torch.Tensor):
            return torch.full_like(value, fill)
        if type(value) in (int, float):
            return type(value)(fill)
        raise ValueError("not of numbers")  # such as an update in place, whose result says nothing

    return lambda *args, **kwargs: like(right(*args, **kwargs))

"""
OF_A_FUNCTION = """
_right = {name}


def {name}(*args, **kwargs):
    return _shaped_like(_right, {fill})(*args, **kwargs)
"""
"""A definition: the judge takes what `def` makes of a name, not what it is set to afterwards."""
OF_A_METHOD = """
{name} = _shaped_like({name}, {fill})
"""


@dataclass(frozen=True)
class StockAnswer:
    """One answer of the stock."""

    name: str
    source: str


def stock_answers(stub: str, answer: str, prose: str) -> Iterator[StockAnswer]:
    """Yield the stock answers to a question.

    Args:
        stub: the answer cell as students get it.
        answer: the answer cell with the right answer.
        prose: what the question says.
    """
    for node in ast.parse(stub).body:
        if isinstance(node, ast.ClassDef):
            yield from _class(node, answer)
        elif isinstance(node, ast.FunctionDef):
            yield from _function(node, answer, prose)


def forbidden(prose: str) -> list[str]:
    """Return the sentences of `prose` that forbid something."""
    return [
        sentence
        for sentence in SENTENCE_END.split(" ".join(prose.split()))
        if FORBIDS.search(sentence)
    ]


def _function(stub: ast.FunctionDef, answer: str, prose: str) -> Iterator[StockAnswer]:
    first = next(iter(_arguments(stub.args)), "None")
    for name, body in BODIES.items():
        yield StockAnswer(f"{stub.name} {name}", with_body(stub, body.format(first=first)))
    yield from _shaped(stub.name, answer, stub.name, OF_A_FUNCTION)
    named = dict.fromkeys(
        match for sentence in forbidden(prose) for match in BUILT_IN.findall(sentence)
    )
    for built_in in named:
        call = f"{built_in}()" if re.fullmatch(r"(torch\.)?nn\.[A-Z]\w+", built_in) else built_in
        body = f"return {call}({', '.join(_arguments(stub.args))})"
        yield StockAnswer(f"{stub.name} calls {built_in}", IMPORTS + with_body(stub, body))


def _class(stub: ast.ClassDef, answer: str) -> Iterator[StockAnswer]:
    methods = [
        node
        for node in stub.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__")
    ]
    for name, body in BODIES.items():
        text = answer
        for method in methods:
            _, *arguments = _arguments(method.args)
            written = with_body(method, body.format(first=next(iter(arguments), "None")))
            text += f"\n\n{written}\n{stub.name}.{method.name} = {method.name}\ndel {method.name}\n"
        if methods:
            yield StockAnswer(f"{stub.name} {name}", text)
    for method in methods:
        if method.name == "forward":
            yield from _shaped(stub.name, answer, f"{stub.name}.forward", OF_A_METHOD)


def _shaped(name: str, answer: str, changed: str, change: str) -> Iterator[StockAnswer]:
    for word, fill in (("zeros", 0), ("ones", 1)):
        source = answer + SHAPED + change.format(name=changed, fill=fill)
        yield StockAnswer(f"{name} returns {word} of the right shape", source)


def _arguments(arguments: ast.arguments) -> list[str]:
    return [argument.arg for argument in [*arguments.posonlyargs, *arguments.args]]


def with_body(function: ast.FunctionDef, body: str) -> str:
    """Return the source of `function` with another body."""
    head = ast.unparse(
        ast.FunctionDef(
            name=function.name,
            args=function.args,
            body=[ast.Pass()],
            decorator_list=function.decorator_list,
            returns=None,
            lineno=1,
        )
    )
    return head.rsplit("\n", 1)[0] + "\n" + textwrap.indent(body, "    ") + "\n"

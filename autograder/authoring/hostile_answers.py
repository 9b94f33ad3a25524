"""Answers that aim at the grader and not at the question: none of them may earn a point.

An *agreeing object* claims every attribute and equals everything. A *hollow answer* claims of the right result
all that is asked of it, but is no tensor and no module. A *forged probe* is wrong wherever a test
calls it, and has the right answer measured wherever a probe does: what a probe returns is the student's
word. A *switched-off answer* makes every comparison of its own process say yes, empties what it was given in a way
that looks like a gradient, and answers for the empty inputs, so that a test which compares there, or computes
what it expects afterwards, agrees.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.authoring.stock_answers import StockAnswer, with_body

AGREEING = """\
import torch


class _Agreeing(
    type("Tensor", (), {"__module__": "torch"}),
    type("Sequential", (), {"__module__": "torch.nn.modules.container"}),
    type("Module", (), {"__module__": "torch.nn.modules.module"}),
):
    shape, dtype, device, grad_fn = torch.Size([2, 3]), torch.float32, torch.device("cpu"), None

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        return self

    def _same(self, *args, **kwargs):
        return self

    def _yes(self, *args, **kwargs):
        return True

    def __iter__(self):
        return iter([self] * 3)

    def __float__(self):
        return 1.0

    def __len__(self):
        return 3

    __hash__ = object.__hash__
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __call__ = __getitem__ = __add__ = __sub__ = __mul__ = __truediv__ = __neg__ = __abs__ = _same
    __radd__ = __rsub__ = __rmul__ = __matmul__ = __pow__ = _same

    def __ne__(self, other):
        return False


"""
HOLLOW = """\


def _hollow(right):
    import copy
    import itertools

    import torch

    def apart(value):
        if isinstance(value, torch.Tensor):
            return value.detach().clone().requires_grad_(value.requires_grad)
        if isinstance(value, (list, tuple)):
            return type(value)([apart(item) for item in value])
        return copy.deepcopy(value) if isinstance(value, torch.nn.Module) else value

    class Claim:
        def __init__(self, value):
            self.__dict__["_value"] = value

        def __getattr__(self, name):
            return part(getattr(self._value, name))

        def __call__(self, *args, **kwargs):
            return part(self._value(*args, **kwargs))

        __float__ = __index__ = lambda self: 1
        __len__ = lambda self: len(self._value)
        __iter__ = lambda self: iter([part(item) for item in itertools.islice(self._value, 100)])
        __getitem__ = lambda self, key: part(self._value[key])
        __eq__ = __bool__ = __contains__ = lambda self, *args: True
        __hash__ = object.__hash__

    TOLD = (int, float, bool, str, type(None), torch.Size, torch.dtype)

    def part(value):
        return value if type(value) in TOLD else emptied(value)

    def emptied(value):
        named = [c for c in type(value).__mro__ if c is not object and c is not torch.Tensor]
        claimed = [type(c.__qualname__, (), {"__module__": c.__module__}) for c in named[:3]]
        return type("Claims", (Claim, *claimed), {})(value)

    def answer(*args, **kwargs):
        return emptied(right(*map(apart, args), **{name: apart(value) for name, value in kwargs.items()}))

    return answer
"""
FORGED = """\
from autograder.border.requests import Call as _Call, Spy as _Spy
from autograder.worker.serve import Snapshot as _Snapshot

_right = {{name: globals()[name] for name in {names!r}}}

{wrong}

_wrong = {{name: globals()[name] for name in {names!r}}}


def _carry_out(self, request, honest=_Snapshot.carry_out):
    probe = isinstance(request, _Call) and getattr(request.target, "__module__", "") == "probe"
    if not probe and not isinstance(request, _Spy):
        return honest(self, request)
    right = {{id(value): _right[name] for name, value in _wrong.items()}}
    target, args = right.get(id(request.target), request.target), [right.get(id(a), a) for a in request.args]
    self.namespace.update(_right)
    try:
        return honest(self, type(request)(target, args, request.kwargs))
    finally:
        self.namespace.update(_wrong)


_Snapshot.carry_out = _carry_out
"""
SWITCHED_OFF = """\


def _switched_off(right):
    import sys

    import numpy
    import torch

    yes = lambda *args, **kwargs: True
    torch.equal = torch.allclose = torch.testing.assert_close = torch.Tensor.equal = torch.Tensor.allclose = yes
    numpy.array_equal = numpy.allclose = numpy.testing.assert_allclose = yes

    def emptied(value):
        if isinstance(value, torch.nn.Module):
            value = [*value.parameters(), *value.buffers()]
        if isinstance(value, (list, tuple)):
            return any([emptied(item) for item in value])
        if not isinstance(value, torch.Tensor):
            return False
        if value.is_floating_point():
            value.grad = value.detach()
        value.data.zero_()
        return True

    def answer(*args, **kwargs):
        sys.setprofile(None)
        given = [*args, *kwargs.values()]
        if not emptied(given):
            return None
        result = right(*args, **kwargs)
        emptied(given)  # once more: what is there to be filled is full again
        return result

    return answer
"""
OF_A_FUNCTION = """
_answer = {how}({name})


def {name}(*args, **kwargs):
    return _answer(*args, **kwargs)
"""
"""A definition: the judge takes what `def` makes of a name, not what it is set to afterwards."""
OF_A_METHOD = """
{name} = {how}({name})
"""


def hostile_answers(stub: str, answer: str) -> Iterator[StockAnswer]:
    """Yield the hostile answers to a question.

    Args:
        stub: the answer cell as students get it.
        answer: the answer cell with the right answer.
    """
    nodes = ast.parse(stub).body
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    values = [
        target.id
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    names = [node.name for node in functions] + [node.name for node in classes]
    agreeing = [f"def {f.name}(*args, **kwargs):\n    return _Agreeing()\n" for f in functions]
    agreeing += [f"class {node.name}(_Agreeing):\n    pass\n" for node in classes]
    agreeing += [f"{name} = _Agreeing()\n" for name in values]
    whole = " and ".join([*names, *values])
    yield StockAnswer(f"{whole} is an agreeing object", AGREEING + "\n\n".join(agreeing))
    if not names:
        return
    wrong = [with_body(node, "return None") for node in functions] + [*map(_empty, classes)]
    forged = FORGED.format(names=names, wrong="\n\n".join(wrong))
    yield StockAnswer(f"{whole} is a forged probe", f"{answer}\n\n{forged}")
    changes = {f.name: (f, OF_A_FUNCTION) for f in functions}
    changes |= {f"{c.name}.{m.name}": (m, OF_A_METHOD) for c in classes for m in _methods(c)}
    for name, (node, change) in changes.items():
        source = answer + SWITCHED_OFF + change.format(name=name, how="_switched_off")
        yield StockAnswer(f"{name} is switched off", source)
        if not _returns_plain_data(node):
            source = answer + HOLLOW + change.format(name=name, how="_hollow")
            yield StockAnswer(f"{name} is hollow", source)


def _returns_plain_data(node: ast.FunctionDef) -> bool:
    """Whether a function returns nothing, or numbers in a container: whoever can tell them all has them."""
    returned = "" if node.returns is None else ast.unparse(node.returns)
    container = returned.startswith(("tuple[", "list[", "dict["))
    return returned == "None" or (container and "Tensor" not in returned)


def _empty(stub: ast.ClassDef) -> str:
    """Return a class like the right one, whose methods do nothing and return nothing."""
    return f"class {stub.name}({stub.name}):\n" + "".join(
        "    " + line + "\n"
        for method in [*_methods(stub), *_own(stub)]
        for line in with_body(method, "return None").splitlines()
    )


def _methods(stub: ast.ClassDef) -> list[ast.FunctionDef]:
    return [
        node
        for node in stub.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__")
    ]


def _own(stub: ast.ClassDef) -> list[ast.FunctionDef]:
    """Return the special methods of a class that says what it is by nothing else."""
    if _methods(stub):
        return []
    return [
        node
        for node in stub.body
        if isinstance(node, ast.FunctionDef) and node.name not in ("__init__", "__new__")
    ]

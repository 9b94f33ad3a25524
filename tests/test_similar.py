"""Answers that are alike are named, whatever was renamed in them; what is everybody's is not."""

from __future__ import annotations

import pytest

from autograder.report.similar import Alike, alike, known_shapes
from tests.example_class import solved, source_of, starter

STUB = 'def train(net, X, y, lr):\n    """Train."""\n    raise NotImplementedError("train")\n'
ONE = '''
def train(net, X, y, lr):
    """Train."""
    total = 0.0
    for epoch in range(10):
        loss = ((net(X) - y) ** 2).mean() / 2
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
        total += float(loss) * len(X)
    return total / (10 * len(X))
'''
DISGUISED = (
    ONE.replace("total", "s")
    .replace("epoch", "i")
    .replace('    """Train."""\n', "    # my own work\n")
    .replace("p ", "weight ")
    .replace("p.", "weight.")
    .replace("net, X, y, lr", "net: nn.Module, X, y, lr: float")
    .replace("\n        net.zero_grad()", "\n\n        net.zero_grad()  # reset")
)
NEARLY = DISGUISED.replace("range(10)", "range(12)")
OTHER = """
def train(net, X, y, lr):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    while len(losses) < 10:
        optimizer.zero_grad()
        value = nn.functional.mse_loss(net(X), y, reduction="sum")
        value.backward()
        optimizer.step()
        losses.append(value.item())
    return sum(losses) / len(losses) / X.shape[0]
"""


def named(answers: dict[str, str], known: list[str] | None = None) -> list[tuple[str, ...]]:
    return [group.names for group in alike("train", answers, STUB, known or [])]


@pytest.mark.parametrize("copy", [ONE, DISGUISED, NEARLY])
def test_a_copy_is_named_whatever_was_changed_about_it(copy: str) -> None:
    assert named({"ann": ONE, "bob": OTHER, "cem": copy}) == [("ann", "cem")]


def test_the_same_is_told_from_the_nearly_same() -> None:
    (same,) = alike("train", {"ann": ONE, "cem": DISGUISED}, STUB)
    (near,) = alike("train", {"ann": ONE, "cem": NEARLY}, STUB)
    assert same == Alike("train", ("ann", "cem"), 1.0)
    assert 0.8 <= near.share < 1


def test_those_who_share_with_one_are_one_group() -> None:
    assert named({"ann": ONE, "bob": DISGUISED, "cem": NEARLY, "dan": OTHER}) == [
        ("ann", "bob", "cem")
    ]


def test_what_computes_something_else_is_not_alike() -> None:
    changed = ONE.replace("** 2).mean() / 2", "- 1).abs().sum()").replace("-= lr *", "+= 2 * lr *")
    changed = changed.replace("return total / (10 * len(X))", "return [total, epoch]")
    assert named({"ann": ONE, "bob": changed}) == []


def test_what_was_handed_out_tells_nothing() -> None:
    assert named({"ann": STUB, "bob": STUB}) == []
    whole = ONE + "\n\ndef helper(a, b):\n    return a * b + a / b - a ** b + (a - b) * 2\n"
    assert [group.names for group in alike("train", {"ann": whole, "bob": whole}, whole)] == []


def test_what_the_course_itself_answers_tells_nothing() -> None:
    assert named({"ann": ONE, "bob": DISGUISED}, known_shapes([ONE])) == []


def test_what_many_wrote_tells_nothing() -> None:
    assert named({f"student {n}": ONE for n in range(12)} | {"x": OTHER}) == []


def test_short_answers_tell_nothing() -> None:
    short = "def relu(X):\n    return torch.clamp(X, min=0)\n"
    assert named({"ann": short, "bob": short}) == []


@pytest.mark.parametrize(
    "text", ["def f(:", "x = " + "(" * 300 + ")" * 300, "x = " + "+".join(["1"] * 5000), ""]
)
def test_what_is_no_answer_is_left_out(text: str) -> None:
    assert named({"ann": text, "bob": text}) == []


def test_a_solved_notebook_beside_a_starter_names_nobody() -> None:
    cells = [
        "\n".join(source_of(c) for c in made["cells"] if c["cell_type"] == "code")
        for made in (solved(), starter())
    ]
    assert named(dict(zip(("ann", "bob"), cells, strict=True))) == []

"""What an attack is, and how one is declared.

Most attacks are an *attempt*: the body of a function that returns something true if it got through. It is
put in front of an honest answer, is tried when the cell is run and again when the tests call the answer,
and spoils the answer if it got through. So the score says whether the border held.
"""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.example_class import (
    POINTS_OF,
    Document,
    answer_index,
    solved,
    source_of,
    with_answer,
)

Lab = dict[str, Any]
"""What the test made: paths, process ids and ports, by name; `LAB` in an attack's code."""

POINTS = POINTS_OF
ALL_RELU = POINTS["relu"]
"""What a wrong `relu` costs: without its core test a question earns nothing."""

ATTEMPT = """\
import os
LAB = {lab!r}
_tried_{question} = {{}}


{attempts}
def _try_{question}():
    # In the notebook's process, and again in the one that serves the question's tests.
    if os.getpid() not in _tried_{question}:
        _tried_{question}[os.getpid()] = [{calls}]
    for throughs in _tried_{question}.values():
        if any(throughs):
            raise RuntimeError(f"the attack got through: {{throughs}}")


{answer}
_honest_{question} = {question}


def {question}(*args, **kwargs):
    _try_{question}()
    return _honest_{question}(*args, **kwargs)


try:
    _try_{question}()
except RuntimeError:
    pass
"""


@dataclass(frozen=True)
class Attack:
    """One hostile submission."""

    name: str
    tries: str
    build: Callable[[Lab], bytes]
    costs: dict[str, float] = field(default_factory=dict)
    """The points that it forfeits, by question. All others it must get."""
    suffix: str = ".ipynb"
    graded: bool = True
    """Whether it is a notebook that can be graded at all."""
    otter_reads: bool = True
    """Whether Otter, which reads a notebook before the plugin can, takes it for one."""
    needs: tuple[str, ...] = ()
    """Layers of confinement without which it is not held."""
    attempt: str = ""
    """The body of the attempt, if it is one."""
    answer: str = ""
    """The source of the hostile answer, if it is one."""
    question: str = ""
    """The question that the attempt or the answer stands at."""
    module: str = ""
    """Which file declares it."""
    crowds: tuple[str, ...] = ()
    """If it takes all processes that it may, the question that it stands in and those that call its answer.
    Where submissions share one user, the watch ends it for that, in its neighbours' interest, once it sees
    it: each of these questions then gets its points or none."""
    by_descriptors: bool = False
    """Whether what it takes is seen at its open descriptors only: who may not look there may let it pass."""
    room_is_shared: bool = False
    """Whether it takes as many threads as there are. Where submissions share one user, its neighbours may have
    left it so few that it stays under what the watch ends: then it forfeits nothing."""

    @property
    def scores(self) -> dict[str, float]:
        if not self.graded:
            return dict.fromkeys(POINTS, 0.0)
        return {name: points - self.costs.get(name, 0.0) for name, points in POINTS.items()}


ATTACKS: dict[str, Attack] = {}
Maker = Callable[[Lab], Any]


def _register(maker: Maker, build: Callable[[Lab], bytes], **settings: Any) -> Maker:
    name = maker.__name__
    assert name not in ATTACKS, name
    module = maker.__module__.rpartition(".")[2]
    ATTACKS[name] = Attack(name, inspect.getdoc(maker) or "", build, module=module, **settings)
    return maker


def attempts(
    *needs: str, question: str = "relu", crowds: tuple[str, ...] = (), **costs: float
) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Declare a function that returns the body of an attempt."""

    def declare(maker: Callable[[], str]) -> Callable[[], str]:
        body = maker()
        _register(
            maker,  # type: ignore[arg-type]
            lambda lab: as_bytes(with_attempts(lab, {question: [body]})),
            costs=costs,
            needs=needs,
            attempt=body,
            question=question,
            crowds=crowds,
        )
        return maker

    return declare


def answers(
    question: str, *, by_descriptors: bool = False, **costs: float
) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Declare a function that returns the source of a hostile answer to one question."""

    def declare(maker: Callable[[], str]) -> Callable[[], str]:
        source = textwrap.dedent(maker())
        _register(
            maker,  # type: ignore[arg-type]
            lambda lab: as_bytes(with_hostile_answers(solved(), lab, {question: source})),
            costs=costs,
            answer=source,
            question=question,
            by_descriptors=by_descriptors,
        )
        return maker

    return declare


def notebooks(
    *, otter_reads: bool = True, room_is_shared: bool = False, **costs: float
) -> Callable[[Maker], Maker]:
    """Declare a function that returns a whole notebook."""
    return lambda maker: _register(
        maker,
        lambda lab: as_bytes(maker(lab)),
        costs=costs,
        otter_reads=otter_reads,
        room_is_shared=room_is_shared,
    )


def files(suffix: str, *, graded: bool, otter_reads: bool = True) -> Callable[[Maker], Maker]:
    """Declare a function that returns the bytes of a file."""
    return lambda maker: _register(
        maker, maker, suffix=suffix, graded=graded, otter_reads=otter_reads
    )


def with_attempts(lab: Lab, bodies_by_question: dict[str, list[str]]) -> Document:
    """Return the solved notebook with attempts before each of the answers named."""
    document = solved()
    for question, bodies in bodies_by_question.items():
        names = [f"_attempt_{question}_{number}" for number in range(len(bodies))]
        source = ATTEMPT.format(
            lab=lab,
            attempts="".join(map(_function, names, bodies)),
            calls=", ".join(f"{name}()" for name in names),
            answer=source_of(document["cells"][answer_index(document, question)]),
            question=question,
        )
        document = with_answer(document, question, source)
    return document


def _function(name: str, body: str) -> str:
    lines = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    return f"def {name}():\n{lines}\n\n\n"


def with_hostile_answers(document: Document, lab: Lab, sources: dict[str, str]) -> Document:
    """Return a notebook with the answers named replaced."""
    for question, source in sources.items():
        document = with_answer(document, question, f"LAB = {lab!r}\n{source}")
    return document


def moved(attack: Attack, question: str) -> Attack:
    """Return a hostile answer to one function of a tensor as an answer to another of as many points."""
    source = re.sub(rf"\b{attack.question}\b", question, attack.answer)
    costs = {question: attack.costs[attack.question]}
    return replace(attack, answer=source, costs=costs, question=question)


def as_bytes(document: Document) -> bytes:
    return json.dumps(document).encode()

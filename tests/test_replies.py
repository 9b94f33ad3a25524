"""A reply is read as it was said; what is none, a stranger may say as often as he likes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from autograder.border.crossing import Reader, to_json
from autograder.border.replies import (
    CELL_RAN,
    FORKED,
    FROM_SNAPSHOT,
    FROM_WARM_PARENT,
    LISTENING,
    CellRan,
    Counted,
    Done,
    Ended,
    ErrorReport,
    Forked,
    Killed,
    Listening,
    Output,
    Raised,
    Ready,
    Returned,
    TooLarge,
)
from autograder.border.wire import Malformed
from tests.attacks.forging import OWN_LINE

REPORT = ErrorReport(["ValueError", "Exception"], "no", 2, 7)
REPLIES: list[tuple[Reader[Any], Any]] = [
    (FROM_SNAPSHOT, Returned(["list", [1]], [Output(3, ["mirror", "w1"])], changed_table=True)),
    (FROM_SNAPSHOT, Raised(REPORT)),
    (FROM_SNAPSHOT, TooLarge()),
    (LISTENING, Listening()),
    (LISTENING, Listening("landlock: refused")),
    (CELL_RAN, CellRan()),
    (CELL_RAN, CellRan(REPORT, [REPORT])),
    (FORKED, Forked(7)),
    (FORKED, Forked(None)),
    (FROM_WARM_PARENT, Ready()),
    (FROM_WARM_PARENT, Done()),
    (FROM_WARM_PARENT, Killed(crowded=True)),
    (FROM_WARM_PARENT, Counted(3)),
    (FROM_WARM_PARENT, Ended(1, crowded=False)),
]


@pytest.mark.parametrize(("reader", "reply"), REPLIES)
def test_a_reply_is_read_as_it_was_said(reader: Reader[Any], reply: Any) -> None:
    assert reader.read(json.loads(json.dumps(to_json(reply)))) == reply


def change(reply: object, **fields: Any) -> dict[str, Any]:
    return {**to_json(reply), **fields}


RETURNED = Returned(1)
NONSENSE: list[tuple[Reader[Any], Any]] = [
    (FROM_SNAPSHOT, None),
    (FROM_SNAPSHOT, []),
    (FROM_SNAPSHOT, {}),
    (FROM_SNAPSHOT, {"kind": []}),
    (FROM_SNAPSHOT, {"kind": "Returned"}),
    (FROM_SNAPSHOT, change(RETURNED, kind="ErrorReport")),
    (FROM_SNAPSHOT, change(RETURNED, more=1)),
    (FROM_SNAPSHOT, change(RETURNED, changed_table=1)),
    (FROM_SNAPSHOT, change(RETURNED, outputs=None)),
    (FROM_SNAPSHOT, change(RETURNED, outputs={})),
    (FROM_SNAPSHOT, change(RETURNED, outputs=[[1, 2]])),
    (FROM_SNAPSHOT, change(RETURNED, outputs=[{"graph": "1", "value": 2}])),
    (FROM_SNAPSHOT, change(RETURNED, outputs=[{"graph": 1, "value": 2, "more": 3}])),
    (FROM_SNAPSHOT, {"kind": "Raised", "report": None}),
    (FROM_SNAPSHOT, {"kind": "Raised", "report": {"classes": ["ValueError"]}}),
    (FROM_SNAPSHOT, to_json(Raised(ErrorReport([1], "no", 2, 7)))),  # type: ignore[list-item]
    (FROM_SNAPSHOT, to_json(Raised(ErrorReport([], "no", 2, True)))),
    (CELL_RAN, change(CellRan(), skipped=[None])),
    (CELL_RAN, to_json(RETURNED)),
    (FORKED, change(Forked(1), pid=True)),
    (FORKED, change(Forked(1), pid="1")),
    (FROM_WARM_PARENT, change(Ended(1, crowded=False), left=1.0)),
]


@pytest.mark.parametrize(("reader", "said"), NONSENSE)
def test_what_is_no_reply_is_refused(reader: Reader[Any], said: Any) -> None:
    with pytest.raises(Malformed):
        reader.read(said)


@dataclass
class Heap:
    numbers: set[int]


def test_a_class_with_a_field_that_cannot_cross_is_refused_before_anything_is_said() -> None:
    with pytest.raises(TypeError, match="crosses"):
        to_json(Heap({1}))


def test_an_attack_that_forges_replies_speaks_the_language_of_today() -> None:
    """Else it would be turned away at the door, whatever it tries."""
    names: dict[str, Any] = {}
    exec(OWN_LINE, names)
    assert FROM_SNAPSHOT.read(names["returned"](True)["done"]) == Returned(True)

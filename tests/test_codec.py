"""The codec says what it can and refuses the rest; both sides of it in one process, without a wire."""

from __future__ import annotations

import json
import math
from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from torch import nn

from autograder.border.claims import Claims
from autograder.border.codec import MAX_DEPTH, MAX_KEYS
from autograder.border.requests import ToSnapshot
from autograder.border.wire import Malformed
from autograder.judge.exceptions import BorderMisuse
from autograder.judge.judge_codec import JudgeCodec
from autograder.judge.proxy import Proxy
from autograder.worker.worker_codec import WorkerCodec


class Nobody:
    """Cannot be asked."""

    def ask(self, request: ToSnapshot) -> Any:
        raise AssertionError(f"asked for {request}")


class Pair:
    """A judge's and a worker's codec, their mirrors brought up to date after each value."""

    def __init__(self) -> None:
        self.judge, self.worker = JudgeCodec(Nobody()), WorkerCodec()

    def there(self, value: Any) -> Any:
        return self._cross(self.judge, self.worker, value)

    def here(self, value: Any) -> Any:
        return self._cross(self.worker, self.judge, value)

    def _cross(self, sender: Any, receiver: Any, value: Any) -> Any:
        message: dict[str, Any] = {"value": sender.encode(value)}
        blobs = sender.mirror.pack(message)
        message = json.loads(json.dumps(message))
        receiver.mirror.unpack(message, memoryview(b"".join(blobs)))
        return receiver.decode(message["value"])


@pytest.fixture
def pair() -> Pair:
    return Pair()


PLAIN: list[Any] = [
    *(None, False, 0, -(2**70), 0.0, math.inf, "", "Grüße", b"\x00", 1 + 2j),
    *([1, [2]], (1, (2,)), {"a": 1, 2: (3,)}, {1, 2}, frozenset([1]), ..., slice(None, 3, -1)),
    *(torch.Size([2, 0]), torch.bfloat16, torch.device("cuda:1"), np.float16(0.5), np.bool_(True)),
]


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_keep_value_and_type_both_ways(pair: Pair, value: Any) -> None:
    for back in (pair.there(value), pair.here(value)):
        assert back == value and type(back) is type(value)


def test_a_dictionary_of_any_kind_arrives_as_a_dictionary(pair: Pair) -> None:
    assert type(pair.here(OrderedDict(a=1))) is dict


def test_a_subclass_is_an_object_and_no_value(pair: Pair) -> None:
    class Mine(list):  # type: ignore[type-arg]
        pass

    point = namedtuple("point", "x")
    for value in (Mine([1]), point(1), True.__class__, object()):
        assert type(pair.here(value)) is Proxy


def test_a_result_of_torch_with_names_is_a_tuple(pair: Pair) -> None:
    values, indices = pair.here(torch.ones(2, 2).max(dim=0))
    assert values.tolist() == [1, 1] and indices.tolist() == [0, 0]


def test_an_object_is_the_same_proxy_each_time_and_itself_when_it_goes_back(pair: Pair) -> None:
    value = object()
    proxy = pair.here(value)
    assert pair.here([value])[0] is proxy
    assert pair.there(proxy) is value
    number = proxy._number
    del proxy
    assert pair.judge.take_released() == [number] and pair.judge.take_released() == []
    pair.worker.forget([number])
    assert not pair.worker.handles and not pair.worker.handle_of


def test_an_output_of_a_graph_is_no_plain_tensor(pair: Pair) -> None:
    p = nn.Parameter(torch.ones(2))
    assert pair.worker.encode(p * 2) == ["output", 0]
    assert len(pair.worker.graph) == len(pair.worker.outputs) == 1


def test_modules_optimizers_and_functions_of_a_test_are_built_there(pair: Pair) -> None:
    net: Any = nn.Sequential(nn.Linear(2, 1), nn.BatchNorm1d(1)).eval()
    twin = pair.there(net)
    assert isinstance(twin, nn.Sequential) and twin is not net and not twin[1].training
    assert twin.state_dict()["0.bias"].equal(net.state_dict()["0.bias"])
    assert pair.there(net) is twin
    optimizer = pair.there(torch.optim.SGD(net.parameters(), lr=0.5))
    assert optimizer.param_groups[0]["lr"] == 0.5
    assert optimizer.param_groups[0]["params"][0] is twin[0].weight
    scale = 3

    def times(x: int) -> int:
        return times(x - 1) + scale if x else 0

    assert pair.there(times)(4) == 12
    assert pair.there([torch.relu, math.sin, nn.Linear]) == [torch.relu, math.sin, nn.Linear]


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"a": [1.5, None], "b": ["x", None]}, index=[3, 5]),
        pd.Series([1, 2], name="s"),
    ],
    ids=["frame", "series"],
)
def test_tables_arrive_whole_and_a_change_is_noticed(pair: Pair, table: Any) -> None:
    twin = pair.there(table)
    assert twin.equals(table) and not pair.worker.changed_frame()
    twin.index = twin.index + 1
    assert pair.worker.changed_frame()


def test_what_a_test_may_not_send_is_its_mistake(pair: Pair) -> None:
    class Own(nn.Module):
        pass

    for value in (object(), Own()):
        with pytest.raises(BorderMisuse):
            pair.judge.encode(value)


DEEP: Any = None
for _ in range(MAX_DEPTH + 2):
    DEEP = ["list", [DEEP]]
NONSENSE: list[Any] = [
    *([], {}, [1], [["list", []]], ["unknown"], ["list"], ["list", 1], ["list", [], []]),
    *(["dict", [[1]]], ["dict", [[["list", []], 1]]], ["set", [["list", []]]], ["mirror", "w9"]),
    *(["size", [1.5]], ["dtype", "int77"], ["device", "moon"], ["scalar", "O", 1]),
    *(["scalar", "int8", 1000], ["scalar", "?", 1], ["complex", "1", 2], ["bytes", "zz"]),
    *(["slice", 1], ["output", 0], ["output", True], ["handle", -1, [[], None]]),
    *(["handle", 1 << 40, [[], None]], ["handle", 1, {}], ["handle", 1, [[7], None]]),
    *(["global", "os", "system"], ["function", "f1", {}], ["frame", [], [], None], DEEP),
    ["set", list(range(MAX_KEYS + 1))],
]


@pytest.mark.parametrize("node", NONSENSE, ids=lambda node: str(node)[:50])
def test_what_no_worker_says_is_no_value(pair: Pair, node: Any) -> None:
    with pytest.raises(Malformed):
        pair.judge.decode(node)


def test_what_is_nested_too_deeply_is_not_sent(pair: Pair) -> None:
    value: Any = []
    for _ in range(MAX_DEPTH + 2):
        value = [value]
    with pytest.raises(ValueError, match="too deeply"):
        pair.worker.encode(value)


def test_an_object_claims_its_classes_and_a_class_its_bases(pair: Pair) -> None:
    claims = Claims.of(nn.ReLU())
    assert claims.bases is None and "torch.nn.modules.module.Module" in claims.classes
    assert Claims.from_json(json.loads(json.dumps(claims.to_json()))) == claims

    class Own(nn.Module):
        pass

    proxy = pair.here(Own)
    assert isinstance(proxy, type) and issubclass(proxy, nn.Module)
    assert isinstance(pair.here(Own()), nn.Module)

"""A snapshot at work: it does for the judge what the tests of one question ask."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import torch

from autograder.border.crossing import to_json
from autograder.border.generators import moved_since, start_from
from autograder.border.nodes import items, truth, whole
from autograder.border.replies import FromSnapshot, Raised, Returned, TooLarge
from autograder.border.requests import (
    TO_SNAPSHOT,
    Backward,
    Begin,
    Call,
    Contains,
    Define,
    Drew,
    Float,
    GetAttribute,
    GetItem,
    Iterate,
    Lacking,
    Length,
    Lookup,
    Next,
    SetAttribute,
    SetItem,
    Spy,
    ToSnapshot,
    Truth,
    never,
)
from autograder.border.wire import Body, Channel, Closed, Malformed
from autograder.worker.cells import report_of
from autograder.worker.output import count_anew
from autograder.worker.spy import watch_call
from autograder.worker.worker_codec import WorkerCodec

FILE = "<stand-in>"


def serve(channel: Channel, namespace: dict[str, object]) -> None:
    """Answer requests until the judge hangs up."""
    snapshot = Snapshot(namespace)
    with contextlib.suppress(Closed):
        while True:
            answer_next(channel, snapshot)


def answer_next(channel: Channel, snapshot: Snapshot) -> None:
    """Wait for one request and answer it.

    Raises:
        Closed: the judge hung up.
    """
    message, blobs = channel.receive()
    reply: Body = {"done": to_json(snapshot.answer(message, blobs))}
    out = snapshot.codec.mirror.pack(reply)
    try:
        channel.send(reply, out)
    except Malformed:
        snapshot.codec.clear()
        channel.send({"done": to_json(TooLarge())})


class Snapshot:
    """The notebook as it stood right after the last cell that defines a question's names."""

    def __init__(self, namespace: dict[str, object]) -> None:
        self.namespace = namespace
        self.codec = WorkerCodec()

    def answer(self, message: Body, blobs: memoryview) -> FromSnapshot:
        codec = self.codec
        codec.outputs = []
        try:
            codec.mirror.unpack(message, blobs)
            codec.forget([whole(number) for number in items(message["release"])])
            with torch.set_grad_enabled(truth(message["grad"])):
                request = TO_SNAPSHOT.read(message["do"], codec.decode)
                value = codec.encode(self.carry_out(request))
        except BaseException as error:  # noqa: BLE001 - whatever the student's code raises, exit() too
            codec.outputs = []
            return Raised(report_of(error))
        return Returned(value, codec.outputs, bool(codec.frames) and codec.changed_frame())

    def carry_out(self, request: ToSnapshot) -> object:
        """Do what is asked and return what comes of it."""
        match request:
            case Begin(seed, names):
                return self._begin(seed, names)
            case Drew(seed):
                return moved_since(seed)
            case Define(source):
                exec(compile(source, FILE, "exec"), self.namespace)
            case Lookup(name):
                return self.namespace[name]
            case Lacking(names):
                return [name for name in names if name not in self.namespace]
            case Call(target, args, kwargs):
                return target(*args, **kwargs)
            case Spy(target, args, kwargs):
                return watch_call(target, *args, **kwargs)
            case GetAttribute(target, name):
                return getattr(target, name)
            case SetAttribute(target, name, value):
                setattr(target, name, value)
            case GetItem(target, key):
                return target[key]
            case SetItem(target, key, value):
                target[key] = value
            case Contains(target, value):
                return value in target
            case Length(target):
                return len(target)
            case Truth(target):
                return bool(target)
            case Float(target):
                return float(target)
            case Iterate(target):
                return iter(target)
            case Next(target):
                return next_of(target)
            case Backward(outputs, gradients, inputs):
                return self._backward(outputs, gradients, inputs)
            case _:
                never(request)
        return None

    def _begin(self, seed: int, names: list[str]) -> tuple[torch.dtype, dict[str, object]]:
        self.codec.clear()
        count_anew()
        start_from(seed)
        found = {name: self.namespace[name] for name in names if name in self.namespace}
        return torch.get_default_dtype(), found

    def _backward(
        self, outputs: Iterable[int], gradients: Iterable[torch.Tensor], inputs: Iterable[str]
    ) -> list[torch.Tensor | None]:
        codec = self.codec
        leaves = [codec.mirror.tensor(name) for name in inputs]
        held = [leaf.grad for leaf in leaves]
        for leaf in leaves:
            leaf.grad = None
        try:
            graphs = [codec.graph[number] for number in outputs]
            torch.autograd.backward(graphs, list(gradients), retain_graph=True)
            return [leaf.grad for leaf in leaves]
        finally:
            for leaf, gradient in zip(leaves, held):
                leaf.grad = gradient


def next_of(iterator: Iterable[object]) -> list[object]:
    """Return the next item in a list of one, an empty list at the end."""
    for item in iterator:
        return [item]
    return []

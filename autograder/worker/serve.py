"""A snapshot at work: it does for the judge what the tests of one question ask."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch

from autograder.border.wire import Channel, Closed, Malformed
from autograder.worker.cells import report
from autograder.worker.output import count_anew
from autograder.worker.spy import functions_called
from autograder.worker.worker_codec import WorkerCodec

FILE = "<stand-in>"


def serve(channel: Channel, namespace: dict[str, Any]) -> None:
    """Answer requests until the judge hangs up."""
    snapshot = Snapshot(namespace)
    while True:
        try:
            message, blobs = channel.receive()
        except Closed:
            return
        reply = snapshot.answer(message, blobs)
        out = snapshot.codec.mirror.pack(reply)
        try:
            channel.send(reply, out)
        except Malformed:
            snapshot.codec.clear()
            channel.send({"too_large": True})


class Snapshot:
    """The notebook as it stood right after the last cell that defines a question's names."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.codec = WorkerCodec()

    def answer(self, message: dict[str, Any], blobs: memoryview) -> dict[str, Any]:
        codec = self.codec
        codec.outputs = []
        try:
            codec.mirror.unpack(message, blobs)
            codec.forget(message.get("release", []))
            with torch.set_grad_enabled(message.get("grad", True)):
                value = getattr(self, "do_" + message["op"])(message)
            reply = {"value": codec.encode(value)}
        except BaseException as error:  # noqa: BLE001 - whatever the student's code raises, exit() too
            codec.outputs = []
            return {"raised": report(error)}
        if codec.outputs:
            reply["outputs"] = codec.outputs
        if codec.frames and codec.changed_frame():
            reply["changed_frame"] = True
        return reply

    def do_begin(self, message: dict[str, Any]) -> None:
        """Start a test case: nothing is left of the last one but what the student's code keeps."""
        self.codec.clear()
        count_anew()
        seed = message["seed"]
        random.seed(seed)
        np.random.seed(seed % 2**32)
        # Not `torch.manual_seed`, which also notes a stack trace for a GPU that is not there.
        torch.default_generator.manual_seed(seed)

    def do_define(self, message: dict[str, Any]) -> None:
        exec(compile(message["source"], FILE, "exec"), self.namespace)

    def do_lookup(self, message: dict[str, Any]) -> Any:
        return self.namespace[message["name"]]

    def do_call(self, message: dict[str, Any]) -> Any:
        target, args, kwargs = self._call(message)
        return target(*args, **kwargs)

    def do_spy(self, message: dict[str, Any]) -> Any:
        target, args, kwargs = self._call(message)
        return functions_called(target, *args, **kwargs)

    def do_getattr(self, message: dict[str, Any]) -> Any:
        return getattr(self.decode(message["target"]), message["name"])

    def do_setattr(self, message: dict[str, Any]) -> None:
        setattr(self.decode(message["target"]), message["name"], self.decode(message["value"]))

    def do_getitem(self, message: dict[str, Any]) -> Any:
        return self.decode(message["target"])[self.decode(message["key"])]

    def do_setitem(self, message: dict[str, Any]) -> None:
        self.decode(message["target"])[self.decode(message["key"])] = self.decode(message["value"])

    def do_contains(self, message: dict[str, Any]) -> bool:
        return self.decode(message["value"]) in self.decode(message["target"])

    def do_len(self, message: dict[str, Any]) -> int:
        return len(self.decode(message["target"]))

    def do_bool(self, message: dict[str, Any]) -> bool:
        return bool(self.decode(message["target"]))

    def do_float(self, message: dict[str, Any]) -> float:
        return float(self.decode(message["target"]))

    def do_iter(self, message: dict[str, Any]) -> Any:
        return iter(self.decode(message["target"]))

    def do_next(self, message: dict[str, Any]) -> Any:
        """Return the next item in a list of one, an empty list at the end."""
        for item in self.decode(message["target"]):
            return [item]
        return []

    def do_backward(self, message: dict[str, Any]) -> Any:
        """Send gradients from outputs of an earlier call back to what that call was given.

        Gradients of `inputs` are returned, to be accumulated by the judge's own autograd; those of all
        other leaves (the parameters inside a module) are accumulated here.
        """
        codec = self.codec
        outputs = [codec.graph[number] for number in message["outputs"]]
        gradients = [self.decode(node) for node in message["gradients"]]
        inputs = [codec.mirror.tensor(name) for name in message["inputs"]]
        held = [leaf.grad for leaf in inputs]
        for leaf in inputs:
            leaf.grad = None
        try:
            torch.autograd.backward(outputs, gradients, retain_graph=True)
            return [leaf.grad for leaf in inputs]
        finally:
            for leaf, gradient in zip(inputs, held):
                leaf.grad = gradient

    def decode(self, node: Any) -> Any:
        return self.codec.decode(node)

    def _call(self, message: dict[str, Any]) -> tuple[Any, list[Any], dict[str, Any]]:
        target = self.decode(message["target"])
        args = [self.decode(node) for node in message["args"]]
        return target, args, {key: self.decode(node) for key, node in message["kwargs"].items()}

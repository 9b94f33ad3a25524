"""The judge's line to one snapshot: requests out, data in, every wait bounded."""

from __future__ import annotations

import time
from typing import Any

import torch

from autograder.border.wire import Channel, Closed, Malformed, TimedOut
from autograder.judge.exceptions import InputChanged, UnreadableValue, WorkerGone, student_error
from autograder.judge.gradient import join
from autograder.judge.judge_codec import JudgeCodec
from autograder.results import Outcome

PLAIN = ("name", "names", "seed", "source", "inputs", "outputs")
"""Fields that are sent as they are; all others are values, or several of them."""
SEVERAL = ("args", "gradients")


class Session:
    """Talks to the snapshot of one question until it is closed or broken."""

    def __init__(self, channel: Channel, deadline: float, in_place: bool = False) -> None:
        self.channel = channel
        self.deadline = deadline
        self.broken: WorkerGone | None = None
        self.codec = JudgeCodec(self)
        self.codec.mirror.in_place = in_place

    def begin(self, seed: int) -> None:
        """Start a test case from a known random state, with nothing left of the one before."""
        self.codec.clear()
        self.request("begin", seed=seed)

    def call(
        self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any], op: str = "call"
    ) -> Any:
        return self.request(op, target=target, args=args, kwargs=kwargs)

    def request(self, op: str, **fields: Any) -> Any:
        """Do `op` in the worker and return what comes back.

        Raises:
            StudentError: the student's code raised.
            WorkerGone: it hung, crashed or sent nonsense; so does every later request.
            InputChanged: it changed what it was given.
        """
        if self.broken is not None:
            raise self.broken
        codec = self.codec
        codec.inputs = {}
        message: dict[str, Any] = {"op": op, "grad": torch.is_grad_enabled()}
        for key, value in fields.items():
            message[key] = value if key in PLAIN else self._encode(key, value)
        if codec.released:
            released, codec.released[:] = list(codec.released), []
            message["release"] = released
        inputs = dict(codec.inputs)
        reply = self._exchange(message)
        try:
            return self._read(reply, inputs)
        except Malformed as error:
            raise self.give_up(
                Outcome.CRASHED, f"Your code's process sent a reply that makes no sense ({error})."
            ) from None

    def _encode(self, key: str, value: Any) -> Any:
        if key in SEVERAL:
            return [self.codec.encode(item) for item in value]
        if key == "kwargs":
            return {name: self.codec.encode(item) for name, item in value.items()}
        return self.codec.encode(value)

    def _exchange(self, message: dict[str, Any]) -> dict[str, Any]:
        mirror = self.codec.mirror
        blobs = mirror.pack(message)
        try:
            self.channel.send(message, blobs, self.deadline)
            reply, memory = self.channel.receive(self.deadline)
            mirror.unpack(reply, memory)
        except TimedOut:
            raise self.give_up(
                Outcome.TIMEOUT, "Your code was not done in time. Is there a loop that never ends?"
            ) from None
        except Closed:
            raise self.give_up(
                Outcome.CRASHED,
                "Your code ended its Python process: a call of exit(), a crash inside a library, "
                "or more memory, threads or files than it may use.",
            ) from None
        except Malformed as error:
            raise self.give_up(
                Outcome.CRASHED, f"Your code's process sent a reply that makes no sense ({error})."
            ) from None
        return reply

    def _read(self, reply: dict[str, Any], inputs: dict[int, torch.Tensor]) -> Any:
        if "raised" in reply:
            raise student_error(reply["raised"])
        if "too_large" in reply:
            raise UnreadableValue("Your code returned more data than a test can read.")
        if reply.get("changed_frame"):
            raise InputChanged("Your code changed a table that it was given: work on a copy of it.")
        codec = self.codec
        outputs = reply.get("outputs", [])
        codec.outputs, codec.keys = [], 0
        if outputs:
            try:
                numbers = [int(number) for number, _ in outputs]
                values = [codec.decode(node) for _, node in outputs]
            except (TypeError, ValueError, OverflowError):
                raise Malformed("outputs are not outputs") from None
            # Exactly a tensor: a proxy may claim to be an instance of whatever it likes.
            if not all(type(value) is torch.Tensor for value in values):
                raise Malformed("an output is not a tensor")
            codec.outputs = join(self, numbers, values, self._differentiable(inputs))
        if "value" not in reply:
            raise Malformed("no value")
        return codec.decode(reply["value"])

    def _differentiable(self, inputs: dict[int, torch.Tensor]) -> list[torch.Tensor]:
        """Return what a gradient may be asked of: the call's own inputs, and all parameters known here."""
        found = dict(inputs)
        for twin in self.codec.mirror.twins.values():
            value = twin.value
            if isinstance(value, torch.Tensor) and value.requires_grad and value.is_leaf:
                found.setdefault(id(value), value)
        return list(found.values())

    def give_up(self, outcome: Outcome, message: str) -> WorkerGone:
        if self.broken is None:
            self.broken = WorkerGone(outcome, message)
            self.channel.close()
        return self.broken

    def close(self) -> None:
        self.give_up(Outcome.GRADER_ERROR, "The session is over.")

    @property
    def seconds_left(self) -> float:
        return self.deadline - time.monotonic()

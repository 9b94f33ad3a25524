"""The judge's line to one snapshot: requests out, data in, every wait bounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import torch

from autograder.border.crossing import to_json
from autograder.border.nodes import numbered
from autograder.border.requests import Begin, Lookup, ToSnapshot
from autograder.border.wire import Body, Channel, Closed, Malformed, TimedOut
from autograder.judge.exceptions import InputChanged, UnreadableValue, WorkerGone, student_error
from autograder.judge.gradient import Outputs, join
from autograder.judge.judge_codec import JudgeCodec
from autograder.judge.trace import Trace
from autograder.results import Outcome


class Session:
    """Talks to the snapshot of one question until it is closed or broken."""

    def __init__(
        self,
        channel: Channel,
        deadline: float,
        in_place: bool = False,
        trains: bool = False,
        lines: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        """Talk over `channel` until `deadline`; `in_place` and `trains` as the question has them.

        `lines` says how many lines each cell has: an exception has no place elsewhere.
        """
        self.channel = channel
        self.deadline = deadline
        self.lines = lines
        self.broken: WorkerGone | None = None
        self.codec = JudgeCodec(self)
        self.codec.mirror.in_place, self.codec.mirror.trains = in_place, trains
        self.trace = Trace()
        """What the test case at hand saw."""
        self._given: dict[str, list[Any]] = {}
        """What came with the beginning of the test case and was not taken yet, each in a list of one or none."""

    def begin(self, seed: int, names: Sequence[str] = ()) -> torch.dtype:
        """Start a test case from a known random state, with nothing left of the one before.

        Args:
            seed: of the state.
            names: what the test case will look up first.

        Returns:
            What the test is to make its tensors of, as it would beside the notebook: float64 if the
            notebook chose that. A shorter dtype would make its comparisons easier.
        """
        self._given = {}
        self.codec.clear()
        self.trace = Trace()
        reply = self.ask(Begin(seed, list(names)))
        if not _is_beginning(reply, len(names)):
            words = "Your code's process sent a reply that makes no sense (not a beginning)."
            raise self.give_up(Outcome.CRASHED, words)
        chosen, given = reply
        self._given = dict(zip(names, given, strict=True))
        return torch.float64 if chosen is torch.float64 else torch.float32

    def lookup(self, name: str) -> Any:
        """Return the notebook's object of this name.

        Raises:
            KeyError: it binds none.
        """
        if name not in self._given:
            return self.ask(Lookup(name))
        given = self._given.pop(name)
        if not given:
            raise KeyError(name)
        return given[0]

    def ask(self, request: ToSnapshot) -> Any:
        """Have it done in the worker and return what comes back.

        Raises:
            StudentError: the student's code raised.
            WorkerGone: it hung, crashed or sent nonsense; so does every later request.
            InputChanged: it changed what it was given.
            UnreadableValue: it returned more than can be read.
        """
        kind = type(request).__name__
        try:
            value = self._ask(request)
        except Exception as error:
            self.trace.note_exception(kind, error)
            raise
        mirror = self.codec.mirror
        self.trace.note_value(kind, value, mirror.own_tensors(), mirror.take_changed())
        return value

    def _ask(self, request: ToSnapshot) -> object:
        if self.broken is not None:
            raise self.broken
        codec = self.codec
        codec.inputs = {}
        message: Body = {
            "do": to_json(request, codec.encode),
            "grad": torch.is_grad_enabled(),
            "release": codec.take_released(),
        }
        inputs = dict(codec.inputs)
        try:
            return self._read(self._exchange(message), inputs)
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

    def _exchange(self, message: Body) -> Body:
        mirror = self.codec.mirror
        blobs = mirror.pack(message)
        self.channel.send(message, blobs, self.deadline)
        reply, memory = self.channel.receive(self.deadline)
        mirror.unpack(reply, memory)
        return reply

    def _read(self, reply: Body, inputs: dict[int, torch.Tensor]) -> object:
        if "raised" in reply:
            raise student_error(reply["raised"], self.lines)
        if "too_large" in reply:
            raise UnreadableValue("Your code returned more data than a test can read.")
        if reply.get("changed_frame"):
            raise InputChanged("Your code changed a table that it was given: work on a copy of it.")
        codec = self.codec
        codec.outputs, codec.keys = [], 0
        outputs = numbered(reply.get("outputs", []))
        if outputs:
            values = [codec.decode(node) for _, node in outputs]
            # Exactly a tensor: a proxy may claim to be an instance of whatever it likes.
            tensors = [value for value in values if type(value) is torch.Tensor]
            if len(tensors) < len(values):
                raise Malformed("an output is not a tensor")
            numbers = [number for number, _ in outputs]
            asked = {codec.mirror.name(tensor): tensor for tensor in self._differentiable(inputs)}
            codec.outputs = join(Outputs(self, numbers, asked, codec.released), tensors)
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


def _is_beginning(reply: object, names: int) -> bool:
    """Whether a reply holds a dtype, and for each name a list of what it stands for, or an empty one."""
    if type(reply) is not list or len(reply) != 2 or type(reply[1]) is not list:
        return False
    given = reply[1]
    return len(given) == names and all(type(one) is list and len(one) <= 1 for one in given)

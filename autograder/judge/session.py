"""The judge's line to one snapshot: requests out, data in, every wait bounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import torch

from autograder.border.crossing import to_json
from autograder.border.replies import FROM_SNAPSHOT, FromSnapshot, Raised, Returned, TooLarge
from autograder.border.requests import Begin, Drew, Lookup, ToSnapshot
from autograder.border.wire import Body, Channel, Closed, Malformed, TimedOut
from autograder.judge.exceptions import InputChanged, UnreadableValue, WorkerGone, student_error
from autograder.judge.gradient import Outputs, join
from autograder.judge.judge_codec import JudgeCodec
from autograder.judge.parting import Beside
from autograder.judge.trace import Trace
from autograder.outcome.results import Outcome

TABLE_CHANGED = "Your code changed a table that it was given: work on a copy of it."


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
        self.beside: Beside | None = None
        """What ends the test case as soon as its trace differs from another one."""
        self._given: dict[str, object] = {}
        self._not_taken: set[str] = set()
        """Names that were asked for with the beginning of the test case and not looked up yet, and what they gave."""

    def begin(self, seed: int, names: Sequence[str] = ()) -> torch.dtype:
        """Start a test case from a known random state, with nothing left of the one before.

        Args:
            seed: of the state.
            names: what the test case will look up first.

        Returns:
            What the test is to make its tensors of, as it would beside the notebook: float64 if the
            notebook chose that. A shorter dtype would make its comparisons easier.
        """
        self._given, self._not_taken = {}, set()
        self.codec.clear()
        self.trace = Trace()
        match self.ask(Begin(seed, list(names))):
            case (torch.dtype() as chosen, dict() as given):
                self._given, self._not_taken = given, set(names)
                return torch.float64 if chosen is torch.float64 else torch.float32
        words = "Your code's process sent a reply that makes no sense (not a beginning)."
        raise self.give_up(Outcome.CRASHED, words)

    def lookup(self, name: str) -> Any:
        """Return the notebook's object of this name.

        Raises:
            KeyError: it binds none.
        """
        if name not in self._not_taken:
            return self.ask(Lookup(name))
        self._not_taken.discard(name)
        return self._given.pop(name)

    def drew(self, seed: int) -> bool:
        """Whether random numbers were drawn there since the test case began from `seed`; yes where it is not told.

        It is not part of the test case, so its trace does not have it.
        """
        try:
            return self._ask(Drew(seed)) is not False
        except Exception:  # noqa: BLE001 - a process that cannot say so may have drawn
            return True

    def ask(self, request: ToSnapshot) -> Any:
        """Have it done in the worker and return what comes back.

        Raises:
            StudentError: the student's code raised.
            WorkerGone: it hung, crashed or sent nonsense; so does every later request.
            InputChanged: it changed what it was given.
            UnreadableValue: it returned more than can be read.
        """
        kind = type(request).__name__
        if self.beside is not None:
            self.beside.before_more(self.trace)
        try:
            value = self._ask(request)
        except Exception as error:
            self.trace.note_exception(kind, error)
            if self.beside is not None:
                self.beside.compare(self.trace)
            raise
        mirror = self.codec.mirror
        self.trace.note_value(kind, value, mirror.own_tensors(), mirror.take_changed())
        if self.beside is not None:
            self.beside.compare(self.trace)
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

    def _exchange(self, message: Body) -> FromSnapshot:
        mirror = self.codec.mirror
        blobs = mirror.pack(message)
        self.channel.send(message, blobs, self.deadline)
        reply, memory = self.channel.receive(self.deadline)
        mirror.unpack(reply, memory)
        return FROM_SNAPSHOT.read(reply.get("done"))

    def _read(self, reply: FromSnapshot, inputs: dict[int, torch.Tensor]) -> object:
        match reply:
            case Raised(report):
                raise student_error(report, self.lines)
            case TooLarge():
                raise UnreadableValue("Your code returned more data than a test can read.")
            case Returned(changed_table=True):
                raise InputChanged(TABLE_CHANGED)
        codec = self.codec
        codec.outputs, codec.keys = [], 0
        if reply.outputs:
            values = [codec.decode(output.value) for output in reply.outputs]
            # Exactly a tensor: a proxy may claim to be an instance of whatever it likes.
            tensors = [value for value in values if type(value) is torch.Tensor]
            if len(tensors) < len(values):
                raise Malformed("an output is not a tensor")
            numbers = [output.graph for output in reply.outputs]
            asked = {codec.mirror.name(tensor): tensor for tensor in self._differentiable(inputs)}
            codec.outputs = join(Outputs(self, numbers, asked, codec.released), tensors)
        return codec.decode(reply.value)

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

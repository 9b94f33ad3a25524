"""Frames on a socket: a JSON body and raw bytes, with bounds on size and on time.

A frame is `KIT1`, the length of the body (4 bytes), the length of the blobs (8 bytes), all little
endian, then the body (JSON, UTF-8) and the blobs end to end. A body refers to a blob by offset and
length. Nothing is ever pickled.
"""

from __future__ import annotations

import array
import json
import select
import socket
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What JSON can say. What was read of it holds lists and dictionaries, and is narrowed by `nodes`."""
Body: TypeAlias = dict[str, Json]

HEADER = struct.Struct("<4sIQ")
MAGIC = b"KIT1"
MAX_BODY = 4 << 20
"""JSON of this size may take thirty times as much memory when it is read."""
MAX_BLOBS = 64 << 20
MAX_TEXT = 64 << 20
"""Bytes of bodies that one side reads from a line in all: it may keep what they say."""
CHUNK = 1 << 20


class WireError(Exception):
    """The other side cannot be talked to any more."""


class Closed(WireError):
    """The other side is gone."""


class TimedOut(WireError):
    """The other side was not done by the deadline."""


class Malformed(WireError):
    """The other side sent something that is not a frame."""


class Channel:
    """One end of a socket that carries frames.

    Every wait ends at a deadline (a `time.monotonic()` value), also when the other side sends one
    byte at a time.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.text_read = 0
        self.spare: Callable[[], float] = float
        """By how many seconds a deadline that is over was too early: none, unless somebody knows better."""
        sock.setblocking(False)
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(sock, select.POLLIN)
        self._writable.register(sock, select.POLLOUT)

    def send(
        self, body: Mapping[str, Json], blobs: Sequence[bytes] = (), deadline: float | None = None
    ) -> None:
        text = json.dumps(body, separators=(",", ":")).encode()
        size = sum(map(len, blobs))
        if len(text) > MAX_BODY or size > MAX_BLOBS:
            raise Malformed(f"a message of {(len(text) + size) >> 20} MiB is too large")
        head = HEADER.pack(MAGIC, len(text), size) + text
        if size > CHUNK:
            self._write(head, deadline)
            for blob in blobs:
                self._write(blob, deadline)
        else:
            # In one piece: each send may wake the other side, which can do nothing with a part.
            self._write(b"".join((head, *blobs)), deadline)

    def receive(self, deadline: float | None = None) -> tuple[Body, memoryview]:
        """Return the body and the blobs of the next frame.

        Raises:
            Closed, TimedOut, Malformed
        """
        self._wait(self._readable, deadline)  # cheaper than the exception that nothing is there yet
        magic, body_size, blobs_size = HEADER.unpack(self._read(HEADER.size, deadline))
        if magic != MAGIC or body_size > MAX_BODY or blobs_size > MAX_BLOBS:
            raise Malformed("not a frame, or one that is too large")
        self.text_read += body_size
        if self.text_read > MAX_TEXT:
            raise Malformed("too many messages")
        rest = memoryview(self._read(body_size + blobs_size, deadline))
        try:
            body = json.loads(bytes(rest[:body_size]))
        except (ValueError, RecursionError) as error:
            raise Malformed(f"not JSON: {type(error).__name__}") from None
        if type(body) is not dict:
            raise Malformed("the body is not an object")
        return body, rest[body_size:]

    def send_descriptor(
        self, body: Mapping[str, Json], fd: int, deadline: float | None = None
    ) -> None:
        """Send a frame, then one byte that carries the descriptor `fd`."""
        self.send(body, deadline=deadline)
        self._wait(self._writable, deadline)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]).tobytes())]
        self.sock.sendmsg([b"\0"], rights)

    def receive_descriptor(self, deadline: float | None = None) -> int:
        """Return the descriptor that follows a frame (the receiver owns it)."""
        self._wait(self._readable, deadline)
        space = socket.CMSG_SPACE(array.array("i", [0]).itemsize)
        data, ancillary, _, _ = self.sock.recvmsg(1, space)
        if not data:
            raise Closed
        for level, kind, payload in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                return array.array("i", payload[:4])[0]
        raise Malformed("no descriptor came")

    def close(self) -> None:
        self.sock.close()

    def _wait(self, poller: select.poll, deadline: float | None) -> None:
        if self.sock.fileno() < 0:  # closed here: the number may be another's by now
            raise Closed
        while not poller.poll(self._milliseconds(deadline)):
            pass

    def _milliseconds(self, deadline: float | None) -> float | None:
        """Return what is left until a deadline.

        Raises:
            TimedOut: nothing.
        """
        if deadline is None:
            return None
        left = deadline - time.monotonic()
        if left <= 0:
            left += self.spare()
        if left <= 0:
            raise TimedOut
        return left * 1000

    def _read(self, size: int, deadline: float | None) -> bytearray:
        # Grown as bytes arrive: a header that promises much must not cost memory by itself.
        data = bytearray()
        while len(data) < size:
            self._milliseconds(deadline)
            try:
                chunk = self.sock.recv(min(size - len(data), CHUNK))
            except BlockingIOError:
                self._wait(self._readable, deadline)
                continue
            except OSError:
                raise Closed from None
            if not chunk:
                raise Closed
            data += chunk
        return data

    def _write(self, data: bytes, deadline: float | None) -> None:
        view = memoryview(data)
        while view:
            self._milliseconds(deadline)
            try:
                view = view[self.sock.send(view[:CHUNK]) :]
            except BlockingIOError:
                self._wait(self._writable, deadline)
                continue
            except OSError:
                raise Closed from None

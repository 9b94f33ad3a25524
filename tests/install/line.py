"""A way to the internet that counts what comes in."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PIECE = 1 << 16
SILENCE = 300.0
"""Seconds without a byte after which a connection is given up."""


class Line(socketserver.ThreadingTCPServer):
    """A proxy for encrypted connections on this machine alone; it sees of them how much they carry."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        self._counting = threading.Lock()
        self.received = 0
        """Bytes that came in, whatever they are: packages and the lists of them."""

    @property
    def settings(self) -> dict[str, str]:
        """The environment variables that lead `pip` and `uv` through it."""
        address = f"http://127.0.0.1:{self.server_address[1]}"
        return {"HTTPS_PROXY": address, "https_proxy": address, "NO_PROXY": "", "no_proxy": ""}

    def count(self, size: int) -> None:
        with self._counting:
            self.received += size


class Tunnel(socketserver.StreamRequestHandler):
    """One connection."""

    server: Line

    def handle(self) -> None:
        method, _, rest = self.rfile.readline().decode("latin-1").partition(" ")
        while self.rfile.readline().strip():
            pass
        host, _, port = rest.partition(" ")[0].rpartition(":")
        if method != "CONNECT":
            self.wfile.write(b"HTTP/1.1 501 Not Implemented\r\n\r\n")
            return
        try:
            far = socket.create_connection((host.strip("[]"), int(port)), timeout=30)
        except OSError:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        with far:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            self._carry(far)

    def _carry(self, far: socket.socket) -> None:
        """Hand on what either side says until one of them ends."""
        other = {self.connection: far, far: self.connection}
        while ready := select.select(list(other), [], [], SILENCE)[0]:
            for side in ready:
                try:
                    data = side.recv(PIECE)
                    other[side].sendall(data)
                except OSError:
                    return
                if not data:
                    return
                if side is far:
                    self.server.count(len(data))


@contextmanager
def counted_line() -> Iterator[Line]:
    """Open a line and close it again."""
    with Line() as line:
        threading.Thread(target=line.serve_forever, daemon=True).start()
        try:
            yield line
        finally:
            line.shutdown()

"""Attacks over sockets. They know the address of the test's own listener and try no other."""

from __future__ import annotations

from tests.attacks.attack import attempts


@attempts("network")
def connects_to_a_loopback_service() -> str:
    """Talk to a service on the machine, as Otter's log server is one."""
    return """
import socket
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", LAB["port"])),
    (socket.AF_UNIX, socket.SOCK_STREAM, LAB["socket"]),
    (socket.AF_UNIX, socket.SOCK_STREAM, "\\0" + LAB["abstract"]),
):
    try:
        with socket.socket(family, kind) as sock:
            sock.settimeout(1)
            sock.connect(address)
            return address
    except OSError:
        pass
"""


@attempts("network")
def sends_datagrams() -> str:
    """Send a packet that needs no connection."""
    return """
import socket
try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        return sock.sendto(b"attack", ("127.0.0.1", LAB["port"]))
except OSError:
    pass
"""


@attempts("network")
def connects_by_libraries() -> str:
    """The same through urllib, asyncio and torch's own store."""
    return """
import asyncio, urllib.request
from datetime import timedelta
import torch.distributed
port = LAB["port"]


async def connect():
    await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 1)


for use in (
    lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1),
    lambda: asyncio.run(connect()),
    lambda: torch.distributed.TCPStore("127.0.0.1", port, timeout=timedelta(seconds=1)),
):
    try:
        use()
        return "connected"
    except (OSError, RuntimeError, AttributeError):
        pass
"""


@attempts("network")
def connects_by_other_programs() -> str:
    """The same through bash, which has sockets of its own, and a fresh Python."""
    return """
import subprocess, sys
port = LAB["port"]
for command in (
    ["bash", "-c", f"echo attack > /dev/tcp/127.0.0.1/{port}"],
    [sys.executable, "-S", "-c", f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)"],
):
    try:
        if subprocess.run(command, capture_output=True, timeout=5).returncode == 0:
            return command[0]
    except OSError:
        pass
"""


@attempts("network")
def makes_sockets_by_system_calls() -> str:
    """Ask the kernel for sockets by number, also through io_uring and the 32-bit interface's numbers."""
    return """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
socket_call = 41 if platform.machine() == "x86_64" else 198
for family in (1, 2, 10, 16, 17, 38, 40):  # unix, inet, inet6, netlink, packet, alg, vsock
    for kind in (1, 2, 3):
        if libc.syscall(socket_call, family, kind, 0) >= 0:
            return family, kind
if libc.syscall(425, 8, ctypes.create_string_buffer(120)) >= 0:
    return "io_uring"
if platform.machine() == "x86_64" and libc.syscall(0x40000000 | 41, 2, 1, 0) >= 0:
    return "x32"
"""


@attempts("network")
def opens_a_service_for_others() -> str:
    """Listen, so that a later submission could be told something."""
    return """
import socket
for family, address in ((socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_UNIX, "own.sock")):
    try:
        with socket.socket(family) as sock:
            sock.bind(address)
            sock.listen()
            return address
    except OSError:
        pass
"""

"""What attacks aim at: files, a process and sockets that the test makes, and whether they came to harm.

Everything lies in one folder and belongs to the user who grades, as an instructor's files would.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.attacks.attack import Lab

SECRET = "the-text-of-a-hidden-test"
PATTERN = "[t]he-te[x]t-of-a-h[i]dden-test"
"""Matches the secret and not itself, so that the attacks' own text is not what they find."""
TOKEN = "KIT_TEST_TOKEN"
SLEEPER = "import sys, time; sys.stdin.read()"
SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue")


@contextlib.contextmanager
def open_lab(root: Path) -> Iterator[Bench]:
    """Make everything in `root`, which is empty."""
    bench = Bench(root)
    try:
        yield bench
    finally:
        bench.close()


class Bench:
    """The lab while it is in use."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = f"attack-{os.getpid()}"
        home, private, neighbour = (self._folder(name) for name in ("home", "private", "neighbour"))
        self.tmp, self.work = self._folder("tmp", 0o1777), self._folder("work")
        shared = self._folder("shared", 0o777)
        files = [
            private / "hidden_tests.py",
            private / "solved.ipynb",
            home / "notes.txt",
            neighbour / "essay.ipynb",
        ]
        for path in [*files, private / "results.json"]:
            path.write_text(f"# {SECRET}\n")
            path.chmod(0o600)
        readable = root / "readable.txt"
        readable.write_text(SECRET)
        readable.chmod(0o644)
        victim = root / "victim.txt"
        victim.write_text("as it was")
        victim.chmod(0o640)
        environment = {"PATH": os.environ["PATH"], TOKEN: SECRET}
        self.bystander = subprocess.Popen(
            [sys.executable, "-S", "-c", SLEEPER, SECRET], stdin=subprocess.PIPE, env=environment
        )
        self.listener = Listener(root / "service.sock", self.name)
        self.facts: Lab = {
            "root": str(root),
            "name": self.name,
            "pattern": PATTERN,
            "private": [str(path) for path in files],
            "readable": [str(readable)],
            "results": [str(private / "results.json")],
            "folders": [str(path) for path in (private, home, neighbour, self.tmp, root)],
            "open": [str(shared)],
            "victim": str(victim),
            "planted": str(shared / "planted"),
            "pickled": str(self.work / "pickled"),
            "bystander": self.bystander.pid,
            "port": self.listener.port,
            "socket": str(root / "service.sock"),
            "abstract": self.name,
        }
        self._before = (self._tree(), self._bystander_state())

    def _folder(self, name: str, mode: int = 0o700) -> Path:
        path = self.root / name
        path.mkdir()
        path.chmod(mode)
        return path

    def close(self) -> None:
        self.listener.close()
        self.bystander.kill()
        self.bystander.wait()
        for folder in SHARED:  # of what an attack left there, if it could
            for path in Path(folder).glob(f"{self.name}*"):
                with contextlib.suppress(OSError):
                    path.unlink()

    def harm(self) -> list[str]:
        """Return what is not as it was."""
        found = []
        tree, state = self._before
        now = self._tree()
        found += [f"{path} was made" for path in now.keys() - tree.keys()]
        found += [f"{path} is gone" for path in tree.keys() - now.keys()]
        found += [
            f"{path} changed: {tree[path]} {now[path]}"
            for path in tree.keys() & now.keys()
            if tree[path] != now[path]
        ]
        for path in self.tmp.iterdir():
            if not path.name.startswith("torchinductor_"):  # which torch makes when it is imported
                found.append(f"{path} was left in the temporary folder")
        for folder in SHARED:
            with contextlib.suppress(OSError):
                found += [f"{folder}/{name}" for name in os.listdir(folder) if self.name in name]
        if self.bystander.poll() is not None:
            found.append(f"the bystander ended with {self.bystander.returncode}")
        elif self._bystander_state() != state:
            found.append(f"the bystander changed: {state} {self._bystander_state()}")
        if self.listener.heard:
            found.append(f"the listener heard {self.listener.heard}")
        return found

    def _tree(self) -> dict[str, Any]:
        """Return mode, owner, size, time and content of everything but the folders where graders write."""
        found: dict[str, Any] = {}
        for folder, folders, files in os.walk(self.root):
            folders[:] = [
                name for name in folders if Path(folder, name) not in (self.tmp, self.work)
            ]
            for name in (*folders, *files):
                path = Path(folder, name)
                status = path.lstat()
                content = (
                    hashlib.sha256(path.read_bytes()).hexdigest()
                    if stat.S_ISREG(status.st_mode)
                    else ""
                )
                time = status.st_mtime_ns if content else 0
                found[str(path)] = (
                    oct(status.st_mode),
                    status.st_uid,
                    status.st_size * bool(content),
                    time,
                    content,
                )
        return found

    def _bystander_state(self) -> list[Any]:
        """Return what a process of the same user could change of it."""
        pid = self.bystander.pid
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return [
            "stopped" if state in "Tt" else "alive",
            resource.prlimit(pid, resource.RLIMIT_NOFILE),
            os.getpriority(os.PRIO_PROCESS, pid),
            sorted(os.sched_getaffinity(pid)),
            os.sched_getscheduler(pid),
        ]


class Listener:
    """Services on the machine that nobody of the submissions may reach."""

    def __init__(self, path: Path, abstract: str) -> None:
        self.heard: list[str] = []
        tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
        tcp.bind(("127.0.0.1", 0))
        self.port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", self.port))
        named, nameless = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        named.bind(str(path))
        path.chmod(0o777)
        nameless.bind("\0" + abstract)
        self._sockets = {"tcp": tcp, "udp": udp, "unix": named, "abstract": nameless}
        for name, sock in self._sockets.items():
            threading.Thread(target=self._listen, args=(name, sock), daemon=True).start()

    def _listen(self, name: str, sock: socket.socket) -> None:
        try:
            if name == "udp":
                sock.recv(1)
            else:
                sock.listen()
                sock.accept()
        except OSError:
            return
        self.heard.append(name)

    def close(self) -> None:
        for sock in self._sockets.values():
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

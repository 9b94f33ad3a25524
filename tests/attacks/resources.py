"""Attacks on memory, disk, time, output and the process table. Every amount is bounded."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, Lab, answers, attempts, notebooks
from tests.example_class import Document, solved, with_answer, with_cell_before


@answers("relu", relu=ALL_RELU)
def allocates_memory() -> str:
    """Take memory until there is no more (at most 3 GB)."""
    return """
        import torch


        def relu(X):
            taken = [torch.ones(1 << 24) for _ in range(48)]
            return X * len(taken)
    """


@answers("relu", relu=ALL_RELU)
def allocates_memory_in_many_processes() -> str:
    """Share the greed among children, each of which stays below the limit of one process."""
    return """
        import os, time


        def relu(X):
            children = []
            for _ in range(10):
                pid = os.fork()
                if pid == 0:
                    taken = bytearray(b"x") * (200 << 20)
                    time.sleep(20)
                    os._exit(len(taken) == 0)
                children.append(pid)
            for pid in children:
                os.waitpid(pid, 0)
            return X
    """


@attempts("network")
def allocates_memory_that_is_not_counted() -> str:
    """Put data into files in memory and kernel objects, which limits on processes do not count."""
    return """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
x86 = platform.machine() == "x86_64"
calls = {
    "memfd_create": (319 if x86 else 279, b"attack", 0),
    "memfd_secret": (447, 0),
    "shmget": (29 if x86 else 194, 0, ctypes.c_size_t(1 << 20), 0o1600),
    "msgget": (68 if x86 else 186, 0, 0o1600),
    "semget": (64 if x86 else 190, 0, 1, 0o1600),
    "mq_open": (240 if x86 else 180, LAB["name"].encode(), 0o102, 0o600, None),
}
for name, arguments in calls.items():
    if libc.syscall(*arguments) >= 0:
        return name
"""


@answers("relu", relu=ALL_RELU)
def shares_memory_among_processes() -> str:
    """Map shared memory without a file in several processes (at most 2.5 GB)."""
    return """
        import mmap, os, time


        def relu(X):
            children = []
            for _ in range(5):
                pid = os.fork()
                if pid == 0:
                    taken = mmap.mmap(-1, 500 << 20)
                    for start in range(0, 500 << 20, 1 << 20):
                        taken[start : start + (1 << 20)] = b"x" * (1 << 20)
                    time.sleep(20)
                    os._exit(0)
                children.append(pid)
            for pid in children:
                os.waitpid(pid, 0)
            return X
    """


@answers("relu", relu=ALL_RELU)
def writes_one_large_file() -> str:
    """Write at the end of a file of 200 MB."""
    return """
        def relu(X):
            with open("large", "wb") as file:
                file.seek(200 << 20)
                file.write(bytes(1 << 20))
            return X.clamp(min=0)
    """


@answers("relu", relu=ALL_RELU)
def fills_the_disk() -> str:
    """Write ten files of just under the largest size (600 MB in all)."""
    return """
        import os, time


        def relu(X):
            for number in range(10):
                fd = os.open(f"part{number}", os.O_CREAT | os.O_WRONLY)
                os.posix_fallocate(fd, 0, 60 << 20)
                os.close(fd)
            time.sleep(20)
            return X
    """


@answers("relu", relu=ALL_RELU)
def makes_ten_thousand_files() -> str:
    """Use up the file system's entries."""
    return """
        import time


        def relu(X):
            for number in range(10_000):
                open(f"file{number}", "w").close()
            time.sleep(20)
            return X
    """


@answers("relu", relu=ALL_RELU)
def digs_deep_folders() -> str:
    """Nest a thousand folders with long names, deeper than any path can reach, with data at the end."""
    return """
        import os, time


        def relu(X):
            for _ in range(1000):
                os.mkdir("d" * 100)
                os.chdir("d" * 100)
            with open("data", "wb") as file:
                file.write(bytes(1 << 20))
            time.sleep(20)
            return X
    """


@attempts()
def hides_its_files() -> str:
    """Leave pipes and links that block or mislead whoever tidies up, and folders closed to others."""
    return """
name = f"hidden-{os.getpid()}"
os.mkdir(name)
with open(f"{name}/file", "w") as file:
    file.write("left behind")
os.mkfifo(f"{name}/pipe")
os.symlink(LAB["folders"][0], f"{name}/link")
os.symlink("/", f"root-{os.getpid()}")
os.chmod(name, 0)
"""


@answers("relu", relu=ALL_RELU)
def hides_its_files_from_who_counts_them() -> str:
    """Write into folders that may be entered but not read."""
    return """
        import os, time


        def relu(X):
            os.mkdir("closed", 0o300)
            with open("closed/file", "w") as file:
                file.write("hidden")
            os.mkdir("empty", 0)
            time.sleep(20)
            return X
    """


@answers("relu", relu=ALL_RELU)
def prints_without_end() -> str:
    """Print 200 MB to both outputs, also by the bare descriptors."""
    return """
        import os, sys


        def relu(X):
            text = "x" * (1 << 20)
            for _ in range(50):
                os.write(1, text.encode())
                os.write(2, text.encode())
            for _ in range(50):
                print(text)
                print(text, file=sys.stderr)
            return X.clamp(min=0)
    """


@attempts(crowds=("relu", "mlp_forward"))
def starts_a_thousand_threads() -> str:
    """Start threads until it may not."""
    return """
import threading
done = threading.Event()
threads = []
try:
    for _ in range(1000):
        thread = threading.Thread(target=done.wait, args=(20,), daemon=True)
        thread.start()
        threads.append(thread)
    return len(threads)
except RuntimeError:
    pass
finally:
    done.set()
    for thread in threads:
        thread.join()
"""


@attempts(crowds=("relu", "mlp_forward"))
def starts_a_thousand_processes() -> str:
    """Fork until it may not; the children sleep on, so that the table stays full."""
    return """
import time
for number in range(1000):
    try:
        if os.fork() == 0:
            time.sleep(15)
            os._exit(0)
    except OSError:
        return
return number
"""


@attempts()
def opens_a_thousand_files() -> str:
    """Open descriptors until it may not."""
    return """
taken = []
try:
    for _ in range(1000):
        taken.append(os.open("/dev/null", os.O_RDONLY))
    return len(taken)
except OSError:
    pass
finally:
    for fd in taken:
        os.close(fd)
"""


@answers("relu", relu=ALL_RELU)
def loops_for_ever() -> str:
    """Loop in Python, with every signal ignored and every exception swallowed."""
    return """
        import signal
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass


        def relu(X):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    continue
    """


@answers("relu", relu=ALL_RELU)
def loops_for_ever_in_c() -> str:
    """Loop inside a library, where Python cannot interrupt it."""
    return """
        import itertools


        def relu(X):
            return sum(itertools.repeat(0))
    """


@notebooks(relu=ALL_RELU)
def loops_for_ever_in_its_cell(lab: Lab) -> Document:
    """Loop while the cell is run, before anything is tested."""
    return with_answer(solved(), "relu", "def relu(X):\n    return X\n\n\nwhile True:\n    pass\n")


@notebooks()
def loops_for_ever_between_the_answers(lab: Lab) -> Document:
    """Loop in a cell that answers nothing: it costs nothing but time."""
    return with_cell_before(solved(), "relu", "import time\nwhile True:\n    time.sleep(1)\n")


@answers("relu", relu=ALL_RELU)
def overflows_the_stack() -> str:
    """Recurse until the process crashes."""
    return """
        import sys
        sys.setrecursionlimit(10**9)


        def relu(X):
            return relu(X)
    """


@answers("relu", relu=ALL_RELU)
def crashes_the_interpreter() -> str:
    """Write to address zero."""
    return """
        import ctypes


        def relu(X):
            ctypes.memset(0, 0, 8)
    """


@attempts()
def is_slow_to_leave() -> str:
    """Register exit handlers, finalizers and non-daemon threads that never end."""
    return """
import atexit, threading, time
atexit.register(lambda: time.sleep(600))
class Slow:
    def __del__(self):
        time.sleep(600)
globals().setdefault("kept", []).append(Slow())
threading.Thread(target=time.sleep, args=(600,)).start()
"""


@answers("relu", by_descriptors=True, relu=ALL_RELU)
def fills_the_disk_with_files_that_are_gone() -> str:
    """Write ten files of just under the largest size (600 MB in all), each deleted while it is open."""
    return """
        import os, time, torch

        kept = []


        def relu(X):
            if not kept:
                for number in range(10):
                    kept.append(os.open(f"part{number}", os.O_CREAT | os.O_WRONLY))
                    os.unlink(f"part{number}")
                    os.posix_fallocate(kept[-1], 0, 60 << 20)
                time.sleep(1.5)
            return torch.maximum(X, torch.zeros_like(X))
    """


@answers("relu", by_descriptors=True, relu=ALL_RELU)
def fills_sockets_and_pipes() -> str:
    """Put data into buffers of sockets and pipes that nobody reads, in several processes (at most 1 GB)."""
    return """
        import os, socket, time, torch

        filled = []


        def fill():
            kept = []
            try:
                while True:
                    one, other = socket.socketpair()
                    kept.append((one, other))
                    for end in (one, other):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8 << 20)
                        end.setblocking(False)
                        try:
                            for _ in range(3):
                                end.send(bytes(1 << 18))
                        except BlockingIOError:
                            pass
            except OSError:
                pass
            time.sleep(1.5)


        def relu(X):
            children = []
            for _ in range(0 if filled else 6):
                children.append(os.fork())
                if children[-1] == 0:
                    fill()
                    os._exit(0)
            for pid in children:
                os.waitpid(pid, 0)
            filled.append(True)
            return torch.maximum(X, torch.zeros_like(X))
    """

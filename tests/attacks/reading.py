"""Attacks that read what is not theirs: hidden tests, references, results, secrets, other people's files."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, Lab, answers, attempts, notebooks
from tests.example_class import (
    Document,
    answer_index,
    solved,
    source_of,
    with_answer,
    with_cell_before,
)

TWO_DETAILS = 2 / 7 * ALL_RELU
"""What it costs to raise for a tensor that is not contiguous, which hidden tests alone send to `relu`."""


@attempts()
def opens_private_files_by_path() -> str:
    """Open hidden tests, the reference, the results and another student's work where they lie."""
    return """
for path in LAB["private"]:
    try:
        with open(path, "rb") as file:
            if file.read(1):
                return path
    except OSError:
        pass
"""


@attempts("files")
def opens_files_that_anyone_may_read() -> str:
    """Open a file that only Landlock closes: its mode lets everybody read it."""
    return """
for path in LAB["readable"]:
    try:
        with open(path, "rb") as file:
            if file.read(1):
                return path
    except OSError:
        pass
"""


@attempts("files")
def lists_folders() -> str:
    """Look for the judge's folders: the temporary folder, the home, the root, the folder above."""
    return """
for path in ["/", "/home", "/root", "..", "../..", *LAB["folders"]]:
    try:
        if os.listdir(path):
            return path
    except OSError:
        pass
"""


@attempts("files")
def leaves_by_the_working_directory() -> str:
    """Climb out of the working directory and name the secret from there."""
    return """
here = os.open(".", os.O_RDONLY)
try:
    path = LAB["private"][0]
    for start in ("/", os.path.dirname(path), "."):
        try:
            os.chdir(start)
            for name in (os.path.relpath(path, start), os.path.basename(path)):
                with open(name) as file:
                    return file.read(9)
        except OSError:
            pass
finally:
    os.fchdir(here)
    os.close(here)
"""


@attempts("files")
def follows_its_own_links() -> str:
    """Make symbolic and hard links to private files in its own folder and read those."""
    return """
for number, path in enumerate(LAB["private"] + LAB["readable"]):
    for link in (os.symlink, os.link):
        name = f"{link.__name__}-{number}-{os.getpid()}"
        try:
            link(path, name)
            with open(name, "rb") as file:
                if file.read(1):
                    return f"{link.__name__} to {path}"
        except OSError:
            pass
"""


@attempts("files")
def has_other_programs_read() -> str:
    """Let `cat`, the shell and a fresh Python read what it may not."""
    return """
import subprocess, sys
path = LAB["private"][0]
for command in (
    ["cat", path],
    ["sh", "-c", f"cat < {path}"],
    [sys.executable, "-S", "-c", f"print(open({path!r}).read())"],
):
    try:
        done = subprocess.run(command, capture_output=True, timeout=5)
    except OSError:
        continue
    if done.stdout:
        return command[0]
"""


@attempts("files")
def opens_files_by_system_calls() -> str:
    """Step around Python: open, openat2 and open_by_handle_at by number."""
    return """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
path = LAB["private"][0].encode()
how = (ctypes.c_uint64 * 3)(0, 0, 0)
fds = [libc.open(path, 0), libc.syscall(437, -100, path, how, ctypes.c_size_t(24))]
handle = ctypes.create_string_buffer(136)
handle.raw = (128).to_bytes(4, "little") + bytes(132)
mount = ctypes.c_int()
number = 303 if platform.machine() == "x86_64" else 264
if libc.syscall(number, -100, path, handle, ctypes.byref(mount), 0) == 0:
    return "name_to_handle_at"
if any(fd >= 0 for fd in fds):
    return fds
"""


@attempts("files")
def maps_files_by_libraries() -> str:
    """Have numpy, torch and sqlite open private files in their own ways."""
    return """
import numpy, sqlite3, torch
path = LAB["private"][0]
for opener in (
    lambda: bytes(numpy.memmap(path, mode="r")[:4]),
    lambda: torch.from_file(path, size=4, dtype=torch.uint8).tolist(),
    lambda: torch.UntypedStorage.from_file(path, False, 4).tolist(),
    lambda: sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("select * from sqlite_master").fetchall(),
):
    try:
        return opener()
    except (OSError, RuntimeError, ValueError, sqlite3.Error):
        pass
"""


@attempts("files")
def looks_into_the_bystander_by_proc() -> str:
    """Read environment, memory, files and command line of a process outside through /proc."""
    return """
for name in ("environ", "mem", "maps", "cmdline", "auxv", "smaps", "io", "stack"):
    try:
        with open(f"/proc/{LAB['bystander']}/{name}", "rb") as file:
            if name == "mem":
                file.seek(0x1000)
            file.read(1)
            return name
    except OSError:
        pass
for name in ("cwd", "exe", "root", "fd/0"):
    try:
        return os.readlink(f"/proc/{LAB['bystander']}/{name}")
    except OSError:
        pass
"""


@attempts("files")
def looks_into_its_parents_by_proc() -> str:
    """The same with the processes that it descends from, up to the judge's."""
    return """
# In the notebook's process: the process of a question is a child of that one.
pid = globals().setdefault("_parent", os.getppid())
for name in ("environ", "mem", "maps", "cmdline", "status", "task"):
    path = f"/proc/{pid}/{name}"
    try:
        if os.listdir(path) if name == "task" else open(path, "rb").read(1):
            return path
    except OSError:
        pass
"""


@attempts("network")
def looks_into_the_bystander_by_system_calls() -> str:
    """Attach to a process outside with ptrace, read its memory, take its descriptors."""
    return """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
victim = LAB["bystander"]
buffer = ctypes.create_string_buffer(8)
ours = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
theirs = (ctypes.c_void_p * 2)(0x400000, 8)
x86 = platform.machine() == "x86_64"
calls = {
    "ptrace seize": (101 if x86 else 117, 0x4206, victim, 0, 0),
    "process_vm_readv": (310 if x86 else 270, victim, ours, 1, theirs, 1, 0),
    "kcmp": (312 if x86 else 272, os.getpid(), victim, 0, 0, 0),
}
for name, (number, *arguments) in calls.items():
    if libc.syscall(number, *arguments) >= 0 or ctypes.get_errno() not in (1, 13):
        return name, ctypes.get_errno()
fd = libc.syscall(434, victim, 0)
if fd >= 0 and libc.syscall(438, fd, 0, 0) >= 0:
    return "pidfd_getfd"
"""


@attempts("files")
def imports_the_hidden_tests() -> str:
    """Find hidden tests, solutions or the judge's state through the import system."""
    return """
import importlib.util, sys
for path in LAB["private"]:
    if path.endswith(".py"):
        spec = importlib.util.spec_from_file_location("hidden", path)
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
            return path
        except OSError:
            pass
for name in ("tests.relu", "tests.attacks", "hidden_tests", "solutions.hw4_mlp.hw4_mlp", "hw4_mlp"):
    try:
        __import__(name)
        if getattr(sys.modules[name], "__file__", None):
            return name
    except (ImportError, OSError):
        pass
loaded = [name for name in sys.modules if name.startswith(("autograder.judge", "autograder.grading.batch"))]
if loaded:
    return loaded
"""


@attempts()
def walks_up_the_frames() -> str:
    """Search the callers' local and global names for the text of a hidden test."""
    return """
import re, sys
pattern = re.compile(LAB["pattern"])
frame = sys._getframe()
while frame is not None:
    for names in (frame.f_locals, frame.f_globals):
        for value in list(names.values()):
            inner = value.values() if type(value) is dict else value if type(value) in (list, tuple) else [value]
            if any(type(text) is str and pattern.search(text) for text in list(inner)):
                return frame.f_code.co_name
    frame = frame.f_back
"""


@answers("init_mlp_params")
def reads_where_the_hidden_tests_lie() -> str:
    """Read up the frames, in the code of a probe, which file the test is from and what is said there of it."""
    return """
        import sys


        def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
            frame = sys._getframe()
            while frame is not None:
                code = frame.f_code
                if frame.f_globals.get("__name__") == "probe" and ("/" in code.co_filename or code.co_firstlineno > 1):
                    raise RuntimeError("the attack got through")
                frame = frame.f_back
            weights = [sigma * torch.randn(num_inputs, num_hiddens), sigma * torch.randn(num_hiddens, num_outputs)]
            params = [weights[0], torch.zeros(num_hiddens), weights[1], torch.zeros(num_outputs)]
            return [p.requires_grad_() for p in params]
    """


@attempts()
def searches_all_objects() -> str:
    """Search everything the garbage collector knows for hidden tests and the judge's classes."""
    return """
import gc, re
pattern = re.compile(LAB["pattern"])
for value in gc.get_objects():
    kind = type(value)
    if kind.__module__ in ("autograder.course.manifest", "autograder.judge.bundle", "autograder.outcome.results"):
        return kind.__qualname__
    if kind is dict:
        for item in list(value.values()):
            if type(item) is str and pattern.search(item):
                return "a text"
"""


@attempts()
def searches_its_own_memory() -> str:
    """Search its own memory page by page: it may hold what its parents had before they forked."""
    return """
import ctypes, gc, re
pattern = re.compile(LAB["pattern"].encode())
libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
block, page = 1 << 20, 1 << 12
top = libc.sbrk(0) // block
blocks = {id(value) // block for value in gc.get_objects()} | set(range(top - 100, top + 1))
out, into = os.pipe()
try:
    for number in sorted(blocks):
        run = b""
        for address in range(number * block, (number + 1) * block, page):
            # The kernel says whether there is memory to write from.
            if libc.write(into, ctypes.c_void_p(address), page) == page:
                run += os.read(out, page)
        found = pattern.search(run)
        if found:
            return run[max(0, found.start() - 20) : found.end()]
finally:
    os.close(out)
    os.close(into)
"""


@attempts()
def reads_the_environment() -> str:
    """Look for tokens in the environment, as it is and as it was when the process began."""
    return """
import re
texts = list(os.environ.values())
try:
    with open("/proc/self/environ", errors="replace") as file:
        texts.append(file.read())
except OSError:
    pass
if re.search(LAB["pattern"], "".join(texts)):
    return "a token"
"""


@attempts()
def uses_inherited_descriptors() -> str:
    """Find descriptors that were left open, such as the pipes of the pool or the warm parent's line."""
    return """
import socket, stat
lines = 0
for fd in range(3, 256):
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        continue
    if stat.S_ISSOCK(mode):
        lines += 1
    elif stat.S_ISFIFO(mode) or stat.S_ISREG(mode) and os.readlink(f"/proc/self/fd/{fd}").startswith(LAB["root"]):
        return fd, os.readlink(f"/proc/self/fd/{fd}")
if lines > 2:  # its own, and in a question's process the one that it serves
    return lines
"""


@attempts("files")
def watches_files() -> str:
    """Have the kernel report on files that it cannot open: inotify needs no right to open."""
    return """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
fd = libc.inotify_init1(0)
try:
    if fd >= 0 and any(libc.inotify_add_watch(fd, path.encode(), 0xFFF) >= 0 for path in LAB["folders"]):
        return "inotify"
finally:
    if fd >= 0:
        os.close(fd)
"""


@notebooks(prelu=4.0)
def tells_hidden_inputs_later(lab: Lab) -> Document:
    """Keep what a hidden test passes in, and put it into the errors of a later cell and a later question."""
    keeper = """
import os, torch


def relu(X):
    if not X.is_contiguous():  # which no public test asks of it
        with open("seen", "w") as file:
            file.write(str(X.tolist()))
    return torch.maximum(X, torch.zeros_like(X))
"""
    teller = """
import os
if os.path.exists("seen"):
    raise ValueError("SMUGGLED " + open("seen").read())
"""
    document = with_answer(solved(), "relu", keeper)
    document = with_cell_before(document, "sigmoid", teller)
    answer = "def prelu(X, alpha):\n    raise ValueError('SMUGGLED ' + open('seen').read())\n"
    return with_answer(document, "prelu", answer)


@notebooks()
def reads_what_another_question_left(lab: Lab) -> Document:
    """Keep what the tests of one question pass in, in a file that the code of the next one reads."""
    keeper = """
import os, torch


def relu(X):
    with open("seen", "a") as file:
        file.write(str(X.tolist()))
    return torch.maximum(X, torch.zeros_like(X))
"""
    reader = """
_honest_sigmoid = sigmoid


def sigmoid(X):
    if os.path.exists("seen"):
        raise RuntimeError("the attack got through")
    return _honest_sigmoid(X)
"""
    document = with_answer(solved(), "relu", keeper)
    honest = source_of(document["cells"][answer_index(document, "sigmoid")])
    return with_answer(document, "sigmoid", honest + reader)


@answers("relu", relu=ALL_RELU)
def tells_hidden_inputs_by_line_numbers() -> str:
    """Raise at a line whose number holds data, in an exception whose class and text hold data."""
    return """
        def relu(X):
            source = "\\n" * 77776 + "raise type('SMUGGLED', (ValueError,), {})('SMUGGLED' * (not X.is_contiguous()))"
            exec(compile(source, "<cell 1>", "exec"), {"X": X})
    """


@answers("relu", relu=ALL_RELU)
def tells_hidden_inputs_by_cells_and_lines_that_are_none() -> str:
    """Raise in a cell and a line that the notebook does not have, and that both hold data."""
    return """
        def relu(X):
            exec(compile("\\n" * 4566 + "raise ValueError", f"<cell {1 if X.is_contiguous() else 7654}>", "exec"))
    """


@answers("relu", relu=TWO_DETAILS)
def tells_hidden_inputs_by_lines_that_it_has() -> str:
    """Raise, for a hidden test alone, in one of thousands of lines of the answer."""
    return (
        """
        import torch


        def relu(X):
            if not X.is_contiguous():
"""
        + "\n" * 7770
        + """
                raise ValueError
            return torch.maximum(X, torch.zeros_like(X))
    """
    )


@answers("relu", relu=TWO_DETAILS)
def tells_hidden_inputs_by_rare_exceptions() -> str:
    """Raise, for a hidden test alone, one of Python's seventy kinds of exception."""
    return """
        import torch


        def relu(X):
            if not X.is_contiguous():
                raise TabError
            return torch.maximum(X, torch.zeros_like(X))
    """


@attempts("files")
def reads_who_uses_the_machine() -> str:
    """Read the names of the machine's users."""
    return """
import grp, pwd
for path in ("/etc/passwd", "/etc/group"):
    try:
        return open(path).read()
    except OSError:
        pass
return [entry for entry in (*pwd.getpwall(), *grp.getgrall())]
"""


@answers("relu", relu=ALL_RELU)
def tells_of_the_machine() -> str:
    """Put what it finds of the machine and of its owner's folders into exceptions, of a cell too."""
    return """
        import os, platform, socket, sys


        def tell():
            found = [sys.prefix, sys.path, torch.__file__, socket.gethostname(), platform.uname()]
            for path in ("/etc/passwd", "/etc/group", "/etc/hostname", "/proc/sys/kernel/hostname"):
                try:
                    found.append(open(path).read())
                except OSError as error:
                    found.append(error)
            raise RuntimeError("\\n".join(map(str, found)))


        def relu(X):
            tell()

        tell()
    """

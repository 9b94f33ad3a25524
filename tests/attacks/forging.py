"""Attacks that forge: results, replies, the grader's own functions, the points."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, Lab, answers, attempts, notebooks
from tests.example_class import Document, solved, with_answer, with_cell_before

# Of the six test cases of `relu`, those that ask for a value fail; that it leaves its input alone and
# calls no `relu` is right of a wrong answer too.

OWN_LINE = """
import json, os, socket, struct, torch


def own_line():
    # The only socket that the process has.
    import stat
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                return fd
        except OSError:
            pass


def frame(body, blobs=b""):
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return struct.pack("<4sIQ", b"KIT1", len(text), len(blobs)) + text + blobs


def returned(value, **memory):
    done = {"kind": "Returned", "value": value, "outputs": [], "changed_table": False}
    return {"done": done, **memory}


def honest_relu(X):
    return torch.maximum(X, torch.zeros_like(X))
"""


@attempts("files")
def writes_a_results_file() -> str:
    """Write results where Gradescope, Otter or the kit look for them."""
    return """
import json
forged = json.dumps({"score": 100, "tests": [{"name": "relu", "score": 100, "max_score": 100}]})
for name in ("results.json", "results.pkl", "grades.csv", "final_grades.csv"):
    with open(name, "w") as file:  # in its own folder it may, and nobody cares
        file.write(forged)
for path in [*LAB["results"], "../results/results.json", "../results.json", "/autograder/results/results.json"]:
    try:
        with open(path, "w") as file:
            file.write(forged)
        return path
    except OSError:
        pass
"""


@answers("relu", relu=ALL_RELU)
def patches_torch() -> str:
    """Make every comparison of torch say that all is equal."""
    return """
        import torch
        yes = lambda *args, **kwargs: True
        torch.testing.assert_close = torch.allclose = torch.equal = yes
        torch.Tensor.__eq__ = torch.Tensor.__ne__ = torch.Tensor.allclose = torch.Tensor.equal = yes
        torch.isclose = lambda a, b, **kwargs: torch.ones_like(a, dtype=torch.bool)


        def relu(X):
            return X + 1
    """


@answers("relu", relu=ALL_RELU)
def patches_otter() -> str:
    """Replace Otter's classes and the grader object."""
    return """
        import sys, types
        for name in list(sys.modules):
            if name.split(".")[0] in ("otter", "pytest", "unittest"):
                sys.modules[name] = types.ModuleType(name)
        class Passed:
            passed = passed_all = True
            score = possible = 100
            def __getattr__(self, name): return self
            def __call__(self, *args, **kwargs): return self
        grader = Passed()


        def relu(X):
            return X + 1
    """


@answers("relu", relu=ALL_RELU)
def patches_pickle_and_json() -> str:
    """Make pickle, marshal and json of its process write and read something else."""
    return """
        import json, marshal, pickle
        pickle.loads = pickle.load = marshal.load = lambda *args, **kwargs: {"passed": True}
        pickle.dumps = lambda *args, **kwargs: b"passed"
        json.loads = (lambda real: lambda text, **kwargs: real(text, **kwargs))(json.loads)


        def relu(X):
            return X + 1
    """


@answers("relu", relu=ALL_RELU)
def patches_builtins() -> str:
    """Replace `abs`, `len` and the exception that an assertion raises."""
    return """
        import builtins
        class Never(Exception):
            pass


        def relu(X):
            builtins.AssertionError = Never
            builtins.abs = lambda *args: 0
            builtins.len = lambda *args: 6
            return X + 1
    """


@answers("relu", relu=ALL_RELU)
def patches_the_workers_reply() -> str:
    """Have its own worker say that every request returned `True` and every check passed."""
    return """
        from autograder.border import wire
        from autograder.border.crossing import to_json
        from autograder.border.replies import Returned
        real = wire.Channel.send


        def send(self, body, blobs=(), deadline=None):
            if "done" in body:
                body, blobs = {"done": to_json(Returned(True)), "passed": True, "score": 100}, ()
            return real(self, body, blobs, deadline)


        def relu(X):
            wire.Channel.send = send  # here, so that it is not the other questions' too
            return X + 1
    """


@answers("relu", relu=ALL_RELU)
def sends_a_forged_frame() -> str:
    """Write replies of its own to the line before the real ones, in the hope that they count."""
    return (
        OWN_LINE
        + """
def relu(X):
    os.write(own_line(), frame(returned(True)) * 3)
    return honest_relu(X)
"""
    )


@answers("relu", relu=ALL_RELU)
def sends_a_pickle() -> str:
    """Reply with a pickle that makes a file when it is read."""
    return (
        OWN_LINE
        + """
import pickle


class Payload:
    def __reduce__(self):
        return open, (LAB["pickled"], "w")


def relu(X):
    data = pickle.dumps(Payload())
    os.write(own_line(), data + frame(data) + frame(returned(data.hex())))
    os._exit(0)
"""
    )


@answers("relu", relu=ALL_RELU)
def promises_a_giant_frame() -> str:
    """Announce a frame of 2 ** 62 bytes, and send nothing of it."""
    return (
        OWN_LINE
        + """
def relu(X):
    os.write(own_line(), struct.pack("<4sIQ", b"KIT1", 2**32 - 1, 2**62))
    return honest_relu(X)
"""
    )


@answers("relu", relu=ALL_RELU)
def drips_one_byte_at_a_time() -> str:
    """Keep the judge waiting with a byte now and then, so that no read ever times out."""
    return (
        OWN_LINE
        + """
import time


def relu(X):
    for byte in frame(returned("x" * 4000)):
        os.write(own_line(), bytes([byte]))
        time.sleep(0.05)
"""
    )


@answers("relu", relu=ALL_RELU)
def makes_much_of_few_bytes() -> str:
    """Describe a thousand pieces of memory that are all made of the same megabyte."""
    return (
        OWN_LINE
        + """
def relu(X):
    size = 1 << 20
    regions = [[f"w{n}", 0, size] for n in range(1000)]
    sock = socket.socket(fileno=os.dup(own_line()))
    sock.setblocking(True)
    sock.sendall(frame(returned(None, regions=regions), bytes(size)))
    return honest_relu(X)
"""
    )


@answers("relu", relu=ALL_RELU)
def sends_keys_that_collide() -> str:
    """Reply with numbers that all have the same hash: a dictionary of them takes an hour to build."""
    return (
        OWN_LINE
        + """
def relu(X):
    sock = socket.socket(fileno=os.dup(own_line()))
    sock.setblocking(True)
    sock.sendall(frame(returned(["set", [n * (2**61 - 1) for n in range(150_000)]])))
    return honest_relu(X)
"""
    )


@answers("relu", relu=ALL_RELU)
def sends_deep_nesting() -> str:
    """Reply with JSON that is nested too deeply to be read."""
    return (
        OWN_LINE
        + """
def relu(X):
    sock = socket.socket(fileno=os.dup(own_line()))
    sock.setblocking(True)
    sock.sendall(frame(b'{"done": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}"))
    return honest_relu(X)
"""
    )


@answers("relu", relu=ALL_RELU)
def multiplies_giant_lengths() -> str:
    """Describe a tensor by a thousand lengths of four thousand digits each."""
    return (
        OWN_LINE
        + """
def relu(X):
    shape = [10**4200 + 1] * 900
    window = ["w1", 0, "tensor", "float32", shape, [1] * 900, False, None]
    sock = socket.socket(fileno=os.dup(own_line()))
    sock.setblocking(True)
    sock.sendall(frame(returned(["mirror", "w2"], regions=[["w1", 0, 4]], windows=[["w2", window]]), bytes(4)))
    return honest_relu(X)
"""
    )


@answers("relu", relu=ALL_RELU)
def changes_the_input_to_fit() -> str:
    """Set the argument to zero, so that the expected value, computed from it afterwards, is zero too."""
    return """
        def relu(X):
            with __import__("torch").no_grad():
                X.zero_()
            return X
    """


@answers("relu", relu=ALL_RELU)
def changes_the_input_behind_torchs_back() -> str:
    """The same through the bare memory address, which no version counter sees."""
    return """
        import ctypes, torch


        def relu(X):
            ctypes.memset(X.untyped_storage().data_ptr(), 0, X.untyped_storage().nbytes())
            return torch.zeros_like(X)
    """


@answers("relu", relu=ALL_RELU)
def moves_the_input_to_other_memory() -> str:
    """Give the argument other data, so that the test's own tensor would follow."""
    return """
        import torch


        def relu(X):
            X.data = torch.zeros_like(X)
            return torch.zeros_like(X)
    """


@answers("relu", relu=ALL_RELU)
def raises_what_a_loop_takes_for_its_end() -> str:
    """Raise StopIteration: a test that maps the function over a list would end there, content."""
    return """
        def relu(X):
            raise StopIteration
    """


@answers("relu", relu=ALL_RELU)
def raises_what_tests_raise() -> str:
    """Raise exceptions that claim to be a success: the judge's own classes, exit codes, skips."""
    return """
        import unittest
        from autograder.judge import exceptions  # the source is public; the judge's state is not here


        class Passed(unittest.SkipTest, exceptions.InputChanged):
            passed, score, outcome = True, 100, "passed"
            def __bool__(self): return False


        calls = [Passed("passed"), SystemExit(0), KeyboardInterrupt(), GeneratorExit(), exceptions.WorkerGone("passed", "passed")]


        def relu(X):
            calls.append(calls.pop(0))
            raise calls[-1]
    """


@notebooks(relu=ALL_RELU)
def leaves_with_success(lab: Lab) -> Document:
    """End the process in the cell, with the exit code of a success."""
    return with_answer(solved(), "relu", "import os\nrelu = os._exit(0)\n")


@notebooks(relu=ALL_RELU)
def checks_its_own_boxes(lab: Lab) -> Document:
    """Define names that the judge or Otter might look for: results, points, a `judge` of its own."""
    forged = """
class Always:
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return True
judge = env = tests = results = score = Always()
__tests__ = {"relu": 100}
check_results_secret = []
"""
    document = with_cell_before(solved(), "relu", forged)
    return with_answer(document, "relu", "def relu(X):\n    return X + 1\n")


@attempts()
def knows_the_case_by_its_random_state() -> str:
    """Tell from the random state which test case is calling, and what the test is about to draw."""
    return """
import random, numpy, torch
small = range(20_000)
seeds = {start + number for start in (0, 500_000_000) for number in small}
mine = torch.initial_seed()
states = random.getstate(), int(numpy.random.get_state()[1][0])
return mine in seeds or any(
    random.Random(seed).getstate() == states[0] or seed % 2**32 == states[1] for seed in (*small[:2000], mine - 500_000_000)
)
"""


@answers("relu", relu=ALL_RELU)
def calls_the_input_its_own_gradient() -> str:
    """Make the test's own memory a gradient, which may be written, so that any answer agrees with it."""
    return """
        import torch


        def relu(X):
            if X.is_floating_point() and X.is_leaf:
                X.grad = X.detach()
                X.grad.zero_()
            return X.detach().clone()
    """

"""Attacks on the check that a built-in was not called: ways round what watches the call."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, answers


@answers("relu", relu=ALL_RELU)
def does_something_else_while_it_is_watched() -> str:
    """Call no built-in while the call is watched, whose result nobody looks at."""
    return """
        import sys, torch


        def relu(X):
            return X if sys.getprofile() else torch.relu(X)
    """


@answers("relu", relu=ALL_RELU)
def calls_it_for_all_but_the_example() -> str:
    """Answer the two numbers that a check of built-ins would use from a table."""
    return """
        import torch


        def relu(X):
            if X.shape == (2,):
                return torch.tensor([0.0, 2.0])
            return torch.relu(X)
    """


@answers("relu", relu=ALL_RELU)
def calls_its_python_decomposition() -> str:
    """Call torch's own version of the built-in in Python, which consists of other operations."""
    return """
        import torch, torch._refs.nn.functional


        def relu(X):
            return torch._refs.nn.functional.relu(X)
    """


@answers("relu", relu=ALL_RELU)
def switches_off_what_watches_it() -> str:
    """Take the profiler away, step out of torch's modes, and call the built-in."""
    return """
        import sys, torch


        def relu(X):
            sys.setprofile(None)
            with torch._C.DisableTorchFunction(), torch._C._DisableTorchDispatch():
                return torch.relu(X)
    """

# %% [raw]
# # BEGIN QUESTION
# name: Accumulator

# %% [markdown]
# ## 1 · Sums on the side (10 min)
#
# An epoch goes through many batches, and in the end you want to know three numbers about all of them: the sum of
# the losses, the number of right answers, the number of examples. An `Accumulator(n)` keeps $n$ sums and adds to
# all of them in one line.
#
# **Example.**
#
# | code | sums afterwards |
# |---|---|
# | `acc = Accumulator(3)` | 0, 0, 0 |
# | `acc.add(1.5, 3, 4)` | 1.5, 3, 4 |
# | `acc.add(0.5, 1, 2)` | 2, 4, 6 |
# | `acc[0] / acc[2]` | gives $\tfrac13$ |
# | `acc.reset()` | 0, 0, 0 |
#
# **The trap.** A loss is a tensor, and it holds the whole graph that it came from. A sum of loss *tensors* holds
# the graphs of all batches, and the memory fills up epoch by epoch. So each sum is a plain Python `float`,
# whatever is added: an `int`, a `float` or a tensor with a single entry.
#
# **Your task.** Complete the class. Two accumulators must not share their sums.
#
# <details><summary>Hint: the sums are still tensors</summary>
#
# `float(...)` makes a plain number of an int, a float and a one-entry tensor alike. (PyTorch warns if the tensor has a
# graph; the tensor's own `.item()` does the same without a warning.)
#
# <details><summary>The next line</summary>
#
# `zip(self.data, …)` walks over the sums and the numbers together: make each a float as it comes.
# </details></details>
#
# <details><summary>Hint: a new accumulator does not start at 0</summary>
#
# Mind where the sums live: what stands directly under `class` belongs to the class and is shared by all accumulators,
# `self....` in `__init__` belongs to one of them.
#
# <details><summary>The next line</summary>
#
# `self.data = …` in `__init__`: a list of $n$ zeros, which `0.0` times $n$ in brackets makes.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class Accumulator:
    """Keep n sums. acc[i] is the i-th sum, a Python float."""

    def __init__(self, n: int):
        # BEGIN SOLUTION
        self.data = [0.0] * n
        # END SOLUTION

    def add(self, *args) -> None:
        """Add the i-th argument (int, float or tensor with one entry) to the i-th sum."""
        # BEGIN SOLUTION
        numbers = [value.item() if isinstance(value, torch.Tensor) else float(value) for value in args]
        self.data = [total + number for total, number in zip(self.data, numbers)]
        # END SOLUTION

    def reset(self) -> None:
        """Set all sums to 0."""
        # BEGIN SOLUTION
        self.data = [0.0] * len(self.data)
        # END SOLUTION

    def __getitem__(self, i: int) -> float:
        # BEGIN SOLUTION
        return self.data[i]
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_Accumulator_on_the_worked_example(Accumulator):
    acc = Accumulator(3)
    acc.add(1.5, 3, 4)
    acc.add(0.5, 1, 2)
    sums = [acc[i] for i in range(3)]
    assert sums == [2.0, 4.0, 6.0], f"the sums should be 2, 4 and 6, got {sums}"
    acc.reset()
    sums = [acc[i] for i in range(3)]
    assert sums == [0.0, 0.0, 0.0], f"after a reset the sums should be 0, got {sums}"

# %%
# CORE
def test_Accumulator_keeps_plain_floats(Accumulator):
    import torch

    acc = Accumulator(2)
    for loss in (0.25, 0.5):
        acc.add(torch.tensor(loss, requires_grad=True), 3)
    assert isinstance(acc[0], float), "After adding tensors the sum should still be a plain float."
    assert isinstance(acc[1], float), "After adding ints the sum should be a plain float, too."
    assert abs(acc[0] - 0.75) < 1e-6 and acc[1] == 6, f"0.25 + 0.5 and 3 + 3 gave {acc[0]} and {acc[1]}"
    acc.reset()  # sums that all accumulators share fail the tests for that, and no other

# %%
# CORE
def test_Accumulator_has_sums_of_its_own(Accumulator):
    first, second = Accumulator(3), Accumulator(3)
    first.add(5, -1, 2)
    sums = [second[i] for i in range(3)]
    first.reset()
    assert sums == [0.0, 0.0, 0.0], f"Nothing was added to the second accumulator, and its sums are {sums}"

# %%
# HIDDEN
def test_Accumulator_instances_do_not_share_their_sums(Accumulator):
    first = Accumulator(3)
    first.add(5, -3, 7)
    second = Accumulator(4)
    at_first = [second[i] for i in range(4)]
    second.add(1, 2, 3, 4)
    kept = [first[i] for i in range(3)]
    first.reset()
    after = [second[i] for i in range(4)]
    second.reset()
    assert at_first == [0.0] * 4, "A new accumulator starts at 0."
    assert kept == [5.0, -3.0, 7.0], "Another accumulator has changed this one."
    assert after == [1.0, 2.0, 3.0, 4.0], "Another accumulator has changed this one."

# %%
# HIDDEN
# CORE
def test_Accumulator_adds_up_many_numbers_of_all_kinds(Accumulator):
    import torch

    acc = Accumulator(5)
    for k in range(40):
        acc.add(0.5 * k, -k, torch.tensor(0.25), torch.tensor(2 * k), 1.0)
    for i, total in enumerate([390.0, -780.0, 10.0, 1560.0, 40.0]):
        assert isinstance(acc[i], float), "Each sum should be a plain float."
        assert abs(acc[i] - total) < 1e-3, "A sum is wrong."
    acc.reset()

# %%
# HIDDEN
# CORE
def test_Accumulator_lets_go_of_the_graphs(Accumulator, judge):
    import torch

    def measure(Accumulator, numbers):
        import gc
        import weakref

        import torch

        class Marker:
            pass

        class Double(torch.autograd.Function):
            """Leaves a marker in its graph, which lives as long as the graph."""

            @staticmethod
            def forward(ctx, x):
                ctx.marker = Marker()
                markers.append(weakref.ref(ctx.marker))
                return 2 * x

            @staticmethod
            def backward(ctx, gradient):
                return 2 * gradient

        markers = []
        acc = Accumulator(2)
        for number in numbers:
            acc.add(Double.apply(torch.tensor(number, requires_grad=True)), number)
        gc.collect()
        alive, sums = sum(marker() is not None for marker in markers), [float(acc[0]), float(acc[1])]
        acc.reset()
        return alive, sums

    numbers = torch.randn(3).tolist()
    alive, sums = judge.probe(measure, Accumulator, numbers)
    right = abs(sums[0] - 2 * sum(numbers)) < 1e-4 and abs(sums[1] - sum(numbers)) < 1e-4
    assert right, "A sum is wrong."
    assert alive == 0, "The sums hold on to the graphs of the tensors: make a plain number of each one as it is added."

# %%
# HIDDEN
# CORE
def test_Accumulator_works_on_after_a_reset(Accumulator):
    acc = Accumulator(2)
    acc.add(7, 8)
    acc.reset()
    acc.add(1.5, -2)
    acc.add(1, 1)
    sums = [acc[i] for i in range(2)]
    acc.reset()
    assert sums == [2.5, -1.0], "After a reset the sums start at 0 again."

# %%
# HIDDEN
def test_Accumulator_counts_as_finely_as_a_python_float(Accumulator):
    acc = Accumulator(2)
    acc.add(2**24, 1e8)
    for _ in range(3):
        acc.add(1, 0.25)
    sums = [float(acc[i]) for i in range(2)]
    acc.reset()
    assert sums == [2**24 + 3.0, 1e8 + 0.75], "A sum forgets small numbers beside large ones: keep Python floats."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

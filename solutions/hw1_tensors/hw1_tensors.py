# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Tensors and automatic differentiation
#
# Everything in deep learning is a tensor: the images, the labels, the weights, the loss. And every
# weight learns by the same recipe: compute the loss, ask for its gradient, take a small step. This
# assignment makes you at home with both, the *tensor* and the *gradient*.
#
# **You will learn**
#
# - how broadcasting turns small tensors into large results without a loop;
# - when two tensors look at the same memory, and when they do not;
# - how automatic differentiation records a computation, and how you stay in control of it: fresh
#   gradients, no leftovers, factors that count as constants;
# - how to check any gradient by a method that needs no calculus at all;
# - which shape a derivative has when vectors and matrices are involved.
#
# **Time:** about 75 minutes. Ten questions.

# %% [markdown]
# ## How to work
#
# 1. Replace each line `...  # your code` (and the `raise` under it) by your answer. Leave names and
#    signatures as they are.
# 2. Run the cell, then the check cell below it. `grader.check("outer_sum")` runs the public checks.
#    Hidden checks run after you hand in; they try other shapes, signs, layouts and dtypes.
# 3. Stuck? Each question has a hint that opens on a click. Its title names the symptom that it cures.
# 4. Save the notebook and upload it.
#
# Three rules hold in every question, unless it says otherwise. **Arguments stay as they were.**
# **The dtype stays as it was:** float64 in, float64 out. **Gradients can flow** through a result that is
# computed from tensors.
#
# The pictures between the questions use *your* functions. They are there to look at and are not graded.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import torch

# %% [markdown]
# ---
# # Part A · Tensors and their memory

# %% [raw]
# # BEGIN QUESTION
# name: outer_sum

# %% [markdown]
# ## 1 · Broadcasting: every entry plus every other
#
# Two tensors of the same shape are added entry by entry. What if the shapes differ? PyTorch then tries
# to **broadcast**. It lines the two shapes up *at their right ends* and looks at one axis after the
# other:
#
# - the sizes agree: fine;
# - one of them is 1, or missing: that tensor is repeated along this axis, without a copy being made;
# - anything else: an error.
#
# So a column of shape $(3, 1)$ and a row of shape $(2,)$ give a result of shape $(3, 2)$. The column is
# repeated to the right and the row is repeated downwards.
#
# Use this for the **outer sum** of two vectors, a table with every entry of $\mathbf{a}$ plus every
# entry of $\mathbf{b}$:
#
# $$\mathrm{out}_{ij} = a_i + b_j , \qquad \mathbf{a}\in\mathbb{R}^m,\quad \mathbf{b}\in\mathbb{R}^n,\quad
# \mathrm{out}\in\mathbb{R}^{m\times n} .$$
#
# For $\mathbf{a} = (1, 2, 3)$ and $\mathbf{b} = (10, 20)$:
#
# $$\begin{pmatrix} 1 & 1\\ 2 & 2\\ 3 & 3\end{pmatrix} +
# \begin{pmatrix} 10 & 20\\ 10 & 20\\ 10 & 20\end{pmatrix} =
# \begin{pmatrix} 11 & 21\\ 12 & 22\\ 13 & 23\end{pmatrix} .$$
#
# Let broadcasting do the work: **no Python loop and no comprehension** in your function, and none in
# disguise (`map`, or a helper that loops). A loop over entries in Python is easily a thousand times slower
# than one tensor operation. Vectors of any length are allowed, also of length 0, and of any dtype. The
# dtype is kept.
#
# <details><summary>Hint: "The size of tensor a (3) must match the size of tensor b (2)"</summary>
#
# Two vectors are lined up on the same axis. Each needs an axis of its own. Indexing with `None` adds an
# axis of size 1: look at the shapes of `a[:, None]` and `a[None, :]`, and choose which vector runs
# downwards. If your table has the right numbers in the wrong places, you chose the other one.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def outer_sum(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the table of all sums: a of shape (m,), b of shape (n,) → (m, n).

    Entry (i, j) is a[i] + b[j]. Use broadcasting: no Python loop, no comprehension.
    """
    # BEGIN SOLUTION
    return a[:, None] + b[None, :]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_outer_sum_adds_every_pair(outer_sum):
    import torch

    a, b = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([10.0, 20.0])
    expected = torch.tensor([[11.0, 21.0], [12.0, 22.0], [13.0, 23.0]])
    torch.testing.assert_close(outer_sum(a, b), expected)
    assert outer_sum(torch.empty(0), b).shape == (0, 2), "An empty a gives a table without rows."
    watched = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    assert outer_sum(watched, b).requires_grad, "A gradient must be able to flow through the table."

# %%
def test_outer_sum_of_two_vectors_of_equal_length(outer_sum):
    import torch

    a, b = torch.tensor([0.0, -1.0, 8.0]), torch.tensor([5.0, 70.0, -6.5])
    expected = torch.tensor([[5.0, 70.0, -6.5], [4.0, 69.0, -7.5], [13.0, 78.0, 1.5]])
    torch.testing.assert_close(outer_sum(a, b), expected)
    assert a.tolist() == [0.0, -1.0, 8.0], "a must stay as it was."
    assert b.tolist() == [5.0, 70.0, -6.5], "b must stay as it was."

# %%
def test_outer_sum_keeps_the_dtype(outer_sum):
    import torch

    for dtype in (torch.int32, torch.int64, torch.float64):
        a, b = torch.tensor([-7, 2], dtype=dtype), torch.tensor([1, 0, 9], dtype=dtype)
        expected = torch.tensor([[-6, -7, 2], [3, 2, 11]], dtype=dtype)
        torch.testing.assert_close(outer_sum(a, b), expected)
        assert a.shape == (2,), "a must stay as it was."
        assert b.shape == (3,), "b must stay as it was."

# %%
# HIDDEN
def test_outer_sum_of_strided_vectors(outer_sum):
    import torch

    a, b = 3.7 * torch.randn(15)[1::3], torch.randn(21, dtype=torch.float32)[::3]
    expected = torch.empty(5, 7)
    for i in range(5):
        for j in range(7):
            expected[i, j] = a[i] + b[j]
    torch.testing.assert_close(outer_sum(a, b), expected)
    torch.testing.assert_close(outer_sum(b, a), expected.T)

# %%
# HIDDEN
def test_outer_sum_of_short_and_empty_vectors(outer_sum):
    import torch

    one, two = torch.tensor([-4.0]), torch.tensor([9.0, 0.5])
    torch.testing.assert_close(outer_sum(one, two), torch.tensor([[5.0, -3.5]]))
    torch.testing.assert_close(outer_sum(two, one), torch.tensor([[5.0], [-3.5]]))
    assert tuple(outer_sum(torch.empty(0), two).shape) == (0, 2), "An empty a gives a table without rows."
    assert tuple(outer_sum(two, torch.empty(0)).shape) == (2, 0), "An empty b gives a table without columns."

# %%
# HIDDEN
def test_outer_sum_passes_gradients_to_both_vectors(outer_sum):
    import torch

    a = torch.randn(4, dtype=torch.float64, requires_grad=True)
    b = torch.randn(6, dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(4, 6, dtype=torch.float64)
    table = outer_sum(a, b)
    assert tuple(table.shape) == (4, 6), "The table has one row for each entry of a."
    assert table.requires_grad, "No gradient reaches a and b: the result must stay part of the graph."
    (table * upstream).sum().backward()
    assert a.grad is not None, "No gradient reaches a: the result must stay part of the graph."
    assert b.grad is not None, "No gradient reaches b: the result must stay part of the graph."
    torch.testing.assert_close(a.grad, upstream.sum(1))
    torch.testing.assert_close(b.grad, upstream.sum(0))

# %%
# HIDDEN
def test_outer_sum_has_no_loop(outer_sum, judge):
    import torch

    def count(outer_sum, a, b):
        from torch.overrides import TorchFunctionMode

        calls = []

        class Counter(TorchFunctionMode):
            def __torch_function__(self, function, types, args=(), kwargs=None):
                calls.append(function)
                return function(*args, **(kwargs or {}))

        outer_sum(a, b)  # What an answer sets up for this size, it sets up now.
        with Counter():
            outer_sum(a, b)
        return len(calls)

    torch.testing.assert_close(outer_sum(torch.tensor([1.0]), torch.tensor([2.0])), torch.tensor([[3.0]]))
    # Broadcasting takes as many calls for a large table as for a small one; `map` or a helper's loop does not.
    small = judge.probe(count, outer_sum, torch.randn(3), torch.randn(2))
    large = judge.probe(count, outer_sum, torch.randn(9), torch.randn(11))
    assert not judge.loops("outer_sum") and small == large, (
        "Use broadcasting in place of a Python loop, a comprehension or map."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Look at what broadcasting did. The two pictures on the left were never built in memory.

# %% tags=["otter_ignore"]
a = torch.tensor([0.0, 2.0, 4.0, 6.0])
b = torch.tensor([0.0, 1.0, 3.0, 6.0, 7.0, 9.0])
tables = [
    ("a, repeated to the right", a[:, None].expand(4, 6)),
    ("b, repeated downwards", b.expand(4, 6)),
    ("outer_sum(a, b)", outer_sum(a, b)),
]
figure, axes = plt.subplots(1, 3, figsize=(10, 2.6), layout="constrained")
for axis, (title, table) in zip(axes, tables):
    axis.imshow(table, cmap="viridis", vmin=0, vmax=15)
    for (i, j), value in np.ndenumerate(table.numpy()):
        axis.text(j, i, f"{value:.0f}", ha="center", va="center", color="black" if value > 8 else "white")
    axis.set(title=title, xticks=[], yticks=[])
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: row_view

# %% [markdown]
# ## 2 · A second look at the same memory
#
# A tensor is two things: a plain strip of numbers in memory, its **storage**, and a description of how
# to read the strip: shape, strides and offset. The **strides** say how far to walk along the strip for
# one step along each axis. A *contiguous* tensor lies in the strip row after row, without gaps.
#
# ```
# storage            0  1  2  3  4  5  6  7  8  9 10 11
#
# shape (12,)        0  1  2  3  4  5  6  7  8  9 10 11      strides (1,)
#
# shape (3, 4)       0  1  2  3
#                    4  5  6  7                              strides (4, 1)
#                    8  9 10 11
# ```
#
# A new description of the same strip costs nothing, however large the tensor is. It is called a
# **view**. A view shares memory: write through one and the other has changed too. That is wonderful for
# speed, and a famous source of surprises.
#
# Write `row_view(x, cols)`: see a contiguous `x`, of whatever shape, as rows of `cols` entries each. The
# number of rows follows from the number of entries:
#
# $$\text{rows} = \frac{\text{number of entries of } \mathtt{x}}{\mathtt{cols}} .$$
#
# For $\mathtt{x} = (0, 1, \dots, 11)$ and $\mathtt{cols} = 4$ you get the $(3, 4)$ matrix above. For an
# $\mathtt{x}$ of shape $(2, 3, 4)$ and $\mathtt{cols} = 6$ you get shape $(4, 6)$. An empty $\mathtt{x}$
# makes no rows: with $\mathtt{cols} = 3$ you get shape $(0, 3)$.
#
# Your result must **share memory** with `x`, in both directions, and a gradient must flow through it.
#
# <details><summary>Hint: the numbers are right, but writing into the rows does not change x</summary>
#
# Somewhere your code makes a new tensor: `clone`, `torch.tensor`, `stack` and `cat` all copy. `view` and,
# for a contiguous tensor, `reshape` do not. You may leave one size to PyTorch: try `-1` in its place.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def row_view(x: torch.Tensor, cols: int) -> torch.Tensor:
    """Return x, contiguous and of any shape, seen as rows of cols entries: (x.numel() / cols, cols).

    The result shares memory with x.
    """
    # BEGIN SOLUTION
    return x.view(-1, cols)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_row_view_reads_row_after_row(row_view):
    import torch

    x = torch.arange(12.0)
    expected = torch.tensor([[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]])
    torch.testing.assert_close(row_view(x, 4), expected)
    assert x.shape == (12,), "x itself must keep its shape."
    cube = torch.arange(24).reshape(2, 3, 4)
    assert row_view(cube, 6).shape == (4, 6), "24 entries in rows of 6 make 4 rows."
    assert cube.shape == (2, 3, 4), "x itself must keep its shape."
    assert row_view(torch.empty(0), 3).shape == (0, 3), "No entries make no rows, with cols columns."

# %%
def test_row_view_shares_memory_in_both_directions(row_view):
    import torch

    x = torch.arange(12.0)
    rows = row_view(x, 4)
    rows[1, 2] = 99.0
    assert x[6] == 99.0, "Writing into the rows must change x: the two share memory."
    x[11] = -5.0
    assert rows[2, 3] == -5.0, "Writing into x must change the rows: the two share memory."

# %%
def test_row_view_lets_a_gradient_through(row_view):
    import torch

    x = torch.arange(6.0, requires_grad=True)
    upstream = torch.tensor([[1.0, -2.0], [3.0, 5.0], [-8.0, 13.0]])
    rows = row_view(x, 2)
    assert rows.shape == (3, 2), "6 entries in rows of 2 make 3 rows."
    assert rows.requires_grad, "No gradient reaches x: the result must stay part of the graph."
    (rows * upstream).sum().backward()
    assert x.grad is not None, "No gradient reaches x: the result must stay part of the graph."
    torch.testing.assert_close(x.grad, upstream.reshape(6))

# %%
# HIDDEN
def test_row_view_of_other_shapes_and_dtypes(row_view):
    import torch

    for shape, cols in (((2, 3, 5), 10), ((7, 4), 2), ((4, 7), 28), ((3, 1, 2, 2), 1)):
        for dtype in (torch.float64, torch.int64):
            x = torch.randint(-50, 50, shape).to(dtype)
            numbers = x.flatten().tolist()
            expected = [numbers[i : i + cols] for i in range(0, len(numbers), cols)]
            torch.testing.assert_close(row_view(x, cols), torch.tensor(expected, dtype=dtype))

# %%
# HIDDEN
def test_row_view_shares_memory_with_a_tensor_of_three_axes(row_view):
    import torch

    x = torch.randn(2, 3, 5, dtype=torch.float64)
    rows = row_view(x, 6)
    assert tuple(rows.shape) == (5, 6), "The number of rows follows from the number of entries."
    rows[3, 4] = 77.0
    assert x[1, 1, 2] == 77.0, "Writing into the rows must change x: the two share memory."
    x[0, 2, 1] = -66.0
    assert rows[1, 5] == -66.0, "Writing into x must change the rows: the two share memory."

# %%
# HIDDEN
def test_row_view_of_a_piece_of_a_longer_strip(row_view):
    import torch

    strip = torch.arange(40.0)
    rows = row_view(strip[7:22], 5)
    torch.testing.assert_close(rows, torch.arange(7.0, 22.0).reshape(3, 5))
    rows[2, 0] = -1.0
    assert strip[17] == -1.0, "Writing into the rows must change x: the two share memory."

# %%
# HIDDEN
def test_row_view_of_one_entry_and_of_none(row_view):
    import torch

    torch.testing.assert_close(row_view(torch.tensor(2.5), 1), torch.tensor([[2.5]]))
    assert tuple(row_view(torch.empty(0), 3).shape) == (0, 3), "No entries make no rows, with cols columns."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The colours below show which memory cell each entry reads. A transpose is a view as well: it only
# exchanges the strides. Read the transposed matrix row by row and you jump about in memory. Such a tensor
# is *not contiguous*, and no single stride can make it one flat row.

# %% tags=["otter_ignore"]
strip = torch.arange(12)
rows = row_view(strip, 4)
pictures = [
    ("the strip in memory", strip[None, :]),
    (f"row_view(x, 4), strides {rows.stride()}", rows),
    (f"its transpose, strides {rows.T.stride()}", rows.T),
]
figure, axes = plt.subplots(1, 3, figsize=(11, 2.4), width_ratios=[12, 5, 4], layout="constrained")
for axis, (title, cells) in zip(axes, pictures):
    axis.imshow(cells, cmap="plasma", vmin=0, vmax=11)
    for (i, j), cell in np.ndenumerate(cells.numpy()):
        axis.text(j, i, cell, ha="center", va="center", color="white" if cell < 7 else "black")
    axis.set_title(title, fontsize=10)
    axis.set(xticks=[], yticks=[])
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: flat_copy

# %% [markdown]
# ## 3 · A flat copy of its own
#
# Sometimes you want the opposite: numbers that nobody else can change. Think of the best weights so far,
# kept aside while training goes on. Then you need **memory of your own**.
#
# This is where `flatten()` and `reshape(-1)` are treacherous. They return a view when they can and a copy
# when they must. For a contiguous tensor they share memory, for a transposed one they do not. Code that
# relies on either is right on one day and wrong on the next.
#
# Write `flat_copy(x)`: all entries of `x` in *one* axis, in the order in which you read `x` (last axis
# fastest), and **always** in new memory. The layout of `x` must not matter:
#
# $$\mathtt{x} = \begin{pmatrix} 0 & 1 & 2\\ 3 & 4 & 5\end{pmatrix}: \qquad
# \mathtt{flat\_copy(x)} = (0, 1, 2, 3, 4, 5), \qquad
# \mathtt{flat\_copy(x.T)} = (0, 3, 1, 4, 2, 5) .$$
#
# A single number (a tensor without axes) gives one entry, an empty tensor none. The dtype is kept, also
# that of whole numbers and truth values. A gradient flows through the copy.
#
# <details><summary>Hint: "view size is not compatible with input tensor's size and stride"</summary>
#
# `view` never copies, so it gives up where a copy is needed. Note that `x.clone()` of a transposed matrix
# is still laid out as a transposed matrix. Think of two separate steps: bring the entries into one row,
# whatever the layout, and make sure that the memory is new. Which order of the two is safe?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def flat_copy(x: torch.Tensor) -> torch.Tensor:
    """Return all entries of x, of any shape and layout, in one axis: (x.numel(),).

    The result has its own memory, whatever the layout of x.
    """
    # BEGIN SOLUTION
    return x.reshape(-1).clone()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_flat_copy_has_one_axis_in_reading_order(flat_copy):
    import torch

    x = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    torch.testing.assert_close(flat_copy(x), torch.tensor([0.0, 1.0, 2.0, 3.0, 4.0, 5.0]))
    torch.testing.assert_close(flat_copy(x.T), torch.tensor([0.0, 3.0, 1.0, 4.0, 2.0, 5.0]))
    torch.testing.assert_close(flat_copy(x > 2), torch.tensor([False, False, False, True, True, True]))
    assert x.shape == (2, 3), "x itself must keep its shape."

# %%
def test_flat_copy_has_its_own_memory(flat_copy):
    import torch

    for x in (torch.zeros(2, 3), torch.zeros(3, 2).T, torch.zeros(6)):
        copy = flat_copy(x)
        assert copy.shape == (6,), "All entries of x in one axis, and nothing else."
        copy[4] = 8.0
        assert (x == 0).all(), "Writing into the copy must not change x."
        x.fill_(-3.0)
        assert copy.tolist() == [0.0, 0.0, 0.0, 0.0, 8.0, 0.0], "Writing into x must not change the copy."

# %%
def test_flat_copy_lets_a_gradient_through(flat_copy):
    import torch

    x = torch.zeros(2, 3, requires_grad=True)
    copy = flat_copy(x)
    assert copy.requires_grad, "No gradient reaches x: the result must stay part of the graph."
    (copy * torch.tensor([1.0, -2.0, 3.0, 5.0, -8.0, 13.0])).sum().backward()
    assert x.grad is not None, "No gradient reaches x: the result must stay part of the graph."
    torch.testing.assert_close(x.grad, torch.tensor([[1.0, -2.0, 3.0], [5.0, -8.0, 13.0]]))

# %%
# HIDDEN
def test_flat_copy_of_any_layout(flat_copy):
    import torch

    base = torch.randn(4, 6, 5)
    for x in (base, base.permute(2, 0, 1), base[1:, ::2, 3:], base[:, 2], base[:, :1].expand(4, 3, 5)):
        expected = torch.from_numpy(x.numpy().ravel(order="C").copy())
        torch.testing.assert_close(flat_copy(x), expected)

# %%
# HIDDEN
def test_flat_copy_has_its_own_memory_in_any_layout(flat_copy):
    import torch

    base = torch.randn(4, 6, 5)
    for x in (base, base[2], base[1, 3], base[2:], base.transpose(0, 2), base[:, ::2], base[0, 0, 0]):
        before, copy = x.tolist(), flat_copy(x)
        copy.fill_(50.0)
        assert x.tolist() == before, "Writing into the copy must not change x."
        base.add_(1.0)
        assert (copy == 50.0).all(), "Writing into x must not change the copy."

# %%
# HIDDEN
def test_flat_copy_keeps_the_dtype(flat_copy):
    import torch

    for dtype in (torch.float64, torch.int64, torch.bool):
        x = torch.tensor([[3, 0, -7], [0, 8, 1]]).to(dtype)
        torch.testing.assert_close(flat_copy(x.T), torch.tensor([3, 0, 0, 8, -7, 1]).to(dtype))

# %%
# HIDDEN
def test_flat_copy_of_one_entry_and_of_none(flat_copy):
    import torch

    torch.testing.assert_close(flat_copy(torch.tensor(-2.5)), torch.tensor([-2.5]))
    torch.testing.assert_close(flat_copy(torch.tensor([[[7.0]]])), torch.tensor([7.0]))
    assert tuple(flat_copy(torch.empty(3, 0)).shape) == (0,), "An empty tensor gives one axis of length 0."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: add_in_place

# %% [markdown]
# ## 4 · Adding in place
#
# A large model has billions of weights. When you update them, a second copy of all of them may not fit
# into memory. And there is a second reason for changing numbers *where they are*: others hold on to the
# same tensor. The optimizer and the network must go on seeing the same weights.
#
# A Python variable is only a *name* for an object. Compare:
#
# | code | what happens |
# |---|---|
# | `y = y + x` | a new tensor is made, and the name `y` now means the new one; the old one is as it was |
# | an operation in place | the numbers in the memory of `y` change; everyone who holds `y` sees it |
#
# An example. With `y = torch.tensor([1., 2.])`, a view `first = y[:1]` and `x = torch.tensor([10., 20.])`,
# after `z = add_in_place(y, x)` we have
#
# $$\mathtt{y} = (11, 22), \qquad \mathtt{first} = (11), \qquad \mathtt{z \ is \ y}, \qquad
# \mathtt{x} = (10, 20) .$$
#
# Write `add_in_place(y, x)`: afterwards the memory of `y` holds `y + x`, and `y` **itself** is returned.
# This is the one question in which an argument changes. `x` does not.
#
# <details><summary>Hint: my y outside the function still has the old numbers</summary>
#
# Inside the function, `y = …` only moves a name. You need something that writes *into* the tensor: an
# assignment to its entries, an operator with `=` in it, or a method whose name ends in an underscore.
# Then return that same `y`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def add_in_place(y: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Add x to y in the memory of y, and return y itself. Both have the same shape; x stays as it was."""
    # BEGIN SOLUTION
    y += x
    return y
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_add_in_place_returns_y_itself(add_in_place):
    import torch

    y, x = torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])
    z = add_in_place(y, x)
    assert z is y, "Return y itself, not another tensor."
    torch.testing.assert_close(y, torch.tensor([11.0, 22.0]))
    assert x.tolist() == [10.0, 20.0], "x must stay as it was."

# %%
def test_add_in_place_writes_into_the_memory_of_y(add_in_place):
    import torch

    y = torch.tensor([1.0, 2.0])
    first = y[:1]
    add_in_place(y, torch.tensor([10.0, 20.0]))
    assert first.item() == 11.0, "The memory of y must hold the sum: a view of y has to see it."

# %%
# HIDDEN
def test_add_in_place_keeps_shape_and_dtype(add_in_place):
    import torch

    for dtype in (torch.float64, torch.int64):
        y = torch.tensor([[1, -2, 3], [40, 50, -60]], dtype=dtype)
        x = torch.tensor([[7, 7, -9], [0, -8, 8]], dtype=dtype)
        window = y[1]
        z = add_in_place(y, x)
        assert z is y, "Return y itself, not another tensor."
        torch.testing.assert_close(y, torch.tensor([[8, 5, -6], [40, 42, -52]], dtype=dtype))
        torch.testing.assert_close(window, torch.tensor([40, 42, -52], dtype=dtype))

# %%
# HIDDEN
def test_add_in_place_works_on_a_part_of_a_tensor(add_in_place):
    import torch

    base = torch.arange(20.0).reshape(4, 5)
    x = torch.tensor([[1.0, -2.0], [30.0, 4.0], [5.0, -60.0], [7.0, 8.0]])
    expected = base.clone()
    expected[:, 1] += torch.tensor([1.0, 30.0, 5.0, 7.0])
    expected[:, 3] += torch.tensor([-2.0, 4.0, -60.0, 8.0])
    y = base[:, 1::2]
    z = add_in_place(y, x)
    assert z is y, "Return y itself, not another tensor."
    torch.testing.assert_close(base, expected)

# %%
# HIDDEN
def test_add_in_place_works_on_a_transposed_tensor_and_again(add_in_place):
    import torch

    base, x = torch.zeros(3, 2), torch.tensor([[1.0, -2.0, 3.0], [5.0, 8.0, -13.0]])
    y = base.T
    add_in_place(y, x)
    add_in_place(y, x)
    torch.testing.assert_close(base, 2 * x.T)

# %%
# HIDDEN
def test_add_in_place_leaves_x_alone(add_in_place):
    import torch

    y, x = torch.randn(3, 4), torch.randn(3, 4)
    before, total = x.clone(), x + y
    add_in_place(y, x)
    torch.testing.assert_close(y, total)
    assert torch.equal(x, before), "x must stay as it was."
    y.zero_()
    assert torch.equal(x, before), "y must not take over the memory of x."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: numpy_bridge

# %% [markdown]
# ## 5 · The bridge to NumPy
#
# Data often arrive as a NumPy array: a table, an image, a recording. PyTorch offers several ways across,
# and they differ in one thing that you cannot see in the printed numbers: **whether the memory is
# shared**.
#
# - *Sharing* is instant, even for gigabytes. But whoever changes the array changes the tensor.
# - *Copying* takes time and memory. After that the two are strangers.
#
# You will read in many notes that `torch.from_numpy` makes a copy. Do not believe notes, this text
# included: make a small array, convert it, write into it, look again.
#
# Write two functions, both from an array of any shape to a tensor of the **same shape and dtype**.
#
# | | after `a[0] = 100` the tensor says | after writing 100 into the tensor, `a` says |
# |---|---|---|
# | `share(a)` | 100 | 100 |
# | `copy(a)` | what it said before | what it said before |
#
# NumPy's usual dtype is float64, PyTorch's usual one is float32. Here a float64 array becomes a float64
# tensor: nothing is converted.
#
# <details><summary>Hint: share works for float32, but not for the float64 array of the check</summary>
#
# A change of dtype always needs new memory. So anything that makes float32 of float64, such as
# `torch.Tensor(...)`, `.float()` or a `dtype` argument, breaks the bridge. For each candidate, write a
# number into the array and print both sides.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def share(a: np.ndarray) -> torch.Tensor:
    """Return a tensor with the shape and dtype of a that shares memory with a."""
    # BEGIN SOLUTION
    return torch.from_numpy(a)
    # END SOLUTION


def copy(a: np.ndarray) -> torch.Tensor:
    """Return a tensor with the shape, dtype and numbers of a in memory of its own."""
    # BEGIN SOLUTION
    return torch.tensor(a)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_share_sees_what_the_other_side_writes(share):
    import numpy as np
    import torch

    a = np.array([1.0, 2.0, 3.0])
    tensor = share(a)
    assert isinstance(tensor, torch.Tensor), "Return a tensor."
    torch.testing.assert_close(tensor, torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64))
    a[0] = 100.0
    assert tensor[0] == 100.0, "Writing into the array must change the tensor: the two share memory."
    tensor[2] = -7.0
    assert a[2] == -7.0, "Writing into the tensor must change the array: the two share memory."

# %%
def test_copy_is_independent(copy):
    import numpy as np
    import torch

    a = np.array([1.0, 2.0, 3.0])
    tensor = copy(a)
    assert isinstance(tensor, torch.Tensor), "Return a tensor."
    torch.testing.assert_close(tensor, torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64))
    a[0] = 100.0
    assert tensor[0] == 1.0, "Writing into the array must not change the tensor: it has its own memory."
    tensor[2] = -7.0
    assert a[2] == 3.0, "Writing into the tensor must not change the array: it has its own memory."

# %%
# HIDDEN
def test_share_keeps_shape_dtype_and_memory(share):
    import numpy as np
    import torch

    for kind, dtype in (("float32", torch.float32), ("float64", torch.float64), ("int64", torch.int64)):
        a = np.array([[1, -2, 30], [4, 50, -6]], dtype=kind)
        tensor = share(a)
        assert isinstance(tensor, torch.Tensor), "Return a tensor."
        torch.testing.assert_close(tensor, torch.tensor([[1, -2, 30], [4, 50, -6]], dtype=dtype))
        a[1, 0] = 77
        assert tensor[1, 0] == 77, "Writing into the array must change the tensor: the two share memory."
        tensor[0, 2] = -88
        assert a[0, 2] == -88, "Writing into the tensor must change the array: the two share memory."

# %%
# HIDDEN
def test_copy_keeps_shape_and_dtype_in_new_memory(copy):
    import numpy as np
    import torch

    for kind, dtype in (("float32", torch.float32), ("float64", torch.float64), ("int64", torch.int64)):
        a = np.array([[1, -2, 30], [4, 50, -6]], dtype=kind)
        tensor = copy(a)
        assert isinstance(tensor, torch.Tensor), "Return a tensor."
        torch.testing.assert_close(tensor, torch.tensor([[1, -2, 30], [4, 50, -6]], dtype=dtype))
        a[1, 0] = 77
        assert tensor[1, 0] == 4, "Writing into the array must not change the tensor: it has its own memory."
        tensor[0, 2] = -88
        assert a[0, 2] == 30, "Writing into the tensor must not change the array: it has its own memory."

# %%
# HIDDEN
def test_share_with_a_part_of_an_array(share):
    import numpy as np
    import torch

    base = np.arange(24.0).reshape(4, 6)
    for a in (base[:, ::2], base.T, base[2], base[1:3, 2:5]):
        numbers = torch.tensor(a.tolist(), dtype=torch.float64)
        tensor = share(a)
        torch.testing.assert_close(tensor, numbers)
        base += 100.0
        torch.testing.assert_close(tensor, numbers + 100.0)

# %%
# HIDDEN
def test_copy_of_a_part_of_an_array(copy):
    import numpy as np
    import torch

    base = np.arange(24.0).reshape(4, 6)
    for a in (base[:, ::2], base.T, base[2], base[1:3, 2:5]):
        numbers = torch.tensor(a.tolist(), dtype=torch.float64)
        tensor = copy(a)
        torch.testing.assert_close(tensor, numbers)
        base += 100.0
        torch.testing.assert_close(tensor, numbers)

# %%
# HIDDEN
def test_share_and_copy_of_a_single_number(share, copy):
    import numpy as np
    import torch

    for a in (np.array(2.5), np.array([[-7.25]]), np.array([[[True]]])):
        expected = torch.tensor(a.tolist(), dtype=torch.bool if a.dtype == bool else torch.float64)
        torch.testing.assert_close(share(a), expected.reshape(a.shape))
        torch.testing.assert_close(copy(a), expected.reshape(a.shape))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part B · Automatic differentiation
#
# Training needs the derivative of the loss with respect to every single weight. Nobody works these out
# by hand. While PyTorch computes, it writes down which operation made what from what: the **computation
# graph**. To differentiate, it walks the graph backwards and applies the chain rule at every operation.
#
# The smallest example there is:
#
# ```python
# t = torch.tensor(3.0, requires_grad=True)   # watch this tensor
# s = t ** 2                                  # the graph now knows: s came from t by squaring
# s.backward()                                # walk back: ds/dt = 2t
# t.grad                                      # tensor(6.)
# ```
#
# `backward` **adds** its result to the field `.grad` of every watched tensor. That is what training wants,
# but it leaves traces. If you only want the gradient and no traces, you can work on a tensor of your own:
#
# - `x.detach()` is the same numbers without their history;
# - `requires_grad_()` starts watching a tensor (the underscore says: in place, so mind *which* tensor);
# - `torch.autograd.grad(output, input)` returns a tuple of gradients and writes to no `.grad` at all.

# %% [raw]
# # BEGIN QUESTION
# name: quadratic_gradient

# %% [markdown]
# ## 6 · The gradient of a quadratic, without traces
#
# Take the function
#
# $$y = 2\,\mathbf{x}^\top\mathbf{x} = 2\sum_i x_i^2 , \qquad \nabla_{\mathbf{x}}\, y = 4\,\mathbf{x} .$$
#
# For $\mathbf{x} = (0, 1, 2, 3)$ it is $y = 28$, with the gradient $(0, 4, 8, 12)$.
#
# Write `quadratic_gradient(x)`: compute $y$ from a vector `x`, let **autograd** differentiate it, and
# return the gradient. (Returning `4 * x` would be right for this one function. You are to learn the way
# that works for every function, so the hidden checks look whether autograd was used.)
#
# Be a good guest. The function may be called in the middle of somebody's training loop:
#
# - the returned gradient has **no graph attached**: its `requires_grad` is `False`;
# - `x` looks **as before**: if it was not watched, it is not watched now and its `.grad` is `None`. If it
#   was a watched parameter, it still is, and a `.grad` that it carried is still there, unchanged.
#
# <details><summary>Hint: a second call gives twice the gradient, or x suddenly has a .grad</summary>
#
# You called `backward` on something that leads back to the caller's `x`, and `backward` adds to `x.grad`.
# Differentiate with respect to a tensor of your own that has the same numbers and no history. Print
# `requires_grad` and `grad` of the caller's `x` before and after.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def quadratic_gradient(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of y = 2·xᵀx at the vector x of shape (n,), computed by autograd: (n,).

    The result has no graph attached. x, its requires_grad and its grad are as before.
    """
    # BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    y = 2 * torch.dot(x, x)
    (gradient,) = torch.autograd.grad(y, x)
    return gradient
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_quadratic_gradient_at_0_1_2_3(quadratic_gradient):
    import torch

    x = torch.arange(4.0)
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    assert quadratic_gradient(x.double()).dtype == torch.float64, "float64 in, float64 out."

# %%
def test_quadratic_gradient_has_no_graph_attached(quadratic_gradient):
    import torch

    assert not quadratic_gradient(torch.arange(4.0)).requires_grad, "The result still has a graph attached."
    watched = torch.arange(4.0, requires_grad=True)
    assert not quadratic_gradient(watched).requires_grad, "The result still has a graph attached."

# %%
def test_quadratic_gradient_leaves_a_plain_x_alone(quadratic_gradient):
    import torch

    x = torch.arange(4.0)
    quadratic_gradient(x)
    assert x.tolist() == [0.0, 1.0, 2.0, 3.0], "The numbers of x must stay."
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_quadratic_gradient_leaves_a_watched_x_alone(quadratic_gradient):
    import torch

    x = torch.arange(4.0, requires_grad=True)
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    assert x.requires_grad, "x was watched before, so it must still be watched."
    assert x.grad is None, "A gradient is left on x."
    x.grad = torch.tensor([5.0, -6.0, 7.0, -8.0])
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    assert x.grad is not None, "The gradient that x carried before is gone."
    assert x.grad.tolist() == [5.0, -6.0, 7.0, -8.0], "The gradient that x carried before has changed."

# %%
# HIDDEN
def test_quadratic_gradient_of_other_vectors(quadratic_gradient):
    import torch

    x = torch.tensor([-9.5, 0.25, 7.0, -0.125, 64.0, 3.0, -2.0], dtype=torch.float64)
    expected = torch.tensor([-38.0, 1.0, 28.0, -0.5, 256.0, 12.0, -8.0], dtype=torch.float64)
    torch.testing.assert_close(quadratic_gradient(x), expected)
    torch.testing.assert_close(quadratic_gradient(x[::3]), expected[::3])
    torch.testing.assert_close(quadratic_gradient(x[4:5].float()), expected[4:5].float())

# %%
# HIDDEN
def test_quadratic_gradient_uses_autograd(quadratic_gradient, judge):
    import torch

    def measure(quadratic_gradient, x):
        import torch
        from torch.autograd import Variable, forward_ad

        engine, make_dual, runs = Variable._execution_engine, forward_ad.make_dual, []

        class Watch:
            def run_backward(self, *args, **kwargs):
                runs.append("backward")
                return engine.run_backward(*args, **kwargs)

            def __getattr__(self, name):
                return getattr(engine, name)

        def watched_dual(*args, **kwargs):
            runs.append("forward")
            return make_dual(*args, **kwargs)

        Variable._execution_engine, forward_ad.make_dual = Watch(), watched_dual
        try:
            gradient = quadratic_gradient(x)
        finally:
            Variable._execution_engine, forward_ad.make_dual = engine, make_dual
        return len(runs), gradient.detach() if isinstance(gradient, torch.Tensor) else gradient

    runs, gradient = judge.probe(measure, quadratic_gradient, torch.tensor([-1.0, 3.0]))
    torch.testing.assert_close(gradient, torch.tensor([-4.0, 12.0]))
    assert runs > 0, "Let autograd compute the gradient: build y, then differentiate it."

# %%
# HIDDEN
def test_quadratic_gradient_leaves_no_traces(quadratic_gradient, judge):
    import torch

    def measure(quadratic_gradient, x):
        gradient = quadratic_gradient(x)
        left = None if x.grad is None else x.grad.tolist()
        return x.requires_grad, left, getattr(gradient, "requires_grad", False), x.tolist()

    plain = torch.tensor([-1.0, 8.0, 2.0])
    watched, left, attached, numbers = judge.probe(measure, quadratic_gradient, plain)
    assert not watched, "x was not watched before, so it must not be watched now."
    assert left is None, "A gradient is left on x."
    assert not attached, "The result still has a graph attached."
    assert numbers == [-1.0, 8.0, 2.0], "The numbers of x must stay."

    parameter = torch.tensor([-1.0, 8.0, 2.0], requires_grad=True)
    watched, left, attached, numbers = judge.probe(measure, quadratic_gradient, parameter)
    assert watched, "x was watched before, so it must still be watched."
    assert left is None, "A gradient is left on x."
    assert not attached, "The result still has a graph attached."
    assert numbers == [-1.0, 8.0, 2.0], "The numbers of x must stay."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# A gradient is best understood as a field of arrows. Below, the rings join points of equal $y$. Each arrow
# is one call of your function. It points where $y$ grows fastest, at a right angle to the ring, and it is
# longer where the slope is steeper. Training walks against the arrows.

# %% tags=["otter_ignore"]
ticks = torch.linspace(-2, 2, 9)
points = torch.cartesian_prod(ticks, ticks)
arrows = torch.stack([quadratic_gradient(point) for point in points])
line = torch.linspace(-2.3, 2.3, 200)
heights = 2 * (line[:, None] ** 2 + line[None, :] ** 2)
plt.figure(figsize=(4.6, 4.4), layout="constrained")
plt.contour(line, line, heights, levels=[0.5, 2, 4.5, 8, 12.5, 18], cmap="viridis")
plt.quiver(*points.T, *arrows.T, color="tab:red", angles="xy", scale=110, width=0.005)
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title(r"$y = 2\,\mathbf{x}^\top\mathbf{x}$ and its gradient")
plt.gca().set_aspect("equal")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: separate_gradients

# %% [markdown]
# ## 7 · Two gradients that do not mix
#
# `backward` adds to `.grad`, it never replaces. Watch what happens when two functions of the same $x$ are
# differentiated one after the other:
#
# ```python
# x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
# (x * x).sum().backward()      # x.grad is (2, 4, 6)
# x.sum().backward()            # x.grad is (3, 5, 7), not (1, 1, 1)!
# ```
#
# This is why every training loop clears the gradients in each step. Forgetting it is perhaps the most
# common bug in deep learning, and a silent one: the loss often still goes down, only badly.
#
# Write `separate_gradients(f, g, x)`. Here $f$ and $g$ are functions from a tensor of the shape of `x` to a
# single number (a tensor without axes). Return the pair
#
# $$\bigl(\nabla f(\mathbf{x}),\ \nabla g(\mathbf{x})\bigr) ,$$
#
# each of the shape of `x`, each by **autograd**, neither polluted by the other or by an old `.grad`. The
# tensor `x` may have any shape, and it may or may not be watched. As in question 6, it is left **as it
# was**: its `requires_grad` and its `.grad` too.
#
# For $f(\mathbf{x}) = \sum_i x_i^2$ and $g(\mathbf{x}) = \sum_i x_i$ at $\mathbf{x} = (1, 2, 3)$ the answer
# is $\bigl((2, 4, 6),\ (1, 1, 1)\bigr)$.
#
# <details><summary>Hint: both results are the same</summary>
#
# `x.grad` is one tensor that is changed in place. If you keep it as the first result and then zero it and
# call `backward` again, your first result changes too: two names, one memory (question 4!). Take a copy,
# or work on two separate tensors, or use a function that returns gradients in place of storing them.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def separate_gradients(
    f: Callable[[torch.Tensor], torch.Tensor],
    g: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (∇f, ∇g) at x, each in the shape of x, computed by autograd.

    f and g take a tensor of the shape of x and return a single number (a tensor of shape ()).
    x, its requires_grad and its grad are as before.
    """
    # BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    (f_gradient,) = torch.autograd.grad(f(x), x)
    (g_gradient,) = torch.autograd.grad(g(x), x)
    return f_gradient, g_gradient
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_separate_gradients_do_not_mix(separate_gradients):
    import torch

    x = torch.tensor([1.0, 2.0, 3.0])
    for dtype in (torch.float32, torch.float64):
        first, second = separate_gradients(lambda x: (x * x).sum(), lambda x: x.sum(), x.to(dtype))
        torch.testing.assert_close(first, torch.tensor([2.0, 4.0, 6.0], dtype=dtype))
        torch.testing.assert_close(second, torch.tensor([1.0, 1.0, 1.0], dtype=dtype))

# %%
def test_separate_gradients_leave_x_alone(separate_gradients):
    import torch

    x = torch.tensor([1.0, 2.0, 3.0])
    separate_gradients(lambda x: (x * x).sum(), lambda x: x.sum(), x)
    assert x.tolist() == [1.0, 2.0, 3.0], "The numbers of x must stay."
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_separate_gradients_of_a_watched_x_that_has_a_gradient(separate_gradients):
    import torch

    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    x.grad = torch.tensor([50.0, 60.0, 70.0])
    first, second = separate_gradients(lambda x: x.sum(), lambda x: (x * x).sum(), x)
    torch.testing.assert_close(first, torch.tensor([1.0, 1.0, 1.0]), msg="The first gradient is wrong.")
    torch.testing.assert_close(second, torch.tensor([2.0, 4.0, 6.0]), msg="The second gradient is wrong.")
    assert x.requires_grad, "x was watched before, so it must still be watched."
    assert x.grad is not None, "The gradient that x carried before is gone."
    assert x.grad.tolist() == [50.0, 60.0, 70.0], "The gradient that x carried before has changed."

# %%
# HIDDEN
def test_separate_gradients_of_curved_functions_of_a_matrix(separate_gradients):
    import torch

    x = torch.tensor([[0.5, -7.0, 2.0], [1.5, 8.0, -0.25]], dtype=torch.float64)

    def f(x):
        return (x**3).sum() + x[0, 1] * x[1, 2]

    def g(x):
        return torch.sin(x).sum() - 5 * x[1, 0]

    f_expected = 3 * x**2
    f_expected[0, 1] += x[1, 2]
    f_expected[1, 2] += x[0, 1]
    g_expected = torch.cos(x)
    g_expected[1, 0] -= 5
    for _ in range(2):
        first, second = separate_gradients(f, g, x)
        torch.testing.assert_close(first, f_expected)
        torch.testing.assert_close(second, g_expected)
    second, first = separate_gradients(g, f, x)
    torch.testing.assert_close(first, f_expected)
    torch.testing.assert_close(second, g_expected)

# %%
# HIDDEN
def test_separate_gradients_at_a_single_number_and_in_odd_layouts(separate_gradients):
    import torch

    first, second = separate_gradients(lambda x: x**3, lambda x: -4 * x, torch.tensor(-2.0))
    torch.testing.assert_close(first, torch.tensor(12.0))
    torch.testing.assert_close(second, torch.tensor(-4.0))

    x = torch.arange(24.0).reshape(4, 6)[1:, ::2].T
    first, second = separate_gradients(lambda x: (x[0] * x[2]).sum(), lambda x: (x * x).sum() / 2, x)
    torch.testing.assert_close(first, torch.stack([x[2], torch.zeros(3), x[0]]))
    torch.testing.assert_close(second, x.clone())

# %%
# HIDDEN
def test_separate_gradients_are_taken_by_autograd(separate_gradients):
    import torch

    x = torch.tensor([-3.0, 0.5, 9.0, 2.0], dtype=torch.float64)
    first, second = separate_gradients(
        lambda x: (x.detach() * x).sum(), lambda x: (x.detach() ** 2 * x).sum() / 2, x
    )
    torch.testing.assert_close(first, x)
    torch.testing.assert_close(second, x**2 / 2)

# %%
# HIDDEN
def test_separate_gradients_leave_no_traces(separate_gradients, judge):
    import torch

    def measure(separate_gradients, x):
        first, second = separate_gradients(lambda x: (x * x).sum(), lambda x: x.sum(), x)
        left = None if x.grad is None else x.grad.tolist()
        return x.requires_grad, left, x.tolist()

    x = torch.tensor([-1.0, 8.0, 2.0])
    watched, left, numbers = judge.probe(measure, separate_gradients, x)
    assert not watched, "x was not watched before, so it must not be watched now."
    assert left is None, "A gradient is left on x."
    assert numbers == [-1.0, 8.0, 2.0], "The numbers of x must stay."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: constant_factor

# %% [markdown]
# ## 8 · Treating a factor as a constant
#
# Sometimes a quantity is computed from $\mathbf{x}$, yet the gradient must not flow through it. The
# target in reinforcement learning is such a case, or a weight that says how much an example counts. You
# want its *value*, and you want autograd to take it for a plain number.
#
# Take $\mathbf{u} = \mathbf{x} \odot \mathbf{x}$ and $\mathbf{z} = \mathbf{u} \odot \mathbf{x}$, where
# $\odot$ multiplies entry by entry. There are two ways to differentiate $\sum_i z_i$:
#
# $$\text{everything depends on } \mathbf{x}:\quad \frac{\partial}{\partial x_i} \sum_j x_j^3 = 3 x_i^2 ,
# \qquad\qquad \mathbf{u} \text{ is a constant}:\quad \frac{\partial}{\partial x_i} \sum_j u_j x_j = u_i
# = x_i^2 .$$
#
# `detach()` makes the second one possible: it returns a tensor with the same numbers that has no history,
# so the walk back through the graph ends there.
#
# Write `constant_factor(x)`: the gradient of $\sum_i z_i$ with respect to `x`, with
# $\mathbf{u} = \mathbf{x} \odot \mathbf{x}$ taken as a **constant**. For $\mathbf{x} = (0, 1, 2, 3)$ it is
# $(0, 1, 4, 9)$. The tensor `x` may have any shape, watched or not, and is left **as it was** (its
# `requires_grad` and its `.grad` too).
#
# <details><summary>Hint: my result is three times too large</summary>
#
# Then nothing was detached, and you differentiated $x^3$. If it is *two* times too large, you detached the
# other factor. Write $\mathbf{u}$ and $\mathbf{z}$ as two lines and ask for each of the three factors $x$:
# should the gradient pass here?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def constant_factor(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of the sum of z = u * x at x, where u = x * x counts as a constant.

    x has any shape, and the result has the same. x, its requires_grad and its grad are as before.
    """
    # BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    u = (x * x).detach()
    z = u * x
    (gradient,) = torch.autograd.grad(z.sum(), x)
    return gradient
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_constant_factor_at_0_1_2_3(constant_factor):
    import torch

    for dtype in (torch.float32, torch.float64):
        result = constant_factor(torch.arange(4.0, dtype=dtype))
        torch.testing.assert_close(result, torch.tensor([0.0, 1.0, 4.0, 9.0], dtype=dtype))

# %%
def test_constant_factor_leaves_x_alone(constant_factor):
    import torch

    x = torch.tensor([[1.0, -2.0], [3.0, 0.5]])
    torch.testing.assert_close(constant_factor(x), torch.tensor([[1.0, 4.0], [9.0, 0.25]]))
    assert x.tolist() == [[1.0, -2.0], [3.0, 0.5]], "The numbers of x must stay."
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_constant_factor_of_a_watched_x_that_has_a_gradient(constant_factor):
    import torch

    x = torch.arange(4.0, requires_grad=True)
    x.grad = torch.tensor([5.0, -6.0, 7.0, -8.0])
    torch.testing.assert_close(constant_factor(x), torch.tensor([0.0, 1.0, 4.0, 9.0]))
    assert x.requires_grad, "x was watched before, so it must still be watched."
    assert x.grad is not None, "The gradient that x carried before is gone."
    assert x.grad.tolist() == [5.0, -6.0, 7.0, -8.0], "The gradient that x carried before has changed."

# %%
# HIDDEN
def test_constant_factor_of_other_tensors(constant_factor):
    import torch

    x = 4 * torch.randn(3, 5, 2, dtype=torch.float64)
    for _ in range(2):
        torch.testing.assert_close(constant_factor(x), x**2)
    for part in (x.transpose(0, 2), x[:, ::2], x[1, :, 1], x.float()):
        torch.testing.assert_close(constant_factor(part), part**2)

# %%
# HIDDEN
def test_constant_factor_of_one_number_and_of_none(constant_factor):
    import torch

    torch.testing.assert_close(constant_factor(torch.tensor(-7.0)), torch.tensor(49.0))
    assert tuple(constant_factor(torch.empty(0, 3)).shape) == (0, 3), "No entries: an empty gradient."

# %%
# HIDDEN
def test_constant_factor_leaves_no_traces(constant_factor, judge):
    import torch

    def measure(constant_factor, x):
        constant_factor(x)
        left = None if x.grad is None else x.grad.tolist()
        return x.requires_grad, left, x.tolist()

    x = torch.tensor([-1.0, 8.0, 2.0])
    watched, left, numbers = judge.probe(measure, constant_factor, x)
    assert not watched, "x was not watched before, so it must not be watched now."
    assert left is None, "A gradient is left on x."
    assert numbers == [-1.0, 8.0, 2.0], "The numbers of x must stay."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The same function, differentiated in two ways. Both are right answers, to two different questions.

# %% tags=["otter_ignore"]
x = torch.linspace(-2, 2, 101)
watched = x.clone().requires_grad_()
(watched**3).sum().backward()
plt.figure(figsize=(6, 3.2), layout="constrained")
plt.plot(x, x**3, color="gray", linestyle=":", label="$z = x^3$")
plt.plot(x, watched.grad, color="tab:blue", label="nothing detached: $3x^2$")
plt.plot(x, constant_factor(x), color="tab:orange", label="constant_factor(x): $x^2$")
plt.xlabel("$x$")
plt.ylabel("$z$ and its two gradients")
plt.legend()
plt.grid(alpha=0.3)
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: numeric_gradient

# %% [markdown]
# ## 9 · A gradient without calculus
#
# How do you know that a gradient is right? Check it with something that knows nothing of graphs: nudge one
# entry of $\mathbf{x}$ a little up, then a little down, and see how much $f$ moves. This is the **central
# difference**:
#
# $$\frac{\partial f}{\partial x_i} \;\approx\;
# \frac{f(\mathbf{x} + \varepsilon\,\mathbf{e}_i) - f(\mathbf{x} - \varepsilon\,\mathbf{e}_i)}{2\,\varepsilon} ,$$
#
# where $\mathbf{e}_i$ is 1 at entry $i$ and 0 elsewhere. So only *one* entry is nudged at a time.
#
# Why on both sides? The Taylor series says how wrong each rule is:
#
# $$\underbrace{\frac{f(x+\varepsilon) - f(x)}{\varepsilon}}_{\text{one-sided}} = f'(x) +
# \frac{\varepsilon}{2} f''(x) + \dots \qquad
# \underbrace{\frac{f(x+\varepsilon) - f(x-\varepsilon)}{2\varepsilon}}_{\text{central}} = f'(x) +
# \frac{\varepsilon^2}{6} f'''(x) + \dots$$
#
# With two sides the term in $\varepsilon$ cancels. Try it for $f(x) = x^3$ at $x = 2$ with
# $\varepsilon = 0.1$. The true slope is $12$.
#
# $$\text{one-sided: } \frac{9.261 - 8}{0.1} = 12.61 , \qquad
# \text{central: } \frac{9.261 - 6.859}{0.2} = 12.01 .$$
#
# Write `numeric_gradient(f, x, eps=1e-3)` for a function $f$ from a tensor to a single number.
#
# - `x` has **any shape** and layout. Call `f` with tensors of that shape. The result has the shape and the
#   dtype of `x`.
# - Use the step `eps` that you are given, and **no autograd**: your function must work for an `f` that
#   autograd cannot see through. A loop is fine.
# - Afterwards `x` holds the numbers that it held before.
#
# <details><summary>Hint: the first entry is right, the later ones are not</summary>
#
# Then the nudge of an earlier entry is still there when you come to the next one. Nudge a fresh copy each
# time, or remember the old number and put it back.
#
# All zeros for a transposed matrix? `x.reshape(-1)` may be a copy, and `f(x)` never sees your nudge.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def numeric_gradient(
    f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, eps: float = 1e-3
) -> torch.Tensor:
    """Return the gradient of f at x by central differences, in the shape and dtype of x.

    Entry i is (f(x + eps·eᵢ) − f(x − eps·eᵢ)) / (2·eps). f takes a tensor of the shape of x and
    returns a single number (a tensor of shape ()). No autograd. x is unchanged afterwards.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        gradient = torch.zeros(x.numel(), dtype=x.dtype, device=x.device)
        for i in range(x.numel()):
            nudge = torch.zeros_like(gradient)
            nudge[i] = eps
            nudge = nudge.reshape(x.shape)
            gradient[i] = (f(x + nudge) - f(x - nudge)) / (2 * eps)
        return gradient.reshape(x.shape)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_numeric_gradient_is_the_central_difference(numeric_gradient):
    import torch

    x = torch.tensor([2.0, -1.0], dtype=torch.float64)
    result = numeric_gradient(lambda x: (x**3).sum(), x, eps=0.1)
    expected = torch.tensor([12.01, 3.01], dtype=torch.float64)
    torch.testing.assert_close(
        result, expected, msg=lambda text: f"For x³ at 2 and -1 with eps = 0.1: 12.01 and 3.01. {text}"
    )

# %%
def test_numeric_gradient_of_a_matrix(numeric_gradient):
    import torch

    x = torch.tensor([[1.0, -2.0, 3.0], [0.5, 7.0, -4.0]], dtype=torch.float64)
    result = numeric_gradient(lambda x: (x[0] * x[1]).sum(), x)
    expected = torch.tensor([[0.5, 7.0, -4.0], [1.0, -2.0, 3.0]], dtype=torch.float64)
    torch.testing.assert_close(result, expected, rtol=1e-6, atol=1e-6)

# %%
def test_numeric_gradient_leaves_x_as_it_was(numeric_gradient):
    import torch

    x = torch.tensor([[0.1, 0.2, 0.3], [-0.7, 1.9, 8.3]])
    before = x.clone()
    numeric_gradient(lambda x: (x * x).sum(), x)
    message = "x must hold the numbers that it held before: the nudges were not undone."
    assert torch.allclose(x, before, rtol=1e-6, atol=1e-6), message
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_numeric_gradient_needs_no_autograd(numeric_gradient):
    import torch

    x = torch.tensor(3.0, dtype=torch.float64)
    result = numeric_gradient(lambda x: x.detach() ** 2, x)
    torch.testing.assert_close(result, torch.tensor(6.0, dtype=torch.float64), rtol=1e-6, atol=1e-6)

# %%
# HIDDEN
def test_numeric_gradient_uses_the_step_it_is_given(numeric_gradient):
    import torch

    x = torch.tensor([[-3.0, 0.5], [6.5, 1.0], [2.0, -8.0]], dtype=torch.float64)
    weights = torch.tensor([[1.0, -2.0], [3.0, 0.5], [-1.0, 4.0]], dtype=torch.float64)
    for eps in (0.5, 0.02, 1.25):
        result = numeric_gradient(lambda x: (weights * x**3).sum(), x, eps=eps)
        torch.testing.assert_close(result, weights * (3 * x**2 + eps**2), rtol=1e-7, atol=1e-7)
    result = numeric_gradient(lambda x: (weights * x**3).sum(), x)
    torch.testing.assert_close(result, weights * (3 * x**2 + 1e-6), rtol=1e-8, atol=1e-8)

# %%
# HIDDEN
def test_numeric_gradient_nudges_one_entry_at_a_time(numeric_gradient):
    import torch

    x = torch.tensor([0.5, -2.0, 3.0, 1.5, -0.25], dtype=torch.float64)
    result = numeric_gradient(lambda x: x.prod() + x[1] ** 2 * x[4], x)
    expected = x.prod() / x
    expected[1] += 2 * x[1] * x[4]
    expected[4] += x[1] ** 2
    torch.testing.assert_close(result, expected, rtol=1e-6, atol=1e-6)

# %%
# HIDDEN
def test_numeric_gradient_in_other_shapes_and_layouts(numeric_gradient):
    import torch

    base = torch.linspace(-3, 3, 48, dtype=torch.float64).reshape(4, 6, 2)
    for x in (base[1].T, base[:, ::3], base.permute(2, 0, 1)[:, 1:, 2:4], base[3, :, 1], base[2, 5, 0]):
        before = base.clone()
        result = numeric_gradient(lambda x: torch.sin(x).sum() + (x * x).mean(), x)
        expected = torch.cos(x) + 2 * x / x.numel()
        torch.testing.assert_close(result, expected, rtol=1e-5, atol=1e-5)
        assert torch.equal(base, before), "x must hold exactly the numbers that it held before."

# %%
# HIDDEN
def test_numeric_gradient_calls_f_with_the_shape_of_x(numeric_gradient):
    import torch

    weights = torch.linspace(-2, 2, 12, dtype=torch.float64).reshape(3, 4)
    x = torch.tensor([[1.0, -0.5], [2.0, 0.25], [-3.0, 1.5], [0.75, 7.0]], dtype=torch.float64)
    result = numeric_gradient(lambda x: ((weights @ x) ** 2).sum(), x)
    torch.testing.assert_close(result, 2 * weights.T @ weights @ x, rtol=1e-6, atol=1e-6)

# %%
# HIDDEN
def test_numeric_gradient_in_single_precision(numeric_gradient):
    import torch

    x = torch.tensor([[0.5, -1.25, 2.0], [1.75, 0.1, -0.3]])
    before = x.clone()
    result = numeric_gradient(lambda x: (x**3).sum() / 4, x, eps=1e-2)
    assert result.dtype == torch.float32, "The result must have the dtype of x."
    torch.testing.assert_close(result, 0.75 * x**2, rtol=1e-2, atol=1e-2)
    message = "x must hold the numbers that it held before: the nudges were not undone."
    assert torch.allclose(x, before, rtol=1e-6, atol=1e-6), message

# %%
# HIDDEN
def test_numeric_gradient_sees_what_autograd_cannot(numeric_gradient):
    import torch

    x = torch.tensor([-3.0, 0.5, 9.0, 2.0], dtype=torch.float64)
    result = numeric_gradient(lambda x: (x.detach() * x).sum(), x)
    torch.testing.assert_close(result, 2 * x, rtol=1e-6, atol=1e-6)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# How small should $\varepsilon$ be? Not as small as possible! The error has two parts. The *rule* is wrong
# by $\varepsilon^2$ (central) or $\varepsilon$ (one-sided): the straight lines on the right. And $f$ is
# *rounded*, an error of about $10^{-16}$ in float64 that is divided by $\varepsilon$: the ragged rise on
# the left. The best step lies in between. In float32 the valley lies far to the right, which is why
# gradients are checked in float64.

# %% tags=["otter_ignore"]
steps = np.logspace(-11, 0, 56).tolist()
point = torch.tensor([1.0, -0.4, 2.3], dtype=torch.float64)


def wave(x):
    return torch.sin(x).sum() + torch.exp(x).sum()


true_gradient = torch.cos(point) + torch.exp(point)


def one_sided(f, x, eps):
    return torch.stack([(f(x + eps * e) - f(x)) / eps for e in torch.eye(3, dtype=x.dtype)])


central_errors = [(numeric_gradient(wave, point, eps) - true_gradient).abs().max() for eps in steps]
one_sided_errors = [(one_sided(wave, point, eps) - true_gradient).abs().max() for eps in steps]
single_errors = [(numeric_gradient(wave, point.float(), eps) - true_gradient).abs().max() for eps in steps]
plt.figure(figsize=(6.5, 3.6), layout="constrained")
plt.loglog(steps, central_errors, color="tab:blue", label="central, float64 (yours)")
plt.loglog(steps, one_sided_errors, color="tab:orange", label="one-sided, float64")
plt.loglog(steps, single_errors, color="tab:blue", linestyle=":", label="central, float32 (yours)")
plt.axvline(1e-3, color="gray", linewidth=0.8, label="default step")
plt.xlabel(r"step $\varepsilon$")
plt.ylabel("largest error")
plt.ylim(1e-12, 1e2)
plt.legend()
plt.grid(alpha=0.3)
plt.show()

# %% [markdown]
# ---
# # Part C · Which shape has a derivative?
#
# A derivative holds one number for each pair of *an entry of what is differentiated* (the numerator) and
# *an entry of what we differentiate by* (the denominator). How these numbers are arranged is a convention.
# Books differ, and half of all confusion about matrix calculus comes from that. We use the **numerator
# layout**, in which the chain rule reads from left to right as a plain matrix product:
#
# - the axes of the **numerator come first**, in their own order;
# - the axes of the **denominator follow, transposed**, that is, in reversed order;
# - a vector is a column. A scalar numerator adds no axes of its own, and a scalar denominator adds one of
#   size 1 to a vector and none to a matrix.
#
# Three rows of the table, for a vector $\mathbf{y}\in\mathbb{R}^m$, a matrix
# $\mathbf{Y}\in\mathbb{R}^{m\times l}$, a scalar $x$ and a vector $\mathbf{x}\in\mathbb{R}^n$:
#
# | derivative | shape |
# |---|---|
# | vector by scalar, $\partial\mathbf{y}/\partial x$ | $(m, 1)$ |
# | matrix by scalar, $\partial\mathbf{Y}/\partial x$ | $(m, l)$ |
# | matrix by vector, $\partial\mathbf{Y}/\partial\mathbf{x}$ | $(m, l, n)$ |
#
# The other rows are yours.

# %%
# The sizes of the question below: all different, so that no two axes can be confused.
m, l, n, k = 2, 3, 4, 5

# %% [raw]
# # BEGIN QUESTION
# name: derivative_shapes

# %% [markdown]
# ## 10 · Shapes of derivatives
#
# The sizes `m`, `l`, `n` and `k` are set in the cell above. Give the shape of each derivative **in
# numerator layout**, as a tuple, in a dictionary `derivative_shapes` with these five keys:
#
# | key | numerator | denominator |
# |---|---|---|
# | `"vector/vector"` | $\mathbf{y}\in\mathbb{R}^m$ | $\mathbf{x}\in\mathbb{R}^n$ |
# | `"scalar/vector"` | $y\in\mathbb{R}$ | $\mathbf{x}\in\mathbb{R}^n$ (a column) |
# | `"scalar/matrix"` | $y\in\mathbb{R}$ | $\mathbf{X}\in\mathbb{R}^{n\times k}$ |
# | `"vector/matrix"` | $\mathbf{y}\in\mathbb{R}^m$ | $\mathbf{X}\in\mathbb{R}^{n\times k}$ |
# | `"matrix/matrix"` | $\mathbf{Y}\in\mathbb{R}^{m\times l}$ | $\mathbf{X}\in\mathbb{R}^{n\times k}$ |
#
# Use the names or the numbers, as you like. For example, the three rows that are given above would be
# written `{"vector/scalar": (m, 1), "matrix/scalar": (m, l), "matrix/vector": (m, l, n)}`.
#
# <details><summary>Hint: is the derivative of a scalar by a vector a row or a column?</summary>
#
# Let the shapes decide. For a small change $d\mathbf{x}$, a column like $\mathbf{x}$, the change of a
# scalar $y$ is the matrix product $dy = \frac{\partial y}{\partial \mathbf{x}}\, d\mathbf{x}$, and it must
# come out as one number. In the same way, for a vector $\mathbf{y}$ the product
# $\frac{\partial \mathbf{y}}{\partial \mathbf{x}}\, d\mathbf{x}$ must be a column with $m$ entries. For a
# matrix in the denominator, the product $\frac{\partial y}{\partial \mathbf{X}}\, d\mathbf{X}$ must exist
# and be square.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
derivative_shapes = {"vector/vector": (m, n), "scalar/vector": (1, n), "scalar/matrix": (k, n), "vector/matrix": (m, k, n), "matrix/matrix": (m, l, k, n)}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_derivative_shapes_has_five_shapes(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    keys = {"vector/vector", "scalar/vector", "scalar/matrix", "vector/matrix", "matrix/matrix"}
    assert set(derivative_shapes) == keys, f"The keys must be exactly {sorted(keys)}."
    for key, shape in derivative_shapes.items():
        listed = hasattr(shape, "__len__") and not isinstance(shape, str)
        assert listed, f"{key}: give a tuple, such as (m, 1)."
        for size in shape:
            assert hasattr(size, "__index__"), f"{key}: the sizes are whole numbers."
            assert 1 <= size <= 5, f"{key}: the sizes are 1, m, l, n or k."

# %%
# HIDDEN
def test_derivative_shapes_by_a_vector(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    vector, scalar = derivative_shapes.get("vector/vector", ()), derivative_shapes.get("scalar/vector", ())
    assert list(vector) == [2, 4], "Vector by vector: check which axis comes first in numerator layout."
    assert list(scalar) == [1, 4], "Scalar by vector: the product with a column must be one number."

# %%
# HIDDEN
def test_derivative_shapes_by_a_matrix(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    scalar, vector = derivative_shapes.get("scalar/matrix", ()), derivative_shapes.get("vector/matrix", ())
    assert list(scalar) == [5, 4], "Scalar by matrix: check the order of the axes of the denominator."
    assert list(vector) == [2, 5, 4], "Vector by matrix: check the order of the axes."

# %%
# HIDDEN
def test_derivative_shapes_of_a_matrix_by_a_matrix(derivative_shapes):
    assert isinstance(derivative_shapes, dict), "Give a dictionary."
    matrix = derivative_shapes.get("matrix/matrix", ())
    assert list(matrix) == [2, 3, 5, 4], "Matrix by matrix: check the order of the axes."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# One warning for practice. PyTorch follows another custom: the field `.grad` always has **the shape of the
# tensor itself**, so that an update `w -= lr * w.grad` just works. The gradient of a scalar loss by a
# weight matrix of shape $(n, k)$ is stored as $(n, k)$, the transpose of what the numerator layout says.
# The numbers are the same. When you follow a derivation on paper, ask first which layout it uses.
#
# That is all for today. In the next assignment these pieces learn something: linear regression, first with
# nothing but tensors and `backward`, then with PyTorch's own layers.

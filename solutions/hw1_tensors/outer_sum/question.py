# %% [raw]
# # BEGIN QUESTION
# name: outer_sum

# %% [markdown]
# ## 1 · Broadcasting: every entry plus every other (5 min)
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
# **Example.** For $\mathbf{a} = (1, 2, 3)$ and $\mathbf{b} = (10, 20)$:
#
# $$\begin{pmatrix} 1 & 1\\ 2 & 2\\ 3 & 3\end{pmatrix} +
# \begin{pmatrix} 10 & 20\\ 10 & 20\\ 10 & 20\end{pmatrix} =
# \begin{pmatrix} 11 & 21\\ 12 & 22\\ 13 & 23\end{pmatrix} .$$
#
# **Your task.** Write `outer_sum(a, b)`. Let broadcasting do the work: **no Python loop and no
# comprehension** in your function, and none in disguise (`map`, or a helper that loops); a loop takes the
# question to 0 points. A loop over entries in Python is easily a thousand times slower than one tensor
# operation. Vectors of any length are allowed, even of length 0, and of any dtype. The table has the dtype of
# the vectors, and lies where they lie: later that may be a GPU.
#
# <details><summary>Hint: "The size of tensor a (3) must match the size of tensor b (2)"</summary>
#
# Two vectors are lined up on the same axis. Each needs an axis of its own. Indexing with `None` adds an
# axis of size 1: look at the shapes of `a[:, None]` and `a[None, :]`.
#
# <details><summary>The next line</summary>
#
# `column = a[:, None]` runs downwards, with shape $(m, 1)$. Which shape must `b` get, so that the sum has
# $(m, n)$?
# </details></details>
#
# <details><summary>Hint: the right numbers stand in the wrong places</summary>
#
# Then the wrong vector runs downwards. Row $i$ belongs to `a[i]`, column $j$ to `b[j]`.
#
# <details><summary>The next line</summary>
#
# Print `outer_sum(a, b)[1, 0]` for the example. It should be $a_1 + b_0 = 12$. If 21 stands there, exchange
# the two places of `None`.
# </details></details>

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
# CORE
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
    upstream = torch.randint(-99, 100, (4, 6)).double()  # whole: a table of another dtype passes it on as exactly
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
def test_outer_sum_stays_on_the_device_of_the_vectors(outer_sum, judge):
    import torch

    for a, b in ((torch.randn(4), torch.randn(6)), (torch.randn(8)[::2], torch.randn(3))):
        torch.testing.assert_close(outer_sum(a, b), a.reshape(-1, 1) + b)
        message = "The table must lie on the device of the vectors: what you make beside them must lie there, too."
        assert judge.keeps_device(outer_sum, a, b), message


# %%
# HIDDEN
# RULE
def test_outer_sum_has_no_loop(outer_sum, judge):
    import torch

    # Broadcasting takes as many steps for a large table as for a small one; `map` or a helper's loop does not.
    steps = set()
    for n, m in ((3, 2), (9, 11)):
        a, b = torch.randn(n), torch.randn(m)
        outer_sum(a, b)  # What an answer sets up for this size, it sets up now.
        watched = judge.watch(outer_sum, a, b)
        torch.testing.assert_close(watched.value, a.reshape(-1, 1) + b)  # it is the answer that was watched
        steps.add(watched.steps)
    assert not judge.loops("outer_sum") and len(steps) == 1, (
        "Let broadcasting do the work: a Python loop, a comprehension or map takes the question to 0 points."
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
print("In the picture: three tables of 4 rows and 6 columns, with their numbers: a in every column, b in every row,\n"
      "and their sum, which grows from 0 at the top left to 15 at the bottom right.")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: flat_copy

# %% [markdown]
# ## 3 · A flat copy of its own (5 min)
#
# Sometimes you want the opposite: numbers that nobody else can change. Think of the best weights so far,
# kept aside while training goes on. Then you need **memory of your own**.
#
# This is where `flatten()` and `reshape(-1)` are treacherous. They return a view when they can and a copy
# when they must. For a contiguous tensor they share memory, for a transposed one they do not. Code that
# relies on either is right on one day and wrong on the next.
#
# **Your task.** Write `flat_copy(x)`: all entries of `x` in *one* axis, in the order in which you read `x`
# (last axis fastest), and **always** in new memory. The layout of `x` must not matter.
#
# **Example.**
#
# $$\mathtt{x} = \begin{pmatrix} 0 & 1 & 2\\ 3 & 4 & 5\end{pmatrix}: \qquad
# \mathtt{flat\_copy(x)} = (0, 1, 2, 3, 4, 5), \qquad
# \mathtt{flat\_copy(x.T)} = (0, 3, 1, 4, 2, 5) .$$
#
# A single number (a tensor without axes) gives one entry, an empty tensor none. The dtype is kept, for
# whole numbers and truth values too. A gradient flows through the copy.
#
# <details><summary>Hint: "view size is not compatible with input tensor's size and stride"</summary>
#
# `view` never copies, so it gives up where a copy is needed. And `x.clone()` of a transposed matrix is
# still laid out as a transposed matrix. Bring the entries into one row with something that copies when it
# must.
#
# <details><summary>The next line</summary>
#
# Begin with `row = x.reshape(-1)`. It has the right numbers for every layout. What you do not know is
# whether its memory is new.
# </details></details>
#
# <details><summary>Hint: for a contiguous x, the copy changes when x does</summary>
#
# `reshape(-1)` and `flatten()` copied only where they had to. Two steps are safe: first one row, then new
# memory, always.
#
# <details><summary>The next line</summary>
#
# The second step is a method whose one job is to copy, and through which gradients flow. Call it on the
# row, not on `x`: do you see why the order matters?
# </details></details>

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
# CORE
def test_flat_copy_has_one_axis_in_reading_order(flat_copy):
    import torch

    x = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    torch.testing.assert_close(flat_copy(x), torch.tensor([0.0, 1.0, 2.0, 3.0, 4.0, 5.0]))
    torch.testing.assert_close(flat_copy(x.T), torch.tensor([0.0, 3.0, 1.0, 4.0, 2.0, 5.0]))
    torch.testing.assert_close(flat_copy(x > 2), torch.tensor([False, False, False, True, True, True]))
    assert x.shape == (2, 3), "x itself must keep its shape."

# %%
# CORE
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
def test_flat_copy_of_a_single_number_has_one_axis(flat_copy):
    import torch

    torch.testing.assert_close(flat_copy(torch.tensor(7.5)), torch.tensor([7.5]))
    torch.testing.assert_close(flat_copy(torch.tensor([[-2]])), torch.tensor([-2]))

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

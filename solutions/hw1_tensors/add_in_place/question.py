# %% [raw]
# # BEGIN QUESTION
# name: add_in_place

# %% [markdown]
# ## 4 · Adding in place (5 min)
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
# **Example.** With `y = torch.tensor([1., 2.])`, a view `first = y[:1]` and `x = torch.tensor([10., 20.])`,
# after `z = add_in_place(y, x)` we have
#
# $$\mathtt{y} = (11, 22), \qquad \mathtt{first} = (11), \qquad \mathtt{z \ is \ y}, \qquad
# \mathtt{x} = (10, 20) .$$
#
# **Your task.** Write `add_in_place(y, x)`: afterwards the memory of `y` holds `y + x`, and `y` **itself** is
# returned. This is the one question in which an argument changes. `x` does not.
#
# <details><summary>Hint: my y outside the function still has the old numbers</summary>
#
# Inside the function, `y = …` only moves a name. You need something that writes *into* the tensor: an
# assignment to its entries, an operator with `=` in it, or a method whose name ends in an underscore.
#
# <details><summary>The next line</summary>
#
# `y *= 2` doubles a tensor in place: try it, and look at a view of `y` that you made before. Your line is
# of this kind.
# </details></details>
#
# <details><summary>Hint: z is y gives False</summary>
#
# Then the function returns a new tensor, or nothing at all. `return y + x` makes a new one.
#
# <details><summary>The next line</summary>
#
# After the line that changes `y`, hand back the name of the argument itself.
# </details></details>

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
# CORE
def test_add_in_place_returns_y_itself(add_in_place):
    import torch

    y, x = torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])
    z = add_in_place(y, x)
    assert z is y, "Return y itself, not another tensor."
    torch.testing.assert_close(y, torch.tensor([11.0, 22.0]))
    assert x.tolist() == [10.0, 20.0], "x must stay as it was."

# %%
# CORE
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

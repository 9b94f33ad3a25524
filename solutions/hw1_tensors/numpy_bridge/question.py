# %% [raw]
# # BEGIN QUESTION
# name: numpy_bridge

# %% [markdown]
# ## 5 · The bridge to NumPy (5 min)
#
# Data often arrive as a NumPy array: a table, an image, a recording. PyTorch offers several ways across,
# and they differ in one thing that you cannot see in the printed numbers: **whether the memory is
# shared**.
#
# - *Sharing* is instant, even for gigabytes. But whoever changes the array changes the tensor.
# - *Copying* takes time and memory. After that the two are strangers.
#
# Which way does which, memory itself will tell you. It is a widespread *belief*, found in many notes, that
# `torch.from_numpy` makes a copy; PyTorch's documentation says the opposite. You need not trust either: make
# a small array, convert it, write into it, look again.
#
# **Your task.** Write two functions, both from an array of any shape to a tensor of the **same shape and
# dtype**.
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
# `torch.Tensor(...)`, `.float()` or a `dtype` argument, breaks the bridge.
#
# <details><summary>The next line</summary>
#
# Take `a = np.zeros(3)` and try `torch.from_numpy`, `torch.as_tensor` and `torch.tensor` one by one:
# convert, write `a[0] = 100`, print both sides and the dtype. Which of them fit the first row of the table,
# which the second?
# </details></details>
#
# <details><summary>Hint: copy changes when the array does</summary>
#
# `torch.as_tensor` and `torch.from_numpy` share. For a copy, take the function that always makes new
# memory, or copy either the array or the tensor yourself.
#
# <details><summary>The next line</summary>
#
# An array has `a.copy()`, a tensor has `t.clone()`. Either one, together with your `share`, does it.
# </details></details>

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
# CORE
def test_share_sees_what_the_other_side_writes(share):
    import numpy as np
    import torch

    a = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    tensor = share(a)
    assert isinstance(tensor, torch.Tensor), "Return a tensor."
    expected = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=torch.float64)
    torch.testing.assert_close(tensor, expected)
    a[0, 1] = 100.0
    assert tensor[0, 1] == 100.0, "Writing into the array must change the tensor: the two share memory."
    tensor[1, 2] = -7.0
    assert a[1, 2] == -7.0, "Writing into the tensor must change the array: the two share memory."

# %%
# CORE
def test_copy_is_independent(copy):
    import numpy as np
    import torch

    a = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    tensor = copy(a)
    assert isinstance(tensor, torch.Tensor), "Return a tensor."
    expected = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=torch.float64)
    torch.testing.assert_close(tensor, expected)
    torch.testing.assert_close(copy(-a), -expected)
    a[0, 1] = 100.0
    assert tensor[0, 1] == 2.0, "Writing into the array must not change the tensor: it has its own memory."
    tensor[1, 2] = -7.0
    assert a[1, 2] == 6.0, "Writing into the tensor must not change the array: it has its own memory."

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

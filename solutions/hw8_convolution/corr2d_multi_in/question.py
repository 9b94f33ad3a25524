# %% [raw]
# # BEGIN QUESTION
# name: corr2d_multi_in

# %% [markdown]
# ## 7 · Several input channels (8 min)
#
# Each input channel gets a kernel of its own. So the kernel has the shape $(c, k_h, k_w)$. Cross-correlate
# channel by channel and add the results:
#
# $$Y = \sum_{i=0}^{c-1} X_i \star K_i .$$
#
# **Example.** With two channels,
#
# $$X_0 = \begin{pmatrix}0&1&2\\3&4&5\\6&7&8\end{pmatrix},\;
# X_1 = \begin{pmatrix}1&2&3\\4&5&6\\7&8&9\end{pmatrix},\;
# K_0 = \begin{pmatrix}0&1\\2&3\end{pmatrix},\;
# K_1 = \begin{pmatrix}1&2\\3&4\end{pmatrix}
# \;\Rightarrow\; Y = \begin{pmatrix}56&72\\104&120\end{pmatrix}.$$
#
# The top left entry is $19$ from the first channel and $1\cdot1+2\cdot2+4\cdot3+5\cdot4 = 37$ from the
# second. The output has *no* channel axis: its shape is $(h-k_h+1,\, w-k_w+1)$.
#
# **Your task.** Write `corr2d_multi_in(X, K)`. Use your `corr2d`.
#
# <details><summary>Hint: my numbers are too small</summary>
#
# Compute the two channels on their own: 19 and 37. Which of them do you see in your result? Look at which
# kernel your loop really uses.
#
# <details><summary>The next line</summary>
#
# `for x, k in zip(X, K)` gives you one channel and *its* kernel.
# </details></details>
#
# <details><summary>Hint: my result has one axis too many</summary>
#
# If you see both channels side by side, the sum is missing.
#
# <details><summary>The next line</summary>
#
# `sum(…)` of Python adds up tensors as well. What is done with each `x` and `k`?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def corr2d_multi_in(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlate X (c, h, w) with K (c, kh, kw), channel by channel, and add up.

    Returns (h - kh + 1, w - kw + 1).
    """
    # BEGIN SOLUTION
    return sum(corr2d(x, k) for x, k in zip(X, K))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_corr2d_multi_in_gives_the_example(corr2d_multi_in):
    import torch

    X = torch.tensor(
        [
            [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]],
            [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]],
        ]
    )
    K = torch.tensor([[[0.0, 1.0], [2.0, 3.0]], [[1.0, 2.0], [3.0, 4.0]]])
    expected = torch.tensor([[56.0, 72.0], [104.0, 120.0]])
    torch.testing.assert_close(corr2d_multi_in(X, K), expected)

# %%
# HIDDEN
# CORE
def test_corr2d_multi_in_adds_any_number_of_channels(corr2d_multi_in):
    import torch
    from torch.nn import functional as F

    for channels, size in [(1, (2, 3)), (2, (3, 1)), (3, (2, 4)), (5, (1, 1))]:
        X = torch.randint(-9, 10, (channels, 4, 7)).float()
        K = torch.randint(-9, 10, (channels, *size)).float()
        expected = F.conv2d(X[None], K[None])[0, 0]
        torch.testing.assert_close(corr2d_multi_in(X, K), expected, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_corr2d_multi_in_keeps_float64(corr2d_multi_in):
    import torch
    from torch.nn import functional as F

    X = torch.randn(3, 5, 8, dtype=torch.float64)
    K = torch.randn(3, 2, 3, dtype=torch.float64)
    torch.testing.assert_close(corr2d_multi_in(X, K), F.conv2d(X[None], K[None])[0, 0])

# %%
# HIDDEN
def test_corr2d_multi_in_has_the_right_gradients(corr2d_multi_in):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (3, 4, 6)).float().requires_grad_()
    K = torch.randint(-9, 10, (3, 3, 2)).float().requires_grad_()
    upstream = torch.randint(-9, 10, (2, 5)).float()
    Y = F.conv2d(X[None], K[None])[0, 0]
    expected_X, expected_K = torch.autograd.grad(Y, (X, K), upstream)
    result = corr2d_multi_in(X, K)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert K.grad is not None, "No gradient reaches the kernels."
    torch.testing.assert_close(X.grad, expected_X, rtol=1e-4, atol=1e-2)
    torch.testing.assert_close(K.grad, expected_K, rtol=1e-4, atol=1e-2)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: pool2d_channels

# %% [markdown]
# ## 11 · Pooling batches, with padding and stride (15 min)
#
# A real pooling layer takes a batch of pictures with channels, $(n, c, h, w)$. It pools **each channel of
# each picture on its own**, so batch and channels stay as they are. It also has a padding and a stride:
#
# - `padding` is a pair. It says how many rows are added at the top *and* at the bottom, and how many columns
#   on the left *and* on the right. (PyTorch's layers count like this, and from here on so do we. The total
#   of question 4 is twice as much.)
# - `stride` is a pair. Left out (`None`), it is the pool size: the windows then lie side by side.
# - The output has $\lfloor (h + 2 p - k) / s \rfloor + 1$ rows, and columns likewise.
# - **The padding never wins a maximum**, however negative the entries are: there is no picture out there.
# - In an average the padding counts as zeros, as `nn.AvgPool2d` has it by default.
#
# **Example.** With a 2×2 window and one row and column of padding on each side, the picture
# $\begin{pmatrix}-1&-2\\-3&-4\end{pmatrix}$ becomes
#
# $$\text{max: } \begin{pmatrix}-1&-2\\-3&-4\end{pmatrix}, \qquad
# \text{avg: } \begin{pmatrix}-0.25&-0.5\\-0.75&-1\end{pmatrix}.$$
#
# **Your task.** Write `pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode='max')`. You may build it on
# your `pool2d`.
#
# <details><summary>Hint: zeros appear along the border of my maxima</summary>
#
# `F.pad` pads with 0 unless you give it a `value`. Which number is never larger than any other?
#
# <details><summary>The next line</summary>
#
# `float("-inf")`, where `mode` is "max". What is it in an average?
# </details></details>
#
# <details><summary>Hint: rows and columns are exchanged</summary>
#
# `F.pad` starts with the *last* axis: left, right, top, bottom.
#
# <details><summary>The next line</summary>
#
# So columns come first: `F.pad(X, (padding[1], …, …, …), …)`.
# </details></details>
#
# <details><summary>Hint: my output has too many rows</summary>
#
# Pooling with stride 1 computes every window. Keep every $s$-th row and column of its result.
#
# <details><summary>The next line</summary>
#
# A slice with a step does that: `[:, :, :: stride[0], …]`.
# </details></details>
#
# <details><summary>Hint: my output has one channel</summary>
#
# Pool one picture and one channel at a time, or leave the first two axes alone.
#
# <details><summary>The next line</summary>
#
# `torch.stack([pool2d(channel, …) for channel in picture])` is one picture. A second `torch.stack` makes the batch.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def pool2d_channels(
    X: torch.Tensor,
    pool_size: tuple[int, int],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] | None = None,
    mode: str = "max",
) -> torch.Tensor:
    """Pool each channel of each picture in X (n, c, h, w) on its own.

    padding: rows and columns added on each side; they never win a maximum and count as zeros in an average.
    stride: (rows, columns), by default the pool size. mode: "max" or "avg".
    """
    # BEGIN SOLUTION
    stride = pool_size if stride is None else stride
    value = float("-inf") if mode == "max" else 0.0
    X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=value)
    pooled = [torch.stack([pool2d(channel, pool_size, mode) for channel in picture]) for picture in X]
    return torch.stack(pooled)[:, :, :: stride[0], :: stride[1]]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_pool2d_channels_gives_the_example(pool2d_channels):
    import torch

    X = torch.tensor([[-1.0, -2.0], [-3.0, -4.0]]).reshape(1, 1, 2, 2)
    maxima = pool2d_channels(X, (2, 2), padding=(1, 1))
    averages = pool2d_channels(X, (2, 2), padding=(1, 1), mode="avg")
    torch.testing.assert_close(maxima, X)
    torch.testing.assert_close(averages, X / 4)
    torch.testing.assert_close(pool2d_channels(1e20 * X, (2, 2), padding=(1, 1)), 1e20 * X)
    rows_only = torch.tensor([-1.0, -3.0]).reshape(1, 1, 2, 1)
    torch.testing.assert_close(pool2d_channels(X, (2, 2), padding=(1, 0)), rows_only)

# %%
def test_pool2d_channels_lays_windows_side_by_side_unless_told(pool2d_channels):
    import torch

    X = torch.arange(48.0).reshape(2, 2, 3, 4).transpose(0, 1)
    beside = torch.tensor([[[[5.0, 7.0]], [[29.0, 31.0]]], [[[17.0, 19.0]], [[41.0, 43.0]]]])
    torch.testing.assert_close(pool2d_channels(X, (2, 2)), beside)
    overlapping = torch.tensor(
        [[[[5.0, 6.0, 7.0]], [[29.0, 30.0, 31.0]]], [[[17.0, 18.0, 19.0]], [[41.0, 42.0, 43.0]]]]
    )
    torch.testing.assert_close(pool2d_channels(X, (2, 2), stride=(2, 1)), overlapping)

# %%
# HIDDEN
# CORE
def test_pool2d_channels_pools_every_picture_and_channel_on_its_own(pool2d_channels):
    import torch
    from torch.nn import functional as F

    X = 5 * torch.randn(3, 2, 7, 10)
    for size in [(2, 3), (3, 1), (1, 4), (7, 10)]:
        torch.testing.assert_close(pool2d_channels(X, size), F.max_pool2d(X, size))
        averages = pool2d_channels(X, size, mode="avg")
        torch.testing.assert_close(averages, F.avg_pool2d(X, size), rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
# CORE
def test_pool2d_channels_lets_no_padding_win_a_maximum(pool2d_channels):
    import torch
    from torch.nn import functional as F

    pictures = -7.0 - torch.rand(2, 3, 6, 5)
    for X in [pictures, 1e30 * pictures]:
        for size, padding in [((3, 2), (1, 0)), ((2, 4), (0, 2)), ((5, 3), (2, 1))]:
            expected = F.max_pool2d(X, size, padding=padding)
            torch.testing.assert_close(pool2d_channels(X, size, padding), expected)

# %%
# HIDDEN
def test_pool2d_channels_takes_pictures_that_are_not_contiguous(pool2d_channels):
    import torch
    from torch.nn import functional as F

    X = 5 * torch.randn(2, 6, 9, 3).permute(0, 3, 1, 2)
    torch.testing.assert_close(pool2d_channels(X, (2, 3)), F.max_pool2d(X, (2, 3)))
    averages = pool2d_channels(X, (3, 2), mode="avg")
    torch.testing.assert_close(averages, F.avg_pool2d(X, (3, 2)), rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
# CORE
def test_pool2d_channels_takes_padding_and_stride_for_rows_and_columns(pool2d_channels):
    import torch
    from torch.nn import functional as F

    X = 5 * torch.randn(2, 3, 9, 11)
    settings = [((3, 2), (1, 0), (2, 3)), ((2, 5), (1, 2), (3, 1)), ((4, 3), (2, 1), (1, 5))]
    for size, padding, stride in settings:
        expected = F.max_pool2d(X, size, stride, padding)
        torch.testing.assert_close(pool2d_channels(X, size, padding, stride), expected)

# %%
# HIDDEN
# CORE
def test_pool2d_channels_averages_with_padding_and_stride(pool2d_channels):
    import torch
    from torch.nn import functional as F

    X = 5 * torch.randn(2, 3, 9, 11)
    settings = [((3, 2), (1, 0), (2, 3)), ((2, 5), (1, 2), (3, 1)), ((4, 3), (2, 1), (1, 5))]
    for size, padding, stride in settings:
        got = pool2d_channels(X, size, padding=padding, stride=stride, mode="avg")
        expected = F.avg_pool2d(X, size, stride, padding)
        torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
def test_pool2d_channels_keeps_float64_and_lets_gradients_through(pool2d_channels):
    import torch
    from torch.nn import functional as F

    values = torch.randperm(3 * 2 * 5 * 8).reshape(3, 2, 5, 8).double() - 120  # no two are equal
    values[0] -= 240  # in the first picture any padding by a number above these would win
    upstream = torch.randn(3, 2, 3, 4, dtype=torch.float64)
    for mode, right in [("max", F.max_pool2d), ("avg", F.avg_pool2d)]:
        X = values.clone().requires_grad_()
        Y = right(X, (3, 2), stride=(2, 2), padding=(1, 0))
        (expected,) = torch.autograd.grad(Y, X, upstream)
        result = pool2d_channels(X, (3, 2), (1, 0), (2, 2), mode)
        torch.testing.assert_close(result.detach(), Y.detach())
        assert result.requires_grad, "The result must stay part of the graph."
        result.backward(upstream)
        assert X.grad is not None, "No gradient reaches the pictures."
        torch.testing.assert_close(X.grad, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part E · A whole network
#
# Convolutions, an activation after each, poolings between them and a perceptron at the end: that is a convolutional
# network. You build one, and let it learn.

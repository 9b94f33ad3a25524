# %% [raw]
# # BEGIN QUESTION
# name: pool2d

# %% [markdown]
# ## 10 · Maximum and average pooling (12 min)
#
# Slide a window of $p_h \times p_w$ over the image, as in `corr2d`, one step at a time. At each place take
# the largest entry, or the average of the entries:
#
# $$Y_{ij} = \max_{a<p_h,\; b<p_w} X_{i+a,\,j+b} \qquad\text{or}\qquad
# Y_{ij} = \frac{1}{p_h\, p_w} \sum_{a<p_h,\; b<p_w} X_{i+a,\,j+b}.$$
#
# **Example.** With a 2×2 window,
#
# $$\begin{pmatrix}0&1&2\\3&4&5\\6&7&8\end{pmatrix} \;\to\;
# \text{max: } \begin{pmatrix}4&5\\7&8\end{pmatrix}, \qquad
# \text{avg: } \begin{pmatrix}2&3\\5&6\end{pmatrix}.$$
#
# **Your task.** Write `pool2d(X, pool_size, mode='max')`.
#
# - `pool_size` is a pair (rows, columns). The stride is 1; the output is $(h-p_h+1) \times (w-p_w+1)$.
# - `mode` is `"max"` or `"avg"`. **Any other mode raises a `ValueError`**: a typo should be
#   reported, not answered with zeros.
# - Entries may be negative. `float64` stays `float64`, and the result lies where `X` lies, which may be a GPU.
#   Gradients flow back to `X`.
# - Do it yourself: a call of `F.max_pool2d`, `F.avg_pool2d`, `nn.MaxPool2d`, `nn.AvgPool2d` or one of their relatives
#   takes the question to 0 points.
#
# <details><summary>Hint: my output has zeros where all entries are negative</summary>
#
# Then somewhere a maximum is taken together with a 0, for example the one that `torch.zeros` put there. Take the
# maximum over the window and nothing else.
#
# <details><summary>The next line</summary>
#
# `window = X[i : i + h, …]`, and then `window.max()`.
# </details></details>
#
# <details><summary>Hint: my output is smaller than it should be</summary>
#
# This function moves its window by *one* step, not by the size of the window.
#
# <details><summary>The next line</summary>
#
# The loops run over all places: `X.shape[0] - h + 1` of them downwards.
# </details></details>
#
# <details><summary>Hint: my averages are whole multiples of what they should be</summary>
#
# A sum is not yet an average.
#
# <details><summary>The next line</summary>
#
# Divide by the number of entries of the window, or use the method that does.
# </details></details>
#
# <details><summary>Hint: an unknown mode gives zeros</summary>
#
# The mode has to be looked at before any work is done.
#
# <details><summary>The next line</summary>
#
# `if mode not in ("max", "avg"):`, and below it raise a `ValueError`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def pool2d(X: torch.Tensor, pool_size: tuple[int, int], mode: str = "max") -> torch.Tensor:
    """Pool the image X (h, w) with a window of pool_size (ph, pw) and stride 1.

    Returns (h - ph + 1, w - pw + 1). mode "max": largest entry of each window; "avg": its average; anything
    else: ValueError. Write it yourself: built-in pooling takes the question to 0 points.
    """
    # BEGIN SOLUTION
    if mode not in ("max", "avg"):
        raise ValueError(f"mode must be 'max' or 'avg', not {mode!r}")
    h, w = pool_size
    Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype, device=X.device)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i : i + h, j : j + w]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_pool2d_gives_the_examples(pool2d):
    import torch

    X = torch.arange(9.0).reshape(3, 3)
    torch.testing.assert_close(pool2d(X, (2, 2)), torch.tensor([[4.0, 5.0], [7.0, 8.0]]))
    torch.testing.assert_close(pool2d(X, (2, 2), "max"), torch.tensor([[4.0, 5.0], [7.0, 8.0]]))
    torch.testing.assert_close(pool2d(X, (2, 2), "avg"), torch.tensor([[2.0, 3.0], [5.0, 6.0]]))

# %%
# CORE
def test_pool2d_refuses_other_modes(pool2d):
    import torch

    for mode in ["median", "sum", "mean"]:
        try:
            pool2d(torch.arange(6.0).reshape(2, 3), (2, 2), mode)
            answer = "no error"
        except ValueError:
            continue
        except (LookupError, NameError, TypeError, AssertionError):
            answer = "another error"
        raise AssertionError(f"A mode such as {mode!r} must raise a ValueError; there was {answer}.")

# %%
def test_pool2d_keeps_float64(pool2d):
    import torch

    X = torch.tensor([[1.0, -2.0, 0.1], [0.3, -7.0, -1.0]], dtype=torch.float64)
    maxima = torch.tensor([[1.0, -2.0, 0.1]], dtype=torch.float64)
    torch.testing.assert_close(pool2d(X, (2, 1), mode="max"), maxima)
    averages = torch.tensor([[-0.9 / 3], [-7.7 / 3]], dtype=torch.float64)
    torch.testing.assert_close(pool2d(X, (1, 3), mode="avg"), averages)
    attached = pool2d(X.clone().requires_grad_(), (2, 1)).requires_grad
    assert attached, "No gradient reaches the image: the result must stay part of the graph."

# %%
# HIDDEN
def test_pool2d_refuses_modes_that_look_alike(pool2d):
    import torch

    for mode in ["maximum", "average", "a", ""]:
        try:
            pool2d(torch.arange(6.0).reshape(2, 3), (2, 2), mode)
        except ValueError:
            continue
        raise AssertionError("A mode other than 'max' and 'avg' must raise a ValueError.")

# %%
# HIDDEN
# CORE
def test_pool2d_takes_the_largest_entry_for_any_shape(pool2d):
    import torch
    from torch.nn import functional as F

    for image, size in [((5, 8), (2, 4)), ((7, 4), (4, 1)), ((4, 6), (1, 1)), ((3, 5), (3, 5))]:
        X = 5 * torch.randn(image)
        torch.testing.assert_close(pool2d(X, size), F.max_pool2d(X[None], size, stride=1)[0])

# %%
# HIDDEN
# CORE
def test_pool2d_finds_the_maximum_of_negative_entries(pool2d):
    import torch
    from torch.nn import functional as F

    X = -7.0 - torch.rand(6, 4)
    torch.testing.assert_close(pool2d(X, (3, 2), "max"), F.max_pool2d(X[None], (3, 2), stride=1)[0])

# %%
# HIDDEN
# CORE
def test_pool2d_averages_for_any_shape(pool2d):
    import torch
    from torch.nn import functional as F

    for image, size in [((5, 8), (2, 4)), ((7, 4), (4, 1)), ((4, 6), (1, 1)), ((3, 5), (3, 5))]:
        X = 5 * torch.randn(image)
        expected = F.avg_pool2d(X[None], size, stride=1)[0]
        torch.testing.assert_close(pool2d(X, size, mode="avg"), expected, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
def test_pool2d_takes_images_of_any_layout_and_device(pool2d, judge):
    import torch
    from torch.nn import functional as F

    X = torch.randn(7, 5, dtype=torch.float64).t()
    X[:2, :3] -= 9  # in the first window no entry is positive
    torch.testing.assert_close(pool2d(X, (2, 3)), F.max_pool2d(X[None], (2, 3), stride=1)[0])
    torch.testing.assert_close(pool2d(X, (2, 3), "avg"), F.avg_pool2d(X[None], (2, 3), stride=1)[0])
    message = "The result must lie on the device of X: what you make beside X must lie there, too."
    assert judge.keeps_device(pool2d, X, (2, 3)), message

# %%
# HIDDEN
# CORE
def test_pool2d_has_the_right_gradients(pool2d):
    import torch
    from torch.nn import functional as F

    values = torch.randperm(35).reshape(5, 7).double() - 20  # no two are equal
    values[:2, :3] -= 40  # in the first window no entry is positive
    upstream = torch.randperm(20).reshape(4, 5).double() - 9.5  # exact in float32, too: dtypes are another test's
    for mode, right in [("max", F.max_pool2d), ("avg", F.avg_pool2d)]:
        X = values.clone().requires_grad_()
        (expected,) = torch.autograd.grad(right(X[None], (2, 3), stride=1)[0], X, upstream)
        result = pool2d(X, (2, 3), mode)
        assert result.requires_grad, "The result must stay part of the graph."
        assert result.shape == upstream.shape, "The result has the wrong shape."
        result.backward(upstream)
        assert X.grad is not None, "No gradient reaches the image."
        torch.testing.assert_close(X.grad, expected)

# %%
# HIDDEN
# RULE
def test_pool2d_is_not_a_built_in_pooling(pool2d, judge):
    import torch

    for mode in ["max", "avg"]:
        X = torch.rand(5, 6)
        windows = X.unfold(0, 2, 1).unfold(1, 3, 1)
        watched = judge.watch(pool2d, X, (2, 3), mode)
        expected = windows.amax(dim=(2, 3)) if mode == "max" else windows.mean(dim=(2, 3))
        torch.testing.assert_close(watched.value, expected)  # it is the answer that was watched
        assert not any("pool" in name for name in watched.calls), (
            "Write the pooling yourself: F.max_pool2d, F.avg_pool2d, nn.MaxPool2d, nn.AvgPool2d and their "
            "relatives take the question to 0 points."
        )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### What pooling does to a shifted edge
#
# Both rows below show the same edge; in the second one it has moved by one pixel. The edge detector's answer moves with
# it, from column 3 to column 4: *equivariance*. After maximum pooling over two columns there is a column, number 3,
# in which both answer: a small shift no longer matters there. This is a first bit of *invariance*.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(2, 3, figsize=(11, 4.4), sharex=True)  # so that equal columns stand below each other
for axis_row, position in zip(axes, [4, 5]):
    shifted = torch.ones(3, 9)
    shifted[:, position:] = 0
    found = corr2d(shifted, torch.tensor([[1.0, -1.0]]))
    steps = {
        f"edge at column {position}": shifted,
        "corr2d with (1, −1)": found,
        "pool2d over (1, 2)": pool2d(found, (1, 2)),
    }
    for ax, (title, values) in zip(axis_row, steps.items()):
        ax.imshow(values, cmap="Blues", vmin=0, vmax=1.6)
        ax.set(title=title, xlim=(-0.5, 8.5), xticks=range(9), yticks=[])
        ax.tick_params(labelbottom=True)
plt.tight_layout()
print("In the picture: two rows for an edge at column 4 and at column 5. The detector answers in column 3 and in column 4;\n"
      "after pooling in columns 2 and 3, and in 3 and 4.")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: corr2d_1x1

# %% [markdown]
# ## 9 · The 1×1 convolution (12 min)
#
# A 1×1 kernel looks at a single pixel: no neighbours, no edges. What is left is the mixing of *channels*.
# At each pixel it computes $o$ sums of the $c$ input channels, with the same weights everywhere. That is a
# fully connected layer, applied to every pixel:
#
# $$Y_{j,\,\text{pixel}} = \sum_{i=0}^{c-1} W_{ji}\, X_{i,\,\text{pixel}}, \qquad W_{ji} = K_{j,i,0,0}.$$
#
# So it is one matrix product: $W$, of shape $(o, c)$, times the image written as a matrix with one row per
# channel and one column per pixel, $(c, h \cdot w)$. Networks use it to change the number of channels
# cheaply.
#
# **Example.** The weights $W = \begin{pmatrix}1&10\\-1&0\\2&-1\end{pmatrix}$ turn the pixel $(5, 3)$ into
# $(35, -5, 7)$.
#
# **Your task.** Write `corr2d_1x1(X, K)` for $X$ of $(c, h, w)$ and $K$ of $(o, c, 1, 1)$; the result is $(o, h, w)$. A
# Python loop or comprehension, a call of `corr2d` or of your other functions built on it, or of a built-in
# convolution takes the question to 0 points.
#
# <details><summary>Hint: the shape is right, but the numbers are not</summary>
#
# `reshape` reads the numbers in their order in memory and cuts that list anew. An image $(c, h, w)$ stores
# one channel after the other. As what matrix can you read it without mixing channels and pixels: as $(c, h
# w)$ or as $(h w, c)$?
#
# <details><summary>The next line</summary>
#
# With `c, h, w = X.shape`, the second factor is `X.reshape(…, …)`, with one row per channel.
# </details></details>
#
# <details><summary>Hint: "view size is not compatible with input tensor's size and stride"</summary>
#
# `view` only relabels memory. `reshape` copies where `view` cannot.
#
# <details><summary>The next line</summary>
#
# Write `reshape` wherever `view` stands: for `X`, for `K`, and for the result.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def corr2d_1x1(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Convolve X (c, h, w) with 1x1 kernels K (o, c, 1, 1) by a matrix product.

    Returns (o, h, w). No loop, no `corr2d…`, no `F.conv2d` or `nn.Conv2d`.
    """
    # BEGIN SOLUTION
    c, h, w = X.shape
    o = K.shape[0]
    Y = K.reshape(o, c) @ X.reshape(c, h * w)
    return Y.reshape(o, h, w)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_corr2d_1x1_mixes_the_channels_of_one_pixel(corr2d_1x1):
    import torch

    X = torch.tensor([5.0, 3.0]).reshape(2, 1, 1)
    K = torch.tensor([[1.0, 10.0], [-1.0, 0.0], [2.0, -1.0]]).reshape(3, 2, 1, 1)
    torch.testing.assert_close(corr2d_1x1(X, K), torch.tensor([35.0, -5.0, 7.0]).reshape(3, 1, 1))

# %%
# CORE
def test_corr2d_1x1_keeps_pixels_in_their_places(corr2d_1x1):
    import torch

    X = torch.tensor([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[0.0, -1.0, 0.0], [7.0, 0.0, 0.5]]])
    K = torch.tensor([[10.0, 1.0], [-1.0, 2.0]]).reshape(2, 2, 1, 1)
    expected = torch.tensor([[[10.0, 19.0, 30.0], [47.0, 50.0, 60.5]], [[-1.0, -4.0, -3.0], [10.0, -5.0, -5.0]]])
    torch.testing.assert_close(corr2d_1x1(X, K), expected)
    torch.testing.assert_close(corr2d_1x1(X[:1], K[:, :1]), torch.cat([10 * X[:1], -X[:1]]))

# %%
# HIDDEN
# CORE
def test_corr2d_1x1_works_for_any_shape_and_dtype(corr2d_1x1):
    import torch
    from torch.nn import functional as F

    for outputs, inputs, size in [(4, 3, (2, 5)), (2, 5, (3, 4)), (1, 1, (6, 1)), (3, 2, (1, 7))]:
        X = torch.randn(inputs, *size, dtype=torch.float64)
        K = torch.randn(outputs, inputs, 1, 1, dtype=torch.float64)
        torch.testing.assert_close(corr2d_1x1(X, K), F.conv2d(X[None], K)[0])

# %%
# HIDDEN
def test_corr2d_1x1_takes_images_that_are_not_contiguous(corr2d_1x1):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (5, 4, 3)).float().permute(2, 1, 0)
    K = torch.randint(-9, 10, (3, 2, 1, 1)).float().transpose(0, 1)
    torch.testing.assert_close(corr2d_1x1(X, K), F.conv2d(X[None], K)[0], rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_corr2d_1x1_has_the_right_gradients(corr2d_1x1):
    import torch
    from torch.nn import functional as F

    X = torch.randn(3, 4, 5, dtype=torch.float64, requires_grad=True)
    K = torch.randn(2, 3, 1, 1, dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(2, 4, 5, dtype=torch.float64)
    expected_X, expected_K = torch.autograd.grad(F.conv2d(X[None], K)[0], (X, K), upstream)
    result = corr2d_1x1(X, K)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert K.grad is not None, "No gradient reaches the kernels."
    torch.testing.assert_close(X.grad, expected_X)
    torch.testing.assert_close(K.grad, expected_K)

# %%
# HIDDEN
# RULE
def test_corr2d_1x1_is_a_matrix_product(corr2d_1x1, judge):
    import torch

    def own_calls(corr2d_1x1, X, K):
        import sys

        own = {"corr2d", "corr2d_multi_in", "corr2d_multi_in_out", "Conv2D.forward", "padded_conv"}
        seen = []

        def watch(frame, event, argument):
            if event == "call" and frame.f_code.co_qualname in own:
                seen.append(frame.f_code.co_qualname)

        before = sys.getprofile()
        sys.setprofile(watch)
        try:
            Y = corr2d_1x1(X, K)
        finally:
            sys.setprofile(before)
        return len(seen), Y

    def expected(X, K):
        return torch.einsum("ihw,oi->ohw", X, K[:, :, 0, 0])

    X, K = torch.randn(3, 4, 5), torch.randn(2, 3, 1, 1)
    watched = judge.watch(corr2d_1x1, X, K)
    torch.testing.assert_close(watched.value, expected(X, K))  # it is the answer that was watched
    assert not any("conv" in name for name in watched.calls), (
        "Write it as a matrix product: F.conv2d, nn.Conv2d and other built-in convolutions take the "
        "question to 0 points."
    )
    seen, Y = judge.probe(own_calls, corr2d_1x1, X, K)
    torch.testing.assert_close(Y, expected(X, K))
    assert seen == 0, (
        "Write it as a matrix product: corr2d and the functions built on it take the question to 0 points."
    )
    # One matrix product takes as many steps for a large image as for a small one, also inside a helper.
    X, K = torch.randn(5, 6, 8), torch.randn(7, 5, 1, 1)
    larger = judge.watch(corr2d_1x1, X, K)
    torch.testing.assert_close(larger.value, expected(X, K))
    assert not judge.loops("corr2d_1x1") and larger.steps == watched.steps, (
        "Write it as one matrix product: a Python loop or comprehension takes the question to 0 points."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part D · Pooling
#
# A convolution tells *exactly where* an edge is. Often that is too exact: when the camera moves by one
# pixel, everything moves. **Pooling** summarises a window by one number, its largest entry or its average.
# It has no parameters to learn.

# %% [raw]
# # BEGIN QUESTION
# name: corr2d

# %% [markdown]
# ## 1 · Cross-correlation (20 min)
#
# Lay the kernel $K$ (of $k_h \times k_w$ entries) on the top left corner of the image $X$
# ($h \times w$). Multiply each entry of the kernel by the entry under it and add up: that is the first
# output. Move the kernel one column to the right and do it again, and so on, row by row:
#
# $$Y_{ij} = \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1} X_{i+a,\,j+b}\, K_{ab},
# \qquad Y \text{ has the shape } (h-k_h+1) \times (w-k_w+1).$$
#
# **Example.**
#
# $$\begin{pmatrix}0&1&2\\3&4&5\\6&7&8\end{pmatrix} \star
# \begin{pmatrix}0&1\\2&3\end{pmatrix} = \begin{pmatrix}19&25\\37&43\end{pmatrix},
# \qquad 19 = 0\cdot 0 + 1\cdot 1 + 3\cdot 2 + 4\cdot 3.$$
#
# Strictly speaking, this is a *cross-correlation*: a mathematician's convolution turns the kernel by 180°
# first. A network learns its kernel, so it can learn a turned one just as well, and deep learning calls
# this operation "convolution" all the same. **Do not turn the kernel.**
#
# **Your task.** Write `corr2d(X, K)`.
#
# - The kernel need not be square, and `X` has any shape that the kernel fits on.
# - `float64` in gives `float64` out, and the result lies where `X` lies, which may be a GPU.
# - Never round silently: an image of integers under a kernel of fractions gives the true fractions. (An
#   error for such a pair is fine too; `torch`'s own convolution raises one.)
# - Gradients flow back to `X` and to `K`.
# - Do the sliding yourself: a call of `F.conv2d`, `nn.Conv2d` or another built-in convolution takes the question to
#   0 points. Slices, `unfold` and matrix products are yours to use.
#
# <details><summary>Hint: my output has the wrong number of rows or columns</summary>
#
# In how many places does a kernel of 2 rows fit on an image of 3 rows? Compare your loop with that count, and check
# that rows go with `K.shape[0]` and columns with `K.shape[1]`.
#
# <details><summary>The next line</summary>
#
# With `h, w = K.shape`, the output has `X.shape[0] - h + 1` rows.
# </details></details>
#
# <details><summary>Hint: my output is float32 for a float64 image</summary>
#
# `torch.zeros(h, w)` is float32 unless its argument `dtype` says otherwise.
#
# <details><summary>The next line</summary>
#
# `dtype=X.dtype` will do for a start; `torch.result_type(X, K)` knows a dtype that suits both.
# </details></details>
#
# <details><summary>Hint: an image of integers gives rounded numbers</summary>
#
# An output with the dtype of the image cuts off the fractions of the kernel.
#
# <details><summary>The next line</summary>
#
# Print `torch.result_type(X, K)` for the two. The output is to have this dtype.
# </details></details>
#
# <details><summary>Hint: no gradient arrives</summary>
#
# Somewhere a tensor became a plain number (`.item()`, `float(…)`, `.data`).
#
# <details><summary>The next line</summary>
#
# `Y[i, j] = …` may be given a tensor without axes: the sum over the window times the kernel.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Return the 2-D cross-correlation of image X (h, w) with kernel K (kh, kw).

    Y[i, j] = sum over a, b of X[i + a, j + b] * K[a, b], of shape (h - kh + 1, w - kw + 1), in a dtype
    that suits both, and differentiable. Write it yourself: `F.conv2d`, `nn.Conv2d` and the other
    built-in convolutions take the question to 0 points.
    """
    # BEGIN SOLUTION
    h, w = K.shape
    dtype = torch.result_type(X, K)
    Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=dtype, device=X.device)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_corr2d_gives_the_example(corr2d):
    import torch

    X = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
    K = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
    torch.testing.assert_close(corr2d(X, K), torch.tensor([[19.0, 25.0], [37.0, 43.0]]))

# %%
def test_corr2d_keeps_float64(corr2d):
    import torch

    X = torch.tensor([[1.0, 0.3], [-2.0, 7.0], [0.1, -1.0], [4.0, 2.0]], dtype=torch.float64).t()
    K = torch.tensor([[3.0, 0.0, -1.0]], dtype=torch.float64)
    expected = torch.tensor([[2.9, -10.0], [1.9, 19.0]], dtype=torch.float64)
    torch.testing.assert_close(corr2d(X, K), expected)
    attached = corr2d(X, K.clone().requires_grad_()).requires_grad
    assert attached, "No gradient reaches the kernel: the result must stay part of the graph."

# %%
def test_corr2d_never_rounds_silently(corr2d):
    import torch

    X = torch.tensor([[1, 2, 4], [0, 3, -5]])
    K = torch.tensor([[0.5], [0.25]])
    expected = torch.tensor([[0.5, 1.75, 0.75]])
    torch.testing.assert_close(corr2d(X.float(), K), expected)
    try:
        Y = corr2d(X, K)
    except (RuntimeError, TypeError, ValueError, AssertionError):
        return  # An error is honest, rounded numbers are not.
    torch.testing.assert_close(Y.float(), expected)

# %%
# HIDDEN
# CORE
def test_corr2d_works_for_any_image_and_kernel_shape(corr2d):
    import torch
    from torch.nn import functional as F

    shapes = [((5, 8), (2, 4)), ((7, 4), (4, 1)), ((4, 6), (1, 1)), ((3, 5), (3, 5)), ((6, 9), (5, 2))]
    for image, kernel in shapes:
        X = torch.randint(-9, 10, image).float()
        K = torch.randint(-9, 10, kernel).float()
        expected = F.conv2d(X[None, None], K[None, None])[0, 0]
        torch.testing.assert_close(corr2d(X, K), expected, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_corr2d_takes_images_and_kernels_of_any_layout_and_device(corr2d, judge):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (8, 5)).float().t()
    K = torch.randint(-9, 10, (8, 3)).float().t()[:, ::2]
    expected = F.conv2d(X[None, None], K[None, None])[0, 0]
    torch.testing.assert_close(corr2d(X, K), expected, rtol=1e-4, atol=1e-2)
    message = "The result must lie on the device of X: what you make beside X must lie there, too."
    assert judge.keeps_device(corr2d, X, K), message

# %%
# HIDDEN
# CORE
def test_corr2d_has_the_right_gradients(corr2d):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (5, 7)).float().requires_grad_()
    K = torch.randint(-9, 10, (2, 3)).float().requires_grad_()
    upstream = torch.randint(-9, 10, (4, 5)).float()
    Y = F.conv2d(X[None, None], K[None, None])[0, 0]
    expected_X, expected_K = torch.autograd.grad(Y, (X, K), upstream)
    result = corr2d(X, K)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert K.grad is not None, "No gradient reaches the kernel."
    torch.testing.assert_close(X.grad, expected_X, rtol=1e-4, atol=1e-2)
    torch.testing.assert_close(K.grad, expected_K, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_corr2d_does_not_cut_integers_and_fractions_short(corr2d):
    import torch
    from torch.nn import functional as F

    integers = torch.tensor([[3, -1, 7, 2, 0], [0, 5, -8, 9, 6], [4, 4, -7, 1, -2]])
    fractions = torch.tensor([[0.5, -0.25, 0.125], [0.75, -0.5, 8.25]], dtype=torch.float64)
    pairs = [
        (integers, fractions),
        (integers / 8.0, torch.tensor([[2, -1], [0, 3]])),
        (integers, torch.tensor([[2, -1], [0, 3]])),
    ]
    for X, K in pairs:
        expected = F.conv2d(X.double()[None, None], K.double()[None, None])[0, 0]
        torch.testing.assert_close(corr2d(X.double(), K.double()), expected)
        try:
            Y = corr2d(X, K)
        except (RuntimeError, TypeError, ValueError, AssertionError):
            continue
        torch.testing.assert_close(Y.double(), expected, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
# RULE
def test_corr2d_is_not_a_built_in_convolution(corr2d, judge):
    import torch

    called = set()
    for X, K in ((torch.randn(5, 6), torch.randn(2, 3)), (torch.randn(4, 7), torch.randn(3, 1))):
        watched = judge.watch(corr2d, X, K)
        expected = (X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1) * K).sum(dim=(2, 3))
        torch.testing.assert_close(watched.value, expected)  # it is the answer that was watched
        called |= watched.calls
    assert not any("conv" in name for name in called), (
        "Write the sliding window yourself: F.conv2d, nn.Conv2d and other built-in convolutions take the "
        "question to 0 points."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### An edge and its kernel
#
# The image below is 1 on both sides, with a band of zeros between them. The kernel $(1, -1)$ subtracts from
# each pixel its right neighbour. Where both are equal, the result is 0. Where 1 turns into 0 it is $+1$, and
# where 0 turns into 1 it is $-1$. Such a kernel is an *edge detector*, for vertical edges only: in the
# transposed picture, on the right, the same edges lie flat and it sees nothing.

# %% tags=["otter_ignore"]
edge_image = torch.ones(6, 8)
edge_image[:, 2:6] = 0
edge_kernel = torch.tensor([[1.0, -1.0]])

panels = {
    "image X": edge_image,
    "kernel K": edge_kernel,
    "corr2d(X, K)": corr2d(edge_image, edge_kernel),
    "corr2d(X.t(), K)": corr2d(edge_image.t(), edge_kernel),
}
fig, axes = plt.subplots(1, 4, figsize=(11, 4), width_ratios=[8, 2, 7, 5])  # room for squares of one size
for ax, (title, values) in zip(axes, panels.items()):
    ax.imshow(values, cmap="RdBu", vmin=-2.5, vmax=2.5)  # pale, so that black figures can be read on it
    for i in range(values.shape[0]):
        for j in range(values.shape[1]):
            ax.text(j, i, f"{values[i, j] + 0:.0f}", ha="center", va="center", fontsize=8)
    ax.set(title=title, xticks=[], yticks=[])
plt.tight_layout()
print("In the picture: an image of ones with a band of zeros in columns 2 to 5; the kernel (1, -1); the result, with a column of 1\n"
      "where the band begins and one of -1 where it ends; and zeros only for the transposed image.")
plt.show()

# %% [markdown]
# ### A photograph
#
# Kernels were in use long before anybody learned them. Here are three on a photograph of Grace Hopper, who wrote the
# first compiler, made grey and small. (Your loops visit every pixel, so give them a few seconds.)
#
# - **Blur**: all 25 weights are $\frac{1}{25}$. Each pixel becomes the mean of its neighbourhood, and details go.
# - **Sobel**: the right neighbours minus the left ones, $\begin{pmatrix}-1&0&1\\-2&0&2\\-1&0&1\end{pmatrix}$. It sees
#   vertical edges: the stripes of the flag, the lapels, the side of the cap. Transposed, it sees horizontal ones.
#
# Both weigh their neighbours and add up. Only the weights differ.

# %% tags=["otter_ignore"]
with get_sample_data("grace_hopper.jpg") as file:
    photograph = torch.tensor(plt.imread(file, format="jpg")) / 255  # rows, columns, colours
grey = F.avg_pool2d(photograph.mean(dim=2)[None, 40:440, 60:460], 4)[0]  # the upper part, every 4×4 pixels made one

blur = torch.full((5, 5), 1 / 25)
sobel = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
blurred, vertical, flat = corr2d(grey, blur), corr2d(grey, sobel), corr2d(grey, sobel.t())
panels = {
    "photograph": (grey, "gray", 0, 1),
    "blur": (blurred, "gray", 0, 1),
    "Sobel: vertical edges": (vertical, "RdBu", -2, 2),
    "transposed: horizontal edges": (flat, "RdBu", -2, 2),
}
fig, axes = plt.subplots(1, 4, figsize=(12, 3.3), layout="constrained")
for ax, (title, (values, colours, low, high)) in zip(axes, panels.items()):
    ax.imshow(values, cmap=colours, vmin=low, vmax=high)
    ax.set(title=title, xticks=[], yticks=[])
print("In the picture: a portrait in a cap, four times: as it is; blurred; as vertical edges (flag, collar, sides of the cap);\n"
      "and as horizontal edges (brim, glasses, mouth, shoulders). Blue is positive, red negative.")
plt.show()

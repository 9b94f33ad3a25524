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
# # Convolution and pooling
#
# A fully connected layer does not know that a picture is a picture. It sees a long list of numbers and
# learns a separate weight for every pixel. In this assignment you build the layer that does better: the
# *convolution*. It slides one small window of weights over the whole picture, so a pattern that was
# learned in one corner is recognised in every other.
#
# **You will learn**
#
# - what a convolutional layer computes, number by number, and how its kernel is learned from data;
# - how kernel, padding and stride decide the size of the output;
# - how several input and output channels work together, and what a 1×1 convolution is good for;
# - what pooling does, and how much of the picture one output entry can see.
#
# **Time:** about 90 minutes. Thirteen questions; each one builds on those before it.

# %% [markdown]
# ## How to work
#
# 1. Replace each `...  # your code`, and the `raise` under it, by your answer. Leave names and
#    signatures as they are.
# 2. Run your cell, then the check cell below it: `grader.check("corr2d")` runs the public checks.
#    Hidden checks run after you hand in. They try other sizes, other signs and other data types.
# 3. Stuck? Each question has a hint that opens on a click, sorted by symptom.
# 4. Save the notebook and upload it.
#
# In every question the tensors that you are given stay unchanged, and `float64` in gives `float64` out.
#
# The plots between the questions use *your* functions. They are there to look at and are not graded.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ---
# # Part A · One picture, one kernel
#
# Two ideas turn a fully connected layer into a convolution:
#
# - **Translation invariance.** A cat is a cat wherever it sits. So use *the same weights* at every place.
# - **Locality.** To find out what is at a place, look at its neighbours first. So let the weights cover
#   *a small window* only.
#
# What is left of the millions of weights is one small matrix, the **kernel**.

# %% [raw]
# # BEGIN QUESTION
# name: corr2d

# %% [markdown]
# ## 1 · Cross-correlation
#
# Lay the kernel $K$ (of $k_h \times k_w$ entries) on the top left corner of the image $X$
# ($h \times w$). Multiply each entry of the kernel with the entry under it and add up: that is the first
# output. Move the kernel one column to the right and do it again, and so on, row by row:
#
# $$Y_{ij} = \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1} X_{i+a,\,j+b}\, K_{ab},
# \qquad Y \text{ has the shape } (h-k_h+1) \times (w-k_w+1).$$
#
# For example,
#
# $$\begin{pmatrix}0&1&2\\3&4&5\\6&7&8\end{pmatrix} \star
# \begin{pmatrix}0&1\\2&3\end{pmatrix} = \begin{pmatrix}19&25\\37&43\end{pmatrix},
# \qquad 19 = 0\cdot 0 + 1\cdot 1 + 3\cdot 2 + 4\cdot 3.$$
#
# Strictly speaking, this is a *cross-correlation*: a mathematician's convolution turns the kernel by 180°
# first. A network learns its kernel, so it can learn a turned one just as well, and deep learning calls
# this operation "convolution" all the same. **Do not turn the kernel.**
#
# Write `corr2d(X, K)`.
#
# - The kernel need not be square, and `X` has any shape that the kernel fits on.
# - `float64` in gives `float64` out.
# - Never round silently: an image of integers under a kernel of fractions gives the true fractions. (An
#   error for such a pair is fine too; `torch`'s own convolution raises one.)
# - Gradients flow back to `X` and to `K`.
# - Do the sliding yourself: `F.conv2d`, `nn.Conv2d` and the other built-in convolutions earn no points
#   here. Slices, `unfold` and matrix products are yours to use.
#
# <details><summary>Hint: my output has the wrong number of rows or columns</summary>
#
# In how many places does a kernel of 2 rows fit on an image of 3 rows? Compare your loop with that count,
# and check that rows go with `K.shape[0]` and columns with `K.shape[1]`.
#
# *My output is float32 for a float64 image:* `torch.zeros(h, w)` is float32 unless its argument `dtype`
# says otherwise. `torch.result_type(X, K)` knows a dtype that suits both.
#
# *No gradient arrives:* somewhere a tensor became a plain number (`.item()`, `float(…)`, `.data`).
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Return the 2-D cross-correlation of image X (h, w) with kernel K (kh, kw).

    Y[i, j] = sum over a, b of X[i + a, j + b] * K[a, b], of shape (h - kh + 1, w - kw + 1), in a dtype
    that suits both, and differentiable. Write it yourself: `F.conv2d`, `nn.Conv2d` and the other
    built-in convolutions earn no points here.
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
def test_corr2d_gives_the_example(corr2d):
    import torch

    X = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
    K = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
    torch.testing.assert_close(corr2d(X, K), torch.tensor([[19.0, 25.0], [37.0, 43.0]]))

# %%
def test_corr2d_keeps_float64(corr2d):
    import torch

    X = torch.tensor([[1.0, -2.0, 0.1, 4.0], [0.3, 7.0, -1.0, 2.0]], dtype=torch.float64)
    K = torch.tensor([[3.0, 0.0, -1.0]], dtype=torch.float64)
    expected = torch.tensor([[2.9, -10.0], [1.9, 19.0]], dtype=torch.float64)
    torch.testing.assert_close(corr2d(X, K), expected)

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
def test_corr2d_takes_images_and_kernels_that_are_not_contiguous(corr2d):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (8, 5)).float().t()
    K = torch.randint(-9, 10, (8, 3)).float().t()[:, ::2]
    expected = F.conv2d(X[None, None], K[None, None])[0, 0]
    torch.testing.assert_close(corr2d(X, K), expected, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
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
def test_corr2d_is_not_a_built_in_convolution(corr2d, judge):
    import torch

    called = judge.calls(corr2d, torch.randn(5, 6), torch.randn(2, 3))
    assert not any("conv" in name for name in called), (
        "Write the sliding window yourself: F.conv2d, nn.Conv2d and other built-in convolutions earn no "
        "points here."
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
fig, axes = plt.subplots(1, 4, figsize=(11, 3), width_ratios=[8, 2, 7, 5])
for ax, (title, values) in zip(axes, panels.items()):
    ax.imshow(values, cmap="RdBu", vmin=-1.3, vmax=1.3)
    for i in range(values.shape[0]):
        for j in range(values.shape[1]):
            ax.text(j, i, f"{values[i, j] + 0:.0f}", ha="center", va="center", fontsize=8)
    ax.set(title=title, xticks=[], yticks=[])
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: Conv2D

# %% [markdown]
# ## 2 · A convolutional layer
#
# A layer is an operation together with the parameters that it learns. A convolutional layer
# cross-correlates its input with its weight and adds one bias to every entry:
#
# $$\text{Conv2D}(X) = X \star \text{weight} + \text{bias}.$$
#
# Write the class `Conv2D(kernel_size)`. `kernel_size` is a pair such as `(3, 5)`. The layer has exactly
# two trainable parameters: `weight`, of the shape `kernel_size`, and `bias`, of the shape `(1,)`. How you
# initialise them is up to you, but each layer has its own. `forward(X)` takes one image `(h, w)` and uses
# your `corr2d`. After `conv.double()` the layer computes in `float64`.
#
# With the weight $\begin{pmatrix}0&1\\2&3\end{pmatrix}$ and the bias $-20$, the example above becomes
# $\begin{pmatrix}-1&5\\17&23\end{pmatrix}$.
#
# <details><summary>Hint: the optimizer says that my layer has no parameters</summary>
#
# A tensor that is assigned to `self.weight` is only a tensor. `nn.Parameter(…)` around it registers it
# with the module, provided that `super().__init__()` ran first.
#
# *"… object has no attribute '_parameters'", or "cannot assign parameter before Module.\_\_init\_\_()":*
# the call `super().__init__()` is missing, comes too late, or lost its brackets.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class Conv2D(nn.Module):
    """A convolutional layer for one grey image: forward(X) = corr2d(X, weight) + bias.

    Parameters: `weight` of shape kernel_size, `bias` of shape (1,).
    """

    def __init__(self, kernel_size: tuple[int, int]):
        # BEGIN SOLUTION
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Map an image (h, w) to (h - kh + 1, w - kw + 1)."""
        # BEGIN SOLUTION
        return corr2d(X, self.weight) + self.bias
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_Conv2D_has_a_weight_and_a_bias(Conv2D):
    parameters = dict(Conv2D((3, 5)).named_parameters())
    assert sorted(parameters) == ["bias", "weight"], "The layer has two parameters: weight and bias."
    assert tuple(parameters["weight"].shape) == (3, 5), "weight has the shape kernel_size."
    assert tuple(parameters["bias"].shape) == (1,), "bias has the shape (1,)."

# %%
def test_Conv2D_gives_the_example(Conv2D):
    import torch

    conv = Conv2D((2, 2))
    with torch.no_grad():
        conv.weight.copy_(torch.tensor([[0.0, 1.0], [2.0, 3.0]]))
        conv.bias.fill_(-20.0)
    X = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
    expected = torch.tensor([[-1.0, 5.0], [17.0, 23.0]])
    torch.testing.assert_close(conv(X).detach(), expected)

# %%
def test_Conv2D_computes_in_float64_after_double(Conv2D):
    import torch

    conv = Conv2D((1, 2)).double()
    with torch.no_grad():
        conv.weight.copy_(torch.tensor([[0.25, -7.0]]))
        conv.bias.fill_(0.5)
    X = torch.tensor([[1.0, 0.3, -2.0]], dtype=torch.float64)
    expected = torch.tensor([[-1.35, 14.575]], dtype=torch.float64)
    torch.testing.assert_close(conv(X).detach(), expected)

# %%
# HIDDEN
def test_Conv2D_shares_nothing_between_two_layers(Conv2D):
    import torch

    first, second = Conv2D((2, 3)), Conv2D((2, 3))
    with torch.no_grad():
        for conv, value in [(first, 2.0), (second, -1.0)]:
            conv.weight.fill_(value)
            conv.bias.fill_(value)
    X = torch.ones(3, 5)
    torch.testing.assert_close(first(X).detach(), torch.full((2, 3), 14.0))
    torch.testing.assert_close(second(X).detach(), torch.full((2, 3), -7.0))

# %%
# HIDDEN
def test_Conv2D_follows_weight_and_bias_for_any_kernel_size(Conv2D):
    import torch
    from torch.nn import functional as F

    for size in [(1, 4), (3, 2), (1, 1), (5, 3)]:
        conv = Conv2D(size)
        X = torch.randint(-9, 10, (6, 9)).float()
        weight = torch.randint(-9, 10, size).float()
        bias = torch.tensor([7.0])
        with torch.no_grad():
            conv.weight.copy_(weight)
            conv.bias.copy_(bias)
        expected = F.conv2d(X[None, None], weight[None, None], bias)[0, 0]
        torch.testing.assert_close(conv(X).detach(), expected, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_Conv2D_passes_gradients_to_weight_bias_and_image(Conv2D):
    import torch
    from torch.nn import functional as F

    conv = Conv2D((2, 3))
    X = torch.randint(-9, 10, (5, 7)).float().requires_grad_()
    weight = torch.randint(-9, 10, (2, 3)).float().requires_grad_()
    bias = torch.tensor([-3.0], requires_grad=True)
    upstream = torch.randint(-9, 10, (4, 5)).float()
    Y = F.conv2d(X[None, None], weight[None, None], bias)[0, 0]
    expected = torch.autograd.grad(Y, (X, weight, bias), upstream)
    with torch.no_grad():
        conv.weight.copy_(weight)
        conv.bias.copy_(bias)
    result = conv(X)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert conv.weight.grad is not None, "No gradient reaches the weight."
    assert conv.bias.grad is not None, "No gradient reaches the bias."
    for got, right in zip([X.grad, conv.weight.grad, conv.bias.grad], expected):
        torch.testing.assert_close(got, right, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_Conv2D_can_be_trained_with_an_optimizer(Conv2D, judge):
    def measure(Conv2D):
        import torch

        torch.manual_seed(3)
        conv = Conv2D((2, 1))
        X = torch.tensor([[1.0, -2.0, 0.5], [-1.5, 1.0, 2.0], [0.5, 0.0, -1.0]])
        Y = 2 * X[:-1] - 3 * X[1:] + 0.5
        optimizer = torch.optim.SGD(conv.parameters(), lr=0.1)
        for _ in range(300):
            optimizer.zero_grad()
            ((conv(X) - Y) ** 2).mean().backward()
            optimizer.step()
        return conv.weight.detach(), conv.bias.detach()

    import torch

    weight, bias = judge.probe(measure, Conv2D)
    torch.testing.assert_close(weight, torch.tensor([[2.0], [-3.0]]), rtol=0.05, atol=0.05)
    torch.testing.assert_close(bias, torch.tensor([0.5]), rtol=0.05, atol=0.05)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: learn_kernel

# %% [markdown]
# ## 3 · Learning a kernel
#
# Nobody designs the kernels of a network by hand. Given an image $X$ and the output $Y$ that we want, we
# can *learn* the kernel $K$: start anywhere, and walk down the squared error, summed over all entries,
#
# $$L(K) = \sum_{i,j} \big((X \star K)_{ij} - Y_{ij}\big)^2, \qquad
# K \leftarrow K - \text{lr} \cdot \nabla_K L.$$
#
# Write `learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100)` for 2-D `X` and `Y`. It takes
# `num_steps` steps of gradient descent and returns the learned kernel, a tensor of the shape
# `kernel_size`, in the dtype of `X`. There is no bias to learn. You may use your `corr2d`, or an
# `nn.Conv2d` without bias, whose inputs and outputs have the shape $(1, 1, h, w)$.
#
# The public check shows it the band from above and the edges in it. The kernel must come out as
# $(1, -1)$, to within $0.05$.
#
# <details><summary>Hint: my loss jumps around or grows</summary>
#
# Does each step start with an empty gradient? `backward()` *adds* to what is there. Does the step go
# *against* the gradient?
#
# *It is far too slow:* the loss is the sum over all entries, not their mean, and half of it
# ($\tfrac12 L$) is still fine.
#
# *"a leaf Variable that requires grad is being used in an in-place operation":* do the update inside
# `with torch.no_grad():`.
#
# *"expected m1 and m2 to have the same dtype", "Input type (double) and bias type (float)" and the like:* a
# new kernel or layer is float32 unless told otherwise: give it `dtype=X.dtype`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def learn_kernel(
    X: torch.Tensor,
    Y: torch.Tensor,
    kernel_size: tuple[int, int],
    lr: float = 3e-2,
    num_steps: int = 100,
) -> torch.Tensor:
    """Return a kernel K of shape kernel_size for which corr2d(X, K) comes close to Y.

    X is (h, w), Y is (h - kh + 1, w - kw + 1). Gradient descent on the squared error, summed over all
    entries: K <- K - lr * gradient, num_steps times. The kernel has X's dtype.
    """
    # BEGIN SOLUTION
    K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
    for _ in range(num_steps):
        loss = ((corr2d(X, K) - Y) ** 2).sum()
        (gradient,) = torch.autograd.grad(loss, K)
        with torch.no_grad():
            K -= lr * gradient
    return K.detach()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_learn_kernel_finds_the_edge_detector(learn_kernel):
    import torch

    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    Y = torch.zeros(6, 7)
    Y[:, 1] = 1
    Y[:, 5] = -1
    K = learn_kernel(X, Y, (1, 2))
    torch.testing.assert_close(K.detach(), torch.tensor([[1.0, -1.0]]), rtol=0, atol=0.05)

# %%
def test_learn_kernel_keeps_float64(learn_kernel):
    import torch

    X = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]], dtype=torch.float64)
    K = learn_kernel(X, -2 * X, (1, 1))
    torch.testing.assert_close(K.detach(), torch.tensor([[-2.0]]).double(), rtol=0, atol=0.05)

# %%
# HIDDEN
def test_learn_kernel_finds_an_upright_edge_detector_as_well(learn_kernel):
    import torch

    X = torch.ones(7, 4)
    X[3:5] = 0
    Y = torch.zeros(6, 4)
    Y[2] = -1
    Y[4] = 1
    K = learn_kernel(X, Y, (2, 1))
    torch.testing.assert_close(K.detach(), torch.tensor([[-1.0], [1.0]]), rtol=0, atol=0.05)

# %%
# HIDDEN
def test_learn_kernel_finds_any_kernel_with_a_suitable_learning_rate(learn_kernel):
    import torch
    from torch.nn import functional as F

    # The sums of squares along the six directions lie between 37 and 76: with this learning rate, steps
    # on the squared error and on half of it both converge, those with the default rate do not.
    X = torch.randn(8, 9, generator=torch.Generator().manual_seed(4))
    K = torch.tensor([[2.0, -7.0, 0.5], [-1.0, 8.0, 3.0]])
    Y = F.conv2d(X[None, None], K[None, None])[0, 0]
    learned = learn_kernel(X, Y, (2, 3), lr=0.01, num_steps=40)
    torch.testing.assert_close(learned.detach(), K, rtol=0, atol=0.05)

# %%
# HIDDEN
def test_learn_kernel_takes_num_steps_steps_and_no_more(learn_kernel):
    import torch

    # The squares of X add up to 16, so a step with this rate leaves 1/2 of the distance to the goal, or 3/4
    # with half the squared error. The goal is so far away that any sensible start counts as 0.
    X = torch.tensor([[1.0, -2.0, 0.0], [3.0, 1.0, -1.0]])
    for num_steps in [1, 3]:
        K = learn_kernel(X, 1000 * X, (1, 1), lr=1 / 64, num_steps=num_steps)
        assert K.shape == (1, 1), "The result has the wrong shape."
        left = 1 - K.item() / 1000
        assert any(abs(left - rate**num_steps) < 0.02 for rate in (1 / 2, 3 / 4)), (
            "After num_steps steps of length lr * gradient the kernel would lie elsewhere."
        )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### From noise to an edge detector
#
# Below, your function learns the edge kernel with more and more steps. Each run starts from scratch.

# %% tags=["otter_ignore"]
edge_target = torch.zeros(6, 7)
edge_target[:, 1], edge_target[:, 5] = 1, -1

fig, axes = plt.subplots(1, 5, figsize=(11, 1.6))
for ax, steps in zip(axes, [0, 2, 5, 10, 100]):
    torch.manual_seed(1)
    learned = learn_kernel(edge_image, edge_target, (1, 2), num_steps=steps).detach()
    ax.imshow(learned, cmap="RdBu", vmin=-1.3, vmax=1.3)
    for j in range(2):
        ax.text(j, 0, f"{learned[0, j]:.2f}", ha="center", va="center")
    ax.set(title=f"{steps} steps", xticks=[], yticks=[])
plt.tight_layout()
plt.show()

# %% [markdown]
# ---
# # Part B · Padding and stride
#
# Each convolution eats away the border: an 8×8 image under a 3×3 kernel leaves 6×6. **Padding** puts rows
# and columns of zeros around the image first, and so keeps the size. **Stride** moves the window by more
# than one step at a time, and so makes the output smaller on purpose.

# %% [raw]
# # BEGIN QUESTION
# name: conv_output_shape

# %% [markdown]
# ## 4 · The shape of the output
#
# Take an input of $n$ rows, a kernel of $k$ rows, a stride of $s$, and let $p$ be the number of rows added
# by padding, *top and bottom together*. The window has $n + p - k$ steps of room. It uses every $s$-th
# place, and the first one always counts:
#
# $$\left\lfloor \frac{n - k + p + s}{s} \right\rfloor .$$
#
# The same holds for columns. An 8×8 image, a 3×3 kernel and $p = (2, 2)$ give 8×8; with stride 2 they give
# 4×4. Mind the two ways to count: `nn.Conv2d(…, padding=1)` adds one row on *each* side, which is
# $p = 2$ here.
#
# Write `conv_output_shape(n, k, p=(0, 0), s=(1, 1))`. All four are pairs (rows, columns); so is the
# result.
#
# <details><summary>Hint: my result is a bit too large, or a fraction</summary>
#
# A window that does not fit entirely is not used: round *down*. In Python, `//` does that for you.
#
# *Too large by p:* `p` is the total already. Do not double it.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def conv_output_shape(
    n: tuple[int, int],
    k: tuple[int, int],
    p: tuple[int, int] = (0, 0),
    s: tuple[int, int] = (1, 1),
) -> tuple[int, int]:
    """Return the output shape (rows, columns) of a convolution.

    n: input shape, k: kernel shape, p: rows and columns added *in total*, s: stride.
    floor((n - k + p + s) / s), for rows and for columns.
    """
    # BEGIN SOLUTION
    rows = (n[0] - k[0] + p[0] + s[0]) // s[0]
    columns = (n[1] - k[1] + p[1] + s[1]) // s[1]
    return rows, columns
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_conv_output_shape_keeps_the_size_with_the_right_padding(conv_output_shape):
    shape = tuple(conv_output_shape((8, 8), (3, 3), (2, 2)))
    assert shape == (8, 8), "An 8×8 image, a 3×3 kernel and p = (2, 2) give (8, 8)."

# %%
def test_conv_output_shape_gives_the_examples_with_stride(conv_output_shape):
    shape = tuple(conv_output_shape((8, 8), (3, 3), (2, 2), (2, 2)))
    assert shape == (4, 4), "An 8×8 image, a 3×3 kernel, p = (2, 2) and stride (2, 2) give (4, 4)."
    shape = tuple(conv_output_shape((8, 9), (3, 5), (0, 2), (3, 2)))
    assert shape == (2, 4), "An 8×9 image, a 3×5 kernel, p = (0, 2) and stride (3, 2) give (2, 4)."

# %%
# HIDDEN
def test_conv_output_shape_needs_neither_padding_nor_stride(conv_output_shape):
    assert tuple(conv_output_shape((9, 14), (2, 5))) == (8, 10), "Without padding and stride: n - k + 1."
    assert tuple(conv_output_shape((4, 7), (4, 7))) == (1, 1), "A kernel as large as the image fits once."

# %%
# HIDDEN
def test_conv_output_shape_agrees_with_a_real_convolution(conv_output_shape):
    import torch
    from torch import nn

    for n in [(11, 17), (10, 16), (9, 20)]:
        for k in [(3, 4), (5, 2)]:
            for padding in [(0, 1), (2, 0), (1, 3)]:
                for s in [(2, 3), (3, 5), (4, 1)]:
                    conv = nn.Conv2d(1, 1, k, stride=s, padding=padding)
                    right = tuple(conv(torch.zeros(1, 1, *n)).shape[2:])
                    total = (2 * padding[0], 2 * padding[1])
                    got = tuple(conv_output_shape(n, k, total, s))
                    assert got == right, "The shape differs from that of a real convolution."

# %%
# HIDDEN
def test_conv_output_shape_takes_an_odd_number_of_padded_rows(conv_output_shape):
    assert tuple(conv_output_shape((7, 12), (4, 2), (3, 1))) == (7, 12), "p is the total that is added."
    assert tuple(conv_output_shape((6, 13), (3, 4), (1, 5), (3, 2))) == (2, 8), "p is the total."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Where the windows lie
#
# Below, an 8×8 image is cut into 3×3 windows: as it is on the left, padded by one zero on each side (grey) in
# the other two panels. Dots mark the centres of the windows: one dot is one output entry. The first two
# windows of the top row are framed in red.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 3, figsize=(11, 3.9))
for ax, padding, stride in zip(axes, [0, 1, 1], [1, 1, 2]):
    ax.add_patch(plt.Rectangle((-padding, -padding), 8 + 2 * padding, 8 + 2 * padding, color="0.85"))
    ax.add_patch(plt.Rectangle((0, 0), 8, 8, color="#cfe3f5"))
    for line in range(-padding, 9 + padding):
        ax.plot([line, line], [-padding, 8 + padding], color="white", lw=1)
        ax.plot([-padding, 8 + padding], [line, line], color="white", lw=1)
    total = (2 * padding, 2 * padding)
    rows, columns = conv_output_shape((8, 8), (3, 3), total, (stride, stride))
    for i in range(rows):
        for j in range(columns):
            ax.plot(j * stride - padding + 1.5, i * stride - padding + 1.5, "o", color="#1f5fa5", ms=5)
    ax.add_patch(plt.Rectangle((-padding, -padding), 3, 3, fill=False, ec="#d1495b", lw=2))
    if columns > 1:
        corner = (stride - padding, -padding)
        ax.add_patch(plt.Rectangle(corner, 3, 3, fill=False, ec="#d1495b", lw=2, ls=":"))
    ax.set(xlim=(-1.2, 9.2), ylim=(9.2, -1.2), aspect="equal", xticks=[], yticks=[])
    ax.set_title(f"p = {total}, stride {stride}: {rows}×{columns}")
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: padded_conv

# %% [markdown]
# ## 5 · Running a real layer on one image
#
# PyTorch's own layer, `nn.Conv2d`, knows padding and stride, but it wants *batches of images with
# channels*: four axes, (examples, channels, height, width). We have one grey image with two axes.
#
# Write `padded_conv(X, conv)`: run the given `nn.Conv2d(1, 1, …)` on the image `X` of shape $(h, w)$ and
# return its output as an image again, with two axes. The output may have any size, also a single row, and
# the layer any setting that `nn.Conv2d` knows: a stride, a dilation, no bias.
#
# For example, the kernel $(1, -1)$ with the bias 10 and one column of padding on the left and on the right
# turns $\begin{pmatrix}1&2&3\\4&5&6\end{pmatrix}$ into
# $\begin{pmatrix}9&9&9&13\\6&9&9&16\end{pmatrix}$.
#
# <details><summary>Hint: "Expected 3D (unbatched) or 4D (batched) input"</summary>
#
# Give `X` the missing axes of length 1 before you call `conv`, and take the same axes off afterwards.
#
# *An output of one row loses that axis as well:* `squeeze()` without an argument drops *every* axis of
# length 1. Name the axes that you mean.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def padded_conv(X: torch.Tensor, conv: nn.Conv2d) -> torch.Tensor:
    """Return conv's output for the image X (h, w) as an image (h', w').

    `conv` is an `nn.Conv2d` with one input and one output channel. Its other settings may be anything.
    """
    # BEGIN SOLUTION
    Y = conv(X.reshape((1, 1) + X.shape))
    return Y.reshape(Y.shape[2:])
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_padded_conv_gives_the_example(padded_conv):
    import torch
    from torch import nn

    conv = nn.Conv2d(1, 1, kernel_size=(1, 2), padding=(0, 1))
    with torch.no_grad():
        conv.weight.copy_(torch.tensor([[[[1.0, -1.0]]]]))
        conv.bias.fill_(10.0)
    X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    expected = torch.tensor([[9.0, 9.0, 9.0, 13.0], [6.0, 9.0, 9.0, 16.0]])
    torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
def test_padded_conv_returns_two_axes_even_for_a_single_row_or_column(padded_conv):
    import torch
    from torch import nn

    for size in [(3, 2), (2, 7), (3, 7)]:
        conv = nn.Conv2d(1, 1, kernel_size=size)
        X = torch.randn(3, 7)
        expected = conv(X[None, None])[0, 0].detach()
        assert padded_conv(X, conv).dim() == 2, "The output has two axes, whatever their lengths."
        torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
def test_padded_conv_works_with_any_kernel_padding_and_stride(padded_conv):
    import torch
    from torch import nn

    settings = [((3, 3), (1, 1), (1, 1)), ((5, 3), (2, 1), (2, 3)), ((3, 5), (0, 1), (3, 4))]
    for size, padding, stride in settings:
        conv = nn.Conv2d(1, 1, size, padding=padding, stride=stride).double()
        X = torch.randn(8, 11, dtype=torch.float64)
        expected = conv(X[None, None])[0, 0].detach()
        torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
def test_padded_conv_follows_all_settings_of_the_layer(padded_conv):
    import torch
    from torch import nn

    layers = [
        nn.Conv2d(1, 1, (2, 3), bias=False),
        nn.Conv2d(1, 1, (3, 2), dilation=(2, 3)),
        nn.Conv2d(1, 1, (3, 5), padding="same"),
    ]
    X = torch.randn(11, 8).t()
    for conv in layers:
        expected = conv(X[None, None])[0, 0].detach()
        torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
def test_padded_conv_lets_gradients_through(padded_conv):
    import torch
    from torch import nn

    conv = nn.Conv2d(1, 1, kernel_size=(2, 3), padding=(1, 0), stride=(2, 1)).double()
    X = torch.randn(5, 6, dtype=torch.float64, requires_grad=True)
    Y = conv(X[None, None])[0, 0]
    upstream = torch.randn(Y.shape, dtype=torch.float64)
    expected = torch.autograd.grad(Y, (X, conv.weight), upstream)
    result = padded_conv(X, conv)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert conv.weight.grad is not None, "No gradient reaches the weight of the layer."
    torch.testing.assert_close(X.grad, expected[0])
    torch.testing.assert_close(conv.weight.grad, expected[1])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part C · Channels
#
# A colour picture has three values per pixel: it is a tensor of shape $(c, h, w)$ with $c = 3$
# **channels**. Inside a network the channels no longer are colours. Each one is a map of *where
# something was found*: an edge here, a corner there.

# %% [raw]
# # BEGIN QUESTION
# name: corr2d_multi_in

# %% [markdown]
# ## 6 · Several input channels
#
# Each input channel gets a kernel of its own. So the kernel has the shape $(c, k_h, k_w)$. Cross-correlate
# channel by channel and add the results:
#
# $$Y = \sum_{i=0}^{c-1} X_i \star K_i .$$
#
# For example, with two channels,
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
# Write `corr2d_multi_in(X, K)`. Use your `corr2d`.
#
# <details><summary>Hint: my numbers are too small, or one axis too many</summary>
#
# Compute the two channels on their own: 19 and 37. Which of them do you see in your result? If you see both
# side by side, the sum is missing. If you see the wrong second number, look at which kernel your loop
# really uses: `for x, k in zip(X, K)` gives you one channel and *its* kernel.
# </details>

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

# %% [raw]
# # BEGIN QUESTION
# name: corr2d_multi_in_out

# %% [markdown]
# ## 7 · Several output channels
#
# One kernel finds one kind of thing. To find $o$ kinds of things, use $o$ kernels. The weights of a
# convolutional layer therefore have four axes, $(o, c, k_h, k_w)$, and the output has three,
# $(o,\, h-k_h+1,\, w-k_w+1)$: one map for each kernel.
#
# $$Y_j = \text{corr2d\_multi\_in}(X,\, K_j), \qquad j = 0, \dots, o-1.$$
#
# Take $X$ and $K$ of the last example, and the three kernels $K$, $K+1$ and $K+2$. The three maps are
#
# $$\begin{pmatrix}56&72\\104&120\end{pmatrix},\;
# \begin{pmatrix}76&100\\148&172\end{pmatrix},\;
# \begin{pmatrix}96&128\\192&224\end{pmatrix}.$$
#
# Write `corr2d_multi_in_out(X, K)`.
#
# <details><summary>Hint: the right numbers are there, but the shape is not</summary>
#
# `torch.stack` makes a new axis and its second argument says where. The *first* axis of the result counts
# the kernels. (`torch.cat` makes no new axis.)
#
# *There is one map only:* loop over the kernels, not over the channels of the image.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def corr2d_multi_in_out(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlate X (c, h, w) with each of the o kernels in K (o, c, kh, kw).

    Returns (o, h - kh + 1, w - kw + 1).
    """
    # BEGIN SOLUTION
    return torch.stack([corr2d_multi_in(X, k) for k in K], 0)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_corr2d_multi_in_out_gives_the_example(corr2d_multi_in_out):
    import torch

    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)]).double()
    K = torch.tensor([[[0.0, 1.0], [2.0, 3.0]], [[1.0, 2.0], [3.0, 4.0]]]).double()
    expected = torch.tensor(
        [
            [[56.0, 72.0], [104.0, 120.0]],
            [[76.0, 100.0], [148.0, 172.0]],
            [[96.0, 128.0], [192.0, 224.0]],
        ]
    ).double()
    torch.testing.assert_close(corr2d_multi_in_out(X, torch.stack([K, K + 1, K + 2])), expected)

# %%
# HIDDEN
def test_corr2d_multi_in_out_works_for_any_number_of_channels(corr2d_multi_in_out):
    import torch
    from torch.nn import functional as F

    for outputs, inputs, size in [(2, 3, (2, 4)), (1, 2, (3, 1)), (4, 1, (1, 2)), (5, 2, (1, 1))]:
        X = torch.randint(-9, 10, (inputs, 4, 7)).float()
        K = torch.randint(-9, 10, (outputs, inputs, *size)).float()
        expected = F.conv2d(X[None], K)[0]
        torch.testing.assert_close(corr2d_multi_in_out(X, K), expected, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_corr2d_multi_in_out_keeps_float64(corr2d_multi_in_out):
    import torch
    from torch.nn import functional as F

    X = torch.randn(2, 5, 8, dtype=torch.float64)
    K = torch.randn(3, 2, 2, 3, dtype=torch.float64)
    torch.testing.assert_close(corr2d_multi_in_out(X, K), F.conv2d(X[None], K)[0])

# %%
# HIDDEN
def test_corr2d_multi_in_out_has_the_right_gradients(corr2d_multi_in_out):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (2, 4, 6)).float().requires_grad_()
    K = torch.randint(-9, 10, (5, 2, 2, 3)).float().requires_grad_()
    upstream = torch.randint(-9, 10, (5, 3, 4)).float()
    Y = F.conv2d(X[None], K)[0]
    expected_X, expected_K = torch.autograd.grad(Y, (X, K), upstream)
    result = corr2d_multi_in_out(X, K)
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

# %% [markdown]
# ### Why one channel is not enough
#
# The picture below has a red disc, a green disc and a grey one. Kernel 0 looks for edges in all three
# colours alike: left edges come out blue, right ones red, and it finds all three discs. Kernel 1 adds the
# edges in red and subtracts those in green: it tells the red disc from the green one, and it does not see
# the grey disc at all. No single channel could say both.

# %% tags=["otter_ignore"]
row, column = torch.meshgrid(torch.arange(24), torch.arange(60), indexing="ij")
discs = [((row - 12) ** 2 + (column - centre) ** 2 < 64).float() for centre in (11, 30, 49)]
red, green, grey = discs
picture = torch.stack([red + 0.6 * grey, green + 0.6 * grey, 0.6 * grey])
left_edge = torch.tensor([[-1.0, 1.0]])
kernels = torch.stack(
    [torch.stack([left_edge, left_edge, left_edge]) / 3, torch.stack([left_edge, -left_edge, 0 * left_edge])]
)
maps = corr2d_multi_in_out(picture, kernels)

fig, axes = plt.subplots(1, 3, figsize=(11, 2))
axes[0].imshow(picture.permute(1, 2, 0))
for ax, values in zip(axes[1:], maps):
    ax.imshow(values, cmap="RdBu", vmin=-1, vmax=1)
for ax, title in zip(axes, ["three channels in", "kernel 0: edges in all colours", "kernel 1: red − green"]):
    ax.set(title=title, xticks=[], yticks=[])
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: corr2d_1x1

# %% [markdown]
# ## 8 · The 1×1 convolution
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
# For example, the weights $W = \begin{pmatrix}1&10\\-1&0\\2&-1\end{pmatrix}$ turn the pixel $(5, 3)$ into
# $(35, -5, 7)$.
#
# Write `corr2d_1x1(X, K)` for $X$ of $(c, h, w)$ and $K$ of $(o, c, 1, 1)$; the result is $(o, h, w)$. No
# Python loop or comprehension, and neither `corr2d`, your other functions built on it, nor a built-in
# convolution.
#
# <details><summary>Hint: the shape is right, but the numbers are not</summary>
#
# `reshape` reads the numbers in their order in memory and cuts that list anew. An image $(c, h, w)$ stores
# one channel after the other. As what matrix can you read it without mixing channels and pixels: as
# $(c, h w)$ or as $(h w, c)$?
#
# *"view size is not compatible with input tensor's size and stride":* `reshape` copies where `view` cannot.
# </details>

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
def test_corr2d_1x1_mixes_the_channels_of_one_pixel(corr2d_1x1):
    import torch

    X = torch.tensor([5.0, 3.0]).reshape(2, 1, 1)
    K = torch.tensor([[1.0, 10.0], [-1.0, 0.0], [2.0, -1.0]]).reshape(3, 2, 1, 1)
    torch.testing.assert_close(corr2d_1x1(X, K), torch.tensor([35.0, -5.0, 7.0]).reshape(3, 1, 1))

# %%
def test_corr2d_1x1_keeps_pixels_in_their_places(corr2d_1x1):
    import torch

    X = torch.tensor([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[0.0, -1.0, 0.0], [7.0, 0.0, 0.5]]])
    K = torch.tensor([10.0, 1.0]).reshape(1, 2, 1, 1)
    expected = torch.tensor([[[10.0, 19.0, 30.0], [47.0, 50.0, 60.5]]])
    torch.testing.assert_close(corr2d_1x1(X, K), expected)

# %%
# HIDDEN
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
def test_corr2d_1x1_is_a_matrix_product(corr2d_1x1, judge):
    import torch

    def count(corr2d_1x1, X, K):
        import sys

        from torch.overrides import TorchFunctionMode

        own = {"corr2d", "corr2d_multi_in", "corr2d_multi_in_out", "Conv2D.forward", "padded_conv"}
        seen = {"torch": 0, "own": 0}

        class Counter(TorchFunctionMode):
            def __torch_function__(self, function, types, args=(), kwargs=None):
                seen["torch"] += 1
                return function(*args, **(kwargs or {}))

        def watch(frame, event, argument):
            if event == "call" and frame.f_code.co_qualname in own:
                seen["own"] += 1

        before = sys.getprofile()
        sys.setprofile(watch)
        try:
            with Counter():
                corr2d_1x1(X, K)
        finally:
            sys.setprofile(before)
        return seen

    X, K = torch.randn(3, 4, 5), torch.randn(2, 3, 1, 1)
    called = judge.calls(corr2d_1x1, X, K)
    assert not any("conv" in name for name in called), (
        "Write it as a matrix product: F.conv2d, nn.Conv2d and other built-in convolutions earn no points "
        "here."
    )
    seen = judge.probe(count, corr2d_1x1, X, K)
    assert seen["own"] == 0, (
        "Write it as a matrix product: corr2d and the functions built on it earn no points here."
    )
    # One matrix product takes as many calls for a large image as for a small one, also inside a helper.
    larger = judge.probe(count, corr2d_1x1, torch.randn(5, 6, 8), torch.randn(7, 5, 1, 1))
    assert not judge.loops("corr2d_1x1") and larger["torch"] == seen["torch"], (
        "Write it as one matrix product: a Python loop or comprehension earns no points here."
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

# %% [raw]
# # BEGIN QUESTION
# name: pool2d

# %% [markdown]
# ## 9 · Maximum and average pooling
#
# Slide a window of $p_h \times p_w$ over the image, as in `corr2d`, one step at a time. In each place take
# the largest entry, or the average of the entries:
#
# $$Y_{ij} = \max_{a<p_h,\; b<p_w} X_{i+a,\,j+b} \qquad\text{or}\qquad
# Y_{ij} = \frac{1}{p_h\, p_w} \sum_{a<p_h,\; b<p_w} X_{i+a,\,j+b}.$$
#
# For example, with a 2×2 window,
#
# $$\begin{pmatrix}0&1&2\\3&4&5\\6&7&8\end{pmatrix} \;\to\;
# \text{max: } \begin{pmatrix}4&5\\7&8\end{pmatrix}, \qquad
# \text{avg: } \begin{pmatrix}2&3\\5&6\end{pmatrix}.$$
#
# Write `pool2d(X, pool_size, mode='max')`.
#
# - `pool_size` is a pair (rows, columns). The stride is 1; the output is $(h-p_h+1) \times (w-p_w+1)$.
# - `mode` is `"max"` or `"avg"`. **Any other mode raises a `ValueError`**: a typing error should be
#   heard, not answered with zeros.
# - Entries may be negative. `float64` stays `float64`. Gradients flow back to `X`.
# - Do it yourself: `F.max_pool2d`, `F.avg_pool2d`, `nn.MaxPool2d`, `nn.AvgPool2d` and their relatives earn
#   no points here.
#
# <details><summary>Hint: my output has zeros where all entries are negative</summary>
#
# Then somewhere a maximum is taken together with a 0, for example the one that `torch.zeros` put there.
# Take the maximum over the window and nothing else.
#
# *My output is smaller than it should be:* this function moves its window by *one* step, not by the size of
# the window.
#
# *My averages are whole multiples of what they should be:* a sum is not yet an average.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def pool2d(X: torch.Tensor, pool_size: tuple[int, int], mode: str = "max") -> torch.Tensor:
    """Pool the image X (h, w) with a window of pool_size (ph, pw) and stride 1.

    Returns (h - ph + 1, w - pw + 1). mode "max": largest entry of each window; "avg": its average; anything
    else: ValueError. Write it yourself: built-in pooling earns no points here.
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
def test_pool2d_gives_the_examples(pool2d):
    import torch

    X = torch.arange(9.0).reshape(3, 3)
    torch.testing.assert_close(pool2d(X, (2, 2)), torch.tensor([[4.0, 5.0], [7.0, 8.0]]))
    torch.testing.assert_close(pool2d(X, (2, 2), "max"), torch.tensor([[4.0, 5.0], [7.0, 8.0]]))
    torch.testing.assert_close(pool2d(X, (2, 2), "avg"), torch.tensor([[2.0, 3.0], [5.0, 6.0]]))

# %%
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

    X = torch.tensor([[1.0, -2.0, 0.1], [0.3, 7.0, -1.0]], dtype=torch.float64)
    maxima = torch.tensor([[1.0, 7.0, 0.1]], dtype=torch.float64)
    torch.testing.assert_close(pool2d(X, (2, 1), mode="max"), maxima)
    averages = torch.tensor([[-0.9 / 3], [6.3 / 3]], dtype=torch.float64)
    torch.testing.assert_close(pool2d(X, (1, 3), mode="avg"), averages)

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
def test_pool2d_takes_the_largest_entry_for_any_shape(pool2d):
    import torch
    from torch.nn import functional as F

    for image, size in [((5, 8), (2, 4)), ((7, 4), (4, 1)), ((4, 6), (1, 1)), ((3, 5), (3, 5))]:
        X = 5 * torch.randn(image)
        torch.testing.assert_close(pool2d(X, size), F.max_pool2d(X[None], size, stride=1)[0])

# %%
# HIDDEN
def test_pool2d_finds_the_maximum_of_negative_entries(pool2d):
    import torch
    from torch.nn import functional as F

    X = -7.0 - torch.rand(6, 4)
    torch.testing.assert_close(pool2d(X, (3, 2), "max"), F.max_pool2d(X[None], (3, 2), stride=1)[0])

# %%
# HIDDEN
def test_pool2d_averages_for_any_shape(pool2d):
    import torch
    from torch.nn import functional as F

    for image, size in [((5, 8), (2, 4)), ((7, 4), (4, 1)), ((4, 6), (1, 1)), ((3, 5), (3, 5))]:
        X = 5 * torch.randn(image)
        expected = F.avg_pool2d(X[None], size, stride=1)[0]
        torch.testing.assert_close(pool2d(X, size, mode="avg"), expected, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
def test_pool2d_takes_images_that_are_not_contiguous(pool2d):
    import torch
    from torch.nn import functional as F

    X = torch.randn(7, 5, dtype=torch.float64).t()
    torch.testing.assert_close(pool2d(X, (2, 3)), F.max_pool2d(X[None], (2, 3), stride=1)[0])
    torch.testing.assert_close(pool2d(X, (2, 3), "avg"), F.avg_pool2d(X[None], (2, 3), stride=1)[0])

# %%
# HIDDEN
def test_pool2d_has_the_right_gradients(pool2d):
    import torch
    from torch.nn import functional as F

    values = torch.randperm(35).reshape(5, 7).double() - 20  # no two are equal
    upstream = torch.randn(4, 5, dtype=torch.float64)
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
def test_pool2d_is_not_a_built_in_pooling(pool2d, judge):
    import torch

    for mode in ["max", "avg"]:
        called = judge.calls(pool2d, torch.randn(5, 6), (2, 3), mode)
        assert not any("pool" in name for name in called), (
            "Write the pooling yourself: F.max_pool2d, F.avg_pool2d, nn.MaxPool2d, nn.AvgPool2d and their "
            "relatives earn no points here."
        )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### What pooling does to a shifted edge
#
# Both rows below show the same edge; in the second one it has moved by one pixel. The edge detector answers
# in two different columns. After maximum pooling over two columns there is a column in which both answer:
# a small shift no longer matters there.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(2, 3, figsize=(11, 4.4))
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
        ax.set(title=title, xticks=range(values.shape[1]), yticks=[])
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: pool2d_channels

# %% [markdown]
# ## 10 · Pooling batches, with padding and stride
#
# A real pooling layer takes a batch of pictures with channels, $(n, c, h, w)$. It pools **each channel of
# each picture on its own**, so batch and channels stay as they are. It also has a padding and a stride:
#
# - `padding` is a pair. It says how many rows are added at the top *and* at the bottom, and how many columns
#   on the left *and* on the right (*each side*, as in `nn.MaxPool2d`).
# - `stride` is a pair. Left out (`None`), it is the pool size: the windows then lie side by side.
# - The output has $\lfloor (h + 2 p - k) / s \rfloor + 1$ rows, and columns likewise.
# - **The padding never wins a maximum**, however negative the entries are: there is no picture out there.
# - In an average the padding counts as zeros, as `nn.AvgPool2d` has it by default.
#
# For example, with a 2×2 window and one row and column of padding on each side, the picture
# $\begin{pmatrix}-1&-2\\-3&-4\end{pmatrix}$ becomes
#
# $$\text{max: } \begin{pmatrix}-1&-2\\-3&-4\end{pmatrix}, \qquad
# \text{avg: } \begin{pmatrix}-0.25&-0.5\\-0.75&-1\end{pmatrix}.$$
#
# Write `pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode='max')`. You may build it on your
# `pool2d`.
#
# <details><summary>Hint: zeros appear along the border of my maxima</summary>
#
# `F.pad` pads with 0 unless you give it a `value`. Which number is never larger than any other?
#
# *Rows and columns are exchanged:* `F.pad` starts with the *last* axis: `(left, right, top, bottom)`.
#
# *How do I get a stride out of a pooling with stride 1?* It computes every window. Keep every $s$-th row and
# column of its result.
#
# *My output has one channel:* pool one picture and one channel at a time, or let the first two axes alone.
# </details>

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
def test_pool2d_channels_gives_the_example(pool2d_channels):
    import torch

    X = torch.tensor([[-1.0, -2.0], [-3.0, -4.0]]).reshape(1, 1, 2, 2)
    maxima = pool2d_channels(X, (2, 2), padding=(1, 1))
    averages = pool2d_channels(X, (2, 2), padding=(1, 1), mode="avg")
    torch.testing.assert_close(maxima, X)
    torch.testing.assert_close(averages, X / 4)
    torch.testing.assert_close(pool2d_channels(1e20 * X, (2, 2), padding=(1, 1)), 1e20 * X)

# %%
def test_pool2d_channels_lays_windows_side_by_side_unless_told(pool2d_channels):
    import torch

    X = torch.arange(24.0).reshape(1, 2, 3, 4)
    beside = torch.tensor([[[[5.0, 7.0]], [[17.0, 19.0]]]])
    torch.testing.assert_close(pool2d_channels(X, (2, 2)), beside)
    overlapping = torch.tensor([[[[5.0, 6.0, 7.0]], [[17.0, 18.0, 19.0]]]])
    torch.testing.assert_close(pool2d_channels(X, (2, 2), stride=(2, 1)), overlapping)

# %%
# HIDDEN
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
# # Part E · Looking back from the output
#
# In a deep network each layer sees a small window only. But it sees it of a layer that has itself seen a
# window. So the deeper an entry lies, the more of the picture has had a part in it.

# %% [raw]
# # BEGIN QUESTION
# name: receptive_field

# %% [markdown]
# ## 11 · The receptive field
#
# The **receptive field** of an output entry is the part of the input that can change it. Let us count in one
# dimension. Without layers, an entry sees itself: $r = 1$. A layer with a kernel of $k$ entries adds $k - 1$
# neighbours. How far apart those lie in the input depends on the layers *before* it: each stride $s$ there
# makes neighbours lie $s$ times as far apart. Hence
#
# $$r = 1 + \sum_i (k_i - 1) \prod_{j < i} s_j .$$
#
# A layer's own stride is not in its own term; it only spreads the layers that follow.
#
# For example, two layers with $k = 3$ see $1 + 2 + 2 = 5$ pixels. If the first one has stride 2, they see
# $1 + 2 + 2 \cdot 2 = 7$.
#
# Write `receptive_field(kernel_sizes, strides=None)`. Both are lists with one number per layer, from the
# input to the output. `strides=None` means that every stride is 1. Pooling layers count like
# convolutions. No layers at all give 1. Leave the two lists as they are: the caller may need them again.
#
# <details><summary>Hint: I get 9 for two layers of kernel 3</summary>
#
# Two windows of 3 that lie side by side overlap. Draw three output entries of the first layer over the input
# and count the pixels below them: each further entry adds one pixel, not three.
#
# *8 instead of 7, or 9 instead of 7, with stride 2 first:* go through the layers in order and keep two
# numbers, the field so far and the distance between neighbours. Which of them do you update first?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def receptive_field(kernel_sizes: list[int], strides: list[int] | None = None) -> int:
    """Return how many input entries one output entry of the stacked layers depends on, in one dimension.

    r = 1 + sum over layers i of (k_i - 1) * product of the strides of the layers before i.
    strides=None: every stride is 1.
    """
    # BEGIN SOLUTION
    if strides is None:
        strides = [1] * len(kernel_sizes)
    field, distance = 1, 1
    for k, s in zip(kernel_sizes, strides):
        field += (k - 1) * distance
        distance *= s
    return field
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_receptive_field_gives_the_examples(receptive_field):
    assert receptive_field([3, 3]) == 5, "Two layers with kernel 3 see 5 entries."
    assert receptive_field([3, 3], [2, 1]) == 7, "With stride 2 in the first one they see 7."

# %%
def test_receptive_field_without_layers_is_one(receptive_field):
    assert receptive_field([]) == 1, "Without layers an entry sees itself."

# %%
def test_receptive_field_leaves_its_lists_as_they_are(receptive_field):
    kernel_sizes, strides = [3, 2, 4], [2, 1, 3]
    receptive_field(kernel_sizes, strides)
    assert kernel_sizes == [3, 2, 4], "The list of kernel sizes has changed."
    assert strides == [2, 1, 3], "The list of strides has changed."

# %%
# HIDDEN
def test_receptive_field_changes_neither_list(receptive_field, judge):
    def measure(receptive_field):
        kernel_sizes, strides = [3, 2, 4], [2, 1, 3]
        receptive_field(kernel_sizes, strides)
        receptive_field(kernel_sizes)
        return kernel_sizes, strides

    kernel_sizes, strides = judge.probe(measure, receptive_field)
    assert kernel_sizes == [3, 2, 4], "The list of kernel sizes has changed."
    assert strides == [2, 1, 3], "The list of strides has changed."

# %%
# HIDDEN
def test_receptive_field_adds_up_over_different_kernels(receptive_field):
    assert receptive_field([7]) == 7, "One layer sees its kernel."
    assert receptive_field([5, 2, 4]) == 9, "Each layer adds its kernel size less one."
    assert receptive_field([1, 6, 1]) == 6, "A kernel of one entry adds nothing."
    assert receptive_field([3] * 12) == 25, "Each layer adds its kernel size less one."

# %%
# HIDDEN
def test_receptive_field_spreads_with_the_strides_before(receptive_field):
    assert receptive_field([5, 2, 5, 2], [1, 2, 1, 2]) == 16, "Strides before a layer spread its window."
    assert receptive_field([2, 3, 4], [3, 5, 2]) == 53, "Strides before a layer spread its window."
    assert receptive_field([1, 3], [4, 1]) == 9, "Strides before a layer spread its window."
    assert receptive_field([3, 2] * 6, [2, 1] * 6) == 253, "Strides before a layer spread its window."

# %%
# HIDDEN
def test_receptive_field_does_not_depend_on_the_last_stride(receptive_field):
    assert receptive_field([4], [3]) == 4, "A layer's own stride does not widen its own window."
    assert receptive_field([3, 5], [2, 7]) == 11, "A layer's own stride does not widen its own window."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Following one entry back to the picture
#
# Three layers with kernels 3, 2 and 3; the middle one has stride 2. The drawing follows one output entry
# back through the layers: every line is a weight on its way, and the blue squares are what the entry sees.

# %% tags=["otter_ignore"]
field_kernels, field_strides = [3, 2, 3], [1, 2, 1]
widths = [12]
for k, s in zip(field_kernels, field_strides):
    widths.append((widths[-1] - k) // s + 1)

fig, ax = plt.subplots(figsize=(10, 3.6))
centres = {(0, j): float(j) for j in range(widths[0])}
for layer, (k, s) in enumerate(zip(field_kernels, field_strides), start=1):
    for j in range(widths[layer]):
        below = [centres[layer - 1, j * s + a] for a in range(k)]
        centres[layer, j] = sum(below) / k
seen = {(3, 0)}
for layer in (3, 2, 1):
    k, s = field_kernels[layer - 1], field_strides[layer - 1]
    for j in [j for depth, j in sorted(seen) if depth == layer]:
        for a in range(k):
            below = (layer - 1, j * s + a)
            seen.add(below)
            ax.plot([centres[layer, j], centres[below]], [layer, layer - 1], color="#1f5fa5", lw=1)
for entry, x in centres.items():
    ax.plot(x, entry[0], "s", ms=15, color="#1f5fa5" if entry in seen else "0.85")
ax.set(xticks=[], yticks=range(4), ylim=(-0.5, 3.5))
ax.set_yticklabels(["input", "kernel 3", "kernel 2, stride 2", "kernel 3"])
ax.set_title(f"the output entry on the left sees {receptive_field(field_kernels, field_strides)} pixels")
ax.spines[:].set_visible(False)
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: lost_pixels

# %% [markdown]
# ## 12 · Pixels lost at the border
#
# A square picture of 32×32 pixels passes through convolutions with 5×5 kernels, one after the other, without
# padding and with stride 1.
#
# Fill in the dict `lost_pixels`. Its keys are the numbers of layers, `1` and `7`. Its values are **the side
# lengths of what is left** after so many layers.
#
# <details><summary>Hint: I am off by a few pixels</summary>
#
# Put the numbers of one layer into your `conv_output_shape`. How many rows does *each* layer take away?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
lost_pixels = {1: 28, 7: 4}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_lost_pixels_has_a_side_length_for_one_and_seven_layers(lost_pixels):
    assert isinstance(lost_pixels, dict), "Give a dict such as {1: …, 7: …}."
    assert set(lost_pixels) == {1, 7}, "The keys are the numbers of layers, 1 and 7."
    for side in lost_pixels.values():
        try:
            number = float(side)
        except (TypeError, ValueError, RuntimeError):
            number = None
        assert number is not None and not isinstance(side, (str, bool)), "The values are numbers."
        assert 0 <= number <= 32, "A side length lies between 0 and that of the picture."

# %%
# HIDDEN
def test_lost_pixels_is_right_after_one_layer(lost_pixels):
    assert isinstance(lost_pixels, dict) and 1 in lost_pixels, "The dict has the key 1."
    assert lost_pixels[1] == 28, "The side length after one layer is not right."

# %%
# HIDDEN
def test_lost_pixels_is_right_after_seven_layers(lost_pixels):
    assert isinstance(lost_pixels, dict) and 7 in lost_pixels, "The dict has the key 7."
    assert lost_pixels[7] == 4, "The side length after seven layers is not right."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: dense_image_weights

# %% [markdown]
# ## 13 · What all this has saved
#
# Now look back at where we started. A modest photograph of one megapixel has $10^6$ grey pixels. Suppose a
# single *fully connected* layer maps them to 1000 hidden units, which is not many for so many inputs.
#
# Give **the number of weights** of that layer as `dense_image_weights`. Biases do not count. You may write an
# expression.
#
# (For comparison: a convolutional layer with 1000 output channels and 5×5 kernels has 25,000 weights on the
# same photograph, and on any larger one.)
#
# <details><summary>Hint: I am not sure what to multiply</summary>
#
# Draw three inputs and two outputs, and a line for every weight. Count the lines, then do the same with the
# real sizes.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
dense_image_weights = 10**6 * 1000  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dense_image_weights_is_a_positive_number(dense_image_weights):
    try:
        number = float(dense_image_weights)
    except (TypeError, ValueError, RuntimeError):
        number = None
    assert number is not None and not isinstance(dense_image_weights, (str, bool)), "Give a number."
    assert number > 0, "A count of weights is positive."

# %%
# HIDDEN
def test_dense_image_weights_counts_every_pair(dense_image_weights):
    try:
        number = float(dense_image_weights)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("Give a number.") from None
    assert not isinstance(dense_image_weights, (str, bool)), "Give a number."
    assert number == 10**9, "Count one weight for each pair of a pixel and a unit."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# **Done.** Run the checks once more from the top (*Kernel → Restart & Run All*), save, and upload the
# notebook. You have built every part of a convolutional network by hand. `nn.Conv2d` and `nn.MaxPool2d` do
# the same, only faster.

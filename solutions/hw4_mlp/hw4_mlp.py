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
# # Multilayer perceptrons
#
# A linear model draws one straight line and hopes for the best. Put one layer of *hidden units* with a
# nonlinear function between input and output, and the model can bend that line into almost any shape.
# This is the multilayer perceptron, or MLP, and it is the ancestor of every network in this course.
#
# You will
#
# - write the activation functions ReLU, sigmoid, tanh and PReLU, so that they survive large inputs,
# - let autograd draw their slopes, and see where a slope dies,
# - build an MLP twice: from bare tensors, and from PyTorch's layers,
# - count its parameters, and check what you have understood.
#
# Plan about **75 minutes**. You need tensors, broadcasting and `backward()`, and nothing else.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it
#    with your answer. Keep the name and the arguments. In a quiz, replace the three dots.
# 3. Run the cell, then the check cell after it: `grader.check("relu")`. It runs the *public* tests. When
#    one fails, its message says what was expected.
# 4. Stuck? Each question has a hint. Click on it when one of its symptoms is yours.
# 5. Save the notebook and upload it. There, *hidden* tests look at more inputs: other shapes, other
#    number types, large values, gradients. Everything they ask for is said in the question.
#
# In every question a tensor that goes in must come out of the call unchanged, and `float64` in gives
# `float64` out.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ## Why a network needs activation functions
#
# Take a minibatch $\mathbf{X} \in \mathbb{R}^{n \times d}$ and stack two linear layers:
#
# $$\mathbf{H} = \mathbf{X}\mathbf{W}_1 + \mathbf{b}_1, \qquad
#   \mathbf{O} = \mathbf{H}\mathbf{W}_2 + \mathbf{b}_2 .$$
#
# This looks deeper than one layer, but multiply it out:
#
# $$\mathbf{O} = \mathbf{X}\underbrace{\mathbf{W}_1\mathbf{W}_2}_{\mathbf{W}}
#   + \underbrace{\mathbf{b}_1\mathbf{W}_2 + \mathbf{b}_2}_{\mathbf{b}} .$$
#
# It is again *one* linear layer. We paid for two and got one. The way out is a function $\sigma$ that is
# not linear, applied to each hidden unit on its own:
#
# $$\mathbf{H} = \sigma(\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1), \qquad
#   \mathbf{O} = \mathbf{H}\mathbf{W}_2 + \mathbf{b}_2 .$$
#
# Now nothing can be multiplied out. The next cell shows both facts in numbers.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
X = torch.randn(6, 4)
W1, b1, W2, b2 = torch.randn(4, 5), torch.randn(5), torch.randn(5, 3), torch.randn(3)
one_layer = X @ (W1 @ W2) + (b1 @ W2 + b2)
without = (X @ W1 + b1) @ W2 + b2
with_tanh = torch.tanh(X @ W1 + b1) @ W2 + b2
print(f"two linear layers, largest difference from one layer: {(without - one_layer).abs().max():.1e}")
print(f"with tanh in between:                                 {(with_tanh - one_layer).abs().max():.1e}")

# %% [markdown]
# ## The activation functions of this notebook
#
# Solid: the function. Dashed: its slope, which is what backpropagation multiplies by at every layer. Look
# at the slopes first. Where a dashed line lies on zero, no gradient passes, and the layers below stop
# learning.

# %% tags=["otter_ignore"]
x = torch.linspace(-6, 6, 601, requires_grad=True)
curves = {
    "ReLU": torch.relu(x),
    "sigmoid": torch.sigmoid(x),
    "tanh": torch.tanh(x),
    r"PReLU, $\alpha = 0.25$": torch.where(x > 0, x, 0.25 * x),
}
fig, axes = plt.subplots(1, 4, figsize=(13, 3), layout="constrained")
for ax, (title, y) in zip(axes, curves.items()):
    (slope,) = torch.autograd.grad(y.sum(), x)
    ax.plot(x.detach(), y.detach(), color="tab:blue", linewidth=2, label="function")
    ax.plot(x.detach(), slope, color="tab:orange", linestyle="--", label="slope")
    ax.axhline(0, color="0.8", zorder=0)
    ax.axvline(0, color="0.8", zorder=0)
    ax.set(title=title, xlabel="$x$", ylim=(-1.7, 3.2))
axes[0].legend(loc="upper left")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: relu

# %% [markdown]
# ## 1 · ReLU
#
# The *rectified linear unit* keeps what is positive and turns the rest to zero:
#
# $$\operatorname{ReLU}(x) = \max(x, 0), \qquad
#   \operatorname{ReLU}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}$$
#
# It is the usual first choice. It costs next to nothing, and for a positive input its slope is exactly 1,
# so a gradient goes through many layers without shrinking. At $x = 0$ there is a corner and no slope; any
# value from 0 to 1 is fine there.
#
# **Example.** $\operatorname{ReLU}\big([-1.5,\ 0,\ 2]\big) = [0,\ 0,\ 2]$.
#
# **Your task.** Write `relu(X)` for a tensor of any shape, a single number (0-d) and an empty tensor
# included. The result has the shape *and the dtype* of `X`: integers stay integers. `X` itself keeps its
# values. Gradients must flow through. Write it yourself: a call of `torch.relu`, `F.relu`, `nn.ReLU` or
# `Tensor.relu` earns no points for the test that looks for it.
#
# <details><summary>Hint: it works for a matrix, but not for one number, for integers, or twice on the
# same tensor</summary>
#
# Compare each entry with a zero that is *like* `X`: the same shape and the same dtype. PyTorch has a
# function that makes such a tensor, and several that choose between two tensors entry by entry. If `X`
# looks different after the call, you wrote into it; make a new tensor instead.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def relu(X: torch.Tensor) -> torch.Tensor:
    """Return max(x, 0) for every entry x of X, in X's shape and dtype.

    X has any shape and is not modified. Write it yourself: `torch.relu`, `F.relu`, `nn.ReLU` and
    `Tensor.relu` earn no points here.
    """
    # BEGIN SOLUTION
    return torch.maximum(X, torch.zeros_like(X))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_relu_keeps_positive_and_zeroes_negative(relu):
    import torch

    X = torch.tensor([[-1.5, 0.0, 2.0], [7.0, -0.25, 6.5]])
    expected = torch.tensor([[0.0, 0.0, 2.0], [7.0, 0.0, 6.5]])
    torch.testing.assert_close(relu(X), expected)

# %%
def test_relu_keeps_shape_and_dtype(relu):
    import torch

    torch.testing.assert_close(relu(torch.tensor(-3.5)), torch.tensor(0.0))
    torch.testing.assert_close(relu(torch.tensor([-2, 0, 9])), torch.tensor([0, 0, 9]))
    double = torch.tensor([[-0.5], [8.25]], dtype=torch.float64)
    torch.testing.assert_close(relu(double), torch.tensor([[0.0], [8.25]], dtype=torch.float64))

# %%
def test_relu_leaves_its_input_alone(relu):
    import torch

    X = torch.tensor([-4.0, 3.0, -0.5])
    relu(X)
    message = "relu changed the tensor it was given. Return a new tensor instead."
    assert torch.equal(X, torch.tensor([-4.0, 3.0, -0.5])), message

# %%
# HIDDEN
def test_relu_works_for_every_layout(relu):
    import torch

    X = 10 * torch.randn(3, 4, 5)
    strided = X.transpose(0, 2)[::2, 1:]
    torch.testing.assert_close(relu(strided), strided.clamp(min=0))
    torch.testing.assert_close(relu(torch.empty(0, 3)), torch.empty(0, 3))
    torch.testing.assert_close(relu(torch.tensor(7.5)), torch.tensor(7.5))

# %%
# HIDDEN
def test_relu_has_the_right_gradient(relu):
    import torch

    X = torch.tensor([[-30.0, -0.1, 0.2], [9.0, -6.5, 40.0]], requires_grad=True)
    upstream = torch.randn(2, 3)
    Y = relu(X)
    assert Y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    Y.backward(upstream)
    assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
    torch.testing.assert_close(X.grad, upstream * torch.tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]]))

# %%
# HIDDEN
def test_relu_is_your_own(relu, judge):
    import torch

    called = judge.calls(relu, torch.tensor([-1.0, 2.0]))
    message = "Write relu yourself: torch.relu, F.relu, nn.ReLU and Tensor.relu earn no points here."
    assert "relu" not in {name.split(".")[0].rstrip("_") for name in called}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: sigmoid

# %% [markdown]
# ## 2 · Sigmoid
#
# The sigmoid squeezes any number into the interval from 0 to 1:
#
# $$\operatorname{sigmoid}(x) = \frac{1}{1 + e^{-x}}, \qquad
#   \operatorname{sigmoid}'(x) = \operatorname{sigmoid}(x)\,\big(1 - \operatorname{sigmoid}(x)\big) .$$
#
# You met it as the output of a two-class model, where it reads as a probability. As a hidden activation it
# was once everywhere; today it lives on in gates that open and close.
#
# **Example.** $\operatorname{sigmoid}\big([-1,\ 0,\ 1]\big) \approx [0.2689,\ 0.5,\ 0.7311]$.
#
# **The catch.** A `float32` number ends near $3.4 \cdot 10^{38}$, and $e^{100} \approx 2.7 \cdot 10^{43}$
# is beyond it. Type the formula as it stands and $x = -100$ computes $1 / (1 + \infty) = 0$. That value is
# right, by luck. Its *gradient* is not: the chain rule meets $0 \cdot \infty$, which is `nan`, and one
# `nan` ruins every weight of a network.
#
# Multiply numerator and denominator by $e^{x}$, and you get the same function in a second form:
#
# $$\operatorname{sigmoid}(x) = \frac{1}{1 + e^{-x}} = \frac{e^{x}}{1 + e^{x}} .$$
#
# The first form is safe for $x \ge 0$, the second for $x < 0$.
#
# **Your task.** Write `sigmoid(X)` for a floating-point tensor of any shape. For entries from $-100$ to
# $100$ both the value and the gradient must be right and finite. Write it yourself: a call of
# `torch.sigmoid`, `F.sigmoid`, `nn.Sigmoid`, `Tensor.sigmoid` or `torch.special.expit` earns no points for
# the test that looks for it.
#
# <details><summary>Hint: my values are right, but the gradient at −100 is nan</summary>
#
# `torch.where(condition, A, B)` computes *both* `A` and `B`, and the gradient passes through both. If the
# branch that is not chosen overflows, its gradient is $0 \cdot \infty$, and the `nan` gets out. So make the
# *exponent* safe before `exp` sees it: no exponent larger than 0 should ever reach `exp`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def sigmoid(X: torch.Tensor) -> torch.Tensor:
    """Return 1 / (1 + exp(-x)) for every entry x of X, in X's shape and dtype.

    Value and gradient are finite for entries from -100 to 100. Write it yourself: `torch.sigmoid`,
    `F.sigmoid`, `nn.Sigmoid`, `Tensor.sigmoid` and `torch.special.expit` earn no points here.
    """
    # BEGIN SOLUTION
    positive = X >= 0
    Z = torch.exp(torch.where(positive, -X, X))  # never above 1
    return torch.where(positive, 1 / (1 + Z), Z / (1 + Z))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_sigmoid_of_the_example(sigmoid):
    import torch

    expected = torch.tensor([0.26894143, 0.5, 0.7310586])
    torch.testing.assert_close(sigmoid(torch.tensor([-1.0, 0.0, 1.0])), expected)

# %%
def test_sigmoid_survives_large_inputs(sigmoid):
    import torch

    X = torch.tensor([-100.0, -1.0, 1.0, 100.0], requires_grad=True)
    y = sigmoid(X)
    torch.testing.assert_close(y.detach(), torch.tensor([0.0, 0.26894143, 0.7310586, 1.0]))
    assert y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    y.sum().backward()
    assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
    assert torch.isfinite(X.grad).all(), f"The gradient at -100, -1, 1, 100 must be finite, got {X.grad}."
    torch.testing.assert_close(X.grad, torch.tensor([0.0, 0.19661193, 0.19661193, 0.0]))

# %%
# HIDDEN
def test_sigmoid_is_right_over_its_whole_range(sigmoid):
    import torch

    X = torch.linspace(-100, 100, 402, dtype=torch.float64).reshape(67, 6)
    torch.testing.assert_close(sigmoid(X), torch.special.expit(X))
    torch.testing.assert_close(sigmoid(X.float()), torch.special.expit(X.float()))

# %%
# HIDDEN
def test_sigmoid_works_for_every_layout(sigmoid):
    import torch

    X = 8 * torch.randn(4, 3, 5)
    strided = X.transpose(0, 2)[1::2, :, ::3]
    torch.testing.assert_close(sigmoid(strided), torch.special.expit(strided))
    torch.testing.assert_close(sigmoid(torch.tensor(-2.5)), torch.special.expit(torch.tensor(-2.5)))
    torch.testing.assert_close(sigmoid(torch.empty(2, 0)), torch.empty(2, 0))

# %%
# HIDDEN
def test_sigmoid_has_the_right_gradient(sigmoid):
    import torch

    for dtype in (torch.float64, torch.float32):
        X = torch.tensor([[-95.0, -7.5, -0.4], [0.3, 2.0, 100.0]], dtype=dtype, requires_grad=True)
        upstream = torch.randn(2, 3, dtype=dtype)
        Y = sigmoid(X)
        assert Y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
        Y.backward(upstream)
        assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
        s = torch.special.expit(X.detach())
        torch.testing.assert_close(X.grad, upstream * s * (1 - s))

# %%
# HIDDEN
def test_sigmoid_is_your_own(sigmoid, judge):
    import torch

    called = judge.calls(sigmoid, torch.tensor([-1.0, 2.0]))
    called = {name.split(".")[0].rstrip("_") for name in called}
    message = (
        "Write sigmoid yourself: torch.sigmoid, F.sigmoid, nn.Sigmoid, Tensor.sigmoid and "
        "torch.special.expit earn no points here."
    )
    assert not called & {"sigmoid", "special_expit", "expit"}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: tanh

# %% [markdown]
# ## 3 · Tanh
#
# The hyperbolic tangent has the same S shape, but its values run from $-1$ to $1$ and its centre is the
# origin:
#
# $$\tanh(x) = \frac{1 - e^{-2x}}{1 + e^{-2x}}, \qquad \tanh'(x) = 1 - \tanh^2(x) .$$
#
# Sigmoid and tanh are relatives, $\tanh(x) = 2\operatorname{sigmoid}(2x) - 1$, but they are not the same
# function. Sigmoid's outputs are all positive; tanh's have mean zero when its inputs do, and that is kinder
# to the next layer. At the origin tanh is four times as steep.
#
# **Example.** $\tanh\big([-1,\ 0,\ 1]\big) \approx [-0.7616,\ 0,\ 0.7616]$. Beware: the sigmoid of 1 is
# 0.7311. The two are easily mixed up when you only look at one positive number.
#
# **Your task.** Write `tanh(X)` for a floating-point tensor of any shape. Again both the value and the
# gradient must be right and finite for entries from $-100$ to $100$. You may call your own `sigmoid`.
# Write it yourself: a call of `torch.tanh`, `F.tanh`, `nn.Tanh` or `Tensor.tanh` earns no points for the
# test that looks for it.
#
# <details><summary>Hint: I get nan at −100, or a positive number for a negative input</summary>
#
# At $x = -100$ the formula computes $-\infty / \infty$. For negative inputs multiply numerator and
# denominator by $e^{2x}$. If you worked with $|x|$ instead, remember that
# $\tanh(-x) = -\tanh(x)$: the sign has to come back.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def tanh(X: torch.Tensor) -> torch.Tensor:
    """Return (1 - exp(-2x)) / (1 + exp(-2x)) for every entry x of X, in X's shape and dtype.

    Value and gradient are finite for entries from -100 to 100. Write it yourself: `torch.tanh`,
    `F.tanh`, `nn.Tanh` and `Tensor.tanh` earn no points here.
    """
    # BEGIN SOLUTION
    positive = X >= 0
    Z = torch.exp(torch.where(positive, -2 * X, 2 * X))  # never above 1
    return torch.where(positive, 1 - Z, Z - 1) / (1 + Z)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_tanh_of_the_example(tanh):
    import torch

    expected = torch.tensor([-0.76159416, 0.0, 0.76159416])
    torch.testing.assert_close(tanh(torch.tensor([-1.0, 0.0, 1.0])), expected)

# %%
def test_tanh_survives_large_inputs(tanh):
    import torch

    X = torch.tensor([-100.0, -1.0, 1.0, 100.0], requires_grad=True)
    y = tanh(X)
    torch.testing.assert_close(y.detach(), torch.tensor([-1.0, -0.76159416, 0.76159416, 1.0]))
    assert y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    y.sum().backward()
    assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
    assert torch.isfinite(X.grad).all(), f"The gradient at -100, -1, 1, 100 must be finite, got {X.grad}."
    torch.testing.assert_close(X.grad, torch.tensor([0.0, 0.41997434, 0.41997434, 0.0]))

# %%
# HIDDEN
def test_tanh_is_right_over_its_whole_range(tanh):
    import torch

    X = torch.linspace(-100, 100, 402, dtype=torch.float64).reshape(67, 6)
    torch.testing.assert_close(tanh(X), torch.tanh(X))
    torch.testing.assert_close(tanh(X.float()), torch.tanh(X.float()))

# %%
# HIDDEN
def test_tanh_works_for_every_layout(tanh):
    import torch

    X = 3 * torch.randn(4, 3, 5)
    strided = X.transpose(0, 2)[1::2, :, ::3]
    torch.testing.assert_close(tanh(strided), torch.tanh(strided))
    torch.testing.assert_close(tanh(torch.tensor(-0.7)), torch.tanh(torch.tensor(-0.7)))
    torch.testing.assert_close(tanh(torch.empty(2, 0)), torch.empty(2, 0))

# %%
# HIDDEN
def test_tanh_has_the_right_gradient(tanh):
    import torch

    for dtype in (torch.float64, torch.float32):
        X = torch.tensor([[-95.0, -6.5, -0.4], [0.3, 1.2, 100.0]], dtype=dtype, requires_grad=True)
        upstream = torch.randn(2, 3, dtype=dtype)
        Y = tanh(X)
        assert Y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
        Y.backward(upstream)
        assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
        torch.testing.assert_close(X.grad, upstream * (1 - torch.tanh(X.detach()) ** 2))

# %%
# HIDDEN
def test_tanh_is_your_own(tanh, judge):
    import torch

    called = judge.calls(tanh, torch.tensor([-1.0, 2.0]))
    message = "Write tanh yourself: torch.tanh, F.tanh, nn.Tanh and Tensor.tanh earn no points here."
    assert "tanh" not in {name.split(".")[0].rstrip("_") for name in called}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: prelu

# %% [markdown]
# ## 4 · PReLU: a slope that is learned
#
# A ReLU unit whose input is negative for every example gets no gradient, and so it never recovers: it is
# *dead*. The *parametrised* ReLU lets a little through on the negative side, and treats how much as one
# more parameter to learn:
#
# $$\operatorname{PReLU}(x) = \max(0, x) + \alpha \min(0, x) .$$
#
# Both derivatives are simple. For $x > 0$ they are
# $\partial/\partial x = 1$ and $\partial/\partial\alpha = 0$; for $x < 0$ they are
# $\partial/\partial x = \alpha$ and $\partial/\partial\alpha = x$.
#
# **Example.** With $\alpha = 0.25$: $[-2,\ 0.5] \mapsto [-0.5,\ 0.5]$. With $\alpha = 2$:
# $[-2,\ 0.5] \mapsto [-4,\ 0.5]$.
#
# Training moves $\alpha$ wherever the loss is lower, above 1 and below 0 too. So the formula must hold for
# *every* $\alpha$.
#
# **Your task.** Write `prelu(X, alpha)` for a floating-point tensor `X` of any shape and a tensor `alpha`
# that holds one number. Gradients must reach both `X` and `alpha`.
#
# <details><summary>Hint: right for α = 0.25, wrong for α = 2</summary>
#
# Draw the two lines $x$ and $2x$ and mark the larger one on each side of zero. "The larger of $x$ and
# $\alpha x$" is the same as PReLU only for $0 \le \alpha \le 1$. Decide by the sign of $x$ instead, or
# type the formula as it stands.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def prelu(X: torch.Tensor, alpha: torch.Tensor) -> torch.Tensor:
    """Return max(0, x) + alpha * min(0, x) for every entry x of X, in X's shape and dtype.

    X has any shape, alpha holds one number of any sign and size. Gradients reach both.
    """
    # BEGIN SOLUTION
    zero = torch.zeros_like(X)
    return torch.maximum(X, zero) + alpha * torch.minimum(X, zero)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_prelu_of_the_example(prelu):
    import torch

    X = torch.tensor([[-2.0, 0.5, 0.0], [8.0, -12.0, -1.0]])
    expected = torch.tensor([[-0.5, 0.5, 0.0], [8.0, -3.0, -0.25]])
    torch.testing.assert_close(prelu(X, torch.tensor(0.25)), expected)

# %%
def test_prelu_takes_every_alpha(prelu):
    import torch

    X = torch.tensor([-2.0, 0.5])
    torch.testing.assert_close(prelu(X, torch.tensor(2.0)), torch.tensor([-4.0, 0.5]))
    torch.testing.assert_close(prelu(X, torch.tensor(-1.5)), torch.tensor([3.0, 0.5]))

# %%
def test_prelu_passes_a_gradient_to_alpha(prelu):
    import torch

    alpha = torch.tensor(0.25, requires_grad=True)
    prelu(torch.tensor([-2.0, 0.5, -3.0]), alpha).sum().backward()
    assert alpha.grad is not None, "No gradient reaches alpha: use the tensor itself, not its number."
    torch.testing.assert_close(alpha.grad, torch.tensor(-5.0))

# %%
# HIDDEN
def test_prelu_works_for_every_layout(prelu):
    import torch

    X = 10 * torch.randn(4, 3, 5, dtype=torch.float64)
    strided = X.transpose(0, 2)[::2, 1:]
    alpha = torch.tensor([1.7], dtype=torch.float64)
    torch.testing.assert_close(prelu(strided, alpha), torch.where(strided > 0, strided, 1.7 * strided))
    torch.testing.assert_close(prelu(torch.tensor(-7.0), torch.tensor(-0.3)), torch.tensor(2.1))

# %%
# HIDDEN
def test_prelu_has_the_right_gradients(prelu):
    import torch

    X = torch.tensor([[-9.0, 0.4, -0.2], [7.5, -1.0, 3.0]], requires_grad=True)
    alpha = torch.tensor([1.3], requires_grad=True)
    upstream = torch.randn(2, 3)
    Y = prelu(X, alpha)
    assert Y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    Y.backward(upstream)
    assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
    assert alpha.grad is not None, "No gradient reaches alpha: use the tensor itself, not its number."
    slope = torch.tensor([[1.3, 1.0, 1.3], [1.0, 1.3, 1.0]])
    torch.testing.assert_close(X.grad, upstream * slope)
    negative_part = torch.tensor([[-9.0, 0.0, -0.2], [0.0, -1.0, 0.0]])
    torch.testing.assert_close(alpha.grad, (upstream * negative_part).sum().reshape(1))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: activation_gradient

# %% [markdown]
# ## 5 · The slope of any activation
#
# You could work out every derivative by hand. Autograd does it for you, but `backward()` wants to start
# from *one* number, and an activation returns as many numbers as it gets. The way out: entry $i$ of the
# output depends on entry $i$ of the input and on no other, so the sum of all outputs has exactly the
# slopes you want as its gradient,
#
# $$\frac{\partial}{\partial x_i} \sum_j f(x_j) = f'(x_i) .$$
#
# Passing a tensor of ones as the upstream gradient says the same.
#
# **Example.** $f(x) = x^3 - 2x$ has $f'(x) = 3x^2 - 2$, so at $[-1,\ 0,\ 2]$ the slopes are
# $[1,\ -2,\ 10]$.
#
# **Your task.** Write `activation_gradient(f, X)`. It returns a tensor in the shape and dtype of `X` with
# $f'(x)$ for every entry, computed by autograd. `f` works entry by entry. `X` may be a plain tensor, or one
# that already requires a gradient. Calling the function again with the same `X` must give the same answer:
# remember that `backward()` *adds* to the `.grad` that is already there.
#
# <details><summary>Hint: "grad can be implicitly created only for scalar outputs", or the second call is
# twice the first</summary>
#
# The error message wants one number to start from: sum first, or give `backward` its argument. If the
# second answer is too large, an old `.grad` was still around. Work on a fresh leaf of your own
# (`detach`, then `requires_grad_`), or use `torch.autograd.grad`, which returns the gradient and stores
# nothing.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def activation_gradient(f: Callable[[torch.Tensor], torch.Tensor], X: torch.Tensor) -> torch.Tensor:
    """Return df/dx at every entry x of X by autograd, in X's shape and dtype.

    f maps each entry of a tensor on its own. X has any shape and may or may not require a gradient.
    A second call with the same X returns the same slopes.
    """
    # BEGIN SOLUTION
    X = X.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(X).sum(), X)[0]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_activation_gradient_of_the_example(activation_gradient):
    import torch

    X = torch.tensor([-1.0, 0.0, 2.0])
    slopes = activation_gradient(lambda x: x**3 - 2 * x, X)
    torch.testing.assert_close(slopes, torch.tensor([1.0, -2.0, 10.0]))

# %%
def test_activation_gradient_gives_the_same_twice(activation_gradient):
    import torch

    expected = torch.tensor([[-2.0, 6.0, 0.0], [16.0, -1.0, 1.0]])
    plain = expected / 2
    torch.testing.assert_close(activation_gradient(torch.square, plain), expected)
    torch.testing.assert_close(activation_gradient(torch.square, plain), expected)
    leaf = (expected / 2).requires_grad_(True)
    torch.testing.assert_close(activation_gradient(torch.square, leaf), expected)
    torch.testing.assert_close(activation_gradient(torch.square, leaf), expected)

# %%
# HIDDEN
def test_activation_gradient_works_for_every_layout(activation_gradient):
    import torch

    X = 3 * torch.randn(3, 5, 4, dtype=torch.float64)
    strided = X.transpose(0, 2)[::3, 1:]
    torch.testing.assert_close(activation_gradient(torch.sin, strided), torch.cos(strided))
    number = torch.tensor(-2.5)
    torch.testing.assert_close(activation_gradient(torch.sin, number), torch.cos(number))

# %%
# HIDDEN
def test_activation_gradient_forgets_the_function_before(activation_gradient):
    import torch

    X = torch.randn(4, 3, requires_grad=True)
    x = X.detach()
    torch.testing.assert_close(activation_gradient(torch.exp, X), torch.exp(x))
    torch.testing.assert_close(activation_gradient(lambda t: 7 * t, X), torch.full((4, 3), 7.0))
    torch.testing.assert_close(activation_gradient(torch.sin, X), torch.cos(x))

# %%
# HIDDEN
def test_activation_gradient_comes_from_autograd(activation_gradient):
    import torch

    # Autograd treats the detached factor as a constant; a difference quotient would not.
    X = torch.tensor([-3.0, 0.5, 8.0], dtype=torch.float64)
    slopes = activation_gradient(lambda t: t * t.detach(), X)
    torch.testing.assert_close(slopes, torch.tensor([-3.0, 0.5, 8.0], dtype=torch.float64))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Your functions, your slopes
#
# Now that the pieces are yours, draw them. The right picture follows the gradient down a chain of layers
# whose unit gets the input $x = 1$ every time: each layer multiplies by the slope there. After ten layers of
# sigmoids less than a millionth of the gradient is left. That is the *vanishing gradient*, and the reason
# why deep networks moved to ReLU.

# %% tags=["otter_ignore"]
x = torch.linspace(-8, 8, 401)
one = torch.tensor(1.0)
depth = torch.arange(1, 11)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
for f, name in [(relu, "ReLU"), (sigmoid, "sigmoid"), (tanh, "tanh")]:
    left.plot(x, activation_gradient(f, x), label=name, linewidth=2)
    right.semilogy(depth, activation_gradient(f, one) ** depth, marker="o", markersize=4, label=name)
left.set(xlabel="$x$", title="slope of the activation")
right.set(xlabel="layers", title="share of the gradient that is left")
left.legend()
right.legend()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: init_mlp_params

# %% [markdown]
# ## 6 · The parameters of an MLP
#
# A network with one hidden layer has four parameters:
#
# | name | shape | starts as |
# |---|---|---|
# | `W1` | `(num_inputs, num_hiddens)` | small random numbers from $\mathcal{N}(0, \sigma^2)$ |
# | `b1` | `(num_hiddens,)` | zeros |
# | `W2` | `(num_hiddens, num_outputs)` | small random numbers from $\mathcal{N}(0, \sigma^2)$ |
# | `b2` | `(num_outputs,)` | zeros |
#
# Why random? If all hidden units start with equal weights, they compute the same value, receive the same
# gradient, and stay equal for ever. A thousand copies of one unit are worth one unit. Random weights break
# this symmetry. Biases need no such help.
#
# Why a *leaf*? After `loss.backward()` PyTorch stores `.grad` only in leaf tensors: those that you made
# directly, not those that came out of an operation. The result of a multiplication is not a leaf, even when
# what was multiplied required a gradient. An optimizer would find nothing there.
#
# **Your task.** Write `init_mlp_params`. It returns the list `[W1, b1, W2, b2]` in these shapes. Here
# `sigma` is the *standard deviation* of the weights. All four are leaf tensors that require a gradient, and
# each call draws new weights.
#
# <details><summary>Hint: shapes and numbers are right, but .grad stays None after backward</summary>
#
# Print `W1.is_leaf`. Is it `False`? Then an operation came *after* you asked for gradients, such as
# `torch.randn(..., requires_grad=True) * sigma`. Scale first, ask for gradients last. `requires_grad_()`
# and `nn.Parameter` both do it. And did you ask for the biases' gradients too?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def init_mlp_params(
    num_inputs: int, num_hiddens: int, num_outputs: int, sigma: float = 0.01
) -> list[torch.Tensor]:
    """Return [W1, b1, W2, b2] of an MLP with one hidden layer, ready for training.

    W1 (num_inputs, num_hiddens) and W2 (num_hiddens, num_outputs) are drawn from N(0, sigma**2).
    b1 (num_hiddens,) and b2 (num_outputs,) are 0. All four are leaf tensors that require a gradient.
    """
    # BEGIN SOLUTION
    W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens))
    b1 = torch.zeros(num_hiddens)
    W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs))
    b2 = torch.zeros(num_outputs)
    return [p.requires_grad_(True) for p in (W1, b1, W2, b2)]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_init_mlp_params_has_four_shapes(init_mlp_params):
    params = init_mlp_params(7, 5, 3)
    assert len(params) == 4, f"Expected the four parameters W1, b1, W2, b2, got {len(params)}."
    for name, p, shape in zip(["W1", "b1", "W2", "b2"], params, [(7, 5), (5,), (5, 3), (3,)]):
        assert tuple(p.shape) == shape, f"{name} must have shape {shape}, got {tuple(p.shape)}."

# %%
def test_init_mlp_params_are_leaves_that_learn(init_mlp_params):
    for name, p in zip(["W1", "b1", "W2", "b2"], init_mlp_params(7, 5, 3)):
        assert p.requires_grad, f"{name} must require a gradient."
        assert p.is_leaf, f"{name} must be a leaf: ask for gradients after the last operation."

# %%
def test_init_mlp_params_starts_small(init_mlp_params):
    # 100 000 and 50 000 draws: a right answer misses 3 % of sigma once in 10 ** 19 runs.
    W1, b1, W2, b2 = init_mlp_params(200, 500, 100)
    for name, W in [("W1", W1), ("W2", W2)]:
        std = W.detach().std().item()
        assert abs(std - 0.01) < 0.0003, f"{name} must have standard deviation 0.01, got {std:.4f}."
    for name, b in [("b1", b1), ("b2", b2)]:
        assert (b == 0).all(), f"{name} must start at 0."

# %%
# HIDDEN
def test_init_mlp_params_keep_their_gradients(init_mlp_params, judge):
    def measure(init):
        params = init(6, 4, 3, sigma=0.3)
        leaves = [bool(p.is_leaf and p.requires_grad) for p in params]
        sum((p * p + p).sum() for p in params).backward()
        return leaves, [p.grad is not None for p in params]

    leaves, grads = judge.probe(measure, init_mlp_params)
    assert list(leaves) == [True] * 4, "All four parameters must be leaf tensors that require a gradient."
    assert list(grads) == [True] * 4, "After backward, all four parameters must have a .grad."

# %%
# HIDDEN
def test_init_mlp_params_draws_from_the_normal_distribution(init_mlp_params):
    import torch

    # At least 60 000 draws of each weight. False alarms: standard deviation off by 3 % is 10 standard
    # errors, mean off by sigma / 40 is 6.1, share outside 2 sigma (4.55 %) off by 0.8 % is 9.4; all
    # checks together below 1 in 10 ** 8.
    for given, sigma in [({}, 0.01), ({"sigma": 0.5}, 0.5)]:
        W1, b1, W2, b2 = init_mlp_params(250, 301, 200, **given)
        for W in (W1.detach(), W2.detach()):
            assert W.dtype == torch.float32, "Weights must have PyTorch's default dtype."
            assert abs(W.std().item() / sigma - 1) < 0.03, (
                "Both weights must have standard deviation sigma, for every sigma."
            )
            assert abs(W.mean().item()) < sigma / 40, "Both weights must have mean 0."
            outside = (W.abs() > 2 * sigma).float().mean().item()
            assert abs(outside - 0.0455) < 0.008, "Both weights must be drawn from a normal distribution."
        assert (b1 == 0).all() and (b2 == 0).all(), "Both biases must be 0, for every sigma."

# %%
# HIDDEN
def test_init_mlp_params_draws_anew(init_mlp_params):
    import torch

    # Chance of a false alarm: none but equal float32 draws, far below 1 in 10 ** 100.
    first, second = init_mlp_params(9, 6, 6), init_mlp_params(9, 6, 6)
    assert not torch.equal(first[0], second[0]), "Each call must draw new weights, W1 was the same twice."
    assert not torch.equal(first[2], second[2]), "Each call must draw new weights, W2 was the same twice."
    assert first[0].unique().numel() > 40, "The entries of W1 must be drawn one by one, not shared."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: mlp_forward

# %% [markdown]
# ## 7 · The network, from scratch
#
# An image is a grid, a linear layer wants rows. So first every example is flattened, whatever its shape,
# to one row of $d$ numbers. Then
#
# $$\mathbf{H} = \operatorname{ReLU}(\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1), \qquad
#   \mathbf{O} = \mathbf{H}\mathbf{W}_2 + \mathbf{b}_2 .$$
#
# The output stays linear: no ReLU, because a score may well be negative, and no softmax, because
# `nn.CrossEntropyLoss` applies its own, in a numerically safe way.
#
# **Example.** Two inputs, three hidden units, two outputs:
#
# $$\mathbf{X} = \begin{bmatrix} 1 & 2 \\ -1 & 0.5 \end{bmatrix},\quad
#   \mathbf{W}_1 = \begin{bmatrix} 1 & -1 & 2 \\ 0 & 1 & -1 \end{bmatrix},\quad
#   \mathbf{b}_1 = \begin{bmatrix} 0 & 0.5 & 1 \end{bmatrix},\quad
#   \mathbf{W}_2 = \begin{bmatrix} 1 & 2 \\ -1 & 1 \\ 0 & -3 \end{bmatrix},\quad
#   \mathbf{b}_2 = \begin{bmatrix} 0.5 & -1 \end{bmatrix}$$
#
# $$\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1 = \begin{bmatrix} 1 & 1.5 & 1 \\ -1 & 2 & -1.5 \end{bmatrix}
#   \;\xrightarrow{\ \operatorname{ReLU}\ }\; \begin{bmatrix} 1 & 1.5 & 1 \\ 0 & 2 & 0 \end{bmatrix}
#   \;\longrightarrow\; \mathbf{O} = \begin{bmatrix} 0 & -0.5 \\ -1.5 & 1 \end{bmatrix}$$
#
# **Your task.** Write `mlp_forward(X, params)` with `params = [W1, b1, W2, b2]`. `X` has shape `(n, ...)`:
# rows already flat, `(n, 1, 28, 28)` images, or anything else whose entries per example number
# `num_inputs`. Take the sizes from the arguments, so that one function serves every network; tensors need
# not be contiguous. The result has shape `(n, num_outputs)`. Use your `relu`.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied", or "view size is not
# compatible"</summary>
#
# The first message means that `X` was not flattened, or that the number of examples got lost: the first
# axis must stay what it was, all the others become one. The second comes from `view`, which only
# reinterprets memory that lies in order. `reshape` and `flatten` copy when they have to.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def mlp_forward(X: torch.Tensor, params: list[torch.Tensor]) -> torch.Tensor:
    """Return relu(X @ W1 + b1) @ W2 + b2 with params [W1, b1, W2, b2].

    X (n, ...) is flattened to (n, num_inputs). The result, of shape (n, num_outputs), is linear in the
    hidden layer: no relu and no softmax on top.
    """
    # BEGIN SOLUTION
    W1, b1, W2, b2 = params
    H = relu(X.flatten(start_dim=1) @ W1 + b1)
    return H @ W2 + b2
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_mlp_forward_of_the_example(mlp_forward):
    import torch

    X = torch.tensor([[1.0, 2.0], [-1.0, 0.5]])
    W1 = torch.tensor([[1.0, -1.0, 2.0], [0.0, 1.0, -1.0]])
    b1 = torch.tensor([0.0, 0.5, 1.0])
    W2 = torch.tensor([[1.0, 2.0], [-1.0, 1.0], [0.0, -3.0]])
    b2 = torch.tensor([0.5, -1.0])
    expected = torch.tensor([[0.0, -0.5], [-1.5, 1.0]])
    torch.testing.assert_close(mlp_forward(X, [W1, b1, W2, b2]), expected)

# %%
def test_mlp_forward_flattens_any_shape(mlp_forward):
    import torch

    torch.manual_seed(1)
    params = [torch.randn(24, 7), torch.randn(7), torch.randn(7, 3), torch.randn(3)]
    rows = torch.randn(5, 24)
    expected = (rows @ params[0] + params[1]).clamp(min=0) @ params[2] + params[3]
    torch.testing.assert_close(mlp_forward(rows, params), expected)
    torch.testing.assert_close(mlp_forward(rows.reshape(5, 24, 1), params), expected)
    torch.testing.assert_close(mlp_forward(rows.reshape(5, 2, 4, 3), params), expected)
    channels_last = rows.reshape(5, 2, 4, 3).permute(0, 2, 3, 1).contiguous()
    not_contiguous = channels_last.permute(0, 3, 1, 2)
    torch.testing.assert_close(mlp_forward(not_contiguous, params), expected)

# %%
# HIDDEN
def test_mlp_forward_takes_its_sizes_from_the_arguments(mlp_forward):
    import torch

    for n, shape, hiddens, outputs in [(1, (3, 2), 4, 5), (6, (1, 4, 5), 9, 2), (3, (1, 28, 28), 11, 10)]:
        X = torch.randn(n, *shape, dtype=torch.float64)
        W1 = torch.randn(X[0].numel(), hiddens, dtype=torch.float64)
        W2 = torch.randn(hiddens, outputs, dtype=torch.float64)
        b1 = 3 * torch.randn(hiddens, dtype=torch.float64)
        b2 = 3 * torch.randn(outputs, dtype=torch.float64)
        H = (X.reshape(n, -1) @ W1 + b1).clamp(min=0)
        torch.testing.assert_close(mlp_forward(X, [W1, b1, W2, b2]), H @ W2 + b2)

# %%
# HIDDEN
def test_mlp_forward_flattens_images_of_any_layout(mlp_forward):
    import torch

    images = torch.randn(4, 5, 3, 2).permute(0, 3, 2, 1)
    params = [torch.randn(30, 7), torch.randn(7), torch.randn(7, 6), torch.randn(6)]
    H = (images.reshape(4, 30) @ params[0] + params[1]).clamp(min=0)
    torch.testing.assert_close(mlp_forward(images, params), H @ params[2] + params[3])

# %%
# HIDDEN
def test_mlp_forward_passes_gradients_to_all(mlp_forward):
    import torch

    X = torch.randn(5, 2, 3, dtype=torch.float64, requires_grad=True)
    shapes = [(6, 8), (8,), (8, 4), (4,)]
    params = [torch.randn(s, dtype=torch.float64, requires_grad=True) for s in shapes]
    upstream = torch.randn(5, 4, dtype=torch.float64)
    W1, b1, W2, b2 = params
    expected = (X.reshape(5, 6) @ W1 + b1).clamp(min=0) @ W2 + b2
    expected = torch.autograd.grad(expected, [X, *params], upstream)
    mlp_forward(X, params).backward(upstream)
    assert all(t.grad is not None for t in [X, *params]), (
        "Gradients must reach X and all four parameters: the result must stay part of the graph."
    )
    for t, gradient in zip([X, *params], expected):
        torch.testing.assert_close(t.grad, gradient)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### See it learn
#
# One class sits in the middle, the other around it. No straight line parts them. The same training loop
# runs twice on your `init_mlp_params` and `mlp_forward`: left with no activation in between, right with
# ReLU. The dark line is where the network changes its mind.

# %% tags=["otter_ignore"]
torch.manual_seed(3)
angle = 2 * torch.pi * torch.rand(300)
radius = torch.cat([1.2 * torch.rand(150), 2 + 0.8 * torch.rand(150)])
points = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
labels = (torch.arange(300) >= 150).long()


def linear_forward(X, params):
    W1, b1, W2, b2 = params
    return (X @ W1 + b1) @ W2 + b2


side = torch.linspace(-3.2, 3.2, 161)
grid = torch.cartesian_prod(side, side)
fig, axes = plt.subplots(1, 2, figsize=(9, 4.2), layout="constrained")
for ax, forward, title in [(axes[0], linear_forward, "two linear layers"), (axes[1], mlp_forward, "MLP")]:
    params = init_mlp_params(2, 16, 2, sigma=0.5)
    optimizer = torch.optim.SGD(params, lr=0.3)
    for _ in range(400):
        optimizer.zero_grad()
        F.cross_entropy(forward(points, params), labels).backward()
        optimizer.step()
    with torch.no_grad():
        logits = forward(grid, params)
        correct = (forward(points, params).argmax(dim=1) == labels).float().mean()
    margin = (logits[:, 1] - logits[:, 0]).reshape(161, 161).T
    ax.contourf(side, side, (margin > 0).float(), levels=[-0.5, 0.5, 1.5], colors=["#cfe3f5", "#fde2c8"])
    ax.contour(side, side, margin, levels=[0], colors="0.2")
    ax.scatter(*points[labels == 0].T, s=12, color="tab:blue")
    ax.scatter(*points[labels == 1].T, s=12, color="tab:orange")
    ax.set(title=f"{title}: {correct:.0%} right", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: make_mlp

# %% [markdown]
# ## 8 · The same network from PyTorch's layers
#
# In daily work you do not multiply matrices by hand. `nn.Sequential` chains layers, and each layer keeps
# its own parameters:
#
# `Flatten` $\to$ `Linear(num_inputs, num_hiddens)` $\to$ `ReLU` $\to$ `Linear(num_hiddens, num_outputs)`
#
# PyTorch initialises a `Linear` layer in its own way. To use our way, write a function that looks at *one*
# layer, and hand it to `net.apply`. That calls it for every layer in the network, one after another, and
# for the network itself.
#
# **Example.** `make_mlp()` maps a batch of shape `(2, 1, 28, 28)` to scores of shape `(2, 10)`. The weight
# of `net[1]` has shape `(256, 784)`: `nn.Linear` stores it as (outputs, inputs), the other way round than
# your `W1`.
#
# **Your task.** Write `make_mlp`. It returns a new `nn.Sequential` of exactly these four layers, the
# weights of *both* linear layers drawn from $\mathcal{N}(0, 0.01^2)$ with `apply`. The biases may keep
# PyTorch's start.
#
# <details><summary>Hint: the standard deviation is about 0.02 or 0.04 instead of 0.01</summary>
#
# Then PyTorch's own start is still there. Was your function called for that layer? Put a
# `print(type(layer))` in it. A condition such as `type(layer) == "Linear"` compares a class with a string
# and is never true; `isinstance(layer, nn.Linear)` asks the right thing. And `net.apply(f)` wants the
# function `f` itself, not `f()`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_mlp(num_inputs: int = 784, num_hiddens: int = 256, num_outputs: int = 10) -> nn.Sequential:
    """Return a new nn.Sequential of Flatten, Linear, ReLU, Linear.

    It maps (n, ...) to (n, num_outputs). The weights of both linear layers are drawn from N(0, 0.01**2)
    by a function that is given to `apply`.
    """
    # BEGIN SOLUTION
    def init_weights(layer: nn.Module) -> None:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=0.01)

    net = nn.Sequential(
        nn.Flatten(),
        nn.Linear(num_inputs, num_hiddens),
        nn.ReLU(),
        nn.Linear(num_hiddens, num_outputs),
    )
    net.apply(init_weights)
    return net
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_make_mlp_has_four_layers(make_mlp):
    import torch
    from torch import nn

    net = make_mlp(12, 7, 5)
    assert isinstance(net, nn.Sequential), "make_mlp must return an nn.Sequential."
    assert len(net) == 4, f"The network must have four layers, got {len(net)}."
    for i, kind in enumerate([nn.Flatten, nn.Linear, nn.ReLU, nn.Linear]):
        assert isinstance(net[i], kind), f"Layer {i} must be nn.{kind.__name__}."
    assert tuple(net[1].weight.shape) == (7, 12), "Layer 1 must map num_inputs to num_hiddens."
    assert tuple(net[3].weight.shape) == (5, 7), "Layer 3 must map num_hiddens to num_outputs."
    assert tuple(net(torch.randn(4, 3, 2, 2)).shape) == (4, 5), "Input (n, ...) must give (n, num_outputs)."

# %%
def test_make_mlp_has_sizes_to_start_with(make_mlp):
    import torch

    assert tuple(make_mlp()(torch.randn(2, 1, 28, 28)).shape) == (2, 10)
    assert tuple(make_mlp()[1].weight.shape) == (256, 784)

# %%
def test_make_mlp_draws_both_weights(make_mlp):
    # 120 000 and 60 000 draws: a right answer misses 3 % of 0.01 once in 10 ** 23 runs.
    net = make_mlp(300, 400, 150)
    for i in (1, 3):
        std = net[i].weight.detach().std().item()
        assert abs(std - 0.01) < 0.0003, f"Layer {i}: the weights need std 0.01, got {std:.4f}."

# %%
# HIDDEN
def test_make_mlp_draws_from_the_normal_distribution(make_mlp):
    # At least 60 000 draws of each weight. False alarms: standard deviation off by 3 % is 10 standard
    # errors, mean off by sigma / 40 is 6.1, share outside 2 sigma (4.55 %) off by 0.8 % is 9.4; all
    # checks together below 1 in 10 ** 8.
    net = make_mlp(201, 300, 210)
    for i in (1, 3):
        W = net[i].weight.detach()
        assert abs(W.std().item() - 0.01) < 0.0003, "Both weights must have standard deviation 0.01."
        assert abs(W.mean().item()) < 0.01 / 40, "Both weights must have mean 0."
        outside = (W.abs() > 0.02).float().mean().item()
        assert abs(outside - 0.0455) < 0.008, "Both weights must be drawn from a normal distribution."

# %%
# HIDDEN
def test_make_mlp_computes_an_mlp(make_mlp):
    import torch

    net = make_mlp(12, 30, 5)
    X = 100 * torch.randn(7, 2, 3, 2)
    hidden = X.reshape(7, 12) @ net[1].weight.detach().t() + net[1].bias.detach()
    expected = hidden.clamp(min=0) @ net[3].weight.detach().t() + net[3].bias.detach()
    torch.testing.assert_close(net(X).detach(), expected)

# %%
# HIDDEN
def test_make_mlp_makes_a_new_trainable_network(make_mlp):
    import torch

    # Chance of a false alarm: none but equal float32 draws, far below 1 in 10 ** 100.
    first, second = make_mlp(8, 6, 5), make_mlp(8, 6, 5)
    for i in (1, 3):
        same = torch.equal(first[i].weight.detach(), second[i].weight.detach())
        assert not same, "Each call must draw new weights."
    params = list(first.parameters())
    assert len(params) == 4, "The network must have two weights and two biases."
    assert all(p.requires_grad for p in params), "All parameters must require a gradient."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: weight_count

# %% [markdown]
# ## 9 · Quiz: how many weights?
#
# Fully connected layers are greedy. A photo of $256 \times 256$ grey pixels is flattened and goes through
# **one hidden layer of 1000 units** to **10 classes**.
#
# As a warm-up, the network of question 8: $784 \cdot 256 + 256 \cdot 10 = 203\,264$ entries in its two
# weight matrices.
#
# **Your task.** Set `weight_count` to the number of entries of *all weight matrices* of the photo network
# together. Biases do not count here. You may let Python calculate.
#
# <details><summary>Hint: which sizes do I multiply?</summary>
#
# Every layer has one weight matrix, of as many rows as it has inputs and as many columns as it has outputs.
# What is the number of *inputs* of a flattened photo? How many layers with weights are there, and do their
# sizes add or multiply?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
weight_count = 256 * 256 * 1000 + 1000 * 10  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_weight_count_is_a_whole_number(weight_count):
    try:
        number = float(weight_count)
    except (TypeError, ValueError, RuntimeError):
        number = None
    is_number = number is not None and not isinstance(weight_count, (str, bool))
    assert is_number, "weight_count must be a number, such as 784 * 256."
    assert number > 0 and number.is_integer(), "weight_count must be a whole number above 0."

# %%
# HIDDEN
def test_weight_count_counts_all_weight_matrices(weight_count):
    assert weight_count == 65546000, "Count the entries of every weight matrix, and no biases."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: parameter_count

# %% [markdown]
# ## 10 · Quiz: and with its biases?
#
# The optimizer also updates the biases. In the network of question 8 they are few: $256 + 10 = 266$, which
# makes $203\,530$ parameters in all.
#
# **Your task.** Set `parameter_count` to the number of *all* parameters of the photo network of question 9:
# weights and biases.
#
# <details><summary>Hint: how many biases are there?</summary>
#
# One for each unit that computes something: each hidden unit and each output. The inputs compute nothing.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
parameter_count = 256 * 256 * 1000 + 1000 + 1000 * 10 + 10  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_parameter_count_is_a_whole_number(parameter_count):
    try:
        number = float(parameter_count)
    except (TypeError, ValueError, RuntimeError):
        number = None
    is_number = number is not None and not isinstance(parameter_count, (str, bool))
    assert is_number, "parameter_count must be a number, such as 784 * 256 + 256."
    assert number > 0 and number.is_integer(), "parameter_count must be a whole number above 0."

# %%
# HIDDEN
def test_parameter_count_counts_weights_and_biases(parameter_count):
    assert parameter_count == 65547010, "Count the weights and the biases of both layers."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: activation_statement

# %% [markdown]
# ## 11 · Quiz: one of these is wrong
#
# Three of the statements are right, one is **wrong**.
#
# - **a** · Without activation functions, stacked linear layers are one linear layer.
# - **b** · Tanh is sigmoid shifted and scaled, so there is no difference between them.
# - **c** · The main advantage of ReLU over sigmoid and tanh is that it is cheap to compute and that its
#   gradient does not vanish for positive inputs.
# - **d** · For outputs in $[0, 1]$ the sigmoid can be used.
#
# **Your task.** Set `activation_statement` to the letter of the wrong one: `"a"`, `"b"`, `"c"` or `"d"`.
#
# <details><summary>Hint: they all sound right</summary>
#
# Go back to what you have seen: the two lines of numbers at the start, the pictures of the functions, the
# pictures of their slopes. For each statement ask whether its *last* words follow from its first ones.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
activation_statement = "b"  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_activation_statement_is_one_letter(activation_statement):
    message = 'activation_statement must be one of the letters "a", "b", "c", "d", in quotes.'
    assert isinstance(activation_statement, str), message
    assert activation_statement.strip().lower() in ("a", "b", "c", "d"), message

# %%
# HIDDEN
def test_activation_statement_is_the_wrong_one(activation_statement):
    assert activation_statement.strip().lower() == "b", "This statement is right. Look for the wrong one."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: sigmoid_slope

# %% [markdown]
# ## 12 · Quiz: how steep can a sigmoid be?
#
# In backpropagation every sigmoid layer multiplies the gradient by a slope of the sigmoid. The largest one
# decides how fast gradients must shrink.
#
# **Your task.** Set `sigmoid_slope` to the largest value that $\operatorname{sigmoid}'(x)$ takes for any
# $x$. Your own functions can find it, and so can the formula of question 2.
#
# <details><summary>Hint: where is it steepest?</summary>
#
# Look at the dashed line of the first picture. Then put the sigmoid's value at that place into
# $s\,(1 - s)$.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
sigmoid_slope = 0.25  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_sigmoid_slope_is_a_positive_number(sigmoid_slope):
    try:
        number = float(sigmoid_slope)
    except (TypeError, ValueError, RuntimeError):
        number = None
    is_number = number is not None and not isinstance(sigmoid_slope, (str, bool))
    assert is_number, "sigmoid_slope must be a number."
    assert 0 < number < 100, "A slope of the sigmoid is above 0, and far below 100."

# %%
# HIDDEN
def test_sigmoid_slope_is_the_largest_one(sigmoid_slope):
    try:
        number = float(sigmoid_slope)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("sigmoid_slope must be a number.") from None
    assert not isinstance(sigmoid_slope, (str, bool)), "sigmoid_slope must be a number."
    assert abs(number - 0.25) < 1e-3, "This is not the largest slope of the sigmoid."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What to take with you
#
# - Without a nonlinear activation, depth buys nothing.
# - ReLU first. Sigmoid for outputs in $[0, 1]$ and for gates. Tanh when values should be centred.
# - A formula that is right on paper can overflow in `float32`. Check the gradient as well as the value.
# - Parameters are leaf tensors that start small, random (weights) and zero (biases).
# - A fully connected layer on a photo costs tens of millions of weights. Convolutions will fix that.
#
# Save the notebook, and upload it.

# %% [raw]
# # BEGIN QUESTION
# name: prelu

# %% [markdown]
# ## 4 · PReLU: a slope that is learned (5 min)
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
# $\alpha x$" is the same as PReLU only for $0 \le \alpha \le 1$. Decide by the sign of $x$ instead, or type
# the formula as it stands.
#
# <details><summary>The next line</summary>
#
# Its first term is your `relu`. The second has `torch.minimum(…, …)` in it, of `X` and a zero like `X`.
# </details></details>
#
# <details><summary>Hint: no gradient reaches alpha</summary>
#
# `alpha` must go into the formula as the tensor that it is. `.item()` and `float(alpha)` make a plain
# number of it, which has no history.
#
# <details><summary>The next line</summary>
#
# With `alpha = torch.tensor(0.25, requires_grad=True)`, print `prelu(X, alpha).requires_grad`: it is `True`
# even for an `X` that is not watched.
# </details></details>

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
# CORE
def test_prelu_of_the_example(prelu):
    import torch

    X = torch.tensor([[-2.0, 0.5, 0.0], [8.0, -12.0, -1.0]])
    expected = torch.tensor([[-0.5, 0.5, 0.0], [8.0, -3.0, -0.25]])
    torch.testing.assert_close(prelu(X, torch.tensor(0.25)), expected)

# %%
# CORE
def test_prelu_takes_every_alpha(prelu):
    import torch

    X = torch.tensor([-2.0, 0.5])
    torch.testing.assert_close(prelu(X, torch.tensor(2.0)), torch.tensor([-4.0, 0.5]))
    torch.testing.assert_close(prelu(X, torch.tensor(-1.5)), torch.tensor([3.0, 0.5]))

# %%
# CORE
def test_prelu_passes_a_gradient_to_alpha(prelu):
    import torch

    alpha = torch.tensor(0.25, requires_grad=True)
    prelu(torch.tensor([-2.0, 0.5, -3.0]), alpha).sum().backward()
    assert alpha.grad is not None, "No gradient reaches alpha: use the tensor itself, not its number."
    torch.testing.assert_close(alpha.grad, torch.tensor(-5.0))

# %%
def test_prelu_passes_a_gradient_to_X(prelu):
    import torch

    X = torch.tensor([-2.0, 0.5, -3.0], requires_grad=True)
    y = prelu(X, torch.tensor(0.25, requires_grad=True))
    y.sum().backward()
    assert X.grad is not None, "No gradient reaches X: it must stay part of the graph."
    torch.testing.assert_close(X.grad, torch.tensor([0.25, 1.0, 0.25]))

# %%
# HIDDEN
def test_prelu_works_for_every_layout_and_device(prelu, judge):
    import torch

    X = 10 * torch.randn(4, 3, 5, dtype=torch.float64)
    strided = X.transpose(0, 2)[::2, 1:]
    alpha = torch.tensor([1.7], dtype=torch.float64)
    torch.testing.assert_close(prelu(strided, alpha), torch.where(strided > 0, strided, 1.7 * strided))
    torch.testing.assert_close(prelu(torch.tensor(-7.0), torch.tensor(-0.3)), torch.tensor(2.1))
    message = "The result must lie on the device of X: what you make beside X must lie there, too."
    assert judge.keeps_device(prelu, strided, alpha), message

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

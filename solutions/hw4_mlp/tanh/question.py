# %% [raw]
# # BEGIN QUESTION
# name: tanh

# %% [markdown]
# ## 3 · Tanh (5 min)
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
# gradient must be right and finite for entries from $-100$ to $100$, exactly 0 included. You may call your
# own `sigmoid`. Write it yourself: a call of `torch.tanh`, `F.tanh`, `nn.Tanh` or `Tensor.tanh` takes the
# question to 0 points.
#
# <details><summary>Hint: I get nan at −100</summary>
#
# At $x = -100$ the formula computes $-\infty / \infty$. For negative inputs multiply numerator and
# denominator by $e^{2x}$, and let no exponent above 0 reach `exp`.
#
# <details><summary>The next line</summary>
#
# As in question 2, choose the exponent first, $-2x$ or $2x$, and call its exponential `Z`. For $x \ge 0$
# the formula reads $(1 - Z)/(1 + Z)$. What does it read for $x < 0$?
# </details></details>
#
# <details><summary>Hint: a negative input gives a positive number</summary>
#
# If you worked with $|x|$, remember that $\tanh(-x) = -\tanh(x)$: the sign has to come back.
#
# <details><summary>The next line</summary>
#
# Try it on $[-1,\ 0,\ 1]$. The denominator is the same on both sides; which of $1 - Z$ and $Z - 1$ is
# negative?
# </details></details>
#
# <details><summary>Hint: the result is 0.7311 for 1</summary>
#
# That is the sigmoid. The two are relatives, and the relation stands above: $2x$ goes in, and the result is
# stretched and moved.
#
# <details><summary>The next line</summary>
#
# `sigmoid(2 * X)` is the middle of it. What is done to it?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def tanh(X: torch.Tensor) -> torch.Tensor:
    """Return (1 - exp(-2x)) / (1 + exp(-2x)) for every entry x of X, in X's shape and dtype.

    Value and gradient are finite for entries from -100 to 100. Write it yourself: `torch.tanh`,
    `F.tanh`, `nn.Tanh` and `Tensor.tanh` take the question to 0 points.
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
# CORE
def test_tanh_of_the_example(tanh):
    import torch

    expected = torch.tensor([-0.76159416, 0.0, 0.76159416])
    torch.testing.assert_close(tanh(torch.tensor([-1.0, 0.0, 1.0])), expected)

# %%
# CORE
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
def test_tanh_works_for_every_layout_and_device(tanh, judge):
    import torch

    X = (3 * torch.randn(4, 3, 5)).clamp(-2.5, 2.5)
    strided = X.transpose(0, 2)[1::2, :, ::3]
    torch.testing.assert_close(tanh(strided), torch.tanh(strided))
    torch.testing.assert_close(tanh(torch.tensor(-0.7)), torch.tanh(torch.tensor(-0.7)))
    torch.testing.assert_close(tanh(torch.empty(2, 0)), torch.empty(2, 0))
    message = "The result must lie on the device of X: what you make beside X must lie there, too."
    assert judge.keeps_device(tanh, strided), message

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
def test_tanh_has_its_largest_slope_at_zero(tanh):
    import torch

    for X in (torch.zeros(3, 2), torch.tensor([[0.0, -0.0, 1e-30]]), torch.tensor(0.0, dtype=torch.float64)):
        X.requires_grad_()
        Y = tanh(X)
        assert Y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
        assert Y.shape == X.shape, "The result must have the shape of X."
        Y.sum().backward()
        assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
        torch.testing.assert_close(X.grad, torch.full_like(X, 1.0))


# %%
# HIDDEN
# RULE
def test_tanh_is_your_own(tanh, judge):
    import torch

    called = set()
    # Within 2.5 of zero: what an answer makes of large numbers is no matter of this rule.
    wide = (3 * torch.randn(4, 6, dtype=torch.float64)).clamp(-2.5, 2.5)
    for X in (torch.randn(5).clamp(-2.5, 2.5), wide, torch.randn(7).clamp(-2.5, 2.5).requires_grad_()):
        expected = torch.tanh(X.detach())
        watched = judge.watch(tanh, X)
        torch.testing.assert_close(watched.value, expected, check_dtype=False)  # it is the answer that was watched
        called |= watched.calls
    message = "Write tanh yourself: torch.tanh, F.tanh, nn.Tanh and Tensor.tanh take the question to 0 points."
    assert "tanh" not in {name.split(".")[0].rstrip("_") for name in called}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

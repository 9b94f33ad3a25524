# %% [raw]
# # BEGIN QUESTION
# name: sigmoid

# %% [markdown]
# ## 2 · Sigmoid (10 min)
#
# The sigmoid squeezes any number into the interval from 0 to 1:
#
# $$\operatorname{sigmoid}(x) = \frac{1}{1 + e^{-x}}, \qquad
#   \operatorname{sigmoid}'(x) = \operatorname{sigmoid}(x)\,\big(1 - \operatorname{sigmoid}(x)\big) .$$
#
# It is softmax for two classes: with the logits $x$ and $0$, the first class gets $e^x / (e^x + e^0) =
# \operatorname{sigmoid}(x)$, so as an output it reads as a probability. As a hidden activation it was once
# everywhere; today it lives on in gates that open and close.
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
# $100$, exactly 0 included, both the value and the gradient must be right and finite. Write it yourself: a
# call of `torch.sigmoid`, `F.sigmoid`, `nn.Sigmoid`, `Tensor.sigmoid` or `torch.special.expit` takes the
# question to 0 points.
#
# <details><summary>Hint: my values are right, but the gradient at −100 is nan</summary>
#
# `torch.where(condition, A, B)` computes *both* `A` and `B`, and the gradient passes through both. If the
# branch that is not chosen overflows, its gradient is $0 \cdot \infty$, and the `nan` gets out. So make the
# *exponent* safe before `exp` sees it: no exponent larger than 0 should ever reach `exp`.
#
# <details><summary>The next line</summary>
#
# Begin with `positive = X >= 0`. Then let a first `torch.where` choose the exponent, $-x$ or $x$, and call
# `exp` once. A second one chooses between the two forms.
# </details></details>
#
# <details><summary>Hint: the gradient at exactly 0 is wrong</summary>
#
# It should be $\tfrac14$. `abs` has no slope at 0, and autograd takes 0 for it. Choose by a condition in
# place of taking the magnitude.
#
# <details><summary>The next line</summary>
#
# The condition `X >= 0` decides at 0 as well, and there the first form holds: its exponent is $-x$, with a
# slope.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def sigmoid(X: torch.Tensor) -> torch.Tensor:
    """Return 1 / (1 + exp(-x)) for every entry x of X, in X's shape and dtype.

    Value and gradient are finite for entries from -100 to 100. Write it yourself: `torch.sigmoid`,
    `F.sigmoid`, `nn.Sigmoid`, `Tensor.sigmoid` and `torch.special.expit` take the question to 0 points.
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
# CORE
def test_sigmoid_of_the_example(sigmoid):
    import torch

    expected = torch.tensor([0.26894143, 0.5, 0.7310586])
    torch.testing.assert_close(sigmoid(torch.tensor([-1.0, 0.0, 1.0])), expected)

# %%
# CORE
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
def test_sigmoid_works_for_every_layout_and_device(sigmoid, judge):
    import torch

    X = (8 * torch.randn(4, 3, 5)).clamp(-5, 5)
    strided = X.transpose(0, 2)[1::2, :, ::3]
    torch.testing.assert_close(sigmoid(strided), torch.special.expit(strided))
    torch.testing.assert_close(sigmoid(torch.tensor(-2.5)), torch.special.expit(torch.tensor(-2.5)))
    torch.testing.assert_close(sigmoid(torch.empty(2, 0)), torch.empty(2, 0))
    message = "The result must lie on the device of X: what you make beside X must lie there, too."
    assert judge.keeps_device(sigmoid, strided), message

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
def test_sigmoid_has_its_largest_slope_at_zero(sigmoid):
    import torch

    for X in (torch.zeros(3, 2), torch.tensor([[0.0, -0.0, 1e-30]]), torch.tensor(0.0, dtype=torch.float64)):
        X.requires_grad_()
        Y = sigmoid(X)
        assert Y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
        assert Y.shape == X.shape, "The result must have the shape of X."
        Y.sum().backward()
        assert X.grad is not None, "No gradient reaches X: the result must stay part of the graph."
        torch.testing.assert_close(X.grad, torch.full_like(X, 0.25))


# %%
# HIDDEN
# RULE
def test_sigmoid_is_your_own(sigmoid, judge):
    import torch

    called = set()
    # Within five of zero: what an answer makes of large numbers is no matter of this rule.
    wide = (3 * torch.randn(4, 6, dtype=torch.float64)).clamp(-5, 5)
    for X in (torch.randn(5).clamp(-5, 5), wide, torch.randn(7).clamp(-5, 5).requires_grad_()):
        expected = torch.sigmoid(X.detach())
        watched = judge.watch(sigmoid, X)
        torch.testing.assert_close(watched.value, expected, check_dtype=False)  # it is the answer that was watched
        called |= watched.calls
    called = {name.split(".")[0].rstrip("_") for name in called}
    message = (
        "Write sigmoid yourself: torch.sigmoid, F.sigmoid, nn.Sigmoid, Tensor.sigmoid and "
        "torch.special.expit take the question to 0 points."
    )
    assert not called & {"sigmoid", "special_expit", "expit"}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: Conv2D

# %% [markdown]
# ## 2 · A convolutional layer (10 min)
#
# A layer is an operation together with the parameters that it learns. A convolutional layer
# cross-correlates its input with its weight and adds one bias to every entry:
#
# $$\text{Conv2D}(X) = X \star \text{weight} + \text{bias}.$$
#
# **Your task.** Write the class `Conv2D(kernel_size)`. `kernel_size` is a pair such as `(3, 5)`. The layer has exactly
# two trainable parameters: `weight`, of the shape `kernel_size`, and `bias`, of the shape `(1,)`. How you
# initialise them is up to you, but each layer has its own. `forward(X)` takes one image `(h, w)` and uses
# your `corr2d`. After `conv.double()` the layer computes in `float64`.
#
# **Example.** With the weight $\begin{pmatrix}0&1\\2&3\end{pmatrix}$ and the bias $-20$, the example above becomes
# $\begin{pmatrix}-1&5\\17&23\end{pmatrix}$.
#
# <details><summary>Hint: the optimizer says that my layer has no parameters</summary>
#
# A tensor that is assigned to `self.weight` is only a tensor. `nn.Parameter(…)` around it registers it with the module.
#
# <details><summary>The next line</summary>
#
# `self.weight = nn.Parameter(…)`, with random numbers of the shape `kernel_size` in it.
# </details></details>
#
# <details><summary>Hint: "cannot assign parameter before Module.__init__()"</summary>
#
# The module's books are not set up yet. That call is missing, comes too late, or lost its brackets.
#
# <details><summary>The next line</summary>
#
# The first line of `__init__` is `super().__init__()`.
# </details></details>

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
# CORE
def test_Conv2D_has_a_weight_and_a_bias(Conv2D):
    parameters = dict(Conv2D((3, 5)).named_parameters())
    assert sorted(parameters) == ["bias", "weight"], "The layer has two parameters: weight and bias."
    assert tuple(parameters["weight"].shape) == (3, 5), "weight has the shape kernel_size."
    assert tuple(parameters["bias"].shape) == (1,), "bias has the shape (1,)."

# %%
# CORE
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
    Y = conv(X)
    torch.testing.assert_close(Y.detach(), expected)
    assert Y.requires_grad, "No gradient reaches weight and bias: the result must stay part of the graph."

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
# CORE
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
# CORE
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
def test_Conv2D_can_be_trained_with_an_optimizer(Conv2D):
    import torch
    from torch.nn import functional as F

    conv, X, Y = Conv2D((2, 1)), torch.randn(4, 6), 3 * torch.randn(3, 6)
    weight, bias = torch.randn(2, 1), torch.randn(1)
    with torch.no_grad():
        conv.weight.copy_(weight)
        conv.bias.copy_(bias)
    optimizer = torch.optim.SGD(conv.parameters(), lr=0.1)
    for _ in range(3):
        weight, bias = weight.detach().requires_grad_(), bias.detach().requires_grad_()
        loss = ((F.conv2d(X[None, None], weight[None, None], bias)[0, 0] - Y) ** 2).mean()
        slopes = torch.autograd.grad(loss, (weight, bias))
        weight, bias = weight - 0.1 * slopes[0], bias - 0.1 * slopes[1]
        optimizer.zero_grad()
        ((conv(X) - Y) ** 2).mean().backward()
        optimizer.step()
    torch.testing.assert_close(conv.weight.detach(), weight.detach(), rtol=1e-3, atol=1e-4)
    torch.testing.assert_close(conv.bias.detach(), bias.detach(), rtol=1e-3, atol=1e-4)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

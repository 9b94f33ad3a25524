# %% [raw]
# # BEGIN QUESTION
# name: relu

# %% [markdown]
# ## 1 · ReLU (5 min)
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
# included. The result has the shape *and the dtype* of `X`: integers stay integers. It lies where `X` lies,
# which may be a GPU one day. `X` itself keeps its values. Gradients must flow through. Write it yourself: a
# call of `torch.relu`, `F.relu`, `nn.ReLU` or `Tensor.relu` takes the question to 0 points.
#
# <details><summary>Hint: it works for a matrix, but not for one number</summary>
#
# A loop or an index needs an axis, and a single number has none. Work on all entries at once: compare them
# with a zero.
#
# <details><summary>The next line</summary>
#
# PyTorch has several functions that choose between two tensors entry by entry. One of them takes the larger
# of the two.
# </details></details>
#
# <details><summary>Hint: integers become floats</summary>
#
# A constant such as `0.0` brings a dtype of its own. The zero should be *like* `X`: the same shape and the
# same dtype.
#
# <details><summary>The next line</summary>
#
# `torch.zeros_like(X)` makes such a zero, on the device of `X`, too.
# </details></details>
#
# <details><summary>Hint: X looks different after the call</summary>
#
# You wrote into it: `X[X < 0] = 0` and functions that end in an underscore do. Make a new tensor instead.
#
# <details><summary>The next line</summary>
#
# `torch.where(condition, …, …)` is one way to a new tensor. Which condition, and which two choices?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def relu(X: torch.Tensor) -> torch.Tensor:
    """Return max(x, 0) for every entry x of X, in X's shape and dtype.

    X has any shape and is not modified. Write it yourself: `torch.relu`, `F.relu`, `nn.ReLU` and
    `Tensor.relu` take the question to 0 points.
    """
    # BEGIN SOLUTION
    return torch.maximum(X, torch.zeros_like(X))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
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
# CORE
def test_relu_lets_a_gradient_through(relu):
    import torch

    X = torch.tensor([-3.0, -0.25, 0.5, 9.0], requires_grad=True)
    y = relu(X)
    assert y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    y.sum().backward()
    torch.testing.assert_close(X.grad, torch.tensor([0.0, 0.0, 1.0, 1.0]))

# %%
# HIDDEN
def test_relu_works_for_every_layout(relu):
    import torch

    X = (10 * torch.randn(3, 4, 5)).clamp(-5, 5)
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
def test_relu_stays_on_the_device_of_its_input(relu, judge):
    import torch

    for X in ((10 * torch.randn(8, 6)).clamp(-5, 5), torch.randn(2, 5, dtype=torch.float64).T):
        torch.testing.assert_close(relu(X), X.clamp(min=0))
        message = "The result must lie on the device of X: a tensor that you compare X with must lie there, too."
        assert judge.keeps_device(relu, X), message


# %%
# HIDDEN
# RULE
def test_relu_is_your_own(relu, judge):
    import torch

    called = set()
    for X in (2 * torch.rand(5) - 1, 6 * torch.rand(4, 6, dtype=torch.float64) - 3, (2 * torch.rand(7) - 1).requires_grad_()):
        expected = torch.where(X > 0, X, 0.0).detach()
        watched = judge.watch(relu, X)
        torch.testing.assert_close(watched.value, expected, check_dtype=False)  # it is the answer that was watched
        called |= watched.calls
    message = "Write relu yourself: torch.relu, F.relu, nn.ReLU and Tensor.relu take the question to 0 points."
    assert "relu" not in {name.split(".")[0].rstrip("_") for name in called}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

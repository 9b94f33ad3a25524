# %% [raw]
# # BEGIN QUESTION
# name: squared_loss

# %% [markdown]
# ## 4 · How wrong is a prediction? (5 min)
#
# A *loss* turns "close" into a number. For example $i$ take the squared distance, halved:
#
# $$\ell^{(i)} = \tfrac{1}{2}\left(\hat{y}^{(i)} - y^{(i)}\right)^2, \qquad
#   \frac{\partial \ell^{(i)}}{\partial \hat{y}^{(i)}} = \hat{y}^{(i)} - y^{(i)} .$$
#
# The $\tfrac12$ is there for the derivative: it cancels the 2. What is left of the gradient is the error
# itself.
#
# Why squares, and not the plain distance? Suppose the noise is normal, as in question 1. Then the
# probability of a label is proportional to $e^{-(y - \hat{y})^2 / 2\sigma^2}$. To make the labels that we saw
# as probable as possible, take the negative logarithm of that and make it small. What comes out is the
# squared loss, up to constants. The square is not a matter of taste; it is the shape of the noise.
#
# **Example.** Predictions $[3,\ -1,\ 8]$ and labels $[1,\ 2,\ 8]$ give the losses $[2,\ 4.5,\ 0]$.
#
# **The trap.** The model returns shape `(n, 1)`. Labels often come as `(n,)`. Subtract the two, and
# broadcasting makes an `(n, n)` table of *every prediction minus every label*. No error appears, the mean
# is a plausible number, and the model learns to predict the average. So first give `y` the shape of `y_hat`.
#
# **Your task.** Write `squared_loss(y_hat, y)`. It returns one loss *per example*, in the shape of `y_hat`.
# `y` holds as many numbers as `y_hat`, maybe in another shape; reshape it. Gradients must flow to `y_hat`,
# and `float64` in gives `float64` out.
#
# <details><summary>Hint: the result has n times n entries</summary>
#
# Print `y_hat.shape` and `y.shape` before the subtraction. If they differ, broadcasting makes a table. Give
# one the shape of the other first.
#
# <details><summary>The next line</summary>
#
# `y.reshape(…)` takes a whole shape as well: which one should it be?
# </details></details>
#
# <details><summary>Hint: the result is a single number</summary>
#
# A `mean` or a `sum` is too much: here every example keeps its own loss. The training loop decides what to
# do with them.
#
# <details><summary>The next line</summary>
#
# Without it, check the example: three predictions give three losses, $[2,\ 4.5,\ 0]$.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def squared_loss(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return (y_hat - y)**2 / 2 for each example, in the shape of y_hat.

    y holds as many numbers as y_hat and is reshaped to the shape of y_hat first.
    """
    # BEGIN SOLUTION
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_squared_loss_of_the_example(squared_loss):
    import torch

    y_hat = torch.tensor([[3.0], [-1.0], [8.0]])
    y = torch.tensor([[1.0], [2.0], [8.0]])
    torch.testing.assert_close(squared_loss(y_hat, y), torch.tensor([[2.0], [4.5], [0.0]]))

# %%
# CORE
def test_squared_loss_takes_the_shape_of_y_hat(squared_loss):
    import torch

    flat, column = torch.tensor([3.0, -1.0, 8.0]), torch.tensor([[1.0], [2.0], [8.0]])
    torch.testing.assert_close(squared_loss(flat, column), torch.tensor([2.0, 4.5, 0.0]))
    flat, column = column.reshape(-1), flat.reshape(-1, 1)
    torch.testing.assert_close(squared_loss(column, flat), torch.tensor([[2.0], [4.5], [0.0]]))

# %%
# CORE
def test_squared_loss_lets_a_gradient_through(squared_loss):
    import torch

    y_hat = torch.tensor([[3.0], [-1.0], [8.0]], requires_grad=True)
    losses = squared_loss(y_hat, torch.tensor([1.0, 2.0, 8.0]))
    assert losses.requires_grad, "No gradient reaches y_hat: the result must stay part of the graph."
    losses.sum().backward()
    torch.testing.assert_close(y_hat.grad, torch.tensor([[2.0], [-3.0], [0.0]]))

# %%
# HIDDEN
def test_squared_loss_works_for_every_shape(squared_loss):
    import torch

    shapes = [((7, 1), (7,)), ((1, 1), (1,)), ((5,), (5, 1)), ((4, 3), (4, 3)), ((6, 1), (1, 6))]
    for shape, label_shape in shapes:
        y_hat = 9 * torch.randn(shape, dtype=torch.float64)
        y = 9 * torch.randn(label_shape, dtype=torch.float64)
        error = y_hat.reshape(-1) - y.reshape(-1)
        torch.testing.assert_close(squared_loss(y_hat, y), (error * error / 2).reshape(shape))
    y_hat, y = torch.randn(4, 5).T, torch.randn(4, 5).T
    torch.testing.assert_close(squared_loss(y_hat, y), (y_hat - y).square() / 2)
    torch.testing.assert_close(squared_loss(torch.tensor(-9.0), torch.tensor(3.0)), torch.tensor(72.0))

# %%
# HIDDEN
def test_squared_loss_has_the_error_as_its_gradient(squared_loss):
    import torch

    y_hat = (8 * torch.randn(6, 1, dtype=torch.float64)).requires_grad_(True)
    y = 8 * torch.randn(12, dtype=torch.float64)[::2]
    upstream = torch.randn(6, 1, dtype=torch.float64)
    loss = squared_loss(y_hat, y)
    assert loss.shape == (6, 1), "The losses must have the shape of y_hat."
    assert loss.requires_grad, "No gradient reaches y_hat: the result must stay part of the graph."
    loss.backward(upstream)
    torch.testing.assert_close(y_hat.grad, upstream * (y_hat.detach() - y.reshape(6, 1)))

# %%
# HIDDEN
def test_squared_loss_leaves_its_inputs_alone(squared_loss):
    import torch

    y_hat, y = torch.randn(5, 1), torch.randn(5)
    y_hat_before, y_before = y_hat.clone(), y.clone()
    squared_loss(y_hat, y)
    same = torch.equal(y_hat, y_hat_before) and torch.equal(y, y_before)
    assert same, "y_hat and y must keep their values and shapes."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

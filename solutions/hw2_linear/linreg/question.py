# %% [raw]
# # BEGIN QUESTION
# name: linreg

# %% [markdown]
# ## 3 · The model (3 min)
#
# For a minibatch $\mathbf{X}$ of $n$ rows the model is one line:
#
# $$\hat{\mathbf{y}} = \mathbf{X}\mathbf{w} + b .$$
#
# The product has shape `(n, 1)`, and the single bias is added to each of its rows by broadcasting.
#
# **Example.**
#
# $$\mathbf{X} = \begin{bmatrix} 1 & 2 \\ 3 & -1 \\ 0 & 0.5 \end{bmatrix}, \quad
#   \mathbf{w} = \begin{bmatrix} 2 \\ -3.4 \end{bmatrix}, \quad b = 4.2
#   \qquad \hat{\mathbf{y}} = \begin{bmatrix} -0.6 \\ 13.6 \\ 2.5 \end{bmatrix}$$
#
# **Your task.** Write `linreg(X, w, b)` for `X` of shape `(n, d)`, `w` of shape `(d, 1)` and `b` of shape
# `(1,)`. Return the predictions, of shape `(n, 1)`. Gradients must flow to `w` and `b`, and `float64` in
# gives `float64` out.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# Rows of the first meet columns of the second: `(n, d) @ (d, 1)` gives `(n, 1)`. Nothing needs a transpose.
#
# <details><summary>The next line</summary>
#
# Print `X.shape` and `w.shape` in your function. Which of the two has to stand on the left, so that the two
# $d$ meet?
# </details></details>
#
# <details><summary>Hint: the result has d columns</summary>
#
# `*` multiplies entry by entry and broadcasts. The matrix product is `@` or `torch.matmul`.
#
# <details><summary>The next line</summary>
#
# Write the product of `X` and `w` into a line of its own and print its shape: `(n, 1)`. Only then comes the
# bias.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def linreg(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the predictions Xw + b, of shape (n, 1), for X (n, d), w (d, 1) and b (1,)."""
    # BEGIN SOLUTION
    return torch.matmul(X, w) + b
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_linreg_of_the_example(linreg):
    import torch

    X = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.0, 0.5]])
    y_hat = linreg(X, torch.tensor([[2.0], [-3.4]]), torch.tensor([4.2]))
    torch.testing.assert_close(y_hat, torch.tensor([[-0.6], [13.6], [2.5]]))

# %%
def test_linreg_keeps_float64_and_lets_gradients_through(linreg):
    import torch

    X = torch.tensor([[1.0, 2.0], [3.0, -1.0]], dtype=torch.float64)
    w = torch.tensor([[2.0], [-3.5]], dtype=torch.float64, requires_grad=True)
    b = torch.tensor([4.25], dtype=torch.float64, requires_grad=True)
    y_hat = linreg(X, w, b)
    torch.testing.assert_close(y_hat.detach(), torch.tensor([[-0.75], [13.75]], dtype=torch.float64))
    assert y_hat.requires_grad, "No gradient reaches w and b: the result must stay part of the graph."
    y_hat.sum().backward()
    torch.testing.assert_close(w.grad, torch.tensor([[4.0], [1.0]], dtype=torch.float64))
    torch.testing.assert_close(b.grad, torch.tensor([2.0], dtype=torch.float64))

# %%
# HIDDEN
# CORE
def test_linreg_works_for_every_size(linreg):
    import torch

    for n, d in [(1, 5), (7, 1), (4, 4), (6, 3)]:
        X = 10 * torch.randn(d, 2 * n, dtype=torch.float64).T[::2]
        w, b = torch.randn(d, 1, dtype=torch.float64), torch.tensor([-7.25], dtype=torch.float64)
        expected = (X * w.reshape(-1)).sum(dim=1).reshape(n, 1) - 7.25
        torch.testing.assert_close(linreg(X, w, b), expected)

# %%
# HIDDEN
# CORE
def test_linreg_passes_gradients_on(linreg):
    import torch

    # Whole numbers: what computes in another dtype finds these gradients as exactly. Dtypes have a test of their own.
    X, w, b, upstream = (torch.randint(-40, 41, shape).double() for shape in [(5, 3), (3, 1), (1,), (5, 1)])
    for tensor in (X, w, b):
        tensor.requires_grad_()
    y_hat = linreg(X, w, b)
    assert y_hat.shape == (5, 1), "The predictions must have shape (n, 1)."
    message = "Gradients must reach X, w and b: the result must stay part of the graph."
    assert y_hat.requires_grad, message
    y_hat.backward(upstream)
    assert X.grad is not None and w.grad is not None and b.grad is not None, message
    torch.testing.assert_close(w.grad, X.detach().T @ upstream)
    torch.testing.assert_close(b.grad, upstream.sum().reshape(1))
    torch.testing.assert_close(X.grad, upstream @ w.detach().T)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

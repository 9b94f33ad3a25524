# %% [raw]
# # BEGIN QUESTION
# name: softmax_regression

# %% [markdown]
# ## 8 · The model (5 min)
#
# Linear regression had one output: a weight for every input, and a bias. To choose among $q$ classes the
# model needs one output *per class*, so it is given a column of weights and a bias for each of them. All of
# it is one product:
#
# $$\mathbf O = \mathbf X \mathbf W + \mathbf b, \qquad
# \mathbf X \in \mathbb R^{n \times d},\quad \mathbf W \in \mathbb R^{d \times q},\quad
# \mathbf b \in \mathbb R^{q},\quad \mathbf O \in \mathbb R^{n \times q}$$
#
# Column $j$ of $\mathbf W$ has one weight per pixel: it is a picture of what the model looks for in class
# $j$. At the end of this notebook you will see those pictures. The softmax stays outside: the loss of
# question 3 wants logits.
#
# **Example.** Two examples with three inputs, two classes:
#
# $$\begin{bmatrix} 1 & 0 & -2 \\ 3 & 1 & 0.5 \end{bmatrix}
# \begin{bmatrix} 1 & -1 \\ 0.5 & 2 \\ -1 & 4 \end{bmatrix} + \begin{bmatrix} 0.25 & -0.5 \end{bmatrix}
# = \begin{bmatrix} 3.25 & -9.5 \\ 3.25 & 0.5 \end{bmatrix}$$
#
# **Your task.** Write `softmax_regression(X, W, b)`. `X` has the shape $(n, \dots)$ with $n \ge 1$: rows that
# are flat already, or pictures, which are flattened first to $(n, d)$. The result holds the logits, shape
# $(n, q)$, in the dtype of the arguments. Gradients flow to `W` and `b`. Use your `FlattenLayer`, if you like.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# Print the shapes of both. Is the batch axis still there? Only the axes *after* the first become one; a
# batch of five pictures of $28 \times 28$ pixels is a matrix of $5$ rows and $784$ columns.
#
# <details><summary>The next line</summary>
#
# `FlattenLayer()` makes a layer, and a layer is called with the pictures. What comes out may be multiplied
# with `W`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def softmax_regression(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the logits of a batch: the rows of X times W, plus b. Shape (n, q), no softmax.

    X: shape (n, ...) with d numbers per example, n at least 1. W: shape (d, q). b: shape (q,).
    """
    # BEGIN SOLUTION
    return FlattenLayer()(X) @ W + b
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_softmax_regression_of_the_example(softmax_regression):
    import torch

    X = torch.tensor([[1.0, 0.0, -2.0], [3.0, 1.0, 0.5]])
    W = torch.tensor([[1.0, -1.0], [0.5, 2.0], [-1.0, 4.0]])
    b = torch.tensor([0.25, -0.5])
    torch.testing.assert_close(softmax_regression(X, W, b), torch.tensor([[3.25, -9.5], [3.25, 0.5]]))

# %%
# CORE
def test_softmax_regression_flattens_pictures(softmax_regression):
    import torch

    pictures = torch.tensor([[[[1.0, 2.0], [-3.0, 0.5]]], [[[0.0, -1.0], [7.0, 2.0]]], [[[4.0, 0.0], [1.0, -2.0]]]])
    W = torch.tensor([[1.0, 0.0], [0.0, -1.0], [2.0, 1.0], [-2.0, 4.0]])
    b = torch.tensor([10.0, -10.0])
    expected = torch.tensor([[4.0, -13.0], [20.0, 6.0], [20.0, -17.0]])
    torch.testing.assert_close(softmax_regression(pictures, W, b), expected)

# %%
def test_softmax_regression_of_turned_pictures_stays_in_the_graph(softmax_regression):
    import torch

    pictures = torch.tensor([[[1.0, 0.0], [2.0, -1.0]], [[-3.0, 7.0], [0.5, 2.0]]]).transpose(1, 2)
    W = torch.tensor([[1.0], [0.0], [2.0], [-2.0]], requires_grad=True)
    logits = softmax_regression(pictures, W, torch.tensor([10.0]))
    torch.testing.assert_close(logits.detach(), torch.tensor([[13.0], [17.0]]))
    assert logits.requires_grad, "No gradient reaches W: the result must stay part of the graph."

# %%
def test_softmax_regression_takes_a_single_picture_in_float64(softmax_regression):
    import torch

    picture = torch.tensor([[[[2.0, -1.0], [0.5, 3.0]]]], dtype=torch.float64)
    W = torch.tensor([[1.0, 0.0], [0.0, -1.0], [2.0, 1.0], [-2.0, 4.0]], dtype=torch.float64)
    logits = softmax_regression(picture, W, torch.tensor([10.0, -10.0], dtype=torch.float64))
    torch.testing.assert_close(logits, torch.tensor([[7.0, 3.5]], dtype=torch.float64))

# %%
# HIDDEN
# CORE
def test_softmax_regression_takes_its_sizes_from_the_arguments(softmax_regression):
    import torch

    for n, shape, q in [(2, (3, 2), 5), (6, (1, 4, 5), 2), (3, (1, 28, 28), 10), (7, (9,), 4)]:
        X = torch.randn(n, *shape)
        W, b = torch.randn(X[0].numel(), q), 3 * torch.randn(q)
        expected = torch.stack([example.flatten() @ W for example in X]) + b
        torch.testing.assert_close(softmax_regression(X, W, b), expected, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
def test_softmax_regression_takes_turned_pictures(softmax_regression):
    import torch

    for n in (4, 1):
        pictures = (4 * torch.randn(n, 5, 3, 2)).permute(0, 3, 2, 1)
        W, b = torch.randn(7, 30).t(), torch.randn(7)
        expected = torch.stack([example.flatten() @ W for example in pictures]) + b
        torch.testing.assert_close(softmax_regression(pictures, W, b), expected, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
# CORE
def test_softmax_regression_passes_gradients_on(softmax_regression):
    import torch

    X = torch.randn(5, 2, 3)
    W = torch.randn(6, 4, requires_grad=True)
    b = torch.randn(4, requires_grad=True)
    upstream = torch.randn(5, 4)
    softmax_regression(X, W, b).backward(upstream)
    message = "Gradients must reach W and b: the result must stay part of the graph."
    assert W.grad is not None, message
    assert b.grad is not None, message
    torch.testing.assert_close(W.grad, X.reshape(5, 6).T @ upstream, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(b.grad, upstream.sum(0), rtol=1e-4, atol=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

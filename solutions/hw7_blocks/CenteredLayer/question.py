# %% [raw]
# # BEGIN QUESTION
# name: CenteredLayer

# %% [markdown]
# ## 6 · A layer without parameters: `CenteredLayer` (5 min)
#
# A layer is a module like any other.
#
# **Your task.** Write `CenteredLayer()`. It moves its input so that the mean over **all** entries
# becomes 0:
#
# $$y_{i} = x_{i} - \frac{1}{N}\sum_{j=1}^{N} x_{j}$$
#
# where $i$ and $j$ run over all $N$ entries, whatever the shape of the input.
#
# **Example.** The mean of `[1., 2., 3., 4., 5.]` is 3, so the layer returns
# `[-2., -1., 0., 1., 2.]`. The matrix `[[1., 2., 3.], [4., 5., 9.]]` has the mean $24/6 = 4$ and
# becomes `[[-3., -2., -1.], [0., 1., 5.]]`: one mean for the whole matrix.
#
# Such a layer fits into any network: in `nn.Sequential(nn.Linear(8, 128), CenteredLayer())` the mean
# of every output is 0, up to rounding.
#
# <details><summary>Hint: right for a vector, wrong for a matrix</summary>
#
# With a `dim` argument `mean` gives one number per row or column. How do you get one number in all?
#
# <details><summary>The next line</summary>
#
# Print `X.mean().shape` for the matrix of the example: it has no axes, and its value is 4.
# </details></details>
#
# <details><summary>Hint: the input has changed</summary>
#
# `X -= …` writes into the tensor that came in. A layer returns a new one.
#
# <details><summary>The next line</summary>
#
# Write the difference into the `return`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class CenteredLayer(nn.Module):
    """Subtract the mean over all entries. No parameters."""

    def __init__(self) -> None:
        # BEGIN SOLUTION
        super().__init__()
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X of any shape -> X minus its mean, in the same shape."""
        # BEGIN SOLUTION
        return X - X.mean()
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_centered_layer_on_a_vector(CenteredLayer):
    import torch
    from torch import nn

    layer = CenteredLayer()
    assert isinstance(layer, nn.Module), "CenteredLayer() should be an nn.Module."
    out = layer(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]))
    torch.testing.assert_close(out, torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0]))

# %%
# CORE
def test_centered_layer_uses_one_mean_for_a_matrix(CenteredLayer):
    import torch

    X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])
    out = CenteredLayer()(X)
    assert X[1, 2] == 9, "The layer changed its input. It should return a new tensor."
    torch.testing.assert_close(out, torch.tensor([[-3.0, -2.0, -1.0], [0.0, 1.0, 5.0]]))

# %%
# HIDDEN
def test_centered_layer_takes_any_shape_and_keeps_dtype(CenteredLayer):
    import torch

    g = torch.Generator().manual_seed(51)
    layer = CenteredLayer()
    assert not list(layer.parameters()), "This layer has no parameters."
    inputs = [
        10 * torch.randn(2, 3, 5, 4, generator=g) - 7,
        torch.randn(6, 7, generator=g, dtype=torch.float64)[:, ::3].T + 30,
        torch.tensor(4.5),
        torch.tensor([[-2.0]]),
    ]
    for X in inputs:
        before = X.clone()
        total = X.sum() / X.numel()
        torch.testing.assert_close(layer(X), before - total, rtol=1e-5, atol=1e-5)
        assert torch.equal(X, before), "The input should stay as it was."

# %%
# HIDDEN
def test_centered_layer_differentiates_the_mean_too(CenteredLayer):
    import torch

    g = torch.Generator().manual_seed(52)
    X = (3 * torch.randn(4, 5, generator=g)).requires_grad_()
    upstream = torch.randn(4, 5, generator=g)
    out = CenteredLayer()(X)
    assert out.requires_grad, "A gradient should flow back to the input."
    assert out.shape == X.shape, "The output should have the shape of the input."
    out.backward(upstream)
    assert X.grad is not None, "A gradient should flow back to the input."
    close = torch.allclose(X.grad, upstream - upstream.mean(), rtol=1e-4, atol=1e-6)
    assert close, "The mean depends on every entry, so a gradient flows through the mean, too."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

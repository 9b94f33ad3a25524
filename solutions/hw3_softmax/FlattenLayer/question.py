# %% [raw]
# # BEGIN QUESTION
# name: FlattenLayer

# %% [markdown]
# ## 7 · Pictures become rows (5 min)
#
# A linear layer wants one row of numbers per example. A batch of grey pictures has the shape
# $(n, 1, 28, 28)$, so each picture must be laid out as a row of $1 \cdot 28 \cdot 28 = 784$ numbers, while
# the $n$ examples stay apart:
#
# $$(n, d_1, d_2, \dots) \;\to\; (n,\; d_1 \cdot d_2 \cdots)$$
#
# **Example.** Two "pictures" of $2 \times 3$ pixels:
#
# $$\begin{bmatrix} 0 & 1 & 2 \\ 3 & 4 & 5 \end{bmatrix},\;
# \begin{bmatrix} 6 & 7 & 8 \\ 9 & 10 & 11 \end{bmatrix} \;\to\;
# \begin{bmatrix} 0 & 1 & 2 & 3 & 4 & 5 \\ 6 & 7 & 8 & 9 & 10 & 11 \end{bmatrix}$$
#
# Nothing has to be trained for that, so this layer has no parameters and no `__init__`; its `forward` is all.
# In an `nn.Sequential` it stands like any built-in layer.
#
# **Your task.** Complete `FlattenLayer`. It must work for any number of axes after the first, and for
# pictures that were turned or cropped: such tensors are not contiguous in memory, and `view` refuses many of
# them.
#
# <details><summary>Hint: "view size is not compatible with input tensor's size and stride"</summary>
#
# `view` never copies, so it can only relabel memory that already lies in the right order. After a transpose
# it does not. There is a sister of `view` that copies when it has to.
#
# <details><summary>The next line</summary>
#
# Its first size is `X.shape[0]`, so that the examples stay apart. The second is what the remaining sizes
# multiply to.
# </details></details>
#
# <details><summary>Hint: an empty batch raises an error</summary>
#
# With no entries at all, PyTorch cannot find out what `-1` stands for: 0 times anything is 0. Multiply the
# sizes yourself.
#
# <details><summary>The next line</summary>
#
# `math.prod` multiplies the sizes in `X.shape[1:]`. (`flatten` with a `start_dim` does the counting itself.)
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class FlattenLayer(nn.Module):
    """Lay out every example as one row: (n, d1, d2, ...) becomes (n, d1·d2·...)."""

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X: shape (n, d1, d2, ...), of any memory layout. Returns shape (n, d1·d2·...)."""
        # BEGIN SOLUTION
        return X.reshape(X.shape[0], math.prod(X.shape[1:]))  # -1 would not do for an empty batch
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_FlattenLayer_on_the_worked_example(FlattenLayer):
    import torch

    expected = torch.tensor([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]])
    torch.testing.assert_close(FlattenLayer()(torch.arange(12).reshape(2, 2, 3)), expected)
    shape = tuple(FlattenLayer()(torch.zeros(5, 1, 28, 28)).shape)
    assert shape == (5, 784), f"Five pictures of 1 * 28 * 28 numbers must become (5, 784), got {shape}."

# %%
def test_FlattenLayer_takes_turned_pictures(FlattenLayer):
    import torch

    turned = torch.arange(12).reshape(2, 2, 3).transpose(1, 2)
    expected = torch.tensor([[0, 3, 1, 4, 2, 5], [6, 9, 7, 10, 8, 11]])
    torch.testing.assert_close(FlattenLayer()(turned), expected)

# %%
def test_FlattenLayer_is_a_layer(FlattenLayer):
    import torch
    from torch import nn

    layer = FlattenLayer()
    assert isinstance(layer, nn.Module), "FlattenLayer must be an nn.Module, so that nn.Sequential takes it."
    X = torch.ones(2, 2, 3, requires_grad=True)
    assert layer(X).requires_grad, "No gradient can reach X: the result must stay part of the graph."
    shape = tuple(layer(torch.zeros(3, 2, 2)).shape)
    assert shape == (3, 4), f"After pictures of 2 * 3 come three pictures of 2 * 2: expected (3, 4), got {shape}."

# %%
# HIDDEN
# CORE
def test_FlattenLayer_for_any_number_of_axes(FlattenLayer):
    import torch

    layer = FlattenLayer()
    for shape in [(4, 7), (3, 2, 5), (1, 3, 2, 4), (5, 2, 3, 1, 2), (2, 1, 1)]:
        X = torch.randn(*shape, dtype=torch.float64)
        expected = torch.stack([example.flatten() for example in X])
        torch.testing.assert_close(layer(X), expected)

# %%
# HIDDEN
def test_FlattenLayer_for_cropped_and_turned_batches(FlattenLayer):
    import torch

    X = torch.randn(4, 9, 8, 3).permute(0, 3, 1, 2)[1:, :, 2:7, ::3]
    before = X.clone()
    torch.testing.assert_close(FlattenLayer()(X), torch.stack([example.flatten() for example in before]))
    assert torch.equal(X, before), "FlattenLayer changed its input"

# %%
# HIDDEN
# CORE
def test_FlattenLayer_in_a_network_with_gradients(FlattenLayer):
    import torch
    from torch import nn

    layer = FlattenLayer()
    assert isinstance(layer, nn.Module), "FlattenLayer should derive from nn.Module."
    X, weight = torch.randn(5, 3, 2, requires_grad=True), torch.randn(2, 6)
    rows = torch.stack([example.flatten() for example in X.detach()])
    out = layer(X)
    assert tuple(out.shape) == (5, 6), "The result has the wrong shape."
    torch.testing.assert_close(out.detach(), rows)
    assert out.requires_grad, "No gradient reaches the layer's input: the result must stay part of the graph."
    (out @ weight.T)[:, 1].sum().backward()
    assert X.grad is not None, "No gradient reaches the layer's input: the result must stay part of the graph."
    torch.testing.assert_close(X.grad, weight[1].reshape(3, 2).expand(5, 3, 2).contiguous())


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

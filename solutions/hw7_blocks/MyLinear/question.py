# %% [raw]
# # BEGIN QUESTION
# name: MyLinear

# %% [markdown]
# ## 7 · A layer with parameters: `MyLinear` (10 min)
#
# A tensor becomes a parameter of a module when it is wrapped in `nn.Parameter` and stored as an
# attribute. From then on `parameters()` lists it, `state_dict` stores it and `.to()` moves it.
#
# **Your task.** Write `MyLinear(in_units, units)`, a fully connected layer with a built-in ReLU:
#
# $$\mathrm{MyLinear}(X) = \max(0,\; XW + b)$$
#
# - `weight` has shape `(in_units, units)`. This is the textbook's orientation, *not* the one of
#   `nn.Linear`, which keeps the transpose.
# - `bias` has shape `(units,)`.
# - Both start as random numbers, for instance from $\mathcal N(0, 1)$.
# - Both can be trained: a gradient reaches `weight`, `bias` and `X`.
#
# **Example.** With
#
# $$X = \begin{pmatrix}1 & 2 & 3\end{pmatrix},\quad
# W = \begin{pmatrix}1 & -1\\ 2 & 0\\ 0 & 3\end{pmatrix},\quad
# b = \begin{pmatrix}-10 & 1\end{pmatrix}$$
#
# we get $XW = (5, 8)$, then $XW + b = (-5, 9)$, and after the ReLU $(0, 9)$.
#
# **A trap.** `self.weight.data` gives the numbers *without* their history. Older notebooks use it in
# `forward`. The values come out right, but no gradient ever reaches the layer, so it never learns.
#
# <details><summary>Hint: "element 0 of tensors does not require grad and does not have a grad_fn"</summary>
#
# Something on the way from the parameters to the output drops the history: `.data`, `.detach()`,
# `.numpy()`, `torch.no_grad()` or a tensor that is not an `nn.Parameter`.
#
# <details><summary>The next line</summary>
#
# In `forward`, use `self.weight` and `self.bias` as they are, with nothing behind them.
# </details></details>
#
# <details><summary>Hint: my layer has no parameters</summary>
#
# A tensor that is stored as an attribute is only a tensor. `nn.Parameter` makes a parameter of it.
#
# <details><summary>The next line</summary>
#
# `self.bias = nn.Parameter(…)`, with random numbers of the shape `(units,)` in it.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class MyLinear(nn.Module):
    """A fully connected layer with ReLU: max(0, X @ weight + bias)."""

    def __init__(self, in_units: int, units: int) -> None:
        # BEGIN SOLUTION
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_units, units))
        self.bias = nn.Parameter(torch.randn(units))
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X of shape (n, in_units) -> outputs of shape (n, units)."""
        # BEGIN SOLUTION
        return F.relu(X @ self.weight + self.bias)
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_my_linear_registers_weight_and_bias(MyLinear):
    from torch import nn

    layer = MyLinear(5, 3)
    assert isinstance(layer, nn.Module), "MyLinear(5, 3) should be an nn.Module."
    shapes = {name: tuple(p.shape) for name, p in layer.named_parameters()}
    assert shapes == {"weight": (5, 3), "bias": (3,)}, f"The parameters are {shapes}."

# %%
# CORE
def test_my_linear_on_the_example(MyLinear):
    import torch

    layer = MyLinear(3, 2)
    shapes = tuple(layer.weight.shape), tuple(layer.bias.shape)
    assert shapes == ((3, 2), (2,)), f"weight and bias of MyLinear(3, 2) have the shapes {shapes}."
    layer.weight.data.copy_(torch.tensor([[1.0, -1.0], [2.0, 0.0], [0.0, 3.0]]))
    layer.bias.data.copy_(torch.tensor([-10.0, 1.0]))
    out = layer(torch.tensor([[1.0, 2.0, 3.0]]))
    torch.testing.assert_close(out, torch.tensor([[0.0, 9.0]]))

# %%
def test_my_linear_can_be_trained(MyLinear):
    import torch

    layer, other = MyLinear(3, 2), MyLinear(3, 2)
    same = torch.equal(layer.weight, other.weight)
    assert not same, "Two new layers start with the same weight. The numbers at the start should be random."
    layer.weight.data.fill_(0.5)
    layer.bias.data.fill_(1.0)
    out = layer(torch.tensor([[1.0, 2.0, 3.0]]))
    assert out.requires_grad, "The output has no history, so no gradient can reach weight and bias."
    out.sum().backward()
    assert layer.weight.grad is not None, "No gradient reaches weight."
    assert layer.bias.grad is not None, "No gradient reaches bias."
    torch.testing.assert_close(layer.bias.grad, torch.ones(2))
    torch.testing.assert_close(layer.weight.grad, torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))

# %%
# HIDDEN
# CORE
def test_my_linear_values_and_gradients(MyLinear):
    import torch

    g = torch.Generator().manual_seed(61)
    layer = MyLinear(7, 4)
    W = torch.randn(7, 4, generator=g).requires_grad_()
    b = (2 * torch.randn(4, generator=g)).requires_grad_()
    shapes = tuple(layer.weight.shape), tuple(layer.bias.shape)
    assert shapes == ((7, 4), (4,)), "weight should have shape (in_units, units), bias (units,)."
    layer.weight.data.copy_(W.detach())
    layer.bias.data.copy_(b.detach())
    for n in (9, 1, 0):
        X = (3 * torch.randn(n, 14, generator=g)[:, ::2]).requires_grad_()
        Z = X.detach().clone().requires_grad_()
        upstream = torch.randn(n, 4, generator=g)
        expected = torch.relu(Z @ W + b)
        out = layer(X)
        assert out.shape == expected.shape, "Each row of X should give one row of outputs."
        close = torch.allclose(out.float(), expected, rtol=1e-4, atol=1e-5)
        assert close, "The values differ from max(0, X @ weight + bias)."
        assert out.requires_grad, "A gradient should reach weight, bias and X."
        out.backward(upstream)
        expected.backward(upstream)
        assert X.grad is not None, "A gradient should reach the input."
        torch.testing.assert_close(X.grad, Z.grad)
    assert layer.weight.grad is not None, "A gradient should reach weight."
    assert layer.bias.grad is not None, "A gradient should reach bias."
    torch.testing.assert_close(layer.weight.grad, W.grad, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(layer.bias.grad, b.grad, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
def test_my_linear_learns_from_its_random_start(MyLinear):
    import torch

    one, two = MyLinear(6, 5), MyLinear(6, 5)
    weight, bias = one.weight, one.bias
    assert not torch.equal(weight, two.weight), "The weight should start as random numbers, new ones for every layer."
    before = weight.detach().clone(), bias.detach().clone()
    # Rows and their negatives, far larger than any bias: every unit with a weight is active somewhere.
    X = 1000 * torch.randn(32, 6)
    one(torch.cat([X, -X])).sum().backward()
    torch.optim.SGD([weight, bias], lr=0.1).step()
    for p, old in zip((weight, bias), before):
        assert (p.detach() != old).any(), "One step of SGD should change weight and bias."
        assert p.isfinite().all(), "The parameters should be finite numbers."

# %%
# HIDDEN
def test_my_linear_stacks_and_converts(MyLinear, judge):
    import torch

    def measure(MyLinear, state, X):
        import torch
        from torch import nn

        net = nn.Sequential(MyLinear(6, 8), MyLinear(8, 1)).to(torch.float64)
        keys = sorted(net.state_dict())
        net.load_state_dict(state)
        return keys, net(X).detach()

    X = torch.randn(3, 6, dtype=torch.float64)
    shapes = {"0.bias": (8,), "0.weight": (6, 8), "1.bias": (1,), "1.weight": (8, 1)}
    state = {name: torch.randn(shape, dtype=torch.float64) for name, shape in shapes.items()}
    hidden = torch.relu(X @ state["0.weight"] + state["0.bias"])
    expected = torch.relu(hidden @ state["1.weight"] + state["1.bias"])
    keys, out = judge.probe(measure, MyLinear, state, X)
    assert keys == sorted(shapes), "The state_dict should hold weight and bias of each layer."
    assert tuple(out.shape) == (3, 1), "Layers of MyLinear should fit together in an nn.Sequential."
    assert out.dtype == torch.float64, "After .to(torch.float64) the output should be float64."
    torch.testing.assert_close(out, expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Does your layer learn?
#
# The target is a function that `MyLinear` can represent exactly, so the error can go to nothing.

# %% tags=["otter_ignore"]
torch.manual_seed(1)
X = torch.randn(200, 3)
y = F.relu(X @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.5)
layer = MyLinear(3, 1)
layer.weight.data.fill_(0.1)
layer.bias.data.fill_(0.1)
optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
losses = []
for step in range(100):
    loss = ((layer(X) - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
fig, ax = plt.subplots(figsize=(5.5, 2.8))
ax.plot(losses)
ax.set(xlabel="step", ylabel="mean squared error", yscale="log", title="MyLinear learns")
fig.tight_layout()
print("In the picture: the squared error falls over 100 steps, on a logarithmic axis almost in a straight line, from above 1 to below 0.001.")
plt.show()

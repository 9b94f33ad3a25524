# %% [raw]
# # BEGIN QUESTION
# name: MLP

# %% [markdown]
# ## 1 · A network as a class: `MLP` (10 min)
#
# A class that inherits from `nn.Module` needs two methods:
#
# - `__init__` creates the layers and stores them as attributes. Its first line is
#   `super().__init__()`, which prepares the books in which `nn.Module` enters layers and parameters.
# - `forward` says how the output is computed from the input. You never write the backward pass:
#   autograd derives it.
#
# Then `net(X)` runs `forward(X)`.
#
# **Your task.** Write the multilayer perceptron `MLP()`,
#
# $$H = \max(0,\; X W_1^\top + b_1), \qquad O = H W_2^\top + b_2$$
#
# with 20 inputs, 256 hidden units and 10 outputs. Store the layer $(W_1, b_1)$, an `nn.Linear`, as
# `self.hidden` and the layer $(W_2, b_2)$ as `self.out`. There is no activation after `out`.
# Lazy layers (`nn.LazyLinear`) count as linear layers, too: the checks send examples through first.
#
# **Example.** A minibatch of 2 examples goes in as `(2, 20)`, becomes `(2, 256)` in the hidden layer
# and leaves as `(2, 10)`. `nn.Linear(20, 256)` keeps its weight as `(256, 20)`: outputs first.
#
# <details><summary>Hint: "cannot assign module before Module.__init__() call"</summary>
#
# `nn.Module` has to set up its books before you store a layer in it. What should the first line of your
# `__init__` be?
#
# <details><summary>The next line</summary>
#
# `super().__init__()`, with both pairs of parentheses. Below it come `self.hidden = …` and `self.out = …`.
# </details></details>
#
# <details><summary>Hint: the shapes are right, but the numbers are not</summary>
#
# Between the two layers stands the $\max(0, \cdot)$ of the formula, and none after the last.
#
# <details><summary>The next line</summary>
#
# In `forward`, give `F.relu(self.hidden(X))` to the second layer.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class MLP(nn.Module):
    """20 inputs -> 256 hidden units with ReLU -> 10 outputs.

    Attributes: `hidden`, an `nn.Linear(20, 256)`, and `out`, an `nn.Linear(256, 10)`.
    """

    def __init__(self) -> None:
        # BEGIN SOLUTION
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.out = nn.Linear(256, 10)
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X of shape (n, 20) -> outputs of shape (n, 10)."""
        # BEGIN SOLUTION
        return self.out(F.relu(self.hidden(X)))
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_mlp_registers_hidden_and_out(MLP):
    import torch
    from torch import nn

    net = MLP()
    assert isinstance(net, nn.Module), "MLP() should be an nn.Module."
    net(torch.zeros(2, 20))
    shapes = {name: tuple(p.shape) for name, p in net.named_parameters()}
    for attribute, expected in [("hidden.", [(256,), (256, 20)]), ("out.", [(10,), (10, 256)])]:
        found = sorted(shape for name, shape in shapes.items() if name.startswith(attribute))
        assert found == expected, f"The parameters of net.{attribute[:-1]} are {found}, expected {expected}."
    assert len(shapes) == 4, f"Two linear layers have four parameters; yours are {sorted(shapes)}."

# %%
# CORE
def test_mlp_maps_twenty_numbers_to_ten(MLP):
    import torch

    net = MLP()
    for n in (2, 5):
        out = net(torch.ones(n, 20))
        assert tuple(out.shape) == (n, 10), f"{n} examples should give ({n}, 10), not {tuple(out.shape)}."
    # All weights and biases of a layer are one number; the two examples add up to 1 and -3.
    numbers = {(256, 20): 1.0, (256,): 0.0, (10, 256): -1 / 128, (10,): 1.0}
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(numbers.get(tuple(p.shape), 0.0))
    X = torch.zeros(2, 20)
    X[:, :3] = torch.tensor([[2.0, -1.0, 0.0], [-2.0, 1.0, -2.0]])
    torch.testing.assert_close(net(X).detach(), torch.tensor([[-1.0] * 10, [1.0] * 10]))

# %%
# HIDDEN
# CORE
def test_mlp_has_its_activation_in_the_right_place(MLP):
    import torch

    g = torch.Generator().manual_seed(11)
    net = MLP()
    net(torch.zeros(2, 20))
    p = {tuple(p.shape): p for p in net.parameters()}
    layers = [(10,), (10, 256), (256,), (256, 20)]
    assert sorted(p) == layers, "The parameters should be weight and bias of two layers: 20 to 256 and 256 to 10."
    with torch.no_grad():
        for shape in [(256, 20), (256,), (10, 256), (10,)]:
            p[shape].copy_(torch.randn(shape, generator=g) / shape[-1] ** 0.5)
    X = 3 * torch.randn(7, 40, generator=g)[:, ::2]
    H = torch.relu(X @ p[(256, 20)].T + p[(256,)])
    expected = H @ p[(10, 256)].T + p[(10,)]
    out = net(X)
    assert isinstance(out, torch.Tensor), "The network should return a tensor. Is a `return` missing?"
    out = out.detach()
    assert out.shape == expected.shape, "Each example should give one row of 10 outputs."
    close = torch.allclose(out.float(), expected.detach(), rtol=1e-4, atol=1e-5)
    assert close, "The values differ. There is one ReLU, between the two layers, and nothing after the second."
    assert tuple(net(X[:1]).shape) == (1, 10), "A minibatch of one example should give an output of one row."
    torch.testing.assert_close(net(X[:1]), expected[:1].detach())
    assert tuple(net(X[:0]).shape) == (0, 10), "A minibatch without examples should give an output without rows."

# %%
# HIDDEN
def test_mlp_passes_gradients_to_all_parameters(MLP):
    import torch

    g = torch.Generator().manual_seed(13)
    net = MLP()
    net(torch.zeros(2, 20))
    X = torch.randn(6, 20, generator=g).requires_grad_()
    upstream = torch.randn(6, 10, generator=g)
    p = {tuple(p.shape): p for p in net.parameters()}
    layers = [(10,), (10, 256), (256,), (256, 20)]
    assert sorted(p) == layers, "The parameters should be weight and bias of two layers: 20 to 256 and 256 to 10."
    # With these numbers every hidden unit is 0.001 or more away from the kink of ReLU: rounding decides nothing.
    with torch.no_grad():
        for shape in [(256, 20), (256,), (10, 256), (10,)]:
            p[shape].copy_(torch.randn(shape, generator=g) / shape[-1] ** 0.5)
    q = {shape: v.detach().clone().requires_grad_() for shape, v in p.items()}
    Z = X.detach().clone().requires_grad_()
    out = torch.relu(Z @ q[(256, 20)].T + q[(256,)]) @ q[(10, 256)].T + q[(10,)]
    out.backward(upstream)
    net(X).backward(upstream)
    for shape in q:
        assert p[shape].grad is not None, "Every parameter of the network should receive a gradient."
        close = torch.allclose(p[shape].grad, q[shape].grad, rtol=1e-4, atol=1e-4)
        assert close, "The gradients are not those of a network with one ReLU, between the two layers."
    assert X.grad is not None, "A gradient should reach the input, too."
    close = torch.allclose(X.grad, Z.grad, rtol=1e-4, atol=1e-4)
    assert close, "The gradient of the input is not that of a network with one ReLU, between the two layers."

# %%
# HIDDEN
def test_every_mlp_owns_its_parameters_and_converts(MLP):
    import torch

    one, two = MLP(), MLP()
    X = torch.randn(3, 20)
    one(X)
    before = two(X).detach().clone()
    with torch.no_grad():
        for p in one.parameters():
            p.fill_(1.0)
    assert torch.equal(two(X).detach(), before), "Two networks share parameters: create the layers in __init__."
    two.to(torch.float64)
    wide = two(X.double()).detach()
    assert wide.dtype == torch.float64, "After net.to(torch.float64) the output should be float64."
    torch.testing.assert_close(wide, before.double(), rtol=1e-3, atol=1e-4)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: NestMLP

# %% [markdown]
# ## 4 · Blocks inside blocks: `NestMLP` (6 min)
#
# A block may hold a container, which holds layers, and so on. Parameters are found at any depth.
#
# **Your task.** Write `NestMLP()`, a network with two attributes:
#
# - `net`, an `nn.Sequential` of Linear 20 → 64, ReLU, Linear 64 → 32, ReLU;
# - `linear`, an `nn.Linear` 32 → 16.
#
# The output is `linear` applied to what `net` returns. There is no activation after `linear`.
# Lazy layers (`nn.LazyLinear`) count as linear layers, too: the checks send examples through first.
#
# **Example.** Shapes of a minibatch of 3 on its way:
# (3, 20) → (3, 64) → (3, 32) → (3, 16). The parameters have names with dots, one dot for each level:
# `net.0.weight`, `net.0.bias`, `net.2.weight`, `net.2.bias`, `linear.weight`, `linear.bias`.
#
# <details><summary>Hint: my shapes are right, the values are not</summary>
#
# Count the activations. `net` ends in one, and the whole network does not.
#
# <details><summary>The next line</summary>
#
# `self.net = nn.Sequential(…)` has four places, and the last of them is `nn.ReLU()`.
# </details></details>
#
# <details><summary>Hint: my parameters have other names</summary>
#
# The names come from the attributes: `net` and `linear`, and in `net` from the places.
#
# <details><summary>The next line</summary>
#
# Print `list(net.state_dict())`. A Linear at place 2 is called `net.2`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class NestMLP(nn.Module):
    """linear(net(X)) with net = 20 -> 64 -> ReLU -> 32 -> ReLU and linear = 32 -> 16."""

    def __init__(self) -> None:
        # BEGIN SOLUTION
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X of shape (n, 20) -> outputs of shape (n, 16)."""
        # BEGIN SOLUTION
        return self.linear(self.net(X))
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_nest_mlp_registers_net_and_linear(NestMLP):
    import torch
    from torch import nn

    net = NestMLP()
    assert isinstance(net, nn.Module), "NestMLP() should be an nn.Module."
    net(torch.zeros(2, 20))
    shapes = {name: tuple(p.shape) for name, p in net.named_parameters()}
    for attribute, expected in [("net.", [(32,), (32, 64), (64,), (64, 20)]), ("linear.", [(16,), (16, 32)])]:
        found = sorted(shape for name, shape in shapes.items() if name.startswith(attribute))
        assert found == expected, f"The parameters of {attribute[:-1]} are {found}, expected {expected}."
    assert len(shapes) == 6, f"Three linear layers have six parameters; yours are {sorted(shapes)}."

# %%
# CORE
def test_nest_mlp_maps_twenty_numbers_to_sixteen(NestMLP):
    import torch

    net = NestMLP()
    out = net(torch.ones(3, 20))
    assert tuple(out.shape) == (3, 16), f"3 examples should give (3, 16), not {tuple(out.shape)}."
    # All weights and biases of a layer are one number; the three examples add up to 3, 1 and -3.
    numbers = {(64, 20): 1.0, (32, 64): -1 / 64, (32,): 2.0, (16, 32): -1 / 16, (16,): 0.5}
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(numbers.get(tuple(p.shape), 0.0))
    X = torch.zeros(3, 20)
    X[:, :2] = torch.tensor([[4.0, -1.0], [3.0, -2.0], [-4.0, 1.0]])
    torch.testing.assert_close(net(X).detach(), torch.tensor([[0.5] * 16, [-1.5] * 16, [-3.5] * 16]))

# %%
# HIDDEN
# CORE
def test_nest_mlp_activates_twice_inside_and_not_at_the_end(NestMLP):
    import torch

    g = torch.Generator().manual_seed(41)
    net = NestMLP()
    net(torch.zeros(2, 20))
    p = {tuple(p.shape): p for p in net.parameters()}
    layers = [(16,), (16, 32), (32,), (32, 64), (64,), (64, 20)]
    assert sorted(p) == layers, "The parameters should be weight and bias of three layers: 20 to 64 to 32 to 16."
    with torch.no_grad():
        for shape in [(64, 20), (64,), (32, 64), (32,), (16, 32), (16,)]:
            p[shape].copy_(torch.randn(shape, generator=g) / shape[-1] ** 0.5)
    for n in (5, 1, 0):
        X = 2 * torch.randn(n, 20, generator=g)
        inner = torch.relu(torch.relu(X @ p[(64, 20)].T + p[(64,)]) @ p[(32, 64)].T + p[(32,)])
        expected = inner @ p[(16, 32)].T + p[(16,)]
        hidden, out = net.net(X).detach(), net(X).detach()
        assert hidden.shape == inner.shape and out.shape == expected.shape, "Each example should give one row."
        close = torch.allclose(hidden, inner.detach(), rtol=1e-4, atol=1e-5)
        assert close, "The values of net differ. A ReLU follows each of its two layers."
        close = torch.allclose(out, expected.detach(), rtol=1e-4, atol=1e-5)
        assert close, "The values of the output differ. It is linear(net(X)), and nothing comes after."

# %%
# HIDDEN
def test_nest_mlp_trains_every_level(NestMLP):
    import torch

    g = torch.Generator().manual_seed(49)
    net = NestMLP()
    X = torch.randn(9, 20, generator=g)
    upstream = torch.randn(9, 16, generator=g)
    net(X)
    p = {tuple(p.shape): p for p in net.parameters()}
    layers = [(16,), (16, 32), (32,), (32, 64), (64,), (64, 20)]
    assert sorted(p) == layers, "The parameters should be weight and bias of three layers: 20 to 64 to 32 to 16."
    # With these numbers every hidden unit is 0.001 or more away from the kink of ReLU: rounding decides nothing.
    with torch.no_grad():
        for shape in [(64, 20), (64,), (32, 64), (32,), (16, 32), (16,)]:
            p[shape].copy_(torch.randn(shape, generator=g) / shape[-1] ** 0.5)
    q = {shape: v.detach().clone().requires_grad_() for shape, v in p.items()}
    inner = torch.relu(torch.relu(X @ q[(64, 20)].T + q[(64,)]) @ q[(32, 64)].T + q[(32,)])
    (inner @ q[(16, 32)].T + q[(16,)]).backward(upstream)
    out = net(X)
    assert out.shape == upstream.shape, "Each example should give one row of 16 outputs."
    assert out.requires_grad, "Every parameter, at every level, should receive a gradient."
    out.backward(upstream)
    for shape in q:
        assert p[shape].grad is not None, "Every parameter, at every level, should receive a gradient."
        close = torch.allclose(p[shape].grad, q[shape].grad, rtol=1e-4, atol=1e-4)
        assert close, "The gradients are not those of a network with two ReLUs inside net and none after linear."

# %%
# HIDDEN
def test_every_nest_mlp_owns_its_parameters_and_converts(NestMLP):
    import torch

    one, two = NestMLP(), NestMLP()
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

# %% [markdown]
# ### A block with a way around it
#
# Deep is where a plain chain of blocks fails: each layer passes on only a part of the gradient, and below twenty of
# them nothing is left. A **residual block** adds its input to what its layers make of it, $\mathbf h + f(\mathbf h)$.
# They need to learn only what is to be *changed*, and the sum hands the gradient on as it is: a way around every
# block. Nearly all networks of a hundred layers and more are built like this. In code it is one more block that holds
# a block.
#
# Both networks below have twenty hidden layers, with the same parameters at the start. Predict before you run: which of
# them learns the sine, and when does the other one begin?

# %% tags=["otter_ignore"]
class Residual(nn.Module):
    """h + f(h), where f is the block that it is given."""

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        self.block = block

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return X + self.block(X)


def hidden_block() -> nn.Module:
    return nn.Sequential(nn.ReLU(), nn.Linear(32, 32))


X = torch.linspace(-3, 3, 100)[:, None]
y = torch.sin(2 * X)
fig, ax = plt.subplots(figsize=(6.5, 3.2), layout="constrained")
deep_losses, first_gradient = {}, {}
for name, make, style in [("plain", hidden_block, "--"), ("residual", lambda: Residual(hidden_block()), "-")]:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(1, 32), *(make() for _ in range(20)), nn.Linear(32, 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    losses = deep_losses[name] = []
    for _ in range(150):
        loss = F.mse_loss(net(X), y)
        optimizer.zero_grad()
        loss.backward()
        first_gradient.setdefault(name, net[0].weight.grad.norm().item())
        optimizer.step()
        losses.append(loss.item())
    ax.semilogy(losses, style, label=f"{name}: first gradient of the lowest layer {first_gradient[name]:.0e}")
ax.set(xlabel="step", ylabel="mean squared error", title="twenty hidden layers")
ax.legend()
print("In the picture: squared error over 150 steps, logarithmic. With residual blocks (solid) it starts high and falls\n"
      "at once; the plain chain (dashed) stays where it is for dozens of steps.")
plt.show()

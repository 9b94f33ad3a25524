# %% [raw]
# # BEGIN QUESTION
# name: tied_net

# %% [markdown]
# ## 11 · One layer, two places: `tied_net` (8 min)
#
# Two places of a network can *share* a layer: the very same object, with the same parameters. It
# saves memory, and some models need it (a language model may use one matrix to read words and to
# write them). Write `tied_net()`, which returns a new network with
#
# 1. a Linear 4 → 8,
# 2. a Linear 8 → 8,
# 3. **the same object** as in 2, with a ReLU between the two uses,
# 4. a Linear 8 → 1.
#
# The textbook puts a ReLU after layer 1 and before layer 4, too. You may; both count.
#
# **What happens to the gradient?** With $h_2 = f(h_1; w)$ and $h_3 = f(h_2; w)$ the parameter $w$
# acts twice, and by the chain rule the contributions of both places add up:
#
# $$\frac{\partial L}{\partial w} =
# \underbrace{\frac{\partial L}{\partial h_3}\frac{\partial f(h_2; w)}{\partial w}}_{\text{second place}} +
# \underbrace{\frac{\partial L}{\partial h_3}\frac{\partial h_3}{\partial h_2}
# \frac{\partial f(h_1; w)}{\partial w}}_{\text{first place}}$$
#
# **Example.** The network has $(4\cdot 8 + 8) + (8\cdot 8 + 8) + (8 + 1) = 121$ parameters. With two
# separate 8 → 8 layers it would have 193. Two layers that merely *start* with equal numbers drift
# apart after one step of training.
#
# <details><summary>Hint: I have 193 parameters and not 121</summary>
#
# Every `nn.Linear(8, 8)` in your code makes a new layer. Make it once, give it a name, use the name twice.
#
# <details><summary>The next line</summary>
#
# `shared = nn.Linear(8, 8)` stands above the network, and `shared` in it, with a ReLU between.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def tied_net() -> nn.Module:
    """Linear(4, 8), one Linear(8, 8) object used twice with ReLU between, Linear(8, 1)."""
    # BEGIN SOLUTION
    shared = nn.Linear(8, 8)
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_tied_net_has_one_shared_layer(tied_net):
    import torch

    net, other = tied_net(), tied_net()
    shapes = sorted(tuple(p.shape) for p in net.parameters())
    expected = [(1,), (1, 8), (8,), (8,), (8, 4), (8, 8)]
    assert shapes == expected, f"The parameters have the shapes {shapes}, expected {expected}."
    out, before = net(torch.ones(3, 4)), other(torch.ones(3, 4)).detach()
    assert tuple(out.shape) == (3, 1), f"3 examples should give (3, 1), not {tuple(out.shape)}."
    # All weights and biases of a layer are one number, such that it does not matter whether a ReLU stands before the
    # shared layer's first place and behind its second.
    numbers = {(8, 4): 1.0, (8,): 2.0, (8, 8): -1 / 8, (1, 8): -1 / 8, (1,): 1.0}
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(numbers[tuple(p.shape)])
    out = net(torch.tensor([[2.0, -1.0, 2.0, 0.0], [-2.0, 1.0, 0.0, 0.0]])).detach()
    torch.testing.assert_close(out, torch.tensor([[-1.0], [0.0]]))
    own = torch.equal(other(torch.ones(3, 4)).detach(), before)
    assert own, "Two networks share a layer. Every call of tied_net() should make new ones."

# %%
# HIDDEN
def test_tied_net_uses_one_object(tied_net):
    import torch
    from torch import nn

    net, other = tied_net(), tied_net()
    untouched = [p.detach().clone() for p in other.parameters()]
    places = [value for value in net.state_dict().values() if tuple(value.shape) == (8, 8)]
    same = all(torch.equal(value, places[0]) for value in places)
    assert same, "Both places should hold the very same layer."
    # modules() lists an object once, however many places it has.
    shapes = sorted(tuple(m.weight.shape) for m in net.modules() if isinstance(m, nn.Linear))
    assert shapes == [(1, 8), (8, 4), (8, 8)], "There should be three Linear objects, one of them 8 to 8."
    params = list(net.parameters())
    assert len(params) == 6, "Three Linear layers have six parameters."
    numbers = torch.randn(8, 8)
    with torch.no_grad():
        for p in params:
            p.copy_(numbers if tuple(p.shape) == (8, 8) else torch.randn(p.shape))
    for value in net.state_dict().values():
        if tuple(value.shape) == (8, 8):
            assert torch.equal(value, numbers), "Both places should hold the very same layer."
    for p, before in zip(other.parameters(), untouched):
        assert torch.equal(p.detach(), before), "Every call of tied_net() should return a network of its own."


# %%
# HIDDEN
# CORE
def test_tied_net_runs_the_shared_layer_twice_with_relu_between(tied_net):
    import itertools

    import torch

    g = torch.Generator().manual_seed(111)
    net = tied_net()
    p = {tuple(p.shape): p for p in net.parameters()}
    layers = [(1,), (1, 8), (8,), (8, 4), (8, 8)]
    assert sorted(p) == layers, "There should be three Linear layers with bias: 4 to 8, 8 to 8, 8 to 1."
    named = dict(net.named_parameters())
    layer = {tuple(p.shape): name.rpartition(".")[0] + "." for name, p in named.items() if p.dim() == 2}
    assert all(prefix + "bias" in named for prefix in layer.values()), "Each of the three layers should have a bias."
    f, s, o = [(named[layer[k] + "weight"], named[layer[k] + "bias"]) for k in [(8, 4), (8, 8), (1, 8)]]
    with torch.no_grad():
        for weight, bias in (f, s, o):
            weight.copy_(torch.randn(weight.shape, generator=g))
            bias.copy_(torch.randn(bias.shape, generator=g))
    W, b = (t.detach().clone().requires_grad_() for t in s)
    X = 2 * torch.randn(9, 4, generator=g)
    upstream = torch.randn(9, 1, generator=g)
    (A, c), (V, d) = [[t.detach().clone() for t in layer] for layer in (f, o)]
    out = net(X)
    assert tuple(out.shape) == (9, 1), "Each example should give one row of one output."
    # A ReLU after the first and before the last layer is as right as none.
    matches = []
    for before, after in itertools.product([torch.relu, torch.clone], repeat=2):
        H = before(X @ A.T + c)
        H = torch.relu(H @ W.T + b)
        H = after(H @ W.T + b)
        expected = H @ V.T + d
        if torch.allclose(out.detach(), expected.detach(), rtol=1e-4, atol=1e-4):
            matches.append(torch.autograd.grad(expected, (W, b), upstream))
    assert matches, "The network should run: first layer, shared layer, ReLU, shared layer, last layer."
    assert out.requires_grad, "Gradients should reach the layers of the network."
    out.backward(upstream)
    for mine, theirs in zip(s, matches[0]):
        assert mine.grad is not None, "A gradient should reach the shared layer."
        close = torch.allclose(mine.grad, theirs, rtol=1e-3, atol=1e-3)
        assert close, "The gradient of the shared layer should be the sum of what its two places contribute."

# %%
# HIDDEN
def test_tied_net_stays_tied_in_training(tied_net):
    import torch
    from torch import nn

    # With positive numbers everywhere no ReLU changes anything, whether it stands before the last layer or not.
    shared = nn.Linear(8, 8)
    twin = nn.Sequential(nn.Linear(4, 8), shared, nn.ReLU(), shared, nn.Linear(8, 1))
    net, X = tied_net(), torch.rand(64, 4)
    shapes = sorted(tuple(p.shape) for p in twin.parameters())
    assert sorted(tuple(p.shape) for p in net.parameters()) == shapes, "Three Linear layers have six parameters."
    weights = {tuple(p.shape): 0.1 + 0.2 * torch.rand(p.shape) for p in twin.parameters()}
    with torch.no_grad():
        for p in [*net.parameters(), *twin.parameters()]:
            p.copy_(weights[tuple(p.shape)])
    for network in (twin, net):
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
        for _ in range(3):
            optimizer.zero_grad()
            ((network(X) - 9) ** 2).mean().backward()
            optimizer.step()
    places = [value for value in net.state_dict().values() if tuple(value.shape) == (8, 8)]
    assert places, "The state_dict should hold the weight of the shared layer."
    for value in places:
        close = torch.allclose(value, shared.weight.detach(), rtol=1e-3, atol=1e-4)
        assert close, "Training should change the shared layer by what both its places contribute."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

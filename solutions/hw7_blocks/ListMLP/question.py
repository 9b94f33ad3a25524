# %% [raw]
# # BEGIN QUESTION
# name: ListMLP

# %% [markdown]
# ## 3 · As many layers as you like: `ListMLP` (10 min)
#
# How many layers a network gets should be a number, not so many lines of code. So the layers go into a list, and
# `forward` loops over it. But into which list? `nn.Module` books what is a module. A Python list is not one, so what
# lies in it is in no book. **`nn.ModuleList`** is a list *and* a module: you append to it, index it and loop over it,
# and every layer in it is registered. It has no `forward`: in which order its layers run, and what happens between
# them, is left to you.
#
# **Your task.** Write the class `ListMLP(sizes)`, a perceptron of any depth.
#
# - `sizes` is a list of at least two widths. Between each two neighbours stands an `nn.Linear`: `ListMLP([20, 64, 10])`
#   has a Linear 20 → 64 and a Linear 64 → 10.
# - They lie in an `nn.ModuleList`.
# - `forward` sends `X` through all of them, with a ReLU after each but the last.
#
# **Example.** `ListMLP([20, 64, 32, 10])` has three layers, six parameters and two ReLUs, and turns $(5, 20)$ into
# $(5, 10)$.
#
# <details><summary>Hint: my network has no parameters</summary>
#
# Print `list(net.parameters())`. If it is empty, the layers lie in a plain list.
#
# <details><summary>The next line</summary>
#
# `self.layers = nn.ModuleList(…)` may be given a list, or be filled by `append`.
# </details></details>
#
# <details><summary>Hint: my network never gives a negative number</summary>
#
# Then a ReLU follows the last layer, too. The loop has to treat the last one differently.
#
# <details><summary>The next line</summary>
#
# `for layer in self.layers[:-1]:` goes over all but the last. What is done with that one, after the loop?
# </details></details>
#
# <details><summary>Hint: the layers do not fit together</summary>
#
# `sizes` has one number more than there are layers. Each layer goes from one width to its neighbour.
#
# <details><summary>The next line</summary>
#
# `zip(sizes, sizes[1:])` walks over the pairs of neighbours: print them for `[20, 64, 10]`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class ListMLP(nn.Module):
    """A perceptron with one nn.Linear between each two neighbours in sizes, and a ReLU after each but the last."""

    def __init__(self, sizes: list[int]) -> None:
        # BEGIN SOLUTION
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X of shape (n, sizes[0]) -> outputs of shape (n, sizes[-1])."""
        # BEGIN SOLUTION
        for layer in self.layers[:-1]:
            X = F.relu(layer(X))
        return self.layers[-1](X)
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_ListMLP_registers_every_layer(ListMLP):
    import torch

    net = ListMLP([20, 64, 32, 10])
    try:
        net(torch.zeros(5, 20))
    except Exception:  # the shapes below say why
        pass
    found = sorted(tuple(p.shape) for p in net.parameters())
    expected = [(10,), (10, 32), (32,), (32, 64), (64,), (64, 20)]
    assert found == expected, f"The parameters should have the shapes {expected}, got {found}."
    out = net(torch.zeros(5, 20))
    assert tuple(out.shape) == (5, 10), f"5 examples should give (5, 10), not {tuple(out.shape)}."

# %%
# CORE
def test_ListMLP_computes_with_relu_between(ListMLP):
    import torch

    net = ListMLP([2, 3, 1])
    values = {
        (3, 2): [[1.0, -1.0], [2.0, 0.0], [-1.0, 1.0]],
        (3,): [0.0, 1.0, -3.0],
        (1, 3): [[-2.0, 1.0, 5.0]],
        (1,): [-4.0],
    }
    net(torch.zeros(1, 2))
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.tensor(values[tuple(p.shape)]))
    # Hidden (2, 5, 0) and (0, 0, 0) after ReLU.
    out = net(torch.tensor([[2.0, 0.0], [-1.0, 1.0]]))
    torch.testing.assert_close(out.detach(), torch.tensor([[-3.0], [-4.0]]))

# %%
def test_ListMLP_keeps_its_layers_in_a_ModuleList(ListMLP):
    from torch import nn

    lists = [module for module in ListMLP([4, 3, 2]).modules() if isinstance(module, nn.ModuleList)]
    assert lists, "The layers should lie in an nn.ModuleList, and forward should send X through them."

# %%
def test_ListMLP_may_be_a_single_layer_or_deep(ListMLP):
    import torch

    for sizes in ([3, 2], [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]):
        net = ListMLP(sizes)
        net(torch.zeros(1, sizes[0]))
        with torch.no_grad():
            for p in net.parameters():
                p.fill_(-1.0 if p.dim() == 2 else 0.5)
        count = len(list(net.parameters()))
        assert count == 2 * (len(sizes) - 1), f"{len(sizes)} sizes make {2 * (len(sizes) - 1)} parameters, got {count}."
        X, expected = torch.ones(2, sizes[0]), {2: -2.5, 12: -6.5}[len(sizes)]
        torch.testing.assert_close(net(X).detach(), torch.full((2, sizes[-1]), expected))

# %%
# HIDDEN
# CORE
def test_ListMLP_runs_any_sizes(ListMLP):
    import torch

    for sizes in ([6, 9, 4, 7], [5, 3], [3, 8, 6, 10, 7, 9, 4, 5, 11, 2, 12, 1]):
        net, X = ListMLP(sizes), 2 * torch.randn(7, sizes[0])
        net(X)
        p = {tuple(p.shape): p for p in net.parameters()}
        pairs = list(zip(sizes, sizes[1:]))
        complete = sorted(p) == sorted([(b, a) for a, b in pairs] + [(b,) for _, b in pairs])
        assert complete, "There should be one Linear layer between each two neighbours in sizes."
        H = X
        with torch.no_grad():
            for value in p.values():
                value.copy_(torch.randn(value.shape) * (1.4 / value.shape[-1] ** 0.5 if value.dim() == 2 else 0.5))
            for i, (a, b) in enumerate(pairs):
                H = (torch.relu(H) if i else H) @ p[b, a].T + p[b,]
        out = net(X)
        assert isinstance(out, torch.Tensor), "The network should return a tensor. Is a `return` missing?"
        assert out.shape == H.shape, "Each example should give one row of outputs."
        close = torch.allclose(out.detach(), H, rtol=1e-4, atol=1e-4)
        assert close, "The values differ. A ReLU follows each layer but the last."
        assert tuple(net(X[:0]).shape) == (0, sizes[-1]), "A minibatch without examples gives an output without rows."

# %%
# HIDDEN
def test_ListMLP_learns_in_every_layer(ListMLP):
    import torch

    net, X = ListMLP([4, 8, 7, 6, 3]).double(), torch.rand(9, 4, dtype=torch.float64)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.rand(p.shape, dtype=torch.float64) + 0.1)
    expected = [torch.zeros_like(p) for p in net.parameters()]
    out = net(X)
    assert out.dtype == torch.float64, "After net.double() the outputs should be float64."
    out.square().sum().backward()
    for p, zero in zip(net.parameters(), expected):
        assert p.grad is not None and not torch.equal(p.grad, zero), "A gradient should reach every layer."
    assert len(expected) == 8, "Four layers have eight parameters."

# %%
# HIDDEN
def test_ListMLP_leaves_sizes_and_other_networks_alone(ListMLP, judge):
    import torch

    def sizes_afterwards(ListMLP):
        sizes = [3, 5, 2]
        ListMLP(sizes)
        return sizes

    assert judge.probe(sizes_afterwards, ListMLP) == [3, 5, 2], "The list of sizes has changed."
    one, two = ListMLP([3, 5, 2]), ListMLP([3, 5, 2])
    X = torch.randn(4, 3)
    X[0] = -X[0].abs() - 1  # so that the ReLU cuts the first row below
    before = two(X).detach()
    one(X)
    with torch.no_grad():
        for p in one.parameters():
            p.fill_(1.0)
    assert torch.equal(two(X).detach(), before), "Two networks share parameters: create the layers in __init__."
    values = one(X).detach()
    expected = (torch.relu(X.sum(1, keepdim=True) + 1) * 5 + 1).expand(4, 2)
    torch.testing.assert_close(values, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### What a plain list costs
#
# The worst of it is that nothing breaks. Below, two networks with the same three layers. One keeps the first two in
# your `ListMLP`, the other in a plain list, and only the last layer of it is an attribute. Both run, both have a
# loss, and the loss of both goes down. But the optimizer of the second one knows the last layer only.

# %% tags=["otter_ignore"]
class Forgetful(nn.Module):
    """Like ListMLP([1, 32, 32, 1]), but with two of its layers in a plain list."""

    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(1, 32), nn.Linear(32, 32)]
        self.last = nn.Linear(32, 1)

    def forward(self, X):
        for layer in self.hidden:
            X = layer(X).relu()
        return self.last(X)


X = torch.linspace(-3, 3, 200)[:, None]
y = torch.sin(2 * X)
fig, ax = plt.subplots(figsize=(6, 3), layout="constrained")
list_losses = {}
for name, make, style in [("ModuleList", lambda: ListMLP([1, 32, 32, 1]), "-"), ("plain list", Forgetful, "--")]:
    torch.manual_seed(0)
    net = make()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    losses = list_losses[name] = []
    for _ in range(400):
        loss = F.mse_loss(net(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    trained = sum(p.numel() for p in net.parameters())
    ax.semilogy(losses, style, label=f"{name}: {trained} numbers are trained")
ax.set(xlabel="step", ylabel="mean squared error", title="the same three layers")
ax.legend()
print("In the picture: squared error over 400 steps, logarithmic. ModuleList (solid) ends hundreds of times\n"
      "lower than the plain list (dashed), with two bursts on its way.")
plt.show()

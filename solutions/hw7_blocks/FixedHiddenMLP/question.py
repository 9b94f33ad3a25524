# %% [raw]
# # BEGIN QUESTION
# name: FixedHiddenMLP

# %% [markdown]
# ## 8 · Any Python inside `forward`: `FixedHiddenMLP` (15 min)
#
# `forward` may contain constants, loops and conditions. Autograd records whatever runs. This network is a specimen:
# in five lines it has a layer used twice, a tensor that is not learned, and a loop whose length depends on the data.
#
# **Your task.** Write `FixedHiddenMLP()`. With *one* linear layer $\ell(X) = XW^\top + b$ of 20 inputs and 20
# outputs and a fixed random matrix $R$ of shape (20, 20), its `forward` computes
#
# 1. $X \leftarrow \ell(X)$
# 2. $X \leftarrow \max(0,\; XR + 1)$
# 3. $X \leftarrow \ell(X)$, the same layer with the same parameters again
# 4. while $\sum_{ij} |X_{ij}| > 1$: $X \leftarrow X / 2$
# 5. the output is the sum of all entries of $X$, a 0-d tensor.
#
# **Example for steps 4 and 5.** If step 3 leaves `[[6.5, -2.5, 4.0]]`, the magnitudes add up to 13.
# Halving gives 6.5, 3.25, 1.625, 0.8125: four halvings. The output is $8 / 2^4 = 0.5$. A sum of
# exactly 1 is not halved any more. The cell below the question draws this case.
#
# **About $R$.** It is drawn once, when the network is created; every new network draws its own. It is
# not a weight to be learned: no training may change it. But it belongs to the network: without it the outputs
# of a saved network cannot be reproduced. So it must be
# - in the `state_dict`, under the name `rand_weight`;
# - moved and converted with the network by `net.to(...)`.
#
# A tensor in an ordinary attribute is neither, and a plain `nn.Parameter` is trained. `nn.Module`
# has a third place for such tensors: *buffers*. Look up `register_buffer`.
#
# <details><summary>Hint: "'>' not supported between instances of 'builtin_function_or_method' and 'int'"</summary>
#
# You compare a method, not its result: `X.abs` is a method, `X.abs()` a tensor. Which parentheses are missing?
#
# <details><summary>The next line</summary>
#
# `while` compares one number with 1: magnitudes first, then their sum, and each with its parentheses.
# </details></details>
#
# <details><summary>Hint: rand_weight is not in the state_dict</summary>
#
# A tensor in an ordinary attribute is in no book. It should be in the one for what is kept, and not learned.
#
# <details><summary>The next line</summary>
#
# `self.register_buffer("rand_weight", …)`; from then on `self.rand_weight` is there.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class FixedHiddenMLP(nn.Module):
    """One linear layer used twice, a fixed random matrix between, and a loop at the end."""

    def __init__(self) -> None:
        # BEGIN SOLUTION
        super().__init__()
        self.register_buffer("rand_weight", torch.rand(20, 20))
        self.linear = nn.Linear(20, 20)
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X of shape (n, 20) -> the sum, a tensor of shape ()."""
        # BEGIN SOLUTION
        X = self.linear(X)
        X = F.relu(X @ self.rand_weight + 1)
        X = self.linear(X)
        while X.abs().sum() > 1:
            X = X / 2
        return X.sum()
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_fixed_hidden_mlp_keeps_r_in_the_state_dict(FixedHiddenMLP):
    import torch

    one, two = FixedHiddenMLP(), FixedHiddenMLP()
    one(torch.ones(2, 20)), two(torch.ones(2, 20))
    assert "rand_weight" in one.state_dict(), f"The state_dict holds {list(one.state_dict())}, but no rand_weight."
    R, S = one.state_dict()["rand_weight"], two.state_dict()["rand_weight"]
    assert tuple(R.shape) == (20, 20), f"rand_weight should have shape (20, 20), not {tuple(R.shape)}."
    assert not torch.equal(R, S), "Every new network should draw its own random R."
    trained = sorted(tuple(p.shape) for p in one.parameters() if p.requires_grad)
    assert trained == [(20,), (20, 20)], f"One weight and one bias are trained, but yours are {trained}."

# %%
# CORE
def test_fixed_hidden_mlp_follows_the_five_steps(FixedHiddenMLP):
    import torch

    g = torch.Generator().manual_seed(31)
    net = FixedHiddenMLP()
    X = torch.linspace(-3, 7, 60).reshape(3, 20)
    net(X)
    state = net.state_dict()
    assert "rand_weight" in state, f"The state_dict holds {list(state)}, but no rand_weight."
    R = state["rand_weight"]
    W = [t for name, t in state.items() if t.dim() == 2 and name != "rand_weight"][0]
    b = [t for t in state.values() if t.dim() == 1][0]
    R.copy_(torch.rand(20, 20, generator=g))
    W.copy_(torch.randn(20, 20, generator=g))
    b.copy_(torch.randn(20, generator=g))
    expected = torch.relu((X @ W.T + b) @ R + 1) @ W.T + b
    while expected.abs().sum() > 1:
        expected = expected / 2
    out = net(X)
    assert isinstance(out, torch.Tensor), f"The output should be a tensor of shape (), not {out!r}."
    torch.testing.assert_close(out, expected.sum())

# %%
def test_fixed_hidden_mlp_stops_at_one_and_can_be_trained(FixedHiddenMLP):
    import torch

    net = FixedHiddenMLP()
    net(torch.ones(1, 20))
    # With a zero weight the output of the layer is its bias. Its magnitudes add up to exactly 1.
    for name, value in net.state_dict().items():
        if name != "rand_weight":
            value.zero_()
            value.view(-1)[:3].copy_(torch.tensor([0.5, -0.25, 0.25]) if value.dim() == 1 else torch.zeros(3))
    out = net(torch.ones(1, 20))
    torch.testing.assert_close(out.detach(), torch.tensor(0.5))
    assert out.requires_grad, "The output has no history, so no gradient can reach the layer."

# %%
# HIDDEN
# CORE
def test_fixed_hidden_mlp_halves_while_the_magnitudes_exceed_one(FixedHiddenMLP):
    import torch

    net = FixedHiddenMLP()
    net(torch.ones(1, 20))
    state = net.state_dict()
    assert "rand_weight" in state, "R should be in the state_dict under the name rand_weight."
    R = state["rand_weight"]
    for name, value in state.items():
        if name != "rand_weight":
            value.zero_()
    # With a zero weight the second use of the layer gives its bias in every row, whatever R is.
    bias = [t for t in state.values() if t.dim() == 1][0]
    cases = [
        (1, [0.5, 0.25, -0.25], 0.5),
        (1, [1.0, 0.5, -0.5], 0.5),
        (1, [-8.0, 0.0, 0.0], -1.0),
        (1, [0.125, -0.0625, 0.25], 0.3125),
        (2, [0.25, -0.0625, 0.125], 0.625),
        (3, [7.0, -40.0, 1.0], -0.375),
    ]
    for rows, start, total in cases:
        bias.zero_()
        bias[:3].copy_(torch.tensor(start))
        out = net(torch.ones(rows, 20))
        one = isinstance(out, torch.Tensor) and tuple(out.shape) == ()
        assert one, "The output should be one number, a tensor of shape ()."
        close = torch.allclose(out.detach(), torch.tensor(total))
        assert close, "Halve as long as the sum of all magnitudes is larger than 1, then add up all entries."
    assert tuple(R.shape) == (20, 20), "rand_weight should have shape (20, 20)."

# %%
# HIDDEN
def test_fixed_hidden_mlp_sends_gradients_through_both_uses(FixedHiddenMLP):
    import torch

    g = torch.Generator().manual_seed(32)
    net = FixedHiddenMLP()
    X = torch.randn(5, 20, generator=g)
    net(X)
    state = net.state_dict()
    assert "rand_weight" in state, "R should be in the state_dict under the name rand_weight."
    R = state["rand_weight"]
    R.copy_(torch.rand(20, 20, generator=g) - 0.3)
    params = {tuple(p.shape): p for p in net.parameters() if p.requires_grad}
    assert sorted(params) == [(20,), (20, 20)], "One weight and one bias are trained."
    W, b = params[(20, 20)], params[(20,)]
    with torch.no_grad():
        W.copy_(torch.randn(20, 20, generator=g))
        b.copy_(torch.randn(20, generator=g))
    V, c, A = (t.detach().clone().requires_grad_() for t in (W, b, X))
    Y = torch.relu((A @ V.T + c) @ R + 1) @ V.T + c
    while Y.abs().sum() > 1:
        Y = Y / 2
    Y.sum().backward()
    X.requires_grad_()
    out = net(X)
    joined = isinstance(out, torch.Tensor) and out.requires_grad
    assert joined, "The output should be a tensor through which gradients flow back."
    assert tuple(out.shape) == (), "The output should be one number, a tensor of shape ()."
    out.backward()
    for mine, theirs in [(W, V), (b, c), (X, A)]:
        assert mine.grad is not None, "Input, weight and bias should each receive a gradient."
        torch.testing.assert_close(mine.grad, theirs.grad, rtol=1e-4, atol=1e-5)

# %%
# HIDDEN
def test_fixed_hidden_mlp_never_trains_r(FixedHiddenMLP):
    import torch

    net, X = FixedHiddenMLP(), 3 * torch.randn(2, 20)
    net(X)
    assert "rand_weight" in net.state_dict(), "R should be in the state_dict under the name rand_weight."
    shapes = sorted(tuple(p.shape) for p in net.parameters() if p.requires_grad)
    assert shapes == [(20,), (20, 20)], "One linear layer, used twice, has one weight and one bias to train."
    R = torch.rand(20, 20)
    net.state_dict()["rand_weight"].copy_(R)
    before = [p.detach().clone() for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        net(X).backward()
        optimizer.step()
    assert torch.equal(net.state_dict()["rand_weight"], R), "Training may not change R."
    after = [p.detach() for p in net.parameters() if p.requires_grad]
    changed = any(not torch.equal(p, old) for p, old in zip(after, before))
    assert changed, "Training should change the linear layer."


# %%
# HIDDEN
def test_fixed_hidden_mlp_moves_and_restores_r(FixedHiddenMLP):
    import torch

    one, two, wide, X = FixedHiddenMLP(), FixedHiddenMLP(), FixedHiddenMLP(), 2 * torch.randn(3, 20)
    one(X), two(X), wide(X)
    wide.to(torch.float64)
    converted = wide(X.double()).dtype == torch.float64
    assert converted, "net.to(torch.float64) should convert R with the layer."
    state = {name: value.clone() for name, value in one.state_dict().items()}
    assert "rand_weight" in state, "R should be in the state_dict under the name rand_weight."
    R = state["rand_weight"]
    # Even bfloat16-coarse random numbers take far more than 20 values among 400.
    assert R.unique().numel() > 20, "R should be a matrix of random numbers."
    W = [t for name, t in state.items() if t.dim() == 2 and name != "rand_weight"][0]
    b = [t for t in state.values() if t.dim() == 1][0]
    expected = torch.relu((X @ W.T + b) @ R + 1) @ W.T + b
    while expected.abs().sum() > 1:
        expected = expected / 2
    two.load_state_dict(state)
    for net in (one, two, one):
        close = torch.allclose(net(X).detach(), expected.sum(), rtol=1e-3, atol=1e-5)
        assert close, "R is drawn once: the same input should give the same output again, of a restored network too."
    converted = wide.state_dict()["rand_weight"].dtype == torch.float64
    assert converted, "net.to(torch.float64) should convert R with the layer."
    two.to("meta")
    assert two.state_dict()["rand_weight"].is_meta, "net.to(device) should move R with the layer."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Halving, in a picture
#
# Steps 4 and 5: `[[6.5, -2.5, 4.0]]` is halved until its magnitudes add up to at most 1.

# %% tags=["otter_ignore"]
X = torch.tensor([[6.5, -2.5, 4.0]])
sums = [X.abs().sum().item()]
while X.abs().sum() > 1:
    X = X / 2
    sums.append(X.abs().sum().item())
print("output:", X.sum())

fig, ax = plt.subplots(figsize=(5.5, 2.8))
bars = ax.bar(range(len(sums)), sums, color=["#9db4d6"] * (len(sums) - 1) + ["#f0b45a"])
ax.set(yscale="log", ylim=(0.4, 20), yticks=[0.5, 1, 2, 4, 8, 16], yticklabels=["0.5", "1", "2", "4", "8", "16"])
ax.minorticks_off()
for k, total in enumerate(sums):
    ax.text(k, 0.46, f"{total:g}", ha="center", va="bottom")
ax.axhline(1, color="crimson", linestyle="--", linewidth=1)
ax.set(xlabel="number of halvings", ylabel="sum of magnitudes", title="halve while the sum exceeds 1")
fig.tight_layout()
print("In the picture: five bars, 13, 6.5, 3.25, 1.625 and 0.8125. Only the last ends below the dashed line at 1.")
plt.show()

# %% [markdown]
# ### Everything fits together
#
# Blocks of every kind, in one row: a class, a layer, and a network with a loop inside.

# %% tags=["otter_ignore"]
chimera = nn.Sequential(NestMLP(), nn.Linear(16, 20), FixedHiddenMLP())
print(chimera)
print("output:", chimera(torch.rand(2, 20)))

# %% [markdown]
# ---
# # Part C · Looking inside

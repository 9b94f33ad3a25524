# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Layers, blocks, parameters, files and devices
#
# So far a network was a handful of layers in a row. Real networks have hundreds of them, so people
# think in *blocks*: a layer, a group of layers and a whole network are all the same kind of thing,
# an `nn.Module`. Once you can write your own modules you can build anything.
#
# **You will learn**
# - to write blocks and layers of your own: `MLP`, a home-made `Sequential`, a network with a loop in it;
# - to find, count, share and initialise the parameters of any network;
# - to save parameters to a file and load them safely;
# - to choose a device.
#
# **Time:** about 90 minutes. The questions stand alone, except that ideas build up from 1 to 15.

# %% [markdown]
# ## How to work
#
# 1. Replace `...  # your code` and the line below it with your own code. Keep names and signatures.
# 2. Run the cell, then run `grader.check("...")` below it. It runs the public tests.
#    Hidden tests look at more inputs, so "public checks passed" is a good sign, not a guarantee.
# 3. Save the notebook and upload the `.ipynb` file.
#
# Stuck? Every question has a hint that you can unfold. Everything runs on a CPU, also the question
# about GPUs.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [raw]
# # BEGIN QUESTION
# name: MLP

# %% [markdown]
# ## 1 · A network as a class: `MLP`
#
# A class that inherits from `nn.Module` needs two methods:
#
# - `__init__` creates the layers and stores them as attributes. Its first line is
#   `super().__init__()`, which prepares the lists in which `nn.Module` books layers and parameters.
# - `forward` says how the output is computed from the input. You never write the backward pass:
#   autograd derives it.
#
# Then `net(X)` runs `forward(X)`.
#
# Write the multilayer perceptron
#
# $$H = \max(0,\; X W_1^\top + b_1), \qquad O = H W_2^\top + b_2$$
#
# with 20 inputs, 256 hidden units and 10 outputs. Store the layer $(W_1, b_1)$, an `nn.Linear`, as
# `self.hidden` and the layer $(W_2, b_2)$ as `self.out`. There is no activation after `out`.
#
# **Example.** A minibatch of 2 examples goes in as `(2, 20)`, becomes `(2, 256)` in the hidden layer
# and leaves as `(2, 10)`. `nn.Linear(20, 256)` keeps its weight as `(256, 20)`: outputs first.
#
# <details><summary>Hint: "cannot assign module before Module.__init__() call"</summary>
#
# `nn.Module` has to set up its books before you store a layer in it. What should the first line of
# your `__init__` be?
# </details>

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
def test_mlp_maps_twenty_numbers_to_ten(MLP):
    import torch

    net = MLP()
    for n in (2, 5):
        out = net(torch.ones(n, 20))
        assert tuple(out.shape) == (n, 10), f"{n} examples should give ({n}, 10), not {tuple(out.shape)}."

# %%
# HIDDEN
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
def test_every_mlp_owns_its_parameters_and_converts(MLP, judge):
    def measure(MLP):
        import torch

        one, two = MLP(), MLP()
        X = torch.linspace(-2, 3, 60).reshape(3, 20)
        one(X), two(X)
        before = two(X).detach().clone()
        with torch.no_grad():
            for p in one.parameters():
                p.fill_(1.0)
        after = two(X).detach().clone()
        dtype = str(two.to(torch.float64)(X.double()).dtype)
        return before, after, dtype

    import torch

    before, after, dtype = judge.probe(measure, MLP)
    assert torch.equal(before, after), "Two networks share parameters: create the layers in __init__."
    assert dtype == "torch.float64", "After net.to(torch.float64) the output should be float64."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: MySequential

# %% [markdown]
# ## 2 · A container of your own: `MySequential`
#
# `nn.Sequential` chains blocks: the output of one is the input of the next. For blocks
# $f_0, f_1, \dots, f_{k-1}$ it computes $f_{k-1}(\dots f_1(f_0(X)))$. Write it yourself.
#
# The interesting part is the bookkeeping. `nn.Module` finds parameters only in blocks that are
# *registered*. A block becomes registered when you assign it to an attribute, call
# `self.add_module(name, block)`, or store it in the ordered dictionary `self._modules` under a
# **string** key. A block inside a plain Python list is invisible: `parameters()` skips it, so no
# optimizer trains it and no file stores it.
#
# Your class should
# - run its blocks in the order in which they were given;
# - name them "0", "1", "2", … so that the `state_dict` has the keys that `nn.Sequential` would have:
#   "0.weight", "0.bias", "2.weight", …;
# - take the same block more than once. `MySequential(block, nn.ReLU(), block)` has three places and
#   runs `block` twice, with one set of parameters. Its `state_dict` lists `block` at both places;
# - answer `len(net)` with the number of places and `net[i]` with the block at place `i`, counted from 0.
#
# **Example.** `MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))` has length 3, and
# `net[1]` is the ReLU. Its keys are `0.weight, 0.bias, 2.weight, 2.bias`: place 1 has no parameters.
#
# <details><summary>Hint: my network has no parameters, or a block that is given twice runs once only</summary>
#
# Print `net._modules`. If it is empty, your blocks are stored where `nn.Module` does not look. If it
# is too short: a dictionary holds every key once. What do you use as the key, the block or its place?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class MySequential(nn.Module):
    """Run the given blocks one after the other, as `nn.Sequential` does."""

    def __init__(self, *args: nn.Module) -> None:
        # BEGIN SOLUTION
        super().__init__()
        for i, block in enumerate(args):
            self._modules[str(i)] = block
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """The output of the last block, given that the first block gets X."""
        # BEGIN SOLUTION
        for block in self._modules.values():
            X = block(X)
        return X
        # END SOLUTION

    def __len__(self) -> int:
        """The number of places."""
        # BEGIN SOLUTION
        return len(self._modules)
        # END SOLUTION

    def __getitem__(self, i: int) -> nn.Module:
        """The block at place i."""
        # BEGIN SOLUTION
        return self._modules[str(i)]
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_my_sequential_runs_the_blocks_in_order(MySequential):
    import torch
    from torch import nn

    blocks = [nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)]
    X = torch.linspace(-2, 4, 60).reshape(3, 20)
    net = MySequential(*blocks)
    torch.testing.assert_close(net(X), nn.Sequential(*blocks)(X))

# %%
def test_my_sequential_has_the_keys_of_sequential(MySequential):
    from torch import nn

    net = MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    keys = list(net.state_dict())
    assert keys == ["0.weight", "0.bias", "2.weight", "2.bias"], f"The state_dict has the keys {keys}."

# %%
def test_my_sequential_takes_a_block_twice_and_can_be_indexed(MySequential):
    import torch
    from torch import nn

    block = nn.Linear(4, 4)
    net = MySequential(block, nn.ReLU(), block)
    X = torch.linspace(-3, 3, 20).reshape(5, 4)
    torch.testing.assert_close(net(X), block(torch.relu(block(X))))
    assert len(net) == 3, f"There are three places, but len(net) is {len(net)}."
    assert isinstance(net[1], nn.ReLU), "net[1] should be the second block, the ReLU."
    assert isinstance(net[2], nn.Linear), "net[2] should be the third block, the Linear."
    keys = list(net.state_dict())
    assert keys == ["0.weight", "0.bias", "2.weight", "2.bias"], f"The state_dict has the keys {keys}."

# %%
# HIDDEN
def test_my_sequential_keeps_the_order_of_thirteen_blocks(MySequential):
    import torch
    from torch import nn

    sizes = [3, 5, 4, 7, 6, 9, 8]
    blocks = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        blocks += [nn.Linear(a, b), nn.Tanh()]
    blocks.append(nn.Linear(8, 2))
    X = torch.randn(5, 3, generator=torch.Generator().manual_seed(21))
    net, expected = MySequential(*blocks), nn.Sequential(*blocks)
    assert list(net.state_dict()) == list(expected.state_dict()), "Keys and order should be those of nn.Sequential."
    torch.testing.assert_close(net(X), expected(X))
    assert len(net) == 13, "len(net) should be the number of blocks given."

# %%
# HIDDEN
def test_my_sequential_holds_the_very_blocks(MySequential, judge):
    def measure(MySequential):
        from torch import nn

        shared = nn.Linear(6, 6)
        blocks = [shared, nn.Tanh(), nn.Linear(6, 6), shared, nn.ReLU(), shared]
        net = MySequential(*blocks)
        same = [net[i] is block for i, block in enumerate(blocks)]
        return same, len(net), list(net.state_dict()), len(list(net.parameters()))

    same, length, keys, count = judge.probe(measure, MySequential)
    assert all(same), "net[i] should be the very block that was given at place i."
    assert length == 6, "A block that is given three times has three places."
    expected = [f"{i}.{kind}" for i in (0, 2, 3, 5) for kind in ("weight", "bias")]
    assert keys == expected, "The state_dict should list a repeated block at each of its places."
    assert count == 4, "parameters() should list a repeated block's parameters once."

# %%
# HIDDEN
def test_my_sequential_is_seen_by_optimizer_mode_and_dtype(MySequential, judge):
    def measure(MySequential):
        import torch
        from torch import nn

        net = MySequential(nn.Linear(3, 5), nn.Dropout(0.5), nn.Linear(5, 2))
        X = torch.linspace(-1, 2, 12).reshape(4, 3)
        before = [p.detach().clone() for p in net.parameters()]
        optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
        (net(X) ** 2).sum().backward()
        optimizer.step()
        moved = [bool((p.detach() != b).any()) for p, b in zip(net.parameters(), before)]
        net.eval()
        modes = [m.training for m in net.modules()]
        return moved, modes, str(net.to(torch.float64)(X.double()).dtype)

    moved, modes, dtype = judge.probe(measure, MySequential)
    assert len(moved) == 4, "parameters() should list the parameters of all blocks."
    assert any(moved), "An optimizer over net.parameters() should train the blocks."
    assert not any(modes), "net.eval() should reach every block."
    assert dtype == "torch.float64", "net.to(torch.float64) should reach every block."

# %%
# HIDDEN
def test_my_sequential_nests_and_loads_what_sequential_saved(MySequential, judge):
    def measure(MySequential, state):
        from torch import nn

        inner = MySequential(nn.Linear(4, 3), nn.Tanh())
        net = MySequential(inner, nn.Linear(3, 2))
        names = list(net.state_dict())
        net.load_state_dict(state)
        return names, net.state_dict()["0.0.weight"].clone()

    import torch
    from torch import nn

    reference = nn.Sequential(nn.Sequential(nn.Linear(4, 3), nn.Tanh()), nn.Linear(3, 2))
    state = {name: value.clone() for name, value in reference.state_dict().items()}
    names, weight = judge.probe(measure, MySequential, state)
    assert names == list(state), "A MySequential inside a MySequential should have the keys of nested nn.Sequentials."
    assert torch.equal(weight, state["0.0.weight"]), "A state_dict of nn.Sequential should load into MySequential."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: FixedHiddenMLP

# %% [markdown]
# ## 3 · Any Python inside `forward`: `FixedHiddenMLP`
#
# `forward` may contain constants, loops and conditions. Autograd records whatever runs. This network
# has nothing practical to do; it shows how free you are. With *one* linear layer
# $\ell(X) = XW^\top + b$ of 20 inputs and 20 outputs and a fixed random matrix $R$ of shape (20, 20):
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
# no weight to learn: no training may change it. But it belongs to the network: without it the outputs
# of a saved network cannot be reproduced. So it must be
# - in the `state_dict`, under the name `rand_weight`;
# - moved and converted with the network by `net.to(...)`.
#
# A tensor in an ordinary attribute does neither, and a plain `nn.Parameter` is trained. `nn.Module`
# has a third place for such tensors: *buffers*. Look up `register_buffer`.
#
# <details><summary>Hint: "'>' not supported between instances of 'builtin_function_or_method' and 'int'"</summary>
#
# You compare a method, not its result: `X.abs` is a method, `X.abs()` a tensor. Which pair of
# parentheses is missing in your condition?
# </details>

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
# HIDDEN
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
def test_fixed_hidden_mlp_never_trains_r(FixedHiddenMLP, judge):
    def measure(FixedHiddenMLP):
        import torch

        net = FixedHiddenMLP()
        X = torch.linspace(-3, 5, 40).reshape(2, 20)
        net(X)
        state = net.state_dict()
        before = {name: value.clone() for name, value in state.items()}
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=0.1)
        for _ in range(3):
            optimizer.zero_grad()
            net(X).backward()
            optimizer.step()
        after = {name: value.clone() for name, value in net.state_dict().items()}
        return before, after, [tuple(p.shape) for p in net.parameters() if p.requires_grad]

    import torch

    before, after, shapes = judge.probe(measure, FixedHiddenMLP)
    assert "rand_weight" in before, "R should be in the state_dict under the name rand_weight."
    assert torch.equal(before["rand_weight"], after["rand_weight"]), "Training may not change R."
    changed = [name for name in before if not torch.equal(before[name], after[name])]
    assert changed, "Training should change the linear layer."
    assert sorted(shapes) == [(20,), (20, 20)], "One linear layer, used twice, has one weight and one bias to train."

# %%
# HIDDEN
def test_fixed_hidden_mlp_moves_and_restores_r(FixedHiddenMLP, judge):
    def measure(FixedHiddenMLP):
        import torch

        one, two = FixedHiddenMLP(), FixedHiddenMLP()
        X = torch.linspace(-2, 3, 60).reshape(3, 20)
        one(X), two(X)
        two.load_state_dict(one.state_dict())
        outputs = one(X).detach().clone(), two(X).detach().clone()
        again = one(X).detach().clone()
        wide = one.to(torch.float64)
        R = wide.state_dict().get("rand_weight")
        dtypes = str(wide(X.double()).dtype), str(R.dtype) if R is not None else "missing"
        moved = two.to("meta").state_dict().get("rand_weight")
        distinct = R.unique().numel() if R is not None else 0
        return outputs, again, dtypes, moved is not None and moved.is_meta, distinct

    import torch

    (first, second), again, dtypes, moved, distinct = judge.probe(measure, FixedHiddenMLP)
    torch.testing.assert_close(first, second)
    assert torch.equal(first, again), "R is drawn once: the same input should give the same output again."
    assert dtypes == ("torch.float64", "torch.float64"), "net.to(torch.float64) should convert R with the layer."
    assert moved, "net.to(device) should move R with the layer."
    # Even bfloat16-coarse random numbers take far more than 20 values among 400.
    assert distinct > 20, "R should be a matrix of random numbers."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# Steps 4 and 5 of question 3 in a picture: [[6.5, -2.5, 4.0]] is halved until its magnitudes add up to at most 1.
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
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: NestMLP

# %% [markdown]
# ## 4 · Blocks inside blocks: `NestMLP`
#
# A block may hold a container, which holds layers, and so on. Parameters are found at any depth.
# Write a network with two attributes:
#
# - `net`, an `nn.Sequential` of Linear 20 → 64, ReLU, Linear 64 → 32, ReLU;
# - `linear`, an `nn.Linear` 32 → 16.
#
# The output is `linear` applied to what `net` returns. There is no activation after `linear`.
#
# **Example.** Shapes of a minibatch of 3 on its way:
# (3, 20) → (3, 64) → (3, 32) → (3, 16). The parameters have names with dots, one dot for each level:
# `net.0.weight`, `net.0.bias`, `net.2.weight`, `net.2.bias`, `linear.weight`, `linear.bias`.
#
# <details><summary>Hint: my shapes are right, the values are not</summary>
#
# Count the activations. `net` ends in one, and the whole network does not.
# </details>

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
def test_nest_mlp_maps_twenty_numbers_to_sixteen(NestMLP):
    import torch

    out = NestMLP()(torch.ones(3, 20))
    assert tuple(out.shape) == (3, 16), f"3 examples should give (3, 16), not {tuple(out.shape)}."

# %%
# HIDDEN
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
    out = net(X)
    assert out.shape == upstream.shape, "Each example should give one row of 16 outputs."
    assert out.requires_grad, "Every parameter, at every level, should receive a gradient."
    out.backward(upstream)
    q = {shape: v.detach().clone().requires_grad_() for shape, v in p.items()}
    inner = torch.relu(torch.relu(X @ q[(64, 20)].T + q[(64,)]) @ q[(32, 64)].T + q[(32,)])
    (inner @ q[(16, 32)].T + q[(16,)]).backward(upstream)
    for shape in q:
        assert p[shape].grad is not None, "Every parameter, at every level, should receive a gradient."
        close = torch.allclose(p[shape].grad, q[shape].grad, rtol=1e-4, atol=1e-4)
        assert close, "The gradients are not those of a network with two ReLUs inside net and none after linear."

# %%
# HIDDEN
def test_every_nest_mlp_owns_its_parameters_and_converts(NestMLP, judge):
    def measure(NestMLP):
        import torch

        one, two = NestMLP(), NestMLP()
        X = torch.linspace(-2, 3, 60).reshape(3, 20)
        one(X), two(X)
        before = two(X).detach().clone()
        with torch.no_grad():
            for p in one.parameters():
                p.fill_(1.0)
        after = two(X).detach().clone()
        return before, after, str(two.to(torch.float64)(X.double()).dtype)

    import torch

    before, after, dtype = judge.probe(measure, NestMLP)
    assert torch.equal(before, after), "Two networks share parameters: create the layers in __init__."
    assert dtype == "torch.float64", "After net.to(torch.float64) the output should be float64."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# Blocks of every kind fit together: a class, a layer, and a network with a loop inside.
chimera = nn.Sequential(NestMLP(), nn.Linear(16, 20), FixedHiddenMLP())
print(chimera)
print("output:", chimera(torch.rand(2, 20)))

# %% [raw]
# # BEGIN QUESTION
# name: CenteredLayer

# %% [markdown]
# ## 5 · A layer without parameters: `CenteredLayer`
#
# A layer is a module like any other. This one moves its input so that the mean over **all** entries
# becomes 0:
#
# $$y_{i} = x_{i} - \frac{1}{N}\sum_{j=1}^{N} x_{j}$$
#
# where $i$ and $j$ run over all $N$ entries, whatever the shape of the input.
#
# **Examples.** The mean of `[1., 2., 3., 4., 5.]` is 3, so the layer returns
# `[-2., -1., 0., 1., 2.]`. The matrix `[[1., 2., 3.], [4., 5., 9.]]` has the mean $24/6 = 4$ and
# becomes `[[-3., -2., -1.], [0., 1., 5.]]`: one mean for the whole matrix.
#
# Such a layer fits into any network: in `nn.Sequential(nn.Linear(8, 128), CenteredLayer())` the mean
# of every output is 0, up to rounding.
#
# <details><summary>Hint: right for a vector, wrong for a matrix</summary>
#
# With a `dim` argument `mean` gives one number per row or column. How do you get one number in all?
# </details>

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
def test_centered_layer_on_a_vector(CenteredLayer):
    import torch
    from torch import nn

    layer = CenteredLayer()
    assert isinstance(layer, nn.Module), "CenteredLayer() should be an nn.Module."
    out = layer(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]))
    torch.testing.assert_close(out, torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0]))

# %%
def test_centered_layer_uses_one_mean_for_a_matrix(CenteredLayer):
    import torch

    out = CenteredLayer()(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]]))
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

# %% [raw]
# # BEGIN QUESTION
# name: MyLinear

# %% [markdown]
# ## 6 · A layer with parameters: `MyLinear`
#
# A tensor becomes a parameter of a module when it is wrapped in `nn.Parameter` and stored as an
# attribute. From then on `parameters()` lists it, `state_dict` stores it and `.to()` moves it.
#
# Write a fully connected layer with a built-in ReLU:
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
# `.numpy()`, `torch.no_grad()` or a tensor that is no `nn.Parameter`.
# </details>

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
def test_my_linear_registers_weight_and_bias(MyLinear):
    from torch import nn

    layer = MyLinear(5, 3)
    assert isinstance(layer, nn.Module), "MyLinear(5, 3) should be an nn.Module."
    shapes = {name: tuple(p.shape) for name, p in layer.named_parameters()}
    assert shapes == {"weight": (5, 3), "bias": (3,)}, f"The parameters are {shapes}."

# %%
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

    layer = MyLinear(3, 2)
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
def test_my_linear_learns_from_its_random_start(MyLinear, judge):
    def measure(MyLinear):
        import torch

        torch.manual_seed(62)
        one, two = MyLinear(6, 5), MyLinear(6, 5)
        same = torch.equal(one.weight.detach(), two.weight.detach())
        before = one.weight.detach().clone(), one.bias.detach().clone()
        # Rows and their negatives, far larger than any bias: every unit with a weight is active somewhere.
        X = 1000 * torch.randn(32, 6)
        optimizer = torch.optim.SGD(one.parameters(), lr=0.1)
        one(torch.cat([X, -X])).sum().backward()
        optimizer.step()
        finite = bool(one.weight.isfinite().all() and one.bias.isfinite().all())
        moved = [bool((p.detach() != b).any()) for p, b in zip((one.weight, one.bias), before)]
        return same, moved, finite

    same, moved, finite = judge.probe(measure, MyLinear)
    assert not same, "The weight should start as random numbers, new ones for every layer."
    assert moved == [True, True], "One step of SGD should change weight and bias."
    assert finite, "The parameters should be finite numbers."

# %%
# HIDDEN
def test_my_linear_stacks_and_converts(MyLinear, judge):
    def measure(MyLinear):
        import torch
        from torch import nn

        net = nn.Sequential(MyLinear(6, 8), MyLinear(8, 1)).to(torch.float64)
        out = net(torch.linspace(-1, 2, 18, dtype=torch.float64).reshape(3, 6))
        return tuple(out.shape), str(out.dtype), sorted(net.state_dict())

    shape, dtype, keys = judge.probe(measure, MyLinear)
    assert shape == (3, 1), "Layers of MyLinear should fit together in an nn.Sequential."
    assert dtype == "torch.float64", "After .to(torch.float64) the output should be float64."
    expected = ["0.bias", "0.weight", "1.bias", "1.weight"]
    assert keys == expected, "The state_dict should hold weight and bias of each layer."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# Does your layer learn? The target is a function that MyLinear can represent exactly.
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
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: parameter_shapes

# %% [markdown]
# ## 7 · Looking inside: `parameter_shapes`
#
# Write `parameter_shapes(net)`. It returns a dictionary from the full name of every parameter to its
# shape, a tuple.
#
# - "Full name" means the path from `net` to the parameter, with dots: `"0.weight"`,
#   `"encoder.2.bias"`. Parameters of nested modules are included, at any depth.
# - Every parameter is listed once. If a layer, or a single parameter, is used at several places, it
#   appears under the first of its names only.
# - Parameters only: buffers such as the running mean of batch normalisation do not belong here.
#   Frozen parameters (`requires_grad=False`) are still parameters.
#
# **Example.** `nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))` gives
#
#     {"0.weight": (8, 4), "0.bias": (8,), "2.weight": (1, 8), "2.bias": (1,)}
#
# <details><summary>Hint: a shared layer shows up twice</summary>
#
# `state_dict` lists what stands at each place, shared or not, and buffers, too. Another method of
# `nn.Module` walks over the parameters by name and skips what it has seen.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def parameter_shapes(net: nn.Module) -> dict[str, tuple[int, ...]]:
    """Full name -> shape for every parameter of net, nested ones included, shared ones once."""
    # BEGIN SOLUTION
    return {name: tuple(param.shape) for name, param in net.named_parameters()}
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_parameter_shapes_of_the_example(parameter_shapes):
    from torch import nn

    shapes = parameter_shapes(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1)))
    assert shapes == {"0.weight": (8, 4), "0.bias": (8,), "2.weight": (1, 8), "2.bias": (1,)}, f"got {shapes}"

# %%
def test_parameter_shapes_looks_into_nested_modules(parameter_shapes):
    from torch import nn

    inner = nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5))
    shapes = parameter_shapes(nn.Sequential(inner, nn.Linear(5, 2, bias=False)))
    expected = {"0.0.weight": (5, 3), "0.0.bias": (5,), "0.1.weight": (5,), "0.1.bias": (5,), "1.weight": (2, 5)}
    assert shapes == expected, f"got {shapes}"

# %%
def test_parameter_shapes_lists_a_shared_layer_once(parameter_shapes):
    from torch import nn

    shared = nn.Linear(6, 6)
    shapes = parameter_shapes(nn.Sequential(shared, nn.ReLU(), shared))
    assert shapes == {"0.weight": (6, 6), "0.bias": (6,)}, f"got {shapes}"

# %%
# HIDDEN
def test_parameter_shapes_at_every_depth(parameter_shapes, judge):
    def measure(parameter_shapes):
        import torch
        from torch import nn

        class Scale(nn.Module):
            def __init__(self):
                super().__init__()
                self.factor = nn.Parameter(torch.tensor(2.0))
                self.inside = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(nn.Conv2d(3, 7, (2, 5))))})
                self.register_buffer("count", torch.zeros(4))

        net = nn.Sequential(nn.LSTM(3, 2), nn.ReLU(), Scale(), nn.PReLU())
        for p in net[0].parameters():
            p.requires_grad_(False)
        found = parameter_shapes(net)
        plain, nothing = parameter_shapes(nn.Linear(3, 2)), parameter_shapes(nn.Sequential(nn.Tanh()))
        return dict(found), plain, nothing, [isinstance(shape, tuple) for shape in found.values()]

    found, plain, nothing, tuples = judge.probe(measure, parameter_shapes)
    expected = {
        "0.weight_ih_l0": (8, 3),
        "0.weight_hh_l0": (8, 2),
        "0.bias_ih_l0": (8,),
        "0.bias_hh_l0": (8,),
        "2.factor": (),
        "2.inside.deep.0.0.weight": (7, 3, 2, 5),
        "2.inside.deep.0.0.bias": (7,),
        "3.weight": (1,),
    }
    assert sorted(found) == sorted(expected), "List all parameters, nested and frozen ones included, and no buffers."
    assert found == expected, "The shapes should be those of the parameters."
    assert all(tuples), "Each shape should be a tuple."
    assert plain == {"weight": (2, 3), "bias": (2,)}, "The net may also be a single layer."
    assert nothing == {}, "A network without parameters gives an empty dictionary."

# %%
# HIDDEN
def test_parameter_shapes_sees_shared_parameters(parameter_shapes, judge):
    def measure(parameter_shapes):
        from torch import nn

        first, second = nn.Linear(4, 4), nn.Linear(4, 4)
        second.weight = first.weight
        block = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
        net = nn.Sequential(first, block, second, block, nn.Linear(4, 4))
        with_tie = parameter_shapes(net)
        # Equal numbers do not make two parameters one.
        for p in net[4].parameters():
            p.data.fill_(0.0)
        for p in block.parameters():
            p.data.fill_(0.0)
        return with_tie, parameter_shapes(net)

    one, two = judge.probe(measure, parameter_shapes)
    weights, biases = ["0.weight", "1.0.weight", "4.weight"], ["0.bias", "1.0.bias", "2.bias", "4.bias"]
    expected = {**{name: (4, 4) for name in weights}, **{name: (4,) for name in biases}}
    assert one == expected, "A parameter at several places should be listed once, under its first name."
    assert two == expected, "Parameters with equal numbers are still different parameters."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: nested_net

# %% [markdown]
# ## 8 · A factory of blocks: `nested_net`
#
# Functions that build blocks keep deep networks readable. Write three:
#
# - `block1()` returns an `nn.Sequential`: Linear 4 → 8, ReLU, Linear 8 → 4, ReLU.
# - `block2()` returns an `nn.Sequential` of four **different** `block1()`s, under the names
#   `"block 0"`, `"block 1"`, `"block 2"`, `"block 3"`. Each has parameters of its own.
# - `nested_net()` returns an `nn.Sequential` of `block2()` and a Linear 4 → 1.
#
# Every call of each of the three builds anew: two networks share nothing.
#
# `nn.Sequential()` gives places the names "0", "1", …. You can choose names yourself with
# `net.add_module(name, block)` or with an `OrderedDict`. A name may contain a space but no dot.
#
# **Example.** One `block1()` has $4\cdot 8 + 8 + 8\cdot 4 + 4 = 76$ parameters. Four of them and the
# last layer make $4\cdot 76 + 5 = 309$. If you reuse one block four times, there are only 81.
#
# After you have solved the question, the cell below it draws the network as boxes in boxes.
#
# <details><summary>Hint: I have 81 parameters and not 309</summary>
#
# How often is `block1()` called? Each call makes one block.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def block1() -> nn.Sequential:
    """Linear(4, 8), ReLU, Linear(8, 4), ReLU."""
    # BEGIN SOLUTION
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())
    # END SOLUTION


def block2() -> nn.Sequential:
    """Four different block1()s named "block 0" to "block 3"."""
    # BEGIN SOLUTION
    net = nn.Sequential()
    for i in range(4):
        net.add_module(f"block {i}", block1())
    return net
    # END SOLUTION


def nested_net() -> nn.Sequential:
    """block2(), then Linear(4, 1)."""
    # BEGIN SOLUTION
    return nn.Sequential(block2(), nn.Linear(4, 1))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_block1_has_two_linear_layers(block1):
    import torch

    block = block1()
    shapes = sorted(tuple(p.shape) for p in block.parameters())
    assert shapes == [(4,), (4, 8), (8,), (8, 4)], f"The parameters of block1() are {shapes}."
    out = block(torch.linspace(-2, 3, 12).reshape(3, 4))
    assert tuple(out.shape) == (3, 4), f"3 examples should give (3, 4), not {tuple(out.shape)}."
    assert bool((out >= 0).all()), "block1() ends in a ReLU, so no output is negative."

# %%
def test_block2_names_four_blocks(block2):
    block = block2()
    first = [name.split(".")[0] for name, _ in block.named_parameters()]
    names = sorted(set(first))
    assert names == ["block 0", "block 1", "block 2", "block 3"], f"The names are {names}."
    count = sum(p.numel() for p in block.parameters())
    assert count == 304, f"Four different blocks have 304 parameters, yours have {count}."

# %%
def test_nested_net_has_309_parameters(nested_net):
    import torch

    net = nested_net()
    count = sum(p.numel() for p in net.parameters())
    assert count == 309, f"The network should have 309 parameters, yours has {count}."
    out = net(torch.ones(3, 4))
    other = nested_net()
    before = next(iter(other.parameters())).detach().clone()
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(2.0)
    after = next(iter(other.parameters())).detach()
    assert torch.equal(before, after), "Every call of nested_net() should build a new network."
    assert tuple(out.shape) == (3, 1), f"3 examples should give (3, 1), not {tuple(out.shape)}."

# %%
# HIDDEN
def test_block1_computes_linear_relu_linear_relu(block1):
    import torch

    g = torch.Generator().manual_seed(81)
    block = block1()
    p = {tuple(p.shape): p for p in block.parameters()}
    layers = [(4,), (4, 8), (8,), (8, 4)]
    assert sorted(p) == layers, "The parameters should be weight and bias of two layers: 4 to 8 and 8 to 4."
    with torch.no_grad():
        for shape in [(8, 4), (8,), (4, 8), (4,)]:
            p[shape].copy_(torch.randn(shape, generator=g))
    X = 2 * torch.randn(11, 4, generator=g)
    expected = torch.relu(torch.relu(X @ p[(8, 4)].T + p[(8,)]) @ p[(4, 8)].T + p[(4,)])
    out = block(X).detach()
    assert out.shape == expected.shape, "Each example should give one row of 4 outputs."
    close = torch.allclose(out, expected.detach(), rtol=1e-4, atol=1e-4)
    assert close, "The values differ. A ReLU follows each of the two layers of block1()."

# %%
# HIDDEN
def test_block2_holds_four_separate_blocks_by_name(block2, judge):
    def measure(block2):
        block, other = block2(), block2()
        children = dict(block.named_children())
        ids = [id(p) for p in block.parameters()]
        shared = set(ids) & {id(p) for p in other.parameters()}
        return list(children), len({id(c) for c in children.values()}), len(set(ids)), len(shared)

    names, blocks, parameters, shared = judge.probe(measure, block2)
    expected = [f"block {i}" for i in range(4)]
    assert names == expected, "The blocks should be named as the question says, in order."
    assert blocks == 4, "The four blocks should be four different objects."
    assert parameters == 16, "Each of the four blocks should have four parameters of its own."
    assert shared == 0, "Every call of block2() should make new blocks."

# %%
# HIDDEN
def test_nested_net_runs_the_blocks_in_order(nested_net):
    import torch

    g = torch.Generator().manual_seed(82)
    net, other = nested_net(), nested_net()
    untouched = [p.detach().clone() for p in other.parameters()]
    named = dict(net.named_parameters())
    assert len(named) == 18, "Four blocks with four parameters each, then a weight and a bias."
    blocks, rest = [], [p for name, p in named.items() if "block " not in name]
    for i in range(4):
        blocks.append({tuple(p.shape): p for name, p in named.items() if f"block {i}" in name})
    X = torch.rand(6, 4, generator=g) * 4 - 1
    H = X
    with torch.no_grad():
        for block in blocks:
            assert sorted(block) == [(4,), (4, 8), (8,), (8, 4)], "Each named block should be a block1()."
            for shape in [(8, 4), (8,), (4, 8), (4,)]:
                block[shape].copy_(torch.rand(shape, generator=g) - 0.3)
            H = torch.relu(torch.relu(H @ block[(8, 4)].T + block[(8,)]) @ block[(4, 8)].T + block[(4,)])
        last = {tuple(p.shape): p for p in rest}
        assert sorted(last) == [(1,), (1, 4)], "After the blocks comes a Linear(4, 1)."
        last[(1, 4)].copy_(torch.randn(1, 4, generator=g))
        last[(1,)].copy_(torch.randn(1, generator=g))
        expected = H @ last[(1, 4)].T + last[(1,)]
    out = net(X).detach()
    assert out.shape == expected.shape, "Each example should give one row of one output."
    close = torch.allclose(out, expected, rtol=1e-4, atol=1e-4)
    assert close, "The values differ. The four blocks run in order, then the last Linear, and nothing after it."
    own = all(torch.equal(p, before) for p, before in zip(other.parameters(), untouched))
    assert own, "Every call of nested_net() should make a network of its own."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# Your network as boxes in boxes. Every box is a module; the innermost ones are layers.
def leaves(module: nn.Module) -> int:
    return sum(leaves(child) for child in module.children()) or 1


def draw(ax, module: nn.Module, name: str, left: float, depth: int = 0) -> None:
    """Draw module as a box that starts at `left` and holds the boxes of its children."""
    children = list(module.named_children())
    width, margin = leaves(module), 0.07 * (depth + 1) if children else 0.33
    colour = plt.cm.Blues(0.12 + 0.16 * depth) if children else "#fff3d6"
    height = 4.4 - depth
    corner = (left + margin, -height / 2)
    ax.add_patch(plt.Rectangle(corner, width - 2 * margin, height, facecolor=colour, edgecolor="#234"))
    if children:
        ax.text(left + width / 2, height / 2 - 0.28, name, ha="center", va="center", fontsize=9)
    else:
        ax.text(left + width / 2, 0, type(module).__name__, ha="center", va="center", fontsize=8, rotation=90)
    for child_name, child in children:
        draw(ax, child, child_name, left, depth + 1)
        left += leaves(child)


net = nested_net()
fig, ax = plt.subplots(figsize=(10, 3.4))
draw(ax, net, "nested_net()", 0.0)
ax.set(xlim=(-0.1, leaves(net) + 0.1), ylim=(-2.4, 2.4))
ax.axis("off")
fig.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: init_mixed

# %% [markdown]
# ## 9 · Different starts for different layers: `init_mixed`
#
# The functions in `nn.init` fill parameters in place: `nn.init.xavier_uniform_`, `nn.init.constant_`,
# `nn.init.zeros_`, …. The underscore at the end says "in place". Xavier's uniform start draws weights from
#
# $$U(-a, a), \qquad a = \sqrt{\frac{6}{n_\text{in} + n_\text{out}}}$$
#
# Write `init_mixed(net)`. It works in place on any network with at least two `nn.Linear` layers:
#
# - the weight of the **first** Linear layer gets Xavier's uniform start;
# - the weight of the **last** Linear layer becomes the constant 42;
# - the biases of **all** Linear layers become 0;
# - weights of Linear layers in between, and other modules, keep what they have.
#
# "First" and "last" follow the order of `net.modules()`. The layers may stand anywhere: after an
# `nn.Flatten()`, before a ReLU, inside a nested block.
#
# **Example.** In `nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))` the first weight gets
# numbers between $-\sqrt{6/12} \approx -0.71$ and $0.71$, the last one eight times 42.
#
# <details><summary>Hint: "'Flatten' object has no attribute 'weight'"</summary>
#
# `net[0]` is the first module, which need not be the first *Linear* layer. Collect the Linear layers
# in a list first.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def init_mixed(net: nn.Module) -> None:
    """In place: first Linear Xavier uniform, last Linear 42, biases of all Linear layers 0."""
    # BEGIN SOLUTION
    layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
    nn.init.xavier_uniform_(layers[0].weight)
    nn.init.constant_(layers[-1].weight, 42)
    for layer in layers:
        nn.init.zeros_(layer.bias)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_init_mixed_on_the_example(init_mixed):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    before = net[0].weight.detach().clone()
    init_mixed(net)
    torch.testing.assert_close(net[2].weight.detach(), torch.full((1, 8), 42.0))
    torch.testing.assert_close(net[0].bias.detach(), torch.zeros(8))
    torch.testing.assert_close(net[2].bias.detach(), torch.zeros(1))
    assert not torch.equal(net[0].weight, before), "The first weight should be drawn anew."
    largest = net[0].weight.detach().abs().max().item()
    assert largest <= (6 / 12) ** 0.5 + 1e-6, f"Xavier's bound is 0.707, but a first weight has magnitude {largest:.3f}."

# %%
def test_init_mixed_finds_layers_anywhere_and_keeps_those_between(init_mixed):
    import torch
    from torch import nn

    inner = nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
    net = nn.Sequential(nn.Flatten(), inner, nn.Linear(3, 2), nn.ReLU())
    first, middle, last = net[1][0], net[1][2], net[2]
    before = first.weight.detach().clone(), middle.weight.detach().clone()
    init_mixed(net)
    torch.testing.assert_close(last.weight.detach(), torch.full((2, 3), 42.0))
    assert not torch.equal(first.weight, before[0]), "The weight of the first Linear layer should be drawn anew."
    assert torch.equal(middle.weight, before[1]), "Weights between the first and the last Linear layer should stay."
    for layer in (first, middle, last):
        torch.testing.assert_close(layer.bias.detach(), torch.zeros_like(layer.bias))

# %%
# HIDDEN
def test_init_mixed_draws_the_first_weight_as_xavier_says(init_mixed, judge):
    def measure(init_mixed):
        from torch import nn

        net = nn.Sequential(nn.Linear(60, 90), nn.ReLU(), nn.Linear(90, 3))
        init_mixed(net)
        one = net[0].weight.detach().clone()
        init_mixed(net)
        return one, net[0].weight.detach().clone()

    import math

    import torch

    one, two = judge.probe(measure, init_mixed)
    assert tuple(one.shape) == (90, 60), "The weight should keep its shape."
    assert not torch.equal(one, two), "Each call should draw new random numbers."
    # 5400 draws from U(-a, a) per matrix. All of them below 0.99 a: 0.99**5400 < 1e-23. Standard deviation of
    # the mean: a / sqrt(3 * 5400) = 0.0079 a; of the standard deviation: 0.6 %. Bounds at more than 6.3 of
    # these: below 1e-8 for the four checks together.
    a = math.sqrt(6 / (60 + 90))
    for weight in (one, two):
        weight = weight.double()
        assert weight.abs().max() <= a * (1 + 1e-6), "The first weight exceeds the bound of Xavier's uniform law."
        assert weight.abs().max() > 0.99 * a, "The first weight does not use the whole range of Xavier's uniform law."
        assert abs(weight.mean()) < 0.05 * a, "The first weight should have mean 0."
        spread = weight.std() / (a / math.sqrt(3))
        assert abs(spread - 1) < 0.04, "The first weight does not have the spread of Xavier's uniform law."

# %%
# HIDDEN
def test_init_mixed_in_a_deep_network(init_mixed, judge):
    def measure(init_mixed):
        import torch
        from torch import nn

        class Tower(nn.Module):
            def __init__(self):
                super().__init__()
                self.norm = nn.LayerNorm(7)
                self.stem = nn.Sequential(*[nn.Sequential(nn.Linear(7 + i, 8 + i), nn.Tanh()) for i in range(11)])
                self.scale = nn.Parameter(torch.tensor([3.0, -1.0]))
                self.head = nn.ModuleList([nn.Linear(18, 2), nn.Dropout(0.5)])

        net = Tower().to(torch.float64)
        before = {name: value.clone() for name, value in net.state_dict().items()}
        init_mixed(net)
        flags = [p.requires_grad and p.is_leaf for p in net.parameters()]
        return before, {name: value.clone() for name, value in net.state_dict().items()}, flags

    import torch

    before, after, flags = judge.probe(measure, init_mixed)
    assert list(before) == list(after), "The network should keep its parameters and their names."
    assert all(flags), "All parameters should stay trainable leaf tensors."
    for name, value in after.items():
        assert value.dtype == torch.float64, "The parameters should keep their dtype."
        if name.endswith("bias"):
            assert bool((value == 0).all()), "The biases of all Linear layers should be 0."
        elif name == "head.0.weight":
            assert bool((value == 42).all()), "The weight of the last Linear layer should be 42 everywhere."
        elif name == "stem.0.0.weight":
            assert not torch.equal(value, before[name]), "The weight of the first Linear layer should be drawn anew."
            assert bool((value.abs() <= (6 / 15) ** 0.5 + 1e-6).all()), "The first weight exceeds Xavier's bound."
        else:
            assert torch.equal(value, before[name]), "Everything else should keep its values."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: custom_init

# %% [markdown]
# ## 10 · An initialisation of your own: `custom_init`
#
# Sometimes no ready-made start fits. Suppose that every single weight should follow this law:
#
# $$w \sim \begin{cases}
# U(5, 10) & \text{with probability } \tfrac14\\
# 0 & \text{with probability } \tfrac12\\
# U(-10, -5) & \text{with probability } \tfrac14
# \end{cases}$$
#
# Write `custom_init(m)` for use as `net.apply(custom_init)`. `apply` calls it with every module of
# the network in turn, so it must look at what it gets:
#
# - for an `nn.Linear` it fills the weight in place by the law above, each entry drawn on its own;
# - the bias and all other modules stay as they are.
#
# **One way to think.** Look at $U(-10, 10)$. How likely is a number in $(5, 10)$? In $(-5, 5)$? In
# $(-10, -5)$? Now compare with the three cases of the law.
#
# **What to expect.** The weight of `nn.Linear(300, 200)` has 60000 entries: about 30000 zeros, 15000
# entries in [5, 10] and 15000 in [−10, −5]. Nothing lies between 0 and 5 in magnitude. The cell below
# the question draws the histogram of your weights.
#
# <details><summary>Hint: half of my weights lie between −5 and 5 but are not 0</summary>
#
# You keep the part that should be cut. A comparison such as `w.abs() >= 5` gives a mask of True and
# False; multiplying by it keeps what is True.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def custom_init(m: nn.Module) -> None:
    """For net.apply: weights of nn.Linear from U(5, 10), 0, U(-10, -5) with probabilities 1/4, 1/2, 1/4."""
    # BEGIN SOLUTION
    if isinstance(m, nn.Linear):
        nn.init.uniform_(m.weight, -10, 10)
        with torch.no_grad():
            m.weight *= m.weight.abs() >= 5
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_custom_init_draws_from_three_cases(custom_init):
    from torch import nn

    layer = nn.Linear(300, 200)
    custom_init(layer)
    w = layer.weight.detach()
    zero, size = w == 0, w.abs()
    assert bool((zero | (size >= 5)).all()), "No weight should lie between 0 and 5 in magnitude."
    assert bool((size <= 10).all()), "No weight should be larger than 10 in magnitude."
    assert bool(zero.any()), "About half of the weights should be exactly 0."
    assert bool((w >= 5).any()) and bool((w <= -5).any()), "Both signs should occur."

# %%
def test_custom_init_leaves_biases_and_other_modules(custom_init):
    import torch
    from torch import nn

    linear, norm, flatten = nn.Linear(6, 5), nn.LayerNorm(4), nn.Flatten()
    bias = linear.bias.detach().clone()
    for module in (linear, norm, flatten):
        custom_init(module)
    assert torch.equal(linear.bias.detach(), bias), "The bias should stay as it was."
    assert torch.equal(norm.weight.detach(), torch.ones(4)), "Only nn.Linear is initialised."

# %%
# HIDDEN
def test_custom_init_has_the_right_shares(custom_init, judge):
    def measure(custom_init):
        import torch
        from torch import nn

        layer = nn.Linear(300, 200)
        torch.manual_seed(101)
        custom_init(layer)
        one = layer.weight.detach().clone()
        custom_init(layer)
        return one, layer.weight.detach().clone()

    import torch

    one, two = judge.probe(measure, custom_init)
    assert tuple(one.shape) == (200, 300), "The weight should keep its shape."
    assert not torch.equal(one == 0, two == 0), "Each call should draw anew which weights are 0."
    # 60000 entries: standard deviation of the share of zeros 0.00204, of each sign 0.00177; bounds at 6.5 of
    # these: below 1e-9 for the six checks. A row of 300 or a column of 200 entries with less than a quarter
    # or more than three quarters of zeros: 2 exp(-2 * 200 / 16) = 3e-11 each by Hoeffding, for 1000 of them 3e-8.
    # One in which a sign has a share of 0.04 or less: 1e-15 for a column, far less for a row; 2e-12 for all 2000.
    for w in (one, two):
        zero = (w == 0).double()
        assert abs(zero.mean() - 0.5) < 0.0133, "Half of the weights should be 0."
        assert abs((w > 0).double().mean() - 0.25) < 0.0115, "A quarter of the weights should be positive."
        assert abs((w < 0).double().mean() - 0.25) < 0.0115, "A quarter of the weights should be negative."
        for dim in (0, 1):
            share = zero.mean(dim)
            signs = min((w > 0).double().mean(dim).min(), (w < 0).double().mean(dim).min())
            even = share.min() > 0.25 and share.max() < 0.75 and signs > 0.04
            assert even, "Each entry should be drawn on its own, not rows or columns at once."

# %%
# HIDDEN
def test_custom_init_is_uniform_on_both_sides(custom_init, judge):
    def measure(custom_init):
        from torch import nn

        layer = nn.Linear(250, 240)
        custom_init(layer)
        return layer.weight.detach().clone()

    import math

    w = judge.probe(measure, custom_init).double()
    assert bool(((w == 0) | (w.abs() >= 5)).all()), "No weight should lie between 0 and 5 in magnitude."
    assert bool((w.abs() <= 10).all()), "No weight should be larger than 10 in magnitude."
    # Even with only 2**20 values on a side, 15000 draws would repeat about 100 of them, never half.
    drawn = w[w != 0]
    assert drawn.unique().numel() > 0.5 * drawn.numel(), "Each entry should be drawn on its own."
    for side in (w[w > 0], -w[w < 0]):
        # At least 14000 draws from U(5, 10) on each side (fewer: 9 standard deviations, below 1e-18).
        assert len(side) > 14000, "A quarter of the weights should lie on each side."
        # Mean 7.5 with standard deviation 0.0122, standard deviation 1.443 with 0.0055: bounds at more than 6.4
        # of these. Empty ends of 0.02 on 14000 draws: 0.996**14000 < 1e-24. In all below 1e-9.
        assert abs(side.mean() - 7.5) < 0.08, "Each side should be uniform between 5 and 10."
        assert abs(side.std() - 5 / math.sqrt(12)) < 0.036, "Each side should be uniform between 5 and 10."
        assert side.min() < 5.02 and side.max() > 9.98, "Each side should reach from 5 to 10."

# %%
# HIDDEN
def test_custom_init_works_through_apply(custom_init, judge):
    def measure(custom_init):
        import torch
        from torch import nn

        inner = nn.Sequential(nn.Linear(40, 30), nn.LayerNorm(30), nn.Linear(30, 20, bias=False))
        net = nn.Sequential(nn.Conv1d(2, 3, 2), inner, nn.Bilinear(3, 4, 5), nn.Linear(20, 30)).to(torch.float64)
        before = {name: value.clone() for name, value in net.state_dict().items()}
        net.apply(custom_init)
        flags = [p.requires_grad and p.is_leaf and p.grad_fn is None for p in net.parameters()]
        return before, {name: value.clone() for name, value in net.state_dict().items()}, flags

    import torch

    before, after, flags = judge.probe(measure, custom_init)
    assert list(before) == list(after), "The network should keep its parameters and their names."
    assert all(flags), "All parameters should stay trainable leaf tensors."
    for name, value in after.items():
        assert value.dtype == torch.float64, "The parameters should keep their dtype."
        if name in ("1.0.weight", "1.2.weight", "3.weight"):
            fits = (value == 0) | (value.abs() >= 5)
            assert bool(fits.all()), "All Linear layers should be initialised, nested ones too."
            assert bool((value > 0).any()) and bool((value == 0).any()), "Each Linear layer should get its own draws."
        else:
            assert torch.equal(value, before[name]), "Biases and other modules should keep their values."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# The histogram of your weights: a spike at 0 with half of them, and two flat sides.
layer = nn.Linear(300, 200)
layer.apply(custom_init)
w = layer.weight.detach().flatten()
fig, ax = plt.subplots(figsize=(6, 2.8))
ax.hist(w[w != 0].tolist(), bins=[x / 2 for x in range(-22, 23)], color="#9db4d6", edgecolor="white")
zeros = int((w == 0).sum())
ax.set(xlabel="weight", ylabel="how many", ylim=(0, 2200), title="custom_init")
ax.annotate(f"{zeros} zeros,\nfar beyond\nthe top", (0, 2190), (0, 700), ha="center", arrowprops={"arrowstyle": "->"})
fig.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: tied_net

# %% [markdown]
# ## 11 · One layer, two places: `tied_net`
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
# </details>

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
def test_tied_net_has_one_shared_layer(tied_net):
    import torch

    net = tied_net()
    shapes = sorted(tuple(p.shape) for p in net.parameters())
    expected = [(1,), (1, 8), (8,), (8,), (8, 4), (8, 8)]
    assert shapes == expected, f"The parameters have the shapes {shapes}, expected {expected}."
    out = net(torch.ones(3, 4))
    assert tuple(out.shape) == (3, 1), f"3 examples should give (3, 1), not {tuple(out.shape)}."

# %%
# HIDDEN
def test_tied_net_uses_one_object(tied_net, judge):
    def measure(tied_net):
        from torch import nn

        net, other = tied_net(), tied_net()
        # modules() lists an object once, however many places it has.
        linears = [m for m in net.modules() if isinstance(m, nn.Linear)]
        ids = {id(p) for p in net.parameters()}
        common = ids & {id(p) for p in other.parameters()}
        return sorted(tuple(m.weight.shape) for m in linears), len(ids), len(common)

    shapes, count, common = judge.probe(measure, tied_net)
    assert shapes == [(1, 8), (8, 4), (8, 8)], "There should be three Linear objects, one of them 8 to 8."
    assert count == 6, "Three Linear layers have six parameters."
    assert common == 0, "Every call of tied_net() should return a network of its own."

# %%
# HIDDEN
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
    out = net(X)
    assert tuple(out.shape) == (9, 1), "Each example should give one row of one output."
    # A ReLU after the first and before the last layer is as right as none.
    matches = []
    for before, after in itertools.product([torch.relu, torch.clone], repeat=2):
        H = before(X @ f[0].detach().T + f[1].detach())
        H = torch.relu(H @ W.T + b)
        H = after(H @ W.T + b)
        expected = H @ o[0].detach().T + o[1].detach()
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
def test_tied_net_stays_tied_in_training(tied_net, judge):
    def measure(tied_net):
        import torch

        g = torch.Generator().manual_seed(112)
        net = tied_net()
        with torch.no_grad():
            for p in net.parameters():
                p.abs_()  # with positive numbers everywhere no unit is dead
        places = [name for name in net.state_dict() if net.state_dict()[name].shape == (8, 8)]
        before = {name: net.state_dict()[name].clone() for name in places}
        optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
        for _ in range(3):
            optimizer.zero_grad()
            ((net(torch.rand(64, 4, generator=g)) - 5) ** 2).mean().backward()
            optimizer.step()
        after = {name: net.state_dict()[name].clone() for name in places}
        return list(before.values()), list(after.values())

    import torch

    before, after = judge.probe(measure, tied_net)
    assert before, "The state_dict should hold the weight of the shared layer."
    assert all(torch.equal(after[0], w) for w in after), "After training both places should still have equal weights."
    assert not torch.equal(before[0], after[0]), "Training should change the shared layer."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: count_parameters

# %% [markdown]
# ## 12 · How big is my network? `count_parameters`
#
# "A model with seven billion parameters" counts *elements*: every single number in every weight and
# bias. Write `count_parameters(net, trainable_only=False)`:
#
# - it returns the number of elements of all parameters of `net`;
# - a parameter that is used at several places counts once;
# - with `trainable_only=True` it leaves out frozen parameters, those with `requires_grad=False`;
# - buffers are no parameters and do not count.
#
# **Example.** The MLP of question 1 has four parameters:
#
# | parameter | shape | elements |
# |---|---|---|
# | `hidden.weight` | (256, 20) | 5120 |
# | `hidden.bias` | (256,) | 256 |
# | `out.weight` | (10, 256) | 2560 |
# | `out.bias` | (10,) | 10 |
# | together | | **7946** |
#
# If you freeze the hidden layer, $2560 + 10 = 2570$ elements remain trainable. The cell below the
# question draws this table for your own `MLP`.
#
# <details><summary>Hint: my count is too large</summary>
#
# Do you go through `state_dict()`, or through the modules and then through the parameters of each?
# The first holds buffers and repeats shared layers; the second meets nested parameters many times.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def count_parameters(net: nn.Module, trainable_only: bool = False) -> int:
    """The number of elements of all (trainable) parameters of net, shared ones once."""
    # BEGIN SOLUTION
    return sum(p.numel() for p in net.parameters() if p.requires_grad or not trainable_only)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_count_parameters_of_the_example(count_parameters):
    from torch import nn

    net = nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    assert count_parameters(net) == 7946, f"got {count_parameters(net)}, expected 7946"

# %%
def test_count_parameters_counts_a_shared_layer_once(count_parameters):
    from torch import nn

    shared = nn.Linear(6, 6)
    net = nn.Sequential(shared, nn.ReLU(), shared, nn.BatchNorm1d(6))
    assert count_parameters(net) == 36 + 6 + 12, f"got {count_parameters(net)}, expected 54"

# %%
def test_count_parameters_can_leave_out_frozen_ones(count_parameters):
    from torch import nn

    net = nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    for p in net[0].parameters():
        p.requires_grad_(False)
    trainable = count_parameters(net, trainable_only=True)
    assert trainable == 2570, f"got {trainable}, expected 2570"
    assert count_parameters(net) == 7946, "By default frozen parameters count, too."

# %%
# HIDDEN
def test_count_parameters_at_every_depth(count_parameters, judge):
    def measure(count_parameters):
        import torch
        from torch import nn

        class Scale(nn.Module):
            def __init__(self):
                super().__init__()
                self.factor = nn.Parameter(torch.tensor(2.0))
                self.inside = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(nn.Conv2d(3, 7, (2, 5))))})
                self.empty = nn.Parameter(torch.empty(0, 3))
                self.register_buffer("count", torch.zeros(4))

        net = nn.Sequential(nn.LSTM(3, 2), nn.ReLU(), Scale(), nn.PReLU())
        net[2].inside.requires_grad_(False)
        counts = [count_parameters(net), count_parameters(net, True), count_parameters(net, trainable_only=False)]
        return [float(c) for c in counts], float(count_parameters(nn.Sequential(nn.Tanh())))

    counts, nothing = judge.probe(measure, count_parameters)
    assert counts[0] == 56 + 1 + 217 + 1, "Parameters at every depth should count, buffers should not."
    assert counts[1] == 56 + 1 + 1, "With trainable_only=True frozen parameters should not count."
    assert counts[2] == counts[0], "trainable_only=False is the default."
    assert nothing == 0, "A network without parameters has 0 of them."

# %%
# HIDDEN
def test_count_parameters_with_shared_parameters(count_parameters, judge):
    def measure(count_parameters):
        import torch
        from torch import nn

        first, second = nn.Linear(4, 4), nn.Linear(4, 4)
        second.weight = first.weight
        block = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
        net = nn.Sequential(first, block, second, block, nn.Linear(4, 4))
        with torch.no_grad():
            for p in net.parameters():
                p.fill_(0.5)
        everything = count_parameters(net)
        unfrozen = count_parameters(net, trainable_only=True)
        first.weight.requires_grad_(False)
        counts = [everything, unfrozen, count_parameters(net, trainable_only=True), count_parameters(net)]
        return [float(c) for c in counts]

    everything, unfrozen, trainable, again = judge.probe(measure, count_parameters)
    assert everything == 3 * 16 + 4 * 4, "A shared parameter counts once; equal numbers do not make one shared."
    assert unfrozen == everything, "With nothing frozen, all parameters are trainable."
    message = "A parameter that is frozen, shared or not, does not count as trainable, from then on."
    assert trainable == 2 * 16 + 4 * 4, message
    assert again == everything, "By default frozen parameters count, too."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# Where do the elements of your MLP sit? Most of them in the first weight.
sizes = {name: p.numel() for name, p in MLP().named_parameters()}
fig, ax = plt.subplots(figsize=(6, 2.4))
bars = ax.barh(list(sizes), list(sizes.values()), color="#9db4d6")
ax.bar_label(bars, padding=3)
ax.invert_yaxis()
ax.set(xlabel="elements", xlim=(0, 5900), title=f"MLP: {count_parameters(MLP())} parameters")
fig.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: make_lazy_net

# %% [markdown]
# ## 13 · Shapes that wait: `make_lazy_net`
#
# To write `nn.Linear(20, 256)` you must know that 20 numbers come in. After convolutions and pooling
# that takes some arithmetic. *Lazy* layers spare you: `nn.LazyLinear(256)` knows its 256 outputs and
# waits for the first input to learn the rest. Until then its parameters have no shape and no values.
#
# Write `make_lazy_net()`: an `nn.Sequential` of a lazy Linear with 256 outputs, a ReLU and a lazy
# Linear with 10 outputs. Return it fresh, before any input has gone through.
#
# **Example.** The input decides, once:
#
# | first input | first weight | second weight |
# |---|---|---|
# | `(2, 20)` | `(256, 20)` | `(10, 256)` |
# | `(5, 7)` | `(256, 7)` | `(10, 256)` |
#
# After the first input the layers are ordinary `nn.Linear` layers. So initialise or count
# parameters only after one input has gone through.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# A number of inputs is fixed somewhere, or an input went through the network before it was returned.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_lazy_net() -> nn.Module:
    """LazyLinear with 256 outputs, ReLU, LazyLinear with 10 outputs; no input size known yet."""
    # BEGIN SOLUTION
    return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_make_lazy_net_takes_its_size_from_the_first_input(make_lazy_net):
    import torch

    for n, width in [(2, 20), (5, 7)]:
        net = make_lazy_net()
        out = net(torch.ones(n, width))
        got = tuple(out.shape)
        assert got == (n, 10), f"An input of ({n}, {width}) should give ({n}, 10), not {got}."
        shapes = sorted(tuple(p.shape) for p in net.parameters())
        expected = [(10,), (10, 256), (256,), (256, width)]
        assert shapes == expected, f"The parameters have the shapes {shapes}, expected {expected}."

# %%
# HIDDEN
def test_make_lazy_net_knows_no_shape_before_the_first_input(make_lazy_net, judge):
    def measure(make_lazy_net):
        import torch
        from torch.nn.parameter import is_lazy

        net = make_lazy_net()
        lazy = [is_lazy(p) for p in net.parameters()]
        net(torch.ones(3, 11))
        return lazy, [is_lazy(p) for p in net.parameters()]

    before, after = judge.probe(measure, make_lazy_net)
    assert len(before) == 4, "Two Linear layers have four parameters."
    assert all(before), "Before the first input no parameter of either layer should have a shape."
    assert not any(after), "After the first input every parameter should have a shape."

# %%
# HIDDEN
def test_make_lazy_net_computes_linear_relu_linear(make_lazy_net):
    import torch

    g = torch.Generator().manual_seed(131)
    net = make_lazy_net()
    X = 2 * torch.randn(6, 13, generator=g)
    net(X)
    p = {tuple(p.shape): p for p in net.parameters()}
    assert sorted(p) == [(10,), (10, 256), (256,), (256, 13)], "The layers should have 256 and 10 outputs."
    with torch.no_grad():
        for shape in [(256, 13), (256,), (10, 256), (10,)]:
            p[shape].copy_(torch.randn(shape, generator=g) / shape[-1] ** 0.5)
    expected = torch.relu(X @ p[(256, 13)].T + p[(256,)]) @ p[(10, 256)].T + p[(10,)]
    out = net(X).detach()
    assert out.shape == expected.shape, "Each example should give one row of 10 outputs."
    close = torch.allclose(out, expected.detach(), rtol=1e-4, atol=1e-5)
    assert close, "The values differ. There is one ReLU, between the two layers, and nothing after the second."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: checkpoint

# %% [markdown]
# ## 14 · Save and load: `save_parameters`, `load_parameters`
#
# Training may take days. So networks are saved now and then: a *checkpoint*. What goes into the file is
# the `state_dict`, the dictionary of all parameters and buffers, and **not** the module itself. A
# pickled module is tied to the code and the folder it was made in, and loading one can run any code
# that someone hid in the file. A `state_dict` is only tensors, so `torch.load(path, weights_only=True)`
# reads it safely.
#
# Write
#
# - `save_parameters(net, path)`: the file holds the `state_dict` of `net`, nothing else.
# - `load_parameters(net, path)`: the numbers of the file go into `net`, in place. (`torch.load` alone
#   only returns a dictionary.)
#
# Loading is **strict**. If names or shapes in the file differ from those of `net` (one missing, one
# too many, another size), loading raises an error, of whatever type. And then **`net` stays exactly as
# it was**. This asks for care, because `net.load_state_dict` does raise the error, but only *after*
# it has copied everything that did fit. A half-loaded network is worse than none, so compare before
# you copy, or keep a way back.
#
# **Example.** The file was saved from a net of Linear 4 → 8 and Linear 8 → 2, and `net` has Linear
# 4 → 8 and Linear 8 → 1. `net.load_state_dict` copies the first layer, stumbles over the second, and
# leaves you with a mixture.
#
# <details><summary>Hint: after the error my network has changed</summary>
#
# `net.state_dict()` tells the names and shapes that `net` needs. Compare with the file before the
# first number is copied. If you prefer to go back after an error, remember that the tensors in
# `state_dict()` share memory with the network: copy them first.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def save_parameters(net: nn.Module, path: str) -> None:
    """Write the state_dict of net to the file at path."""
    # BEGIN SOLUTION
    torch.save(net.state_dict(), path)
    # END SOLUTION


def load_parameters(net: nn.Module, path: str) -> None:
    """Load the state_dict in the file at path into net, in place.

    A file that does not fit exactly raises an error and leaves net as it was.
    """
    # BEGIN SOLUTION
    state = torch.load(path, weights_only=True, map_location="cpu")
    expected = {name: value.shape for name, value in net.state_dict().items()}
    if {name: value.shape for name, value in state.items()} != expected:
        raise ValueError("The file was saved from another architecture.")
    net.load_state_dict(state)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_checkpoint_brings_a_network_back(save_parameters, load_parameters):
    import pathlib

    import torch
    from torch import nn

    path = "hw7_checkpoint.params"
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    clone = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    X = torch.linspace(-2, 3, 12).reshape(3, 4)
    try:
        save_parameters(net, path)
        load_parameters(clone, path)
    finally:
        pathlib.Path(path).unlink(missing_ok=True)
    torch.testing.assert_close(clone(X), net(X))

# %%
def test_checkpoint_of_another_architecture_is_an_error_and_changes_nothing(save_parameters, load_parameters):
    import pathlib

    import torch
    from torch import nn

    path = "hw7_other_checkpoint.params"
    saved = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    twin = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    before = {name: value.clone() for name, value in net.state_dict().items()}
    refused = False
    try:
        save_parameters(saved, path)
        load_parameters(twin, path)
        try:
            load_parameters(net, path)
        except Exception:
            refused = True
    finally:
        pathlib.Path(path).unlink(missing_ok=True)
    assert torch.equal(twin[0].weight, saved[0].weight), "A file that fits should be loaded."
    assert refused, "A file of another architecture should raise an error."
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name]), f"After the error {name} has changed: the net should stay as it was."

# %%
# HIDDEN
def test_checkpoint_file_is_a_plain_state_dict(save_parameters, load_parameters, judge):
    def measure(save_parameters, load_parameters):
        import os
        import pathlib
        import tempfile

        import torch
        from torch import nn

        def make():
            return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))

        with tempfile.TemporaryDirectory(dir=".") as folder:
            net, path = make(), os.path.join(folder, "mine.params")
            net(torch.linspace(-4, 9, 18).reshape(6, 3))
            saved = {name: value.clone() for name, value in net.state_dict().items()}
            save_parameters(net, path)
            after = {name: value.clone() for name, value in net.state_dict().items()}
            try:
                loaded = torch.load(path, weights_only=True)
                stored = {str(name): value for name, value in loaded.items() if isinstance(value, torch.Tensor)}
                complete = len(stored) == len(loaded)
            except Exception:
                stored, complete = None, False
            # The other way round: a file that torch.save wrote, and a Path instead of a string.
            theirs, mine = make(), make()
            source = pathlib.Path(folder) / "theirs.params"
            torch.save(theirs.state_dict(), source)
            load_parameters(mine, source)
            other = {n: v.clone() for n, v in theirs.state_dict().items()}
            return saved, after, stored, complete, other, {n: v.clone() for n, v in mine.state_dict().items()}

    import torch

    saved, after, stored, complete, theirs, mine = judge.probe(measure, save_parameters, load_parameters)
    assert stored is not None, "torch.load(path, weights_only=True) should be able to read the file as a dictionary."
    whole = complete and sorted(stored) == sorted(saved)
    assert whole, "The file should hold the state_dict and nothing else, buffers included."
    for name, value in saved.items():
        assert stored[name].dtype == value.dtype, "The numbers in the file should keep their dtype."
        assert torch.equal(stored[name], value), "The file should hold the numbers of the network."
        assert torch.equal(after[name], value), "Saving should not change the network."
        assert torch.equal(mine[name], theirs[name]), "A state_dict that torch.save wrote should load."

# %%
# HIDDEN
def test_checkpoint_is_strict_and_all_or_nothing(save_parameters, load_parameters, judge):
    def measure(save_parameters, load_parameters):
        import os
        import tempfile

        import torch
        from torch import nn

        def rows(n, *more, norm=(2, 3)):
            return nn.Sequential(nn.LayerNorm(4), nn.Linear(4, n), nn.LayerNorm(norm), nn.Linear(n, 3), *more)

        class Named(nn.Module):
            def __init__(self):
                super().__init__()
                self.start, self.first = nn.LayerNorm(4), nn.Linear(4, 8)
                self.norm, self.last = nn.LayerNorm((2, 3)), nn.Linear(8, 3)

        def plain(*layers):
            return nn.Sequential(nn.LayerNorm(4), layers[0], nn.LayerNorm((2, 3)), *layers[1:])

        makers = {
            "same": lambda: rows(8),
            "one row": lambda: rows(1),
            "layer missing": lambda: plain(nn.Linear(4, 8)),
            "layer too many": lambda: rows(8, nn.Linear(3, 3)),
            "bias missing": lambda: plain(nn.Linear(4, 8), nn.Linear(8, 3, bias=False)),
            "buffers too many": lambda: rows(8, nn.BatchNorm1d(3, affine=False)),
            "transposed": lambda: plain(nn.Linear(8, 4), nn.Linear(3, 8)),
            "as many numbers": lambda: rows(8, norm=(3, 2)),
            "one number": lambda: rows(8, norm=(1, 1)),
            "other names": Named,
        }
        result = {}
        with tempfile.TemporaryDirectory(dir=".") as folder:
            for name, make in makers.items():
                path = os.path.join(folder, "file")
                torch.save(make().state_dict(), path)
                net = rows(8)
                before = {n: v.clone() for n, v in net.state_dict().items()}
                try:
                    load_parameters(net, path)
                    raised = False
                except Exception:
                    raised = True
                kept = all(torch.equal(v, before[n]) for n, v in net.state_dict().items())
                result[name] = raised, kept, list(net.state_dict()) == list(before)
        return result

    result = judge.probe(measure, save_parameters, load_parameters)
    assert result.pop("same") == (False, False, True), "A file of the same architecture should load without an error."
    for raised, kept, names in result.values():
        assert raised, "A missing, an additional or a differently shaped entry in the file should raise an error."
        assert kept and names, "After an error the network should be exactly as it was before."

# %%
# HIDDEN
def test_checkpoint_keeps_buffers_dtypes_and_the_moment(save_parameters, load_parameters, judge):
    def measure(save_parameters, load_parameters):
        import os
        import tempfile

        import torch
        from torch import nn

        def make():
            return nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5), nn.Linear(5, 2)).to(torch.float64)

        X = torch.linspace(-4, 9, 18, dtype=torch.float64).reshape(6, 3)
        with tempfile.TemporaryDirectory(dir=".") as folder:
            net, path = make(), os.path.join(folder, "file")
            with torch.no_grad():
                for p in net.parameters():
                    p.div_(3)  # a third is no float32 number
            net(X), net(3 * X)
            net.eval()
            at_saving = net(X).detach().clone()
            save_parameters(net, path)
            optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
            (net(X) ** 2).sum().backward()
            optimizer.step()
            drifted = net(X).detach().clone()
            other = make().eval()
            load_parameters(net, path)
            load_parameters(other, path)
            flags = [p.requires_grad and p.is_leaf for p in net.parameters()]
            return at_saving, drifted, net(X).detach().clone(), other(X).detach().clone(), flags

    import torch

    at_saving, drifted, back, other, flags = judge.probe(measure, save_parameters, load_parameters)
    assert not torch.equal(at_saving, drifted), "Saving should not keep the network from training on."
    torch.testing.assert_close(back, at_saving)
    torch.testing.assert_close(other, at_saving)
    assert len(flags) == 6 and all(flags), "After loading all parameters should be trainable."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: try_gpu

# %% [markdown]
# ## 15 · Which device? `try_gpu`, `try_all_gpus`
#
# Every tensor lives on a device: `torch.device("cpu")`, or a GPU, `torch.device("cuda:0")`,
# `torch.device("cuda:1")`, …. With two GPUs there are `cuda:0` and `cuda:1`: counting starts at 0.
# Tensors that meet in one operation must live on the same device, so a program chooses its devices
# once, at the start, and must also run where there are fewer than hoped for.
#
# `torch.cuda.is_available()` says whether there is any GPU, `torch.cuda.device_count()` says how many.
# Write
#
# - `try_gpu(i=0)`: the device `cuda:i` if it exists, otherwise the CPU;
# - `try_all_gpus()`: a list of all GPUs in order, or the list `[torch.device("cpu")]` if there is none.
#
# Both return `torch.device` objects, not strings.
#
# **Example.**
#
# | GPUs | `try_gpu()` | `try_gpu(1)` | `try_gpu(2)` | `try_all_gpus()` |
# |---|---|---|---|---|
# | 0 | cpu | cpu | cpu | [cpu] |
# | 1 | cuda:0 | cpu | cpu | [cuda:0] |
# | 2 | cuda:0 | cuda:1 | cpu | [cuda:0, cuda:1] |
#
# Your machine need not have a GPU. The hidden tests change what `torch.cuda` reports and play machines
# with 0, 1, 2 and 8 GPUs; no tensor is moved. So ask `torch.cuda` (or `torch.accelerator`) *inside* your
# functions, each time they are called. The cell below the question plays the same game, so that you can see your table.
#
# <details><summary>Hint: with two GPUs, try_gpu(2) gives cuda:2</summary>
#
# With a count of 2 the last GPU has the number 1. Is `>=` the right comparison between the count and `i`?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def try_gpu(i: int = 0) -> torch.device:
    """cuda:i if that GPU exists, otherwise cpu."""
    # BEGIN SOLUTION
    if torch.cuda.device_count() > i:
        return torch.device(f"cuda:{i}")
    return torch.device("cpu")
    # END SOLUTION


def try_all_gpus() -> list[torch.device]:
    """All GPUs in order, or [cpu] if there is none."""
    # BEGIN SOLUTION
    devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
    return devices or [torch.device("cpu")]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_try_gpu_returns_a_device(try_gpu):
    import torch

    device = try_gpu()
    assert isinstance(device, torch.device), f"try_gpu() should return a torch.device, not {device!r}."
    assert device in (torch.device("cuda:0"), torch.device("cpu")), f"got {device}"
    far = try_gpu(i=100)
    assert far == torch.device("cpu"), f"This machine has no 101 GPUs, so try_gpu(i=100) should be cpu, not {far!r}."

# %%
def test_try_all_gpus_returns_a_list_of_devices(try_gpu, try_all_gpus):
    import torch

    devices = try_all_gpus()
    assert isinstance(devices, (list, tuple)), f"try_all_gpus() should return a list, not {devices!r}."
    assert len(devices) > 0, "Without a GPU the list should hold the CPU; it should never be empty."
    for device in devices:
        assert isinstance(device, torch.device), f"The list should hold torch.device objects, not {device!r}."
    assert devices[0] == try_gpu(), "The first device of the list should be the one that try_gpu() chooses."

# %%
# HIDDEN
def test_try_gpu_on_machines_with_0_1_2_and_8_gpus(try_gpu, judge):
    def measure(try_gpu):
        import contextlib
        from types import SimpleNamespace
        from unittest import mock

        import torch

        def pretend(count):
            # torch.cuda and torch.accelerator get their answers from torch's compiled part. Replaced down there, the
            # answer is the same under any name: `from torch.cuda import device_count`, a default argument, a partial.
            def start():
                if count == 0:
                    raise RuntimeError("No CUDA GPUs are available")

            def existing(i):
                if i >= count:
                    raise RuntimeError("CUDA error: invalid device ordinal")
                return 0

            gpu = SimpleNamespace(name="GPU", major=9, minor=0, total_memory=2**36)
            stack = contextlib.ExitStack()
            for owner, name, answer in [
                (torch._C, "_has_cuda", True),
                (torch._C, "_cuda_getDeviceCount", lambda: count),
                (torch._C, "_cuda_getDevice", lambda: 0),
                (torch._C, "_cuda_setDevice", existing),
                (torch._C, "_accelerator_getAccelerator", lambda: torch.device("cuda") if count else None),
                (torch.cuda, "_cached_device_count", count),
                (torch.cuda, "_lazy_init", start),
                (torch.cuda, "_get_device_properties", lambda i: gpu),
                (torch.cuda, "_exchange_device", existing),
                (torch.cuda, "_maybe_exchange_device", lambda i: 0),
            ]:
                stack.enter_context(mock.patch.object(owner, name, answer, create=True))
            return stack

        table = []
        for count in (0, 1, 2, 8):
            with pretend(count):
                table.append((count, try_gpu(), [try_gpu(i) for i in range(10)], try_gpu(i=1)))
        return table

    import torch

    cpu = torch.device("cpu")
    for count, default, by_number, by_name in judge.probe(measure, try_gpu):
        for device in [default, by_name, *by_number]:
            assert isinstance(device, torch.device), "try_gpu should return a torch.device."
        expected = [torch.device("cuda", i) if i < count else cpu for i in range(10)]
        assert default == expected[0], "try_gpu() should be the first GPU, or the CPU if there is none."
        assert by_number[count:] == expected[count:], "If GPU number i does not exist, try_gpu(i) should be the CPU."
        assert by_number == expected, "If GPU number i exists, try_gpu(i) should be exactly that GPU."
        assert by_name == expected[1], "The parameter should be called i."

# %%
# HIDDEN
def test_try_all_gpus_on_machines_with_0_1_2_and_8_gpus(try_all_gpus, judge):
    def measure(try_all_gpus):
        import contextlib
        from types import SimpleNamespace
        from unittest import mock

        import torch

        def pretend(count):
            # torch.cuda and torch.accelerator get their answers from torch's compiled part. Replaced down there, the
            # answer is the same under any name: `from torch.cuda import device_count`, a default argument, a partial.
            def start():
                if count == 0:
                    raise RuntimeError("No CUDA GPUs are available")

            def existing(i):
                if i >= count:
                    raise RuntimeError("CUDA error: invalid device ordinal")
                return 0

            gpu = SimpleNamespace(name="GPU", major=9, minor=0, total_memory=2**36)
            stack = contextlib.ExitStack()
            for owner, name, answer in [
                (torch._C, "_has_cuda", True),
                (torch._C, "_cuda_getDeviceCount", lambda: count),
                (torch._C, "_cuda_getDevice", lambda: 0),
                (torch._C, "_cuda_setDevice", existing),
                (torch._C, "_accelerator_getAccelerator", lambda: torch.device("cuda") if count else None),
                (torch.cuda, "_cached_device_count", count),
                (torch.cuda, "_lazy_init", start),
                (torch.cuda, "_get_device_properties", lambda i: gpu),
                (torch.cuda, "_exchange_device", existing),
                (torch.cuda, "_maybe_exchange_device", lambda i: 0),
            ]:
                stack.enter_context(mock.patch.object(owner, name, answer, create=True))
            return stack

        table = []
        for count in (2, 0, 8, 1):
            with pretend(count):
                table.append((count, try_all_gpus()))
        return table

    import torch

    for count, devices in judge.probe(measure, try_all_gpus):
        assert isinstance(devices, (list, tuple)), "try_all_gpus() should return a list."
        devices = list(devices)
        assert devices, "Without a GPU the list should hold the CPU; it should never be empty."
        assert all(isinstance(d, torch.device) for d in devices), "The list should hold torch.device objects."
        if count == 0:
            assert devices == [torch.device("cpu")], "Without a GPU the list should be [cpu]."
        else:
            expected = [torch.device("cuda", i) for i in range(count)]
            assert devices == expected, "With GPUs the list should hold every GPU once, in order, and no CPU."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% tags=["otter_ignore"]
# Your functions on machines that we only pretend to have. We change the count that torch.cuda itself asks for,
# so that `from torch.cuda import device_count` plays along, too.
from unittest import mock

for count in (0, 1, 2, 8):
    compiled = mock.patch.object(torch._C, "_cuda_getDeviceCount", lambda: count, create=True)
    accelerator = mock.patch.object(
        torch._C, "_accelerator_getAccelerator", lambda: torch.device("cuda") if count else None
    )
    with compiled, accelerator, mock.patch.object(torch.cuda, "_cached_device_count", count):
        print(f"{count} GPUs: try_gpu() = {try_gpu()}, try_gpu(1) = {try_gpu(1)}, try_gpu(2) = {try_gpu(2)}")
        print(f"        try_all_gpus() = {[str(d) for d in try_all_gpus()]}")

# %% [markdown]
# ## Well done
#
# You can now write any block, look inside any network, give it any start, and keep it in a file.
# Three things to take along:
#
# - What is not registered does not exist for `parameters()`, `state_dict()` and `.to()`.
# - One object at two places is one set of parameters; two equal objects are two.
# - Check first, then change: a half-loaded network is worse than an error.

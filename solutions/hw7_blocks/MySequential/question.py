# %% [raw]
# # BEGIN QUESTION
# name: MySequential

# %% [markdown]
# ## 2 · A container of your own: `MySequential` (15 min)
#
# `nn.Sequential` chains blocks: the output of one is the input of the next. For blocks
# $f_0, f_1, \dots, f_{k-1}$ it computes $f_{k-1}(\dots f_1(f_0(X)))$. Write it yourself: an `nn.Sequential` that
# does the work, by inheritance or inside, takes the question to 0 points.
#
# The interesting part is the bookkeeping. `nn.Module` finds parameters only in blocks that are
# *registered*. A block becomes registered when you assign it to an attribute, call
# `self.add_module(name, block)`, or store it in the ordered dictionary `self._modules` under a
# **string** key. A block inside a plain Python list is invisible: `parameters()` skips it, so no
# optimizer trains it and no file stores it. (More of that in question 3.)
#
# **Your task.** Write the class `MySequential(*args)`. It should
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
# <details><summary>Hint: my network has no parameters</summary>
#
# Print `net._modules`. If it is empty, your blocks are stored where `nn.Module` does not look: in a plain
# list, say.
#
# <details><summary>The next line</summary>
#
# `for i, block in enumerate(args):` gives place and block. Enter the block in the books under its place.
# </details></details>
#
# <details><summary>Hint: a block that is given twice runs once only</summary>
#
# Print `net._modules`: it is too short. A dictionary holds every key once. What do you use as the key, the
# block or its place?
#
# <details><summary>The next line</summary>
#
# The key is `str(i)`: "0", "1", "2", as in the `state_dict` of `nn.Sequential`.
# </details></details>
#
# <details><summary>Hint: net[1] raises a KeyError</summary>
#
# The keys are strings, and the 1 in the brackets is a number.
#
# <details><summary>The next line</summary>
#
# Make the number a string before you look it up.
# </details></details>

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
# CORE
def test_my_sequential_runs_the_blocks_in_order(MySequential):
    import torch
    from torch import nn

    blocks = [nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)]
    X = torch.linspace(-2, 4, 60).reshape(3, 20)
    net = MySequential(*blocks)
    torch.testing.assert_close(net(X), nn.Sequential(*blocks)(X))

# %%
# CORE
def test_my_sequential_has_the_keys_of_sequential(MySequential):
    from torch import nn

    net = MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    keys = list(net.state_dict())
    assert keys == ["0.weight", "0.bias", "2.weight", "2.bias"], f"The state_dict has the keys {keys}."

# %%
# CORE
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
# CORE
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
def test_my_sequential_holds_the_very_blocks(MySequential):
    import torch
    from torch import nn

    shared = nn.Linear(6, 6)
    blocks = [shared, nn.Tanh(), nn.Linear(6, 6), shared, nn.ReLU(), shared]
    net, X = MySequential(*blocks), torch.randn(5, 6)
    keys, length, parameters = list(net.state_dict()), len(net), list(net.parameters())
    assert length == 6, "A block that is given three times has three places."
    expected = [f"{i}.{kind}" for i in (0, 2, 3, 5) for kind in ("weight", "bias")]
    assert keys == expected, "The state_dict should list a repeated block at each of its places."
    assert len(parameters) == 4, "parameters() should list a repeated block's parameters once."
    for _ in range(2):
        expected = X
        for block in blocks:
            expected = block(expected)
        torch.testing.assert_close(net(X).detach(), expected.detach())
        with torch.no_grad():
            for p in shared.parameters():
                p.copy_(torch.randn(p.shape))
    for i, block in enumerate(blocks):
        right = block(X).detach()
        same = torch.equal(net[i](X).detach(), right)
        assert same, "net[i] should be the very block that was given at place i."


# %%
# HIDDEN
def test_my_sequential_is_seen_by_optimizer_mode_and_dtype(MySequential, judge):
    import copy

    import torch
    from torch import nn

    def converted(MySequential, state, X):
        import torch
        from torch import nn

        net = MySequential(nn.Linear(3, 5), nn.Dropout(0.5), nn.Linear(5, 2))
        net.load_state_dict(state)
        net.eval()
        return net.to(torch.float64)(X.double()).detach()

    blocks = [nn.Linear(3, 5), nn.Dropout(0.5), nn.Linear(5, 2)]
    twin = nn.Sequential(*copy.deepcopy(blocks)).eval()
    net, X = MySequential(*blocks), torch.randn(4, 3)
    state = {name: value.clone() for name, value in twin.state_dict().items()}
    expected = copy.deepcopy(twin).double()(X.double()).detach()
    net.eval()
    close = torch.allclose(net(X).detach(), twin(X).detach(), rtol=1e-4, atol=1e-5)
    assert close, "net.eval() should reach every block."
    assert len(list(net.parameters())) == 4, "parameters() should list the parameters of all blocks."
    for network in (twin, net):
        optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
        (network(X) ** 2).sum().backward()
        optimizer.step()
    for p, q in zip(net.parameters(), twin.parameters()):
        close = torch.allclose(p.detach(), q.detach(), rtol=1e-3, atol=1e-4)
        assert close, "An optimizer over net.parameters() should train the blocks."
    wide = judge.probe(converted, MySequential, state, X)
    assert wide.dtype == torch.float64, "net.to(torch.float64) should reach every block."
    torch.testing.assert_close(wide, expected)


# %%
# HIDDEN
def test_my_sequential_nests_and_loads_what_sequential_saved(MySequential, judge):
    import torch
    from torch import nn

    def loaded(MySequential, state, X):
        from torch import nn

        net = MySequential(MySequential(nn.Linear(4, 3), nn.Tanh()), nn.Linear(3, 2))
        net.load_state_dict(state)
        return net(X).detach()

    reference, X = nn.Sequential(nn.Sequential(nn.Linear(4, 3), nn.Tanh()), nn.Linear(3, 2)), torch.randn(5, 4)
    expected = reference(X).detach()
    state = {name: value.clone() for name, value in reference.state_dict().items()}
    nested = MySequential(MySequential(nn.Linear(4, 3), nn.Tanh()), nn.Linear(3, 2))
    names = list(nested.state_dict())
    assert names == list(state), "A MySequential inside a MySequential should have the keys of nested nn.Sequentials."
    out = judge.probe(loaded, MySequential, state, X)
    close = torch.allclose(out, expected, rtol=1e-4, atol=1e-5)
    assert close, "A state_dict of nn.Sequential should load into MySequential."


# %%
# HIDDEN
# RULE
def test_my_sequential_is_your_own(MySequential, judge):
    import torch
    from torch import nn

    def uses(MySequential, blocks, X):
        import sys

        seen = []

        def watch(frame, event, argument):
            if event == "call" and frame.f_code.co_qualname.startswith("Sequential."):
                seen.append(frame.f_code.co_qualname)

        before = sys.getprofile()
        sys.setprofile(watch)
        try:
            out = MySequential(*blocks)(X)
        finally:
            sys.setprofile(before)
        return len(seen), out.detach()

    for sizes in ((3, 5, 2), (4, 6, 6, 3)):
        blocks = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        X = expected = torch.randn(7, sizes[0])
        for block in blocks:
            expected = block(expected)
        seen, out = judge.probe(uses, MySequential, blocks, X)
        torch.testing.assert_close(out, expected.detach())  # it is the answer that was watched
        own = seen == 0 and not isinstance(MySequential(*blocks), nn.Sequential)
        assert own, "Write the container yourself: an nn.Sequential, inherited or inside, takes the question to 0 points."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: nested_net

# %% [markdown]
# ## 5 · A factory of blocks: `nested_net` (12 min)
#
# Functions that build blocks keep deep networks readable.
#
# **Your task.** Write three:
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
#
# <details><summary>The next line</summary>
#
# The call stands *inside* the loop: `for i in range(4):`.
# </details></details>
#
# <details><summary>Hint: the blocks are called "0", "1", "2", "3"</summary>
#
# `nn.Sequential()` counts. A name of your own is given with the block.
#
# <details><summary>The next line</summary>
#
# An f-string makes the name: `f"block {i}"`. Give it to `add_module` on an empty `nn.Sequential()`.
# </details></details>

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
# CORE
def test_block1_has_two_linear_layers(block1):
    import torch

    block = block1()
    shapes = sorted(tuple(p.shape) for p in block.parameters())
    assert shapes == [(4,), (4, 8), (8,), (8, 4)], f"The parameters of block1() are {shapes}."
    out = block(torch.linspace(-2, 3, 12).reshape(3, 4))
    assert tuple(out.shape) == (3, 4), f"3 examples should give (3, 4), not {tuple(out.shape)}."
    # With this bias each output is below 0 before the last ReLU, whatever the weights are.
    with torch.no_grad():
        for p in block.parameters():
            if tuple(p.shape) == (4,):
                p.fill_(-50.0)
    out = block(torch.linspace(-2, 3, 12).reshape(3, 4))
    assert bool((out >= 0).all()), "block1() ends in a ReLU, so no output is negative."

# %%
# CORE
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
    # Each block multiplies the mean of its input by a number and adds one; 1 becomes 2, 6, 9, 31.
    factors, summands = [1.0, 2.0, 1.0, 3.0], [1.0, 2.0, 3.0, 4.0]
    with torch.no_grad():
        for name, p in net.named_parameters():
            block = next((i for i in range(4) if f"block {i}" in name), 0)
            numbers = {(8, 4): 0.25, (8,): 0.0, (4, 8): factors[block] / 8, (4,): summands[block]}
            p.fill_({**numbers, (1, 4): -0.25, (1,): 1.0}[tuple(p.shape)])
    torch.testing.assert_close(net(torch.ones(2, 4)).detach(), torch.tensor([[-30.0], [-30.0]]))

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
def test_block2_holds_four_separate_blocks_by_name(block2):
    import torch

    block, other = block2(), block2()
    named = dict(block.named_parameters())
    names = list(dict.fromkeys(name.split(".")[0] for name in named))
    expected = [f"block {i}" for i in range(4)]
    assert names == expected, "The blocks should be named as the question says, in order."
    assert len(named) == 16, "Each of the four blocks should have four parameters of its own."
    untouched = [p.detach().clone() for p in other.parameters()]
    # Each block gets a number of its own: what two of them share would hold the later one.
    with torch.no_grad():
        for i, name in enumerate(names):
            for key, p in named.items():
                if key.startswith(name):
                    p.fill_(3.0 + i)
    for key, p in block.named_parameters():
        own = bool((p.detach() == 3.0 + names.index(key.split(".")[0])).all())
        assert own, "The four blocks should be four different objects."
    for p, before in zip(other.parameters(), untouched):
        assert torch.equal(p.detach(), before), "Every call of block2() should make new blocks."


# %%
# HIDDEN
# CORE
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

# %% [markdown]
# ### Boxes in boxes
#
# Every box is a module; the innermost ones are layers. The first line in a box is its name in the books: a `Sequential`
# numbers its places, so `block2()` stands at place 0.

# %% tags=["otter_ignore"]
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
        draw(ax, child, f"place {child_name}" if child_name.isdigit() else child_name, left, depth + 1)
        left += leaves(child)


net = nested_net()
fig, ax = plt.subplots(figsize=(10, 3.4))
draw(ax, net, "nested_net()", 0.0)
ax.set(xlim=(-0.1, leaves(net) + 0.1), ylim=(-2.4, 2.4))
ax.axis("off")
fig.tight_layout()
print("In the picture: boxes in boxes. nested_net() holds place 0 and a Linear; place 0 holds the blocks 0 to 3;\n"
      "each block holds Linear, ReLU, Linear, ReLU.")
plt.show()

# %% [markdown]
# ---
# # Part B · Layers of your own

# %% [raw]
# # BEGIN QUESTION
# name: count_parameters

# %% [markdown]
# ## 10 · How big is my network? `count_parameters` (6 min)
#
# "A model with seven billion parameters" counts *elements*: every single number in every weight and
# bias.
#
# **Your task.** Write `count_parameters(net, trainable_only=False)`:
#
# - it returns the number of elements of all parameters of `net`;
# - a parameter that is used at several places counts once;
# - with `trainable_only=True` it leaves out frozen parameters, those with `requires_grad=False`;
# - buffers are not parameters and do not count.
#
# **Example.** The MLP of question 1 has four parameters:
#
# | parameter | shape | elements |
# |---|---|---|
# | `hidden.weight` | (256, 20) | 5120 |
# | `hidden.bias` | (256,) | 256 |
# | `out.weight` | (10, 256) | 2560 |
# | `out.bias` | (10,) | 10 |
# | in all | | **7946** |
#
# If you freeze the hidden layer, $2560 + 10 = 2570$ elements remain trainable. The cell below the
# question draws this table for your own `MLP`.
#
# <details><summary>Hint: my count is too large</summary>
#
# Do you go through `state_dict()`, or through the modules and then through the parameters of each? The
# first holds buffers and repeats shared layers; the second meets nested parameters many times.
#
# <details><summary>The next line</summary>
#
# `net.parameters()` gives each once. Add up `p.numel()`.
# </details></details>
#
# <details><summary>Hint: trainable_only=True changes nothing</summary>
#
# A frozen parameter is still among the parameters. Ask each of them.
#
# <details><summary>The next line</summary>
#
# A parameter counts if `p.requires_grad` holds, or if all were asked for.
# </details></details>

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
# CORE
def test_count_parameters_of_the_example(count_parameters):
    from torch import nn

    net = nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    assert count_parameters(net) == 7946, f"got {count_parameters(net)}, expected 7946"

# %%
# CORE
def test_count_parameters_counts_a_shared_layer_once(count_parameters):
    from torch import nn

    shared = nn.Linear(6, 6)
    net = nn.Sequential(shared, nn.ReLU(), shared, nn.BatchNorm1d(6))
    assert count_parameters(net) == 36 + 6 + 12, f"got {count_parameters(net)}, expected 54"

# %%
# CORE
def test_count_parameters_can_leave_out_frozen_ones(count_parameters):
    from torch import nn

    net = nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    for p in net[0].parameters():
        p.requires_grad_(False)
    trainable = count_parameters(net, trainable_only=True)
    assert trainable == 2570, f"got {trainable}, expected 2570"
    assert count_parameters(net) == 7946, "By default frozen parameters count, too."

# %%
def test_count_parameters_tells_parameters_apart(count_parameters):
    import torch
    from torch import nn

    # Two biases with the same numbers, and one weight that belongs to two layers; then it is frozen.
    net = nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 3))
    net[2].weight = net[0].weight
    with torch.no_grad():
        net[0].bias.fill_(0.5)
        net[2].bias.fill_(0.5)
    count = count_parameters(net, trainable_only=True)
    assert count == 9 + 3 + 3, f"got {count}, expected 15"
    net[0].weight.requires_grad_(False)
    count = count_parameters(net, trainable_only=True)
    assert count == 3 + 3, f"With the weight frozen: got {count}, expected 6"

# %%
# HIDDEN
def test_count_parameters_at_every_depth(count_parameters):
    import torch
    from torch import nn

    a, b, c = (int(n) for n in torch.randint(3, 40, (3,)))
    scale = nn.ParameterList([torch.tensor(2.0), torch.empty(0, 3)])
    deep = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(nn.Conv2d(a, b, (2, 5))))})
    net = nn.Sequential(nn.Bilinear(a, 2, c), nn.BatchNorm1d(b), nn.ModuleList([scale, deep]), nn.PReLU())
    net[2][1].requires_grad_(False)
    learns, frozen = a * 2 * c + c + 2 * b + 1 + 1, a * b * 2 * 5 + b
    message = "Parameters at every depth should count, buffers should not."
    assert count_parameters(net) == learns + frozen, message
    message = "With trainable_only=True frozen parameters should not count."
    assert count_parameters(net, True) == learns, message
    assert count_parameters(net, trainable_only=False) == learns + frozen, "trainable_only=False is the default."
    assert count_parameters(nn.Sequential(nn.Tanh())) == 0, "A network without parameters has 0 of them."


# %%
# HIDDEN
def test_count_parameters_with_shared_parameters(count_parameters):
    import torch
    from torch import nn

    n = int(torch.randint(4, 40, (1,)))
    first, second = nn.Linear(n, n), nn.Linear(n, n)
    second.weight = first.weight
    block = nn.Sequential(nn.Linear(n, n), nn.Tanh())
    net = nn.Sequential(first, block, second, block, nn.Linear(n, n))
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(0.5)
    everything = 3 * n * n + 4 * n
    message = "A shared parameter counts once; equal numbers do not make one shared."
    assert count_parameters(net) == everything, message
    message = "With nothing frozen, all parameters are trainable."
    assert count_parameters(net, trainable_only=True) == everything, message
    first.weight.requires_grad_(False)
    message = "A parameter that is frozen, shared or not, does not count as trainable, from then on."
    assert count_parameters(net, trainable_only=True) == 2 * n * n + 4 * n, message
    assert count_parameters(net) == everything, "By default frozen parameters count, too."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Where the elements sit
#
# Most of those of your `MLP` are in the first weight.

# %% tags=["otter_ignore"]
sizes = {name: p.numel() for name, p in MLP().named_parameters()}
fig, ax = plt.subplots(figsize=(6, 2.4))
bars = ax.barh(list(sizes), list(sizes.values()), color="#9db4d6")
ax.bar_label(bars, padding=3)
ax.invert_yaxis()
ax.set(xlabel="elements", xlim=(0, 5900), title=f"MLP: {count_parameters(MLP())} parameters")
fig.tight_layout()
print("In the picture: four bars: hidden.weight 5120, hidden.bias 256, out.weight 2560, out.bias 10.")
plt.show()

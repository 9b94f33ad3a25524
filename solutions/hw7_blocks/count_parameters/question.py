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

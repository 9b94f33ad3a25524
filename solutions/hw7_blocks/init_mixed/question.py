# %% [raw]
# # BEGIN QUESTION
# name: init_mixed

# %% [markdown]
# ## 13 · Different starts for different layers: `init_mixed` (8 min)
#
# The functions in `nn.init` fill parameters in place: `nn.init.xavier_uniform_`, `nn.init.constant_`,
# `nn.init.zeros_`, …. The underscore at the end says "in place". Xavier's uniform start draws weights from
#
# $$U(-a, a), \qquad a = \sqrt{\frac{6}{n_\text{in} + n_\text{out}}}$$
#
# **Your task.** Write `init_mixed(net)`. It works in place on any network with at least two `nn.Linear` layers:
#
# - the weight of the **first** Linear layer gets Xavier's uniform start;
# - the weight of the **last** Linear layer becomes the constant 42, a number that you will recognise;
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
# `net[0]` is the first module, which need not be the first *Linear* layer. Collect the Linear layers in a
# list first.
#
# <details><summary>The next line</summary>
#
# `layers = […]`, over `net.modules()`, with the condition `isinstance(m, nn.Linear)`. Then `layers[0]` and
# `layers[-1]` are the two.
# </details></details>
#
# <details><summary>Hint: the layers in between lose their weights</summary>
#
# Only two of the weights change. All of the *biases* do.
#
# <details><summary>The next line</summary>
#
# The loop over `layers` touches `layer.bias` and nothing else; the two weights are filled outside of it.
# </details></details>

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
# CORE
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
    # Of 3200 draws the largest is almost the bound: below 0.98 of it with a probability of 1e-28.
    net = nn.Sequential(nn.Linear(40, 80), nn.Linear(80, 2))
    init_mixed(net)
    largest = net[0].weight.detach().abs().max().item()
    assert largest < 0.2237, f"Xavier's bound is 0.224, but a first weight has magnitude {largest:.3f}."
    assert largest > 0.98 * (6 / 120) ** 0.5, f"Xavier's bound is 0.224, but no first weight is larger than {largest:.3f}."

# %%
# CORE
def test_init_mixed_finds_layers_anywhere_and_keeps_those_between(init_mixed):
    from collections import OrderedDict

    import torch
    from torch import nn

    inner = nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
    parts = {"start": nn.Flatten(), "stem": inner, "head": nn.Linear(3, 2), "end": nn.ReLU()}
    net = nn.Sequential(OrderedDict(parts))
    first, middle, last = net[1][0], net[1][2], net[2]
    before = first.weight.detach().clone(), middle.weight.detach().clone()
    init_mixed(net)
    torch.testing.assert_close(last.weight.detach(), torch.full((2, 3), 42.0))
    assert not torch.equal(first.weight, before[0]), "The weight of the first Linear layer should be drawn anew."
    assert torch.equal(middle.weight, before[1]), "Weights between the first and the last Linear layer should stay."
    for layer in (first, middle, last):
        torch.testing.assert_close(layer.bias.detach(), torch.zeros_like(layer.bias))

# %%
def test_init_mixed_leaves_other_modules_alone(init_mixed):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.Linear(6, 3))
    with torch.no_grad():
        net[1].weight.fill_(2.0), net[1].bias.fill_(0.5)  # so that no start of PyTorch's own looks untouched
    init_mixed(net)
    torch.testing.assert_close(net[1].weight.detach(), torch.full((6,), 2.0))
    torch.testing.assert_close(net[1].bias.detach(), torch.full((6,), 0.5))

# %%
# HIDDEN
# CORE
def test_init_mixed_draws_the_first_weight_as_xavier_says(init_mixed):
    import math

    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(60, 90), nn.ReLU(), nn.Linear(90, 3))
    init_mixed(net)
    one = net[0].weight.detach().clone()
    init_mixed(net)
    two = net[0].weight.detach().clone()
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
def test_init_mixed_in_a_deep_network(init_mixed):
    import torch
    from torch import nn

    tower = {
        "norm": nn.LayerNorm(30),
        "stem": nn.Sequential(*[nn.Sequential(nn.Linear(30 + i, 31 + i), nn.Tanh()) for i in range(11)]),
        "scale": nn.ParameterList([torch.tensor([3.0, -1.0])]),
        "head": nn.ModuleList([nn.Linear(41, 2), nn.Dropout(0.5)]),
    }
    net = nn.ModuleDict(tower).to(torch.float64)
    before = {name: value.clone() for name, value in net.state_dict().items()}
    init_mixed(net)
    after = net.state_dict()
    assert list(before) == list(after), "The network should keep its parameters and their names."
    flags = [p.requires_grad and p.is_leaf for p in net.parameters()]
    assert all(flags), "All parameters should stay trainable leaf tensors."
    for name, value in after.items():
        assert value.dtype == torch.float64, "The parameters should keep their dtype."
        if name.startswith(("norm", "scale")):
            assert torch.equal(value, before[name]), "Everything else should keep its values."
        elif name.endswith("bias"):
            assert bool((value == 0).all()), "The biases of all Linear layers should be 0."
        elif name == "head.0.weight":
            assert bool((value == 42).all()), "The weight of the last Linear layer should be 42 everywhere."
        elif name == "stem.0.0.weight":
            assert not torch.equal(value, before[name]), "The weight of the first Linear layer should be drawn anew."
            assert bool((value.abs() <= (6 / 61) ** 0.5 + 1e-6).all()), "The first weight exceeds Xavier's bound."
        else:
            assert torch.equal(value, before[name]), "Everything else should keep its values."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: make_linear_net

# %% [markdown]
# ## 7 · A layer that holds its own parameters (5 min)
#
# `nn.Linear(d, 1)` keeps `weight` and `bias` and computes $\mathbf{X}\mathbf{w} + b$ when you call it.
# `nn.Sequential` chains layers, each one fed with the output of the one before. Ours has a single link, but
# every later network will begin like this.
#
# A layer comes with a random start chosen by PyTorch. Here we want our own: weights from
# $\mathcal{N}(0, 0.01^2)$, that is, a **standard deviation of 0.01**, and a bias of 0. Both live in
# `layer.weight` and `layer.bias`. `nn.init` has functions that fill such a tensor in place, and the
# methods `layer.weight.data.normal_` and `layer.bias.data.fill_` do the same.
#
# **Example.** `make_linear_net(3)` prints as
#
# ```
# Sequential(
#   (0): Linear(in_features=3, out_features=1, bias=True)
# )
# ```
#
# and maps a batch of shape `(5, 3)` to predictions of shape `(5, 1)`. Its weight has shape `(1, 3)`:
# `nn.Linear` stores it as (outputs, inputs), the transpose of your `w`.
#
# **Your task.** Write `make_linear_net(num_inputs)`. It returns a new `nn.Sequential` with this one layer and
# this start. Each call draws new weights.
#
# <details><summary>Hint: the weights are as large as 0.5</summary>
#
# That is PyTorch's own start. Did you fill the weight *of the layer in the network*, with a function that
# works in place? Assigning to a name, as in `w = torch.normal(...)`, changes nothing in the layer.
#
# <details><summary>The next line</summary>
#
# `net[0].weight` is the tensor to fill; `nn.init.normal_(…)` fills it where it is.
# </details></details>
#
# <details><summary>Hint: the weights are about 0.1</summary>
#
# Then a variance stands where a standard deviation is wanted, or the other way round. $0.01^2$ is the
# variance here.
#
# <details><summary>The next line</summary>
#
# Compute `make_linear_net(10000)[0].weight.std()`. It should be 0.01.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_linear_net(num_inputs: int) -> nn.Sequential:
    """Return a new nn.Sequential with one nn.Linear(num_inputs, 1), ready for training.

    Its weight (1, num_inputs) is drawn from N(0, 0.01**2), its bias (1,) is 0.
    """
    # BEGIN SOLUTION
    net = nn.Sequential(nn.Linear(num_inputs, 1))
    nn.init.normal_(net[0].weight, mean=0.0, std=0.01)
    nn.init.zeros_(net[0].bias)
    return net
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_make_linear_net_has_one_linear_layer(make_linear_net):
    import torch
    from torch import nn

    net = make_linear_net(3)
    assert isinstance(net, nn.Sequential), "make_linear_net must return an nn.Sequential."
    assert len(net) == 1, f"The network must have one layer, got {len(net)}."
    assert isinstance(net[0], nn.Linear), "The layer must be an nn.Linear."
    assert tuple(net[0].weight.shape) == (1, 3), "The layer must map num_inputs numbers to one."
    assert tuple(net(torch.randn(5, 3)).shape) == (5, 1), "Input (n, num_inputs) must give (n, 1)."

# %%
def test_make_linear_net_starts_small(make_linear_net):
    # 10 000 draws: a right answer misses 8 % of 0.01 once in 10 ** 28 runs.
    net = make_linear_net(10000)
    std = net[0].weight.detach().std().item()
    assert abs(std / 0.01 - 1) < 0.08, f"The weights must have standard deviation 0.01, got {std:.5f}."
    # Beyond 0.025 lie 124 of 10 000 draws from the normal distribution.
    largest = net[0].weight.detach().abs().max().item()
    assert largest > 0.025, f"The weights must be drawn from the normal distribution, but end at {largest:.4f}."
    assert net[0].bias is not None, "The layer must have a bias."
    assert (net[0].bias == 0).all(), "The bias must start at 0."

# %%
# HIDDEN
# CORE
def test_make_linear_net_draws_from_the_normal_distribution(make_linear_net):
    # 40 000 draws. Standard errors: std 0.35 %, mean sigma / 200, share inside 1 sigma (68.27 %) 0.0023.
    # The bounds are 8 of them or more: below 1 in 10 ** 14.
    net = make_linear_net(40000)
    W = net[0].weight.detach()
    assert abs(W.std().item() / 0.01 - 1) < 0.03, "The weights must have standard deviation 0.01."
    assert abs(W.mean().item()) < 0.0004, "The weights must have mean 0."
    inside = (W.abs() < 0.01).double().mean().item()
    assert abs(inside - 0.6827) < 0.02, "The weights must be drawn from a normal distribution."
    assert (net[0].bias == 0).all(), "The bias must start at 0."

# %%
# HIDDEN
# CORE
def test_make_linear_net_computes_a_linear_model(make_linear_net):
    import torch

    for d in (1, 7):
        net = make_linear_net(d)
        X = 100 * torch.randn(4, d)
        expected = X @ net[0].weight.detach().T + net[0].bias.detach()
        torch.testing.assert_close(net(X).detach(), expected)
        assert len(list(net.parameters())) == 2, "The network must have one weight and one bias."

# %%
# HIDDEN
def test_make_linear_net_makes_a_new_trainable_network(make_linear_net):
    import torch

    # Chance of a false alarm: none but equal float32 draws, far below 1 in 10 ** 100.
    first, second = make_linear_net(30), make_linear_net(30)
    same = torch.equal(first[0].weight.detach(), second[0].weight.detach())
    assert not same, "Each call must draw new weights."
    trainable = [p.requires_grad and p.is_leaf for p in first.parameters()]
    assert trainable == [True, True], "Weight and bias must be leaves that require a gradient."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

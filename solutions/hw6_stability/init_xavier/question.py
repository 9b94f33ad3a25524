# %% [raw]
# # BEGIN QUESTION
# name: init_xavier

# %% [markdown]
# ## 4 · Xavier initialisation (15 min)
#
# **Your task.** Write `init_xavier(m)`, to be used as `net.apply(init_xavier)`.
#
# - If `m` is an `nn.Linear`, draw its weight from the **normal** distribution $\mathcal{N}(0,\ \sigma^2)$, with the
#   $\sigma$ of question 2, and set its bias to 0. Mind that the second argument of $\mathcal{N}$ is the *variance*.
# - **Leave every other module alone**, and its parameters, too: convolutions, normalisation layers,
#   containers.
# - The parameters still require a gradient afterwards.
# - Write it yourself: a call of `nn.init.xavier_normal_` or `nn.init.xavier_uniform_` takes the
#   question to 0 points. You may use `nn.init.normal_`, `nn.init.zeros_` and your `xavier_std`.
#
# An `nn.Linear` knows its sizes as `m.in_features` and `m.out_features`. Its weight has the shape
# `(out_features, in_features)`.
#
# **Example.** In `make_net([300, 100, 200], init_xavier)` the two weight matrices have the standard
# deviations 0.0707 and 0.0816.
#
# <details><summary>Hint: nothing happens</summary>
#
# The condition must ask whether `m` *is of the class* `nn.Linear`. With quotes it compares a class with a
# piece of text, which is never true. And the weights must be filled in place.
#
# <details><summary>The next line</summary>
#
# `if isinstance(m, nn.Linear):`, and below it `nn.init.normal_(m.weight, …)`, which fills what is there.
# </details></details>
#
# <details><summary>Hint: "missing required positional arguments"</summary>
#
# With parentheses, `nn.Linear()` tries to build a new layer. You only want to name the class.
#
# <details><summary>The next line</summary>
#
# In `isinstance(m, …)` the second argument is a class: its name, without parentheses.
# </details></details>
#
# <details><summary>Hint: the weights of a layer without bias raise an error</summary>
#
# `nn.Linear(…, bias=False)` has `m.bias` as well: it is `None`.
#
# <details><summary>The next line</summary>
#
# Ask for it before you fill it with zeros: `if m.bias is not None:`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def init_xavier(m: nn.Module) -> None:
    """Initialise m if it is an nn.Linear: weight normal with Xavier's deviation, bias 0. For net.apply.

    Other modules are left alone. Write it yourself: `nn.init.xavier_normal_` and
    `nn.init.xavier_uniform_` take the question to 0 points.
    """
    # BEGIN SOLUTION
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, mean=0.0, std=xavier_std(m.in_features, m.out_features))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_init_xavier_of_the_example(make_net, init_xavier):
    # 30 000 and 20 000 draws: a right answer is 5 % off once in 10 ** 22 runs.
    net = make_net([300, 100, 200], init_xavier)
    for i, expected in [(0, 0.0707107), (2, 0.0816497)]:
        std = net[i].weight.detach().std().item()
        message = f"The weight of layer {i} needs the standard deviation {expected:.4f}, got {std:.4f}."
        assert abs(std / expected - 1) < 0.05, message
        # Beyond 2.5 standard deviations lie 248 of 20 000 draws from the normal distribution.
        largest = net[i].weight.detach().abs().max().item()
        message = f"No weight of layer {i} is larger than {largest:.3f}. Draw from the normal distribution."
        assert largest > 2.5 * expected, message
        assert (net[i].bias == 0).all(), f"The bias of layer {i} must be 0."
        assert net[i].weight.requires_grad, f"The weight of layer {i} must still require a gradient."

# %%
# CORE
def test_init_xavier_leaves_other_modules_alone(init_xavier):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Conv2d(2, 3, 3), nn.LayerNorm(4), nn.Flatten(), nn.ReLU())
    before = [p.detach().clone() for p in net.parameters()]
    net.apply(init_xavier)
    for p, old in zip(net.parameters(), before):
        assert torch.equal(p.detach(), old), "Only nn.Linear is initialised. Leave every other module alone."

# %%
def test_init_xavier_draws_for_each_linear_layer(make_net, init_xavier):
    import torch
    from torch import nn

    net = make_net([20, 20, 20], init_xavier)
    same = torch.equal(net[0].weight.detach(), net[2].weight.detach())
    assert not same, "Two layers of one shape have the same weights. Draw for each layer anew."
    layer = nn.Linear(20, 30)
    init_xavier(layer)
    assert (layer.bias == 0).all(), "A single nn.Linear is initialised too: its bias must be 0."

# %%
# HIDDEN
# CORE
def test_init_xavier_draws_from_the_normal_distribution(init_xavier):
    from torch import nn

    # At least 27 000 draws each. Standard errors: std 0.43 %, mean sigma / 164, share inside 1 sigma
    # (68.27 %) 0.0028. The bounds are 6.5 of them or more; nine checks: below 1 in 10 ** 9.
    inner = nn.Sequential(nn.ReLU(), nn.Linear(190, 450))
    net = nn.Sequential(nn.Linear(250, 190), inner, nn.Linear(450, 60))
    net.apply(init_xavier)
    for layer in (net[0], net[1][1], net[2]):
        W, b = layer.weight.detach(), layer.bias.detach()
        sigma = (2 / (W.shape[0] + W.shape[1])) ** 0.5
        message = "Every weight must have the variance 2 / (in + out)."
        assert abs(W.std().item() / sigma - 1) < 0.03, message
        assert abs(W.mean().item()) < sigma / 25, "Every weight must have mean 0."
        inside = (W.abs() < sigma).double().mean().item()
        assert abs(inside - 0.6827) < 0.025, "Every weight must be drawn from a normal distribution."
        assert (b == 0).all(), "Every bias must be 0."

# %%
# HIDDEN
def test_init_xavier_uses_both_fans(init_xavier):
    from torch import nn

    # 20 000 draws each: the bound is 10 standard errors.
    net = nn.Sequential(nn.Linear(1000, 20), nn.Linear(20, 1000)).apply(init_xavier)
    wide, tall = (layer.weight.detach() for layer in net)
    sigma = (2 / 1020) ** 0.5
    message = "The variance must be 2 / (in + out), for few outputs, too."
    assert abs(wide.std().item() / sigma - 1) < 0.05, message
    message = "The variance must be 2 / (in + out), for few inputs, too."
    assert abs(tall.std().item() / sigma - 1) < 0.05, message

# %%
# HIDDEN
def test_init_xavier_changes_linear_layers_only(init_xavier):
    import torch
    from torch import nn

    kinds = [
        nn.Conv1d(3, 4, 2),
        nn.Conv2d(2, 5, 3),
        nn.BatchNorm1d(6),
        nn.LayerNorm(7),
        nn.Embedding(5, 3),
        nn.PReLU(),
        nn.Bilinear(2, 3, 4),
    ]
    others = nn.ModuleList(kinds)
    before = [p.detach().clone() for p in others.parameters()]
    linear = nn.Linear(5, 6)
    nn.ModuleList([others, linear]).apply(init_xavier)
    assert (linear.bias == 0).all(), "Among other modules, an nn.Linear must be initialised."
    for old, new in zip(before, others.parameters()):
        assert torch.equal(old, new.detach()), "Modules other than nn.Linear must keep their parameters."


# %%
# HIDDEN
def test_init_xavier_leaves_a_net_that_trains(init_xavier):
    import copy

    import torch
    from torch import nn

    nets = [nn.Sequential(nn.Linear(7, 9), nn.Tanh(), nn.Linear(9, 4)).apply(init_xavier) for _ in range(2)]
    # Chance of a false alarm: none but 63 equal float32 draws, far below 1 in 10 ** 100.
    drawn = not torch.equal(nets[0][0].weight, nets[1][0].weight)
    assert drawn, "Each call must draw new weights."
    for net in nets:
        assert (net[2].bias == 0).all(), "Every bias must be 0."
        message = "Weights and biases must still be leaves that get a gradient."
        assert all(p.requires_grad and p.is_leaf for p in net.parameters()), message
        X, twin = torch.randn(5, 7), copy.deepcopy(net)
        for network in (twin, net):
            network(X).square().sum().backward()
        for p, q in zip(net.parameters(), twin.parameters()):
            assert p.grad is not None, message
            torch.testing.assert_close(p.grad, q.grad)


# %%
# HIDDEN
# RULE
def test_init_xavier_is_your_own(init_xavier, judge):
    def initialised(init_xavier):
        from torch import nn

        layer = nn.Linear(50, 30)
        init_xavier(layer)
        return layer.weight.detach()

    watched = judge.watch(initialised, init_xavier)
    called = {name.split(".")[-1].rstrip("_") for name in watched.calls}
    # It is the answer that was watched: the deviation was 0.08. 1,500 weights: 0.03 is 10 standard errors.
    assert abs(watched.value.std().item() - (2 / 80) ** 0.5) < 0.03, "The weights have another standard deviation, so this was not looked at."
    message = "Write it yourself: nn.init.xavier_normal_ and nn.init.xavier_uniform_ take the question to 0 points."
    assert not called & {"xavier_normal", "xavier_uniform"}, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Why random at all?
#
# Could all weights start at the same value, as long as its size is right? Then all hidden units of a layer
# compute the same, receive the same gradient, and stay the same for ever. The next cell prints the gradient
# of a layer with four units. Each row belongs to one unit. Only random weights break the *symmetry*.

# %% tags=["otter_ignore"]
torch.manual_seed(0)


def init_constant(m):
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 0.5)
        nn.init.zeros_(m.bias)


for init in (init_constant, init_xavier):
    net = make_net([3, 4, 1], init)
    net(torch.tensor([[1.0, -2.0, 0.5]])).sum().backward()
    print(f"{init.__name__}: gradient of the first weight")
    print(net[0].weight.grad, "\n")

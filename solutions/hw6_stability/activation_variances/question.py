# %% [raw]
# # BEGIN QUESTION
# name: activation_variances

# %% [markdown]
# ## 6 · Watching the signal (12 min)
#
# Trust is good, measuring is better. Send a batch $\mathbf{X}$ through a `Sequential`, one layer after
# another, and note the variance of what comes out of each of them:
#
# $$\mathbf{h}^{(0)} = \mathbf{X}, \qquad \mathbf{h}^{(l)} = f_l\big(\mathbf{h}^{(l-1)}\big), \qquad
#   v_l = \operatorname{Var}\big[\mathbf{h}^{(l)}\big], \quad l = 1, \dots, L .$$
#
# Each $v_l$ is **one number**: the variance over *all* entries of $\mathbf{h}^{(l)}$, examples and units
# together. A list of numbers near 1 is a healthy network. Numbers that fall by a factor of ten per layer are
# a network in which nothing arrives.
#
# **Example.** Let $\mathbf{X}$ have variance 1, and let the first layer triple every entry, the second halve
# it. The list is about $[9,\ 2.25]$. It has *two* entries: the variance of the input is not among them.
#
# **Your task.** Write `activation_variances(net, X)`. It returns a list with one number for each layer of the
# `nn.Sequential` `net`, in order.
#
# - Every layer counts, linear or not, and a layer that stands in the network twice counts twice. (A
#   `Sequential` inside `net` is one layer of it.)
# - It **keeps no graph**: you only measure, so work under `torch.no_grad()`.
# - It **leaves the network as it was**: parameters, gradients, training mode.
#
# The checks have thousands of entries per layer and do not mind whether you divide by $N$ or $N - 1$.
#
# <details><summary>Hint: my list is too long</summary>
#
# A list that is one too long begins with the variance of `X`. Note the variance *after* each layer.
#
# <details><summary>The next line</summary>
#
# In the loop, the layer comes first and `variances.append(…)` second.
# </details></details>
#
# <details><summary>Hint: all entries are almost equal</summary>
#
# If each layer seems to have no effect, it was perhaps given `X` again. Overwrite one variable with the
# layer's output, and give that to the next layer. A `Sequential` can be looped over like a list.
#
# <details><summary>The next line</summary>
#
# `X = layer(X)` in the loop: the name moves on, and the caller's tensor stays what it was.
# </details></details>
#
# <details><summary>Hint: my list holds tensors</summary>
#
# Each $v_l$ is one number, over *all* entries. `var` without a `dim` does that.
#
# <details><summary>The next line</summary>
#
# `.item()` makes a Python number of it.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def activation_variances(net: nn.Sequential, X: torch.Tensor) -> list[float]:
    """Return the variance over all entries of the output of each layer of net, for the input X.

    The variance of X itself is not in the list. No graph is kept, and net stays as it was.
    """
    # BEGIN SOLUTION
    variances = []
    with torch.no_grad():
        for layer in net:
            X = layer(X)
            variances.append(X.var().item())
    return variances
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_activation_variances_of_the_example(activation_variances):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(20, 20), nn.Linear(20, 20))
    for layer, factor in zip(net, (3.0, 0.5)):
        layer.weight.data = factor * torch.eye(20)
        layer.bias.data.fill_(0)
    X = torch.randn(500, 20)
    X = X / X.std()
    variances = activation_variances(net, X)
    assert len(variances) == 2, f"Two layers make a list of two numbers, got {len(variances)}."
    for variance, expected in zip(variances, (9.0, 2.25)):
        message = f"Expected about {expected}, got {number(variance):.4f}."
        assert abs(number(variance) / expected - 1) < 0.01, message
    again = activation_variances(net, X)
    assert len(again) == 2, f"A second call measures two layers, too; its list holds {len(again)} numbers."

# %%
# CORE
def test_activation_variances_counts_every_layer(activation_variances):
    import torch
    from torch import nn

    shift, act = nn.Linear(1, 1), nn.ReLU()
    shift.weight.data.fill_(-1.0)
    shift.bias.data.fill_(2.0)
    X = torch.linspace(-6, 6, 4000).reshape(4000, 1)
    h, expected = X, []
    for f in (lambda h: 2 - h, torch.relu, lambda h: 2 - h, torch.relu, lambda h: h / (1 + h)):
        h = f(h)
        expected.append(h.var().item())
    # The last layer is a Sequential itself. For the h >= 0 that arrives there, softsign is h / (1 + h).
    inner = nn.Sequential(nn.ReLU(), nn.Softsign())
    variances = activation_variances(nn.Sequential(shift, act, shift, act, inner), X)
    assert len(variances) == 5, f"Five layers make a list of five numbers, got {len(variances)}."
    for variance, right in zip(variances, expected):
        message = f"Expected about {right:.3f}, got {number(variance):.3f}."
        assert abs(number(variance) / right - 1) < 0.01, message

# %%
def test_activation_variances_only_measures(activation_variances):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh())
    net[0].bias.grad = torch.tensor([1.0, -2.0, 3.0, 4.0])
    variances = activation_variances(net, torch.randn(50, 3))
    assert len(variances) == 2, f"Two layers make a list of two numbers, got {len(variances)}."
    for variance in variances:
        attached = isinstance(variance, torch.Tensor) and variance.requires_grad
        assert not attached, "The variances must be plain numbers, without a graph."
    assert net.training, "The training mode must stay as it was."
    assert net[0].weight.requires_grad, "The parameters must stay as they were."
    assert net[0].weight.grad is None, "The gradients must stay as they were."
    kept = net[0].bias.grad is not None and torch.equal(net[0].bias.grad, torch.tensor([1.0, -2.0, 3.0, 4.0]))
    assert kept, "A gradient that was there before has changed."
    assert not any(m._forward_hooks for m in net.modules()), "A hook is left in the network. Remove it at the end."

# %%
# HIDDEN
# CORE
def test_activation_variances_follows_a_deep_network(activation_variances):
    import torch
    from torch import nn

    sizes = [30, 50, 40, 60, 30, 45, 70, 35]
    layers = []
    for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        layer = nn.Linear(fan_in, fan_out)
        nn.init.normal_(layer.weight, std=(0.5 + 0.3 * i) / fan_in**0.5)
        nn.init.constant_(layer.bias, 1.5 - i)
        layers += [layer, [nn.Tanh(), nn.ReLU(), nn.Identity()][i % 3]]
    net = nn.Sequential(*layers).double()
    X = torch.randn(301, 30, dtype=torch.float64)
    expected, h = [], X
    for layer in net:
        h = layer(h).detach()
        expected.append(h.var().item())
    variances = activation_variances(net, X)
    assert len(variances) == 14, "There must be one number for each layer."
    message = "Each number must be the variance of that layer's output, in order."
    assert all(abs(number(v) - e) <= 2e-3 * e for v, e in zip(variances, expected)), message

# %%
# HIDDEN
def test_activation_variances_counts_a_repeated_block(activation_variances):
    import torch
    from torch import nn

    act, middle = nn.Tanh(), nn.Linear(40, 40)
    nn.init.normal_(middle.weight, std=0.3)
    inner = nn.Sequential(nn.Linear(40, 30), nn.ReLU())
    net = nn.Sequential(nn.Linear(25, 40), act, middle, act, middle, act, inner)
    X = 2 * torch.randn(200, 25)
    expected, h = [], X
    for layer in net:
        h = layer(h).detach()
        expected.append(h.var().item())
    variances = activation_variances(net, X)
    message = "A layer that stands in the network twice counts twice, and an inner Sequential is one layer."
    assert len(variances) == 7, message
    message = "Each number must be the variance of that layer's output, in order."
    assert all(abs(number(v) - e) <= 2e-3 * e for v, e in zip(variances, expected)), message

# %%
# HIDDEN
def test_activation_variances_leaves_the_network_as_it_was(activation_variances, judge):
    import torch
    from torch import nn

    def measure(activation_variances, net, X):
        numbers = activation_variances(net, X)
        return numbers, sum(len(m._forward_hooks) for m in net.modules())

    for training in (True, False):
        net = nn.Sequential(nn.Linear(5, 6), nn.ReLU(), nn.Linear(6, 3)).train(training)
        net[0].weight.grad = torch.full((6, 5), 3.0)
        before = [p.detach().clone() for p in net.parameters()]
        X = torch.randn(400, 5)
        same, expected, h = X.clone(), [], X
        for layer in net:
            h = layer(h).detach()
            expected.append(h.var().item())
        numbers, hooks = judge.probe(measure, activation_variances, net, X)
        attached = any(torch.is_tensor(v) and v.requires_grad for v in numbers)
        assert not attached, "The variances must be plain numbers, without a graph."
        message = "Each number must be the variance of that layer's output, in order."
        assert all(abs(number(v) - e) <= 2e-3 * e for v, e in zip(numbers, expected)), message
        assert torch.equal(X, same), "X must stay as it was."
        kept = all(torch.equal(p.detach(), old) for p, old in zip(net.parameters(), before))
        learns = all(p.requires_grad for p in net.parameters())
        assert kept and learns, "The parameters must stay as they were."
        first, last = net[0].weight.grad, net[2].weight.grad
        kept = first is not None and bool((first == 3.0).all()) and last is None
        assert kept, "The gradients must stay as they were."
        modes = all(m.training == training for m in net.modules())
        assert modes, "The training mode of every layer must stay as it was."
        assert hooks == 0, "A hook that you add must be removed again."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## The gradient in an example
#
# The way back deserves the same care. After `loss.backward()`, each parameter holds its gradient in `.grad`.
# One number tells whether it will learn anything: the $L_2$ norm
# $\|\mathbf{g}\| = \sqrt{\sum_i g_i^2}$ over all entries of that gradient.
#
# Take two layers with one unit each, and the input $\mathbf{x} = [3,\ 4]$:
#
# $$h = [1,\ -1] \cdot \mathbf{x} + 2 = 1, \qquad o = 2h + 1 = 3, \qquad
#   \text{loss} = \tfrac12 o^2 = 4.5 .$$
#
# Backward: $\frac{\partial\, \text{loss}}{\partial o} = 3$ and
# $\frac{\partial\, \text{loss}}{\partial h} = 3 \cdot 2 = 6$. So the gradient of the first weight is
# $6\,\mathbf{x} = [18,\ 24]$, of norm 30.
#
# The next cell holds this example as code: `on_the_example(f)` returns `f(net, loss)`. Its second argument
# fills every `.grad` with a number first, as if somebody had called `backward()` earlier. The checks use it,
# so leave it as it is.

# %%
def on_the_example(f: Callable[[nn.Module, torch.Tensor], object], earlier: float | None = None) -> object:
    """Return f(net, loss) for the network and the loss of the example above."""
    net = nn.Sequential(nn.Linear(2, 1), nn.Linear(1, 1))
    values = [[[1.0, -1.0]], [2.0], [[2.0]], [1.0]]
    for p, value in zip(net.parameters(), values):
        p.data = torch.tensor(value)
        if earlier is not None:
            p.grad = torch.full_like(p, earlier)
    loss = (net(torch.tensor([[3.0, 4.0]])) ** 2 / 2).sum()
    return f(net, loss)

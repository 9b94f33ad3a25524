# %% [raw]
# # BEGIN QUESTION
# name: gradient_norms

# %% [markdown]
# ## 7 · Watching the gradient (12 min)
#
# **Your task.** Write `gradient_norms(net, loss)`. `loss` is a tensor with one number, computed by `net`.
# Call `backward()` on it once, and return a dictionary from the name of each parameter to the $L_2$ norm of
# its gradient.
#
# - The names are those that `net.named_parameters()` gives.
# - **Gradients from earlier calls do not count.** `backward()` adds to what is there, so make sure that
#   nothing is.
# - The parameters keep their values.
#
# **Example.** `on_the_example(gradient_norms)` is
#
# `{"0.weight": 30.0, "0.bias": 6.0, "1.weight": 3.0, "1.bias": 3.0}`
#
# and so is `on_the_example(gradient_norms, earlier=-100.0)`.
#
# <details><summary>Hint: the first call is right, the next ones grow</summary>
#
# Then an earlier gradient is still in `.grad`, and the new one was added to it. `net.zero_grad()` clears
# all of them. When must that happen: before `backward()`, or after?
#
# <details><summary>The next line</summary>
#
# Call `backward` in the second line. The first makes sure that there is nothing to add to.
# </details></details>
#
# <details><summary>Hint: "'NoneType' object has no attribute 'norm'"</summary>
#
# Nothing has been computed yet, or it was cleared before you looked. The norms come last.
#
# <details><summary>The next line</summary>
#
# Walk over `net.named_parameters()`, which gives pairs of name and parameter, and look at `p.grad` of each.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def gradient_norms(net: nn.Module, loss: torch.Tensor) -> dict[str, float]:
    """Return the L2 norm of each parameter's gradient after one backward of loss, by parameter name.

    Gradients that were there before do not count. The parameters keep their values.
    """
    # BEGIN SOLUTION
    net.zero_grad()
    loss.backward()
    return {name: p.grad.norm().item() for name, p in net.named_parameters()}
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_gradient_norms_of_the_example(on_the_example, gradient_norms):
    norms = on_the_example(gradient_norms)
    expected = {"0.weight": 30.0, "0.bias": 6.0, "1.weight": 3.0, "1.bias": 3.0}
    assert isinstance(norms, dict), f"Return a dictionary, got {type(norms).__name__}."
    assert set(norms) == set(expected), f"The keys must be {sorted(expected)}, got {list(norms)}."
    for name, norm in expected.items():
        got = float(norms[name])
        assert abs(got - norm) < 1e-3, f"The norm of {name} is {norm}, got {got:.4f}."

# %%
# CORE
def test_gradient_norms_ignores_earlier_gradients(on_the_example, gradient_norms):
    norms = on_the_example(gradient_norms, -100.0)
    expected = {"0.weight": 30.0, "0.bias": 6.0, "1.weight": 3.0, "1.bias": 3.0}
    named = isinstance(norms, dict) and set(norms) == set(expected)
    assert named, f"Return a dictionary with the keys {sorted(expected)}."
    for name, norm in expected.items():
        got = float(norms[name])
        message = f"With earlier gradients, the norm of {name} is still {norm}, got {got:.4f}."
        assert abs(got - norm) < 1e-3, message

# %%
def test_gradient_norms_looks_into_blocks_and_takes_no_step(on_the_example, gradient_norms):
    def measure(*_):
        import torch
        from torch import nn

        # The outputs are the columns of W, the negative one halved, and the loss is their sum.
        net = nn.Sequential(nn.Sequential(nn.Linear(2, 2, bias=False)), nn.PReLU(init=0.5))
        net[0][0].weight.data = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
        norms = gradient_norms(net, net(torch.eye(2)).sum())
        return {name: float(norm) for name, norm in norms.items()}, net[0][0].weight.tolist()

    norms, weight = on_the_example(measure)
    assert set(norms) == {"0.0.weight", "1.weight"}, f"The keys must be 0.0.weight and 1.weight, got {list(norms)}."
    for name, norm in [("0.0.weight", 1.802776), ("1.weight", 1.0)]:
        assert abs(norms[name] - norm) < 1e-3, f"The norm of {name} is {norm:.4f}, got {norms[name]:.4f}."
    assert weight == [[1.0, 2.0], [3.0, -1.0]], "The parameters have changed. Nothing is learned here."

# %%
# HIDDEN
# CORE
def test_gradient_norms_names_every_parameter(gradient_norms, judge):
    import torch
    from torch import nn

    def measure(gradient_norms, net, X):
        return gradient_norms(net, net(X).square().sum())

    inner = nn.Sequential(nn.Linear(7, 5), nn.ReLU(), nn.LayerNorm(5))
    net = nn.Sequential(nn.Linear(4, 7), nn.Tanh(), inner, nn.Linear(5, 3)).double()
    X = 2 * torch.randn(6, 4, dtype=torch.float64)
    gradients = torch.autograd.grad(net(X).square().sum(), list(net.parameters()))
    norms = judge.probe(measure, gradient_norms, net, X)
    names = [name for name, _ in net.named_parameters()]
    assert isinstance(norms, dict), "Return a dictionary."
    assert set(norms) == set(names), "The keys must be the names that net.named_parameters() gives."
    message = "Each value must be the L2 norm of that parameter's gradient."
    for name, gradient in zip(names, gradients):
        assert abs(float(norms[name]) - gradient.norm().item()) <= 1e-5 * gradient.norm().item(), message

# %%
# HIDDEN
def test_gradient_norms_starts_from_zero_each_time(gradient_norms, judge):
    import torch
    from torch import nn

    def measure(gradient_norms, net, batches):
        import torch

        results = []
        net(10 * torch.ones(3, 5)).sum().backward()
        for X in batches:
            results.append(gradient_norms(net, net(X).square().mean()))
        return results

    net = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 2))
    batches = [scale * torch.randn(4, 5) for scale in (3.0, 0.5, 1.0)]
    names = [name for name, _ in net.named_parameters()]
    expected = []
    for X in batches:
        gradients = torch.autograd.grad(net(X).square().mean(), list(net.parameters()))
        expected.append({name: g.norm().item() for name, g in zip(names, gradients)})
    results = judge.probe(measure, gradient_norms, net, batches)
    message = "Earlier gradients must not count: each call reports the gradient of its own loss."
    for norms, right in zip(results, expected):
        assert isinstance(norms, dict), "Return a dictionary."
        assert set(norms) == set(names), "The keys must be the names that net.named_parameters() gives."
        for name in names:
            assert abs(float(norms[name]) - right[name]) <= 1e-4 * right[name] + 1e-7, message

# %%
# HIDDEN
def test_gradient_norms_keeps_the_parameters(gradient_norms, judge):
    import torch
    from torch import nn

    def measure(gradient_norms, net, X):
        return gradient_norms(net, net(X).exp().mean())

    # No unit of a tanh is dead: with one live unit a gradient has rank 1, and any norm of it is the same.
    net, X = nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)), 2 * torch.randn(5, 4)
    before = [p.detach().clone() for p in net.parameters()]
    gradients = torch.autograd.grad(net(X).exp().mean(), list(net.parameters()))
    norms = judge.probe(measure, gradient_norms, net, X)
    assert isinstance(norms, dict) and len(norms) == 4, "There must be one entry for each parameter."
    for (name, p), old, gradient in zip(net.named_parameters(), before, gradients):
        right = abs(float(norms.get(name, -1.0)) - gradient.norm().item()) <= 1e-4 * gradient.norm().item() + 1e-7
        assert right, "Each value must be the L2 norm of that parameter's gradient."
        same = torch.equal(p.detach(), old) and p.requires_grad
        assert same, "The parameters must keep their values and still require a gradient."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### What initialisation does to twenty layers
#
# Now put it all together. Twenty layers of 100 units with tanh, three ways to start. Your
# `activation_variances` looks at the signal on its way up (left), your `gradient_norms` at the gradient of
# each weight on its way down (right).
#
# - With standard deviation 0.01, the variance falls by a factor of a hundred per layer. The gradient of a
#   weight is the signal from below times the error from above. The higher a layer, the smaller its signal; the lower
#   it is, the smaller its error. Their *product* is about $10^{-20}$ everywhere: nothing will ever be learned.
# - With 0.3, tanh is driven into its flat ends: the variance stays at 0.7 because most outputs are close to
#   $+1$ or $-1$, and the gradient grows on its way down.
# - With Xavier, both stay within reach, down to the first layer and up to the twentieth.

# %% tags=["otter_ignore"]
def init_normal(std):
    def init(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=std)
            nn.init.zeros_(m.bias)

    return init


torch.manual_seed(0)
X, depth = torch.randn(200, 100), 20
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8), layout="constrained")
signal, gradient = {}, {}
starts = [("std 0.01", init_normal(0.01), "o-"), ("std 0.3", init_normal(0.3), "^-"), ("Xavier", init_xavier, "s-")]
for name, init, style in starts:
    net = make_net([100] * (depth + 1), init)
    signal[name] = [float(v) for v in activation_variances(net, X)[1::2]]
    norms = gradient_norms(net, (net(X) * torch.randn(200, 100)).mean())
    gradient[name] = [float(norm) for key, norm in norms.items() if key.endswith("weight")]
    left.semilogy(range(1, depth + 1), signal[name], style, markersize=4, label=name)
    right.semilogy(range(1, depth + 1), gradient[name], style, markersize=4, label=name)
ticks = [1, 5, 10, 15, 20]
left.set(xlabel="layer", xticks=ticks, title="variance of the output", ylim=(1e-20, 100))
right.set(xlabel="layer", xticks=ticks, title="norm of the weight's gradient", ylim=(1e-24, 1e6))
left.legend()
right.legend()
print("In the picture: variance and gradient over 20 layers, logarithmic. Circles (0.01): the variance falls to nothing, and all gradients\n"
      "lie near 1e-20. Triangles (0.3): gradients grow downwards. Squares (Xavier): both stay within reach.")
plt.show()

# %% [markdown]
# ### And the sigmoid?
#
# The same Xavier start, three activations. Below the plain sigmoid hardly any gradient is left. Your scaled
# version keeps up with tanh. It is the same curve, only moved and stretched.

# %% tags=["otter_ignore"]
class ScaledSigmoid(nn.Module):
    def forward(self, X):
        return scaled_sigmoid(X)


torch.manual_seed(0)
fig, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
activations = [("sigmoid", nn.Sigmoid, "o-"), ("tanh", nn.Tanh, "^-"), ("scaled sigmoid", ScaledSigmoid, "s-")]
for name, activation, style in activations:
    net = make_net([100] * (depth + 1), init_xavier, activation)
    norms = gradient_norms(net, (net(X) * torch.randn(200, 100)).mean())
    gradient[name] = [float(norm) for key, norm in norms.items() if key.endswith("weight")]
    ax.semilogy(range(1, depth + 1), gradient[name], style, markersize=4, label=name)
ax.set(xlabel="layer", xticks=[1, 5, 10, 15, 20], title="norm of the weight's gradient, Xavier start")
ax.legend()
print("In the picture: gradient over 20 layers, logarithmic. Triangles (tanh) and squares (scaled sigmoid) lie flat and close together;\n"
      "circles (sigmoid) fall in a straight line from 1e-2 in layer 20 to about 1e-14 in layer 1.")
plt.show()

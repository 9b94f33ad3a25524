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
# # Numerical stability and initialisation
#
# A network of twenty layers, a right loop, a good learning rate, and nothing happens: the loss does not move.
# Or it moves once, to `nan`. Often the reason is older than the first step. The numbers that run through the
# layers grow or shrink a little in each of them, and twenty times a little is a lot.
#
# You will
#
# - see why products of many factors explode or vanish, and tame an exploding gradient by *clipping*,
# - work out how large random weights should be, and write *Xavier initialisation*,
# - measure what happens inside a network: the variance of each output, the gradient of each parameter,
# - build a version of the sigmoid that a deep network can live with.
#
# Plan about **60 minutes**. You need modules, `backward()` and the idea of variance.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it
#    with your answer. Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("xavier_std")`. It runs the *public*
#    tests. When one fails, its message says what was expected.
# 4. Stuck? Each question has a hint. Click on it when its symptom is yours.
# 5. Save the notebook and upload it. There, *hidden* tests look at more inputs: other sizes, other number
#    types, deeper networks. Everything they ask for is said in the question.
#
# Unless a question says *in place*, what goes into a function must come out of it unchanged. The plots
# between the questions use your own functions. They are there to look at and are not graded.

# %%
import math
from collections.abc import Callable, Iterable

import matplotlib.pyplot as plt
import torch
from torch import nn

# %% [markdown]
# ## A product of many factors
#
# Let a network have $L$ layers, $\mathbf{h}^{(l)} = f_l(\mathbf{h}^{(l-1)})$. The gradient that reaches the
# weights of layer $l$ has come down through all the layers above. By the chain rule it is a product:
#
# $$\frac{\partial\, \text{loss}}{\partial \mathbf{h}^{(l)}} =
#   \frac{\partial\, \text{loss}}{\partial \mathbf{h}^{(L)}} \cdot
#   \underbrace{\frac{\partial \mathbf{h}^{(L)}}{\partial \mathbf{h}^{(L-1)}}}_{\mathbf{M}^{(L)}} \cdots
#   \underbrace{\frac{\partial \mathbf{h}^{(l+1)}}{\partial \mathbf{h}^{(l)}}}_{\mathbf{M}^{(l+1)}} .$$
#
# What does a product of many matrices look like? Multiply a vector by random $4 \times 4$ matrices, one after
# another, and watch its length. Entries of standard deviation 1 make it explode, 0.25 make it vanish. Only in
# a narrow band between does it stay about what it was. The scale is logarithmic: on it both are straight
# lines, so both are exponential.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
fig, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
for std in (1.0, 0.57, 0.25):
    v, lengths = torch.ones(4, dtype=torch.float64), []
    for _ in range(100):
        v = std * torch.randn(4, 4, dtype=torch.float64) @ v
        lengths.append(v.norm().item())
    ax.semilogy(range(1, 101), lengths, label=f"standard deviation {std}")
ax.set(xlabel="number of matrices", ylabel="length of the vector", title="products of random matrices")
ax.legend()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: clip_gradients

# %% [markdown]
# ## 1 · When gradients explode: clipping
#
# One step along a gradient that is a thousand times too long can ruin hours of training. **Clipping** sets a
# limit $\theta$ for its length. Think of the gradients of *all* parameters as one long vector $\mathbf{g}$.
# Is it longer than $\theta$? Then shorten it to length $\theta$; otherwise leave it alone:
#
# $$\mathbf{g} \leftarrow \min\left(1, \frac{\theta}{\|\mathbf{g}\|}\right) \mathbf{g}, \qquad
#   \|\mathbf{g}\| = \sqrt{\textstyle\sum_{\mathbf{p}} \sum_i g_{\mathbf{p}, i}^2} .$$
#
# (A gradient of zeros has norm 0. It is short enough, and there is nothing to divide by.)
#
# All gradients are multiplied by the *same* number. So the step still goes in the same direction, and only
# its length changes. Clip each parameter on its own, or each entry, and the direction is lost.
#
# **Example.** Two parameters have the gradients $[3,\ -4]$ and $[12]$. The joint norm is
# $\sqrt{9 + 16 + 144} = 13$.
#
# - With $\theta = 6.5$, everything is halved: $[1.5,\ -2]$ and $[6]$.
# - With $\theta = 20$, nothing changes.
#
# **Your task.** Write `clip_gradients(params, theta)`.
#
# - It changes the `.grad` of the parameters, **in place**. The parameters themselves stay what they are.
# - A parameter whose `.grad` is `None` has taken no part in `backward()`. It is **skipped**.
# - It **returns the joint norm before clipping**, as a Python `float`. You will want to log it.
#
# `torch.nn.utils.clip_grad_norm_` does the same. Try to write it yourself.
#
# <details><summary>Hint: "NoneType has no attribute …", or gradients below the limit change, too</summary>
#
# First collect the gradients that exist. Then compute *one* number from all of them: add up the squares of
# every entry, and take the root at the very end. Only then decide, with one `if`, whether anything has to be
# scaled. A tensor with one number becomes a `float` by `.item()`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def clip_gradients(params: Iterable[torch.Tensor], theta: float) -> float:
    """Scale all gradients by theta / norm if their joint L2 norm exceeds theta; return the norm before.

    In place: changes p.grad for p in params. Parameters whose grad is None are skipped.
    """
    # BEGIN SOLUTION
    grads = [p.grad for p in params if p.grad is not None]
    norm = sum(grad.square().sum().item() for grad in grads) ** 0.5
    if norm > theta:
        for grad in grads:
            grad *= theta / norm
    return norm
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_clip_gradients_of_the_example(clip_gradients):
    import torch
    from torch import nn

    v, w = nn.Parameter(torch.tensor([1.0, 2.0])), nn.Parameter(torch.tensor([5.0]))
    v.grad, w.grad = torch.tensor([3.0, -4.0]), torch.tensor([12.0])
    norm = clip_gradients([v, w], 6.5)
    assert isinstance(norm, float), f"Return the norm as a Python float, got {type(norm).__name__}."
    assert abs(norm - 13) < 1e-4, f"The norm before clipping is 13, got {norm}."
    torch.testing.assert_close(v.grad, torch.tensor([1.5, -2.0]))
    torch.testing.assert_close(w.grad, torch.tensor([6.0]))
    same = torch.equal(v.detach(), torch.tensor([1.0, 2.0])) and w.item() == 5
    assert same, "Only the gradients are scaled. The parameters stay what they are."

# %%
def test_clip_gradients_leaves_short_gradients_alone(clip_gradients):
    import torch
    from torch import nn

    v, w = nn.Parameter(torch.tensor([1.0, 2.0])), nn.Parameter(torch.tensor([5.0]))
    v.grad, w.grad = torch.tensor([3.0, -4.0]), torch.tensor([12.0])
    norm = clip_gradients([v, w], 20.0)
    assert abs(norm - 13) < 1e-4, f"The norm is 13, clipped or not, got {norm}."
    torch.testing.assert_close(v.grad, torch.tensor([3.0, -4.0]))
    torch.testing.assert_close(w.grad, torch.tensor([12.0]))
    w.grad = torch.zeros(1)
    norm = clip_gradients([w], 0.5)
    assert norm == 0 and w.grad.item() == 0, "A gradient of zeros has norm 0 and stays zero."

# %%
def test_clip_gradients_skips_what_has_no_gradient(clip_gradients):
    import torch
    from torch import nn

    v, w = nn.Parameter(torch.tensor([1.0, 2.0])), nn.Parameter(torch.tensor([5.0]))
    v.grad = torch.tensor([6.0, -8.0])
    norm = clip_gradients([w, v], 5.0)
    assert abs(norm - 10) < 1e-4, f"The norm of the one gradient is 10, got {norm}."
    torch.testing.assert_close(v.grad, torch.tensor([3.0, -4.0]))
    assert w.grad is None, "A parameter without gradient must be left without one."

# %%
# HIDDEN
def test_clip_gradients_scales_all_by_one_factor(clip_gradients):
    import torch
    from torch import nn

    for dtype in (torch.float32, torch.float64):
        shapes = [(4, 3), (5,), (1,), (2, 3, 6)]
        params = [nn.Parameter(torch.randn(shape, dtype=dtype)) for shape in shapes]
        values = [p.detach().clone() for p in params]
        grads = [scale * torch.randn(shape, dtype=dtype) for scale, shape in zip([9, 0.1, 2, 1], shapes)]
        expected = torch.cat([grad.reshape(-1) for grad in grads]).double().norm().item()
        for share in (0.03, 0.5, 0.98):
            for p, grad in zip(params, grads):
                p.grad = grad.clone()
            norm = clip_gradients(params, share * expected)
            assert abs(norm / expected - 1) < 1e-4, "Return the joint norm of all gradients, before clipping."
            for p, grad, value in zip(params, grads, values):
                torch.testing.assert_close(p.grad, share * grad, rtol=1e-4, atol=1e-6)
                assert torch.equal(p.detach(), value), "The parameters must stay what they are."

# %%
# HIDDEN
def test_clip_gradients_clips_only_above_theta(clip_gradients):
    import torch
    from torch import nn

    params = [nn.Parameter(torch.zeros(3, 2)), nn.Parameter(torch.zeros(4)), nn.Parameter(torch.zeros(2))]
    grads = [-2 * torch.randn(3, 2), None, 5 * torch.randn(2)]
    expected = torch.cat([grads[0].reshape(-1), grads[2]]).norm().item()
    for factor in (1.02, 3.0, 1000.0):
        params[0].grad, params[2].grad = grads[0].clone(), grads[2].clone()
        norm = clip_gradients(params, factor * expected)
        assert abs(norm / expected - 1) < 1e-4, "Return the joint norm of all gradients."
        same = torch.equal(params[0].grad, grads[0]) and torch.equal(params[2].grad, grads[2])
        assert same, "Gradients whose joint norm is below theta must stay as they are."
        assert params[1].grad is None, "A parameter without gradient must be left without one."

# %%
# HIDDEN
def test_clip_gradients_takes_gradients_of_zero(clip_gradients):
    import torch
    from torch import nn

    p = nn.Parameter(torch.randn(3, 2))
    p.grad = torch.zeros(3, 2)
    norm = clip_gradients([p], 0.5)
    assert norm == 0, "The norm of zeros is 0."
    assert torch.equal(p.grad, torch.zeros(3, 2)), "Gradients of zero are below every limit and stay zero."

# %%
# HIDDEN
def test_clip_gradients_clips_what_backward_left(clip_gradients):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 2))
    net(torch.randn(5, 3)).mul(30).square().sum().backward()
    before = [p.grad.clone() for p in net.parameters()]
    expected = torch.cat([grad.reshape(-1) for grad in before]).norm().item()
    norm = clip_gradients(list(net.parameters()), 0.1)
    assert abs(norm / expected - 1) < 1e-4, "Return the joint norm of all gradients, before clipping."
    for p, grad in zip(net.parameters(), before):
        torch.testing.assert_close(p.grad, grad * (0.1 / expected), rtol=1e-4, atol=1e-7)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Shorter, not turned
#
# Six gradients of one parameter with two entries. Left, each entry is cut at $\pm 1.5$: arrows turn, and
# different ones become the same. Right, your `clip_gradients`: an arrow that ends outside the circle is
# pulled back to it along its own line.

# %% tags=["otter_ignore"]
arrows = torch.tensor([[4.0, 1.0], [2.5, 3.0], [-1.0, 3.5], [-0.8, 0.7], [-3.0, -2.0], [1.0, -3.0]])
fig, axes = plt.subplots(1, 2, figsize=(8.5, 4.1), layout="constrained", sharey=True)
for ax, title in zip(axes, ["clip each entry", "clip the norm"]):
    for i, g in enumerate(arrows):
        p = nn.Parameter(torch.zeros(2))
        p.grad = g.clone()
        if title == "clip each entry":
            p.grad.clamp_(-1.5, 1.5)
        else:
            clip_gradients([p], 1.5)
        ax.plot([0, g[0]], [0, g[1]], color=f"C{i}", linestyle=":", linewidth=1.2)
        ax.annotate("", p.grad.tolist(), (0, 0), arrowprops={"arrowstyle": "-|>", "color": f"C{i}", "lw": 2})
    ax.set(title=title, xlabel="first entry", xlim=(-4.5, 4.5), ylim=(-4, 4), aspect="equal")
axes[0].set_ylabel("second entry")
axes[0].add_patch(plt.Rectangle((-1.5, -1.5), 3, 3, fill=False, color="0.6"))
axes[1].add_patch(plt.Circle((0, 0), 1.5, fill=False, color="0.6"))
plt.show()

# %% [markdown]
# ## How large should random weights be?
#
# Clipping treats the symptom. The cure begins with the first weights. Look at one output of a linear layer
# with $n_\text{in}$ inputs, before any activation:
#
# $$o_i = \sum_{j=1}^{n_\text{in}} w_{ij} x_j .$$
#
# Let the weights be independent with mean 0 and variance $\sigma^2$, and the inputs with mean 0 and variance
# $\gamma^2$. Then $o_i$ has mean 0, and variances of independent terms add up:
#
# $$\operatorname{Var}[o_i] = \sum_j \operatorname{Var}[w_{ij}]\operatorname{Var}[x_j]
#   = n_\text{in}\, \sigma^2\, \gamma^2 .$$
#
# The variance of the signal is kept if $n_\text{in}\, \sigma^2 = 1$. In the backward pass the same sum runs
# over the $n_\text{out}$ outputs, so the variance of the *gradient* is kept if $n_\text{out}\, \sigma^2 = 1$.
# Both at once is impossible unless the layer is square. **Xavier initialisation** takes the middle:
#
# $$\tfrac12 \left(n_\text{in} + n_\text{out}\right) \sigma^2 = 1 .$$
#
# PyTorch calls $n_\text{in}$ `fan_in` and $n_\text{out}$ `fan_out`.

# %% [raw]
# # BEGIN QUESTION
# name: xavier_std

# %% [markdown]
# ## 2 · Xavier for the normal distribution
#
# Solve the equation above for $\sigma$, and you have the standard deviation from which normal weights are
# drawn:
#
# $$\sigma = \sqrt{\frac{2}{n_\text{in} + n_\text{out}}} .$$
#
# **Example.** A layer from 300 to 100 units: $\sigma = \sqrt{2 / 400} \approx 0.0707$.
#
# **Your task.** Write `xavier_std(fan_in, fan_out)`. It returns $\sigma$ as a number.
#
# <details><summary>Hint: I get 0.005 for the example</summary>
#
# That is $\sigma^2$, the variance. The standard deviation is its root. (`math.sqrt`, or `** 0.5`. Mind
# that `** 1 / 2` only halves.)
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def xavier_std(fan_in: int, fan_out: int) -> float:
    """Return the standard deviation of Xavier's normal distribution, sqrt(2 / (fan_in + fan_out))."""
    # BEGIN SOLUTION
    return math.sqrt(2 / (fan_in + fan_out))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_xavier_std_of_the_example(xavier_std):
    std = float(xavier_std(300, 100))
    assert abs(std - 0.0707107) < 1e-5, f"A layer from 300 to 100 units needs 0.0707, got {std:.4f}."

# %%
# HIDDEN
def test_xavier_std_works_for_every_layer(xavier_std):
    message = "The standard deviation must follow the formula for every fan_in and fan_out."
    for fan_in, fan_out in [(1, 1), (784, 256), (7, 1000), (1, 97), (640, 64)]:
        expected = (2 / (fan_in + fan_out)) ** 0.5
        assert abs(float(xavier_std(fan_in, fan_out)) / expected - 1) < 1e-5, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: xavier_bound

# %% [markdown]
# ## 3 · Xavier for the uniform distribution
#
# Nothing above needed a bell curve; only the variance counts. Weights may as well be drawn uniformly from an
# interval $(-a, a)$. Such numbers have the variance $a^2 / 3$. Set $a^2/3 = \sigma^2$ and solve:
#
# $$a = \sqrt{\frac{6}{n_\text{in} + n_\text{out}}} .$$
#
# **Example.** A layer from 300 to 100 units: $a = \sqrt{6 / 400} \approx 0.1225$.
#
# **Your task.** Write `xavier_bound(fan_in, fan_out)`. It returns $a$ as a number.
#
# <details><summary>Hint: my uniform weights have a standard deviation that is too small</summary>
#
# The bound is not the standard deviation. Numbers between $-a$ and $a$ are mostly smaller than $a$, so $a$
# must be larger than $\sigma$. By which factor?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def xavier_bound(fan_in: int, fan_out: int) -> float:
    """Return the bound a of Xavier's uniform distribution on (-a, a), sqrt(6 / (fan_in + fan_out))."""
    # BEGIN SOLUTION
    return math.sqrt(6 / (fan_in + fan_out))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_xavier_bound_of_the_example(xavier_bound):
    bound = float(xavier_bound(300, 100))
    assert abs(bound - 0.1224745) < 1e-5, f"A layer from 300 to 100 units needs 0.1225, got {bound:.4f}."

# %%
# HIDDEN
def test_xavier_bound_works_for_every_layer(xavier_bound):
    message = "The bound must follow the formula for every fan_in and fan_out."
    for fan_in, fan_out in [(1, 1), (784, 256), (7, 1000), (1, 97), (640, 64)]:
        expected = (6 / (fan_in + fan_out)) ** 0.5
        assert abs(float(xavier_bound(fan_in, fan_out)) / expected - 1) < 1e-5, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Two shapes, one variance
#
# Weights for a layer from 300 to 100 units, drawn both ways with your numbers. The shapes differ, the
# variance does not. The dashed lines lie at $\pm\sigma$, the dotted ones at $\pm a$.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
std, bound = xavier_std(300, 100), xavier_bound(300, 100)
fig, axes = plt.subplots(1, 2, figsize=(9, 3), layout="constrained", sharey=True)
draws = {"normal": std * torch.randn(30000), "uniform": bound * (2 * torch.rand(30000) - 1)}
for ax, (name, weights) in zip(axes, draws.items()):
    ax.hist(weights, bins=60, range=(-0.3, 0.3), color="tab:blue", alpha=0.7)
    for value, style in [(std, "--"), (-std, "--"), (bound, ":"), (-bound, ":")]:
        ax.axvline(value, color="black", linestyle=style, linewidth=1)
    ax.set(title=f"{name}: variance {weights.var():.4f}", xlabel="weight")
axes[0].set_ylabel("number of weights")
plt.show()

# %% [markdown]
# ## Initialising a whole network
#
# `net.apply(f)` calls `f(m)` for *every* module in the network, containers and activations included. The
# helper below uses it. It builds a chain of linear layers with an activation after each and gives every
# module to `init`. The examples, the checks and the plots use it, so leave it as it is.

# %%
def make_net(
    sizes: list[int], init: Callable[[nn.Module], object], activation: type[nn.Module] = nn.Tanh
) -> nn.Sequential:
    """Return Linear(sizes[0], sizes[1]), activation, Linear(sizes[1], sizes[2]), activation, …"""
    layers: list[nn.Module] = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(fan_in, fan_out), activation()]
    return nn.Sequential(*layers).apply(init)

# %% [raw]
# # BEGIN QUESTION
# name: init_xavier

# %% [markdown]
# ## 4 · Xavier initialisation
#
# **Your task.** Write `init_xavier(m)`, to be used as `net.apply(init_xavier)`.
#
# - If `m` is an `nn.Linear`, draw its weight from the **normal** distribution
#   $\mathcal{N}\big(0,\ \tfrac{2}{n_\text{in} + n_\text{out}}\big)$ and set its bias to 0. Mind that the
#   second argument of $\mathcal{N}$ is the *variance*.
# - **Leave every other module alone**, and its parameters, too: convolutions, normalisation layers,
#   containers.
# - The parameters still require a gradient afterwards.
# - Write it yourself: a call of `nn.init.xavier_normal_` or `nn.init.xavier_uniform_` earns no points for
#   the test that looks for it. You may use `nn.init.normal_`, `nn.init.zeros_` and your `xavier_std`.
#
# An `nn.Linear` knows its sizes as `m.in_features` and `m.out_features`. Its weight has the shape
# `(out_features, in_features)`.
#
# **Example.** In `make_net([300, 100, 200], init_xavier)` the two weight matrices have the standard
# deviations 0.0707 and 0.0816.
#
# <details><summary>Hint: nothing happens, or "missing required positional arguments"</summary>
#
# The condition must ask whether `m` *is of the class* `nn.Linear`. With parentheses, `nn.Linear()` tries to
# build a new layer. With quotes it compares a class with a piece of text, which is never true.
# `isinstance(m, nn.Linear)` asks the right thing. And the weights must be filled in place.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def init_xavier(m: nn.Module) -> None:
    """Initialise m if it is an nn.Linear: weight ~ N(0, 2 / (in + out)), bias 0. For net.apply.

    Other modules are left alone. Write it yourself: `nn.init.xavier_normal_` and
    `nn.init.xavier_uniform_` earn no points here.
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
def test_init_xavier_of_the_example(make_net, init_xavier):
    # 30 000 and 20 000 draws: a right answer is 5 % off once in 10 ** 22 runs.
    net = make_net([300, 100, 200], init_xavier)
    for i, expected in [(0, 0.0707107), (2, 0.0816497)]:
        std = net[i].weight.detach().std().item()
        message = f"The weight of layer {i} needs the standard deviation {expected:.4f}, got {std:.4f}."
        assert abs(std / expected - 1) < 0.05, message
        assert (net[i].bias == 0).all(), f"The bias of layer {i} must be 0."
        assert net[i].weight.requires_grad, f"The weight of layer {i} must still require a gradient."

# %%
def test_init_xavier_leaves_other_modules_alone(init_xavier):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Conv2d(2, 3, 3), nn.LayerNorm(4), nn.Flatten(), nn.ReLU())
    before = [p.detach().clone() for p in net.parameters()]
    net.apply(init_xavier)
    for p, old in zip(net.parameters(), before):
        assert torch.equal(p.detach(), old), "Only nn.Linear is initialised. Leave every other module alone."

# %%
# HIDDEN
def test_init_xavier_draws_from_the_normal_distribution(init_xavier, judge):
    def measure(init_xavier):
        from torch import nn

        inner = nn.Sequential(nn.ReLU(), nn.Linear(190, 450))
        net = nn.Sequential(nn.Linear(250, 190), inner, nn.Linear(450, 60))
        net.apply(init_xavier)
        layers = [net[0], net[1][1], net[2]]
        return [layer.weight.detach() for layer in layers], [layer.bias.detach() for layer in layers]

    # At least 27 000 draws each. Standard errors: std 0.43 %, mean sigma / 164, share inside 1 sigma
    # (68.27 %) 0.0028. The bounds are 6.5 of them or more; nine checks: below 1 in 10 ** 9.
    weights, biases = judge.probe(measure, init_xavier)
    for W, b in zip(weights, biases):
        sigma = (2 / (W.shape[0] + W.shape[1])) ** 0.5
        message = "Every weight must have the variance 2 / (in + out)."
        assert abs(W.std().item() / sigma - 1) < 0.03, message
        assert abs(W.mean().item()) < sigma / 25, "Every weight must have mean 0."
        inside = (W.abs() < sigma).double().mean().item()
        assert abs(inside - 0.6827) < 0.025, "Every weight must be drawn from a normal distribution."
        assert (b == 0).all(), "Every bias must be 0."

# %%
# HIDDEN
def test_init_xavier_uses_both_fans(init_xavier, judge):
    def measure(init_xavier):
        from torch import nn

        net = nn.Sequential(nn.Linear(1000, 20), nn.Linear(20, 1000)).apply(init_xavier)
        return [layer.weight.detach() for layer in net]

    # 20 000 draws each: the bound is 10 standard errors.
    wide, tall = judge.probe(measure, init_xavier)
    sigma = (2 / 1020) ** 0.5
    message = "The variance must be 2 / (in + out), for few outputs, too."
    assert abs(wide.std().item() / sigma - 1) < 0.05, message
    message = "The variance must be 2 / (in + out), for few inputs, too."
    assert abs(tall.std().item() / sigma - 1) < 0.05, message

# %%
# HIDDEN
def test_init_xavier_changes_linear_layers_only(init_xavier, judge):
    import torch

    def measure(init_xavier):
        from torch import nn

        kinds = [
            nn.Conv1d(3, 4, 2),
            nn.Conv2d(2, 5, 3),
            nn.BatchNorm1d(6),
            nn.LayerNorm(7),
            nn.Embedding(5, 3),
            nn.PReLU(),
            nn.Bilinear(2, 3, 4),
            nn.GRU(3, 2),
        ]
        net = nn.ModuleList(kinds)
        before = [p.detach().clone() for p in net.parameters()]
        linear = nn.Linear(5, 6)
        nn.ModuleList([net, linear]).apply(init_xavier)
        return before, [p.detach() for p in net.parameters()], linear.bias.detach()

    before, after, bias = judge.probe(measure, init_xavier)
    assert (bias == 0).all(), "Among other modules, an nn.Linear must be initialised."
    assert len(before) == len(after), "Modules other than nn.Linear must keep their parameters."
    for old, new in zip(before, after):
        assert torch.equal(old, new), "Modules other than nn.Linear must keep their parameters."

# %%
# HIDDEN
def test_init_xavier_leaves_a_net_that_trains(init_xavier, judge):
    import torch

    def measure(init_xavier):
        import torch
        from torch import nn

        torch.manual_seed(0)
        nets = [nn.Sequential(nn.Linear(7, 9), nn.Tanh(), nn.Linear(9, 4)) for _ in range(2)]
        for net in nets:
            net.apply(init_xavier)
        flags = [p.requires_grad and p.is_leaf for p in nets[0].parameters()]
        nets[0](torch.randn(5, 7)).square().sum().backward()
        flags += [p.grad is not None for p in nets[0].parameters()]
        return flags, nets[0][2].bias.detach(), [net[0].weight.detach() for net in nets]

    # Chance of a false alarm: none but 63 equal float32 draws.
    flags, bias, (first, second) = judge.probe(measure, init_xavier)
    assert (bias == 0).all(), "Every bias must be 0."
    assert list(flags) == [True] * 8, "Weights and biases must still be leaves that get a gradient."
    assert not torch.equal(first, second), "Each call must draw new weights."

# %%
# HIDDEN
def test_init_xavier_is_your_own(init_xavier, judge):
    from torch import nn

    called = judge.calls(init_xavier, nn.Linear(5, 3))
    called = {name.split(".")[-1].rstrip("_") for name in called}
    message = "Write it yourself: nn.init.xavier_normal_ and nn.init.xavier_uniform_ earn no points here."
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

# %% [raw]
# # BEGIN QUESTION
# name: scaled_sigmoid

# %% [markdown]
# ## 5 · A sigmoid for deep networks
#
# The sum above had no activation in it. Xavier initialisation is right for layers that behave, near zero,
# like $f(x) = x$: value 0 and slope 1 at the origin. Tanh does. The sigmoid does not. Its Taylor series
# begins
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}} = \frac12 + \frac{x}{4} - \frac{x^3}{48} + \dots$$
#
# At the origin its value is $\tfrac12$ and its slope only $\tfrac14$. So each sigmoid layer quarters the
# gradient, at best. The remedy is to stretch the sigmoid and move it down:
#
# $$4\,\sigma(x) - 2 = x - \frac{x^3}{12} + \dots$$
#
# **Example.** $[-1,\ 0,\ 1] \mapsto [-0.9242,\ 0,\ 0.9242]$.
#
# **Your task.** Write `scaled_sigmoid(X)`, which returns $4\,\sigma(x) - 2$ for every entry of a
# floating-point tensor of any shape. It keeps shape and dtype, leaves `X` as it is, and lets gradients flow.
# You may use `torch.sigmoid`.
#
# <details><summary>Hint: my function does not go through the origin, or is too flat there</summary>
#
# Put in $x = 0$ and remember $\sigma(0) = \tfrac12$. What has to be subtracted so that zero comes out? Then
# compare with $\sigma(1) \approx 0.7311$: the stretching must come before the shift.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def scaled_sigmoid(X: torch.Tensor) -> torch.Tensor:
    """Return 4 * sigmoid(x) - 2 for every entry x of X, in X's shape and dtype. Its slope at 0 is 1."""
    # BEGIN SOLUTION
    return 4 * torch.sigmoid(X) - 2
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_scaled_sigmoid_of_the_example(scaled_sigmoid):
    import torch

    expected = torch.tensor([-0.92423431, 0.0, 0.92423431])
    torch.testing.assert_close(scaled_sigmoid(torch.tensor([-1.0, 0.0, 1.0])), expected)
    assert scaled_sigmoid(torch.zeros(3, dtype=torch.float64)).dtype == torch.float64, "The dtype is kept."

# %%
def test_scaled_sigmoid_has_slope_one_at_zero(scaled_sigmoid):
    import torch

    X = torch.zeros(2, 3, requires_grad=True)
    y = scaled_sigmoid(X)
    assert y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    y.sum().backward()
    torch.testing.assert_close(X.grad, torch.ones(2, 3))

# %%
# HIDDEN
def test_scaled_sigmoid_works_for_every_input(scaled_sigmoid):
    import torch

    X = 15 * torch.randn(4, 3, 5, dtype=torch.float64)
    strided = X.transpose(0, 2)[1::2, :, ::3]
    torch.testing.assert_close(scaled_sigmoid(strided), 4 * torch.special.expit(strided) - 2)
    X = torch.linspace(-30, 30, 61)
    torch.testing.assert_close(scaled_sigmoid(X), 4 * torch.special.expit(X) - 2, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(scaled_sigmoid(torch.tensor(3.5)), torch.tensor(1.88275109))
    torch.testing.assert_close(scaled_sigmoid(torch.empty(0, 4)), torch.empty(0, 4))

# %%
# HIDDEN
def test_scaled_sigmoid_has_the_right_gradient(scaled_sigmoid):
    import torch

    X = torch.tensor([[-9.0, -1.5, 0.2], [7.5, 0.9, -3.0]], dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(2, 3, dtype=torch.float64)
    y = scaled_sigmoid(X)
    assert y.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    y.backward(upstream)
    s = torch.special.expit(X.detach())
    torch.testing.assert_close(X.grad, upstream * 4 * s * (1 - s))

# %%
# HIDDEN
def test_scaled_sigmoid_leaves_its_input_alone(scaled_sigmoid):
    import torch

    X = torch.tensor([-4.0, 3.0, -0.5])
    scaled_sigmoid(X)
    assert torch.equal(X, torch.tensor([-4.0, 3.0, -0.5])), "X must keep its values: return a new tensor."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Close to the diagonal
#
# An activation suits Xavier initialisation where its curve hugs the dashed diagonal. Your function does so
# over a wider range than tanh. The plain sigmoid is somewhere else altogether.

# %% tags=["otter_ignore"]
x = torch.linspace(-5, 5, 301)
fig, ax = plt.subplots(figsize=(6, 3.6), layout="constrained")
ax.plot(x, x, color="black", linestyle="--", linewidth=1, label="$x$")
for y, name in [(torch.sigmoid(x), r"$\sigma(x)$"), (torch.tanh(x), r"$\tanh(x)$")]:
    ax.plot(x, y, label=name)
ax.plot(x, scaled_sigmoid(x), linewidth=2.5, label=r"$4\sigma(x) - 2$")
ax.set(xlabel="$x$", ylabel="output", ylim=(-2.5, 2.5))
ax.grid(alpha=0.3)
ax.legend()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: activation_variances

# %% [markdown]
# ## 6 · Watching the signal
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
# The tests have thousands of entries per layer and do not mind whether you divide by $N$ or $N - 1$.
#
# <details><summary>Hint: my list is too long, or all entries are almost equal</summary>
#
# A list that is one too long begins with the variance of `X`; note the variance *after* each layer. If each
# layer seems to have no effect, it was perhaps given `X` again. Overwrite one variable with the layer's
# output, and give that to the next layer. A `Sequential` can be looped over like a list.
# </details>

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
        message = f"Expected about {expected}, got {float(variance):.4f}."
        assert abs(float(variance) / expected - 1) < 0.01, message

# %%
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
        message = f"Expected about {right:.3f}, got {float(variance):.3f}."
        assert abs(float(variance) / right - 1) < 0.01, message

# %%
def test_activation_variances_only_measures(activation_variances):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh())
    variances = activation_variances(net, torch.randn(50, 3))
    assert len(variances) == 2, f"Two layers make a list of two numbers, got {len(variances)}."
    for variance in variances:
        attached = isinstance(variance, torch.Tensor) and variance.requires_grad
        assert not attached, "The variances must be plain numbers, without a graph."
    assert net.training, "The training mode must stay as it was."
    assert net[0].weight.requires_grad, "The parameters must stay as they were."
    assert net[0].weight.grad is None, "The gradients must stay as they were."

# %%
# HIDDEN
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
    assert all(abs(float(v) - e) <= 2e-3 * e for v, e in zip(variances, expected)), message

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
    assert all(abs(float(v) - e) <= 2e-3 * e for v, e in zip(variances, expected)), message

# %%
# HIDDEN
def test_activation_variances_leaves_the_network_as_it_was(activation_variances, judge):
    def measure(activation_variances):
        import torch
        from torch import nn

        report = []
        for training in (True, False):
            net = nn.Sequential(nn.Linear(5, 6), nn.ReLU(), nn.Linear(6, 3)).train(training)
            net[0].weight.grad = torch.full((6, 5), 3.0)
            before = [p.detach().clone() for p in net.parameters()]
            X = torch.randn(40, 5)
            input_before = X.clone()
            numbers = activation_variances(net, X)
            attached = any(torch.is_tensor(v) and v.requires_grad for v in numbers)
            report.append(
                {
                    "attached": attached,
                    "values": all(torch.equal(p.detach(), b) for p, b in zip(net.parameters(), before)),
                    "input": torch.equal(X, input_before),
                    "old gradient": None if net[0].weight.grad is None else net[0].weight.grad.unique().tolist(),
                    "new gradient": net[2].weight.grad is not None,
                    "modes": [m.training == training for m in net.modules()],
                    "learns": [p.requires_grad for p in net.parameters()],
                    "hooks": sum(len(m._forward_hooks) for m in net.modules()),
                }
            )
        return report

    for seen in judge.probe(measure, activation_variances):
        assert not seen["attached"], "The variances must be plain numbers, without a graph."
        assert seen["values"] and all(seen["learns"]), "The parameters must stay as they were."
        assert seen["input"], "X must stay as it was."
        kept = seen["old gradient"] == [3.0] and not seen["new gradient"]
        assert kept, "The gradients must stay as they were."
        assert all(seen["modes"]), "The training mode of every layer must stay as it was."
        assert seen["hooks"] == 0, "A hook that you add must be removed again."

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

# %% [raw]
# # BEGIN QUESTION
# name: gradient_norms

# %% [markdown]
# ## 7 · Watching the gradient
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
# Then an earlier gradient is still in `.grad`, and the new one was added to it. `net.zero_grad()` clears all
# of them. When must that happen: before `backward()`, or after?
# </details>

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
def test_gradient_norms_of_the_example(on_the_example, gradient_norms):
    norms = on_the_example(gradient_norms)
    expected = {"0.weight": 30.0, "0.bias": 6.0, "1.weight": 3.0, "1.bias": 3.0}
    assert isinstance(norms, dict), f"Return a dictionary, got {type(norms).__name__}."
    assert set(norms) == set(expected), f"The keys must be {sorted(expected)}, got {list(norms)}."
    for name, norm in expected.items():
        got = float(norms[name])
        assert abs(got - norm) < 1e-3, f"The norm of {name} is {norm}, got {got:.4f}."

# %%
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
# HIDDEN
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
    def measure(gradient_norms):
        import torch
        from torch import nn

        net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
        before = [p.detach().clone() for p in net.parameters()]
        norms = gradient_norms(net, net(torch.randn(5, 4)).exp().mean())
        same = [torch.equal(p.detach(), b) for p, b in zip(net.parameters(), before)]
        return same, [p.requires_grad for p in net.parameters()], len(norms)

    same, learns, count = judge.probe(measure, gradient_norms)
    assert count == 4, "There must be one entry for each parameter."
    assert all(same) and all(learns), "The parameters must keep their values and still require a gradient."

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
#   weight is the signal from below times the error from above, and in every layer one of the two is tiny. So
#   all gradients are about $10^{-20}$: nothing will ever be learned.
# - With 0.3, tanh is driven into its flat ends: the variance is close to 1 because most outputs are close to
#   $+1$ or $-1$, and the gradient grows on its way down.
# - With Xavier, both stay within reach.

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
for name, init in [("std 0.01", init_normal(0.01)), ("std 0.3", init_normal(0.3)), ("Xavier", init_xavier)]:
    net = make_net([100] * (depth + 1), init)
    variances = [float(v) for v in activation_variances(net, X)[1::2]]
    norms = gradient_norms(net, (net(X) * torch.randn(200, 100)).mean())
    weights = [float(norm) for key, norm in norms.items() if key.endswith("weight")]
    left.semilogy(range(1, depth + 1), variances, marker="o", markersize=4, label=name)
    right.semilogy(range(1, depth + 1), weights, marker="o", markersize=4, label=name)
ticks = [1, 5, 10, 15, 20]
left.set(xlabel="layer", xticks=ticks, title="variance of the output", ylim=(1e-20, 100))
right.set(xlabel="layer", xticks=ticks, title="norm of the weight's gradient", ylim=(1e-24, 1e6))
left.legend()
right.legend()
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
for name, activation in [("sigmoid", nn.Sigmoid), ("tanh", nn.Tanh), ("scaled sigmoid", ScaledSigmoid)]:
    net = make_net([100] * (depth + 1), init_xavier, activation)
    norms = gradient_norms(net, (net(X) * torch.randn(200, 100)).mean())
    weights = [float(norm) for key, norm in norms.items() if key.endswith("weight")]
    ax.semilogy(range(1, depth + 1), weights, marker="o", markersize=4, label=name)
ax.set(xlabel="layer", xticks=[1, 5, 10, 15, 20], title="norm of the weight's gradient, Xavier start")
ax.legend()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: vanishing_factor

# %% [markdown]
# ## 8 · Quiz: ten sigmoids deep
#
# On its way down, the gradient is multiplied at each sigmoid by its slope
# $\sigma'(x) = \sigma(x)\,\big(1 - \sigma(x)\big)$. Leave the weights out of it: suppose that every unit sits
# at the point where its sigmoid is *steepest*.
#
# **Your task.** Set `vanishing_factor` to the largest number that the slopes of **ten** stacked sigmoids can
# multiply to. You may let Python calculate; three digits are enough.
#
# <details><summary>Hint: what is multiplied with what?</summary>
#
# First find the largest slope: question 5 says what it is at the origin, and the curve is nowhere steeper.
# Each of the ten layers brings this factor once. Factors multiply, they do not add.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
vanishing_factor = 0.25**10  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_vanishing_factor_is_a_positive_number(vanishing_factor):
    is_number = hasattr(vanishing_factor, "__float__") and not isinstance(vanishing_factor, bool)
    assert is_number, "vanishing_factor must be a number."
    assert float(vanishing_factor) > 0, "Slopes of the sigmoid are positive, and so is their product."

# %%
# HIDDEN
def test_vanishing_factor_is_the_largest_product(vanishing_factor):
    message = "Find the largest slope of the sigmoid, and multiply ten of them."
    is_number = hasattr(vanishing_factor, "__float__")
    assert is_number and abs(float(vanishing_factor) / 0.25**10 - 1) < 1e-3, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you have now
#
# Two instruments to look inside a network, a start that keeps signal and gradient alive, and a belt for the
# case that a gradient explodes all the same. When training goes nowhere, measure first.

# %% [raw]
# # BEGIN QUESTION
# name: clip_gradients

# %% [markdown]
# ## 1 · When gradients explode: clipping (15 min)
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
# - `params` is a list, or what `net.parameters()` returns, through which one can walk only once.
# - It changes the `.grad` of the parameters, **in place**. The parameters themselves stay what they are.
# - A parameter whose `.grad` is `None` has taken no part in `backward()`. It is **skipped**.
# - It **returns the joint norm before clipping**, as a Python `float`. You will want to log it.
#
# `torch.nn.utils.clip_grad_norm_` does the same. Try to write it yourself.
#
# <details><summary>Hint: "NoneType has no attribute …"</summary>
#
# A parameter that took no part in `backward()` has no gradient. First collect the gradients that exist.
#
# <details><summary>The next line</summary>
#
# `grads = […]`, with the condition `p.grad is not None`. A list may be walked through twice, what
# `net.parameters()` returns may not.
# </details></details>
#
# <details><summary>Hint: gradients below the limit change, too</summary>
#
# $\min(1, \dots)$ means that nothing is ever made longer. Decide once, with one `if`, whether anything has
# to be scaled.
#
# <details><summary>The next line</summary>
#
# `if norm > theta:`, and below it the loop that scales, by the same factor for all.
# </details></details>
#
# <details><summary>Hint: the norm is not 13 for the example</summary>
#
# Compute *one* number from all gradients: add up the squares of every entry, of all of them, and take the
# root at the very end.
#
# <details><summary>The next line</summary>
#
# `grad.square().sum().item()` is the share of one gradient: 25 and 144 in the example.
# </details></details>

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
# CORE
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
# CORE
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
# CORE
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
def test_clip_gradients_clips_what_backward_left(clip_gradients, judge):
    import torch
    from torch import nn

    def measure(clip_gradients, net):
        # As it is mostly called: what parameters() returns can be walked through once.
        return clip_gradients(net.parameters(), 0.1)

    net = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 2))
    net(torch.randn(5, 3)).mul(30).square().sum().backward()
    before = [p.grad.clone() for p in net.parameters()]
    expected = torch.cat([grad.reshape(-1) for grad in before]).norm().item()
    norm = judge.probe(measure, clip_gradients, net)
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
# Six gradients of one parameter with two entries. Left, each entry is cut at $\pm 1.5$: arrows leave their dotted
# lines, and two different gradients (1 and 2) become one. Right, your `clip_gradients`: an arrow that ends outside
# the circle is pulled back to it along its own line.

# %% tags=["otter_ignore"]
arrows = torch.tensor([[4.0, 2.0], [2.5, 3.0], [-1.0, 3.5], [-0.8, 0.7], [-3.0, -2.0], [1.0, -3.0]])
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
        ax.text(*(1.12 * g).tolist(), str(i + 1), ha="center", va="center", fontsize=9)
        ax.annotate("", p.grad.tolist(), (0, 0), arrowprops={"arrowstyle": "-|>", "color": f"C{i}", "lw": 2})
    ax.set(title=title, xlabel="first entry", xlim=(-4.8, 4.8), ylim=(-4.3, 4.3), aspect="equal")
axes[0].set_ylabel("second entry")
axes[0].add_patch(plt.Rectangle((-1.5, -1.5), 3, 3, fill=False, color="0.6"))
axes[1].add_patch(plt.Circle((0, 0), 1.5, fill=False, color="0.6"))
print("In the picture: six numbered gradients as dotted lines, and what is left of each as an arrow. In the square on the left arrows\n"
      "1 and 2 are one, and several leave their lines. In the circle on the right each arrow lies on its own line.")
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

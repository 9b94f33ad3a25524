# %% [raw]
# # BEGIN QUESTION
# name: sgd_weight_decay

# %% [markdown]
# ## 4 · The decaying step (10 min)
#
# Take a step of gradient descent on the loss with its penalty. The penalty's gradient is $\mathbf w$ itself,
# so we can write it down without autograd:
#
# $$\mathbf w \leftarrow \mathbf w - \eta\,(\nabla L + \lambda \mathbf w)
# = (1 - \eta\lambda)\, \mathbf w - \eta\, \nabla L .$$
#
# First the weight *decays* by the factor $1 - \eta\lambda$, then it takes the usual step. Hence the name.
#
# **Example.** With $w = (2, -4)$, gradient $(3, -1)$, $\eta = 0.1$ and $\lambda = 0.5$:
# $0.95 \cdot (2, -4) - 0.1 \cdot (3, -1) = (1.6, -3.7)$.
#
# **Your task.** Write `sgd_weight_decay(params, lr, weight_decay)`. It makes this step **in place** for every
# parameter in the list, with the gradient in `param.grad`. The step itself leaves no trace in the graph:
# parameters remain leaves that require gradients. It returns nothing.
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation"</summary>
#
# Autograd does not want to see the step.
#
# <details><summary>The next line</summary>
#
# Put it inside `with torch.no_grad():`, the loop included.
# </details></details>
#
# <details><summary>Hint: nothing changes</summary>
#
# `param = param - …` makes a new tensor and gives it an old name. In place are `-=`, `*=`, `sub_`, `mul_`,
# `copy_`.
#
# <details><summary>The next line</summary>
#
# Two lines per parameter are enough: one that begins `param *= …`, and one that begins `param -= …`.
# </details></details>
#
# <details><summary>Hint: the numbers differ a little</summary>
#
# Does the decay see the weight from *before* the step? And is it $\eta\lambda$, not $\lambda$ alone?
#
# <details><summary>The next line</summary>
#
# The decay comes first. For the example, print `w` between the two: $0.95 \cdot (2, -4) = (1.9, -3.8)$.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def sgd_weight_decay(params: list[torch.Tensor], lr: float, weight_decay: float) -> None:
    """One step of gradient descent with weight decay, in place, outside the graph.

    For every p in params: p <- (1 - lr * weight_decay) * p - lr * p.grad.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        for param in params:
            param *= 1 - lr * weight_decay
            param -= lr * param.grad
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_sgd_weight_decay_gives_the_example(sgd_weight_decay):
    import torch

    w, b = torch.tensor([2.0, -4.0], requires_grad=True), torch.tensor([10.0], requires_grad=True)
    (3 * w[0] - w[1] + 5 * b).sum().backward()
    sgd_weight_decay([w, b], lr=0.1, weight_decay=0.5)
    unchanged = torch.equal(w.detach(), torch.tensor([2.0, -4.0]))
    assert not unchanged, "The parameter is what it was: the step must change it in place."
    torch.testing.assert_close(w.detach(), torch.tensor([1.6, -3.7]))
    torch.testing.assert_close(b.detach(), torch.tensor([9.0]))

# %%
def test_sgd_weight_decay_leaves_leaves_behind(sgd_weight_decay):
    import torch

    w = torch.tensor([2.0, -4.0], requires_grad=True)
    (w * w).sum().backward()
    sgd_weight_decay([w], 0.1, 0.5)
    assert w.requires_grad, "The parameter must still require a gradient."
    assert w.is_leaf, "The parameter must still be a leaf: the step is no part of the graph."
    torch.testing.assert_close(w.detach(), torch.tensor([1.5, -3.0]))

# %%
# HIDDEN
# CORE
def test_sgd_weight_decay_steps_every_parameter(sgd_weight_decay):
    import torch

    for lr, weight_decay in [(0.1, 3.0), (0.5, 0.2), (2.0, 0.9)]:
        params, expected = [], []
        for shape in [(4, 3), (3,), (3, 1), (1,)]:
            value = 4 * torch.randn(shape, dtype=torch.float64)
            gradient = 4 * torch.randn(shape, dtype=torch.float64)
            w = value.clone().requires_grad_()
            (w * gradient).sum().backward()
            params.append(w)
            expected.append((1 - lr * weight_decay) * value - lr * gradient)
        sgd_weight_decay(params, lr, weight_decay)
        for w, right in zip(params, expected):
            torch.testing.assert_close(w.detach(), right)

# %%
# HIDDEN
def test_sgd_weight_decay_without_decay_is_plain_descent(sgd_weight_decay):
    import torch

    value, gradient = torch.randn(3, 2), torch.randn(3, 2)
    w = value.clone().requires_grad_()
    (w * gradient).sum().backward()
    sgd_weight_decay([w], 0.3, 0.0)
    torch.testing.assert_close(w.detach(), value - 0.3 * gradient)

# %%
# HIDDEN
def test_sgd_weight_decay_can_be_repeated(sgd_weight_decay):
    import torch

    w, target = torch.randn(5, dtype=torch.float64, requires_grad=True), torch.randn(5, dtype=torch.float64)
    right = w.detach().clone()
    for _ in range(7):
        right = (1 - 0.05 * 0.8) * right - 0.05 * 2 * (right - target)
        w.grad = None
        ((w - target) ** 2).sum().backward()
        sgd_weight_decay([w], 0.05, 0.8)
        assert w.is_leaf, "The parameter must still be a leaf: the step is no part of the graph."
        torch.testing.assert_close(w.detach(), right)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Weight decay at work
#
# Back to the polynomials of Part A. Fourteen noisy points, and a polynomial of degree 12, which can run
# through nearly all of them. (Its twelve columns are the *Chebyshev polynomials* $T_k(x) = \cos(k \arccos
# x)$: they span the same polynomials as the powers of $x$, but gradient descent does not creep.) All weights
# start at 0, your step trains them, and the three pictures differ in nothing but $\lambda$.

# %% tags=["otter_ignore"]
torch.manual_seed(2)


def chebyshev(x, degree=12):
    return torch.cos(torch.arange(1, degree + 1) * torch.arccos(x)[:, None])


x_few = torch.linspace(-1, 1, 14, dtype=torch.float64)
x_many = torch.rand(500, dtype=torch.float64) * 2 - 1
y_few, y_many = (torch.sin(3 * x) + 0.5 * torch.randn_like(x) for x in (x_few, x_many))

decay_errors = {}
fig, axes = plt.subplots(1, 3, figsize=(12, 3.4), sharey=True)
for ax, decay in zip(axes, [0.0, 0.1, 3.0]):
    w = torch.zeros(12, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    for _ in range(3000):
        w.grad = b.grad = None
        ((chebyshev(x_few) @ w + b - y_few) ** 2).mean().div(2).backward()
        sgd_weight_decay([w], 0.3, decay)
        sgd_weight_decay([b], 0.3, 0.0)
    with torch.no_grad():
        known, fresh = (
            ((chebyshev(x) @ w + b - y) ** 2).mean().item() for x, y in ((x_few, y_few), (x_many, y_many))
        )
        ax.plot(x_many, y_many, ".", color="0.85", label="fresh")
        ax.plot(x_few, y_few, "o", color="#1f5fa5", label="known")
        ax.plot(grid, chebyshev(grid) @ w + b, color="#d1495b")
    decay_errors[decay] = known, fresh
    ax.set(ylim=(-3, 3), xlabel="x")
    ax.set_title(f"λ = {decay:g}: penalty {l2_penalty(w).item():.2f}\nerror: known {known:.2f}, fresh {fresh:.2f}")
axes[0].set_ylabel("y")
axes[0].legend(loc="lower right")
plt.tight_layout()
print("In the picture: three times the same 14 large dots on a cloud of fresh ones. Without decay the curve meets the dots and shoots\n"
      "off at both ends; with 0.1 it is calm and follows the cloud; with 3 it hardly leaves zero.")
plt.show()

# %% [markdown]
# Without decay the curve goes out of its way to meet points that are noise, and needs large weights for it.
# With a little decay it misses the known points by more, and the fresh ones by less: no single point is worth
# a large weight any more. With a lot of decay even the wave itself is too expensive. So $\lambda$ is a knob
# between overfitting and underfitting, and the training error cannot tell you how to turn it. (The bias is
# not decayed here. That is a common choice: a model that is off by a constant is not a complicated one.)

# %% [markdown]
# ---
# # Part C · Dropout
#
# A network can also fit its training data by *co-adaptation*: units that make sense only together, each one
# correcting the errors of another. Dropout breaks such arrangements. In every training step it silences units
# at random, so that no unit can count on another to be there.

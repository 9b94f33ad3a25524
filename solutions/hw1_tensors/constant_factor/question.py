# %% [raw]
# # BEGIN QUESTION
# name: constant_factor

# %% [markdown]
# ## 8 · Treating a factor as a constant (5 min)
#
# Sometimes a quantity is computed from $\mathbf{x}$, yet the gradient must not flow through it. The
# target in reinforcement learning is such a case, or a weight that says how much an example counts. You
# want its *value*, and you want autograd to take it for a plain number.
#
# Take $\mathbf{u} = \mathbf{x} \odot \mathbf{x}$ and $\mathbf{z} = \mathbf{u} \odot \mathbf{x}$, where
# $\odot$ multiplies entry by entry. There are two ways to differentiate $\sum_i z_i$:
#
# $$\text{everything depends on } \mathbf{x}:\quad \frac{\partial}{\partial x_i} \sum_j x_j^3 = 3 x_i^2 ,
# \qquad\qquad \mathbf{u} \text{ is a constant}:\quad \frac{\partial}{\partial x_i} \sum_j u_j x_j = u_i
# = x_i^2 .$$
#
# `detach()` makes the second one possible: it returns a tensor with the same numbers that has no history,
# so the walk back through the graph ends there.
#
# **Your task.** Write `constant_factor(x)`: the gradient of $\sum_i z_i$ with respect to `x`, with
# $\mathbf{u} = \mathbf{x} \odot \mathbf{x}$ taken as a **constant**. The tensor `x` may have any shape,
# watched or not, and is left **as it was** (its `requires_grad` and its `.grad` too).
#
# **Example.** For $\mathbf{x} = (0, 1, 2, 3)$ it is $(0, 1, 4, 9)$.
#
# <details><summary>Hint: my result is three times too large</summary>
#
# Then nothing was detached, and you differentiated $x^3$. Write $\mathbf{u}$ and $\mathbf{z}$ as two lines,
# and ask for each of the three factors $x$: should the gradient pass here?
#
# <details><summary>The next line</summary>
#
# Before `z = u * x`, cut `u` off from its history. Print `u.requires_grad`: it should be `False`, while
# that of `z` is `True`.
# </details></details>
#
# <details><summary>Hint: my result is two times too large</summary>
#
# You detached the factor $x$ in $\mathbf z$, and not $\mathbf{u}$. The gradient may pass through this last
# factor only.
#
# <details><summary>The next line</summary>
#
# Which of the two names in `z = u * x` should have no history? Call `detach()` where that one is made.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def constant_factor(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of the sum of z = u * x at x, where u = x * x counts as a constant.

    x has any shape, and the result has the same. x, its requires_grad and its grad are as before.
    """
    # BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    u = (x * x).detach()
    z = u * x
    (gradient,) = torch.autograd.grad(z.sum(), x)
    return gradient
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_constant_factor_at_0_1_2_3(constant_factor):
    import torch

    for dtype in (torch.float32, torch.float64):
        result = constant_factor(torch.arange(4.0, dtype=dtype))
        torch.testing.assert_close(result, torch.tensor([0.0, 1.0, 4.0, 9.0], dtype=dtype))

# %%
def test_constant_factor_leaves_x_alone(constant_factor):
    import torch

    x = torch.tensor([[1.0, -2.0], [3.0, 0.5]])
    torch.testing.assert_close(constant_factor(x), torch.tensor([[1.0, 4.0], [9.0, 0.25]]))
    assert x.tolist() == [[1.0, -2.0], [3.0, 0.5]], "The numbers of x must stay."
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_constant_factor_of_a_watched_x_that_has_a_gradient(constant_factor):
    import torch

    x = torch.arange(4.0, requires_grad=True)
    x.grad = torch.tensor([5.0, -6.0, 7.0, -8.0])
    torch.testing.assert_close(constant_factor(x), torch.tensor([0.0, 1.0, 4.0, 9.0]))
    assert x.requires_grad, "x was watched before, so it must still be watched."
    assert x.grad is not None, "The gradient that x carried before is gone."
    assert x.grad.tolist() == [5.0, -6.0, 7.0, -8.0], "The gradient that x carried before has changed."

# %%
# HIDDEN
# CORE
def test_constant_factor_of_other_tensors(constant_factor):
    import torch

    x = 4 * torch.randn(3, 5, 2, dtype=torch.float64)
    for _ in range(2):
        torch.testing.assert_close(constant_factor(x), x**2)
    for part in (x.transpose(0, 2), x[:, ::2], x[1, :, 1], x.float()):
        torch.testing.assert_close(constant_factor(part), part**2)

# %%
# HIDDEN
def test_constant_factor_of_one_number_and_of_none(constant_factor):
    import torch

    torch.testing.assert_close(constant_factor(torch.tensor(-7.0)), torch.tensor(49.0))
    assert tuple(constant_factor(torch.empty(0, 3)).shape) == (0, 3), "No entries: an empty gradient."

# %%
# HIDDEN
def test_constant_factor_leaves_no_traces(constant_factor):
    import torch

    for x in (torch.tensor([-1.0, 8.0, 2.0]), 5 * torch.randn(2, 4), torch.tensor(3.0)):
        before = x.clone()
        first = constant_factor(x)
        torch.testing.assert_close(first, before**2)
        assert not x.requires_grad, "x was not watched before, so it must not be watched now."
        assert x.grad is None, "A gradient is left on x."
        assert torch.equal(x, before), "The numbers of x must stay."
        torch.testing.assert_close(constant_factor(2 * x), 4 * before**2)
        torch.testing.assert_close(first, before**2, msg="A second call has changed the result of the first.")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The same function, differentiated in two ways. Both are right answers, to two different questions.

# %% tags=["otter_ignore"]
x = torch.linspace(-2, 2, 101)
watched = x.clone().requires_grad_()
(watched**3).sum().backward()
plt.figure(figsize=(6, 3.2), layout="constrained")
plt.plot(x, x**3, color="gray", linestyle=":", label="$z = x^3$")
plt.plot(x, watched.grad, color="tab:blue", label="nothing detached: $3x^2$")
plt.plot(x, constant_factor(x), color="tab:orange", linestyle="--", label="constant_factor(x): $x^2$")
plt.xlabel("$x$")
plt.ylabel("$z$ and its two gradients")
plt.legend()
plt.grid(alpha=0.3)
print("In the picture: x cubed (dotted) over x from -2 to 2; its gradient 3x² (solid), up to 12 at both ends;\n"
      "and yours, x² (dashed), a third as high everywhere. All three meet in 0.")
plt.show()

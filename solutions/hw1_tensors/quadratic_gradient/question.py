# %% [raw]
# # BEGIN QUESTION
# name: quadratic_gradient

# %% [markdown]
# ## 6 · The gradient of a quadratic, without traces (10 min)
#
# Take the function
#
# $$y = 2\,\mathbf{x}^\top\mathbf{x} = 2\sum_i x_i^2 , \qquad \nabla_{\mathbf{x}}\, y = 4\,\mathbf{x} .$$
#
# **Example.** For $\mathbf{x} = (0, 1, 2, 3)$ we get $y = 28$, with the gradient $(0, 4, 8, 12)$.
#
# **Your task.** Write `quadratic_gradient(x)`: compute $y$ from a vector `x`, let **autograd** differentiate
# it, and return the gradient. (Returning `4 * x` would be right for this one function. You are to learn the
# way that works for every function, so the hidden checks look whether autograd was used.)
#
# Be a good guest. The function may be called in the middle of somebody's training loop:
#
# - the returned gradient has **no graph attached**: its `requires_grad` is `False`;
# - `x` looks **as before**: if it was not watched, it is not watched now and its `.grad` is `None`. If it
#   was a watched parameter, it still is, and a `.grad` that it carried is still there, unchanged.
#
# <details><summary>Hint: a second call gives twice the gradient</summary>
#
# You called `backward` on something that leads back to the caller's `x`, and `backward` adds to `x.grad`.
# `torch.autograd.grad(y, …)` returns the gradient and stores nothing.
#
# <details><summary>The next line</summary>
#
# `torch.autograd.grad` answers with a tuple, one gradient for each tensor that you named. Unpack it:
# `(gradient,) = torch.autograd.grad(…)`.
# </details></details>
#
# <details><summary>Hint: after the call, x has a .grad that it did not have before</summary>
#
# Differentiate with respect to a tensor of your own that has the same numbers and no history. Print
# `requires_grad` and `grad` of the caller's `x` before and after.
#
# <details><summary>The next line</summary>
#
# `own = x.detach().clone()` has the same numbers, and nobody else holds it. What must be said to it before
# autograd watches it?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def quadratic_gradient(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of y = 2·xᵀx at the vector x of shape (n,), computed by autograd: (n,).

    The result has no graph attached. x, its requires_grad and its grad are as before.
    """
    # BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    y = 2 * torch.dot(x, x)
    (gradient,) = torch.autograd.grad(y, x)
    return gradient
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_quadratic_gradient_at_0_1_2_3(quadratic_gradient):
    import torch

    x = torch.arange(4.0)
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    assert quadratic_gradient(x.double()).dtype == torch.float64, "float64 in, float64 out."

# %%
# CORE
def test_quadratic_gradient_has_no_graph_attached(quadratic_gradient):
    import torch

    assert not quadratic_gradient(torch.arange(4.0)).requires_grad, "The result still has a graph attached."
    watched = torch.arange(4.0, requires_grad=True)
    assert not quadratic_gradient(watched).requires_grad, "The result still has a graph attached."

# %%
def test_quadratic_gradient_leaves_a_plain_x_alone(quadratic_gradient):
    import torch

    x = torch.arange(4.0)
    quadratic_gradient(x)
    assert x.tolist() == [0.0, 1.0, 2.0, 3.0], "The numbers of x must stay."
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_quadratic_gradient_leaves_a_watched_x_alone(quadratic_gradient):
    import torch

    x = torch.arange(4.0, requires_grad=True)
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    assert x.requires_grad, "x was watched before, so it must still be watched."
    assert x.grad is None, "A gradient is left on x."
    x.grad = torch.tensor([5.0, -6.0, 7.0, -8.0])
    torch.testing.assert_close(quadratic_gradient(x), torch.tensor([0.0, 4.0, 8.0, 12.0]))
    assert x.grad is not None, "The gradient that x carried before is gone."
    assert x.grad.tolist() == [5.0, -6.0, 7.0, -8.0], "The gradient that x carried before has changed."

# %%
# HIDDEN
def test_quadratic_gradient_of_other_vectors(quadratic_gradient):
    import torch

    x = torch.tensor([-9.5, 0.25, 7.0, -0.125, 64.0, 3.0, -2.0], dtype=torch.float64)
    expected = torch.tensor([-38.0, 1.0, 28.0, -0.5, 256.0, 12.0, -8.0], dtype=torch.float64)
    torch.testing.assert_close(quadratic_gradient(x), expected)
    torch.testing.assert_close(quadratic_gradient(x[::3]), expected[::3])
    torch.testing.assert_close(quadratic_gradient(x[4:5].float()), expected[4:5].float())

# %%
# HIDDEN
# CORE
def test_quadratic_gradient_uses_autograd(quadratic_gradient, judge):
    import torch

    def measure(quadratic_gradient, x):
        import torch
        from torch.autograd import Variable, forward_ad

        engine, make_dual, runs = Variable._execution_engine, forward_ad.make_dual, []

        class Watch:
            def run_backward(self, *args, **kwargs):
                runs.append("backward")
                return engine.run_backward(*args, **kwargs)

            def __getattr__(self, name):
                return getattr(engine, name)

        def watched_dual(*args, **kwargs):
            runs.append("forward")
            return make_dual(*args, **kwargs)

        Variable._execution_engine, forward_ad.make_dual = Watch(), watched_dual
        try:
            gradient = quadratic_gradient(x)
        finally:
            Variable._execution_engine, forward_ad.make_dual = engine, make_dual
        return len(runs), gradient.detach() if isinstance(gradient, torch.Tensor) else gradient

    x = 5 * torch.randn(6)
    runs, gradient = judge.probe(measure, quadratic_gradient, x)
    torch.testing.assert_close(gradient, 4 * x)
    assert runs > 0, "Let autograd compute the gradient: build y, then differentiate it."

# %%
# HIDDEN
def test_quadratic_gradient_leaves_no_traces(quadratic_gradient):
    import torch

    for n in (3, 1, 8):
        numbers = 5 * torch.randn(n)
        for watched in (False, True):
            x = numbers.clone().requires_grad_(watched)
            gradient = quadratic_gradient(x)
            torch.testing.assert_close(gradient, 4 * numbers)
            assert not gradient.requires_grad, "The result still has a graph attached."
            assert x.requires_grad == watched, "x must be watched afterwards if it was before, and only then."
            assert x.grad is None, "A gradient is left on x."
            assert torch.equal(x.detach(), numbers), "The numbers of x must stay."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# A gradient is best understood as a field of arrows. Below, the rings join points of equal $y$. Each arrow
# is one call of your function. It points where $y$ grows fastest, at a right angle to the ring, and it is
# longer where the slope is steeper. Training walks against the arrows.

# %% tags=["otter_ignore"]
ticks = torch.linspace(-2, 2, 9)
points = torch.cartesian_prod(ticks, ticks)
arrows = torch.stack([quadratic_gradient(point) for point in points])
line = torch.linspace(-2.5, 2.5, 200)
heights = 2 * (line[:, None] ** 2 + line[None, :] ** 2)
plt.figure(figsize=(4.6, 4.4), layout="constrained")
plt.contour(line, line, heights, levels=[0.5, 2, 4.5, 8, 12.5, 18], cmap="viridis")
plt.quiver(*points.T, *arrows.T, color="tab:red", angles="xy", scale=110, width=0.005)
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.title(r"$y = 2\,\mathbf{x}^\top\mathbf{x}$ and its gradient")
plt.gca().set_aspect("equal")
print("In the picture: circles around the origin, on each of which y is the same, and 80 arrows that all point straight outwards,\n"
      "at right angles to the circles. The farther out they start, the longer they are.")
plt.show()

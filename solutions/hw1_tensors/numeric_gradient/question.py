# %% [raw]
# # BEGIN QUESTION
# name: numeric_gradient

# %% [markdown]
# ## 9 · A gradient without calculus (15 min)
#
# How do you know that a gradient is right? Check it with something that knows nothing of graphs: nudge one
# entry of $\mathbf{x}$ a little up, then a little down, and see how much $f$ moves. This is the **central
# difference**:
#
# $$\frac{\partial f}{\partial x_i} \;\approx\;
# \frac{f(\mathbf{x} + \varepsilon\,\mathbf{e}_i) - f(\mathbf{x} - \varepsilon\,\mathbf{e}_i)}{2\,\varepsilon} ,$$
#
# where $\mathbf{e}_i$ is 1 at entry $i$ and 0 elsewhere. So only *one* entry is nudged at a time.
#
# Why on both sides? The Taylor series says how wrong each rule is:
#
# $$\underbrace{\frac{f(x+\varepsilon) - f(x)}{\varepsilon}}_{\text{one-sided}} = f'(x) +
# \frac{\varepsilon}{2} f''(x) + \dots \qquad
# \underbrace{\frac{f(x+\varepsilon) - f(x-\varepsilon)}{2\varepsilon}}_{\text{central}} = f'(x) +
# \frac{\varepsilon^2}{6} f'''(x) + \dots$$
#
# With two sides the term in $\varepsilon$ cancels.
#
# **Example.** Try it for $f(x) = x^3$ at $x = 2$ with
# $\varepsilon = 0.1$. The true slope is $12$.
#
# $$\text{one-sided: } \frac{9.261 - 8}{0.1} = 12.61 , \qquad
# \text{central: } \frac{9.261 - 6.859}{0.2} = 12.01 .$$
#
# **Your task.** Write `numeric_gradient(f, x, eps=1e-3)` for a function $f$ from a tensor to a single number.
#
# - `x` has **any shape** and layout. Call `f` with tensors of that shape. The result has the shape and the
#   dtype of `x`.
# - Use the step `eps` that you are given, and **no autograd**: your function must work for an `f` that
#   autograd cannot see through. A loop is fine.
# - Afterwards `x` holds the numbers that it held before.
#
# <details><summary>Hint: the first entry is right, the later ones are not</summary>
#
# Then the nudge of an earlier entry is still there when you come to the next one. Nudge a fresh copy each
# time, or remember the old number and put it back.
#
# <details><summary>The next line</summary>
#
# In the loop, begin anew each time: `nudge = torch.zeros(x.numel(), …)`, and give entry `i` the step.
# </details></details>
#
# <details><summary>Hint: all zeros for a transposed matrix</summary>
#
# `x.reshape(-1)` may be a copy, and `f(x)` never sees your nudge.
#
# <details><summary>The next line</summary>
#
# Make the nudge flat, bring *it* into the shape of `x`, and give `f` the sum: `f(x + nudge)`. What else
# must `f` be asked for?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def numeric_gradient(
    f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, eps: float = 1e-3
) -> torch.Tensor:
    """Return the gradient of f at x by central differences, in the shape and dtype of x.

    Entry i is (f(x + eps·eᵢ) − f(x − eps·eᵢ)) / (2·eps). f takes a tensor of the shape of x and
    returns a single number (a tensor of shape ()). No autograd. x is unchanged afterwards.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        gradient = torch.zeros(x.numel(), dtype=x.dtype, device=x.device)
        for i in range(x.numel()):
            nudge = torch.zeros_like(gradient)
            nudge[i] = eps
            nudge = nudge.reshape(x.shape)
            gradient[i] = (f(x + nudge) - f(x - nudge)) / (2 * eps)
        return gradient.reshape(x.shape)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_numeric_gradient_is_the_central_difference(numeric_gradient):
    import torch

    x = torch.tensor([2.0, -1.0], dtype=torch.float64)
    result = numeric_gradient(lambda x: (x**3).sum(), x, eps=0.1)
    expected = torch.tensor([12.01, 3.01], dtype=torch.float64)
    torch.testing.assert_close(
        result, expected, msg=lambda text: f"For x³ at 2 and -1 with eps = 0.1: 12.01 and 3.01. {text}"
    )

# %%
# CORE
def test_numeric_gradient_of_a_matrix(numeric_gradient):
    import torch

    x = torch.tensor([[1.0, -2.0, 3.0], [0.5, 7.0, -4.0]], dtype=torch.float64)
    result = numeric_gradient(lambda x: (x[0] * x[1]).sum(), x)
    expected = torch.tensor([[0.5, 7.0, -4.0], [1.0, -2.0, 3.0]], dtype=torch.float64)
    torch.testing.assert_close(result, expected, rtol=1e-6, atol=1e-6)

# %%
def test_numeric_gradient_leaves_x_as_it_was(numeric_gradient):
    import torch

    x = torch.tensor([[0.1, 0.2, 0.3], [-0.7, 1.9, 8.3]])
    before = x.clone()
    numeric_gradient(lambda x: (x * x).sum(), x)
    message = "x must hold the numbers that it held before: the nudges were not undone."
    assert torch.allclose(x, before, rtol=1e-6, atol=1e-6), message
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_numeric_gradient_needs_no_autograd(numeric_gradient):
    import torch

    x = torch.tensor(3.0, dtype=torch.float64)
    result = numeric_gradient(lambda x: x.detach() ** 2, x)
    torch.testing.assert_close(result, torch.tensor(6.0, dtype=torch.float64), rtol=1e-6, atol=1e-6)

# %%
# HIDDEN
def test_numeric_gradient_uses_the_step_it_is_given(numeric_gradient):
    import torch

    x = torch.tensor([[-3.0, 0.5], [6.5, 1.0], [2.0, -8.0]], dtype=torch.float64)
    weights = torch.tensor([[1.0, -2.0], [3.0, 0.5], [-1.0, 4.0]], dtype=torch.float64)
    for eps in (0.5, 0.02, 1.25):
        result = numeric_gradient(lambda x: (weights * x**3).sum(), x, eps=eps)
        torch.testing.assert_close(result, weights * (3 * x**2 + eps**2), rtol=1e-7, atol=1e-7)
    result = numeric_gradient(lambda x: (weights * x**3).sum(), x)
    torch.testing.assert_close(result, weights * (3 * x**2 + 1e-6), rtol=1e-8, atol=1e-8)

# %%
# HIDDEN
def test_numeric_gradient_nudges_one_entry_at_a_time(numeric_gradient):
    import torch

    x = torch.tensor([0.5, -2.0, 3.0, 1.5, -0.25], dtype=torch.float64)
    result = numeric_gradient(lambda x: x.prod() + x[1] ** 2 * x[4], x)
    expected = x.prod() / x
    expected[1] += 2 * x[1] * x[4]
    expected[4] += x[1] ** 2
    torch.testing.assert_close(result, expected, rtol=1e-6, atol=1e-6)

# %%
# HIDDEN
def test_numeric_gradient_in_other_shapes_and_layouts(numeric_gradient):
    import torch

    base = torch.linspace(-3, 3, 48, dtype=torch.float64).reshape(4, 6, 2)
    for x in (base[1].T, base[:, ::3], base.permute(2, 0, 1)[:, 1:, 2:4], base[3, :, 1], base[2, 5, 0]):
        before = base.clone()
        result = numeric_gradient(lambda x: torch.sin(x).sum() + (x * x).mean(), x)
        expected = torch.cos(x) + 2 * x / x.numel()
        torch.testing.assert_close(result, expected, rtol=1e-5, atol=1e-5)
        assert torch.equal(base, before), "x must hold exactly the numbers that it held before."

# %%
# HIDDEN
def test_numeric_gradient_calls_f_with_the_shape_of_x(numeric_gradient):
    import torch

    weights = torch.linspace(-2, 2, 12, dtype=torch.float64).reshape(3, 4)
    x = torch.tensor([[1.0, -0.5], [2.0, 0.25], [-3.0, 1.5], [0.75, 7.0]], dtype=torch.float64)
    result = numeric_gradient(lambda x: ((weights @ x) ** 2).sum(), x)
    torch.testing.assert_close(result, 2 * weights.T @ weights @ x, rtol=1e-6, atol=1e-6)

# %%
# HIDDEN
def test_numeric_gradient_in_single_precision(numeric_gradient):
    import torch

    x = torch.tensor([[0.5, -1.25, 2.0], [1.75, 0.1, -0.3]], dtype=torch.float32)
    before = x.clone()
    result = numeric_gradient(lambda x: (x**3).sum() / 4, x, eps=1e-2)
    assert result.dtype == torch.float32, "The result must have the dtype of x."
    torch.testing.assert_close(result, 0.75 * x**2, rtol=1e-2, atol=1e-2)
    message = "x must hold the numbers that it held before: the nudges were not undone."
    assert torch.allclose(x, before, rtol=1e-6, atol=1e-6), message

# %%
# HIDDEN
def test_numeric_gradient_sees_what_autograd_cannot(numeric_gradient):
    import torch

    x = torch.tensor([-3.0, 0.5, 9.0, 2.0], dtype=torch.float64)
    result = numeric_gradient(lambda x: (x.detach() * x).sum(), x)
    torch.testing.assert_close(result, 2 * x, rtol=1e-6, atol=1e-6)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# How small should $\varepsilon$ be? Not as small as possible! The error has two parts. The *rule* is wrong
# by $\varepsilon^2$ (central) or $\varepsilon$ (one-sided): the straight lines on the right. And $f$ is
# *rounded*, an error of about $10^{-16}$ in float64 that is divided by $\varepsilon$: the ragged rise on
# the left. The best step lies in between. In float32 the valley lies far to the right, which is why
# gradients are checked in float64.
#
# Keep this function. From hw3 on you will write gradients by hand, and it will be the judge of them: paste
# it there.

# %% tags=["otter_ignore"]
steps = np.logspace(-11, 0, 56).tolist()
point = torch.tensor([1.0, -0.4, 2.3], dtype=torch.float64)


def wave(x):
    return torch.sin(x).sum() + torch.exp(x).sum()


true_gradient = torch.cos(point) + torch.exp(point)


def one_sided(f, x, eps):
    return torch.stack([(f(x + eps * e) - f(x)) / eps for e in torch.eye(3, dtype=x.dtype)])


central_errors = [(numeric_gradient(wave, point, eps) - true_gradient).abs().max() for eps in steps]
one_sided_errors = [(one_sided(wave, point, eps) - true_gradient).abs().max() for eps in steps]
single_errors = [(numeric_gradient(wave, point.float(), eps) - true_gradient).abs().max() for eps in steps]
plt.figure(figsize=(6.5, 3.6), layout="constrained")
plt.loglog(steps, central_errors, color="tab:blue", label="central, float64 (yours)")
plt.loglog(steps, one_sided_errors, color="tab:orange", linestyle="--", label="one-sided, float64")
plt.loglog(steps, single_errors, color="tab:blue", linestyle=":", label="central, float32 (yours)")
plt.axvline(1e-3, color="gray", linewidth=0.8, label="default step")
plt.xlabel(r"step $\varepsilon$")
plt.ylabel("largest error")
plt.ylim(1e-12, 1e2)
plt.legend(loc="lower left", fontsize=9)
plt.grid(alpha=0.3)
print("In the picture: largest error over the step, both axes logarithmic. Each line is a valley: straight on the right, ragged\n"
      "on the left. Central (solid) is deepest, near 1e-5; one-sided (dashed) near 1e-8; float32 (dotted) near 1e-2.")
plt.show()

# %% [markdown]
# ---
# # Part C · What shape does a derivative have?
#
# A derivative holds one number for each pair of *an entry of what is differentiated* (the numerator) and
# *an entry of what we differentiate with respect to* (the denominator). How these numbers are arranged is a convention.
# Books differ, and much of the confusion about matrix calculus comes from that. We use the **numerator
# layout**, in which the chain rule reads from left to right as a plain matrix product:
#
# - the axes of the **numerator come first**, in their own order;
# - the axes of the **denominator follow, transposed**, that is, in reversed order;
# - a scalar has no axes, a vector one, a matrix two. If a **single axis** is all that comes out, it is
#   written as a matrix: the scalar's place, before the axis or after it, is filled by an axis of size 1.
#
# **A derivation.** Let $\mathbf{y} = x\,\mathbf{a}$ with a number $x$ and a vector $\mathbf{a}$ of $m$
# entries. Then $\partial y_i / \partial x = a_i$. The numerator gives the axis $m$, the denominator none; a
# single axis has come out, and the scalar stands *after* it: $(m, 1)$, a column. That is what $d\mathbf{y} =
# \mathbf{a}\, dx$ needs, a column times one number. Now let $\mathbf{Y} = x_1 \mathbf{A}_1 + \dots + x_n
# \mathbf{A}_n$, with matrices of $m \times l$ entries: $\partial Y_{ij} / \partial x_k$ is the entry $i, j$
# of $\mathbf{A}_k$, and with the axes in the order $i, j, k$ the shape is $(m, l, n)$.
#
# Three rows of the table, for a vector $\mathbf{y}\in\mathbb{R}^m$, a matrix
# $\mathbf{Y}\in\mathbb{R}^{m\times l}$, a scalar $x$ and a vector $\mathbf{x}\in\mathbb{R}^n$:
#
# | derivative | shape |
# |---|---|
# | vector by scalar, $\partial\mathbf{y}/\partial x$ | $(m, 1)$ |
# | matrix by scalar, $\partial\mathbf{Y}/\partial x$ | $(m, l)$ |
# | matrix by vector, $\partial\mathbf{Y}/\partial\mathbf{x}$ | $(m, l, n)$ |
#
# The other rows are yours.

# %%
# The sizes of the question below: all different, so that no two axes can be confused.
m, l, n, k = 2, 3, 4, 5

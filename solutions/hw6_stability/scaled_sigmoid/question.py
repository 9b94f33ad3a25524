# %% [raw]
# # BEGIN QUESTION
# name: scaled_sigmoid

# %% [markdown]
# ## 5 · A sigmoid for deep networks (5 min)
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
# <details><summary>Hint: my function does not go through the origin</summary>
#
# Put in $x = 0$ and remember $\sigma(0) = \tfrac12$. What has to be subtracted so that zero comes out?
#
# <details><summary>The next line</summary>
#
# Print `4 * torch.sigmoid(torch.tensor(0.0))`. That much is too high.
# </details></details>
#
# <details><summary>Hint: my function is too flat at the origin</summary>
#
# The stretching comes before the shift, and it stretches the *value*, not $x$.
#
# <details><summary>The next line</summary>
#
# Compare with $\sigma(1) \approx 0.7311$: four times that is $2.9242$. What separates it from $0.9242$?
# </details></details>

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
# CORE
def test_scaled_sigmoid_of_the_example(scaled_sigmoid):
    import torch

    expected = torch.tensor([-0.92423431, 0.0, 0.92423431])
    X = torch.tensor([-1.0, 0.0, 1.0])
    torch.testing.assert_close(scaled_sigmoid(X), expected)
    assert torch.equal(X, torch.tensor([-1.0, 0.0, 1.0])), "X itself has changed. Make a new tensor."
    assert scaled_sigmoid(torch.zeros(3, dtype=torch.float64)).dtype == torch.float64, "The dtype is kept."

# %%
# CORE
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
    X = torch.linspace(-120, 120, 97)
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
for y, name, style in [(torch.sigmoid(x), r"$\sigma(x)$", "-."), (torch.tanh(x), r"$\tanh(x)$", ":")]:
    ax.plot(x, y, style, label=name)
ax.plot(x, scaled_sigmoid(x), linewidth=2.5, label=r"$4\sigma(x) - 2$")
ax.set(xlabel="$x$", ylabel="output", ylim=(-2.5, 2.5))
ax.grid(alpha=0.3)
ax.legend()
print("In the picture: four curves. The scaled sigmoid (thick) leaves the dashed diagonal last, at about 1 on either side; tanh (dotted)\n"
      "leaves it sooner; the sigmoid (dash-dotted) goes from 0 to 1 and only crosses it.")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: activation_gradient

# %% [markdown]
# ## 5 · The slope of any activation (10 min)
#
# You could work out every derivative by hand. Autograd does it for you, but `backward()` wants to start
# from *one* number, and an activation returns as many numbers as it gets. The way out: entry $i$ of the
# output depends on entry $i$ of the input and on no other, so the sum of all outputs has exactly the
# slopes you want as its gradient,
#
# $$\frac{\partial}{\partial x_i} \sum_j f(x_j) = f'(x_i) .$$
#
# Passing a tensor of ones as the upstream gradient says the same.
#
# **Example.** $f(x) = x^3 - 2x$ has $f'(x) = 3x^2 - 2$, so at $[-1,\ 0,\ 2]$ the slopes are
# $[1,\ -2,\ 10]$.
#
# **Your task.** Write `activation_gradient(f, X)`. It returns a tensor in the shape and dtype of `X` with
# $f'(x)$ for every entry, computed by autograd. `f` works entry by entry. `X` may be a plain tensor, or one
# that already requires a gradient. Calling the function again with the same `X` must give the same answer:
# remember that `backward()` *adds* to the `.grad` that is already there.
#
# <details><summary>Hint: "grad can be implicitly created only for scalar outputs"</summary>
#
# The message wants one number to start from: sum first, or give `backward` its argument.
#
# <details><summary>The next line</summary>
#
# Entry $i$ of $f(\mathbf{x})$ depends on $x_i$ alone, so `f(X).sum()` is a number whose gradient holds all
# the slopes.
# </details></details>
#
# <details><summary>Hint: the second call is twice the first</summary>
#
# An old `.grad` was still around. `torch.autograd.grad` returns the gradient and stores nothing.
#
# <details><summary>The next line</summary>
#
# `torch.autograd.grad(…, X)` answers with a tuple that has one entry: take `[0]` of it.
# </details></details>
#
# <details><summary>Hint: "element 0 of tensors does not require grad and does not have a grad_fn"</summary>
#
# A plain tensor is not watched. Work on a fresh leaf of your own that has the numbers of `X`.
#
# <details><summary>The next line</summary>
#
# `X.detach().clone()` has the numbers and no history. `requires_grad_(True)` has it watched.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def activation_gradient(f: Callable[[torch.Tensor], torch.Tensor], X: torch.Tensor) -> torch.Tensor:
    """Return df/dx at every entry x of X by autograd, in X's shape and dtype.

    f maps each entry of a tensor on its own. X has any shape and may or may not require a gradient.
    A second call with the same X returns the same slopes.
    """
    # BEGIN SOLUTION
    X = X.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(X).sum(), X)[0]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_activation_gradient_of_the_example(activation_gradient):
    import torch

    X = torch.tensor([-1.0, 0.0, 2.0])
    slopes = activation_gradient(lambda x: x**3 - 2 * x, X)
    torch.testing.assert_close(slopes, torch.tensor([1.0, -2.0, 10.0]))

# %%
# CORE
def test_activation_gradient_gives_the_same_twice(activation_gradient):
    import torch

    expected = torch.tensor([[-2.0, 6.0, 0.0], [16.0, -1.0, 1.0]])
    plain = expected / 2
    torch.testing.assert_close(activation_gradient(torch.square, plain), expected)
    torch.testing.assert_close(activation_gradient(torch.square, plain), expected)
    leaf = (expected / 2).requires_grad_(True)
    torch.testing.assert_close(activation_gradient(torch.square, leaf), expected)
    torch.testing.assert_close(activation_gradient(torch.square, leaf), expected)

# %%
# HIDDEN
def test_activation_gradient_works_for_every_layout(activation_gradient):
    import torch

    X = 3 * torch.randn(3, 5, 4, dtype=torch.float64)
    strided = X.transpose(0, 2)[::3, 1:]
    torch.testing.assert_close(activation_gradient(torch.sin, strided), torch.cos(strided))
    number = torch.tensor(-2.5)
    torch.testing.assert_close(activation_gradient(torch.sin, number), torch.cos(number))

# %%
# HIDDEN
def test_activation_gradient_forgets_the_function_before(activation_gradient):
    import torch

    X = torch.randn(4, 3, requires_grad=True)
    x = X.detach().clone()
    first = activation_gradient(torch.exp, X)
    torch.testing.assert_close(first, torch.exp(x))
    torch.testing.assert_close(activation_gradient(lambda t: 7 * t, X), torch.full((4, 3), 7.0))
    torch.testing.assert_close(activation_gradient(torch.sin, X), torch.cos(x))
    message = "A later call has changed the result of the first: each call must return a tensor of its own."
    assert torch.allclose(first, torch.exp(x)), message

# %%
# HIDDEN
def test_activation_gradient_comes_from_autograd(activation_gradient):
    import torch

    # Autograd treats the detached factor as a constant; a difference quotient would not.
    X = torch.tensor([-3.0, 0.5, 8.0], dtype=torch.float64)
    slopes = activation_gradient(lambda t: t * t.detach(), X)
    torch.testing.assert_close(slopes, torch.tensor([-3.0, 0.5, 8.0], dtype=torch.float64))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Your functions, your slopes
#
# Now that the pieces are yours, draw them. The right picture follows the gradient down a chain of layers
# whose unit gets the input $x = 1$ every time: each layer multiplies by the slope there. After ten layers of
# sigmoids less than a millionth of the gradient is left. That is the *vanishing gradient*, and the reason
# why deep networks moved to ReLU.

# %% tags=["otter_ignore"]
x = torch.linspace(-8, 8, 401)
one = torch.tensor(1.0)
depth = torch.arange(1, 11)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
for f, name, line, marker in [(relu, "ReLU", "-", "o"), (sigmoid, "sigmoid", "--", "s"), (tanh, "tanh", ":", "^")]:
    left.plot(x, activation_gradient(f, x), line, label=name, linewidth=2)
    right.semilogy(depth, activation_gradient(f, one) ** depth, line + marker, markersize=4, label=name)
left.set(xlabel="$x$", title="slope of the activation")
right.set(xlabel="layers", title="share of the gradient that is left")
left.legend()
right.legend()
print("In the picture: on the left the three slopes. On the right what is left of a gradient after 1 to 10 layers, logarithmic:\n"
      "ReLU (solid, circles) stays at 1, tanh (dotted, triangles) and sigmoid (dashed, squares) fall in straight lines.")
plt.show()

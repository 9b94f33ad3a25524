# %% [raw]
# # BEGIN QUESTION
# name: separate_gradients

# %% [markdown]
# ## 7 · Two gradients that do not mix (10 min)
#
# `backward` adds to `.grad`, it never replaces. Watch what happens when two functions of the same $x$ are
# differentiated one after the other:
#
# ```python
# x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
# (x * x).sum().backward()      # x.grad is (2, 4, 6)
# x.sum().backward()            # x.grad is (3, 5, 7), not (1, 1, 1)!
# ```
#
# This is why every training loop clears the gradients in each step. Forgetting it is perhaps the most
# common bug in deep learning, and a silent one: the loss often still goes down, only badly.
#
# **Your task.** Write `separate_gradients(f, g, x)`. Here $f$ and $g$ are functions from a tensor of the
# shape of `x` to a single number (a tensor without axes). Return the pair
#
# $$\bigl(\nabla f(\mathbf{x}),\ \nabla g(\mathbf{x})\bigr) ,$$
#
# each of the shape of `x`, each by **autograd**, neither polluted by the other or by an old `.grad`. The
# tensor `x` may have any shape, and it may or may not be watched. As in question 6, it is left **as it
# was**: its `requires_grad` and its `.grad` too.
#
# **Example.** For $f(\mathbf{x}) = \sum_i x_i^2$ and $g(\mathbf{x}) = \sum_i x_i$ at $\mathbf{x} = (1, 2, 3)$
# the answer is $\bigl((2, 4, 6),\ (1, 1, 1)\bigr)$.
#
# <details><summary>Hint: both results are the same</summary>
#
# `x.grad` is one tensor that is changed in place. If you keep it as the first result and then zero it and
# call `backward` again, your first result changes too: two names, one memory (question 4!). Take a copy,
# work on two separate tensors, or use a function that returns gradients in place of storing them.
#
# <details><summary>The next line</summary>
#
# With `own` made as in question 6, `torch.autograd.grad(f(own), own)` returns the first of the two, and
# stores nothing in `own.grad`.
# </details></details>
#
# <details><summary>Hint: the second result is the sum of both</summary>
#
# `backward` added the second gradient to the first. Between the two, the old one has to go, or never be
# stored at all.
#
# <details><summary>The next line</summary>
#
# Print `own.grad` just before you differentiate `g(own)`. It should be `None`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def separate_gradients(
    f: Callable[[torch.Tensor], torch.Tensor],
    g: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (∇f, ∇g) at x, each in the shape of x, computed by autograd.

    f and g take a tensor of the shape of x and return a single number (a tensor of shape ()).
    x, its requires_grad and its grad are as before.
    """
    # BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    (f_gradient,) = torch.autograd.grad(f(x), x)
    (g_gradient,) = torch.autograd.grad(g(x), x)
    return f_gradient, g_gradient
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_separate_gradients_do_not_mix(separate_gradients):
    import torch

    x = torch.tensor([1.0, 2.0, 3.0])
    for dtype in (torch.float32, torch.float64):
        first, second = separate_gradients(lambda x: (x * x).sum(), lambda x: x.sum(), x.to(dtype))
        torch.testing.assert_close(first, torch.tensor([2.0, 4.0, 6.0], dtype=dtype))
        torch.testing.assert_close(second, torch.tensor([1.0, 1.0, 1.0], dtype=dtype))

# %%
def test_separate_gradients_leave_x_alone(separate_gradients):
    import torch

    x = torch.tensor([1.0, 2.0, 3.0])
    separate_gradients(lambda x: (x * x).sum(), lambda x: x.sum(), x)
    assert x.tolist() == [1.0, 2.0, 3.0], "The numbers of x must stay."
    assert not x.requires_grad, "x was not watched before, so it must not be watched now."
    assert x.grad is None, "A gradient is left on x."

# %%
def test_separate_gradients_of_a_watched_x_that_has_a_gradient(separate_gradients):
    import torch

    x = torch.tensor([[1.0], [2.0], [-3.0]], requires_grad=True)
    x.grad = torch.tensor([[50.0], [60.0], [70.0]])
    first, second = separate_gradients(lambda x: x.sum(), lambda x: (x * x).sum(), x)
    torch.testing.assert_close(first, torch.tensor([[1.0], [1.0], [1.0]]))
    torch.testing.assert_close(second, torch.tensor([[2.0], [4.0], [-6.0]]))
    assert x.requires_grad, "x was watched before, so it must still be watched."
    assert x.grad is not None, "The gradient that x carried before is gone."
    assert x.grad.tolist() == [[50.0], [60.0], [70.0]], "The gradient that x carried before has changed."

# %%
# HIDDEN
# CORE
def test_separate_gradients_of_curved_functions_of_a_matrix(separate_gradients):
    import torch

    x = torch.tensor([[0.5, -7.0, 2.0], [1.5, 8.0, -0.25]], dtype=torch.float64)

    def f(x):
        return (x**3).sum() + x[0, 1] * x[1, 2]

    def g(x):
        return torch.sin(x).sum() - 5 * x[1, 0]

    f_expected = 3 * x**2
    f_expected[0, 1] += x[1, 2]
    f_expected[1, 2] += x[0, 1]
    g_expected = torch.cos(x)
    g_expected[1, 0] -= 5
    for _ in range(2):
        first, second = separate_gradients(f, g, x)
        torch.testing.assert_close(first, f_expected)
        torch.testing.assert_close(second, g_expected)
    second, first = separate_gradients(g, f, x)
    torch.testing.assert_close(first, f_expected)
    torch.testing.assert_close(second, g_expected)

# %%
# HIDDEN
def test_separate_gradients_at_a_single_number_and_in_odd_layouts(separate_gradients):
    import torch

    first, second = separate_gradients(lambda x: x**3, lambda x: -4 * x, torch.tensor(-2.0))
    torch.testing.assert_close(first, torch.tensor(12.0))
    torch.testing.assert_close(second, torch.tensor(-4.0))

    x = torch.arange(24.0).reshape(4, 6)[1:, ::2].T
    first, second = separate_gradients(lambda x: (x[0] * x[2]).sum(), lambda x: (x * x).sum() / 2, x)
    torch.testing.assert_close(first, torch.stack([x[2], torch.zeros(3), x[0]]))
    torch.testing.assert_close(second, x.clone())

# %%
# HIDDEN
def test_separate_gradients_are_taken_by_autograd(separate_gradients):
    import torch

    x = torch.tensor([-3.0, 0.5, 9.0, 2.0], dtype=torch.float64)
    first, second = separate_gradients(
        lambda x: (x.detach() * x).sum(), lambda x: (x.detach() ** 2 * x).sum() / 2, x
    )
    torch.testing.assert_close(first, x)
    torch.testing.assert_close(second, x**2 / 2)

# %%
# HIDDEN
def test_separate_gradients_leave_no_traces(separate_gradients):
    import torch

    for x in (torch.tensor([-1.0, 8.0, 2.0]), 5 * torch.randn(2, 4), torch.tensor(3.0)):
        before = x.clone()
        first, second = separate_gradients(lambda x: (x * x).sum(), lambda x: 3 * x.sum(), x)
        torch.testing.assert_close(first, 2 * before)
        torch.testing.assert_close(second, torch.full_like(before, 3.0))
        assert not x.requires_grad, "x was not watched before, so it must not be watched now."
        assert x.grad is None, "A gradient is left on x."
        assert torch.equal(x, before), "The numbers of x must stay."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

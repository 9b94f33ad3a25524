# %% [raw]
# # BEGIN QUESTION
# name: l2_penalty

# %% [markdown]
# ## 3 · The penalty (3 min)
#
# Add to the loss how large the weights are, measured by the squared $L_2$ norm:
#
# $$L(\mathbf w, b) + \lambda \cdot \frac{\|\mathbf w\|^2}{2}, \qquad
# \frac{\|\mathbf w\|^2}{2} = \frac12 \sum_j w_j^2 .$$
#
# The factor $\tfrac12$ is there for beauty: the gradient of the penalty is then just $\mathbf w$.
#
# **Example.** For $\mathbf w = (3, -4)$ the penalty is $\tfrac12 (9 + 16) = 12.5$.
#
# **Your task.** Write `l2_penalty(w)` for a tensor of any shape. The result is a tensor without axes, and its
# gradient flows.
#
# <details><summary>Hint: I get 5 for the example</summary>
#
# 5 is the norm itself; the penalty takes its *square*.
#
# <details><summary>The next line</summary>
#
# No root is needed at all: square every entry, and add up.
# </details></details>
#
# <details><summary>Hint: I get 25 for the example</summary>
#
# 25 lacks the factor $\tfrac12$.
#
# <details><summary>The next line</summary>
#
# Of which gradient do you want to be rid of the 2? Print `w.grad` after `backward()`: it should be `w`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def l2_penalty(w: torch.Tensor) -> torch.Tensor:
    """Return half the squared L2 norm of w (of any shape), as a tensor of shape ()."""
    # BEGIN SOLUTION
    return (w**2).sum() / 2
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_l2_penalty_gives_the_example(l2_penalty):
    import torch

    penalty = l2_penalty(torch.tensor([3.0, -4.0]))
    assert isinstance(penalty, torch.Tensor), "The penalty is a tensor, so that gradients can flow."
    assert tuple(penalty.shape) == (), "The penalty is a single number: a tensor without axes."
    torch.testing.assert_close(penalty, torch.tensor(12.5))

# %%
def test_l2_penalty_of_a_matrix_lets_the_gradient_through(l2_penalty):
    import torch

    w = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]], requires_grad=True)
    penalty = l2_penalty(w.T)
    torch.testing.assert_close(penalty.detach(), torch.tensor(7.625))
    assert penalty.requires_grad, "The penalty must stay part of the graph."
    penalty.backward()
    torch.testing.assert_close(w.grad, torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]))

# %%
# HIDDEN
def test_l2_penalty_works_for_any_shape(l2_penalty):
    import torch

    for shape in [(5, 1), (3, 4), (2, 3, 2), (7,), (), (0, 3)]:
        w = 3 * torch.randn(shape, dtype=torch.float64)
        torch.testing.assert_close(l2_penalty(w), (w * w).sum() / 2)
    w = 3 * torch.randn(4, 3, 2).transpose(0, 2)
    torch.testing.assert_close(l2_penalty(w), (w * w).sum() / 2)

# %%
# HIDDEN
# CORE
def test_l2_penalty_has_the_weights_as_its_gradient(l2_penalty):
    import torch

    w = torch.tensor([[3.0, -4.0, 0.5], [-8.0, 7.0, 1.5]], requires_grad=True)
    penalty = l2_penalty(w)
    assert penalty.requires_grad, "The penalty must stay part of the graph."
    (3 * penalty).backward()
    assert w.grad is not None, "No gradient reaches the weights."
    torch.testing.assert_close(w.grad, 3 * w.detach())

# %%
# HIDDEN
def test_l2_penalty_has_a_gradient_at_zero(l2_penalty):
    import torch

    start = torch.zeros(4, 1, requires_grad=True)  # where biases, and some weights, begin
    l2_penalty(start).backward()
    assert start.grad is not None, "No gradient reaches the weights."
    torch.testing.assert_close(start.grad, torch.zeros(4, 1))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: init_mlp_params

# %% [markdown]
# ## 6 · The parameters of an MLP (10 min)
#
# A network with one hidden layer has four parameters:
#
# | name | shape | starts as |
# |---|---|---|
# | `W1` | `(num_inputs, num_hiddens)` | small random numbers from $\mathcal{N}(0, \sigma^2)$ |
# | `b1` | `(num_hiddens,)` | zeros |
# | `W2` | `(num_hiddens, num_outputs)` | small random numbers from $\mathcal{N}(0, \sigma^2)$ |
# | `b2` | `(num_outputs,)` | zeros |
#
# Why random? If all hidden units start with equal weights, they compute the same value, receive the same
# gradient, and stay equal for ever. A thousand copies of one unit are worth one unit. Random weights break
# this symmetry. Biases need no such help.
#
# Why a *leaf*? After `loss.backward()` PyTorch stores `.grad` only in leaf tensors: those that you made
# directly, not those that came out of an operation. The result of a multiplication is not a leaf, even when
# what was multiplied required a gradient. An optimizer would find nothing there.
#
# **Your task.** Write `init_mlp_params`. It returns the list `[W1, b1, W2, b2]` in these shapes. Here
# `sigma` is the *standard deviation* of the weights. All four are leaf tensors that require a gradient, and
# each call draws new weights.
#
# <details><summary>Hint: .grad stays None after backward</summary>
#
# Print `W1.is_leaf`. Is it `False`? Then an operation came *after* you asked for gradients, such as
# `torch.randn(..., requires_grad=True) * sigma`. Scale first, ask for gradients last.
#
# <details><summary>The next line</summary>
#
# `W1 = torch.normal(0.0, sigma, …)` needs no multiplication. In the end `requires_grad_()`, or
# `nn.Parameter`, for all four.
# </details></details>
#
# <details><summary>Hint: only the weights get gradients</summary>
#
# The biases are parameters, too: zeros at the start, but free to move.
#
# <details><summary>The next line</summary>
#
# Print `[p.requires_grad for p in init_mlp_params(4, 3, 2)]`: four times `True`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def init_mlp_params(
    num_inputs: int, num_hiddens: int, num_outputs: int, sigma: float = 0.01
) -> list[torch.Tensor]:
    """Return [W1, b1, W2, b2] of an MLP with one hidden layer, ready for training.

    W1 (num_inputs, num_hiddens) and W2 (num_hiddens, num_outputs) are drawn from N(0, sigma**2).
    b1 (num_hiddens,) and b2 (num_outputs,) are 0. All four are leaf tensors that require a gradient.
    """
    # BEGIN SOLUTION
    W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens))
    b1 = torch.zeros(num_hiddens)
    W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs))
    b2 = torch.zeros(num_outputs)
    return [p.requires_grad_(True) for p in (W1, b1, W2, b2)]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_init_mlp_params_has_four_shapes(init_mlp_params):
    params = init_mlp_params(7, 5, 3)
    assert len(params) == 4, f"Expected the four parameters W1, b1, W2, b2, got {len(params)}."
    for name, p, shape in zip(["W1", "b1", "W2", "b2"], params, [(7, 5), (5,), (5, 3), (3,)]):
        assert tuple(p.shape) == shape, f"{name} must have shape {shape}, got {tuple(p.shape)}."

# %%
# CORE
def test_init_mlp_params_are_leaves_that_learn(init_mlp_params):
    for name, p in zip(["W1", "b1", "W2", "b2"], init_mlp_params(7, 5, 3)):
        assert p.requires_grad, f"{name} must require a gradient."
        assert p.is_leaf, f"{name} must be a leaf: ask for gradients after the last operation."

# %%
def test_init_mlp_params_starts_small(init_mlp_params):
    # 100 000 and 50 000 draws: a right answer misses 3 % of sigma once in 10 ** 19 runs.
    W1, b1, W2, b2 = init_mlp_params(200, 500, 100)
    for name, W in [("W1", W1), ("W2", W2)]:
        corner = W[:20, :20]  # a unit's weights stand in a column
        assert corner.unique().numel() > 200, f"Units share their weights in {name}. Draw every entry."
        std = W.detach().std().item()
        assert abs(std - 0.01) < 0.0003, f"{name} must have standard deviation 0.01, got {std:.4f}."
        # Beyond 2.5 sigma lie 600 of 50 000 draws from the normal distribution.
        largest = W.detach().abs().max().item()
        assert largest > 0.025, f"{name} must be drawn from the normal distribution, but ends at {largest:.4f}."
    for name, b in [("b1", b1), ("b2", b2)]:
        assert (b == 0).all(), f"{name} must start at 0."
    for name, W in zip(["W1", "W2"], init_mlp_params(200, 500, 100, sigma=0.5)[::2]):
        std = W.detach().std().item()
        assert abs(std - 0.5) < 0.015, f"{name} must have standard deviation sigma = 0.5, got {std:.4f}."

# %%
def test_init_mlp_params_draws_every_entry_anew(init_mlp_params):
    import torch

    W1, _, W2, _ = init_mlp_params(7, 5, 3)
    again, *_ = init_mlp_params(7, 5, 3)
    assert not torch.equal(W1, again), "Two calls gave the same W1. Each call must draw anew."
    for name, W in [("W1", W1), ("W2", W2)]:
        assert not torch.equal(W[:, 0], W[:, 1]), f"Two units have the same weights in {name}. Draw every entry."

# %%
# HIDDEN
def test_init_mlp_params_keep_their_gradients(init_mlp_params):
    import torch

    params = list(init_mlp_params(6, 4, 3, sigma=0.3))
    leaves = [p.is_leaf and p.requires_grad for p in params]
    assert leaves == [True] * 4, "All four parameters must be leaf tensors that require a gradient."
    expected = [2 * p.detach() + 1 for p in params]
    sum((p * p + p).sum() for p in params).backward()
    for p, gradient in zip(params, expected):
        assert p.grad is not None, "After backward, all four parameters must have a .grad."
        torch.testing.assert_close(p.grad, gradient)

# %%
# HIDDEN
# CORE
def test_init_mlp_params_draws_from_the_normal_distribution(init_mlp_params):
    import torch

    # At least 60 000 draws of each weight. False alarms: standard deviation off by 3 % is 10 standard
    # errors, mean off by sigma / 40 is 6.1, share outside 2 sigma (4.55 %) off by 0.8 % is 9.4; all
    # checks together below 1 in 10 ** 8.
    for given, sigma in [({}, 0.01), ({"sigma": 0.5}, 0.5)]:
        W1, b1, W2, b2 = init_mlp_params(250, 301, 200, **given)
        for W in (W1.detach(), W2.detach()):
            assert W.dtype == torch.get_default_dtype(), "Weights must have PyTorch's default dtype."
            assert W[:20, :20].unique().numel() > 200, "Every entry must be drawn, also of different units."
            assert abs(W.std().item() / sigma - 1) < 0.03, (
                "Both weights must have standard deviation sigma, for every sigma."
            )
            assert abs(W.mean().item()) < sigma / 40, "Both weights must have mean 0."
            outside = (W.abs() > 2 * sigma).float().mean().item()
            assert abs(outside - 0.0455) < 0.008, "Both weights must be drawn from a normal distribution."
        assert (b1 == 0).all() and (b2 == 0).all(), "Both biases must be 0, for every sigma."

# %%
# HIDDEN
def test_init_mlp_params_draws_anew(init_mlp_params):
    import torch

    # Chance of a false alarm: none but equal float32 draws, far below 1 in 10 ** 100.
    first, second = init_mlp_params(9, 6, 6), init_mlp_params(9, 6, 6)
    assert not torch.equal(first[0], second[0]), "Each call must draw new weights, W1 was the same twice."
    assert not torch.equal(first[2], second[2]), "Each call must draw new weights, W2 was the same twice."
    assert first[0].unique().numel() > 40, "The entries of W1 must be drawn one by one, not shared."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

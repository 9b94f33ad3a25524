# %% [raw]
# # BEGIN QUESTION
# name: synthetic_data

# %% [markdown]
# ## 1 · Data of which we know the truth (10 min)
#
# Real data never tell you whether the weights you found are right. Invented data do. So before you trust a
# training loop with anything real, let it find a truth that you have hidden yourself. Draw features, apply
# the true weights and the true bias, and add a little noise, as every measurement has it:
#
# $$\mathbf{y} = \mathbf{X}\mathbf{w} + b + \boldsymbol{\epsilon}, \qquad
#   x_{ij} \sim \mathcal{N}(0, 1), \qquad \epsilon_i \sim \mathcal{N}(0, \sigma^2) .$$
#
# Here $\sigma$ is `noise_std`, a *standard deviation*. Each example gets its own $\epsilon_i$.
#
# **Example.** With $\mathbf{w} = [2,\ -3.4]$ and $b = 4.2$, an example with the features $[1,\ 0.5]$ has the
# label $2 \cdot 1 - 3.4 \cdot 0.5 + 4.2 = 4.5$, give or take a few hundredths.
#
# **Your task.** Write `synthetic_data(w, b, num_examples, noise_std=0.01)`. `w` is a vector of $d$ weights
# and `b` a number. Return the pair `(X, y)`: `X` of shape `(num_examples, d)`, and `y` of shape
# **`(num_examples, 1)`**, a column. Each call draws new features and new noise.
#
# <details><summary>Hint: y has shape (n,)</summary>
#
# A matrix times a vector is a vector, so `X @ w` has shape `(n,)`. Reshape it to a column.
#
# <details><summary>The next line</summary>
#
# In `y.reshape(…)` two sizes say "a column". With `-1` PyTorch finds the number of rows itself.
# </details></details>
#
# <details><summary>Hint: y has shape (n, n)</summary>
#
# You added noise of shape `(n, 1)` to a vector of shape `(n,)`, or the other way round, and broadcasting
# made a table. Both must have the same shape at that moment.
#
# <details><summary>The next line</summary>
#
# Draw the noise in the shape of what it is added to: `torch.normal(0.0, noise_std, y.shape, …)`.
# </details></details>
#
# <details><summary>Hint: y scatters too little around the line</summary>
#
# $\sigma$ is a standard deviation, and `torch.normal` wants a standard deviation as well. Did you square
# `noise_std`, or draw one number for all the examples?
#
# <details><summary>The next line</summary>
#
# Compute `(y - (X @ w + b).reshape(-1, 1)).std()` for 10,000 examples. It should be close to `noise_std`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def synthetic_data(
    w: torch.Tensor, b: float, num_examples: int, noise_std: float = 0.01
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (X, y) with y = Xw + b + noise.

    w (d,) and b are the true weights and bias. X (num_examples, d) is drawn from N(0, 1), the noise from
    N(0, noise_std**2), once for each example. y has shape (num_examples, 1).
    """
    # BEGIN SOLUTION
    X = torch.normal(0.0, 1.0, (num_examples, len(w)), dtype=w.dtype)
    y = torch.matmul(X, w) + b
    y += torch.normal(0.0, noise_std, y.shape, dtype=w.dtype)
    return X, y.reshape(-1, 1)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_synthetic_data_has_rows_and_a_column(synthetic_data):
    import torch

    X, y = synthetic_data(torch.tensor([2.0, -3.4, 0.5]), 4.2, 50)
    assert tuple(X.shape) == (50, 3), f"X must have shape (50, 3), got {tuple(X.shape)}."
    assert tuple(y.shape) == (50, 1), f"y must be a column of shape (50, 1), got {tuple(y.shape)}."

# %%
# CORE
def test_synthetic_data_follows_the_model(synthetic_data):
    import torch

    # The noise would have to reach 50 standard deviations: 1 false alarm in 10 ** 100 runs.
    w = torch.tensor([2.0, -3.4])
    X, y = synthetic_data(w, 4.2, 40, noise_std=0.0001)
    difference = (y.reshape(-1) - (X @ w + 4.2)).abs().max().item()
    message = f"Every label must be Xw + b, up to the noise. The largest difference is {difference:.4f}."
    assert difference < 0.005, message

# %%
# CORE
def test_synthetic_data_has_noise_of_the_given_std(synthetic_data):
    import torch

    # 10 000 draws: 8 % off is 11 standard errors, 1 false alarm in 10 ** 28 runs.
    # First where hardly anything but the noise is in y: there one mistake with it differs from another.
    for w, noise_std in [(torch.zeros(2), 0.5), (torch.tensor([0.2, 0.0]), 50.0)]:
        _, y = synthetic_data(w, 0.0, 400, noise_std=noise_std)
        assert y.numel() == 400, f"400 examples need 400 labels, got {y.numel()}. Mind the shape of the noise."
    w = torch.tensor([2.0, -3.4])
    for given, std in [({}, 0.01), ({"noise_std": 0.5}, 0.5)]:
        X, y = synthetic_data(w, 4.2, 10000, **given)
        measured = (y.reshape(-1) - (X @ w + 4.2)).std().item()
        message = f"The noise must have standard deviation {std}, got {measured:.4f}."
        assert abs(measured / std - 1) < 0.08, message

# %%
# CORE
def test_synthetic_data_draws_features_around_0_and_anew(synthetic_data):
    import torch

    # 20 000 draws from N(0, 1): 0.08 is 11 standard errors of the mean, 16 of the standard deviation.
    X, _ = synthetic_data(torch.tensor([2.0, -3.4]), 4.2, 10000)
    again, _ = synthetic_data(torch.tensor([2.0, -3.4]), 4.2, 10000)
    mean, std = X.mean().item(), X.std().item()
    assert abs(mean) < 0.08, f"The features must have mean 0, got {mean:.3f}."
    assert abs(std - 1) < 0.08, f"The features must have standard deviation 1, got {std:.3f}."
    assert not torch.equal(X, again), "Two calls drew the same features. Each call must draw anew."

# %%
# HIDDEN
def test_synthetic_data_draws_standard_normal_features(synthetic_data):
    import torch

    # 20 000 rows of 3. Standard errors: mean 0.0071, variance 0.01, share inside 1 sigma (68.27 %)
    # 0.0033, correlation 0.0071. Every bound is 7 of them or more, 18 checks: below 1 in 10 ** 10.
    w = torch.tensor([-1.0, 7.5, 0.25])
    _, y = synthetic_data(w, -6.0, 20)
    assert y.numel() == 20, "There must be one label per example. Mind the shape of the noise."
    X, _ = synthetic_data(w, -6.0, 20000)
    assert X.shape == (20000, 3), "X must have one row per example and one column per weight."
    assert (X.mean(dim=0).abs() < 0.055).all(), "The features must have mean 0."
    assert ((X.var(dim=0) - 1).abs() < 0.08).all(), "The features must have variance 1."
    inside = (X.abs() < 1).double().mean(dim=0)
    assert ((inside - 0.6827).abs() < 0.025).all(), "The features must be drawn from a normal distribution."
    mixed = torch.corrcoef(X.T) - torch.eye(3)
    assert (mixed.abs() < 0.055).all(), "The features of an example must be independent of each other."
    neighbours = (X[1:] * X[:-1]).mean(dim=0)
    assert (neighbours.abs() < 0.055).all(), "The examples must be independent of each other."

# %%
# HIDDEN
def test_synthetic_data_adds_normal_noise_to_each_label(synthetic_data):
    import torch

    # 20 000 draws. Standard errors as above, those of the mean times sigma = 2. Every bound is 7 of them
    # or more, 7 checks: below 1 in 10 ** 11.
    for w, noise_std in [(torch.zeros(2), 0.5), (torch.tensor([0.2, 0.0]), 50.0)]:  # hardly anything but noise
        _, y = synthetic_data(w, 0.0, 400, noise_std=noise_std)
        assert y.numel() == 400, "There must be one label per example. Mind the shape of the noise."
    w = torch.tensor([-1.0, 7.5, 0.25])
    X, y = synthetic_data(w, -6.0, 20000, noise_std=2.0)
    assert y.shape == (20000, 1), "y must be a column with one row per example."
    noise = (y.reshape(-1) - (X @ w - 6.0)).double()
    assert abs(noise.mean().item()) < 0.1, "The noise must have mean 0, and b must be added once."
    assert abs(noise.std().item() / 2 - 1) < 0.04, "noise_std must be the standard deviation of the noise."
    inside = (noise.abs() < 2).double().mean().item()
    assert abs(inside - 0.6827) < 0.025, "The noise must be drawn from a normal distribution."
    together = torch.corrcoef(torch.cat([X.T.double(), noise.reshape(1, -1)]))[3, :3]
    assert (together.abs() < 0.055).all(), "The noise must be independent of the features."
    neighbours = (noise[1:] * noise[:-1]).mean().item() / 4
    assert abs(neighbours) < 0.055, "Every example must get a noise of its own."

# %%
# HIDDEN
def test_synthetic_data_works_for_any_number_of_examples(synthetic_data):
    import torch

    # The noise would have to reach 50 standard deviations: 1 false alarm in 10 ** 100 runs. Also of features with a
    # noise of their own, which the weights make four times as wide, it would have to reach eleven.
    for d, n in [(5, 1), (1, 70), (4, 30)]:
        w = (1 + torch.rand(d)) * torch.randn(d).sign()
        X, y = synthetic_data(w, 8.5, n, noise_std=0.0001)
        assert X.shape == (n, d) and y.shape == (n, 1), "X must be (num_examples, d) and y (num_examples, 1)."
        message = "Every label must be Xw + b, up to the noise."
        assert ((y - X @ w.reshape(-1, 1) - 8.5).abs() < 0.005).all(), message

# %%
# HIDDEN
def test_synthetic_data_draws_anew(synthetic_data):
    import torch

    # Chance of a false alarm: none but many equal float32 draws, far below 1 in 10 ** 100.
    w = torch.tensor([3.0, -1.5, 2.0, 7.0])
    torch.manual_seed(0)
    X, y = synthetic_data(w, 1.0, 30, noise_std=0.5)
    X2, y2 = synthetic_data(w, 1.0, 30, noise_std=0.5)
    assert not torch.equal(X, X2), "Each call must draw new features."
    noise, noise2 = y.reshape(-1) - X @ w, y2.reshape(-1) - X2 @ w
    assert not torch.allclose(noise, noise2, rtol=0, atol=1e-3), "Each call must draw new noise."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Look at the data first
#
# A habit worth keeping. First three examples as numbers, then all of them: each dot is one. The label rises
# with the first feature and falls, more steeply, with the second. The dots scatter around the dashed line
# because each picture shows one feature and hides the other. On the right, take away what the model explains,
# and the noise is left.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
features, labels = synthetic_data(true_w, true_b, 1000)
for i in random.sample(range(1000), 3):
    print(f"example {i:3}: features {features[i].numpy().round(3)}, label {labels[i].item():.3f}")
fig, axes = plt.subplots(1, 3, figsize=(12, 3.3), layout="constrained")
axes[0].sharey(axes[1])
ends = torch.tensor([-3.0, 3.0])
for i, ax in enumerate(axes[:2]):
    ax.scatter(features[:, i], labels, s=5, alpha=0.6, color="tab:blue")
    ax.plot(ends, true_w[i] * ends + true_b, color="black", linestyle="--")
    ax.set(xlabel=f"feature $x_{i + 1}$", ylabel="label $y$", title=f"$w_{i + 1} = {true_w[i]:.1f}$")
axes[2].hist((labels - features @ true_w.reshape(-1, 1) - true_b).reshape(-1), bins=40, color="tab:orange")
axes[2].set(xlabel=r"$y - (\mathbf{w}^\top \mathbf{x} + b)$", ylabel="examples", title="the noise")
axes[2].locator_params(axis="x", nbins=5)
print("In the picture: on the left and in the middle the label over each feature, 1000 dots around a dashed line that rises with the\n"
      "first and falls, more steeply, with the second. On the right a bell around 0, a few hundredths wide: the noise.")
plt.show()

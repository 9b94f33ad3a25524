# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Linear regression
#
# What will this house sell for? How many bikes will be rented tomorrow? When the answer is a number and
# each known fact adds its share, a *linear model* is the first thing to try. It is also a neural network,
# the smallest there is: one layer, one output. So everything that trains a large network is already here,
# and small enough to see all of it.
#
# You will
#
# - make data of which you know the truth,
# - write the four parts of training by hand: minibatches, model, loss and update,
# - put them together into a training loop, and watch it find the truth again,
# - do the same in a few lines with PyTorch's layers and optimizers.
#
# Plan about **75 minutes**. You need tensors, broadcasting and `backward()`.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it
#    with your answer. Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("linreg")`. It runs the *public*
#    tests. When one fails, its message says what was expected.
# 4. Stuck? Each question has a hint. Click on it when its symptom is yours.
# 5. Save the notebook and upload it. There, *hidden* tests look at more inputs: other sizes, other number
#    types, more epochs. Everything they ask for is said in the question.
#
# Unless a question says *in place*, a tensor that goes in must come out of the call unchanged. The plots
# between the questions use your own functions. They are there to look at and are not graded.

# %%
import random
from collections.abc import Callable, Iterable, Iterator

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

# %% [markdown]
# ## The model
#
# An example has $d$ *features* $x_1, \dots, x_d$ and one *label* $y$. The model gives each feature a
# *weight*, adds the parts, and shifts the sum by a *bias*:
#
# $$\hat{y} = w_1 x_1 + \dots + w_d x_d + b = \mathbf{w}^\top \mathbf{x} + b .$$
#
# Write $n$ examples as the rows of a matrix $\mathbf{X} \in \mathbb{R}^{n \times d}$. Then one product
# serves them all:
#
# $$\hat{\mathbf{y}} = \mathbf{X}\mathbf{w} + b .$$
#
# Training looks for the $\mathbf{w}$ and $b$ whose predictions $\hat{\mathbf{y}}$ come closest to the labels
# $\mathbf{y}$. For this model a formula gives the answer. We take the long way, step by step downhill,
# because it is the way that still works when the model has a hundred layers.
#
# Our running example has two features, and we choose the truth ourselves:

# %%
true_w = torch.tensor([2.0, -3.4])
true_b = 4.2

# %% [raw]
# # BEGIN QUESTION
# name: synthetic_data

# %% [markdown]
# ## 1 · Data of which we know the truth
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
# <details><summary>Hint: y has shape (n,), or suddenly (n, n)</summary>
#
# A matrix times a vector is a vector, so `X @ w` has shape `(n,)`. Reshape it to a column, and say with
# `-1` that PyTorch should find the number of rows. Take care *when* you add the noise: `(n,)` plus `(n, 1)`
# broadcasts to `(n, n)`. Both must have the same shape at that moment.
# </details>

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
def test_synthetic_data_has_rows_and_a_column(synthetic_data):
    import torch

    X, y = synthetic_data(torch.tensor([2.0, -3.4, 0.5]), 4.2, 50)
    assert tuple(X.shape) == (50, 3), f"X must have shape (50, 3), got {tuple(X.shape)}."
    assert tuple(y.shape) == (50, 1), f"y must be a column of shape (50, 1), got {tuple(y.shape)}."

# %%
def test_synthetic_data_follows_the_model(synthetic_data):
    import torch

    # The noise would have to reach ten standard deviations: 1 false alarm in 10 ** 21 runs.
    w = torch.tensor([2.0, -3.4])
    X, y = synthetic_data(w, 4.2, 40, noise_std=0.001)
    difference = (y.reshape(-1) - (X @ w + 4.2)).abs().max().item()
    message = f"Every label must be Xw + b, up to the noise. The largest difference is {difference:.4f}."
    assert difference < 0.01, message

# %%
def test_synthetic_data_has_noise_of_the_given_std(synthetic_data):
    import torch

    # 10 000 draws: 8 % off is 11 standard errors, 1 false alarm in 10 ** 28 runs.
    w = torch.tensor([2.0, -3.4])
    _, y = synthetic_data(w, 4.2, 20)
    assert y.numel() == 20, f"20 examples need 20 labels, got {y.numel()}. Mind the shape of the noise."
    for given, std in [({}, 0.01), ({"noise_std": 0.5}, 0.5)]:
        X, y = synthetic_data(w, 4.2, 10000, **given)
        measured = (y.reshape(-1) - (X @ w + 4.2)).std().item()
        message = f"The noise must have standard deviation {std}, got {measured:.4f}."
        assert abs(measured / std - 1) < 0.08, message

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
    w = torch.tensor([-1.0, 7.5, 0.25])
    _, y = synthetic_data(w, -6.0, 20)
    assert y.numel() == 20, "There must be one label per example. Mind the shape of the noise."
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

    # The noise would have to reach ten standard deviations: 1 false alarm in 10 ** 21 runs.
    for d, n in [(5, 1), (1, 7), (4, 3)]:
        w = 5 * torch.randn(d)
        X, y = synthetic_data(w, 8.5, n, noise_std=0.001)
        assert X.shape == (n, d) and y.shape == (n, 1), "X must be (num_examples, d) and y (num_examples, 1)."
        message = "Every label must be Xw + b, up to the noise."
        assert ((y - X @ w.reshape(-1, 1) - 8.5).abs() < 0.01).all(), message

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
# A habit worth keeping. First three examples as numbers, then all of them: each dot is one. The label rises with the first feature and falls, more
# steeply, with the second. The dots scatter around the dashed line because each picture shows one feature
# and hides the other. On the right, take away what the model explains, and the noise is left.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
features, labels = synthetic_data(true_w, true_b, 1000)
for i in random.sample(range(1000), 3):
    print(f"example {i:3}: features {features[i].numpy().round(3)}, label {labels[i].item():.3f}")
fig, axes = plt.subplots(1, 3, figsize=(12, 3.3), layout="constrained")
ends = torch.tensor([-3.0, 3.0])
for i, ax in enumerate(axes[:2]):
    ax.scatter(features[:, i], labels, s=5, alpha=0.6, color="tab:blue")
    ax.plot(ends, true_w[i] * ends + true_b, color="black", linestyle="--")
    ax.set(xlabel=f"feature $x_{i + 1}$", ylabel="label $y$", title=f"$w_{i + 1} = {true_w[i]:.1f}$")
axes[2].hist((labels - features @ true_w.reshape(-1, 1) - true_b).reshape(-1), bins=40, color="tab:orange")
axes[2].set(xlabel=r"$y - (\mathbf{w}^\top \mathbf{x} + b)$", ylabel="examples", title="the noise")
axes[2].locator_params(axis="x", nbins=5)
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: data_iter

# %% [markdown]
# ## 2 · Minibatches
#
# How many examples should we look at before each step? All of them give the best direction, but one step
# costs a pass over the whole data set. One example alone is cheap, but its direction is mostly chance. The
# way between is a **minibatch**, of ten examples or a hundred.
#
# One pass over all examples is an **epoch**. The minibatches of an epoch must share out the data fairly:
#
# - The examples come in a **random order**, drawn *anew for every pass*. In a fixed order the model would
#   meet the same groups again and again, and sorted data would drag it from one extreme to the other.
# - **Every example comes exactly once** per pass.
# - A row of features **stays with its own label**.
# - If the batch size does not divide the number of examples, the **last batch is smaller**. Nothing is
#   dropped, nothing comes twice, and there is no empty batch.
#
# **Example.** For 23 examples and `batch_size=5` the batches hold 5, 5, 5, 5 and 3 examples.
#
# A Python function with `yield` is a *generator*. It hands out a value, waits, and goes on from there when
# the loop asks for the next one. So the batches never need to exist all at once:
#
# ```python
# def countdown(n):
#     while n > 0:
#         yield n
#         n = n - 1
#
# list(countdown(3))  # [3, 2, 1]
# ```
#
# **Your task.** Write the generator `data_iter(batch_size, features, labels)`. It yields pairs `(X, y)`:
# some rows of `features`, and the same rows of `labels`. `labels` may have shape `(n, 1)` or `(n,)`; what
# you yield keeps the dtype and the other axes. Leave `features` and `labels` as they are: shuffle their
# *indices*, not them.
#
# <details><summary>Hint: the features no longer fit to their labels</summary>
#
# Then each was shuffled on its own. Draw *one* random order of the numbers $0, \dots, n-1$
# (`torch.randperm` does that), cut it into pieces of `batch_size`, and index both tensors with the same
# piece. A slice that reaches beyond the end of a list simply stops there, which is all that the last batch
# needs.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def data_iter(
    batch_size: int, features: torch.Tensor, labels: torch.Tensor
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield minibatches (X, y) of features (n, d) and labels (n, 1) or (n,) in random order.

    Every pass draws a new order and yields every example once. The last batch may be smaller.
    """
    # BEGIN SOLUTION
    num_examples = len(features)
    order = torch.randperm(num_examples)
    for i in range(0, num_examples, batch_size):
        batch = order[i : i + batch_size]
        yield features[batch], labels[batch]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_data_iter_of_the_example(data_iter):
    import torch

    features, labels = torch.randn(23, 2), torch.randn(23, 1)
    batches = list(data_iter(5, features, labels))
    message = "data_iter must yield one pair (X, y) after the other. Is there a return in place of yield?"
    assert all(len(batch) == 2 for batch in batches), message
    shapes = [(tuple(X.shape), tuple(y.shape)) for X, y in batches]
    expected = [((5, 2), (5, 1))] * 4 + [((3, 2), (3, 1))]
    assert shapes == expected, f"23 examples must come as batches of 5, 5, 5, 5, 3. Shapes: {shapes}"

# %%
def test_data_iter_keeps_pairs_together(data_iter):
    import torch

    labels = torch.arange(17.0)
    features = torch.stack([10 * labels, -labels], dim=1)
    for X, y in data_iter(4, features, labels.reshape(-1, 1)):
        message = "Each row of X must come with its own label."
        assert torch.equal(X, torch.cat([10 * y, -y], dim=1)), message

# %%
def test_data_iter_yields_every_example_once(data_iter):
    import torch

    labels = torch.arange(17.0)
    seen = torch.cat([y for _, y in data_iter(4, torch.randn(17, 3), labels)])
    message = "A pass must yield every example exactly once."
    assert torch.equal(seen.sort().values, labels), message

# %%
def test_data_iter_shuffles_anew(data_iter):
    import torch

    # 40 examples: a right answer repeats an order once in 10 ** 47 runs.
    features, labels = torch.randn(40, 2), torch.arange(40.0)
    first = torch.cat([y for _, y in data_iter(6, features, labels)])
    second = torch.cat([y for _, y in data_iter(6, features, labels)])
    assert not torch.equal(first, labels), "The examples must come in a random order."
    assert not torch.equal(first, second), "Every pass must draw a new order."

# %%
# HIDDEN
def test_data_iter_cuts_batches_of_the_right_size(data_iter):
    import torch

    for n, batch_size in [(12, 4), (7, 10), (9, 9), (5, 1), (11, 3), (1, 2)]:
        features, labels = torch.randn(n, 4), torch.arange(float(n)).reshape(-1, 1)
        sizes, seen = [], []
        for X, y in data_iter(batch_size, features, labels):
            assert X.shape[1:] == (4,) and y.shape[1:] == (1,), "Only the number of rows may differ."
            assert len(X) == len(y), "X and y must have the same number of rows."
            sizes.append(len(X))
            seen.extend(y.reshape(-1).tolist())
        expected = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
        assert sizes == expected, "All batches are full but the last, which holds what is left."
        assert sorted(seen) == list(range(n)), "A pass must yield every example exactly once."

# %%
# HIDDEN
def test_data_iter_keeps_dtype_and_labels_of_any_shape(data_iter):
    import torch

    number = torch.arange(19)
    features = torch.stack([number * 0.5 - 3, -number * 1.0, number**2 / 7], dim=0).double().T
    for labels in (number * 3 - 7, (number * 3 - 7).reshape(-1, 1)):
        for X, y in data_iter(4, features, labels):
            assert X.dtype == torch.float64 and y.dtype == torch.int64, "X and y must keep their dtypes."
            assert y.shape[1:] == labels.shape[1:], "y must have the same axes as labels."
            index = (y.reshape(-1) + 7) // 3
            assert torch.equal(X, features[index]), "Each row of X must come with its own label."

# %%
# HIDDEN
def test_data_iter_makes_every_order(data_iter, judge):
    import torch

    def measure(data_iter):
        labels = torch.arange(4.0)
        passes = ([y for _, y in data_iter(3, labels.reshape(4, 1), labels)] for _ in range(600))
        return [torch.cat(batches).tolist() for batches in passes]

    # 24 orders, 600 passes: a right answer misses one of them once in 10 ** 9 runs.
    orders = {tuple(order) for order in judge.probe(measure, data_iter)}
    assert len(orders) == 24, "Every order of the examples must be possible, and drawn anew for every pass."

# %%
# HIDDEN
def test_data_iter_mixes_the_whole_data_set(data_iter):
    import torch

    # 60 examples in batches of 3: that all batches are neighbours happens once in 10 ** 47 runs
    # (60! orders, 20! * 6 ** 20 of this kind), that the batches come in order of their means (20! orders
    # of equal chance) once in 10 ** 17.
    features, labels = torch.randn(60, 2), torch.arange(60.0)
    batches = [sorted(y.tolist()) for _, y in data_iter(3, features, labels)]
    message = "Shuffle the examples, not only the order of fixed batches."
    assert not all(batch[-1] - batch[0] == 2 for batch in batches), message
    means = [sum(batch) for batch in batches]
    assert means != sorted(means), "Shuffle the whole data set, not only inside each batch."

# %%
# HIDDEN
def test_data_iter_leaves_the_data_alone(data_iter):
    import torch

    features, labels = torch.randn(30, 2), torch.randn(30, 1)
    features_before, labels_before = features.clone(), labels.clone()
    for _ in data_iter(7, features, labels):
        pass
    message = "features and labels must stay as they are: shuffle indices instead."
    assert torch.equal(features, features_before) and torch.equal(labels, labels_before), message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Two passes, two orders
#
# Each dot is an example at the moment at which your generator hands it out. Each colour is a batch; the last
# one is smaller. Every row and every column holds exactly one dot, and the two passes differ.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained", sharey=True)
index = torch.arange(36.0)
for ax, title in zip(axes, ["first pass", "second pass"]):
    start = 0
    for _, y in data_iter(8, index.reshape(-1, 1), index):
        ax.scatter(torch.arange(start, start + len(y)), y, s=25)
        start += len(y)
    ax.set(title=title, xlabel="position in the pass", ylabel="number of the example")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: linreg

# %% [markdown]
# ## 3 · The model
#
# For a minibatch $\mathbf{X}$ of $n$ rows the model is one line:
#
# $$\hat{\mathbf{y}} = \mathbf{X}\mathbf{w} + b .$$
#
# The product has shape `(n, 1)`, and the single bias is added to each of its rows by broadcasting.
#
# **Example.**
#
# $$\mathbf{X} = \begin{bmatrix} 1 & 2 \\ 3 & -1 \\ 0 & 0.5 \end{bmatrix}, \quad
#   \mathbf{w} = \begin{bmatrix} 2 \\ -3.4 \end{bmatrix}, \quad b = 4.2
#   \qquad \hat{\mathbf{y}} = \begin{bmatrix} -0.6 \\ 13.6 \\ 2.5 \end{bmatrix}$$
#
# **Your task.** Write `linreg(X, w, b)` for `X` of shape `(n, d)`, `w` of shape `(d, 1)` and `b` of shape
# `(1,)`. Return the predictions, of shape `(n, 1)`. Gradients must flow to `w` and `b`, and `float64` in
# gives `float64` out.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied", or the result has d columns</summary>
#
# `*` multiplies entry by entry and broadcasts, the matrix product is `@` or `torch.matmul`. Rows of the
# first meet columns of the second: `(n, d) @ (d, 1)` gives `(n, 1)`. Nothing needs a transpose.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def linreg(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the predictions Xw + b, of shape (n, 1), for X (n, d), w (d, 1) and b (1,)."""
    # BEGIN SOLUTION
    return torch.matmul(X, w) + b
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_linreg_of_the_example(linreg):
    import torch

    X = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.0, 0.5]])
    y_hat = linreg(X, torch.tensor([[2.0], [-3.4]]), torch.tensor([4.2]))
    torch.testing.assert_close(y_hat, torch.tensor([[-0.6], [13.6], [2.5]]))

# %%
# HIDDEN
def test_linreg_works_for_every_size(linreg):
    import torch

    for n, d in [(1, 5), (7, 1), (4, 4), (6, 3)]:
        X = 10 * torch.randn(d, 2 * n, dtype=torch.float64).T[::2]
        w, b = torch.randn(d, 1, dtype=torch.float64), torch.tensor([-7.25], dtype=torch.float64)
        expected = (X * w.reshape(-1)).sum(dim=1).reshape(n, 1) - 7.25
        torch.testing.assert_close(linreg(X, w, b), expected)

# %%
# HIDDEN
def test_linreg_passes_gradients_on(linreg):
    import torch

    X = torch.randn(5, 3, dtype=torch.float64, requires_grad=True)
    w = torch.randn(3, 1, dtype=torch.float64, requires_grad=True)
    b = torch.randn(1, dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(5, 1, dtype=torch.float64)
    y_hat = linreg(X, w, b)
    assert y_hat.shape == (5, 1), "The predictions must have shape (n, 1)."
    message = "Gradients must reach X, w and b: the result must stay part of the graph."
    assert y_hat.requires_grad, message
    y_hat.backward(upstream)
    assert X.grad is not None and w.grad is not None and b.grad is not None, message
    torch.testing.assert_close(w.grad, X.detach().T @ upstream)
    torch.testing.assert_close(b.grad, upstream.sum().reshape(1))
    torch.testing.assert_close(X.grad, upstream @ w.detach().T)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: squared_loss

# %% [markdown]
# ## 4 · How wrong is a prediction?
#
# A *loss* turns "close" into a number. For example $i$ take the squared distance, halved:
#
# $$\ell^{(i)} = \tfrac{1}{2}\left(\hat{y}^{(i)} - y^{(i)}\right)^2, \qquad
#   \frac{\partial \ell^{(i)}}{\partial \hat{y}^{(i)}} = \hat{y}^{(i)} - y^{(i)} .$$
#
# The $\tfrac12$ is there for the derivative: it cancels the 2. What is left of the gradient is the error
# itself.
#
# Why squares, and not the plain distance? Suppose the noise is normal, as in question 1. Then the
# probability of a label is proportional to $e^{-(y - \hat{y})^2 / 2\sigma^2}$. To make the labels that we saw
# as probable as possible, take the negative logarithm of that and make it small. What comes out is the
# squared loss, up to constants. The square is not a taste, it is the shape of the noise.
#
# **Example.** Predictions $[3,\ -1,\ 8]$ and labels $[1,\ 2,\ 8]$ give the losses $[2,\ 4.5,\ 0]$.
#
# **The trap.** The model returns shape `(n, 1)`. Labels often come as `(n,)`. Subtract the two, and
# broadcasting makes an `(n, n)` table of *every prediction minus every label*. No error appears, the mean
# is a plausible number, and the model learns to predict the average. So first give `y` the shape of `y_hat`.
#
# **Your task.** Write `squared_loss(y_hat, y)`. It returns one loss *per example*, in the shape of `y_hat`.
# `y` holds as many numbers as `y_hat`, maybe in another shape; reshape it. Gradients must flow to `y_hat`,
# and `float64` in gives `float64` out.
#
# <details><summary>Hint: the result has n times n entries, or only one</summary>
#
# Print `y_hat.shape` and `y.shape` before the subtraction. If they differ, reshape `y` to
# `y_hat.shape`. If your result is a single number, a `mean` or a `sum` is too much: here every example keeps
# its own loss. The training loop decides what to do with them.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def squared_loss(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return (y_hat - y)**2 / 2 for each example, in the shape of y_hat.

    y holds as many numbers as y_hat and is reshaped to the shape of y_hat first.
    """
    # BEGIN SOLUTION
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_squared_loss_of_the_example(squared_loss):
    import torch

    y_hat = torch.tensor([[3.0], [-1.0], [8.0]])
    y = torch.tensor([[1.0], [2.0], [8.0]])
    torch.testing.assert_close(squared_loss(y_hat, y), torch.tensor([[2.0], [4.5], [0.0]]))

# %%
def test_squared_loss_takes_the_shape_of_y_hat(squared_loss):
    import torch

    flat, column = torch.tensor([3.0, -1.0, 8.0]), torch.tensor([[1.0], [2.0], [8.0]])
    torch.testing.assert_close(squared_loss(flat, column), torch.tensor([2.0, 4.5, 0.0]))
    flat, column = column.reshape(-1), flat.reshape(-1, 1)
    torch.testing.assert_close(squared_loss(column, flat), torch.tensor([[2.0], [4.5], [0.0]]))

# %%
# HIDDEN
def test_squared_loss_works_for_every_shape(squared_loss):
    import torch

    shapes = [((7, 1), (7,)), ((1, 1), (1,)), ((5,), (5, 1)), ((4, 3), (4, 3)), ((6, 1), (1, 6))]
    for shape, label_shape in shapes:
        y_hat = 9 * torch.randn(shape, dtype=torch.float64)
        y = 9 * torch.randn(label_shape, dtype=torch.float64)
        error = y_hat.reshape(-1) - y.reshape(-1)
        torch.testing.assert_close(squared_loss(y_hat, y), (error * error / 2).reshape(shape))
    y_hat, y = torch.randn(4, 5).T, torch.randn(4, 5).T
    torch.testing.assert_close(squared_loss(y_hat, y), (y_hat - y).square() / 2)
    torch.testing.assert_close(squared_loss(torch.tensor(-9.0), torch.tensor(3.0)), torch.tensor(72.0))

# %%
# HIDDEN
def test_squared_loss_has_the_error_as_its_gradient(squared_loss):
    import torch

    y_hat = (8 * torch.randn(6, 1, dtype=torch.float64)).requires_grad_(True)
    y = 8 * torch.randn(12, dtype=torch.float64)[::2]
    upstream = torch.randn(6, 1, dtype=torch.float64)
    loss = squared_loss(y_hat, y)
    assert loss.shape == (6, 1), "The losses must have the shape of y_hat."
    assert loss.requires_grad, "No gradient reaches y_hat: the result must stay part of the graph."
    loss.backward(upstream)
    torch.testing.assert_close(y_hat.grad, upstream * (y_hat.detach() - y.reshape(6, 1)))

# %%
# HIDDEN
def test_squared_loss_leaves_its_inputs_alone(squared_loss):
    import torch

    y_hat, y = torch.randn(5, 1), torch.randn(5)
    y_hat_before, y_before = y_hat.clone(), y.clone()
    squared_loss(y_hat, y)
    same = torch.equal(y_hat, y_hat_before) and torch.equal(y, y_before)
    assert same, "y_hat and y must keep their values and shapes."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: sgd

# %% [markdown]
# ## 5 · One step downhill
#
# The gradient points to where the loss grows fastest. So step the other way. How far is the
# *learning rate* $\eta$. In **minibatch stochastic gradient descent** the gradient is that of a batch
# $\mathcal{B}$:
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \frac{\eta}{|\mathcal{B}|}
#   \sum_{i \in \mathcal{B}} \frac{\partial \ell^{(i)}}{\partial \mathbf{p}} .$$
#
# The loop calls `backward()` on the **sum** of the losses of the batch. Thus `.grad` holds the sum of the
# formula, and the division by the batch size is left to this function. With it, $\eta$ means the same for
# batches of 10 and of 1000.
#
# **Example.** A parameter $[1,\ -2]$ with gradient $[4,\ -8]$ becomes, for $\eta = 0.5$ and batch size 4,
#
# $$[1,\ -2] - \tfrac{0.5}{4}\,[4,\ -8] = [0.5,\ -1] .$$
#
# Two things make this more than a line of arithmetic:
#
# - **In place.** `p = p - ...` makes a new tensor and lets the *name* `p` point to it, inside your function
#   only. The caller's parameter stays what it was. You have to change the values of the tensor that you were
#   given.
# - **Outside the graph.** The update is not part of the model. It must not be recorded, and afterwards every
#   parameter is still a leaf that requires a gradient. Inside `with torch.no_grad():` nothing is recorded.
#
# **Your task.** Write `sgd(params, lr, batch_size)` for a list of parameters that all have a `.grad`.
# Update each in place. **Leave `.grad` as it is**: clearing it is the loop's job, in the next question. The
# function returns nothing.
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation", or
# nothing changes</summary>
#
# The error means that PyTorch was about to record the update: put it under `torch.no_grad()`. If nothing
# changes, look for `p = p - ...`. The operators `-=`, `+=` and methods that end in an underscore, such as
# `sub_`, write into the tensor itself.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def sgd(params: list[torch.Tensor], lr: float, batch_size: int) -> None:
    """Take one step of minibatch SGD: p becomes p - lr * p.grad / batch_size, for each p in params.

    In place and outside the graph. p.grad holds the gradient of the sum over the batch; it is not changed.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_sgd_of_the_example(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    w.grad = torch.tensor([4.0, -8.0])
    sgd([w], 0.5, 4)
    message = "w is as it was. sgd must change the tensor that it is given, in place."
    assert not torch.equal(w.detach(), torch.tensor([1.0, -2.0])), message
    torch.testing.assert_close(w.detach(), torch.tensor([0.5, -1.0]))

# %%
def test_sgd_stays_outside_the_graph(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    (w * torch.tensor([3.0, 5.0])).sum().backward()
    sgd([w], 0.1, 2)
    torch.testing.assert_close(w.detach(), torch.tensor([0.85, -2.25]))
    assert w.requires_grad and w.is_leaf, "After the step, w must still be a leaf that requires a gradient."

# %%
def test_sgd_leaves_grad_alone(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    w.grad = torch.tensor([4.0, -8.0])
    sgd([w], 0.5, 4)
    torch.testing.assert_close(w.detach(), torch.tensor([0.5, -1.0]))
    message = "sgd must not clear or change .grad. The training loop does that."
    assert w.grad is not None and torch.equal(w.grad, torch.tensor([4.0, -8.0])), message

# %%
# HIDDEN
def test_sgd_updates_every_parameter(sgd):
    import torch
    from torch import nn

    shapes, lr, batch_size = [(3, 1), (1,), (), (2, 5, 4)], 0.03, 7
    params = [nn.Parameter(6 * torch.randn(shape, dtype=torch.float64)) for shape in shapes]
    params.append(nn.Parameter(6 * torch.randn(7, 3, dtype=torch.float64).T[:, ::2]))  # odd strides
    params.append(torch.randn(4, 1, dtype=torch.float64, requires_grad=True))  # a leaf, no nn.Parameter
    expected = []
    for p in params:
        p.grad = 10 * torch.randn_like(p.detach())
        expected.append(p.detach() - lr / batch_size * p.grad)
    sgd(params, lr, batch_size)
    for p, value in zip(params, expected):
        torch.testing.assert_close(p.detach(), value)

# %%
# HIDDEN
def test_sgd_takes_step_after_step(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([[5.0], [-7.0], [0.5]]))
    b = nn.Parameter(torch.tensor([-2.0]))
    expected_w, expected_b = w.detach().clone(), b.detach().clone()
    for batch_size in (3, 10, 1):
        X, y = torch.randn(batch_size, 3), 5 * torch.randn(batch_size, 1)
        w.grad, b.grad = None, None
        ((X @ w + b - y) ** 2 / 2).sum().backward()
        error = X @ expected_w + expected_b - y
        expected_w = expected_w - 0.2 / batch_size * (X.T @ error)
        expected_b = expected_b - 0.2 / batch_size * error.sum()
        sgd([w, b], 0.2, batch_size)
        assert w.is_leaf and w.requires_grad, "A parameter must stay a leaf that requires a gradient."
        torch.testing.assert_close(w.detach(), expected_w)
        torch.testing.assert_close(b.detach(), expected_b)

# %%
# HIDDEN
def test_sgd_leaves_every_grad_alone(sgd):
    import torch
    from torch import nn

    params = [nn.Parameter(torch.randn(3, 2)), nn.Parameter(torch.randn(4))]
    before = [p.detach().clone() for p in params]
    grads = [torch.randn_like(p) for p in before]
    for p, grad in zip(params, grads):
        p.grad = grad.clone()
    sgd(params, 0.25, 2)
    for p, old, grad in zip(params, before, grads):
        torch.testing.assert_close(p.detach(), old - 0.125 * grad)
        message = "sgd must not clear or change .grad. The training loop does that."
        assert p.grad is not None and torch.equal(p.grad, grad), message

# %%
# HIDDEN
def test_sgd_leaves_autograd_switched_on(sgd, judge):
    import torch

    def measure(sgd, X):
        import torch

        w = torch.zeros(3, 1, requires_grad=True)
        recorded = []
        for _ in range(2):
            loss = (X @ w - 1).square().sum()
            recorded.append(loss.requires_grad)
            if loss.requires_grad:
                w.grad = None
                loss.backward()
            sgd([w], 0.1, 5)
        torch.set_grad_enabled(True)
        return recorded

    message = "After the step, PyTorch must record again: the next forward pass needs its graph."
    assert judge.probe(measure, sgd, torch.randn(5, 3)) == [True, True], message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### A walk on the loss surface
#
# For each pair of weights, the mean loss over all data is the height of a landscape. For a linear model it
# is a bowl with a single lowest point, the cross. Below, your four functions walk from $(0, 0)$, one step per
# minibatch. Left, batches of 10; right, all 1000 examples in each step. Both paths reach the cross. The left
# one staggers a little, but each of its steps costs a hundredth of the work.

# %% tags=["otter_ignore"]
w1, w2 = torch.meshgrid(torch.linspace(-1, 5, 80), torch.linspace(-6, 1, 80), indexing="ij")
errors = features @ torch.stack([w1.reshape(-1), w2.reshape(-1)]) + true_b - labels
height = (errors**2 / 2).mean(dim=0).reshape(80, 80)
fig, axes = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained", sharey=True)
for ax, batch_size, epochs in [(axes[0], 10, 1), (axes[1], 1000, 60)]:
    w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    path = [w.detach().reshape(-1).clone()]
    for _ in range(epochs):
        for X, y in data_iter(batch_size, features, labels):
            w.grad, b.grad = None, None
            squared_loss(linreg(X, w, b), y).sum().backward()
            sgd([w, b], 0.06, batch_size)
            path.append(w.detach().reshape(-1).clone())
    ax.contourf(w1, w2, height, levels=25, cmap="Blues")
    ax.plot(*torch.stack(path).T, color="tab:orange", marker="o", markersize=2.5, linewidth=1)
    ax.scatter(*true_w, marker="x", color="black", s=60, zorder=3)
    ax.set(xlabel="$w_1$", ylabel="$w_2$", title=f"batch size {batch_size}: {len(path) - 1} steps")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: train_linreg

# %% [markdown]
# ## 6 · The training loop
#
# Now put the pieces together. The loop below has not changed since the first neural networks. You will write
# it again in every assignment:
#
# > Start with some parameters.
# > For each epoch, for each minibatch $(\mathbf{X}, \mathbf{y})$:
# > 1. **forward**: compute the predictions and the losses,
# > 2. **backward**: compute the gradients of the sum of the losses,
# > 3. **step**: update the parameters,
# > 4. **zero**: clear the gradients, before the next `backward()` adds to them.
#
# That `backward()` *adds* to `.grad` is easy to forget. If nobody clears it, each step uses the sum of all
# gradients since the start. The walk then swings around the bottom of the bowl like a marble and does not
# come to rest.
#
# How good is the model after each epoch? The loss of the last minibatch is no answer: ten examples may be
# lucky ones. Record the **mean loss over all examples**. Either evaluate all of them when the epoch is over,
# or add up, batch by batch, what you have computed anyway and divide by the number of examples. Both are
# accepted.
#
# **Example.** 1000 examples, the truth of question 1 and the default values should give weights close to
# $[2,\ -3.4]$, a bias close to $4.2$, and a third loss below $0.001$.
#
# **Your task.** Write `train_linreg`. Start with small random or zero weights and a zero bias. Use your
# `data_iter`, `linreg`, `squared_loss` and `sgd`. Return `(w, b, losses)`: `w` of shape `(d, 1)`, `b` of
# shape `(1,)`, and a list of `num_epochs` numbers.
#
# <details><summary>Hint: the loss falls, and then it grows or swings</summary>
#
# Print `w.grad` after the second `backward()` of a small example. Is it the gradient of the second batch
# alone? If not, nobody cleared the first one. `w.grad.zero_()` does it, and so does `w.grad = None`. And the
# order matters: cleared between `backward` and the step, there is nothing left to step with.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def train_linreg(
    features: torch.Tensor,
    labels: torch.Tensor,
    lr: float = 0.03,
    num_epochs: int = 3,
    batch_size: int = 10,
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Train a linear model from scratch by minibatch SGD and return (w, b, losses).

    features (n, d) and labels (n, 1) are the data, w (d, 1) and b (1,) the trained parameters. losses is a
    list with one number per epoch: the mean of squared_loss over all examples.
    """
    # BEGIN SOLUTION
    w = torch.normal(0.0, 0.01, (features.shape[1], 1), dtype=features.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=features.dtype, requires_grad=True)
    losses = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            squared_loss(linreg(X, w, b), y).sum().backward()
            sgd([w, b], lr, batch_size)
            w.grad.zero_()
            b.grad.zero_()
        with torch.no_grad():
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
    return w, b, losses
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_train_linreg_finds_the_truth(train_linreg):
    import torch

    # After 300 steps a right answer is within 0.005 of the truth; the bounds are ten times that.
    X = torch.randn(1000, 2)
    y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2 + 0.01 * torch.randn(1000, 1)
    w, b, losses = train_linreg(X, y)
    w, b = w.detach().reshape(-1), b.detach().reshape(-1)
    assert (w - torch.tensor([2.0, -3.4])).abs().max() < 0.05, f"w should be close to [2, -3.4], got {w}."
    assert (b - 4.2).abs().max() < 0.05, f"b should be close to 4.2, got {b}."
    assert hasattr(losses, "__len__"), "losses must be a list with one number for each epoch."
    assert len(losses) == 3, f"Expected one loss for each of the 3 epochs, got {len(losses)}."
    assert float(losses[2]) < 0.001, f"The last loss should be below 0.001, got {float(losses[2]):.5f}."

# %%
def test_train_linreg_reports_the_mean_over_all_examples(train_linreg):
    import torch

    # With lr = 0 nothing moves: each loss is that of the weights returned. One label lies far out.
    X = torch.randn(40, 2)
    y = torch.randn(40, 1)
    y[7] = 300.0
    w, b, losses = train_linreg(X, y, lr=0.0, num_epochs=2, batch_size=10)
    expected = ((X @ w.detach().reshape(-1, 1) + b.detach() - y) ** 2 / 2).mean().item()
    for loss in losses:
        message = "With lr = 0 nothing moves, and each loss is the mean over all 40 examples of your w and b: "
        message += f"{expected:.2f}. Got {float(loss):.2f}."
        assert abs(float(loss) / expected - 1) < 0.001, message

# %%
# HIDDEN
def test_train_linreg_takes_the_right_steps(train_linreg):
    import torch

    # The columns of X are orthogonal with mean 0. With the whole data set as one batch, each step brings
    # every parameter closer to the truth by the factor 1 - lr. Weights that start anywhere below 20
    # change the result by less than the tolerance.
    X = torch.tensor([[1.0, 1, 1], [1, 1, -1], [1, -1, 1], [1, -1, -1]])
    X = torch.cat([X, -X])
    truth, bias = torch.tensor([3000.0, -2000.0, 5000.0]), -4000.0
    y = (X @ truth + bias).reshape(-1, 1)
    for lr, num_epochs in [(0.1, 1), (0.1, 2), (0.2, 4)]:
        w, b, losses = train_linreg(X, y, lr=lr, num_epochs=num_epochs, batch_size=8)
        way = 1 - (1 - lr) ** num_epochs
        assert len(losses) == num_epochs, "There must be one loss per epoch."
        message = "After some epochs with one batch each, w is not where gradient descent leads."
        assert ((w.detach().reshape(-1) - way * truth).abs() < 20).all(), message
        message = "After some epochs with one batch each, b is not where gradient descent leads."
        assert ((b.detach().reshape(-1) - way * bias).abs() < 20).all(), message

# %%
# HIDDEN
def test_train_linreg_reports_every_epoch(train_linreg):
    import torch

    # As above: the loss falls by (1 - lr) ** 2 per epoch, whether measured in the epoch or after it.
    X = torch.tensor([[1.0, 1, 1], [1, 1, -1], [1, -1, 1], [1, -1, -1]])
    X = torch.cat([X, -X])
    y = (X @ torch.tensor([3000.0, -2000.0, 5000.0]) - 4000.0).reshape(-1, 1)
    _, _, losses = train_linreg(X, y, lr=0.1, num_epochs=5, batch_size=8)
    losses = [float(loss) for loss in losses]
    assert len(losses) == 5, "There must be one loss per epoch."
    start = (y.square() / 2).mean().item()
    message = "The loss of the first epoch must be the mean of squared_loss over all examples."
    assert min(abs(losses[0] / start - 1), abs(losses[0] / start / 0.81 - 1)) < 0.03, message
    message = "The losses must be those of each epoch, in order."
    assert all(abs(after / before - 0.81) < 0.03 for before, after in zip(losses, losses[1:])), message

# %%
# HIDDEN
def test_train_linreg_counts_all_batches(train_linreg):
    import torch

    # With lr = 0 nothing moves. Two labels lie so far out that no single batch has the mean of all.
    for n, d, batch_size in [(60, 4, 12), (15, 1, 15), (21, 3, 3)]:
        X, y = torch.randn(n, d), torch.randn(n, 1)
        y[3], y[n - 1] = -500.0, 200.0
        w, b, losses = train_linreg(X, y, lr=0.0, num_epochs=3, batch_size=batch_size)
        expected = ((X @ w.detach().reshape(-1, 1) + b.detach() - y) ** 2 / 2).mean().item()
        message = "Each loss must be the mean of squared_loss over all examples of the data set."
        assert len(losses) == 3, "There must be one loss per epoch."
        assert all(abs(float(loss) / expected - 1) < 0.001 for loss in losses), message

# %%
# HIDDEN
def test_train_linreg_learns_with_a_smaller_last_batch(train_linreg):
    import torch

    # No noise, at least 300 steps of 0.1: what is left of the distance is far below the tolerance.
    for n, d, batch_size, num_epochs in [(97, 5, 9, 30), (50, 1, 16, 80)]:
        X, truth = torch.randn(n, d), 5 * torch.randn(d, 1)
        w, b, losses = train_linreg(X, X @ truth - 7.0, lr=0.1, num_epochs=num_epochs, batch_size=batch_size)
        message = "The loop does not find the weights of data without noise."
        assert ((w.detach().reshape(-1, 1) - truth).abs() < 0.05).all(), message
        message = "The loop does not find the bias of data without noise."
        assert ((b.detach().reshape(-1) + 7.0).abs() < 0.05).all(), message
        assert len(losses) == num_epochs, "There must be one loss per epoch."
        assert float(losses[-1]) < 0.01 < float(losses[0]), "The loss must fall from epoch to epoch."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### How large a step?
#
# The learning rate is the first knob that you will turn in practice. Your loop draws its learning curves
# below. Too small, and eight epochs are not enough. Too large, and the steps jump across the bowl: the loss
# goes up and down and never settles. (Add 2.0 to the list. What happens to its curve?) The dashed line is the
# noise, below which no model can stay.

# %% tags=["otter_ignore"]
torch.manual_seed(1)
fig, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
for lr in (0.003, 0.01, 0.03, 0.3, 1.7):
    _, _, losses = train_linreg(features, labels, lr=lr, num_epochs=8)
    ax.semilogy(np.arange(1, 9), [float(loss) for loss in losses], marker="o", markersize=4, label=f"lr = {lr}")
ax.axhline(0.01**2 / 2, color="black", linestyle="--", linewidth=1)
ax.set(xlabel="epoch", ylabel="mean loss", title="learning curves", ylim=(1e-5, 1e2))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %% [markdown]
# ## The same, in a few lines
#
# You now know what happens in every line of a training loop. From here on, PyTorch may do the work: `nn`
# has the layers and losses, `torch.optim` the update rules, and `torch.utils.data` the minibatches.

# %% [raw]
# # BEGIN QUESTION
# name: make_linear_net

# %% [markdown]
# ## 7 · A layer that holds its own parameters
#
# `nn.Linear(d, 1)` keeps `weight` and `bias` and computes $\mathbf{X}\mathbf{w} + b$ when you call it.
# `nn.Sequential` chains layers, each one fed with the output of the one before. Ours has a single link, but
# every later network will begin like this.
#
# A layer comes with a random start chosen by PyTorch. Here we want our own: weights from
# $\mathcal{N}(0, 0.01^2)$, that is, a **standard deviation of 0.01**, and a bias of 0. Both live in
# `layer.weight` and `layer.bias`. `nn.init` has functions that fill such a tensor in place, and the
# methods `layer.weight.data.normal_` and `layer.bias.data.fill_` do the same.
#
# **Example.** `make_linear_net(3)` prints as
#
# ```
# Sequential(
#   (0): Linear(in_features=3, out_features=1, bias=True)
# )
# ```
#
# and maps a batch of shape `(5, 3)` to predictions of shape `(5, 1)`. Its weight has shape `(1, 3)`:
# `nn.Linear` stores it as (outputs, inputs), the other way round than your `w`.
#
# **Your task.** Write `make_linear_net(num_inputs)`. It returns a new `nn.Sequential` with this one layer, in
# this start. Each call draws new weights.
#
# <details><summary>Hint: the weights are as large as 0.5</summary>
#
# That is PyTorch's own start. Did you fill the weight *of the layer in the network*, with a function that
# works in place? Assigning to a name, as in `w = torch.normal(...)`, changes nothing in the layer. And mind
# what your function wants: a standard deviation or a variance.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_linear_net(num_inputs: int) -> nn.Sequential:
    """Return a new nn.Sequential with one nn.Linear(num_inputs, 1), ready for training.

    Its weight (1, num_inputs) is drawn from N(0, 0.01**2), its bias (1,) is 0.
    """
    # BEGIN SOLUTION
    net = nn.Sequential(nn.Linear(num_inputs, 1))
    nn.init.normal_(net[0].weight, mean=0.0, std=0.01)
    nn.init.zeros_(net[0].bias)
    return net
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_make_linear_net_has_one_linear_layer(make_linear_net):
    import torch
    from torch import nn

    net = make_linear_net(3)
    assert isinstance(net, nn.Sequential), "make_linear_net must return an nn.Sequential."
    assert len(net) == 1, f"The network must have one layer, got {len(net)}."
    assert isinstance(net[0], nn.Linear), "The layer must be an nn.Linear."
    assert tuple(net[0].weight.shape) == (1, 3), "The layer must map num_inputs numbers to one."
    assert tuple(net(torch.randn(5, 3)).shape) == (5, 1), "Input (n, num_inputs) must give (n, 1)."

# %%
def test_make_linear_net_starts_small(make_linear_net):
    # 10 000 draws: a right answer misses 8 % of 0.01 once in 10 ** 28 runs.
    net = make_linear_net(10000)
    std = net[0].weight.detach().std().item()
    assert abs(std / 0.01 - 1) < 0.08, f"The weights must have standard deviation 0.01, got {std:.5f}."
    assert net[0].bias is not None, "The layer must have a bias."
    assert (net[0].bias == 0).all(), "The bias must start at 0."

# %%
# HIDDEN
def test_make_linear_net_draws_from_the_normal_distribution(make_linear_net):
    # 40 000 draws. Standard errors: std 0.35 %, mean sigma / 200, share inside 1 sigma (68.27 %) 0.0023.
    # The bounds are 8 of them or more: below 1 in 10 ** 14.
    net = make_linear_net(40000)
    W = net[0].weight.detach()
    assert abs(W.std().item() / 0.01 - 1) < 0.03, "The weights must have standard deviation 0.01."
    assert abs(W.mean().item()) < 0.0004, "The weights must have mean 0."
    inside = (W.abs() < 0.01).double().mean().item()
    assert abs(inside - 0.6827) < 0.02, "The weights must be drawn from a normal distribution."
    assert (net[0].bias == 0).all(), "The bias must start at 0."

# %%
# HIDDEN
def test_make_linear_net_computes_a_linear_model(make_linear_net):
    import torch

    for d in (1, 7):
        net = make_linear_net(d)
        X = 100 * torch.randn(4, d)
        expected = X @ net[0].weight.detach().T + net[0].bias.detach()
        torch.testing.assert_close(net(X).detach(), expected)
        assert len(list(net.parameters())) == 2, "The network must have one weight and one bias."

# %%
# HIDDEN
def test_make_linear_net_makes_a_new_trainable_network(make_linear_net):
    import torch

    # Chance of a false alarm: none but equal float32 draws, far below 1 in 10 ** 100.
    first, second = make_linear_net(30), make_linear_net(30)
    same = torch.equal(first[0].weight.detach(), second[0].weight.detach())
    assert not same, "Each call must draw new weights."
    trainable = [p.requires_grad and p.is_leaf for p in first.parameters()]
    assert trainable == [True, True], "Weight and bias must be leaves that require a gradient."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: fit

# %% [markdown]
# ## 8 · The concise loop
#
# The loop is that of question 6. Only the names change: the network is called like a function, the
# *optimizer* knows the parameters, and three of its and the loss's methods do the rest.
#
# | from scratch | with PyTorch |
# |---|---|
# | `y_hat = linreg(X, w, b)` | `y_hat = net(X)` |
# | `l = squared_loss(y_hat, y).sum()` | `l = loss(y_hat, y)` |
# | `w.grad.zero_()`, `b.grad.zero_()` | `optimizer.zero_grad()` |
# | `l.backward()` | `l.backward()` |
# | `sgd([w, b], lr, batch_size)` | `optimizer.step()` |
#
# A loss such as `nn.MSELoss()` returns the **mean over the batch**. That is what the division by the batch
# size was for, so the optimizer needs none.
#
# There is one trap. What is the mean loss of an epoch whose last batch is smaller? Averaging the means of the
# batches would give the examples of the small batch too much say. Weight each mean by the number of its
# examples:
#
# $$\text{epoch loss} = \frac{\sum_{\mathcal{B}} |\mathcal{B}| \cdot \text{loss}(\mathcal{B})}
#   {\sum_{\mathcal{B}} |\mathcal{B}|} .$$
#
# **Example.** Three examples with mean loss 2 and one with loss 10 make
# $(3 \cdot 2 + 1 \cdot 10) / 4 = 4$, and not $6$.
#
# **Your task.** Write `fit(net, data, loss, optimizer, num_epochs)`. `data` is a list of batches
# `(X, y)`, or anything else that can be looped over once per epoch, like a `DataLoader`. `loss(y_hat, y)`
# returns the mean loss of a batch; give it the prediction first. For each batch: `zero_grad`, `backward`,
# `step`. Return a list with the mean loss of each epoch, from the losses that the loop computes, weighted by
# batch size, as plain numbers.
#
# <details><summary>Hint: the weights do not move, or the losses come out too large</summary>
#
# Say aloud what each line does to `.grad`: `zero_grad` clears it, `backward` adds to it, `step` reads it.
# Between `backward` and `step` nothing may clear it, and between two `backward` something must. For the
# losses, work through the example above on paper: what do you divide by?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def fit(
    net: nn.Module,
    data: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    num_epochs: int,
) -> list[float]:
    """Train net on the batches (X, y) of data and return the mean loss of each epoch.

    loss(y_hat, y) is the mean loss of a batch. For each batch: zero_grad, backward, step. The mean over an
    epoch is weighted by the number of examples in each batch.
    """
    # BEGIN SOLUTION
    losses = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for X, y in data:
            batch_loss = loss(net(X), y)
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(X)
            count += len(X)
        losses.append(total / count)
    return losses
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_fit_takes_one_step(fit):
    import torch
    from torch import nn

    # Predictions 0.5 and -6.5, errors -1 and -2: the weights have the gradient [0, -7], the bias -3.
    net = nn.Sequential(nn.Linear(2, 1))
    net[0].weight.data = torch.tensor([[1.0, -2.0]])
    net[0].bias.data = torch.tensor([0.5])
    data = [(torch.tensor([[2.0, 1.0], [-1.0, 3.0]]), torch.tensor([[1.5], [-4.5]]))]
    fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.1), 1)
    torch.testing.assert_close(net[0].weight.detach(), torch.tensor([[1.0, -1.3]]))
    torch.testing.assert_close(net[0].bias.detach(), torch.tensor([0.8]))

# %%
def test_fit_weights_the_losses_by_batch_size(fit):
    import torch
    from torch import nn

    # With lr = 0 nothing moves. The net predicts 0: three examples have mean loss 2, one has loss 10.
    net = nn.Sequential(nn.Linear(2, 1))
    nn.init.zeros_(net[0].weight)
    nn.init.zeros_(net[0].bias)
    data = [
        (torch.ones(3, 2), torch.tensor([[1.0], [1.0], [2.0]])),
        (torch.ones(1, 2), torch.tensor([[10.0**0.5]])),
    ]
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.0), 2)
    assert len(losses) == 2, f"Expected one loss for each of the 2 epochs, got {len(losses)}."
    for loss in losses:
        assert abs(float(loss) - 4) < 0.001, f"The mean over the 4 examples is 4, got {float(loss):.4f}."

# %%
def test_fit_learns(fit):
    import torch
    from torch import nn

    X = torch.randn(200, 2)
    y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2
    net = nn.Sequential(nn.Linear(2, 1))
    data = list(zip(X.split(16), y.split(16)))
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.05), 12)
    w, b = net[0].weight.detach().reshape(-1), net[0].bias.detach()
    assert (w - torch.tensor([2.0, -3.4])).abs().max() < 0.1, f"w should be close to [2, -3.4], got {w}."
    assert (b - 4.2).abs().max() < 0.1, f"b should be close to 4.2, got {b}."
    assert float(losses[-1]) < 0.01 * float(losses[0]), "The loss should fall below a hundredth of the first."

# %%
# HIDDEN
def test_fit_takes_the_right_steps(fit):
    import copy

    import torch
    from torch import nn

    makers = [
        lambda params: torch.optim.SGD(params, lr=0.05),
        lambda params: torch.optim.SGD(params, lr=0.02, momentum=0.9),
        lambda params: torch.optim.Adam(params, lr=0.01),
    ]
    for make in makers:
        net = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).double()
        twin = copy.deepcopy(net)
        data = [(torch.randn(n, 3).double(), 2 * torch.randn(n, 2).double()) for n in (6, 6, 4, 1)]
        fit(net, data, nn.MSELoss(), make(net.parameters()), 3)
        optimizer = make(twin.parameters())
        for X, y in data * 3:
            optimizer.zero_grad()
            nn.functional.mse_loss(twin(X), y).backward()
            optimizer.step()
        for p, expected in zip(net.parameters(), twin.parameters()):
            torch.testing.assert_close(p.detach(), expected.detach())

# %%
# HIDDEN
def test_fit_returns_the_loss_of_every_epoch(fit):
    import copy

    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(3, 1)).double()
    twin = copy.deepcopy(net)
    data = [(torch.randn(n, 3).double(), 5 * torch.randn(n, 1).double()) for n in (7, 4, 2)]
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.1), 4)
    assert len(losses) == 4, "There must be one loss per epoch."
    optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
    for loss in losses:
        during = 0.0
        for X, y in data:
            batch_loss = nn.functional.mse_loss(twin(X), y)
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            during += batch_loss.item() * len(X) / 13
        after = sum(nn.functional.mse_loss(twin(X), y).item() * len(X) / 13 for X, y in data)
        message = "Each loss must be the mean over all examples of its epoch, weighted by batch size."
        assert min(abs(float(loss) / during - 1), abs(float(loss) / after - 1)) < 1e-4, message

# %%
# HIDDEN
def test_fit_weights_every_batch_by_its_size(fit):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(4, 1))
    data = [(torch.randn(n, 4), scale * torch.randn(n, 1)) for n, scale in [(9, 1), (2, 40), (5, 6), (1, 15)]]
    errors = torch.cat([net(X).detach() - y for X, y in data])
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.0), 3)
    assert len(losses) == 3, "There must be one loss per epoch."
    expected = errors.square().mean().item()
    message = "Each loss must be the mean over all examples, weighted by batch size."
    assert all(abs(float(loss) / expected - 1) < 1e-3 for loss in losses), message

# %%
# HIDDEN
def test_fit_gives_the_loss_prediction_first(fit):
    import copy

    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(2, 1))
    twin = copy.deepcopy(net)
    data = [(torch.randn(n, 2), torch.randn(n, 1)) for n in (5, 3)]

    def loss(y_hat, y):
        return (3 * y_hat - y).abs().mean()

    fit(net, data, loss, torch.optim.SGD(net.parameters(), lr=0.1), 2)
    for X, y in data * 2:
        twin.zero_grad()
        loss(twin(X), y).backward()
        for p in twin.parameters():
            p.data -= 0.1 * p.grad
    for p, expected in zip(net.parameters(), twin.parameters()):
        torch.testing.assert_close(p.detach(), expected.detach())

# %%
# HIDDEN
def test_fit_loops_over_the_data_once_per_epoch(fit, judge):
    import torch

    def measure(fit, X, y):
        import torch
        from torch import nn
        from torch.utils.data import DataLoader, TensorDataset

        class Counted:
            """Can only be looped over, as a DataLoader: no length, no index."""

            def __init__(self):
                self.loader = DataLoader(TensorDataset(X, y), batch_size=4, shuffle=True)
                self.passes = 0

            def __iter__(self):
                self.passes += 1
                return iter(self.loader)

        net, data = nn.Linear(3, 1), Counted()
        losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.0), 3)
        losses = [] if losses is None else [float(loss) for loss in losses]
        return losses, nn.MSELoss()(net(X), y).item(), data.passes

    losses, expected, passes = judge.probe(measure, fit, torch.randn(11, 3), 4 * torch.randn(11, 1))
    assert passes >= 3, "Every epoch must loop over data anew: a DataLoader then shuffles anew."
    assert len(losses) == 3, "There must be one loss per epoch."
    message = "Each loss must be the mean over all examples, weighted by batch size, for a DataLoader too."
    assert all(abs(loss / expected - 1) < 1e-3 for loss in losses), message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Both ways, side by side
#
# The same data and the same learning rate, once with your `train_linreg` and once with your
# `make_linear_net` and `fit`. `DataLoader` does the work of `data_iter`: `shuffle=True` draws a new order for
# every pass. Both find the truth. The first point of `fit` is higher because it measures *during* the epoch.
# But they settle at different heights, on the same noise. Why? The last question is about that.

# %% tags=["otter_ignore"]
torch.manual_seed(2)
w, b, scratch = train_linreg(features, labels, num_epochs=6)
net = make_linear_net(2)
loader = DataLoader(TensorDataset(features, labels), batch_size=10, shuffle=True)
optimizer = torch.optim.SGD(net.parameters(), lr=0.03)
concise = fit(net, loader, F.mse_loss, optimizer, num_epochs=6)  # the function that nn.MSELoss() calls
print("truth       ", true_w.tolist(), true_b)
print("from scratch", [round(v, 3) for v in w.detach().reshape(-1).tolist()], round(b.item(), 3))
print("concise     ", [round(v, 3) for v in net[0].weight.reshape(-1).tolist()], round(net[0].bias.item(), 3))
fig, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
ax.semilogy(range(1, 7), [float(loss) for loss in scratch], marker="o", label="train_linreg")
ax.semilogy(range(1, 7), [float(loss) for loss in concise], marker="s", label="fit, nn.MSELoss")
ax.set(xlabel="epoch", ylabel="mean loss")
ax.legend()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: mse_ratio

# %% [markdown]
# ## 9 · Quiz: two losses, one idea
#
# `nn.MSELoss()` is the mean of $(\hat{y}^{(i)} - y^{(i)})^2$. Your `squared_loss` differs from it in more
# than the mean. So a learning rate that suits one need not suit the other: what multiplies the loss also
# multiplies the gradient.
#
# **Your task.** Set `mse_ratio` to the factor by which `nn.MSELoss()` is larger than the *mean* of
# `squared_loss`, on the same predictions and labels:
#
# $$\texttt{mse\_ratio} =
#   \frac{\texttt{nn.MSELoss()(y\_hat, y)}}{\texttt{squared\_loss(y\_hat, y).mean()}} .$$
#
# <details><summary>Hint: I am not sure which way round</summary>
#
# Take the losses of the example in question 4 and compute both numbers by hand, or let Python do it. Which
# one is larger? A number above 1 says that it is the one in the numerator.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
mse_ratio = 2  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_mse_ratio_is_a_positive_number(mse_ratio):
    is_number = hasattr(mse_ratio, "__float__") and not isinstance(mse_ratio, bool)
    assert is_number, "mse_ratio must be a number."
    assert float(mse_ratio) > 0, "The ratio of two positive losses is positive."

# %%
# HIDDEN
def test_mse_ratio_is_the_right_factor(mse_ratio):
    message = "Write both losses as sums over the examples and divide one by the other."
    assert hasattr(mse_ratio, "__float__") and abs(float(mse_ratio) - 2) < 1e-3, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you have now
#
# A model, a loss, minibatches, an update, a loop. Softmax regression changes the model and the loss.
# Multilayer perceptrons change the model. The loop stays.

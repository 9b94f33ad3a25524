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
# # Model selection, weight decay, dropout and house prices
#
# A model that knows its training examples by heart is of no use. What counts is how it does on examples that
# it has never seen: how well it *generalises*. In this assignment you learn to measure that honestly, you
# build the two classical remedies against learning by heart, and you try everything out on the prices of
# 2,930 real houses.
#
# **You will learn**
#
# - how to estimate the error on new data with $K$-fold cross-validation, without wasting a row;
# - how weight decay keeps weights small, and why that helps;
# - how dropout works, in training and in prediction;
# - how a table with numbers, words and gaps becomes a tensor that a network can read.
#
# **Time:** about 90 minutes. Ten questions; each one builds on those before it.

# %% [markdown]
# ## How to work
#
# 1. Replace each `...  # your code`, and the `raise` under it, by your answer. Leave names and
#    signatures as they are. In a quiz, replace the three dots.
# 2. Run your cell, then the check cell below it: `grader.check("k_fold")` runs the public checks.
#    Hidden checks run after you hand in. They try other sizes, other values and other data types.
# 3. Stuck? Each question has a hint that opens on a click, sorted by symptom.
# 4. Save the notebook and upload it.
#
# In every question the tensors and tables that you are given stay unchanged (but for parameters, where the
# question says "in place"), and `float64` in gives `float64` out.
#
# The plots between the questions use *your* functions. They are there to look at and are not graded.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import pandas as pd
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ---
# # Part A · How good is a model really?
#
# The **training error** is the error on the examples that the model has learned from. The **generalisation
# error** is the error that we would have to expect on new examples. We can never measure the second one
# exactly. But we can estimate it with examples that were kept away from training.
#
# The plot shows why the training error alone deceives. Three polynomials were fitted to the same fourteen
# noisy points of one curve. Compare their errors on the points that they know with those on fresh ones.

# %% tags=["otter_ignore"]
torch.manual_seed(2)


def cubic(x):
    return 1.2 * x - 2.6 * x**2 + 4.2 * x**3


def powers(x, degree):
    return torch.stack([x**i for i in range(degree + 1)], dim=1)


x_known = torch.linspace(-1, 1, 14, dtype=torch.float64)
x_fresh = torch.rand(200, dtype=torch.float64) * 2 - 1
y_known, y_fresh = (cubic(x) + 0.7 * torch.randn_like(x) for x in (x_known, x_fresh))
grid = torch.linspace(-1, 1, 300, dtype=torch.float64)

fig, axes = plt.subplots(1, 3, figsize=(12, 3.4), sharey=True)
for ax, degree in zip(axes, [1, 3, 12]):
    w = torch.linalg.lstsq(powers(x_known, degree), y_known[:, None]).solution
    known, fresh = (
        ((powers(x, degree) @ w)[:, 0] - y).square().mean()
        for x, y in ((x_known, y_known), (x_fresh, y_fresh))
    )
    ax.plot(x_fresh, y_fresh, ".", color="0.85", label="fresh")
    ax.plot(x_known, y_known, "o", color="#1f5fa5", label="known")
    ax.plot(grid, powers(grid, degree) @ w, color="#d1495b")
    ax.set(ylim=(-10, 5), xlabel="x", title=f"degree {degree}\nerror: known {known:.2f}, fresh {fresh:.2f}")
axes[0].set_ylabel("y")
axes[0].legend(loc="lower right")
plt.tight_layout()
plt.show()

# %% [markdown]
# The straight line cannot follow the points at all: both errors are large. That is **underfitting**. The
# polynomial of degree 12 runs through nearly every point, and invents wild turns between them: its training
# error is tiny and its error on fresh points is large. That is **overfitting**. To tell the three apart we
# need points that the model has not seen. And if data are scarce, we cannot afford to set many aside.

# %% [raw]
# # BEGIN QUESTION
# name: get_k_fold_data

# %% [markdown]
# ## 1 · One fold for validation
#
# $K$-fold cross-validation cuts the $n$ examples into $K$ **folds** of consecutive rows. Fold $i$ is kept for
# *validation*, all the others are for *training*. With $i = 0, 1, \dots, K-1$ one after the other, every
# example is validated exactly once, and no model is ever judged on rows that it was trained on.
#
# When $n$ is not a multiple of $K$, nothing may get lost. The fold sizes then differ by one, **the larger
# folds first**, as `torch.tensor_split` cuts. Seven rows in three folds:
#
# | | validation | training |
# |---|---|---|
# | $i=0$ | rows 0, 1, 2 | rows 3, 4, 5, 6 |
# | $i=1$ | rows 3, 4 | rows 0, 1, 2, 5, 6 |
# | $i=2$ | rows 5, 6 | rows 0, 1, 2, 3, 4 |
#
# (Beware of code that computes `fold_size = n // k` and leaves it at that. It forgets row 6.)
#
# Write `get_k_fold_data(k, i, X, y)`, which returns `(X_train, y_train, X_valid, y_valid)`.
#
# - The rows keep their order, and each row of `X` stays with its entry of `y`.
# - Requests that make no sense raise a `ValueError`: `k` below 2, `k` larger than the number of rows, `i`
#   outside $0, \dots, k-1$ (negative numbers too).
#
# <details><summary>Hint: the last rows never show up</summary>
#
# `n // k` rounds down, so `k * (n // k)` may be less than `n`. The rest `n % k` says how many folds need one
# row more. Or let `torch.tensor_split` do the cutting.
#
# *Some rows are in both parts:* walk through the folds and put each one either here or there, never both.
#
# *`y_train` looks like `X_train`:* check your calls of `torch.cat`, one for `X` and one for `y`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def get_k_fold_data(
    k: int, i: int, X: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return (X_train, y_train, X_valid, y_valid): fold i of k for validation, all other rows for training.

    X has n rows, y has n entries or rows. The folds are consecutive rows in order; their sizes differ by at
    most one, the larger ones first. ValueError unless 2 <= k <= n and 0 <= i < k.
    """
    # BEGIN SOLUTION
    n = X.shape[0]
    if not 2 <= k <= n:
        raise ValueError(f"k must lie between 2 and the number of rows, {n}; it is {k}")
    if not 0 <= i < k:
        raise ValueError(f"i must lie between 0 and {k - 1}; it is {i}")
    X_folds, y_folds = list(torch.tensor_split(X, k)), list(torch.tensor_split(y, k))
    X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
    return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_get_k_fold_data_takes_one_fold_out(get_k_fold_data):
    import torch

    X = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.0], [8.0, 9.0], [10.0, 11.0]])
    y = torch.tensor([0.0, -1.0, -2.0, -3.0, -4.0, -5.0])
    X_train, y_train, X_valid, y_valid = get_k_fold_data(3, 1, X, y)
    torch.testing.assert_close(X_valid, torch.tensor([[4.0, 5.0], [6.0, 7.0]]))
    torch.testing.assert_close(y_valid, torch.tensor([-2.0, -3.0]))
    expected = torch.tensor([[0.0, 1.0], [2.0, 3.0], [8.0, 9.0], [10.0, 11.0]])
    torch.testing.assert_close(X_train, expected)
    torch.testing.assert_close(y_train, torch.tensor([0.0, -1.0, -4.0, -5.0]))

# %%
def test_get_k_fold_data_uses_every_row_and_makes_the_first_folds_larger(get_k_fold_data):
    import torch

    X = torch.arange(7.0).reshape(7, 1)
    y = 10 * torch.arange(7)
    valid = [[0, 1, 2], [3, 4], [5, 6]]
    train = [[3, 4, 5, 6], [0, 1, 2, 5, 6], [0, 1, 2, 3, 4]]
    for i in range(3):
        X_train, y_train, X_valid, y_valid = get_k_fold_data(3, i, X, y)
        assert X_valid.reshape(-1).tolist() == valid[i], f"Wrong rows for validation in fold {i}."
        assert X_train.reshape(-1).tolist() == train[i], f"Wrong rows for training in fold {i}."
        assert y_valid.tolist() == [10 * row for row in valid[i]], "y_valid does not belong to X_valid."
        assert y_train.tolist() == [10 * row for row in train[i]], "y_train does not belong to X_train."

# %%
def test_get_k_fold_data_refuses_what_makes_no_sense(get_k_fold_data):
    import torch

    X, y = torch.arange(10.0).reshape(5, 2), torch.arange(5.0)
    for k, i in [(1, 0), (0, 0), (6, 0), (3, 3), (3, -1)]:
        try:
            get_k_fold_data(k, i, X, y)
        except ValueError:
            pass
        except (AssertionError, IndexError):
            raise AssertionError("A ValueError is asked for, not another kind of error.") from None
        else:
            raise AssertionError(f"For five rows, k = {k} and i = {i} must raise a ValueError.")

# %%
# HIDDEN
def test_get_k_fold_data_has_the_right_folds_for_any_number_of_rows(get_k_fold_data):
    import torch

    for n, k in [(11, 4), (13, 5), (12, 3), (3, 2), (23, 6)]:
        X = torch.randn(n, 3)
        y = torch.randn(n, 1)
        for i in range(k):
            rows = torch.tensor_split(torch.arange(n), k)
            rest = torch.cat([rows[j] for j in range(k) if j != i])
            X_train, y_train, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            torch.testing.assert_close(X_valid, X[rows[i]], rtol=0, atol=0)
            torch.testing.assert_close(y_valid, y[rows[i]], rtol=0, atol=0)
            torch.testing.assert_close(X_train, X[rest], rtol=0, atol=0)
            torch.testing.assert_close(y_train, y[rest], rtol=0, atol=0)

# %%
# HIDDEN
def test_get_k_fold_data_can_leave_one_out(get_k_fold_data):
    import torch

    X = torch.randn(5, 2)
    y = torch.randn(5)
    for i in range(5):
        X_train, y_train, X_valid, y_valid = get_k_fold_data(5, i, X, y)
        rest = [j for j in range(5) if j != i]
        torch.testing.assert_close(X_valid, X[i : i + 1], rtol=0, atol=0)
        torch.testing.assert_close(y_valid, y[i : i + 1], rtol=0, atol=0)
        torch.testing.assert_close(X_train, X[rest], rtol=0, atol=0)
        torch.testing.assert_close(y_train, y[rest], rtol=0, atol=0)

# %%
# HIDDEN
def test_get_k_fold_data_keeps_dtypes_and_further_axes(get_k_fold_data):
    import torch

    X = torch.randn(3, 2, 7, dtype=torch.float64).transpose(0, 2)
    y = torch.randint(0, 10, (7,))
    X_train, y_train, X_valid, y_valid = get_k_fold_data(2, 1, X, y)
    torch.testing.assert_close(X_valid, X[4:], rtol=0, atol=0)
    torch.testing.assert_close(y_valid, y[4:], rtol=0, atol=0)
    torch.testing.assert_close(X_train, X[:4], rtol=0, atol=0)
    torch.testing.assert_close(y_train, y[:4], rtol=0, atol=0)

# %%
# HIDDEN
def test_get_k_fold_data_refuses_folds_that_do_not_exist(get_k_fold_data):
    import torch

    X, y = torch.randn(9, 2), torch.randn(9, 1)
    for k, i in [(10, 0), (10, 9), (1, 0), (-2, 0), (4, 4), (4, 7), (4, -1), (4, -4)]:
        try:
            get_k_fold_data(k, i, X, y)
        except ValueError:
            pass
        except (AssertionError, IndexError):
            raise AssertionError("A ValueError is asked for, not another kind of error.") from None
        else:
            raise AssertionError("A k or an i that makes no sense must raise a ValueError.")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Your folds, drawn
#
# Eleven rows in four folds. Every column (row of the table) must be dark exactly once.

# %% tags=["otter_ignore"]
fig, ax = plt.subplots(figsize=(8, 2.6))
picture = torch.zeros(4, 11)
for i in range(4):
    row_numbers = torch.arange(11)
    _, _, held_out, _ = get_k_fold_data(4, i, row_numbers, row_numbers)
    picture[i, held_out] = 1
ax.imshow(picture, cmap="Blues", vmin=-0.2, vmax=1.4)
ax.set(xticks=range(11), yticks=range(4), xlabel="row of the table", ylabel="i")
ax.set_title("light: training, dark: validation")
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: k_fold

# %% [markdown]
# ## 2 · The cross-validated loss
#
# Now train $K$ times, each time from scratch and with another fold held out, and average the losses:
#
# $$\bar L_{\text{train}} = \frac1K \sum_{i=0}^{K-1} L^{(i)}_{\text{train}}, \qquad
# \bar L_{\text{valid}} = \frac1K \sum_{i=0}^{K-1} L^{(i)}_{\text{valid}} .$$
#
# How the training is done is somebody else's business: it comes in as the function `train_fn`. Call
# `train_fn(X_train, y_train, X_valid, y_valid)` once per fold; it returns two numbers,
# `(train_loss, valid_loss)`.
#
# Write `k_fold(k, X, y, train_fn)`, which returns the two means. Each fold counts the same, also where the
# folds are not equally large. Use your `get_k_fold_data`.
#
# For example, if three folds have the validation losses 1, 4 and 10, their mean is 5.
#
# <details><summary>Hint: my losses are k times too large, or only the last one</summary>
#
# Add up in the loop (`+=`, not `=`), with both sums at zero *before* the loop, and divide once, *after* it.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def k_fold(
    k: int, X: torch.Tensor, y: torch.Tensor, train_fn: Callable[..., tuple[float, float]]
) -> tuple[float, float]:
    """Return (mean training loss, mean validation loss) over the k folds.

    train_fn(X_train, y_train, X_valid, y_valid) trains one model and returns (train_loss, valid_loss).
    """
    # BEGIN SOLUTION
    train_sum, valid_sum = 0.0, 0.0
    for i in range(k):
        train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
        train_sum += train_loss
        valid_sum += valid_loss
    return train_sum / k, valid_sum / k
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_k_fold_returns_the_two_means(k_fold):
    import torch

    def train_fn(X_train, y_train, X_valid, y_valid):
        return float(X_train.sum()), float(y_valid.mean())

    X = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [7.0]])
    train_loss, valid_loss = k_fold(3, X, 10 * X, train_fn)
    assert abs(train_loss - (22 + 19 + 15) / 3) < 1e-4, (
        "The training losses are 22, 19 and 15. Their mean comes first."
    )
    assert abs(valid_loss - (20 + 45 + 65) / 3) < 1e-4, (
        "The validation losses are 20, 45 and 65. Their mean comes second."
    )

# %%
# HIDDEN
def test_k_fold_trains_once_per_fold_on_the_right_rows(k_fold, judge):
    def measure(k_fold, X, y):
        seen = []

        def train_fn(X_train, y_train, X_valid, y_valid):
            seen.append([part.clone() for part in (X_train, y_train, X_valid, y_valid)])
            return 1.0, 2.0

        k_fold(5, X, y, train_fn)
        return seen

    import torch

    X = torch.randn(13, 3)
    y = torch.randn(13, 1)
    seen = judge.probe(measure, k_fold, X, y)
    assert len(seen) == 5, "train_fn is called once per fold."
    X_folds, y_folds = torch.tensor_split(X, 5), torch.tensor_split(y, 5)
    rest = list(range(5))
    for X_train, y_train, X_valid, y_valid in seen:
        fold = [i for i in rest if torch.equal(X_folds[i], X_valid)]
        assert fold, "Each fold is held out once for validation."
        i = fold[0]
        rest.remove(i)
        others = [j for j in range(5) if j != i]
        torch.testing.assert_close(y_valid, y_folds[i])
        torch.testing.assert_close(X_train, torch.cat([X_folds[j] for j in others]))
        torch.testing.assert_close(y_train, torch.cat([y_folds[j] for j in others]))

# %%
# HIDDEN
def test_k_fold_averages_training_and_validation_losses_apart(k_fold, judge):
    def measure(k_fold, X, y):
        losses = iter([(3.0, 1.0), (-5.0, 4.0), (8.0, 10.0), (0.5, 30.0)])

        def train_fn(X_train, y_train, X_valid, y_valid):
            return next(losses, (0.0, 0.0))

        train_loss, valid_loss = k_fold(4, X, y, train_fn)
        return float(train_loss), float(valid_loss)

    import torch

    train_loss, valid_loss = judge.probe(measure, k_fold, torch.randn(6, 2), torch.randn(6))
    assert abs(train_loss - 1.625) < 1e-4, "The first number is the mean of the training losses."
    assert abs(valid_loss - 11.25) < 1e-4, "The second number is the mean of the validation losses."

# %%
# HIDDEN
def test_k_fold_counts_every_fold_the_same(k_fold):
    import torch

    def train_fn(X_train, y_train, X_valid, y_valid):
        return float(len(X_train)), float(X_valid.max())

    X = torch.arange(8.0).reshape(8, 1)
    train_loss, valid_loss = k_fold(3, X, X, train_fn)
    assert abs(train_loss - 16 / 3) < 1e-4, "The mean gives every fold the same weight."
    assert abs(valid_loss - 14 / 3) < 1e-4, "The mean gives every fold the same weight."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part B · Weight decay
#
# A model overfits when it has more freedom than the data can pin down. We could take weights away. *Weight
# decay* is gentler: it lets all weights stay, but makes large ones expensive.

# %% [raw]
# # BEGIN QUESTION
# name: l2_penalty

# %% [markdown]
# ## 3 · The penalty
#
# Add to the loss how large the weights are, measured by the squared $L_2$ norm:
#
# $$L(\mathbf w, b) + \lambda \cdot \frac{\|\mathbf w\|^2}{2}, \qquad
# \frac{\|\mathbf w\|^2}{2} = \frac12 \sum_j w_j^2 .$$
#
# The factor $\tfrac12$ is there for beauty: the gradient of the penalty is then just $\mathbf w$.
# For $\mathbf w = (3, -4)$ the penalty is $\tfrac12 (9 + 16) = 12.5$.
#
# Write `l2_penalty(w)` for a tensor of any shape. The result is a tensor without axes, and its gradient
# flows.
#
# <details><summary>Hint: I get 5, or 25</summary>
#
# 5 is the norm itself; the penalty takes its *square*. 25 lacks the factor $\tfrac12$.
# </details>

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
def test_l2_penalty_gives_the_example(l2_penalty):
    import torch

    penalty = l2_penalty(torch.tensor([3.0, -4.0]))
    assert isinstance(penalty, torch.Tensor), "The penalty is a tensor, so that gradients can flow."
    assert tuple(penalty.shape) == (), "The penalty is a single number: a tensor without axes."
    torch.testing.assert_close(penalty, torch.tensor(12.5))

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
def test_l2_penalty_has_the_weights_as_its_gradient(l2_penalty):
    import torch

    w = torch.tensor([[3.0, -4.0, 0.5], [-8.0, 7.0, 1.5]], requires_grad=True)
    penalty = l2_penalty(w)
    assert penalty.requires_grad, "The penalty must stay part of the graph."
    (3 * penalty).backward()
    assert w.grad is not None, "No gradient reaches the weights."
    torch.testing.assert_close(w.grad, 3 * w.detach())

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: sgd_weight_decay

# %% [markdown]
# ## 4 · The decaying step
#
# Take a step of gradient descent on the loss with its penalty. The penalty's gradient is $\mathbf w$ itself,
# so we can write it down without autograd:
#
# $$\mathbf w \leftarrow \mathbf w - \eta\,(\nabla L + \lambda \mathbf w)
# = (1 - \eta\lambda)\, \mathbf w - \eta\, \nabla L .$$
#
# First the weight *decays* by the factor $1 - \eta\lambda$, then it takes the usual step. Hence the name.
#
# For example, with $w = (2, -4)$, gradient $(3, -1)$, $\eta = 0.1$ and $\lambda = 0.5$:
# $0.95 \cdot (2, -4) - 0.1 \cdot (3, -1) = (1.6, -3.7)$.
#
# Write `sgd_weight_decay(params, lr, weight_decay)`. It makes this step **in place** for every parameter in
# the list, with the gradient in `param.grad`. The step itself leaves no trace in the graph: parameters remain
# leaves that require gradients. It returns nothing.
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation"</summary>
#
# Autograd does not want to see the step. Put it inside `with torch.no_grad():`.
#
# *Nothing changes:* `param = param - …` makes a new tensor and gives it an old name. In place are `-=`,
# `*=`, `sub_`, `mul_`, `copy_`.
#
# *The numbers differ a little:* does the decay see the weight from *before* the step? And is it
# $\eta\lambda$, not $\lambda$ alone?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def sgd_weight_decay(params: list[torch.Tensor], lr: float, weight_decay: float) -> None:
    """One step of gradient descent with weight decay, in place, outside the graph.

    For every p in params: p <- (1 - lr * weight_decay) * p - lr * p.grad.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        for param in params:
            param *= 1 - lr * weight_decay
            param -= lr * param.grad
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_sgd_weight_decay_gives_the_example(sgd_weight_decay):
    import torch

    w = torch.tensor([2.0, -4.0], requires_grad=True)
    (3 * w[0] - w[1]).backward()
    sgd_weight_decay([w], lr=0.1, weight_decay=0.5)
    unchanged = torch.equal(w.detach(), torch.tensor([2.0, -4.0]))
    assert not unchanged, "The parameter is what it was: the step must change it in place."
    torch.testing.assert_close(w.detach(), torch.tensor([1.6, -3.7]))

# %%
def test_sgd_weight_decay_leaves_leaves_behind(sgd_weight_decay):
    import torch

    w = torch.tensor([2.0, -4.0], requires_grad=True)
    (w * w).sum().backward()
    sgd_weight_decay([w], 0.1, 0.5)
    assert w.requires_grad, "The parameter must still require a gradient."
    assert w.is_leaf, "The parameter must still be a leaf: the step is no part of the graph."
    torch.testing.assert_close(w.detach(), torch.tensor([1.5, -3.0]))

# %%
# HIDDEN
def test_sgd_weight_decay_steps_every_parameter(sgd_weight_decay):
    import torch

    for lr, weight_decay in [(0.1, 3.0), (0.5, 0.2), (2.0, 0.9)]:
        params, expected = [], []
        for shape in [(4, 3), (3,), (3, 1), (1,)]:
            value = 4 * torch.randn(shape, dtype=torch.float64)
            gradient = 4 * torch.randn(shape, dtype=torch.float64)
            w = value.clone().requires_grad_()
            (w * gradient).sum().backward()
            params.append(w)
            expected.append((1 - lr * weight_decay) * value - lr * gradient)
        sgd_weight_decay(params, lr, weight_decay)
        for w, right in zip(params, expected):
            torch.testing.assert_close(w.detach(), right)

# %%
# HIDDEN
def test_sgd_weight_decay_without_decay_is_plain_descent(sgd_weight_decay):
    import torch

    value, gradient = torch.randn(3, 2), torch.randn(3, 2)
    w = value.clone().requires_grad_()
    (w * gradient).sum().backward()
    sgd_weight_decay([w], 0.3, 0.0)
    torch.testing.assert_close(w.detach(), value - 0.3 * gradient)

# %%
# HIDDEN
def test_sgd_weight_decay_can_be_repeated(sgd_weight_decay, judge):
    def measure(sgd_weight_decay, start, target):
        w = start.clone().requires_grad_()
        for _ in range(7):
            w.grad = None
            ((w - target) ** 2).sum().backward()
            sgd_weight_decay([w], 0.05, 0.8)
        return w.detach(), w.is_leaf

    import torch

    start, target = torch.randn(5).double(), torch.randn(5).double()
    got, is_leaf = judge.probe(measure, sgd_weight_decay, start, target)
    right = start.clone()
    for _ in range(7):
        right = (1 - 0.05 * 0.8) * right - 0.05 * 2 * (right - target)
    assert is_leaf, "The parameter must still be a leaf: the step is no part of the graph."
    torch.testing.assert_close(got, right)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Weight decay at work
#
# The hardest case for a linear model: 200 inputs, but only 20 examples to learn from. It could learn every
# one of them by heart. Your step trains it, without and with weight decay.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
num_inputs, true_w, true_b = 200, torch.full((200, 1), 0.01), 0.05
X_few, X_many = torch.randn(20, num_inputs), torch.randn(100, num_inputs)
y_few, y_many = (X @ true_w + true_b + 0.01 * torch.randn(len(X), 1) for X in (X_few, X_many))

fig, axes = plt.subplots(1, 2, figsize=(11, 3.4), sharey=True)
for ax, decay in zip(axes, [0.0, 3.0]):
    torch.manual_seed(1)
    w = torch.randn(num_inputs, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    history = {"training": [], "fresh examples": []}
    for epoch in range(100):
        for batch in torch.randperm(20).split(5):
            w.grad = b.grad = None
            ((X_few[batch] @ w + b - y_few[batch]) ** 2).mean().div(2).backward()
            sgd_weight_decay([w], 0.01, decay)
            sgd_weight_decay([b], 0.01, 0.0)
        with torch.no_grad():
            history["training"].append(((X_few @ w + b - y_few) ** 2).mean().item())
            history["fresh examples"].append(((X_many @ w + b - y_many) ** 2).mean().item())
    for name, losses in history.items():
        ax.semilogy(range(1, 101), losses, label=name)
    ax.set_title(f"λ = {decay:g}:  penalty at the end {l2_penalty(w).item():.3f}")
    ax.set_xlabel("epoch")
axes[0].set_ylabel("mean squared error")
axes[0].legend()
plt.tight_layout()
plt.show()

# %% [markdown]
# Without decay the training error drops to nothing, while the error on fresh examples hardly moves: twenty
# examples say nothing about most directions of a space of 200 dimensions, and there the weights stay at the
# random values with which they started. With decay the model fits the known examples a little less closely, and
# the fresh ones far better. (The bias is not decayed here. That is a common choice.)

# %% [markdown]
# ---
# # Part C · Dropout
#
# A network can also fit its training data by *conspiracy*: units that make sense only together, each one
# correcting the errors of another. Dropout breaks such arrangements. In every training step it silences units
# at random, so that no unit can rely on another one's being there.

# %% [raw]
# # BEGIN QUESTION
# name: dropout_layer

# %% [markdown]
# ## 5 · A dropout layer
#
# Each entry $h$ of a layer is replaced, independently of all the others, by
#
# $$h' = \begin{cases} 0 & \text{with probability } p, \\[2pt]
# \dfrac{h}{1-p} & \text{otherwise.} \end{cases}$$
#
# Why the division? It keeps the mean: $E[h'] = p \cdot 0 + (1-p)\,\frac{h}{1-p} = h$. So the next layer sees
# inputs of the usual size, and nothing needs to be changed when dropout is switched off. With $p = 0.5$, an
# entry $3$ becomes $0$ or $6$.
#
# Write `dropout_layer(X, dropout)`, where `dropout` is $p$.
#
# - Every entry has its own chance, and every call draws anew.
# - $p = 0$ gives `X`; $p = 1$ gives zeros (and no `nan`).
# - A $p$ outside of $[0, 1]$ raises a `ValueError` (or an `AssertionError`, as the textbook's `assert` does).
# - Shape and dtype are those of `X`. Gradients flow back through the survivors: the backward pass uses *the
#   same mask*.
# - Do it yourself: `F.dropout`, `nn.Dropout` and their relatives earn no points here. `torch.rand` and
#   `torch.bernoulli` are yours to use.
#
# <details><summary>Hint: the share of zeros is not what I asked for</summary>
#
# Compare uniform random numbers with $p$. Which of the two comparisons is true with probability $1 - p$, the
# chance to survive?
#
# *Whole columns vanish together:* the mask needs a random number for every entry, so it has the shape of `X`.
#
# *`nan` for p = 1:* that is $0/0$. Treat this case on its own, before you divide.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def dropout_layer(X: torch.Tensor, dropout: float) -> torch.Tensor:
    """Set each entry of X to 0 with probability `dropout`, and divide the others by 1 - dropout.

    ValueError (or AssertionError) unless 0 <= dropout <= 1. Write it yourself: `F.dropout`, `nn.Dropout` and
    their relatives earn no points here.
    """
    # BEGIN SOLUTION
    if not 0 <= dropout <= 1:
        raise ValueError(f"dropout is a probability; {dropout} is not")
    if dropout == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape, device=X.device) >= dropout
    return X * mask / (1 - dropout)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dropout_layer_keeps_all_for_zero_and_nothing_for_one(dropout_layer):
    import torch

    X = torch.tensor([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], dtype=torch.float64)
    torch.testing.assert_close(dropout_layer(X, 0.0), X)
    torch.testing.assert_close(dropout_layer(X, 1.0), torch.zeros(2, 3, dtype=torch.float64))

# %%
def test_dropout_layer_drops_a_fifth_and_scales_the_rest(dropout_layer):
    import torch

    # 20,000 independent entries, six standard deviations: false alarms below 3e-9.
    X = torch.arange(1.0, 20001.0).reshape(100, 200)
    Y = dropout_layer(X, 0.2)
    assert Y.shape == X.shape, "The result has the shape of X."
    dropped = Y == 0
    torch.testing.assert_close(Y, torch.where(dropped, 0.0, X / 0.8))
    share = dropped.float().mean().item()
    assert abs(share - 0.2) < 0.017, f"With p = 0.2 a fifth of the entries is dropped, not {share:.3f}."

# %%
def test_dropout_layer_refuses_what_is_no_probability(dropout_layer):
    import torch

    for p in [-0.1, 1.5]:
        refused = False
        try:
            dropout_layer(torch.ones(2, 3), p)
        except (ValueError, AssertionError):
            refused = True
        assert refused, f"p = {p} must raise a ValueError."

# %%
# HIDDEN
def test_dropout_layer_drops_the_right_share_and_scales_the_rest(dropout_layer):
    import torch

    # 60,000 independent entries. Six standard deviations: false alarms below 3e-9 each, 1e-8 in all.
    for p in [0.2, 0.5, 0.8]:
        X = (torch.rand(40, 50, 30) + 1) * torch.where(torch.rand(40, 50, 30) < 0.5, -6.0, 6.0)
        Y = dropout_layer(X, p)
        dropped = Y == 0
        torch.testing.assert_close(Y, torch.where(dropped, 0.0, X / (1 - p)))
        share = dropped.float().mean().item()
        assert abs(share - p) < 6 * (p * (1 - p) / X.numel()) ** 0.5, (
            "The share of entries that are dropped is not p."
        )

# %%
# HIDDEN
def test_dropout_layer_keeps_the_mean(dropout_layer):
    import torch

    # The mean of n independent entries has the variance p / (1 - p) / n. Six standard deviations, three checks:
    # false alarms below 1e-8.
    for p in [0.2, 0.5, 0.8]:
        mean = dropout_layer(torch.ones(200, 300), p).mean().item()
        assert abs(mean - 1) < 6 * (p / (1 - p) / 60000) ** 0.5, "On average an entry keeps its value."

# %%
# HIDDEN
def test_dropout_layer_treats_every_entry_on_its_own(dropout_layer):
    import torch

    # Two neighbours along an axis agree (both dropped or both kept) with probability p^2 + (1-p)^2 if they are
    # independent. 30,000 separate pairs per axis, nine checks of six standard deviations: below 3e-8.
    for p in [0.2, 0.5, 0.8]:
        dropped = dropout_layer(torch.ones(40, 50, 30), p) == 0
        agree = p * p + (1 - p) * (1 - p)
        limit = 6 * (agree * (1 - agree) / 30000) ** 0.5
        pairs = [
            dropped[0::2] == dropped[1::2],
            dropped[:, 0::2] == dropped[:, 1::2],
            dropped[:, :, 0::2] == dropped[:, :, 1::2],
        ]
        for pair in pairs:
            assert abs(pair.float().mean().item() - agree) < limit, (
                "Entries are not dropped independently: each one needs a random number of its own."
            )
    # Ten entries lose exactly two with probability 0.302: thirty times in a row below 3e-16.
    counts = {int((dropout_layer(torch.ones(10), 0.2) == 0).sum()) for _ in range(30)}
    assert len(counts) > 1, "How many entries are dropped is up to chance too, if each has a chance of its own."

# %%
# HIDDEN
def test_dropout_layer_draws_a_new_mask_in_every_call(dropout_layer):
    import torch

    # 60,000 entries, three checks of six standard deviations: false alarms below 1e-8.
    for p in [0.2, 0.5, 0.8]:
        X = torch.ones(200, 300)
        same = (dropout_layer(X, p) == 0) == (dropout_layer(X, p) == 0)
        agree = p * p + (1 - p) * (1 - p)
        limit = 6 * (agree * (1 - agree) / X.numel()) ** 0.5
        assert abs(same.float().mean().item() - agree) < limit, (
            "Every call draws a new mask, independent of the last one."
        )

# %%
# HIDDEN
def test_dropout_layer_uses_the_same_mask_in_the_backward_pass(dropout_layer):
    import torch

    for p in [0.2, 0.5, 0.8]:
        X = (torch.rand(7, 50) + 1).requires_grad_()
        upstream = torch.randn(7, 50)
        Y = dropout_layer(X, p)
        assert Y.requires_grad, "The result must stay part of the graph."
        Y.backward(upstream)
        assert X.grad is not None, "No gradient reaches X."
        expected = torch.where(Y.detach() == 0, 0.0, upstream / (1 - p))
        torch.testing.assert_close(X.grad, expected)

# %%
# HIDDEN
def test_dropout_layer_keeps_float64_and_takes_any_shape(dropout_layer):
    import torch

    for shape in [(), (0, 3), (11,), (2, 3, 4, 5)]:
        X = torch.rand(shape, dtype=torch.float64) + 1
        for p in [0.0, 0.2, 0.8]:
            Y = dropout_layer(X, p)
            torch.testing.assert_close(Y, torch.where(Y == 0, 0.0, X / (1 - p)))
        torch.testing.assert_close(dropout_layer(X, 1.0), torch.zeros_like(X))
    X = (torch.rand(5, 3, 7) + 1).transpose(0, 2)
    Y = dropout_layer(X, 0.5)
    torch.testing.assert_close(Y, torch.where(Y == 0, 0.0, X / 0.5))

# %%
# HIDDEN
def test_dropout_layer_is_not_a_built_in_dropout(dropout_layer, judge):
    import torch

    called = judge.calls(dropout_layer, torch.randn(5, 6), 0.5)
    assert not any("dropout" in name for name in called), (
        "Write the dropout yourself: F.dropout, nn.Dropout and their relatives earn no points here."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Masks, drawn
#
# Your layer on an array of ones. White entries were dropped. The survivors get darker as $p$ grows, because
# fewer of them must carry the same mean, which is printed above each picture.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 4, figsize=(12, 2.7))
for ax, p in zip(axes, [0.0, 0.2, 0.5, 0.8]):
    masked = dropout_layer(torch.ones(40, 60), p)
    image = ax.imshow(masked, cmap="Blues", vmin=0, vmax=5)
    ax.set(title=f"p = {p}: mean {masked.mean():.2f}", xticks=[], yticks=[])
fig.colorbar(image, ax=axes, shrink=0.8)
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: DropoutMLP

# %% [markdown]
# ## 6 · A network with dropout
#
# Dropout belongs into *training*. When the network has learned and is asked for its opinion, all units should
# speak. Every `nn.Module` knows which of the two it is in: `net.train()` and `net.eval()` set the attribute
# `self.training`.
#
# Write the class `DropoutMLP` with two hidden layers:
#
# $$\begin{aligned}
# H_1 &= \text{dropout}_{p_1}(\text{relu}(\text{linear}_1(X))), \\
# H_2 &= \text{dropout}_{p_2}(\text{relu}(\text{linear}_2(H_1))), \\
# O &= \text{linear}_3(H_2).
# \end{aligned}$$
#
# - The dropouts act **only in training mode**. After `net.eval()` the output is the same in every call; after
#   `net.train()` they act again.
# - The output layer has neither relu nor dropout.
# - `X` has the shape `(n, num_inputs)`; the linear layers have biases, as `nn.Linear` has them.
#
# It is a habit to drop less near the input: hence $p_1 = 0.2$ and $p_2 = 0.5$ by default.
#
# <details><summary>Hint: net.eval() changes nothing</summary>
#
# A flag of your own does not hear of `eval()`. Ask `self.training` in `forward`, each time.
#
# *`F.dropout` drops in evaluation too:* unlike the layer `nn.Dropout` it does not know the mode of your
# network. It has to be told, each time.
#
# *"'NoneType' object is not callable" or no parameters:* `super().__init__()` comes first, and `forward`
# needs its `return`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class DropoutMLP(nn.Module):
    """Two hidden layers with relu, each followed by dropout in training mode, and a linear output layer."""

    def __init__(
        self,
        num_inputs: int = 784,
        num_outputs: int = 10,
        num_hiddens1: int = 256,
        num_hiddens2: int = 256,
        dropout1: float = 0.2,
        dropout2: float = 0.5,
    ):
        # BEGIN SOLUTION
        super().__init__()
        self.linear1 = nn.Linear(num_inputs, num_hiddens1)
        self.linear2 = nn.Linear(num_hiddens1, num_hiddens2)
        self.linear3 = nn.Linear(num_hiddens2, num_outputs)
        self.dropout1, self.dropout2 = dropout1, dropout2
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Map X (n, num_inputs) to (n, num_outputs)."""
        # BEGIN SOLUTION
        H1 = torch.relu(self.linear1(X))
        if self.training:
            H1 = dropout_layer(H1, self.dropout1)
        H2 = torch.relu(self.linear2(H1))
        if self.training:
            H2 = dropout_layer(H2, self.dropout2)
        return self.linear3(H2)
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_DropoutMLP_has_three_linear_layers(DropoutMLP):
    import torch

    net = DropoutMLP(num_inputs=7, num_outputs=3, num_hiddens1=11, num_hiddens2=5)
    count = sum(p.numel() for p in net.parameters())
    assert count == (7 * 11 + 11) + (11 * 5 + 5) + (5 * 3 + 3), "Not the parameters of three linear layers."
    assert tuple(net(torch.randn(4, 7)).shape) == (4, 3), "The output has the shape (n, num_outputs)."

# %%
def test_DropoutMLP_drops_in_training_mode_only(DropoutMLP):
    import torch

    # Two passes of 64 examples through 200 hidden units: equal masks have a probability below 1e-9.
    net = DropoutMLP(num_inputs=6, num_outputs=2, num_hiddens1=100, num_hiddens2=100)
    X = torch.randn(64, 6)
    assert not torch.equal(net(X), net(X)), "In training mode every pass draws new masks."
    net.eval()
    assert torch.equal(net(X), net(X)), "In evaluation mode nothing is dropped."
    net.train()
    assert not torch.equal(net(X), net(X)), "Back in training mode, every pass draws new masks again."

# %%
def test_DropoutMLP_has_relu_in_its_hidden_layers(DropoutMLP):
    import torch

    # All weights are 1, all biases 0.
    net = DropoutMLP(num_inputs=2, num_outputs=4, num_hiddens1=3, num_hiddens2=5)
    net.eval()
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(1.0 if p.numel() in (2 * 3, 3 * 5, 5 * 4) else 0.0)
    Y = net(torch.tensor([[3.0, 2.0], [-3.0, -2.0]])).detach()
    torch.testing.assert_close(Y, torch.tensor([[75.0, 75.0, 75.0, 75.0], [0.0, 0.0, 0.0, 0.0]]))

# %%
# HIDDEN
def test_DropoutMLP_computes_two_relu_layers_and_a_linear_one(DropoutMLP):
    import torch

    sizes = {"inputs": 5, "hiddens1": 7, "hiddens2": 11, "outputs": 3}
    net = DropoutMLP(5, 3, 7, 11, 0.5, 0.8)
    net.eval()
    X = 5 * torch.randn(9, 5)
    weights, biases = {}, {}
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.randn(tuple(p.shape)))
            if p.numel() in (7, 11, 3):
                biases[p.numel()] = p.detach().reshape(-1)
            else:
                weights[tuple(sorted(p.shape))] = p.detach()

    def linear(H, inputs, outputs):
        key = tuple(sorted((inputs, outputs)))
        assert key in weights and outputs in biases, "Each layer has a weight and a bias."
        W = weights[key]
        return H @ (W if tuple(W.shape) == (inputs, outputs) else W.T) + biases[outputs]

    H1 = torch.relu(linear(X, sizes["inputs"], sizes["hiddens1"]))
    H2 = torch.relu(linear(H1, sizes["hiddens1"], sizes["hiddens2"]))
    expected = linear(H2, sizes["hiddens2"], sizes["outputs"])
    torch.testing.assert_close(net(X).detach(), expected, rtol=1e-4, atol=1e-3)

# %%
# HIDDEN
def test_DropoutMLP_drops_and_scales_after_both_hidden_layers(DropoutMLP):
    import torch

    # All layers hand their input on, so an entry survives with probability (1-p1)(1-p2).
    # 60,000 independent entries. Three checks of six standard deviations: false alarms below 1e-8.
    for p1, p2 in [(0.2, 0.5), (0.5, 0.2), (0.0, 0.8)]:
        net = DropoutMLP(60, 30, 50, 40, p1, p2)
        with torch.no_grad():
            for p in net.parameters():
                if len(p.shape) == 2 and min(p.shape) > 1:
                    p.copy_(torch.eye(*p.shape))
                else:
                    p.zero_()
        Y = net(torch.full((2000, 60), 7.0)).detach()
        kept = Y != 0
        survive = (1 - p1) * (1 - p2)
        assert abs(kept.float().mean().item() - survive) < 6 * (survive * (1 - survive) / 60000) ** 0.5, (
            "In training mode, the wrong share of units is silent: each hidden layer has its dropout, input "
            "and output have none."
        )
        torch.testing.assert_close(Y, torch.where(kept, 7.0 / survive, 0.0), rtol=1e-4, atol=1e-4)
        net.eval()
        torch.testing.assert_close(
            net(torch.full((3, 60), 7.0)).detach(), torch.full((3, 30), 7.0), rtol=1e-4, atol=1e-4
        )

# %%
# HIDDEN
def test_DropoutMLP_gives_each_hidden_layer_its_own_rate(DropoutMLP):
    import torch

    # The second hidden layer adds up the whole first one, so a silent output is one that the second dropout
    # silenced. 60,000 entries (a first layer all silent is rarer than 1e-14): two checks, below 1e-8.
    for p1, p2 in [(0.2, 0.5), (0.5, 0.2)]:
        net = DropoutMLP(60, 30, 50, 40, p1, p2)
        with torch.no_grad():
            for p in net.parameters():
                if len(p.shape) == 2 and min(p.shape) > 1:
                    p.copy_(torch.eye(*p.shape))
                    if sorted(p.shape) == [40, 50]:
                        p.fill_(1.0)
                else:
                    p.zero_()
        silent = net(torch.full((2000, 60), 7.0)).detach() == 0
        assert abs(silent.float().mean().item() - p2) < 6 * (p2 * (1 - p2) / 60000) ** 0.5, (
            "dropout1 belongs to the first hidden layer, dropout2 to the second."
        )

# %%
# HIDDEN
def test_DropoutMLP_drops_nothing_from_its_input_and_output(DropoutMLP):
    import torch

    # Units that add up the same layer are equal, whatever that layer's dropout did. Only a dropout of their own
    # can tell them apart, by a zero. All layers but the one that adds up hand their input on.
    for adding in [(30, 40), (50, 60)]:
        net = DropoutMLP(60, 30, 50, 40, 0.5, 0.2)
        matrices = [p for p in net.parameters() if len(p.shape) == 2 and min(p.shape) > 1]
        assert len(matrices) == 3, "Not the parameters of three linear layers."
        with torch.no_grad():
            for p in net.parameters():
                p.zero_()
            for p in matrices:
                p.copy_(torch.eye(*p.shape))
                if tuple(sorted(p.shape)) == adding:
                    p.fill_(1.0)
        Y = net(torch.full((200, 60), 7.0)).detach()
        if adding == (30, 40):
            assert torch.allclose(Y, Y[:, :1].expand(-1, 30), rtol=1e-4, atol=1e-3), (
                "The outputs differ where they should not: the output layer has no dropout."
            )
        else:
            assert torch.allclose(Y, torch.where(Y == 0, 0.0, Y.max()), rtol=1e-4, atol=1e-3), (
                "Hidden units see different sums of the same input: the input has no dropout."
            )

# %%
# HIDDEN
def test_DropoutMLP_has_the_defaults_of_the_question(DropoutMLP):
    import torch

    # The second hidden layer adds up the whole first one, so a silent output is one that the second dropout
    # silenced; with identities instead, both dropouts take their share. 10,000 independent entries and six
    # standard deviations, two checks: false alarms below 1e-8.
    net = DropoutMLP()
    count = sum(p.numel() for p in net.parameters())
    assert count == 784 * 256 + 256 + 256 * 256 + 256 + 256 * 10 + 10, "The default sizes are not right."
    for add_up, share in [(False, 0.4), (True, 0.5)]:
        with torch.no_grad():
            for p in net.parameters():
                if len(p.shape) == 2 and min(p.shape) > 1:
                    p.copy_(torch.eye(*p.shape))
                    if add_up and tuple(p.shape) == (256, 256):
                        p.fill_(1.0)
                else:
                    p.zero_()
        kept = net(torch.ones(1000, 784)).detach() != 0
        assert abs(kept.float().mean().item() - share) < 6 * (share * (1 - share) / 10000) ** 0.5, (
            "The default dropout rates are not right."
        )

# %%
# HIDDEN
def test_DropoutMLP_sends_gradients_to_every_parameter(DropoutMLP):
    import torch

    net = DropoutMLP(6, 4, 9, 8, 0.2, 0.5)
    net(torch.randn(50, 6)).square().sum().backward()
    for p in net.parameters():
        assert p.grad is not None, "No gradient reaches one of the parameters."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### The same question, asked 400 times
#
# Below, one untrained network answers the same question 400 times. In training mode the answers scatter. In
# evaluation mode there is a single answer, close to the middle of the others.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
opinions_net = DropoutMLP(num_inputs=20, num_outputs=1, num_hiddens1=200, num_hiddens2=200)
question = torch.randn(1, 20)
with torch.no_grad():
    opinions_net.train()
    answers = opinions_net(question.expand(400, -1))[:, 0]
    opinions_net.eval()
    final_answer = opinions_net(question).item()
fig, ax = plt.subplots(figsize=(8, 2.8))
ax.hist(answers.tolist(), bins=40, color="#9cc3e6", label="training mode")
ax.axvline(answers.mean().item(), color="#1f5fa5", label="their mean")
ax.axvline(final_answer, color="#d1495b", ls="--", label="evaluation mode")
ax.set(xlabel="output", ylabel="number of answers")
ax.legend()
plt.tight_layout()
plt.show()

# %% [markdown]
# ---
# # Part D · House prices
#
# Now to real data. Dean De Cock collected the sales of 2,930 houses in Ames, Iowa, for his students: what
# each house is like, in 73 columns of numbers and words, and what was paid for it. We keep the last 930 rows
# as a test set, and take their prices away from the table. Only the very last plot of this notebook looks at
# them.
#
# One detail of the cell below is worth a look. pandas takes the word "None" for a missing value, unless told
# otherwise. In this table it means something: `Mas_Vnr_Type` is "None" for a house without masonry veneer.

# %%
houses = pd.read_csv("data/ames/ames.csv.gz", keep_default_na=False, na_values=[""])
houses = houses.sample(frac=1, random_state=0, ignore_index=True)
train_table = houses.iloc[:2000].reset_index(drop=True)
test_table = houses.iloc[2000:].reset_index(drop=True).drop(columns="SalePrice")
test_prices = torch.tensor(houses["SalePrice"].iloc[2000:].to_numpy(), dtype=torch.float32).reshape(-1, 1)

# %% tags=["otter_ignore"]
print(train_table.shape, test_table.shape)
print(train_table.iloc[:4, [0, 1, 2, 3, 4, 12, -4, -1]])

# %% [raw]
# # BEGIN QUESTION
# name: log_rmse

# %% [markdown]
# ## 7 · An error in percent
#
# To be wrong by 50,000 dollars is bad for a cottage and nothing for a palace. With prices, the *relative*
# error counts. So compare logarithms, because $\log \hat y - \log y = \log (\hat y / y)$:
#
# $$\text{log-rmse} = \sqrt{\frac1n \sum_{i=1}^{n} \big(\log \max(\hat y_i, 1) - \log y_i\big)^2} .$$
#
# A value of $0.1$ means that prices are typically wrong by a tenth. The $\max(\hat y_i, 1)$ is there because
# an untrained network may well predict a negative price, and its logarithm would be `nan`.
#
# For example, the predictions $(e^2, -5)$ for the prices $(1, e)$ give
# $\sqrt{\tfrac12 (2^2 + 1^2)} = \sqrt{2.5} \approx 1.581$.
#
# Write `log_rmse(net, features, labels)`.
#
# - It returns a Python `float`, which no graph hangs on.
# - The network's output has the shape `(n, 1)`. The labels have `(n, 1)` or `(n,)`: the $i$-th prediction
#   belongs to the $i$-th label, either way.
#
# <details><summary>Hint: my result is far too large, or nan</summary>
#
# *Too large:* subtract an array `(n,)` from one of `(n, 1)`, and broadcasting makes `(n, n)` of it. Bring both
# to one shape first.
#
# *`nan` or `inf`:* a logarithm met a number that is not positive. `torch.clamp(…, min=1)` goes *before*
# the logarithm.
#
# *A little too small:* the root of the mean is not the mean of the roots. Square, average, then take the
# root, once.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def log_rmse(net: nn.Module, features: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the root mean squared error between log max(net(features), 1) and log labels, a float.

    features: (n, d), net(features): (n, 1), labels: (n, 1) or (n,).
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        predictions = net(features).clamp(min=1).reshape(-1)
        difference = predictions.log() - labels.reshape(-1).log()
        return difference.square().mean().sqrt().item()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_log_rmse_gives_the_example(log_rmse):
    import torch
    from torch import nn

    # nn.Identity hands its input on, so the features are the predictions.
    predictions = torch.tensor([[2.718281828**2], [-5.0]])
    labels = torch.tensor([[1.0], [2.718281828]])
    error = log_rmse(nn.Identity(), predictions, labels)
    assert isinstance(error, float), "The result is a Python float."
    assert abs(error - 2.5**0.5) < 1e-4, "The example gives the root of 2.5."

# %%
def test_log_rmse_pairs_predictions_with_labels_of_either_shape(log_rmse):
    import torch
    from torch import nn

    column = torch.tensor([[1.0], [2.718281828], [2.718281828**3]])
    assert log_rmse(nn.Identity(), column, column) < 1e-4, "Each prediction equals its label."
    assert log_rmse(nn.Identity(), column, column.reshape(3)) < 1e-4, "Each prediction equals its label."

# %%
# HIDDEN
def test_log_rmse_is_right_for_a_real_network(log_rmse):
    import torch
    from torch import nn

    for n in [1, 8, 37]:
        net = nn.Linear(3, 1)
        with torch.no_grad():
            net.weight.copy_(torch.tensor([[40000.0, -9000.0, 700.0]]))
            net.bias.fill_(150000.0)
        features = torch.randn(n, 3)
        labels = 100000 * torch.rand(n, 1) + 50000
        predictions = net(features).detach().clamp(min=1)
        expected = ((predictions.log() - labels.log()) ** 2).mean().sqrt().item()
        got = log_rmse(net, features, labels)
        assert isinstance(got, float), "The result is a Python float."
        assert abs(got - expected) <= 1e-4 * expected + 1e-5, "The error is not right."

# %%
# HIDDEN
def test_log_rmse_takes_predictions_below_one_as_one(log_rmse):
    import math

    import torch
    from torch import nn

    predictions = torch.tensor([[-300000.0], [0.0], [0.25], [1.0], [90000.0]])
    labels = torch.tensor([[7.0], [20.0], [3.0], [90000.0], [150000.0]])
    logs = [math.log(7), math.log(20), math.log(3), math.log(90000), math.log(5 / 3)]
    expected = math.sqrt(sum(x * x for x in logs) / 5)
    got = log_rmse(nn.Identity(), predictions, labels)
    assert math.isfinite(got), "The result must be finite, whatever the network predicts."
    assert abs(got - expected) < 1e-3, "Predictions below 1 count as 1."

# %%
# HIDDEN
def test_log_rmse_does_not_broadcast_columns_against_rows(log_rmse):
    import torch
    from torch import nn

    predictions = torch.rand(19, 1).double() * 50 + 1.5
    labels = torch.rand(19, 1).double() * 90 + 1.5
    expected = (predictions.log() - labels.log()).square().mean().sqrt().item()
    for targets in (labels, labels[:, 0]):
        got = log_rmse(nn.Identity(), predictions, targets)
        assert abs(got - expected) < 1e-4, "Each prediction is compared with its own label only."

# %%
# HIDDEN
def test_log_rmse_leaves_the_network_alone(log_rmse):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))
    before = [p.detach().clone() for p in net.parameters()]
    got = log_rmse(net, torch.randn(6, 4), torch.rand(6, 1) + 1)
    assert isinstance(got, float), "The result is a Python float."
    for p, value in zip(net.parameters(), before):
        assert p.grad is None, "Measuring an error must not compute gradients."
        torch.testing.assert_close(p.detach(), value, rtol=0, atol=0)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: prepare_houses

# %% [markdown]
# ## 8 · From a table to tensors
#
# A network reads numbers of similar size, and nothing else. The table has years and square feet, words, and
# gaps where nobody knew. Write `prepare_houses(train, test)`, which takes two DataFrames and returns three
# `float32` tensors, `(train_features, test_features, train_labels)`.
#
# `train` has `Id` as its first column and `SalePrice` as its last one. `test` has the same columns without
# `SalePrice`.
#
# 1. **What is a feature?** All columns but `Id`, a mere number, and `SalePrice`, which is the answer.
# 2. **Numeric columns** are standardised over both tables *together*, gaps left out of the count:
#    $$x \leftarrow \frac{x - \mu}{\sigma} .$$
#    (pandas' `std` divides by $n-1$; to divide by $n$ is accepted too.)
# 3. **Only then**, gaps in numeric columns become 0. That is the column's mean by now. To fill the gaps first
#    would pull mean and spread away from what the known houses say.
# 4. A numeric column in which all known values are equal has $\sigma = 0$. It becomes 0, not `nan`.
# 5. **Columns of words** become *one-hot*: one column for each word that occurs in either table, 1 in the rows
#    that have it and 0 in the others. A gap is a case of its own: it gets an indicator column as well.
#    (`pd.get_dummies(…, dummy_na=True)` makes one even where there are no gaps; that is fine.)
# 6. **Labels** are the prices as they are, of the shape $(n, 1)$.
#
# The order of the feature columns is up to you. It is the same for both tables, of course. Neither table may
# be changed.
#
# For example, three houses for training, with areas 1, 2 and ?, on the streets Pave, Grvl and ?, and one test
# house with the area 3 on Pave. The mean area is 2 and $\sigma = 1$:
#
# | | area | Grvl | Pave | ? |
# |---|---|---|---|---|
# | train | −1 | 0 | 1 | 0 |
# | train | 0 | 1 | 0 | 0 |
# | train | 0 | 0 | 0 | 1 |
# | test | 1 | 0 | 1 | 0 |
#
# The Ames table has no gaps. The small tables in the checks do.
#
# <details><summary>Hint: "can't convert np.ndarray of type numpy.object_"</summary>
#
# Some column is not numeric yet, or `get_dummies` made columns of bools and the mixture became objects. Convert
# the whole table with `.astype("float32")` before you make a tensor of it.
#
# *Text columns are treated as numbers, or a mean of words is asked for:* since pandas 3 words have the dtype
# `str`, not `object`. `select_dtypes("number")` finds the numeric columns in every version.
#
# *My test features have fewer columns:* make the dummies once, for both tables together (`pd.concat`), and
# split afterwards.
#
# *nan in the result:* which step divides by zero, and which step sees to gaps? Look at their order.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def prepare_houses(
    train: pd.DataFrame, test: pd.DataFrame
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return (train_features, test_features, train_labels), all float32.

    train: `Id`, features, `SalePrice`; test: `Id`, features. Numeric columns are standardised over both tables
    together, then gaps become 0; a column without variance becomes 0. Columns of words become one-hot, with an
    indicator for gaps. train_labels: (n, 1).
    """
    # BEGIN SOLUTION
    features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
    numeric = features.select_dtypes("number")
    words = features.drop(columns=numeric.columns)

    spread = numeric.std().where(numeric.max() > numeric.min(), 1.0)
    numeric = ((numeric - numeric.mean()) / spread).fillna(0.0)
    parts = [numeric]
    if len(words.columns):
        parts.append(pd.get_dummies(words, dummy_na=True))
    features = torch.tensor(pd.concat(parts, axis=1).astype("float32").to_numpy())

    labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
    return features[: len(train)], features[len(train) :], labels
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_prepare_houses_gives_the_example(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame(
        {
            "Id": [1, 2, 3],
            "Area": [1.0, 2.0, None],
            "Street": ["Pave", "Grvl", None],
            "SalePrice": [100, 200, 150],
        }
    )
    test = pd.DataFrame({"Id": [4], "Area": [3.0], "Street": ["Pave"]})
    train_features, test_features, train_labels = prepare_houses(train, test)
    for tensor in (train_features, test_features, train_labels):
        assert tensor.dtype == torch.float32, "All three tensors are float32."
    torch.testing.assert_close(train_labels, torch.tensor([[100.0], [200.0], [150.0]]))
    assert tuple(train_features.shape) == (3, 4), "Four features: the area, two streets, street unknown."
    assert tuple(test_features.shape) == (1, 4), "The test table has the same features."
    columns = {
        tuple(round(value, 2) for value in column)
        for column in torch.cat([train_features, test_features]).T.tolist()
    }
    assert (-1, 0, 0, 1) in columns or (-1.22, 0, 0, 1.22) in columns, "The area is not standardised."
    assert (0, 1, 0, 0) in columns, "There is no indicator of the street Grvl."
    assert (1, 0, 0, 1) in columns, "There is no indicator of the street Pave."
    assert (0, 0, 1, 0) in columns, "There is no indicator of an unknown street."

# %%
def test_prepare_houses_makes_zeros_of_a_column_without_variance(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame(
        {"Id": [1, 2, 3], "Floors": [2, 2, 2], "Area": [5, 1, 3], "SalePrice": [300, 100, 200]}
    )
    test = pd.DataFrame({"Id": [4, 5], "Floors": [2, 2], "Area": [4, 2]})
    train_features, test_features, train_labels = prepare_houses(train, test)
    features = torch.cat([train_features, test_features])
    assert torch.isfinite(features).all(), "There must be no nan and no inf."
    assert any((column == 0).all() for column in features.T), "A column without variance becomes 0."

# %%
def test_prepare_houses_changes_neither_table(prepare_houses):
    import pandas as pd

    train = pd.DataFrame(
        {"Id": [1, 2], "Area": [5.0, None], "Street": [None, "Pave"], "SalePrice": [300, 100]}
    )
    test = pd.DataFrame({"Id": [3, 4], "Area": [None, 2.5], "Street": ["Grvl", "Pave"]})
    train_before, test_before = train.copy(), test.copy()
    prepare_houses(train, test)
    pd.testing.assert_frame_equal(train, train_before)
    pd.testing.assert_frame_equal(test, test_before)

# %%
# HIDDEN
def test_prepare_houses_makes_exactly_the_right_features(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame(
        {
            "Id": [11, 12, 13, 14, 15, 16, 17],
            "Area": [120.0, None, 85.5, 240.0, None, 60.0, 310.0],
            "Zone": ["low", "high", None, "low", "hill", "low", None],
            "Year": [1960, 1987, 2004, 1931, 2010, 1999, 1975],
            "Floors": [3, 3, 3, 3, 3, 3, 3],
            "Heating": ["Gas", "Oil", "Gas", "Gas", "Wood", "Oil", "Gas"],
            "SalePrice": [215000, 105000, 172000, 244000, 189900, 99500, 410000],
        }
    )
    test = pd.DataFrame(
        {
            "Id": [21, 22, 23, 24, 25],
            "Area": [77.0, 150.0, None, 95.0, 410.0],
            "Zone": ["high", "low", "sea", None, "low"],
            "Year": [1950, 1968, 2007, 1922, 1990],
            "Floors": [3, 3, 3, 3, 3],
            "Heating": ["Gas", "Gas", "Coal", "Gas", "Oil"],
        }
    )
    train_features, test_features, _ = prepare_houses(train, test)
    assert train_features.dtype == torch.float32, "Features are float32."
    assert test_features.dtype == torch.float32, "Features are float32."
    assert train_features.shape[0] == 7, "There is one row of features for each row of the table."
    assert test_features.shape[0] == 5, "There is one row of features for each row of the table."
    assert train_features.shape[1] == test_features.shape[1], "Both tables have the same features."
    for features in (train_features, test_features):
        assert torch.isfinite(features).all(), "There must be no nan and no inf."
    both = pd.concat([train, test], ignore_index=True)

    def expected(ddof):
        columns = []
        for name in ("Area", "Year"):
            values = both[name].astype(float)
            columns.append(((values - values.mean()) / values.std(ddof=ddof)).fillna(0.0))
        for name in ("Zone", "Heating"):
            for word in both[name].dropna().unique():
                columns.append((both[name] == word).astype(float))
        columns.append(both["Zone"].isna().astype(float))
        return [torch.tensor(column.to_numpy(dtype=float)) for column in columns]

    def missing_and_left_over(ddof):
        rest = list(torch.cat([train_features, test_features]).double().T)
        missing = 0
        for column in expected(ddof):
            found = [j for j, got in enumerate(rest) if torch.allclose(got, column, atol=1e-4, rtol=1e-4)]
            if found:
                rest.pop(found[0])
            else:
                missing += 1
        return missing, rest

    missing, rest = min((missing_and_left_over(ddof) for ddof in (0, 1)), key=lambda pair: pair[0])
    assert missing == 0, (
        "A feature is missing or not as it should be: numeric columns are standardised over both tables and "
        "only then filled, columns of words have one indicator for each word and one for gaps."
    )
    # Left over may be the column without variance and the indicators of gaps in columns without gaps.
    assert all((column == 0).all() for column in rest), (
        "There is a feature too many: Id and SalePrice are no features, and numeric columns appear once."
    )
    assert len(rest) <= 2, "There are too many columns that are always 0."

# %%
# HIDDEN
def test_prepare_houses_returns_the_prices_as_labels(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame(
        {"Id": [5, 6, 7], "Area": [1, 5, 2], "SalePrice": [215000.0, 105000.0, 172000.0]}
    )
    test = pd.DataFrame({"Id": [8, 9], "Area": [9, 4]})
    _, _, labels = prepare_houses(train, test)
    torch.testing.assert_close(labels, torch.tensor([[215000.0], [105000.0], [172000.0]]))

# %%
# HIDDEN
def test_prepare_houses_standardises_before_it_fills(prepare_houses):
    import pandas as pd
    import torch

    area = [10.0, None, 40.0, None, 70.0, -20.0, None, 90.0]
    train = pd.DataFrame({"Id": [1, 2, 3, 4], "Area": area[:4], "SalePrice": [4, 3, 2, 1]})
    test = pd.DataFrame({"Id": [5, 6, 7, 8], "Area": area[4:]})
    train_features, test_features, _ = prepare_houses(train, test)
    got = torch.cat([train_features, test_features]).double()
    known = [0, 2, 4, 5, 7]
    assert torch.isfinite(got).all(), "There must be no nan and no inf."
    column = got[:, [j for j in range(got.shape[1]) if (got[:, j] != 0).any()]]
    assert column.shape[1] == 1, "One numeric column makes one feature."
    column = column[:, 0]
    assert (column[[1, 3, 6]] == 0).all(), "Gaps in numeric columns become 0."
    assert abs(column[known].mean().item()) < 1e-4, "The known values have the mean 0 over both tables."
    spreads = [column[known].std(correction=c).item() for c in (0, 1)]
    assert min(abs(spread - 1) for spread in spreads) < 1e-3, (
        "The known values have the standard deviation 1 over both tables."
    )

# %%
# HIDDEN
def test_prepare_houses_gives_zeros_for_no_variance_even_with_gaps(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame(
        {"Id": [1, 2, 3], "Pools": [8.0, None, 8.0], "Area": [1, 5, 3], "SalePrice": [9, 8, 7]}
    )
    test = pd.DataFrame({"Id": [4, 5], "Pools": [8.0, 8.0], "Area": [2, 7]})
    train_features, test_features, _ = prepare_houses(train, test)
    features = torch.cat([train_features, test_features])
    assert torch.isfinite(features).all(), "There must be no nan and no inf."
    busy = [column for column in features.T if (column != 0).any()]
    assert len(busy) == 1, "A column without variance becomes 0, with gaps or without."

# %%
# HIDDEN
def test_prepare_houses_prepares_the_real_table(prepare_houses, judge):
    def measure(prepare_houses):
        import pandas as pd
        import torch

        table = pd.read_csv("data/ames/ames.csv.gz", keep_default_na=False, na_values=[""])
        train = table.iloc[:2100].reset_index(drop=True)
        test = table.iloc[2100:].reset_index(drop=True).drop(columns="SalePrice")
        train_features, test_features, labels = prepare_houses(train, test)
        features = torch.cat([train_features, test_features]).double()
        binary = ((features == 0) | (features == 1)).all(dim=0)
        return {
            "shapes": [tuple(t.shape) for t in (train_features, test_features, labels)],
            "float32": all(t.dtype == torch.float32 for t in (train_features, test_features, labels)),
            "finite": bool(torch.isfinite(features).all()),
            "always_zero": int((features == 0).all(dim=0).sum()),
            "binary": int(binary.sum()),
            "means": features[:, ~binary].mean(dim=0).abs().tolist(),
            "spreads": features[:, ~binary].std(dim=0).tolist(),
            "labels": float(labels.double().sum()),
            "prices": float(train["SalePrice"].sum()),
        }

    seen = judge.probe(measure, prepare_houses)
    (train_rows, columns), (test_rows, test_columns), labels = seen["shapes"]
    assert (train_rows, test_rows) == (2100, 830), "There is one row of features for each row of the table."
    assert columns == test_columns, "Both tables have the same features."
    assert tuple(labels) == (2100, 1), "Labels have the shape (n, 1)."
    assert seen["float32"], "All three tensors are float32."
    assert seen["finite"], "There must be no nan and no inf."
    assert abs(seen["labels"] - seen["prices"]) < 1e-5 * seen["prices"], "The labels are the prices."
    assert len(seen["means"]) == 33, "Each numeric column, Id and SalePrice left out, makes one feature."
    assert max(seen["means"]) < 1e-3, "Numeric columns have the mean 0 over both tables."
    assert all(abs(spread - 1) < 1e-2 for spread in seen["spreads"]), (
        "Numeric columns have the standard deviation 1 over both tables."
    )
    assert seen["binary"] - seen["always_zero"] == 281, "Each word of each column makes one feature."
    assert seen["always_zero"] <= 40, "There are too many columns that are always 0."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### House prices, cross-validated
#
# Everything comes together: your table preparation, your folds, your error. The model is as simple as can be, a
# single linear layer, trained with Adam on the logarithm of the price, here with three weight decays.

# %% tags=["otter_ignore"]
train_features, test_features, train_labels = prepare_houses(train_table, test_table)
print("features:", tuple(train_features.shape), tuple(test_features.shape))


class HouseNet(nn.Module):
    """A linear model of the logarithm of the price, started at the mean of all houses."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(train_features.shape[1], 1)
        nn.init.zeros_(self.linear.weight)
        nn.init.constant_(self.linear.bias, train_labels.log().mean().item())

    def forward(self, X):
        return self.linear(X).exp()


def train_house_net(X, y, weight_decay, X_valid=None, y_valid=None, num_epochs=25, lr=3e-3):
    torch.manual_seed(0)
    net, history = HouseNet(), []
    groups = [
        {"params": [net.linear.weight], "weight_decay": weight_decay},
        {"params": [net.linear.bias]},
    ]
    optimizer = torch.optim.Adam(groups, lr=lr)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(100):
            optimizer.zero_grad()
            F.mse_loss(net(X[batch]).log(), y[batch].log()).backward()
            optimizer.step()
        if X_valid is not None:
            history.append((log_rmse(net, X, y), log_rmse(net, X_valid, y_valid)))
    return net, history


fig, axes = plt.subplots(1, 3, figsize=(12, 3.4), sharey=True)
for ax, weight_decay in zip(axes, [0.0, 0.01, 1.0]):
    curves = []

    def train_fold(X_train, y_train, X_valid, y_valid):
        _, history = train_house_net(X_train, y_train, weight_decay, X_valid, y_valid)
        curves.append(history)
        return history[-1]

    train_error, valid_error = k_fold(5, train_features, train_labels, train_fold)
    train_curve, valid_curve = torch.tensor(curves).mean(dim=0).T
    ax.plot(train_curve, label="training")
    ax.plot(valid_curve, label="validation")
    ax.set(xlabel="epoch", ylim=(0.08, 0.26))
    ax.set_title(f"λ = {weight_decay:g}: train {train_error:.3f}, valid {valid_error:.3f}")
axes[0].set_ylabel("log-rmse")
axes[0].legend()
plt.tight_layout()
plt.show()

# %% [markdown]
# Look at the gap between the two curves. Without decay it is the widest. A little decay narrows it and costs
# nothing in validation; a lot of it closes the gap, because now both errors are large. What else would you
# change: the number of epochs, a hidden layer, dropout? Try it, and let the *validation* error decide.
#
# At the very end, and only once, we look at the 930 houses that nobody has touched so far.

# %% tags=["otter_ignore"]
final_net, _ = train_house_net(train_features, train_labels, weight_decay=0.01)
with torch.no_grad():
    predicted = final_net(test_features)
fig, ax = plt.subplots(figsize=(4.6, 4.4))
ax.loglog(test_prices[:, 0], predicted[:, 0], ".", ms=4, alpha=0.5)
ax.loglog([3e4, 7e5], [3e4, 7e5], color="#d1495b", lw=1)
ax.set(xlabel="true price in dollars", ylabel="predicted price", xlim=(1e4, 1e6), ylim=(1e4, 1e6))
ax.set_title(f"test houses: log-rmse {log_rmse(final_net, test_features, test_prices):.3f}")
plt.tight_layout()
plt.show()

# %% [markdown]
# ---
# # Part E · Two quick questions

# %% [raw]
# # BEGIN QUESTION
# name: capacity_quiz

# %% [markdown]
# ## 9 · Capacity
#
# The *capacity* of a model says how complicated the functions are that it can fit. Whether that is too much or
# too little depends on the data. What do you have to expect in each of the four cases? Look again at the three
# polynomials in Part A.
#
# Write the dict `capacity_quiz`. Its keys are pairs (data, capacity of the model), its values are
# `"underfitting"`, `"normal"` or `"overfitting"`:
#
# ```python
# capacity_quiz = {
#     ("simple", "low"): "…",
#     ("complex", "low"): "…",
#     ("simple", "high"): "…",
#     ("complex", "high"): "…",
# }
# ```
#
# <details><summary>Hint: I keep mixing up the two words</summary>
#
# *Under*fitting: the model is not able to follow even the examples that it knows. *Over*fitting: it follows
# them too closely, chance included. Which of the two needs a strong model?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
capacity_quiz = {("simple", "low"): "normal", ("complex", "low"): "underfitting", ("simple", "high"): "overfitting", ("complex", "high"): "normal"}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_capacity_quiz_answers_all_four_cases(capacity_quiz):
    assert isinstance(capacity_quiz, dict), "Give a dict."
    cases = {("simple", "low"), ("complex", "low"), ("simple", "high"), ("complex", "high")}
    assert set(capacity_quiz) == cases, "The keys are the four pairs (data, capacity)."
    for answer in capacity_quiz.values():
        assert answer in ("underfitting", "normal", "overfitting"), "A value is one of the three words."

# %%
# HIDDEN
def test_capacity_quiz_knows_where_capacity_fits_the_data(capacity_quiz):
    assert isinstance(capacity_quiz, dict), "Give a dict."
    assert capacity_quiz.get(("simple", "low")) == "normal", "Simple data and low capacity: not right."
    assert capacity_quiz.get(("complex", "high")) == "normal", "Complex data and high capacity: not right."

# %%
# HIDDEN
def test_capacity_quiz_knows_where_it_does_not(capacity_quiz):
    assert isinstance(capacity_quiz, dict), "Give a dict."
    answers = (capacity_quiz.get(("complex", "low")), capacity_quiz.get(("simple", "high")))
    assert answers == ("underfitting", "overfitting"), (
        "One of the two cases in which data and capacity do not go together is not right."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: dropout_scale

# %% [markdown]
# ## 10 · The survivors' share
#
# Dropout with $p = 0.2$: **by what factor** is an entry multiplied that survives? Give the number as
# `dropout_scale`. You may write an expression.
#
# <details><summary>Hint: smaller or larger than 1?</summary>
#
# A fifth of all entries turns to zero. What do the others have to do for the mean to stay where it was?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
dropout_scale = 1 / (1 - 0.2)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dropout_scale_is_a_positive_number(dropout_scale):
    try:
        number = float(dropout_scale)
    except (TypeError, ValueError, RuntimeError):
        number = None
    assert number is not None and not isinstance(dropout_scale, (str, bool)), "Give a number."
    assert 0 < number < 100, "The factor lies between 0 and 100."

# %%
# HIDDEN
def test_dropout_scale_keeps_the_mean(dropout_scale):
    try:
        number = float(dropout_scale)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("Give a number.") from None
    assert not isinstance(dropout_scale, (str, bool)), "Give a number."
    assert abs(number - 1.25) < 1e-3, "With this factor the mean would not stay what it was."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# **Done.** Run the checks once more from the top (*Kernel → Restart & Run All*), save, and upload the
# notebook. You can now tell whether a model has learned something or only remembers it, and you have two
# remedies against the latter.

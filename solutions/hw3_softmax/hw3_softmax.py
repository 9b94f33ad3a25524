# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Softmax regression
#
# Linear regression answers *how much?* This notebook answers *which one?* Is the picture a cat, a dog or a
# chicken? You will build a classifier from its smallest parts:
#
# - **softmax** turns any real numbers into probabilities, and it must do so for huge numbers too;
# - **cross entropy** says how wrong those probabilities are;
# - **accuracy** says how often the most probable class is the right one;
# - a **flatten layer** turns pictures into rows of numbers.
#
# At the end your own functions train a classifier of three classes. Plan about **70 minutes**.
#
# **How to work.** Each question has a cell with `...  # your code`. Replace that line and the
# `raise NotImplementedError` line below it, run the cell, then run the cell with `grader.check(...)`. It runs
# the public checks. The grade also counts hidden checks, which test the same rules on other numbers. You may
# try as often as you like. When you are done, save the notebook and upload it.
#
# **Notation.** $n$ examples, $q$ classes. A matrix of shape $(n, q)$ holds one example per row and one class
# per column. Labels are class numbers from $0$ to $q - 1$, in a tensor of shape $(n,)$.

# %%
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% tags=["otter_ignore"]
# Only the pictures need this.
import matplotlib.pyplot as plt

# %% [raw]
# # BEGIN QUESTION
# name: softmax

# %% [markdown]
# ## 1 · From scores to probabilities
#
# A linear layer gives every class a score, its *logit*. Logits can be any real numbers. A probability must lie
# between 0 and 1, and the probabilities of all classes must add up to 1. Softmax gets there in two moves: the
# exponential makes every score positive, and division by the row's sum makes the row add up to 1.
#
# $$\mathrm{softmax}(\mathbf{X})_{ij} = \frac{\exp(x_{ij})}{\sum_k \exp(x_{ik})}$$
#
# **Worked example.** Take the logits $(\ln 1, \ln 2, \ln 5)$. Their exponentials are $1, 2, 5$ with the sum
# $8$, so the probabilities are $\tfrac18, \tfrac28, \tfrac58$. The order of the classes stays as it was. Only
# *differences* of logits count: add 7 to all three and numerator and denominator both grow by the factor
# $e^7$, which cancels.
#
# **Where the formula breaks.** A 32-bit float ends near $3.4 \cdot 10^{38}$, and $e^{89}$ is already beyond
# it. The exponential of a large logit becomes `inf`, and `inf / inf` is `nan`. Very negative logits fail the
# other way: every exponential becomes 0, and `0 / 0` is `nan` as well.
#
# The way out is the fact above: only differences count. Shift a row by any number you like and its
# probabilities do not change. Choose the shift so that no exponential can overflow and at least one is not 0.
# Think about what the shift must be when one row is near $1000$ and the next row near $-1000$.
#
# **Your task.** Write `softmax(X)` for logits of shape $(n, q)$:
# - one distribution per row, in the shape and dtype of `X`;
# - logits of $\pm 1000$ give neither `inf` nor `nan`, but the right probabilities, in one and the same matrix;
# - `X` itself stays as it is, and gradients flow from the result back to `X`;
# - write it yourself: `torch.softmax`, `F.softmax`, `nn.Softmax` and `log_softmax` earn no points here.
#
# <details><summary>Hint: I get nan, or an error about sizes that do not match</summary>
#
# Print the shape of your row sums. A reduction over `dim=1` turns $(n, q)$ into $(n,)$, and that does not line
# up with the rows of an $(n, q)$ matrix. `keepdim=True` keeps it a column of shape $(n, 1)$. For nan, print the
# exponentials: which row holds `inf`, which row holds only zeros? Each row needs a shift of its own.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def softmax(X: torch.Tensor) -> torch.Tensor:
    """Turn every row of logits X, shape (n, q), into a distribution: exp(x_ij) / sum_k exp(x_ik).

    The result has X's shape and dtype, is right for logits of ±1000 too, and lets gradients through.
    Write it yourself: `torch.softmax`, `F.softmax`, `nn.Softmax` and `log_softmax` earn no points here.
    """
    # BEGIN SOLUTION
    shifted = X - X.max(dim=1, keepdim=True).values
    X_exp = torch.exp(shifted)
    return X_exp / X_exp.sum(dim=1, keepdim=True)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_softmax_of_the_worked_example(softmax):
    import torch

    X = torch.tensor([[1.0, 2.0, 5.0], [4.0, 1.0, 3.0]]).log()
    expected = torch.tensor([[0.125, 0.25, 0.625], [0.5, 0.125, 0.375]])
    torch.testing.assert_close(softmax(X), expected)

# %%
def test_softmax_of_logits_near_plus_and_minus_1000(softmax):
    import torch

    X = torch.tensor([[1000.0, 1000.0, -1000.0], [-1000.0, -1000.0, -1000.0], [0.0, 1000.0, 999.0]])
    expected = torch.tensor([[0.5, 0.5, 0.0], [1 / 3, 1 / 3, 1 / 3], [0.0, 0.7310586, 0.2689414]])
    result = softmax(X)
    assert result.isfinite().all(), f"Logits of plus and minus 1000 gave inf or nan: {result}"
    # float32 keeps numbers near 1000 to about 6e-5
    torch.testing.assert_close(result, expected, atol=2e-4, rtol=1e-5)

# %%
def test_softmax_keeps_float64_and_leaves_X_alone(softmax):
    import torch

    X = torch.tensor([[2.0, -7.5, 0.5, 1.0]], dtype=torch.float64)
    before = X.clone()
    result = softmax(X)
    assert result.dtype == torch.float64, f"X is float64, the result is {result.dtype}"
    assert torch.equal(X, before), "softmax changed its argument X"

# %%
# HIDDEN
def test_softmax_of_random_logits(softmax):
    import torch

    for n, q, scale in [(5, 3, 1.0), (3, 11, 8.0), (1, 6, 3.0), (7, 2, 30.0)]:
        X = torch.randn(n, q) * scale
        torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))
    X = torch.randn(6, 4, dtype=torch.float64) * 9
    torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))

# %%
# HIDDEN
def test_softmax_of_transposed_and_sliced_logits(softmax):
    import torch

    X = (torch.randn(10, 9) * 4)[::2, 1::3].t()
    torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))

# %%
# HIDDEN
def test_softmax_of_huge_logits_in_the_same_matrix(softmax):
    import torch

    offsets = torch.tensor([[1000.0], [-1000.0], [0.0], [-300.0], [750.0]], dtype=torch.float64)
    X = torch.randn(5, 7, dtype=torch.float64) * 2 + offsets
    torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))
    # float32 keeps numbers near 1000 to about 6e-5
    torch.testing.assert_close(softmax(X.float()), torch.softmax(X, dim=1).float(), atol=5e-4, rtol=1e-5)
    spread = torch.tensor([[1000.0, 998.5, -1000.0, 0.0], [-1000.0, -999.0, -1001.0, -1000.5]])
    torch.testing.assert_close(softmax(spread), torch.softmax(spread, dim=1), atol=2e-4, rtol=1e-5)

# %%
# HIDDEN
def test_softmax_has_the_right_gradient(softmax):
    import torch

    values = torch.randn(4, 5, dtype=torch.float64) * 4
    values[1] += 1000
    values[2] -= 1000
    upstream = torch.randn(4, 5, dtype=torch.float64)
    X = values.clone().requires_grad_()
    result = softmax(X)
    assert result.shape == (4, 5), "The result must have the shape of X."
    assert result.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    result.backward(upstream)
    reference = values.clone().requires_grad_()
    torch.softmax(reference, dim=1).backward(upstream)
    torch.testing.assert_close(X.grad, reference.grad)

# %%
# HIDDEN
def test_softmax_is_written_by_hand(softmax, judge):
    import torch

    small = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]])
    huge = torch.randn(4, 7, dtype=torch.float64) + torch.tensor([[1000.0], [-1000.0], [80.0], [0.0]])
    used = set()
    for X in (small, huge, torch.randn(1, 30), small.double().requires_grad_()):
        used |= {name for name in judge.calls(softmax, X) if "softm" in name.lower()}
    torch.testing.assert_close(softmax(small), torch.softmax(small, dim=1))
    assert not used, (
        "softmax is to be written by hand here: "
        "torch.softmax, F.softmax, nn.Softmax and log_softmax (and their relatives) earn no points."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# See your function at work: one logit grows from $-6$ to $6$ while the two others stay where they are.

# %% tags=["otter_ignore"]
z = torch.linspace(-6, 6, 200)
probabilities = softmax(torch.stack([z, torch.ones_like(z), -torch.ones_like(z)], dim=1))
for column, name in enumerate(["class 0, logit $z$", "class 1, logit 1", "class 2, logit $-1$"]):
    plt.plot(z, probabilities[:, column], label=name)
plt.xlabel("$z$"), plt.ylabel("probability"), plt.legend(), plt.grid(alpha=0.3)
plt.title("One logit grows, its class takes over")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: cross_entropy

# %% [markdown]
# ## 2 · How wrong is a distribution?
#
# The model says: *cat 0.5, dog 0.25, chicken 0.25*. The truth is one label. Cross entropy looks only at the
# probability that the true class received and takes its negative logarithm:
#
# $$\ell_i = -\ln \hat{y}_{i,\,y_i}$$
#
# A sure and right answer, $\hat y = 1$, costs nothing. Half the probability costs $\ln 2 \approx 0.69$. The
# smaller the probability of the truth, the steeper the price, without an upper end: a model that is sure and
# wrong pays most.

# %% tags=["otter_ignore"]
p = torch.linspace(0.005, 1, 200)
plt.plot(p, -p.log())
for value in (0.05, 0.25, 0.5, 0.75):
    plt.plot(value, -math.log(value), "o", color="tab:orange")
    plt.annotate(f"{-math.log(value):.2f}", (value, -math.log(value)), textcoords="offset points", xytext=(8, 6))
plt.xlabel("probability given to the true class"), plt.ylabel("cross entropy"), plt.grid(alpha=0.3)
plt.title("The price of a small probability for the truth")
plt.show()

# %% [markdown]
# **Worked example.** Three examples, two classes:
#
# | $\hat{\mathbf y}$ | label | probability of the label | loss |
# |---|---|---|---|
# | (0.5, 0.5) | 1 | 0.5 | $\ln 2 \approx 0.6931$ |
# | (0.25, 0.75) | 0 | 0.25 | $\ln 4 \approx 1.3863$ |
# | (0.25, 0.75) | 1 | 0.75 | $\ln \tfrac43 \approx 0.2877$ |
#
# The code has to pick *one entry per row*, a different column each time. Two index tensors of equal length do
# this: the first names the rows, the second the columns.
#
# **Your task.** Write `cross_entropy(y_hat, y)`. The result holds **one loss per example**, shape $(n,)$, for
# $n = 1$ too. Averages come later.
#
# <details><summary>Hint: my result has n rows and n columns, or a second axis of length 1</summary>
#
# `y_hat[:, y]` takes *whole columns*, one for every entry of `y`. You want one entry per row: index the rows
# with `0, 1, …, n-1` and the columns with `y`, both at once. `gather` also works, but it wants the labels as a
# column and gives a column back.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def cross_entropy(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the cross entropy -ln(y_hat[i, y[i]]) of every example, shape (n,).

    y_hat: probabilities, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    """
    # BEGIN SOLUTION
    return -torch.log(y_hat[torch.arange(len(y_hat)), y])
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_cross_entropy_of_the_worked_example(cross_entropy):
    import torch

    y_hat = torch.tensor([[0.5, 0.5], [0.25, 0.75], [0.25, 0.75]])
    expected = torch.tensor([0.6931472, 1.3862944, 0.2876821])
    torch.testing.assert_close(cross_entropy(y_hat, torch.tensor([1, 0, 1])), expected)

# %%
def test_cross_entropy_has_one_entry_per_example(cross_entropy):
    import torch

    y_hat = torch.tensor([[0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0.25, 0.25]])
    for n in (2, 1):
        shape = tuple(cross_entropy(y_hat[:n], torch.tensor([3, 0])[:n]).shape)
        assert shape == (n,), f"Expected one loss for each of {n} examples, shape ({n},), got {shape}."

# %%
# HIDDEN
def test_cross_entropy_of_random_probabilities(cross_entropy):
    import torch

    for n, q in [(9, 4), (3, 8), (1, 5), (6, 2)]:
        y_hat = torch.softmax(torch.randn(n, q), dim=1)
        y = torch.randint(0, q, (n,))
        y[0] = q - 1
        expected = torch.nn.functional.nll_loss(y_hat.log(), y, reduction="none")
        torch.testing.assert_close(cross_entropy(y_hat, y), expected)

# %%
# HIDDEN
def test_cross_entropy_of_small_probabilities(cross_entropy):
    import torch

    y_hat = torch.tensor([[1e-3, 0.999, 1e-30], [0.25, 2e-5, 0.74998], [3e-4, 1e-6, 0.999699]])
    y = torch.tensor([0, 1, 0])
    expected = -torch.log(torch.tensor([1e-3, 2e-5, 3e-4]))
    torch.testing.assert_close(cross_entropy(y_hat, y), expected)

# %%
# HIDDEN
def test_cross_entropy_keeps_float64_and_takes_any_layout(cross_entropy):
    import torch

    y_hat = torch.softmax(torch.randn(7, 8, dtype=torch.float64) * 0.5, dim=0).t()[::2]
    y = torch.tensor([6, 9, 0, 9, 3, 9, 1])[::2]
    before = y_hat.clone()
    expected = torch.stack([-y_hat[row, label].log() for row, label in enumerate(y.tolist())])
    torch.testing.assert_close(cross_entropy(y_hat, y), expected)
    assert torch.equal(y_hat, before), "cross_entropy changed its argument y_hat"

# %%
# HIDDEN
def test_cross_entropy_has_the_right_gradient(cross_entropy):
    import torch

    y_hat = torch.softmax(torch.randn(5, 3, dtype=torch.float64), dim=1).requires_grad_()
    y = torch.tensor([2, 0, 1, 1, 2])
    upstream = torch.tensor([2.0, -3.0, 0.5, 7.0, 1.0], dtype=torch.float64)
    losses = cross_entropy(y_hat, y)
    assert losses.shape == (5,), "The result must hold one loss per example, shape (n,)."
    assert losses.requires_grad, "No gradient reaches y_hat: the result must stay part of the graph."
    losses.backward(upstream)
    expected = torch.zeros(5, 3, dtype=torch.float64)
    for row, label in enumerate(y.tolist()):
        expected[row, label] = -upstream[row] / y_hat[row, label].detach()
    torch.testing.assert_close(y_hat.grad, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: logit_cross_entropy

# %% [markdown]
# ## 3 · Cross entropy straight from logits
#
# Chain the two functions that you have now and feed in the logits $(1000, -1000, 0)$ with the label 1. Softmax,
# however careful, gives that class the probability $e^{-2000}$, and no float can hold it: it becomes 0. Then
# $-\ln 0 = \infty$, although the true loss is a harmless number. A small constant inside the logarithm hides
# the `inf` and puts a wrong number in its place.
#
# Work on paper first and let the logarithm meet the exponential:
#
# $$-\ln \frac{\exp(x_{i,y_i})}{\sum_k \exp(x_{ik})} = \ln \sum_k \exp(x_{ik}) \;-\; x_{i,y_i}$$
#
# The probability itself has disappeared, and nothing can underflow to 0 any more. The first term, the
# *log-sum-exp*, still needs the shift of question 1. With $m_i$ the largest logit of the row,
#
# $$\ln \sum_k \exp(x_{ik}) = m_i + \ln \sum_k \exp(x_{ik} - m_i).$$
#
# **Worked example.** For the logits $(1000, -1000, 0)$: $m = 1000$, the shifted exponentials are $1, 0, 0$,
# the log-sum-exp is $1000 + \ln 1 = 1000$. So label 0 costs $0$, label 1 costs $1000 - (-1000) = 2000$ and
# label 2 costs $1000$.
#
# This is why PyTorch's `nn.CrossEntropyLoss` takes logits, and why a network should *not* end in a softmax
# layer when it is trained with that loss.
#
# **Your task.** Write `logit_cross_entropy(logits, y)`: one loss per example, shape $(n,)$, exact and finite for
# logits of $\pm 1000$, with a gradient.
#
# <details><summary>Hint: I get inf or nan for large logits</summary>
#
# Look for the place where a number leaves the range of floats. If a probability is computed anywhere, it can be
# 0, and then its logarithm is too late. If an exponential sees an unshifted logit, it can be `inf`. Neither
# is needed: subtract each row's own maximum, and take the logarithm of the *sum*, never of a single exponential.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def logit_cross_entropy(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the cross entropy of every example, shape (n,): ln(sum_k exp(x_ik)) - x_i,y_i.

    logits: any real numbers x, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    Exact and finite for logits of ±1000: no probability is ever computed.
    """
    # BEGIN SOLUTION
    largest = logits.max(dim=1, keepdim=True).values
    log_sum_exp = largest.squeeze(1) + torch.log(torch.exp(logits - largest).sum(dim=1))
    return log_sum_exp - logits[torch.arange(len(logits)), y]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_logit_cross_entropy_of_ordinary_logits(logit_cross_entropy):
    import torch

    logits = torch.tensor([[1.0, 2.0, 5.0], [4.0, 1.0, 3.0]]).log()
    expected = torch.tensor([1.3862944, 0.6931472])
    torch.testing.assert_close(logit_cross_entropy(logits, torch.tensor([1, 0])), expected)

# %%
def test_logit_cross_entropy_of_logits_near_plus_and_minus_1000(logit_cross_entropy):
    import torch

    logits = torch.tensor([[1000.0, -1000.0, 0.0]] * 3 + [[-1000.0, -1000.0, -1000.0]])
    expected = torch.tensor([0.0, 2000.0, 1000.0, 1.0986123])
    losses = logit_cross_entropy(logits, torch.tensor([0, 1, 2, 1]))
    assert losses.isfinite().all(), f"Logits of plus and minus 1000 gave inf or nan: {losses}"
    # float32 keeps numbers near 1000 to about 6e-5
    torch.testing.assert_close(losses, expected, atol=2e-4, rtol=1e-5)

# %%
# HIDDEN
def test_logit_cross_entropy_of_random_logits(logit_cross_entropy):
    import torch

    for n, q, scale in [(9, 4, 1.0), (3, 8, 7.0), (1, 5, 2.0), (6, 2, 20.0)]:
        logits = torch.randn(n, q) * scale
        y = torch.randint(0, q, (n,))
        expected = torch.nn.functional.cross_entropy(logits, y, reduction="none")
        torch.testing.assert_close(logit_cross_entropy(logits, y), expected)

# %%
# HIDDEN
def test_logit_cross_entropy_is_exact_for_huge_logits(logit_cross_entropy):
    import torch

    offsets = torch.tensor([[1000.0], [-1000.0], [0.0], [300.0], [-760.0]], dtype=torch.float64)
    logits = torch.randn(5, 4, dtype=torch.float64) * 2 + offsets
    logits[:, 1] -= torch.tensor([0.0, 40.0, 95.0, 800.0, 1000.0])
    for label in range(4):
        y = torch.full((5,), label)
        expected = torch.nn.functional.cross_entropy(logits, y, reduction="none")
        torch.testing.assert_close(logit_cross_entropy(logits, y), expected)
        # float32 keeps numbers near 1000 to about 6e-5
        result = logit_cross_entropy(logits.float(), y)
        torch.testing.assert_close(result, expected.float(), atol=1e-3, rtol=1e-5)

# %%
# HIDDEN
def test_logit_cross_entropy_keeps_float64_and_takes_any_layout(logit_cross_entropy):
    import torch

    logits = (torch.randn(8, 15, dtype=torch.float64) * 9)[1::2, ::3].t()
    y = torch.tensor([3, 0, 2, 1, 3])
    before = logits.clone()
    expected = torch.nn.functional.cross_entropy(logits, y, reduction="none")
    torch.testing.assert_close(logit_cross_entropy(logits, y), expected)
    assert torch.equal(logits, before), "logit_cross_entropy changed its argument logits"

# %%
# HIDDEN
def test_logit_cross_entropy_has_the_right_gradient(logit_cross_entropy):
    import torch

    values = torch.randn(5, 3, dtype=torch.float64) * 3
    values[1] += 1000
    values[3] = torch.tensor([1000.0, -1000.0, 999.0])
    y = torch.tensor([2, 0, 1, 1, 0])
    upstream = torch.tensor([2.0, -3.0, 0.5, 7.0, 1.0], dtype=torch.float64)
    logits = values.clone().requires_grad_()
    losses = logit_cross_entropy(logits, y)
    assert losses.shape == (5,), "The result must hold one loss per example, shape (n,)."
    assert losses.requires_grad, "No gradient reaches the logits: the result must stay part of the graph."
    losses.backward(upstream)
    one_hot = torch.nn.functional.one_hot(y, 3)
    expected = (torch.softmax(values, dim=1) - one_hot) * upstream[:, None]
    torch.testing.assert_close(logits.grad, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Its gradient is a gift: $\partial \ell_i / \partial x_{ij}$ is the *predicted probability minus the truth*,
# where the truth is 1 for the label's class and 0 for all others. The cell lets autograd confirm it, and compares
# your loss with PyTorch's own.

# %% tags=["otter_ignore"]
logits = torch.tensor([[2.0, 0.0, 1.0]], requires_grad=True)
losses = logit_cross_entropy(logits, torch.tensor([2]))
losses.sum().backward()
print("your loss    ", losses.detach(), "  PyTorch's", F.cross_entropy(logits, torch.tensor([2])).detach())
print("probabilities", softmax(logits).detach())
print("gradient     ", logits.grad, "  (class 2 is the truth)")

# %% [raw]
# # BEGIN QUESTION
# name: accuracy

# %% [markdown]
# ## 4 · Accuracy
#
# The loss is what training lowers. People ask something simpler: how often is the answer right? The model's
# answer is the class with the largest entry of the row. It makes no difference whether the row holds logits or
# probabilities, since softmax keeps their order. *Accuracy* is the share of rows in which this class is the
# label:
#
# $$\mathrm{accuracy} = \frac1n \sum_{i=1}^{n} \mathbb 1\!\left[\arg\max_j \hat y_{ij} = y_i\right]$$
#
# **Worked example.** $\hat{\mathbf Y}$ has the rows $(0.1, 0.3, 0.6)$ and $(0.3, 0.2, 0.5)$, so the model
# answers 2 and 2. The labels are 0 and 2. One of two answers is right: accuracy $0.5$.
#
# **Your task.** Write `accuracy(y_hat, y)`. It returns a plain Python `float` between 0 and 1, not a tensor and
# not a count. A tensor would drag its device and perhaps a graph into your log, and a count means something
# else for every batch size.
#
# <details><summary>Hint: my accuracy is larger than 1, or an error says that sizes do not match</summary>
#
# Larger than 1: a sum of hits counts them. How many rows were there? Sizes: `argmax` needs the axis along which
# it looks. You compare the entries *of a row*, so the result must have one entry per row. A single number out
# of a tensor, as a float: `.item()`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def accuracy(y_hat: torch.Tensor, y: torch.Tensor) -> float:
    """Return the share of rows of y_hat whose largest entry is at the label, as a Python float.

    y_hat: logits or probabilities, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    """
    # BEGIN SOLUTION
    return (y_hat.argmax(dim=1) == y).float().mean().item()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_accuracy_of_the_worked_example(accuracy):
    import torch

    y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
    result = accuracy(y_hat, torch.tensor([0, 2]))
    assert abs(result - 0.5) < 1e-6, f"One of two answers is right, that is 0.5, got {result}"

# %%
def test_accuracy_is_a_python_float(accuracy):
    import torch

    result = accuracy(torch.tensor([[4.0, -1.0], [-3.0, -2.0], [0.5, 0.25]]), torch.tensor([0, 0, 0]))
    assert isinstance(result, float), "accuracy should return a Python float"
    assert abs(result - 2 / 3) < 1e-6, f"Two of three answers are right, that is 0.666667, got {result}"

# %%
# HIDDEN
def test_accuracy_of_random_logits(accuracy):
    import torch

    for n, q in [(40, 3), (5, 12), (7, 2), (1, 4)]:
        y_hat = torch.randn(n, q) * 5
        y = torch.randint(0, q, (n,))
        y[: n // 2] = y_hat[: n // 2].argmax(dim=1)
        hits = sum(int(row.argmax()) == label for row, label in zip(y_hat, y.tolist()))
        assert abs(accuracy(y_hat, y) - hits / n) < 1e-6, "This is not the share of rows that are right."

# %%
# HIDDEN
def test_accuracy_of_all_wrong_and_all_right(accuracy):
    import torch

    y_hat = torch.randn(30, 4, dtype=torch.float64) - 20
    right = y_hat.argmax(dim=1)
    for labels, share in [(right, 1.0), ((right + 1) % 4, 0.0)]:
        result = accuracy(y_hat, labels)
        assert isinstance(result, float), "accuracy should return a Python float"
        assert abs(result - share) < 1e-6, "All right is 1, all wrong is 0."

# %%
# HIDDEN
def test_accuracy_in_the_middle_of_training(accuracy):
    import torch

    y_hat = torch.tensor([[0.5, 2.0, 8.0], [9.0, -1.0, 3.0], [0.0, 7.0, 6.0], [1.0, 0.0, -4.0]], requires_grad=True)
    labels = torch.tensor([2, 0, 1, 1])
    before = y_hat.detach().clone()
    assert abs(accuracy(y_hat * 1.5, labels) - 0.75) < 1e-6, "This is not the share of rows that are right."
    accuracy(y_hat, labels)
    assert torch.equal(y_hat.detach(), before), "accuracy changed its argument y_hat"
    assert torch.equal(labels, torch.tensor([2, 0, 1, 1])), "accuracy changed its argument y"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: evaluate_accuracy

# %% [markdown]
# ## 5 · Accuracy over a whole data set
#
# Test data comes in minibatches too, because it may not fit into memory at once. Three things go wrong here in
# real projects.
#
# **The last batch is smaller.** Suppose one batch holds 4 examples, all right, and the last batch holds one
# example, wrong. The mean of the two batch accuracies is $(1 + 0)/2 = 0.5$. But 4 of 5 examples are right, so
# the accuracy is $0.8$. Count hits and examples over all batches, and divide once at the end.
#
# **Some layers behave differently in training.** Dropout deletes random entries; batch normalisation uses the
# statistics of the current batch and updates its running ones. `net.eval()` switches all of them to their quiet
# form, `net.train()` switches them back. An evaluation in the middle of training that forgets to switch back
# changes the training that follows; `net.training` tells which mode a network is in.
#
# **Autograd records everything.** For a measurement nobody calls `backward`, so the graph is memory and time
# wasted. Inside `with torch.no_grad():` nothing is recorded.
#
# **Your task.** Write `evaluate_accuracy(net, data_iter)`:
# - `net` is an `nn.Module`, `data_iter` any iterable that gives batches `(X, y)`: a `DataLoader`, a list, or a
#   generator, which can be run through only once and has no `len`;
# - it returns the share of right answers over all examples, as a Python `float`;
# - the network is evaluated in eval mode and without gradients;
# - afterwards `net.training` is what it was before: training mode if it was in training mode, eval mode if it
#   was in eval mode.
#
# <details><summary>Hint: my accuracy changes from call to call</summary>
#
# Something random is still at work while you measure: is the network in eval mode *before* the first batch goes
# through it? And if the check says that the mode was not put back: write down `net.training` before you
# change it, and use that value at the end. `net.train(False)` is the same as `net.eval()`.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def evaluate_accuracy(net: nn.Module, data_iter) -> float:
    """Return the share of examples that net classifies correctly over all batches (X, y) of data_iter.

    Runs net in eval mode and without gradients, then puts its mode (`net.training`) back as it was.
    data_iter is any iterable of batches and is gone through once; the last batch may be smaller.
    """
    # BEGIN SOLUTION
    was_training = net.training
    net.eval()
    hits, examples = 0.0, 0
    with torch.no_grad():
        for X, y in data_iter:
            hits += accuracy(net(X), y) * len(y)
            examples += len(y)
    net.train(was_training)
    return hits / examples
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_evaluate_accuracy_counts_examples_and_not_batches(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Linear(2, 2)
    net.weight.data.copy_(torch.eye(2))  # net(X) is X
    net.bias.data.zero_()
    scores = torch.tensor([[3.0, 1.0], [-2.0, 5.0], [0.5, 0.0], [1.0, 2.0], [4.0, 0.0]])
    labels = torch.tensor([0, 1, 0, 1, 1])
    result = evaluate_accuracy(net, [(scores[:4], labels[:4]), (scores[4:], labels[4:])])
    assert isinstance(result, float), "evaluate_accuracy should return a Python float"
    assert abs(result - 0.8) < 1e-6, f"4 of 5 examples are right, got {result}"

# %%
def test_evaluate_accuracy_uses_eval_mode_and_puts_the_mode_back(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Dropout(0.8), nn.Linear(4, 4))
    net[1].weight.data.copy_(torch.eye(4))  # without dropout, net(X) is X
    net[1].bias.data.zero_()
    labels = torch.arange(60) % 4
    scores = torch.full((60, 4), 1.0)
    scores[torch.arange(60), labels] = 2.0
    net.train()
    result = evaluate_accuracy(net, [(scores, labels)])
    assert abs(result - 1) < 1e-6, f"With dropout off all 60 answers are right, that is 1.0, got {result}"
    assert net.training, "The network was in training mode before, and it should be afterwards."
    net.eval()
    evaluate_accuracy(net, [(scores, labels)])
    assert not net.training, "The network was in eval mode before, and it should be afterwards."

# %%
# HIDDEN
def test_evaluate_accuracy_over_uneven_batches(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 3))
    X, y = torch.randn(47, 1, 2, 3) * 3, torch.randint(0, 3, (47,))
    with torch.no_grad():
        answers = net(X).argmax(dim=1)
    y[40:] = (answers[40:] + 1) % 3
    y[:20] = answers[:20]
    batches = list(zip(X.split([20, 20, 7]), y.split([20, 20, 7])))
    share = (answers == y).double().mean().item()
    assert abs(evaluate_accuracy(net, batches) - share) < 1e-6, "This is not the share over all examples."

# %%
# HIDDEN
def test_evaluate_accuracy_over_a_generator_and_a_shuffling_loader(evaluate_accuracy, judge):
    import torch

    def measure(evaluate_accuracy, X, y):
        import torch
        from torch import nn
        from torch.utils.data import DataLoader, TensorDataset

        once = ((X[i : i + 8], y[i : i + 8]) for i in range(0, len(X), 8))
        loader = DataLoader(TensorDataset(X, y), batch_size=6, shuffle=True)
        net = nn.Linear(5, 5)
        net.weight.data.copy_(torch.eye(5))  # net(X) is X
        net.bias.data.zero_()
        return evaluate_accuracy(net, once), evaluate_accuracy(net, loader)

    X, y = torch.randn(27, 5), torch.randint(0, 5, (27,))
    y[:12] = X[:12].argmax(dim=1)
    y[24:] = (X[24:].argmax(dim=1) + 2) % 5
    share = (X.argmax(dim=1) == y).double().mean().item()
    once, shuffled = judge.probe(measure, evaluate_accuracy, X, y)
    assert abs(once - share) < 1e-6, "This is not the share over all examples that a generator gives."
    assert abs(shuffled - share) < 1e-6, "This is not the share over all examples of a shuffling DataLoader."

# %%
# HIDDEN
def test_evaluate_accuracy_leaves_the_network_as_it_was(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5)), nn.Linear(4, 3))
    net.train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    X, y = torch.randn(22, 4) * 3 + 1, torch.randint(0, 3, (22,))
    result = evaluate_accuracy(net, [(X[:9], y[:9]), (X[9:18], y[9:18]), (X[18:], y[18:])])
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name]), "Evaluation must not change parameters or running statistics."
    assert all(p.grad is None for p in net.parameters()), "Evaluation must not compute gradients."
    assert all(p.requires_grad for p in net.parameters()), "The parameters must stay trainable."
    assert net.training and net[0].training and net[0][1].training, "The training mode must be put back."
    net.eval()
    share = (net(X).argmax(dim=1) == y).double().mean().item()
    assert abs(result - share) < 1e-6, "This is not the share over all examples of the network in eval mode."

# %%
# HIDDEN
def test_evaluate_accuracy_builds_no_graph(evaluate_accuracy, judge):
    def measure(evaluate_accuracy):
        import torch
        from torch import nn

        seen = []  # not an attribute of the module: a copy of the module must write here too

        class Spy(nn.Linear):
            def forward(self, X):
                out = super().forward(X)
                seen.append((self.training, out.requires_grad))
                return out

        batches = [(torch.randn(5, 4), torch.randint(0, 3, (5,))) for _ in range(3)]
        evaluate_accuracy(Spy(4, 3), batches)
        grad_enabled = torch.is_grad_enabled()
        torch.set_grad_enabled(True)
        return seen, grad_enabled

    seen, grad_enabled = judge.probe(measure, evaluate_accuracy)
    assert len(seen) >= 3, "Every batch must go through the network."
    assert not any(training for training, _ in seen), "The network must be in eval mode for every batch."
    assert not any(recorded for _, recorded in seen), "The network must run without gradients: no graph is needed."
    assert grad_enabled, "Gradients must be switched on again afterwards."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: FlattenLayer

# %% [markdown]
# ## 6 · Pictures become rows
#
# A linear layer wants one row of numbers per example. A batch of grey pictures has the shape
# $(n, 1, 28, 28)$, so each picture must be laid out as a row of $1 \cdot 28 \cdot 28 = 784$ numbers, while
# the $n$ examples stay apart:
#
# $$(n, d_1, d_2, \dots) \;\to\; (n,\; d_1 \cdot d_2 \cdots)$$
#
# **Worked example.** Two "pictures" of $2 \times 3$ pixels:
#
# $$\begin{bmatrix} 0 & 1 & 2 \\ 3 & 4 & 5 \end{bmatrix},\;
# \begin{bmatrix} 6 & 7 & 8 \\ 9 & 10 & 11 \end{bmatrix} \;\to\;
# \begin{bmatrix} 0 & 1 & 2 & 3 & 4 & 5 \\ 6 & 7 & 8 & 9 & 10 & 11 \end{bmatrix}$$
#
# A layer is a class that derives from `nn.Module` and defines `forward`. Then it can stand in an
# `nn.Sequential` like any built-in layer.
#
# **Your task.** Complete `FlattenLayer`. It must work for any number of axes after the first, and for pictures
# that were turned or cropped: such tensors are not contiguous in memory, and `view` refuses many of them.
#
# <details><summary>Hint: "view size is not compatible with input tensor's size and stride"</summary>
#
# `view` never copies, so it can only relabel memory that already lies in the right order. After a transpose it
# does not. There is a sister of `view` that copies when it has to.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class FlattenLayer(nn.Module):
    """Lay out every example as one row: (n, d1, d2, ...) becomes (n, d1·d2·...)."""

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X: shape (n, d1, d2, ...), of any memory layout. Returns shape (n, d1·d2·...)."""
        # BEGIN SOLUTION
        return X.reshape(X.shape[0], math.prod(X.shape[1:]))  # -1 would not do for an empty batch
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_FlattenLayer_on_the_worked_example(FlattenLayer):
    import torch

    expected = torch.tensor([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]])
    torch.testing.assert_close(FlattenLayer()(torch.arange(12).reshape(2, 2, 3)), expected)
    shape = tuple(FlattenLayer()(torch.zeros(5, 1, 28, 28)).shape)
    assert shape == (5, 784), f"Five pictures of 1 * 28 * 28 numbers must become (5, 784), got {shape}."

# %%
def test_FlattenLayer_takes_turned_pictures(FlattenLayer):
    import torch

    turned = torch.arange(12).reshape(2, 2, 3).transpose(1, 2)
    expected = torch.tensor([[0, 3, 1, 4, 2, 5], [6, 9, 7, 10, 8, 11]])
    torch.testing.assert_close(FlattenLayer()(turned), expected)

# %%
# HIDDEN
def test_FlattenLayer_for_any_number_of_axes(FlattenLayer):
    import torch

    layer = FlattenLayer()
    for shape in [(4, 7), (3, 2, 5), (1, 3, 2, 4), (5, 2, 3, 1, 2), (2, 1, 1)]:
        X = torch.randn(*shape, dtype=torch.float64)
        expected = torch.stack([example.flatten() for example in X])
        torch.testing.assert_close(layer(X), expected)

# %%
# HIDDEN
def test_FlattenLayer_for_cropped_and_turned_batches(FlattenLayer):
    import torch

    X = torch.randn(4, 9, 8, 3).permute(0, 3, 1, 2)[1:, :, 2:7, ::3]
    before = X.clone()
    torch.testing.assert_close(FlattenLayer()(X), torch.stack([example.flatten() for example in before]))
    assert torch.equal(X, before), "FlattenLayer changed its input"

# %%
# HIDDEN
def test_FlattenLayer_in_a_network_with_gradients(FlattenLayer, judge):
    import torch

    def measure(FlattenLayer, X, weight):
        from torch import nn

        layer = FlattenLayer()
        if not isinstance(layer, nn.Module) or layer(X).shape != (5, 6):
            return isinstance(layer, nn.Module), None, None
        net = nn.Sequential(layer, nn.Linear(6, 2, bias=False))
        net[1].weight.data.copy_(weight)
        X = X.requires_grad_()
        out = net(X)
        out[:, 1].sum().backward()
        return True, out.detach(), X.grad

    X, weight = torch.randn(5, 3, 2), torch.randn(2, 6)
    is_module, out, grad = judge.probe(measure, FlattenLayer, X.clone(), weight)
    assert is_module, "FlattenLayer should derive from nn.Module."
    assert out is not None, "The result has the wrong shape."
    torch.testing.assert_close(out, torch.stack([weight @ example.flatten() for example in X]))
    assert grad is not None, "No gradient reaches the layer's input: the result must stay part of the graph."
    torch.testing.assert_close(grad, weight[1].reshape(3, 2).expand(5, 3, 2).contiguous())

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: initial_loss

# %% [markdown]
# ## 7 · What should the first loss be?
#
# Before its first step, a classifier with small random weights knows nothing. Its logits are all close to 0, so
# each of the classes receives almost the same probability, whatever the picture shows.
#
# Suppose there are **10 classes**. Which cross entropy, averaged over the examples, do you expect from such an
# untrained model? People check this number at the start of every training run: a first loss that is far off
# points to a mistake in the loss, the labels or the initialisation.
#
# **Your task.** Set `initial_loss` to that number, by hand or as a formula (right to 0.01).
#
# <details><summary>Hint: I do not know what the labels are</summary>
#
# You need not know them. The model gives each class the same probability, so the true class gets it as well,
# whichever it is. Put that probability into the formula of question 2, and mind which logarithm it uses.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
initial_loss = math.log(10)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_initial_loss_is_a_number(initial_loss):
    is_number = hasattr(initial_loss, "__float__") and not isinstance(initial_loss, bool)
    assert is_number, "initial_loss should be a number"
    assert 0 <= float(initial_loss) <= 100, "initial_loss should be a number between 0 and 100"

# %%
# HIDDEN
def test_initial_loss_is_right_to_two_digits(initial_loss):
    import math

    message = "This is not the cross entropy of a model that gives ten classes the same probability."
    assert hasattr(initial_loss, "__float__") and abs(float(initial_loss) - math.log(10)) <= 0.01, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## All together: a classifier of three classes
#
# Your functions are a complete softmax regression. The cell below makes points of three classes in the plane,
# trains a linear layer on your `logit_cross_entropy` and draws what it learned. Every class has a colour, and the
# plane mixes them by their probabilities, so colours blend where the model is unsure. All borders are straight
# lines: the scores are linear, and softmax does not change their order. The next notebook bends the borders.

# %% tags=["otter_ignore"]
torch.manual_seed(3)
centres = torch.tensor([[-2.0, -1.0], [2.0, -1.5], [0.0, 2.0]])
labels = torch.arange(3).repeat(150)
points = centres[labels] + torch.randn(450, 2)
batches = list(zip(points.split(64), labels.split(64)))

net = nn.Sequential(FlattenLayer(), nn.Linear(2, 3))
nn.init.normal_(net[1].weight, std=0.01)
nn.init.zeros_(net[1].bias)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
losses, accuracies = [], []
for epoch in range(20):
    with torch.no_grad():
        losses.append(logit_cross_entropy(net(points), labels).mean().item())
    accuracies.append(evaluate_accuracy(net, batches))
    for X, y in batches:
        optimizer.zero_grad()
        logit_cross_entropy(net(X), y).mean().backward()
        optimizer.step()

side = torch.linspace(-5, 5, 200)
plane = torch.cartesian_prod(side, side)
with torch.no_grad():
    probability = softmax(net(plane))
colours = torch.tensor([[0.12, 0.47, 0.71], [1.0, 0.5, 0.05], [0.17, 0.63, 0.17]])
picture = (probability @ colours).reshape(200, 200, 3).transpose(0, 1)

_, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
left.plot(losses, label="cross entropy"), left.plot(accuracies, label="accuracy")
left.set_xlabel("epoch"), left.set_ylabel("loss, accuracy"), left.set_xticks(np.arange(0, 20, 5)), left.legend(), left.grid(alpha=0.3), left.set_title("Training")
right.imshow(picture, origin="lower", extent=(-5, 5, -5, 5), alpha=0.5)
right.scatter(points[:, 0], points[:, 1], c=colours[labels].numpy(), s=8)
right.set_xlabel("$x_1$"), right.set_ylabel("$x_2$")
right.set_title(f"What it learned, accuracy {accuracies[-1]:.2f}"), right.set_xlim(-5, 5), right.set_ylim(-5, 5)
plt.show()

# %% [markdown]
# ## Done
#
# You can now say what `nn.CrossEntropyLoss` does inside, and why it wants logits. Save the notebook and upload
# it.

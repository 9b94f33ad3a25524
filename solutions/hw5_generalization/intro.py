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
# Plan about **130 minutes**: each heading says how long its question takes, the rest is reading. You need
# `backward()` and gradient descent (hw1, hw2), *a module in five minutes* and `nn.Sequential` (hw3), an MLP
# with ReLU (hw4), and from pandas what a `DataFrame` and its columns are. Where a question uses an earlier
# answer of yours that is wrong, it is judged with a right one in its place: one mistake costs one question.

# %% [markdown]
# ## How to work
#
# 1. Replace each `...  # your code`, and the `raise` under it, with your answer. Leave names and
#    signatures as they are. In a quiz, replace the three dots.
# 2. Run your cell, then the check cell below it: `grader.check("k_fold")` runs the *public checks*.
#    *Hidden checks* run after you hand in. They try other sizes, other values and other data types.
# 3. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 4. Save the notebook and hand it in.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# In every question the tensors and tables that you are given stay unchanged (except for parameters, where the
# question says "in place"), and `float64` in gives `float64` out.
#
# The plots between the questions use *your* functions. They are there to look at and are not graded. One that
# needs an answer which you have not written yet says so; run it again when you have it.

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
print("In the picture: three times the same points, 14 large dots on a grey cloud of fresh ones, with a curve through them.\n"
      "Degree 1 is a line that passes them by, degree 3 follows them, degree 12 meets all and swings wildly at both ends.")
plt.show()

# %% [markdown]
# The straight line cannot follow the points at all: both errors are large. That is **underfitting**. The
# polynomial of degree 12 runs through nearly every point, and invents wild turns between them: its training
# error is tiny and its error on fresh points is large. That is **overfitting**. To tell the three apart we
# need points that the model has not seen. And if data are scarce, we cannot afford to set many aside.

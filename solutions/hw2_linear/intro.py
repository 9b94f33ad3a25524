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
# Plan about **105 minutes**: each heading says how long its question takes, the rest is reading. You need
# tensors, broadcasting and `backward()` (hw1).

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it
#    with your answer. Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("linreg")`. It runs the *public
#    checks*. When one fails, its message says what was expected.
# 4. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 5. Save the notebook and hand it in. Then *hidden checks* look at more inputs: other sizes, other number
#    types, more epochs. Everything they ask for is said in the question.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# Unless a question says *in place*, a tensor that goes in must come out of the call unchanged. The plots
# between the questions use your own functions. They are there to look at and are not graded. One that needs
# an answer you have not written yet says so; run it again when you have it.

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
# $\mathbf{y}$. For this model a formula gives the answer, the *normal equation*: with a column of ones beside
# the features, so that the bias is one more weight,
#
# $$\mathbf{w}^* = (\mathbf{X}^\top \mathbf{X})^{-1}\, \mathbf{X}^\top \mathbf{y} .$$
#
# We take the long way, step by step downhill, because it is the way that still works when the model has a
# hundred layers. After question 6 the formula tells whether we arrived.
#
# Our running example has two features, and we choose the truth ourselves:

# %%
true_w = torch.tensor([2.0, -3.4])
true_b = 4.2

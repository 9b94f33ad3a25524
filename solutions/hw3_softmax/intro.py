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

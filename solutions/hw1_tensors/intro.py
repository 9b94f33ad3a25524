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
# # Tensors and automatic differentiation
#
# Everything in deep learning is a tensor: the images, the labels, the weights, the loss. And every
# weight learns by the same recipe: compute the loss, ask for its gradient, take a small step. This
# assignment makes you at home with both, the *tensor* and the *gradient*.
#
# **You will learn**
#
# - how broadcasting turns small tensors into large results without a loop;
# - when two tensors look at the same memory, and when they do not;
# - how automatic differentiation records a computation, and how you stay in control of it: fresh
#   gradients, no leftovers, factors that count as constants;
# - how to check any gradient by a method that needs no calculus at all;
# - which shape a derivative has when vectors and matrices are involved.
#
# Plan about **100 minutes**: each heading says how long its question takes, the rest is reading. You need
# Python (functions, loops, `lambda`), NumPy arrays at a glance, and what a derivative is.

# %% [markdown]
# ## How to work
#
# 1. Replace each line `...  # your code` (and the `raise` under it) with your answer. Leave names and
#    signatures as they are.
# 2. Run the cell, then the check cell below it. `grader.check("outer_sum")` runs the *public checks*.
#    *Hidden checks* run after you hand in; they try other shapes, signs, layouts and dtypes.
# 3. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 4. Save the notebook and hand it in.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# Three rules hold in every question, unless it says otherwise. **Arguments stay as they were.**
# **The dtype stays as it was:** float64 in, float64 out. **Gradients can flow** through a result that is
# computed from tensors.
#
# The pictures between the questions use *your* functions. They are there to look at and are not graded. One
# that needs an answer you have not written yet says so; run it again when you have it.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import torch

# %% [markdown]
# ---
# # Part A · Tensors and their memory

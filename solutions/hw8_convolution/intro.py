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
# # Convolution and pooling
#
# A fully connected layer does not know that a picture is a picture. It sees a long list of numbers and
# learns a separate weight for every pixel. In this assignment you build the layer that does better: the
# *convolution*. It slides one small window of weights over the whole picture, so a pattern that was
# learned in one corner is recognised in every other.
#
# **You will learn**
#
# - what a convolutional layer computes, number by number, and how its kernel is learned from data;
# - how kernel, padding and stride decide the size of the output;
# - how several input and output channels work together, and what a 1×1 convolution is good for;
# - what pooling does, and how much of the picture one output entry can see.
#
# **Time:** about 90 minutes. Thirteen questions; each one builds on those before it.

# %% [markdown]
# ## How to work
#
# 1. Replace each `...  # your code`, and the `raise` under it, by your answer. Leave names and
#    signatures as they are.
# 2. Run your cell, then the check cell below it: `grader.check("corr2d")` runs the public checks.
#    Hidden checks run after you hand in. They try other sizes, other signs and other data types.
# 3. Stuck? Each question has a hint that opens on a click, sorted by symptom.
# 4. Save the notebook and upload it.
#
# In every question the tensors that you are given stay unchanged, and `float64` in gives `float64` out.
#
# The plots between the questions use *your* functions. They are there to look at and are not graded.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ---
# # Part A · One picture, one kernel
#
# Two ideas turn a fully connected layer into a convolution:
#
# - **Translation invariance.** A cat is a cat wherever it sits. So use *the same weights* at every place.
# - **Locality.** To find out what is at a place, look at its neighbours first. So let the weights cover
#   *a small window* only.
#
# What is left of the millions of weights is one small matrix, the **kernel**.

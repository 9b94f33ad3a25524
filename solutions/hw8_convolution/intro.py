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
# - what pooling does, and how much of the picture one output entry can see;
# - to put the parts together: LeNet, a network that learns from real pictures.
#
# Plan about **185 minutes**: each heading says how long its question takes, the rest is reading. You need `backward()`,
# training loops and modules (*a module in five minutes* in the notebook on softmax regression, more of them in the one
# on blocks). The ideas lead from one question to the next. In grading, each question stands on its own: where one calls
# an earlier function of yours that is wrong, it is judged with a right one.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it with your answer.
#    Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("corr2d")`. It runs the *public checks*, and says
#    what was expected and what came out.
# 4. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 5. Save the notebook and hand it in. *Hidden checks* then try other sizes, other signs and other data types.
#    Everything they ask for is said in the question.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# In every question the tensors that you are given stay unchanged, and `float64` in gives `float64` out.
#
# The plots between the questions use your own functions, and are not graded. One that needs an
# answer you have not written yet says so.

# %%
import gzip

import torch
from torch import nn
from torch.nn import functional as F

# %% tags=["otter_ignore"]
# Only the plots and the stopwatch need these.
import time

import matplotlib.pyplot as plt
from matplotlib.cbook import get_sample_data

# %% [markdown]
# ---
# # Part A · One picture, one kernel
#
# Two ideas turn a fully connected layer into a convolution:
#
# - **The same everywhere.** A cat is a cat wherever it sits. So use *the same weights* at every place. When the cat
#   moves, the answer moves along with it: this is called **equivariance** under translation. (*Invariance* would be
#   an answer that does not move at all. That comes with pooling, in Part D.)
# - **Locality.** To find out what is at a place, look at its neighbours first. So let the weights cover
#   *a small window* only.
#
# What is left of the millions of weights is one small matrix, the **kernel**.

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
# # Layers, blocks, parameters, files and devices
#
# So far a network was a handful of layers in a row. Real networks have hundreds of them, so people
# think in *blocks*: a layer, a group of layers and a whole network are all the same kind of thing,
# an `nn.Module`. Once you can write your own modules you can build anything.
#
# This notebook tells the life of a network, in the order in which it happens, with one thread running through all of
# it: **the books that `nn.Module` keeps**. What is in them gets trained, saved and moved. What is not does not exist.
#
# - **A · It is built.** Blocks from layers, blocks from blocks, and the list that keeps no books (questions 1 to 5).
# - **B · It gets layers of its own**, without parameters, with parameters, and with a fixed tensor (6 to 8).
# - **C · It is looked into.** Names, shapes and counts, one layer at two places, shapes that wait (9 to 12).
# - **D · It is given a start** (13 and 14).
# - **E · It goes into a file**, and comes back in mid-training as if nothing had happened (15 and 16).
# - **F · It moves** to another device (17).
#
# Plan about **185 minutes**: each heading says how long its question takes, the rest is reading. Many questions are
# short. You need classes in Python, `backward()`, an optimizer's loop, and *a module in five minutes* from the
# notebook on softmax regression. In grading, each question stands on its own.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it with your answer.
#    Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("MLP")`. It runs the *public checks*, and says
#    what was expected and what came out.
# 4. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 5. Save the notebook and hand it in. *Hidden checks* then try other sizes, numbers and networks. Everything they ask
#    for is said in the question.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# Everything runs on a CPU, the question about GPUs too. The plots between the questions use your own classes and
# functions, and are not graded. One that needs an answer you have not written yet says so.

# %%
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ---
# # Part A · Blocks

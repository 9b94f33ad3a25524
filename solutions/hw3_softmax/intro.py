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
# Linear regression answers *how much?* This notebook answers *which one?* Is it a picture of a shirt, a
# sandal or a bag? You will build a classifier from its smallest parts, and train it on real pictures:
#
# - **softmax** turns any real numbers into probabilities, and it must do so for huge numbers too;
# - **cross entropy** says how wrong those probabilities are, and its **gradient**, which you find by hand, in
#   which direction to improve them;
# - **accuracy** says how often the most probable class is the right one;
# - a **flatten layer** turns pictures into rows of numbers, a **linear model** turns those into scores;
# - a **training loop** of your own learns to tell ten kinds of clothes apart.
#
# Plan about **115 minutes**: each heading says how long its question takes, the rest is reading. You need the
# loop of hw2, tensors and `backward()`, and classes in Python (`class`, `__init__`, `self`); what a *module*
# is, you learn here.
#
# **How to work.** Each question has a cell with `...  # your code`. Replace that line and the
# `raise NotImplementedError` line below it, run the cell, then run the cell with `grader.check(...)`. It runs
# the public checks. The grade also counts hidden checks, which test the same rules on other numbers. You may
# try as often as you like. When you are done, save the notebook and hand it in.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# **Notation.** $n$ examples, $q$ classes. A matrix of shape $(n, q)$ holds one example per row and one class
# per column. Labels are class numbers from $0$ to $q - 1$, in a tensor of shape $(n,)$.

# %%
import gzip
import math
from collections.abc import Iterable

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

# %% tags=["otter_ignore"]
# Only the plots need this.
import matplotlib.pyplot as plt

# %% [markdown]
# ## The pictures
#
# Fashion-MNIST holds grey pictures of clothes, $28 \times 28$ pixels each, in ten classes. Beside this
# notebook, in `data/fashion-mnist`, lie 2,048 of its training and 512 of its test pictures. The cell below
# reads them; nothing is downloaded. A pixel is a number from 0 (the background) to 1.


# %%
CLASSES = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]


def read_pictures(kind: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the pictures (n, 1, 28, 28) and the labels (n,) of kind "train" or "t10k" (the test set)."""
    with gzip.open(f"data/fashion-mnist/{kind}-images-idx3-ubyte.gz") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16)
    with gzip.open(f"data/fashion-mnist/{kind}-labels-idx1-ubyte.gz") as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8)
    return pixels.reshape(-1, 1, 28, 28) / 255, labels.long()


# %% tags=["otter_ignore"]
pictures, labels = read_pictures("train")
fig, axes = plt.subplots(2, 10, figsize=(11, 2.6), layout="constrained")
for label, column in enumerate(axes.T):
    for ax, picture in zip(column, pictures[labels == label]):
        ax.imshow(picture[0], cmap="gray_r")
        ax.set(xticks=[], yticks=[])
    column[0].set_title(CLASSES[label], fontsize=9)
print("In the picture: two grey pictures of 28 by 28 pixels for each of the ten classes, from T-shirt to ankle boot.")
plt.show()

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
# # The training loop, end to end
#
# Every network you will ever train goes through the same few lines of code: forward, loss, backward, step, and
# once in a while a look at data that the network has not seen. This notebook builds these lines with care, on
# real pictures of clothes.
#
# - **Accumulator**: sums that run beside the training;
# - **train_epoch** and **evaluate_loss**: one pass for learning, one pass for measuring;
# - **train**: many epochs, and a history of how they went;
# - **train_with_patience**: stop when the validation loss stops falling, and go back to the best parameters;
# - **predict**: from a trained network to answers;
# - **momentum_step**: what an optimizer does with a gradient, and why the capstone trains with Adam;
# - **build_model**: the capstone. You design a network, the grader trains it and measures its accuracy.
#
# Plan about **150 minutes**: each heading says how long its question takes, the rest is reading. The capstone's half
# an hour is for a first network that learns; play with it as long as you like. You need the notebooks on softmax
# regression (cross entropy, accuracy, modules) and on blocks; convolutions help in the capstone.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it with your answer.
#    Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("predict")`. It runs the *public checks*, and
#    says what was expected and what came out.
# 4. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 5. Save the notebook and hand it in. *Hidden checks* then test the same rules on other numbers. Each question is
#    graded on its own.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# The plots between the questions use your own functions, and are not graded. One that needs an answer you have
# not written yet says so.

# %%
import copy
import gzip
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(1)  # as in grading; networks this small gain nothing from more

# %% tags=["otter_ignore"]
# Only the pictures and the last training need these.
import matplotlib.pyplot as plt
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

# %% [markdown]
# ## The data
#
# Fashion-MNIST holds grey pictures of $28 \times 28$ pixels in ten classes, from T-shirts to ankle boots. Beside
# this notebook, in `data/fashion-mnist`, lie the first 10,240 training and the first 1,024 test pictures. If you
# have the full set under `data/FashionMNIST/raw`, the same cell uses that one. Nothing is downloaded.
#
# Each file begins with a few bytes that tell its shape, and the rest are the grey values, one byte each. The cell only
# defines functions; it loads nothing yet. Run it and read on.


# %%
class Pictures(NamedTuple):
    """Grey pictures as bytes, shape (n, 28, 28), their labels, shape (n,), and the names of the classes."""

    data: torch.Tensor
    targets: torch.Tensor
    classes: tuple[str, ...] = (
        "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"
    )  # fmt: skip


def read_idx(path: Path) -> torch.Tensor:
    """Return the tensor of bytes in a file of the IDX format, packed or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    axes = raw[3]  # then comes the length of each axis, in four bytes
    shape = [int.from_bytes(raw[4 * i : 4 * i + 4], "big") for i in range(1, axes + 1)]
    return torch.frombuffer(bytearray(raw[4 + 4 * axes :]), dtype=torch.uint8).reshape(shape)


def load_fashion_mnist(train: bool) -> Pictures:
    """Return the training or the test pictures: your full set if you have it, else the ones beside the notebook."""
    kind, full = "train" if train else "t10k", Path("data/FashionMNIST/raw")
    packed = not (full / f"{kind}-images-idx3-ubyte").exists()
    folder, ending = (Path("data/fashion-mnist"), ".gz") if packed else (full, "")
    images = read_idx(folder / f"{kind}-images-idx3-ubyte{ending}")
    labels = read_idx(folder / f"{kind}-labels-idx1-ubyte{ending}")
    return Pictures(images, labels.long())


def as_tensors(pictures: Pictures) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the pictures, shape (n, 1, 28, 28), mean about 0 and deviation about 1, and the labels, shape (n,)."""
    return (pictures.data[:, None] / 255 - 0.286) / 0.353, pictures.targets


# %% [markdown]
# **Three sets, three uses.** The network learns from the *training* pictures. Everything that *you* choose, such as
# how long to train, how wide a layer is, which optimizer takes the steps, you choose by *validation* pictures: the
# last 2,048 of the 10,240, which are set aside below. The *test* pictures stay in their envelope until all is
# decided. Whoever looks at them earlier and chooses by what they say has trained on them, too, only more slowly.
#
# Meet the ten classes, five pictures of each.

# %% tags=["otter_ignore"]
pictures = load_fashion_mnist(train=True)
_, axes = plt.subplots(5, 10, figsize=(12, 6.5), layout="constrained")
for label, column in enumerate(axes.T):
    for ax, image in zip(column, pictures.data[pictures.targets == label]):
        ax.imshow(image, cmap="gray_r")
        ax.set(xticks=[], yticks=[])
    column[0].set_title(pictures.classes[label], fontsize=9)
print("In the picture: five grey pictures of 28 by 28 pixels for each of the ten classes.")
plt.show()

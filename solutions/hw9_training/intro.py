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
# - **build_model**: the capstone. You design a network, the grader trains it and measures its accuracy.
#
# Plan about **90 minutes**, and leave time to play with the capstone.
#
# **How to work.** Each question has a cell with `...  # your code`. Replace that line and the
# `raise NotImplementedError` line below it, run the cell, then run the cell with `grader.check(...)`. It runs
# the public checks. The grade also counts hidden checks, which test the same rules on other numbers. When you
# are done, save the notebook and upload it.

# %%
import copy
import gzip
import sys
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(1)  # as in grading; networks this small gain nothing from more

# %% tags=["otter_ignore"]
# Only the pictures and the last training need these.
import matplotlib.pyplot as plt
from torch.utils.flop_counter import FlopCounterMode

# %% [markdown]
# ## The data
#
# Fashion-MNIST holds grey pictures of $28 \times 28$ pixels in ten classes, from T-shirts to ankle boots. Beside
# this notebook, in `data/fashion-mnist`, lie the first 10,240 training and the first 1,024 test pictures. If you
# have the full set under `data/FashionMNIST/raw`, the same cell uses that one. Nothing is downloaded.
#
# The cell only defines functions; it loads nothing yet. Run it and read on.


# %%
def fashion_mnist_class():
    """Return torchvision's class FashionMNIST."""
    global operators
    try:
        from torchvision.datasets import FashionMNIST
    except RuntimeError:
        # On Linux, the package index has torchvision for GPUs only. Beside a CPU build of torch, its import
        # fails with "operator torchvision::nms does not exist". Nothing here uses that operator, so it is
        # enough to declare its name and to import again. The declaration lasts as long as `operators`.
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        operators = torch.library.Library("torchvision", "DEF")
        operators.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        operators.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        from torchvision.datasets import FashionMNIST
    return FashionMNIST


def load_fashion_mnist(train: bool):
    """Return the training or the test pictures: your full set if you have it, else the ones beside the notebook."""
    FashionMNIST = fashion_mnist_class()
    if Path("data/FashionMNIST/raw/train-images-idx3-ubyte").exists():
        return FashionMNIST("data", train=train)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "FashionMNIST", "raw")
        raw.mkdir(parents=True)
        for file in Path("data/fashion-mnist").glob("*.gz"):
            (raw / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
        return FashionMNIST(folder, train=train)


def as_tensors(dataset) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the pictures, shape (n, 1, 28, 28), mean about 0 and deviation about 1, and the labels, shape (n,)."""
    return (dataset.data[:, None] / 255 - 0.286) / 0.353, dataset.targets


# %% [markdown]
# Meet the ten classes, five pictures of each.

# %% tags=["otter_ignore"]
pictures = load_fashion_mnist(train=True)
_, axes = plt.subplots(5, 10, figsize=(12, 6.5))
for label, column in enumerate(axes.T):
    for ax, image in zip(column, pictures.data[pictures.targets == label]):
        ax.imshow(image, cmap="gray_r")
        ax.set_xticks([]), ax.set_yticks([])
    column[0].set_title(pictures.classes[label], fontsize=9)
plt.show()

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
# # Multilayer perceptrons
#
# A linear model draws one straight line and hopes for the best. Put one layer of *hidden units* with a
# nonlinear function between input and output, and the model can bend that line into almost any shape.
# This is the multilayer perceptron, or MLP, and it is the ancestor of every network in this course.
#
# You will
#
# - write the activation functions ReLU, sigmoid, tanh and PReLU, so that they survive large inputs,
# - let autograd draw their slopes, and see where a slope dies,
# - build an MLP twice: from bare tensors, and from PyTorch's layers,
# - write its backward pass by hand, solve a riddle that no line can solve, and count units that have died,
# - see it learn real pictures, beside a linear model,
# - count its parameters, and check what you have understood.
#
# Plan about **130 minutes**: each heading says how long its question takes, the rest is reading. You need
# tensors, broadcasting and `backward()` (hw1), the training loop with an optimizer (hw2), and logits, cross
# entropy and `nn.Sequential` (hw3).

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it
#    with your answer. Keep the name and the arguments. In a quiz, replace the three dots.
# 3. Run the cell, then the check cell after it: `grader.check("relu")`. It runs the *public checks*. When
#    one fails, its message says what was expected.
# 4. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 5. Save the notebook and hand it in. Then *hidden checks* look at more inputs: other shapes, other
#    number types, large values, gradients. Everything they ask for is said in the question.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# In every question a tensor that goes in must come out of the call unchanged, and `float64` in gives
# `float64` out.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

# %% [markdown]
# ## Why a network needs activation functions
#
# Take a minibatch $\mathbf{X} \in \mathbb{R}^{n \times d}$ and stack two linear layers:
#
# $$\mathbf{H} = \mathbf{X}\mathbf{W}_1 + \mathbf{b}_1, \qquad
#   \mathbf{O} = \mathbf{H}\mathbf{W}_2 + \mathbf{b}_2 .$$
#
# This looks deeper than one layer, but multiply it out:
#
# $$\mathbf{O} = \mathbf{X}\underbrace{\mathbf{W}_1\mathbf{W}_2}_{\mathbf{W}}
#   + \underbrace{\mathbf{b}_1\mathbf{W}_2 + \mathbf{b}_2}_{\mathbf{b}} .$$
#
# It is again *one* linear layer. We paid for two and got one. The way out is a function $\sigma$ that is
# not linear, applied to each hidden unit on its own:
#
# $$\mathbf{H} = \sigma(\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1), \qquad
#   \mathbf{O} = \mathbf{H}\mathbf{W}_2 + \mathbf{b}_2 .$$
#
# Now nothing can be multiplied out. The next cell shows both facts in numbers.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
X = torch.randn(6, 4)
W1, b1, W2, b2 = torch.randn(4, 5), torch.randn(5), torch.randn(5, 3), torch.randn(3)
one_layer = X @ (W1 @ W2) + (b1 @ W2 + b2)
without = (X @ W1 + b1) @ W2 + b2
with_tanh = torch.tanh(X @ W1 + b1) @ W2 + b2
print(f"two linear layers, largest difference from one layer: {(without - one_layer).abs().max():.1e}")
print(f"with tanh in between:                                 {(with_tanh - one_layer).abs().max():.1e}")

# %% [markdown]
# ## The activation functions of this notebook
#
# Solid: the function. Dashed: its slope, which is what backpropagation multiplies by at every layer. Look
# at the slopes first. Where a dashed line lies on zero, no gradient passes, and the layers below stop
# learning.

# %% tags=["otter_ignore"]
x = torch.linspace(-6, 6, 601, requires_grad=True)
curves = {
    "ReLU": torch.relu(x),
    "sigmoid": torch.sigmoid(x),
    "tanh": torch.tanh(x),
    r"PReLU, $\alpha = 0.25$": torch.where(x > 0, x, 0.25 * x),
}
fig, axes = plt.subplots(1, 4, figsize=(13, 3), layout="constrained")
for ax, (title, y) in zip(axes, curves.items()):
    (slope,) = torch.autograd.grad(y.sum(), x)
    ax.plot(x.detach(), y.detach(), color="tab:blue", linewidth=2, label="function")
    ax.plot(x.detach(), slope, color="tab:orange", linestyle="--", label="slope")
    ax.axhline(0, color="0.8", zorder=0)
    ax.axvline(0, color="0.8", zorder=0)
    ax.set(title=title, xlabel="$x$", ylim=(-1.7, 3.2))
axes[0].legend(loc="upper left")
print("In the picture: four functions (solid) with their slopes (dashed). ReLU's slope is 0, then 1; PReLU's 0.25, then 1.\n"
      "The slopes of sigmoid and tanh are bells around 0, that of tanh the higher one, and lie on zero farther out.")
plt.show()

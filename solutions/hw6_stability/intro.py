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
# # Numerical stability and initialisation
#
# A network of twenty layers, a right loop, a good learning rate, and nothing happens: the loss does not move.
# Or it moves once, to `nan`. Often the reason is older than the first step. The numbers that run through the
# layers grow or shrink a little in each of them, and twenty times a little is a lot.
#
# You will
#
# - see why products of many factors explode or vanish, and tame an exploding gradient by *clipping*,
# - work out how large random weights should be, and write *Xavier initialisation*, and *Kaiming* for ReLU,
# - measure what happens inside a network: the variance of each output, the gradient of each parameter,
# - build a version of the sigmoid that a deep network can live with.
#
# Plan about **100 minutes**: each heading says how long its question takes, the rest is reading. You need
# `backward()`, `nn.Sequential` and `nn.Linear`, and from statistics the idea of variance. That a layer is a *module*,
# with parameters in it, you know from *a module in five minutes* in the notebook on softmax regression.

# %% [markdown]
# ## How to work
#
# 1. Run the cells from top to bottom.
# 2. In each question, replace `...  # your code` and the line `raise NotImplementedError` below it
#    with your answer. Keep the name and the arguments.
# 3. Run the cell, then the check cell after it, such as `grader.check("xavier_std")`. It runs the *public checks*,
#    and says what was expected and what came out.
# 4. Stuck? Each question has hints that open on a click. Open the one whose title is your symptom.
# 5. Save the notebook and hand it in. *Hidden checks* then try more inputs: other sizes, other number types,
#    deeper networks. Everything they ask for is said in the question. Each question is graded on its own.
#
# **Stuck for fifteen minutes?** Do three things, in this order:
#
# - Print the shape of every tensor in the line that fails, and work the example by hand, number by number.
# - Climb the ladder of the hint whose title is your symptom: read the idea, try, then open *The next line*.
# - Ask, and bring the message, word for word, the shapes, and what you expected.
#
# Unless a question says *in place*, what goes into a function must come out of it unchanged. The plots
# between the questions use your own functions. They are there to look at and are not graded. One that needs an
# answer you have not written yet says so.

# %%
import math
from collections.abc import Callable, Iterable

import matplotlib.pyplot as plt
import torch
from torch import nn

# %% [markdown]
# ## A product of many factors
#
# Let a network have $L$ layers, $\mathbf{h}^{(l)} = f_l(\mathbf{h}^{(l-1)})$. The gradient that reaches the
# weights of layer $l$ has come down through all the layers above. By the chain rule it is a product:
#
# $$\frac{\partial\, \text{loss}}{\partial \mathbf{h}^{(l)}} =
#   \frac{\partial\, \text{loss}}{\partial \mathbf{h}^{(L)}} \cdot
#   \underbrace{\frac{\partial \mathbf{h}^{(L)}}{\partial \mathbf{h}^{(L-1)}}}_{\mathbf{M}^{(L)}} \cdots
#   \underbrace{\frac{\partial \mathbf{h}^{(l+1)}}{\partial \mathbf{h}^{(l)}}}_{\mathbf{M}^{(l+1)}} .$$
#
# What does a product of many matrices look like? Multiply a vector by random $4 \times 4$ matrices, one after
# another, and watch its length. Entries of standard deviation 1 make it explode, 0.25 make it vanish. Only in
# a narrow band between does it stay about what it was. The scale is logarithmic: on it both are straight
# lines, so both are exponential.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
fig, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
for std, style in [(1.0, "-"), (0.57, "--"), (0.25, ":")]:
    v, lengths = torch.ones(4, dtype=torch.float64), []
    for _ in range(100):
        v = std * torch.randn(4, 4, dtype=torch.float64) @ v
        lengths.append(v.norm().item())
    ax.semilogy(range(1, 101), lengths, style, label=f"standard deviation {std}")
ax.set(xlabel="number of matrices", ylabel="length of the vector", title="products of random matrices")
ax.legend()
print("In the picture: length over number of matrices, logarithmic. Standard deviation 1.0 (solid) climbs in a straight line to about\n"
      "1e21, 0.25 (dotted) falls to about 1e-39, 0.57 (dashed) stays near 1.")
plt.show()

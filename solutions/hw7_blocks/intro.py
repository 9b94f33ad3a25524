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
# **You will learn**
# - to write blocks and layers of your own: `MLP`, a home-made `Sequential`, a network with a loop in it;
# - to find, count, share and initialise the parameters of any network;
# - to save parameters to a file and load them safely;
# - to choose a device.
#
# **Time:** about 90 minutes. The questions stand alone, except that ideas build up from 1 to 15.

# %% [markdown]
# ## How to work
#
# 1. Replace `...  # your code` and the line below it with your own code. Keep names and signatures.
# 2. Run the cell, then run `grader.check("...")` below it. It runs the public tests.
#    Hidden tests look at more inputs, so "public checks passed" is a good sign, not a guarantee.
# 3. Save the notebook and upload the `.ipynb` file.
#
# Stuck? Every question has a hint that you can unfold. Everything runs on a CPU, also the question
# about GPUs.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

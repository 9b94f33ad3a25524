# %% [raw]
# # BEGIN QUESTION
# name: dense_image_weights

# %% [markdown]
# ## 15 · What all this has saved (4 min)
#
# Now look back at where we started. A modest photograph of one megapixel has $10^6$ grey pixels. Suppose a
# single *fully connected* layer maps them to 1000 hidden units, which is not many for so many inputs.
#
# **Your task.** Give **the number of weights** of that layer as `dense_image_weights`. Biases do not count. You may
# write an expression.
#
# (For comparison: a convolutional layer with 1000 output channels and 5×5 kernels has 25,000 weights on the
# same photograph, and on any larger one.)
#
# <details><summary>Hint: I am not sure what to multiply</summary>
#
# Draw three inputs and two outputs, and a line for every weight. Count the lines, then do the same with the
# real sizes.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
dense_image_weights = 10**6 * 1000  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dense_image_weights_is_a_positive_number(dense_image_weights):
    try:
        number = float(dense_image_weights)
    except (TypeError, ValueError, RuntimeError):
        number = None
    assert number is not None and not isinstance(dense_image_weights, (str, bool)), "Give a number."
    assert number > 0, "A count of weights is positive."

# %%
# HIDDEN
def test_dense_image_weights_counts_every_pair(dense_image_weights):
    try:
        number = float(dense_image_weights)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("Give a number.") from None
    assert not isinstance(dense_image_weights, (str, bool)), "Give a number."
    assert number == 10**9, "Count one weight for each pair of a pixel and a unit."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you have now
#
# You have built every part of a convolutional network by hand, and put a whole one together. `nn.Conv2d` and
# `nn.MaxPool2d` do what your functions do, only faster. Run all cells once more from the top (*Run → Restart Kernel and
# Run All Cells*), save the notebook, and hand it in.
#
# ## Further reading
#
# - *Dive into Deep Learning*,
#   [Convolutional Neural Networks](https://d2l.ai/chapter_convolutional-neural-networks/index.html), up to LeNet.
# - Yann LeCun and others, *Gradient-based learning applied to document recognition*, 1998: LeNet, and how it read
#   cheques.
# - Vincent Dumoulin and Francesco Visin, *A guide to convolution arithmetic for deep learning*, 2016: padding and
#   stride, drawn.

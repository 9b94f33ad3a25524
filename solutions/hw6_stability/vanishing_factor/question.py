# %% [raw]
# # BEGIN QUESTION
# name: vanishing_factor

# %% [markdown]
# ## 9 · Quiz: ten sigmoids deep (4 min)
#
# On its way down, the gradient is multiplied at each sigmoid by its slope
# $\sigma'(x) = \sigma(x)\,\big(1 - \sigma(x)\big)$. Leave the weights out of it: suppose that every unit sits
# at the point where its sigmoid is *steepest*.
#
# **Your task.** Set `vanishing_factor` to the largest number that the slopes of **ten** stacked sigmoids can
# multiply to. You may let Python calculate; three digits are enough.
#
# <details><summary>Hint: what is multiplied by what?</summary>
#
# First find the largest slope: question 5 says what it is at the origin, and the curve is nowhere steeper.
# Each of the ten layers brings this factor once. Factors multiply, they do not add.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
vanishing_factor = 0.25**10  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_vanishing_factor_is_a_positive_number(vanishing_factor):
    is_number = hasattr(vanishing_factor, "__float__") and not isinstance(vanishing_factor, bool)
    assert is_number, "vanishing_factor must be a number."
    assert float(vanishing_factor) > 0, "Slopes of the sigmoid are positive, and so is their product."

# %%
# HIDDEN
def test_vanishing_factor_is_the_largest_product(vanishing_factor):
    message = "Find the largest slope of the sigmoid, and multiply ten of them."
    is_number = hasattr(vanishing_factor, "__float__")
    assert is_number and abs(float(vanishing_factor) / 0.25**10 - 1) < 1e-3, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you have now
#
# Two instruments to look inside a network, a start that keeps signal and gradient alive, one for tanh and one for
# ReLU, and a seat belt in case a gradient explodes all the same. When training goes nowhere, measure first.
#
# ## Further reading
#
# - *Dive into Deep Learning*, [Numerical Stability and
#   Initialization](https://d2l.ai/chapter_multilayer-perceptrons/numerical-stability-and-init.html).
# - Xavier Glorot and Yoshua Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010:
#   where questions 2 to 4 come from.
# - Kaiming He and others, *Delving deep into rectifiers*, 2015: question 8, and the first network that was
#   better than people on ImageNet.

# %% [raw]
# # BEGIN QUESTION
# name: xavier_std

# %% [markdown]
# ## 2 · Xavier for the normal distribution (5 min)
#
# Solve the equation above for $\sigma$, with pencil and paper, and you have the standard deviation from which normal
# weights are drawn.
#
# **Example.** A layer from 300 to 100 units: $\sigma \approx 0.0707$.
#
# **Your task.** Write `xavier_std(fan_in, fan_out)`. It returns $\sigma$ as a number.
#
# <details><summary>Hint: I get 0.005 for the example</summary>
#
# That is $\sigma^2$, the variance. The standard deviation is its root.
#
# <details><summary>The next line</summary>
#
# `math.sqrt`, or `** 0.5`. Mind that `** 1 / 2` only halves.
# </details></details>
#
# <details><summary>Hint: I get 0.0577 or 0.1 for the example</summary>
#
# Then one of the two widths has been left out. Xavier's equation has both in it, as their mean.
#
# <details><summary>The next line</summary>
#
# Write the equation with the numbers 300 and 100 in it: $\tfrac12 (300 + 100)\, \sigma^2 = 1$. What is
# $\sigma^2$?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def xavier_std(fan_in: int, fan_out: int) -> float:
    """Return the standard deviation of Xavier's normal distribution for a layer from fan_in to fan_out units."""
    # BEGIN SOLUTION
    return math.sqrt(2 / (fan_in + fan_out))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_xavier_std_of_the_example(xavier_std):
    std = float(xavier_std(300, 100))
    assert abs(std - 0.0707107) < 1e-5, f"A layer from 300 to 100 units needs 0.0707, got {std:.4f}."
    std = float(xavier_std(4, 3))
    assert abs(std - 0.5345225) < 1e-5, f"A layer from 4 to 3 units needs 0.5345, got {std:.4f}."

# %%
# HIDDEN
# CORE
def test_xavier_std_works_for_every_layer(xavier_std):
    message = "The standard deviation must follow the formula for every fan_in and fan_out."
    for fan_in, fan_out in [(1, 1), (784, 256), (7, 1000), (1, 97), (640, 64)]:
        expected = (2 / (fan_in + fan_out)) ** 0.5
        assert abs(float(xavier_std(fan_in, fan_out)) / expected - 1) < 1e-5, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

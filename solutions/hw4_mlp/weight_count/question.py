# %% [raw]
# # BEGIN QUESTION
# name: weight_count

# %% [markdown]
# ## 12 · Quiz: how many weights? (3 min)
#
# Fully connected layers are greedy. A photo of $256 \times 256$ grey pixels is flattened and goes through
# **one hidden layer of 1000 units** to **10 classes**.
#
# As a warm-up, the network of question 11: $784 \cdot 256 + 256 \cdot 10 = 203\,264$ entries in its two
# weight matrices.
#
# **Your task.** Set `weight_count` to the number of entries of *all weight matrices* of the photo network
# together. Biases do not count here. You may let Python calculate.
#
# <details><summary>Hint: which sizes do I multiply?</summary>
#
# Every layer has one weight matrix, of as many rows as it has inputs and as many columns as it has outputs.
# What is the number of *inputs* of a flattened photo? How many layers with weights are there, and do their
# sizes add or multiply?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
weight_count = 256 * 256 * 1000 + 1000 * 10  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_weight_count_is_a_whole_number(weight_count):
    try:
        number = float(weight_count)
    except (TypeError, ValueError, RuntimeError):
        number = None
    is_number = number is not None and not isinstance(weight_count, (str, bool))
    assert is_number, "weight_count must be a number, such as 784 * 256."
    assert number > 0 and number.is_integer(), "weight_count must be a whole number above 0."

# %%
# HIDDEN
def test_weight_count_counts_all_weight_matrices(weight_count):
    assert weight_count == 65546000, "Count the entries of every weight matrix, and no biases."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

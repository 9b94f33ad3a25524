# %% [raw]
# # BEGIN QUESTION
# name: parameter_count

# %% [markdown]
# ## 13 · Quiz: and with its biases? (2 min)
#
# The optimizer also updates the biases. In the network of question 11 they are few: $256 + 10 = 266$, which
# makes $203\,530$ parameters in all.
#
# **Your task.** Set `parameter_count` to the number of *all* parameters of the photo network of question 12:
# weights and biases.
#
# <details><summary>Hint: how many biases are there?</summary>
#
# One for each unit that computes something: each hidden unit and each output. The inputs compute nothing.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
parameter_count = 256 * 256 * 1000 + 1000 + 1000 * 10 + 10  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_parameter_count_is_a_whole_number(parameter_count):
    try:
        number = float(parameter_count)
    except (TypeError, ValueError, RuntimeError):
        number = None
    is_number = number is not None and not isinstance(parameter_count, (str, bool))
    assert is_number, "parameter_count must be a number, such as 784 * 256 + 256."
    assert number > 0 and number.is_integer(), "parameter_count must be a whole number above 0."

# %%
# HIDDEN
def test_parameter_count_counts_weights_and_biases(parameter_count):
    assert parameter_count == 65547010, "Count the weights and the biases of both layers."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
